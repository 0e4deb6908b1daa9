"""Digits in a form that a card may have, and what they are by themselves. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.reasons import BLOCK, LISTED, ODD_LISTED, ODD_MIXED, USUAL, WRAPPED

if TYPE_CHECKING:
    from integration.core.cards.issuers import Issuer
    from integration.core.cards.reasons import Evidence, Form

_LOOSE: Final = frozenset({WRAPPED, LISTED, ODD_LISTED, ODD_MIXED})
"""Forms in which other numbers stand together as well."""
_OF_MOST_CARDS: Final = (15, 16)
"""How many digits."""


class Candidate(NamedTuple):
    """Digits in a form that a card may have: where they stand and what they are."""

    start: int
    end: int
    digits: bytes
    issuer: Issuer | None
    form: Form
    beside: list[Evidence]
    checked: bool
    """Whether the check digit is right."""
    alone: bool = False
    """Whether no other digits stand beside it."""
    fills_field: bool = False
    """Whether zeros fill it up to the 19 digits of a field for cards (ISO 8583, field 2)."""

    @property
    def tells(self) -> bool:
        """Whether it is one of the length that most cards of a telling issuer have."""
        return self._is_of_its_issuer and len(self.digits) in _OF_MOST_CARDS

    @property
    def has_its_own(self) -> bool:
        """Whether it has an issuer and the right check digit, so that it needs no word."""
        return self.issuer is not None and self.checked

    @property
    def is_weak(self) -> bool:
        """Whether its first digits prove little."""
        return self.issuer is not None and self.issuer.weak

    @property
    def is_weak_in_groups(self) -> bool:
        """Whether they do, and it is grouped as on a card."""
        return self.is_weak and self.checked and self.form.name == USUAL.name

    @property
    def is_seldom(self) -> bool:
        """Whether its issuer hardly uses its length."""
        is_rare = self.issuer is not None and len(self.digits) in self.issuer.rare
        return is_rare and not self.fills_field

    @property
    def is_unusual(self) -> bool:
        """Whether its first digits prove little, or its length does."""
        issuer = self.issuer
        return issuer is not None and not issuer.is_usual(len(self.digits))

    @property
    def is_settled(self) -> bool:
        """Whether it needs no word to be a card, so that none is looked for behind it."""
        return self._is_of_its_issuer and self.form.worth >= BLOCK.worth and not self.beside

    @property
    def is_all_there_is(self) -> bool:
        """Whether it stands alone, and is one of a telling issuer and nothing more."""
        issuer = self.issuer
        is_told = issuer is not None and issuer.tells(len(self.digits))
        return self.alone and is_told and self.checked and self.form not in _LOOSE

    @property
    def _is_of_its_issuer(self) -> bool:
        issuer = self.issuer
        return issuer is not None and issuer.is_usual(len(self.digits)) and self.checked
