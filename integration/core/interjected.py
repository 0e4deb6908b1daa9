"""The words at the cut of a number that goes on in the author's next message. Pure.

`My card number is 4111 1111`, `sorry, here is the rest: 1111 1111`: what people say there is left
out, so that the two halves are read as one number. Words that name another number stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from integration.core.conversations import GROUP, Message
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label, as_read

Shown = list[tuple[int, int]]
"""Which part of each message is read."""

_ROW: Final = re.compile(r"\d(?:[ \xa0.-]{0,2}\d)*")
HALVES: Final = frozenset({4, 8, 10, 12})
"""Digits behind which a group of a card number ends, and more must follow."""
_WHOLE: Final = range(13, 20)
_DIGITS: Final = re.compile(r"\d\d")
_READ: Final = 480
"""Characters of a message that are looked through for a word."""
_LONGEST: Final = 160
"""Characters that people say there."""
_HARMLESS: Final = frozenset({Label.CARD, Label.CARD_HINT, Label.LINK})


def whole(run: Sequence[Message]) -> Shown:
    """All of each message."""
    return [(0, len(message.text)) for message in run]


def without_words_at_cuts(run: Sequence[Message]) -> Shown | None:
    """What is left of each message without the words at its cuts; None where there is no cut."""
    shown, is_cut = whole(run), False
    counting = [n for n, message in enumerate(run) if _rows(message)]
    for before, after in pairwise(counting):
        begun, rest = _rows(run[before])[-1], _rows(run[after])[0]
        said = [run[before].text[begun.end() :], run[after].text[: rest.start()]]
        said += [message.text for message in run[before + 1 : after]]
        if _is_half(begun, rest) and all(map(_says_nothing, said)):
            shown[before] = (shown[before][0], begun.end())
            shown[after] = (rest.start(), shown[after][1])
            shown[before + 1 : after] = [(0, 0)] * (after - before - 1)
            is_cut = True
    return shown if is_cut else None


def says_card(run: Sequence[Message]) -> bool:
    """Whether a word for a card stands anywhere in the messages."""
    return any(
        found.label is Label.CARD
        for message in run
        for found in labels_in(as_read(message.text[:_READ]))
    )


def _rows(message: Message) -> list[re.Match[str]]:
    """Return the rows of digits that may be a piece of a number: not the 1 of `part 1`."""
    return [row for row in _ROW.finditer(message.text) if _digits(row) >= GROUP]


def _is_half(begun: re.Match[str], rest: re.Match[str]) -> bool:
    digits = _digits(begun)
    return digits in HALVES and digits + _digits(rest) in _WHOLE


def _digits(row: re.Match[str]) -> int:
    return sum(map(str.isdigit, row[0]))


def _says_nothing(words: str) -> bool:
    """Whether words name no number but a card's."""
    if len(words) > _LONGEST or _DIGITS.search(words):
        return False
    return all(found.label in _HARMLESS for found in labels_in(as_read(words)))
