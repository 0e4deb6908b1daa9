"""Pieces that make a card number together, with those that were repeated or taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.published import is_said_twice, published
from integration.core.together.dictation.pieces import Piece, before
from integration.core.together.interjected import GROUPS_END
from integration.core.together.mistyped import is_slip
from integration.core.words.correcting import corrects, tells_of_parts, tells_the_end
from integration.core.words.counted import LAST, part_of
from integration.core.words.index import WORD
from integration.core.words.labels import speaks_of_card

_FIRST: Final = frozenset("23456")
_FEWEST: Final = 4
_PIECES_END: Final = GROUPS_END | {6}
"""Digits of a number behind which a piece may end: 6-6-4 is asked for, too."""
_WHOLE: Final = range(14, 20)
_WRONG: Final = frozenset({15, 16})
"""Digits of a number that may have a wrong group."""
_HALF: Final = 8
"""Digits at the end of a number that are said once more, group by group."""
_CLOSE: Final = 60
_FAR: Final = 240
"""Characters between two pieces: so few part nothing, and so many do."""
_FEW_WORDS: Final = 4
_AHEAD: Final = 6
"""Pieces that are looked at for the next one."""
_WAYS: Final = 5
"""Ways to go on that are tried in a text, for each of its pieces: most have one or none."""
_MORE_WAYS: Final = 200
"""The same, however few pieces there are."""
_AROUND: Final = 24
"""Pieces before another and behind it."""
_MOST_ROWS: Final = 4
"""Rows of several groups; where there are more, a wrong number is one of a list."""
_CORRECTED: Final = frozenset({3, 4})
"""Digits of a group that stands for another."""
_LONGEST_PIECE: Final = 12
_FEWEST_SUMS: Final = 3
_UNFINISHED: Final = 3
"""Digits of a group that is begun anew."""
_SENTENCE: Final = 60
_LISTED: Final = re.compile(r"[,;]\s")
_SENTENCE_ENDS: Final = re.compile(r"[.!?]\s|\n|\d")
"""Or something else is told."""


class Chain(NamedTuple):
    """The pieces of a number, in order, with all that is said of it besides."""

    pieces: tuple[Piece, ...]
    number: str
    issuer: Issuer


class _Path(NamedTuple):
    used: tuple[Piece, ...]
    """All pieces so far: the last stands behind the others."""
    digits: str
    next: int
    """Which piece may be the next."""

    @property
    def is_read_back(self) -> bool:
        """Whether a group stands twice, as where the other side says each."""
        groups = [piece.digits for piece in self.used if len(piece.digits) >= _UNFINISHED]
        return len(set(groups)) < len(groups) == len(self.used)


def chains(text: str, pieces: Sequence[Piece]) -> Iterator[Chain]:
    """The numbers that pieces of a text make, none of them used twice."""
    dictation = _Dictation(text, pieces)
    at = 0
    while at < len(pieces):
        chain = dictation.chain_from(at)
        if chain:
            yield chain
            at = pieces.index(chain.pieces[-1])
        at += 1


class _Dictation:
    """A text and its pieces, in order."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self._text = text
        self._pieces = pieces
        self._ways = _MORE_WAYS + _WAYS * len(pieces)
        begun = (piece.is_first and not piece.is_last for piece in pieces)
        self._rows = list(accumulate(begun, initial=0))

    def chain_from(self, at: int) -> Chain | None:
        """The number that begins with a piece."""
        first = self._pieces[at]
        if not first.is_first or first.digits[0] not in _FIRST or len(first.digits) < _FEWEST:
            return None
        paths = [_Path((first,), first.digits, at + 1)]
        doubled: Chain | None = None
        wrong: list[_Path] = []
        while paths and self._ways > 0:
            self._ways -= 1
            path = paths.pop()
            if path.used[-1].is_last and len(path.digits) in _WHOLE and len(path.used) > 1:
                if issuer := _issuer(path.digits):
                    found = Chain(self._with_echoes(path), path.digits, issuer)
                    if is_said_twice(path.digits.encode()):
                        doubled = doubled or found
                    elif not (self._is_of_a_longer_list(path) or _are_sums(path)):
                        return found
                elif len(path.digits) in _WRONG:
                    wrong.append(path)
            paths += reversed(list(self._longer(path)))
        corrected = (chain for path in wrong if (chain := self._corrected(path)))
        return next(corrected, doubled)

    def _is_of_a_longer_list(self, path: _Path) -> bool:
        """Whether rows of the same groups go on behind it: 4817-2093, 7710-3348, 2298-0417."""
        following = self._pieces[path.next : path.next + 1]
        if not following or _is_echo(following[0], path):
            return False
        first, last = path.used[0], path.used[-1]
        sizes = {len(piece.digits) for piece in (*path.used, *following)}
        is_listed = _LISTED.fullmatch(self._text, last.end, following[0].start)
        between = (piece for piece in path.used if piece.is_first and piece is not first)
        before = [self._text[max(0, piece.start - 2) : piece.start] for piece in between]
        return bool(is_listed) and len(sizes) == 1 and all(map(_LISTED.fullmatch, before))

    def _longer(self, path: _Path) -> Iterator[_Path]:
        """The ways to go on: first those on which nothing is said twice or was taken back."""
        ends = len(path.digits) in _PIECES_END or path.is_read_back
        if not (ends or self._is_in_parts(path)):
            return
        later: list[_Path] = []
        skipped: tuple[Piece, ...] = ()
        last = path.used[-1]
        for at in range(path.next, min(path.next + _AHEAD, len(self._pieces))):
            piece = self._pieces[at]
            is_begun, is_back = self._is_begun_anew(at), self._is_taken_back(at)
            is_echo, again = _is_echo(piece, path), self._said_again(at, path)
            is_small = len(piece.digits) < _UNFINISHED and not is_begun  # forty minutes
            is_apart = piece.is_first is not last.is_last or self._is_apart(last, piece)
            if is_apart and not is_small:
                break
            digits = path.digits + piece.digits
            # A row goes as a whole, or begins with what was told last.
            is_cut = bool(skipped) and not path.digits.endswith(self._row_before(at))
            if len(digits) < _WHOLE.stop and not (is_begun or is_apart or is_cut):
                longer = _Path((*path.used, *skipped, piece), digits, at + 1)
                is_doubtful = any(each != piece.digits for each in again)
                if is_back or is_doubtful or (piece.is_first and is_echo):
                    later.append(longer)
                else:
                    yield longer
            if is_small and not is_back:
                continue
            last = piece
            if not (is_begun or is_back or is_echo or again):
                break
            skipped = (*skipped, piece)
        yield from later

    def _row_before(self, at: int) -> str:
        """What the row of a piece says before it."""
        digits = ""
        while at and not self._pieces[at].is_first:
            at -= 1
            digits = self._pieces[at].digits + digits
        return digits

    def _is_in_parts(self, path: _Path) -> bool:
        """Whether words say that a number comes in parts, which may end anywhere."""
        if len(path.used[-1].digits) <= _FEWEST:
            return False
        start, end = path.used[0].start, path.used[-1].end
        said = self._text[max(0, start - _CLOSE) : end + _CLOSE]
        return tells_of_parts(said) or tells_the_end(said)

    def _is_apart(self, piece: Piece, following: Piece) -> bool:
        """Whether two pieces stand too far from each other for what is said before the second."""
        size = following.start - piece.end
        if size <= _CLOSE or size > _FAR:
            return size > _FAR
        said = before(self._text, following.start)
        words = [word for word in WORD.findall(said) if word.isalpha()]
        is_part = tells_the_end(said) or tells_of_parts(said)
        return not (len(words) <= _FEW_WORDS or is_part or speaks_of_card(said))

    def _is_begun_anew(self, at: int) -> bool:
        """Whether the next piece is the same group, whole: 022, and then 0224."""
        piece, following = self._pieces[at], self._pieces[at + 1 : at + 2]
        return (
            bool(following)
            and len(piece.digits) <= _UNFINISHED
            and len(piece.digits) < len(following[0].digits)
            and following[0].digits.startswith(piece.digits)
        )

    def _is_taken_back(self, at: int) -> bool:
        """Whether the next piece stands for one that was wrong."""
        piece, following = self._pieces[at], self._pieces[at + 1 : at + 2]
        return (
            not self._is_in_list(at)
            and bool(following)
            and len(piece.digits) <= len(following[0].digits)
            and self._is_corrected(piece.end, following[0])
        )

    def _said_again(self, at: int, path: _Path) -> list[str]:
        """What lines near a piece say that is the same, or would be but for a slip."""
        piece, before = self._pieces[at], path.used[-1]
        if len(piece.digits) < _UNFINISHED or self._is_in_list(at):
            return []
        behind = self._pieces[at + 1 : at + 1 + _AHEAD]
        rows = [
            "".join(each.digits for each in behind[low:])
            for low, each in enumerate(behind)
            if "\n" in self._text[piece.end : each.start]
        ]
        if "\n" in self._text[before.end : piece.start]:
            rows.append(before.digits)
        return [said for row in rows for said in _alike(piece.digits, row)]

    def _is_in_list(self, at: int) -> bool:
        """Whether so many rows stand around a piece that a wrong one means nothing."""
        low, high = max(0, at - _AROUND), min(at + _AROUND, len(self._pieces))
        return self._rows[high] - self._rows[low] > _MOST_ROWS

    def _is_corrected(self, behind: int, piece: Piece) -> bool:
        """Whether what is said before a piece, or right behind it, takes something back."""
        after = _SENTENCE_ENDS.split(self._text[piece.end : piece.end + _SENTENCE])[0]
        return corrects(f"{self._said_before(behind, piece)} {after}")

    def _said_before(self, behind: int, piece: Piece) -> str:
        """What is said between two pieces, but for long lines: please do not send them here."""
        said = self._text[max(behind, piece.start - _SENTENCE) : piece.start]
        first, *amid = said.split("\n")
        last = amid.pop() if amid else ""
        return "\n".join((first, *(line for line in amid if _is_short(line)), last))

    def _with_echoes(self, path: _Path) -> tuple[Piece, ...]:
        """The pieces of a number, and the last of them where it is said once more, or otherwise."""
        used = list(path.used)
        for piece in self._pieces[path.next :]:
            is_echo = piece.digits in path.digits[-_HALF:]
            is_other = len(piece.digits) >= _FEWEST and any(
                _alike(piece.digits, each.digits) for each in used[-_AHEAD:]
            )
            if piece.start - used[-1].end > _FAR or not (is_echo or is_other):
                break
            used.append(piece)
        return tuple(used)

    def _corrected(self, path: _Path) -> Chain | None:
        """The number with the group in it that is told to be the right one."""
        end = path.used[-1].end
        if self._is_in_list(path.next):
            return None
        for piece in self._pieces[path.next : path.next + _AHEAD]:
            behind, end = end, piece.end
            if piece.start - behind > _FAR or not (piece.is_first and piece.is_last):
                return None
            if not self._corrects(behind, piece):
                continue
            for made in _with_group(path.digits, piece.digits):
                if issuer := _issuer(made):
                    return Chain((*path.used, piece), made, issuer)
        return None

    def _corrects(self, behind: int, piece: Piece) -> bool:
        if len(piece.digits) not in _CORRECTED:
            return False
        words = WORD.findall(self._said_before(behind, piece))
        return any(part_of(word) & LAST for word in words) or self._is_corrected(behind, piece)


