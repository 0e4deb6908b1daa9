"""What makes a piece doubtful: begun anew, taken back, misheard, or one of many in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from integration.core.cards.slip import is_slip
from integration.core.together.dictation.pieces import Piece, before
from integration.core.words.correcting import corrects
from integration.core.words.counted import LAST, part_of
from integration.core.words.index import WORD

FEWEST: Final = 4
"""Digits of a group."""
AHEAD: Final = 6
"""Pieces that are looked at for the next one."""
FEW_WORDS: Final = 4
UNFINISHED: Final = 3
"""Digits of a group that is begun anew."""
_AROUND: Final = 24
"""Pieces before another and behind it."""
_MOST_ROWS: Final = 4
"""Rows of several groups; where there are more, a wrong number is one of a list."""
_CORRECTED: Final = frozenset({3, 4})
"""Digits of a group that stands for another."""
_LONGEST_PIECE: Final = 12
_SENTENCE: Final = 60
_SENTENCE_ENDS: Final = re.compile(r"[.!?]\s|\n|\d")
"""Or something else is told."""
_REST_OF_A_QUESTION: Final = re.compile(r"[^.!?\n]{0,60}\?")
ANOTHER: Final = re.compile(r"[0-9]{7,}")
"""A number that is none of the groups: what is said before it is said of it."""
_FEWEST_WORDS: Final = 3
"""Before a number in a question that asks for something else."""
_NO: Final = re.compile(r"\A ?no [a-z]")
"""Behind a group, where no label stands: 4111 no third one is 1112."""


class Doubts:
    """The pieces of a text, in order, and what is said between them."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self._text = text
        self._pieces = pieces
        begun = (piece.is_first and not piece.is_last for piece in pieces)
        self._rows = list(accumulate(begun, initial=0))
        self._behind: dict[int, list[str]] = {}
        self._taken_back: dict[int, bool] = {}
        """By piece: many ways to go on ask of the same."""

    def is_begun_anew(self, at: int) -> bool:
        """Whether the next piece is the same group, whole: 022, and then 0224."""
        piece, following = self._pieces[at], self._pieces[at + 1 : at + 2]
        return (
            bool(following)
            and len(piece.digits) <= UNFINISHED
            and len(piece.digits) < len(following[0].digits)
            and following[0].digits.startswith(piece.digits)
        )

    def is_taken_back(self, at: int) -> bool:
        """Whether the next piece stands for one that was wrong."""
        if at not in self._taken_back:
            self._taken_back[at] = self._is_taken_back(at)
        return self._taken_back[at]

    def _is_taken_back(self, at: int) -> bool:
        piece, following = self._pieces[at], self._pieces[at + 1 : at + 2]
        return (
            not self.is_in_list(at)
            and bool(following)
            and _may_be_meant(piece.digits, following[0].digits)
            and self._is_corrected(piece.end, following[0])
        )

    def said_again(self, at: int, before: Piece) -> list[str]:
        """What lines near a piece say that is the same, or would be but for a slip.

        `before`: the last piece that counts.
        """
        piece = self._pieces[at]
        if len(piece.digits) < UNFINISHED or self.is_in_list(at):
            return []
        if at not in self._behind:
            self._behind[at] = list(self._rows_behind(at))
        rows = self._behind[at]
        if "\n" in self._text[before.end : piece.start]:
            rows = [*rows, before.digits]
        return [said for row in rows for said in alike(piece.digits, row)]

    def _rows_behind(self, at: int) -> Iterator[str]:
        """The digits that stand near behind a piece, from each place on that is apart from it."""
        behind = self._pieces[at + 1 : at + 1 + AHEAD]
        for low, each in enumerate(behind):
            if _is_apart(self._text[self._pieces[at].end : each.start]):
                yield "".join(piece.digits for piece in behind[low:])

    def is_asked(self, at: int) -> bool:
        """Whether a piece stands in a question: `do you still live at 110 00 Praha 1?`."""
        piece = self._pieces[at]
        asked = _REST_OF_A_QUESTION.match(self._text, piece.end)
        before = self._text[max(0, piece.start - _SENTENCE) : piece.start]
        words = WORD.findall(_SENTENCE_ENDS.split(before)[-1])
        return bool(asked) and len(words) >= _FEWEST_WORDS

    def is_in_list(self, at: int) -> bool:
        """Whether so many rows stand around a piece that a wrong one means nothing."""
        low, high = max(0, at - _AROUND), min(at + _AROUND, len(self._pieces))
        return self._rows[high] - self._rows[low] > _MOST_ROWS

    def _is_corrected(self, behind: int, piece: Piece) -> bool:
        """Whether what is said before a piece, or right behind it, takes something back."""
        after = _SENTENCE_ENDS.split(self._text[piece.end : piece.end + _SENTENCE])[0]
        said = self._said_before(behind, piece)
        return _NO.match(said) is not None or corrects(f"{said} {after}")

    def _said_before(self, behind: int, piece: Piece) -> str:
        """What is said between two pieces, but for long lines: please do not send them here."""
        said = ANOTHER.split(self._text[max(behind, piece.start - _SENTENCE) : piece.start])[-1]
        first, *amid = said.split("\n")
        last = amid.pop() if amid else ""
        return "\n".join((first, *(line for line in amid if _is_short(line)), last))

    def corrects_a_group(self, behind: int, piece: Piece) -> bool:
        """Whether a piece is told to be the right group, or the last, of what is told before."""
        if len(piece.digits) not in _CORRECTED:
            return False
        words = WORD.findall(self._said_before(behind, piece))
        return any(part_of(word) & LAST for word in words) or self._is_corrected(behind, piece)


def alike(digits: str, row: str) -> list[str]:
    """The groups of a row, as long as some digits, that are the same but for a slip."""
    size = len(digits)
    parts = (row[low : low + size] for low in range(0, min(len(row), _LONGEST_PIECE), FEWEST))
    return [part for part in parts if len(part) == size and _is_same(digits, part)]


def _may_be_meant(digits: str, following: str) -> bool:
    """Whether some digits may stand for those that follow: of a few, for no more than they are."""
    size = len(digits)
    return size == len(following) or (size >= UNFINISHED and size < len(following))


def _is_apart(between: str) -> bool:
    """Whether two pieces are told on lines of their own, or one puts the other right."""
    return "\n" in between or corrects(between)


def _is_same(digits: str, part: str) -> bool:
    return part == digits or is_slip(digits, part)


def _is_short(line: str) -> bool:
    words = [word for word in WORD.findall(before(line, len(line))) if word.isalpha()]
    return len(words) <= FEW_WORDS
