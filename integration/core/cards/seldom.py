"""What a number lacks whose first digits prove little, or whose length is seldom used. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.reasons import (
    EAN,
    RARE_13_TO_16,
    RARE_17_OR_18,
    RARE_19,
    RARE_IN_GROUPS,
    USUAL,
    WEAK_AS_PRINTED,
    WEAK_IN_GROUPS,
    WEAK_PREFIX,
    WEAK_PREFIX_NAMED,
    WIDE_PREFIX,
)

if TYPE_CHECKING:
    from integration.core.cards.issuers import Issuer
    from integration.core.cards.reasons import Evidence, Form

_LONGEST: Final = 19
_LONG: Final = 16
_EAN_DIGITS: Final = 13
_VALUES: Final = bytes((byte - 48) % 10 for byte in range(256))


def of_weak_prefix(issuer: Issuer, form: Form, digits: int, *, named: bool) -> Evidence:
    """Return the doubt; `digits`: how many; `named`: whether something says card."""
    if named:
        return WEAK_PREFIX_NAMED
    if issuer.wide:
        return WIDE_PREFIX
    if form.name != USUAL.name:
        return WEAK_PREFIX
    return WEAK_AS_PRINTED if digits in issuer.lengths else WEAK_IN_GROUPS


def of_rare_length(digits: bytes, form: Form) -> list[Evidence]:
    """Return the doubts about a number that nothing says is a card's."""
    if form.name == USUAL.name:
        return [RARE_IN_GROUPS]
    if len(digits) > _LONG:
        return [RARE_19 if len(digits) == _LONGEST else RARE_17_OR_18]
    return [RARE_13_TO_16, EAN] if _is_ean(digits) else [RARE_13_TO_16]


def _is_ean(digits: bytes) -> bool:
    if len(digits) != _EAN_DIGITS:
        return False
    plain = digits.translate(_VALUES)
    return (sum(plain[::2]) + 3 * sum(plain[1::2])) % 10 == 0