def _is_short(line: str) -> bool:
    words = [word for word in WORD.findall(before(line, len(line))) if word.isalpha()]
    return len(words) <= _FEW_WORDS


def _issuer(digits: str) -> Issuer | None:
    number = digits.encode()
    issuer = issuer_of(number)
    is_usual = issuer is not None and not issuer.wide and len(number) in issuer.told
    return issuer if is_usual and is_valid(number) else None


def _are_sums(path: _Path) -> bool:
    """Whether all of the pieces but one are round: a list of sums, but for a number for tests."""
    round_ones = sum(piece.digits.endswith("00") for piece in path.used)
    are_round = round_ones >= max(_FEWEST_SUMS, len(path.used) - 1)
    return are_round and path.digits.encode() not in published()


def _is_echo(piece: Piece, path: _Path) -> bool:
    if path.digits.endswith(piece.digits) or piece.digits in {p.digits for p in path.used}:
        return True
    # in groups, though it was told as one block
    return len(piece.digits) >= _FEWEST and piece.digits in path.used[-1].digits


def _alike(digits: str, row: str) -> list[str]:
    """The groups of a row, as long as some digits, that are the same but for a slip."""
    size = len(digits)
    parts = (row[low : low + size] for low in range(0, min(len(row), _LONGEST_PIECE), _FEWEST))
    return [part for part in parts if len(part) == size and _is_same(digits, part)]


def _is_same(digits: str, part: str) -> bool:
    return part == digits or is_slip(digits, part)


def _with_group(digits: str, group: str) -> Iterator[str]:
    """The number with a group in place of its last, or of another one."""
    last = len(digits) - len(group)
    for at in (last, *range(0, last, _FEWEST)):
        yield digits[:at] + group + digits[at + len(group) :]
