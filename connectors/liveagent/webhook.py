"""The receiving half: a rule's HTTP request, proved by a secret and read for a ticket id. Pure.

LiveAgent cannot sign, and fills its templates without escaping: raw line breaks and quotes in
strings, variables it does not know left as `{$name}`, rules that run twice. So the proof is a
secret address or header, one id is all that is looked for, and a delivery without one is still
news: it wakes the reconciler.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from integration.core.errors import SignatureInvalid
from integration.core.models import Delivery, Event, EventKind

TOKEN_HEADER = "x-deskwarden-token"  # noqa: S105 - the name of a header
NAMES = ("ticket", "ticket_id", "ticketid", "conversation_id", "conversationid", "conversation")
"""Where an id may stand. A code (`OGE-KXVGJ-459`) is none: it would name the ticket twice."""
MAX_LOOK = 64 * 1024
"""Bytes of a body that are looked at: the id stands first."""
MAX_FIELDS = 50

_ID = re.compile(r"[A-Za-z0-9]{4,32}")
_IN_BROKEN_JSON = re.compile(
    rf'"({"|".join(NAMES)})"\s{{0,9}}:\s{{0,9}}"?([A-Za-z0-9]{{4,32}})["\s,}}]'
)


def verify(delivery: Delivery, secrets: Sequence[str], *, now: datetime) -> None:  # noqa: ARG001 - the port
    """Raise SignatureInvalid unless the URL or the header holds one of the secrets.

    Every secret is compared, each in constant time, so that a change of secret can overlap.
    """
    given = delivery.token or delivery.headers.get(TOKEN_HEADER) or ""
    matches = [hmac.compare_digest(_bytes(given), _bytes(secret)) for secret in secrets if secret]
    if not given or not any(matches):
        raise SignatureInvalid("the secret of this address is wrong or missing")


def parse(delivery: Delivery) -> list[Event]:
    """Read the one event of a delivery: a ticket id, or the news that something happened."""
    for fields in _readings(delivery):
        for name in NAMES:
            value = fields.get(name)
            if isinstance(value, str) and _ID.fullmatch(value):
                return [Event(EventKind.TICKET, value)]
    return [Event(EventKind.UNKNOWN)]


def _readings(delivery: Delivery) -> Iterator[Mapping[str, Any]]:
    """The ways to read a delivery, surest first."""
    text = delivery.body[:MAX_LOOK].decode("utf-8", errors="replace")
    yield _json(text)
    yield _form(text)
    yield delivery.query
    yield dict(_IN_BROKEN_JSON.findall(text)[:1])


def _json(text: str) -> Mapping[str, Any]:
    try:
        # Not strict: line breaks of a message stand unescaped within strings.
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _form(text: str) -> Mapping[str, Any]:
    try:
        return dict(parse_qsl(text, max_num_fields=MAX_FIELDS))
    except ValueError:
        return {}


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")
