"""What may be stored as JSON: one canonical form, and never card data."""

from __future__ import annotations

import json
import re
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Any

from integration.core.detection import contains_card
from integration.core.errors import PermanentError

# A key, a hash or a UUID in hex is not written by a person, but some hold digits that would pass
# as a card number.
_MACHINE_MADE = re.compile(
    r'"(?=[0-9-]*[a-f])(?:[0-9a-f]{12,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"'
)


def utc_text(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds: the form in which times stand inside JSON."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> Any:  # noqa: ANN401 - json's own contract
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, AbstractSet):
        return sorted(value)
    # The type only: the value may be anything.
    kind = type(value).__name__
    raise TypeError("cannot be stored as JSON: " + kind)


def canonical(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """One text per value: sorted keys, no spaces. Times become UTC text, sets sorted lists."""
    return json.dumps(
        value,
        default=_plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def to_record(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """The canonical text of a value that is to be stored.

    Raises PermanentError (`card_in_record`) when it holds card data: the last line of defence of
    "card data exists only in memory". The error does not hold the content.
    """
    text = canonical(value)
    if contains_card(_MACHINE_MADE.sub('""', text)):
        raise PermanentError(
            "A record with card data in it was not stored.", reason="card_in_record"
        )
    return text


def from_record(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value of a stored record."""
    return json.loads(text)
