"""What may pass for an id: it becomes part of a row that is stored and shown."""

from __future__ import annotations

import re

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONG_NUMBER = re.compile(r"\d(?:[_-]*\d){12,}", re.ASCII)
_SEPARATORS = str.maketrans("", "", "_-")
_CARD_LENGTHS = range(13, 20)


def is_plain_id(value: str | None) -> bool:
    """Whether it looks like an id and cannot be a card number that was put in its place."""
    return (
        value is not None
        and _PLAIN.fullmatch(value) is not None
        and not any(_holds_card(run) for run in _LONG_NUMBER.findall(value))
    )


def _holds_card(run: str) -> bool:
    digits = run.translate(_SEPARATORS).encode()
    return any(
        is_valid(part) and issuer_of(part) is not None
        for length in _CARD_LENGTHS
        for start in range(len(digits) - length + 1)
        for part in (digits[start : start + length],)
    )
