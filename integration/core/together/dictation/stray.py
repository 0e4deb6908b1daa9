"""A number with marks between its digits that nobody would write there. Pure.

`the Mastercard number is 5:12 71:96 6:26 02:79 92`, `NUMBER: #5 #1 #5 #5 ...`: a word for a card
stands right before it, and what the marks part is no clock, no sum and no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.cards.named import labels_around
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece
from integration.core.words.vocabulary import Label

FEWEST_DIGITS: Final = 13
"""Of such a number."""
_GAP: Final = r"[^\w\n]{0,4}(?:\([a-z ]{2,12}\)[^\w\n]{0,4})?"
"""Marks, and perhaps a remark: `#1 (HOLD) #6`."""
_ROW: Final = re.compile(rf"\d(?<![\w+].)(?:{_GAP}\d){{{FEWEST_DIGITS - 1},}}+(?!\w)")
_NO_DIGIT: Final = re.compile(r"\D+")
_LONG_GROUP: Final = re.compile(r"\d\d")
_ITEM: Final = re.compile(r"\d(?:[^\s()]*\d)?")
_ORDINARY: Final = re.compile(
    r"\d+"
    r"|[0-2]?\d:[0-5]\d(?::[0-5]\d)?|\d{1,2}:\d"  # a clock, a score
    r"|\d+[.,]\d{1,2}|\d{1,3}(?:[.,']\d{3})+(?:[.,]\d\d)?"  # a sum
    r"|\d+(?:\.\d+)+(?::\d+)?|\d+(?:/\d+)+|\d+(?:-\d+)+|\d+(?:,\d+)+"  # an address, a day, a list
    r"|\d+(?:[;:]\d+){2,}"  # a row of cells
)
_BEFORE: Final = 80
_LEADS: Final = re.compile(r"[^\d\n]{0,24}")
"""Between the word for a card and its number."""
_APART: Final = re.compile(r"(?<![^\W_])[a-z](?: [a-z](?![^\W_])){3,}")
"""A word of which every letter stands apart."""


def stray(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, with stray marks or with every digit apart."""
    for row in _ROW.finditer(text):
        digits = _NO_DIGIT.sub("", row[0])
        found = chain_of([Piece(*row.span(), digits)]) if _is_odd(row[0]) else None
        if found and _is_behind_a_card(text[max(0, row.start() - _BEFORE) : row.start()]):
            yield found


def is_spaced(text: str) -> bool:
    """Return whether a word stands in a text of which every letter is apart."""
    return _APART.search(text) is not None


def _is_odd(row: str) -> bool:
    """Whether each digit stands apart, or marks stand where no other number has them."""
    if not _LONG_GROUP.search(row):
        return True
    return any(not _ORDINARY.fullmatch(item[0]) for item in _ITEM.finditer(row))


def _is_behind_a_card(before: str) -> bool:
    """Whether a word for a card leads to a number, also one of which every letter is apart."""
    said = _APART.sub(lambda word: word[0].replace(" ", ""), before)
    labels = [found for found in labels_around(said) if found.label is not Label.LINK]
    is_card = bool(labels) and labels[-1].label is Label.CARD
    return is_card and _LEADS.fullmatch(said, labels[-1].end) is not None
