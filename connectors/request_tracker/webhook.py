"""The scrip's webhook: signed, two ids, nothing else. Pure: see plugin/.../etc/scrip.pl."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from integration.core.errors import MalformedDelivery, SignatureInvalid
from integration.core.models import Delivery, Event, EventKind

WINDOW = 300
"""Seconds that a timestamp may lie in the past or in the future."""
_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_KEYS = frozenset({"ticket", "transaction"})


def verify(delivery: Delivery, secrets: Sequence[str], *, now: datetime) -> None:
    """Raise SignatureInvalid unless one of the secrets signed this body within the window."""
    stamp = delivery.headers.get("x-rt-timestamp", "")
    if not _STAMP.fullmatch(stamp):
        raise SignatureInvalid("no usable timestamp", reason="timestamp_missing")
    given = delivery.headers.get("x-rt-signature", "").encode()
    # Every secret is tried, so that the time taken does not tell which one fits.
    matches = [
        hmac.compare_digest(_signature(secret, stamp, delivery.body), given)
        for secret in secrets
        if secret
    ]
    if not any(matches):
        raise SignatureInvalid("the signature does not fit")
    if abs(now.timestamp() - int(stamp)) > WINDOW:
        raise SignatureInvalid("the timestamp is too far from now", reason="timestamp_outdated")


def parse(delivery: Delivery) -> list[Event]:
    """The event of a verified delivery. Raises MalformedDelivery."""
    body = _json(delivery.body)
    if not isinstance(body, dict) or body.keys() != _KEYS:
        raise MalformedDelivery("the body must hold ticket and transaction")
    ticket, transaction = (_positive(body[name]) for name in ("ticket", "transaction"))
    return [Event(EventKind.TICKET, ticket, f"transaction:{transaction}")]


def _signature(secret: str, stamp: str, body: bytes) -> bytes:
    signed = hmac.digest(secret.encode(), stamp.encode() + b"." + body, "sha256")
    return b"sha256=" + signed.hex().encode()


def _json(body: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return _DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError):
        pass
    raise MalformedDelivery("the body is no strict JSON")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_distinct)


def _positive(value: object) -> str:
    # bool is an int to Python, not to us.
    if type(value) is int and 0 < value < 2**63:
        return str(value)
    raise MalformedDelivery("an id must be a positive number")
