"""Pieces that make a card number together, with those that were repeated or taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from integration.core.cards.counting import counts_up
from integration.core.cards.issuers import Issuer, first_digits, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.published import is_repeating, published
from integration.core.together.dictation.doubts import (
    AHEAD,
    FEW_WORDS,
    FEWEST,
    UNFINISHED,
    Doubts,
    alike,
)
from integration.core.together.dictation.heads import GONE
from integration.core.together.dictation.pieces import WRONG, Piece, before
from integration.core.together.interjected import GROUPS_END
from integration.core.words.correcting import tells_of_parts, tells_the_end
from integration.core.words.index import WORD
from integration.core.words.naming import speaks_of_card

_PIECES_END: Final = GROUPS_END | {6}
"""Digits of a number behind which a piece may end: 6-6-4 is asked for, too."""
_WHOLE: Final = range(14, 20)
_HALF: Final = 8
"""Digits at the end of a number that are said once more, group by group."""
_CLOSE: Final = 60
_FAR: Final = 240
"""Characters between two pieces: so few part nothing, and so many do."""
_WAYS: Final = 5
"""Ways to go on that are tried in a text, for each of its pieces: most have one or none."""
_MORE_WAYS: Final = 200
"""The same, however few pieces there are."""
_FEWEST_SUMS: Final = 3
_OF_AN_ACCOUNT: Final = (8, 8)
_LISTED: Final = re.compile(r"[,;]\s")


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
    is_even: bool = True
    """Whether each of the pieces but the last ends where a group of a card does."""

    @property
    def is_read_back(self) -> bool:
        """Whether a group stands twice, as where the other side says each."""
        groups = [piece.digits for piece in self.used if len(piece.digits) >= UNFINISHED]
        return len(set(groups)) < len(groups) == len(self.used)


def chains(text: str, pieces: Sequence[Piece], *, round_too: bool = False) -> Iterator[Chain]:
    """The numbers that pieces of a text make, none of them used twice.

    `round_too`: even where most of them are round.
    """
    dictation = _Dictation(text, pieces, round_too=round_too)
    at = 0
    while at < len(pieces):
        chain = dictation.chain_from(at)
        if chain:
            yield chain
            at = pieces.index(chain.pieces[-1])
        at += 1


class _Dictation:
    """A text and its pieces, in order."""

    def __init__(self, text: str, pieces: Sequence[Piece], *, round_too: bool) -> None:
        self._text = text
        self._round_too = round_too
        self._pieces = pieces
        self._ways = _MORE_WAYS + _WAYS * len(pieces)
        self._doubts = Doubts(text, pieces)

    def chain_from(self, at: int) -> Chain | None:
        """The number that begins with a piece."""
        first = self._pieces[at]
        is_head = first.is_first and first.digits[0] in first_digits()
        if not is_head or len(first.digits) < FEWEST:
            return None
        paths = [_Path((first,), first.digits, at + 1)]
        doubled: Chain | None = None
        wrong: list[_Path] = []
        while paths and self._ways > 0:
            self._ways -= 1
            path = paths.pop()
            if path.used[-1].is_last and len(path.digits) in _WHOLE:
                if issuer := issuer_told(path.digits):
                    if len(path.used) == 1:
                        break  # it is told whole
                    found = Chain(self._with_echoes(path), path.digits, issuer)
                    if _is_said_twice(path.digits):
                        is_known = path.digits.encode() in published()
                        doubled = doubled or (found if is_known else None)
                    elif not (
                        self._is_of_a_longer_list(path)
                        or (not self._round_too and _are_sums(path))
                        or (issuer.weak and _is_like_an_account(path))
                    ):
                        return found
                elif len(path.digits) in WRONG:
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
        is_even = path.is_even and len(path.digits) in _PIECES_END
        ends = is_even or path.is_read_back or self._is_in_words(path)
        if not (ends or self._is_in_parts(path)):
            return
        later: list[_Path] = []
        skipped: tuple[Piece, ...] = ()
        last = path.used[-1]
        for at in range(path.next, min(path.next + AHEAD, len(self._pieces))):
            piece = self._pieces[at]
            is_begun, is_back = self._doubts.is_begun_anew(at), self._doubts.is_taken_back(at)
            is_echo, again = _is_echo(piece, path), self._doubts.said_again(at, path.used[-1])
            is_small = len(piece.digits) < UNFINISHED and not is_begun  # forty minutes
            is_apart = piece.is_first is not last.is_last or self._is_apart(last, piece)
            is_apart = is_apart or not (ends or self._is_called_a_part(last, piece))
            if is_apart and not is_small:
                break
            digits = path.digits + piece.digits
            # A row goes as a whole, or begins with what was told last.
            is_cut = bool(skipped) and not path.digits.endswith(self._row_before(at))
            if len(digits) < _WHOLE.stop and not (is_begun or is_apart or is_cut):
                longer = _Path((*path.used, *skipped, piece), digits, at + 1, is_even)
                is_doubtful = any(each != piece.digits for each in again)
                if is_back or is_doubtful or (piece.is_first and is_echo):
                    later.append(longer)
                else:
                    yield longer
            if is_small and not is_back:
                continue
            last = piece
            if is_begun or is_back or is_echo or again:
                skipped = (*skipped, piece)
            elif not self._doubts.is_asked(at):
                break
        yield from later

    def _row_before(self, at: int) -> str:
        """What the row of a piece says before it."""
        digits = ""
        while at and not self._pieces[at].is_first:
            at -= 1
            digits = self._pieces[at].digits + digits
        return digits

    def _is_in_words(self, path: _Path) -> bool:
        """Whether all of it is said in words, and so much at a time that it may end anywhere."""
        return all(
            len(piece.digits) >= FEWEST and self._text[piece.start].isalpha() for piece in path.used
        )

    def _is_in_parts(self, path: _Path) -> bool:
        """Whether words say that a number comes in parts, which may end anywhere."""
        if len(path.used[-1].digits) <= FEWEST:
            return False
        start, end = path.used[0].start, path.used[-1].end
        said = self._text[max(0, start - _CLOSE) : end + _CLOSE]
        return tells_of_parts(said) or tells_the_end(said)

    def _is_called_a_part(self, last: Piece, piece: Piece) -> bool:
        """Whether a piece stands close behind another, or is called a part or the end."""
        if piece.start - last.end <= _CLOSE:
            return True
        said = before(self._text, piece.start)
        return tells_the_end(said) or tells_of_parts(said)

    def _is_apart(self, piece: Piece, following: Piece) -> bool:
        """Whether two pieces stand too far from each other for what is said before the second.

        So do those with a whole number between them that is gone.
        """
        size = following.start - piece.end
        if GONE in self._text[piece.end : following.start]:
            return True
        if size <= _CLOSE or size > _FAR:
            return size > _FAR
        said = before(self._text, following.start)
        words = [word for word in WORD.findall(said) if word.isalpha()]
        is_part = tells_the_end(said) or tells_of_parts(said)
        return not (len(words) <= FEW_WORDS or is_part or speaks_of_card(said))

    def _with_echoes(self, path: _Path) -> tuple[Piece, ...]:
        """The pieces of a number, and the last of them where it is said once more, or otherwise."""
        used = list(path.used)
        for piece in self._pieces[path.next :]:
            is_echo = _is_of_the_end(piece, path, piece.start - used[-1].end)
            is_other = len(piece.digits) >= FEWEST and any(
                alike(piece.digits, each.digits) for each in used[-AHEAD:]
            )
            if piece.start - used[-1].end > _FAR or not (is_echo or is_other):
                break
            used.append(piece)
        return tuple(used)

    def _corrected(self, path: _Path) -> Chain | None:
        """The number with the group in it that is told to be the right one."""
        end = path.used[-1].end
        if self._doubts.is_in_list(path.next):
            return None
        for piece in self._pieces[path.next : path.next + AHEAD]:
            behind, end = end, piece.end
            if piece.start - behind > _FAR or not (piece.is_first and piece.is_last):
                return None
            if not self._doubts.corrects_a_group(behind, piece):
                continue
            for made in _with_group(path.digits, piece.digits):
                if found := chain_of((*path.used, piece), made):
                    return found
        return None


def chain_of(pieces: Sequence[Piece], digits: str | None = None) -> Chain | None:
    """The number that pieces make, one behind the other or with these digits; None for none."""
    number = "".join(piece.digits for piece in pieces) if digits is None else digits
    issuer = issuer_told(number)
    return Chain(tuple(pieces), number, issuer) if issuer else None


def issuer_told(digits: str) -> Issuer | None:
    """The issuer of a card number that is told in parts; None for what is none."""
    number = digits.encode()
    issuer = issuer_of(number)
    is_usual = issuer is not None and not issuer.wide and len(number) in issuer.told
    return issuer if is_usual and is_valid(number) and not counts_up(digits) else None


def _is_said_twice(digits: str) -> bool:
    half = len(digits) // 2
    return is_repeating([digits[:half].encode(), digits[half:].encode()])


def _are_sums(path: _Path) -> bool:
    """Whether all of the pieces but one are round: a list of sums, but for a number for tests."""
    round_ones = sum(piece.digits.endswith("00") for piece in path.used)
    are_round = round_ones >= max(_FEWEST_SUMS, len(path.used) - 1)
    return are_round and path.digits.encode() not in published()


def _is_like_an_account(path: _Path) -> bool:
    """Whether it is written as accounts are in Hungary (GIRO), eight digits and eight in a row."""
    one_row = path.used[0].is_first and not any(piece.is_first for piece in path.used[1:])
    return one_row and tuple(len(piece.digits) for piece in path.used) == _OF_AN_ACCOUNT


def _is_echo(piece: Piece, path: _Path) -> bool:
    if path.digits.endswith(piece.digits) or piece.digits in {p.digits for p in path.used}:
        return True
    # in groups, though it was told as one block
    return len(piece.digits) >= FEWEST and piece.digits in path.used[-1].digits


def _is_of_the_end(piece: Piece, path: _Path, distance: int) -> bool:
    """Whether a piece says some of the last digits again; a few, right behind what was so told."""
    if len(piece.digits) >= UNFINISHED:
        return piece.digits in path.digits[-_HALF:]
    is_told_so = len(path.used[-1].digits) < UNFINISHED
    return is_told_so and distance <= _CLOSE and piece.digits == path.used[-1].digits


def _with_group(digits: str, group: str) -> Iterator[str]:
    """The number with a group in place of its last, or of another one."""
    last = len(digits) - len(group)
    for at in (last, *range(0, last, FEWEST)):
        yield digits[:at] + group + digits[at + len(group) :]
