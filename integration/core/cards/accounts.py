"""Numbers of accounts: which go by the number of a card, and which leave no room for one."""

from __future__ import annotations

from typing import Final

from integration.core.text.lazy import lazy

_UNION_PAY: Final = b"62"
_IBAN = lazy(rb"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}(?![A-Za-z0-9])")


def is_of_union_pay(folded: bytes, start: int) -> bool:
    """Return whether a number begins as the cards by which accounts in China go: `accNo=62`."""
    return folded.startswith(_UNION_PAY, start)


def holds_an_iban(folded: bytes, start: int, end: int) -> bool:
    """Return whether an account of a stretch is an IBAN (ISO 13616), written without gaps."""
    return _IBAN.search(folded, start, end) is not None
