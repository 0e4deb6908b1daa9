"""The words at the cut of a number that goes on in the author's next message. Pure.

`My card number is 4111 1111`, `sorry, here is the rest: 1111 1111`: what people say there is left
out, so that the two halves are read as one number. Words that name another number stay. Where the
second half was sent first, the two are read the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from integration.core.conversations import GROUP, Message
from integration.core.words.labels import names_no_other, speaks_of_card
from integration.core.words.vocabulary import as_read

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


class _Cut(NamedTuple):
    """The last number of one message and the first of the next that holds one."""

    first: int
    last: int
    """The messages."""
    before: re.Match[str]
    after: re.Match[str]
    """The digits."""
    said: Sequence[str]
    """What stands between them."""


def whole(run: Sequence[Message]) -> Shown:
    """All of each message."""
    return [(0, len(message.text)) for message in run]


def without_words_at_cuts(run: Sequence[Message]) -> Shown | None:
    """What is left of each message without the words at its cuts; None where there is no cut."""
    shown, is_cut = whole(run), False
    for cut in _cuts(run):
        if _is_half(cut.before, cut.after) and all(map(_says_nothing, cut.said)):
            shown[cut.first] = (shown[cut.first][0], cut.before.end())
            shown[cut.last] = (cut.after.start(), shown[cut.last][1])
            shown[cut.first + 1 : cut.last] = [(0, 0)] * (cut.last - cut.first - 1)
            is_cut = True
    return shown if is_cut else None


def turned_round(run: Sequence[Message]) -> Iterator[tuple[list[Message], Shown]]:
    """Two messages each, the later one first, and what of them is read.

    `The last half is 1111 1111`, `and the first half 4111 1111`.
    """
    for cut in _cuts(run):
        first, last = run[cut.first], run[cut.last]
        leading = first.text[: cut.before.start()][-_LONGEST:]
        if _is_half(cut.after, cut.before) and all(map(_says_nothing, (leading, *cut.said))):
            shown = [(0, cut.after.end()), (cut.before.start(), len(first.text))]
            yield [last, first], shown


def says_card(run: Sequence[Message]) -> bool:
    """Whether a word for a card stands anywhere in the messages."""
    return any(speaks_of_card(as_read(message.text[:_READ])) for message in run)


def _cuts(run: Sequence[Message]) -> Iterator[_Cut]:
    counting = [n for n, message in enumerate(run) if _rows(message)]
    for first, last in pairwise(counting):
        before, after = _rows(run[first])[-1], _rows(run[last])[0]
        said = [run[first].text[before.end() :], run[last].text[: after.start()]]
        said += [message.text for message in run[first + 1 : last]]
        yield _Cut(first, last, before, after, said)


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
    return names_no_other(as_read(words))
