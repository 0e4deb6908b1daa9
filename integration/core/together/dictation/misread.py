"""A number that a machine has read out of a picture, with letters for some of its digits. Pure.

`CARD NO SSBSGS90B6S09937`: right behind a word for a card more letters are digits than elsewhere,
and more of them: a run of them may begin with letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.cards.named import labels_around
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece
from integration.core.words.vocabulary import Label

_LETTERS: Final = "oqdlisbzg"
_MEANT: Final = (str.maketrans(_LETTERS, "000115826"), str.maketrans(_LETTERS, "000115829"))
"""What they are taken for; one may be a six or a nine."""
_ROW: Final = re.compile(
    rf"[\d{_LETTERS}](?<![^\W_].)(?:[ .-]?[\d{_LETTERS}]){{12,18}}(?![^\W_]|[ .-]?\d)"
)
_NO_DIGIT: Final = re.compile(r"[^\da-z]")
FEWEST_FIGURES: Final = 6
"""True digits of such a number."""
_BEFORE: Final = 40
_CARD_BEFORE: Final = re.compile(r"\W{0,6}\Z")
"""Between the word for a card and the number."""


def misread(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, that are right once letters are read as digits."""
    for row in _ROW.finditer(text):
        figures = sum(map(str.isdecimal, row[0]))
        if not FEWEST_FIGURES <= figures < len(_NO_DIGIT.sub("", row[0])):
            continue
        if _is_behind_a_card(text[max(0, row.start() - _BEFORE) : row.start()]):
            yield from _number(row)


def _is_behind_a_card(before: str) -> bool:
    """Whether the last words before a number are those for a card."""
    labels = labels_around(before)
    is_card = bool(labels) and labels[-1].label is Label.CARD
    return is_card and _CARD_BEFORE.fullmatch(before, labels[-1].end) is not None


def _number(row: re.Match[str]) -> Iterator[Chain]:
    for meant in _MEANT:
        digits = _NO_DIGIT.sub("", row[0].translate(meant))
        if found := chain_of([Piece(*row.span(), digits)]):
            yield found
            return
