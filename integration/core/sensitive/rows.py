"""Dates and codes in the row of a card, by the heads of their columns: `CVC;Exp;Card`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import values_in
from integration.core.sensitive.scene import AIMS
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.columns import Place
    from integration.core.sensitive.scene import Aim, Scene

_HEADS: Final = frozenset({Label.SECURITY_CODE, Label.CODE_HINT, Label.EXPIRY, Label.PIN})
"""A table of cards has other dates, but hardly other codes."""
_WORTH: Final = 0.8


def read_rows(scene: Scene) -> None:
    """Claim what stands in the row of a card under a head for its date or its code.

    It may stand before the card, where nothing but the head says what it is.
    """
    for card in scene.cards:
        for head, cell in scene.columns.row_of(card.start):
            aim = _aim_of(scene, head)
            value = _value_in(scene, cell, aim) if aim else None
            if aim and value:
                scene.claim(value, aim.kind, _WORTH, "column", aim)


def _aim_of(scene: Scene, head: Place) -> Aim | None:
    """Return what a head looks for, where that is one thing."""
    found = scene.labels_between(head[0], head[1] - 1)
    aims = [
        AIMS[label.label]._replace(start=label.start, end=label.end)
        for label in found
        if label.label in _HEADS
    ]
    return aims[0] if len({aim.kind for aim in aims}) == 1 else None


def _value_in(scene: Scene, cell: Place, aim: Aim) -> Value | None:
    """Return what stands in a cell, read apart from those beside it: 364,2028-01."""
    start, end = cell
    for value in values_in(scene.text[start:end]):
        moved = value._replace(start=start + value.start, end=start + value.end)
        if scene.fits(aim, moved):
            return moved
    return None
