"""A decoded text and the map from its offsets to those of the original."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from integration.core.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from integration.core.text.sealed import Sealed

BARRIER = "\x00"
"""Stands between stretches that do not belong together: nothing is read across it."""
ASIDE = "\n\u01c0\n\x00"
"""Stands before what is read aside and is shown as well: a letter of no word, and a barrier.

Else the barrier would stand right behind the text, as if a number had been taken out there.
"""
UNSEEN = "\x01"
"""Stands for the same character where a text holds it: it has no width, and parts nothing."""


Part: TypeAlias = tuple[int, int, int]
"""How many decoded characters, and the range of the original that they came from, if any.

A part as long as its range came character by character; any other is an atom (an entity, an
escape) and only exists as a whole. One that came from none starts `NOWHERE`.
"""

NOWHERE: Final = -1


class Piece(NamedTuple):
    """A part that came from somewhere: `size` decoded characters at `at`, from `start`..`end`."""

    at: int
    size: int
    start: int
    end: int


class Decoded:
    """A text as a reader sees it, and the map back. This one reads as it stands."""

    __slots__ = ("text",)

    sealed: tuple[Sealed, ...] = ()
    is_whole: bool = True
    """Whether all of it was opened that is encoded text."""
    is_read_twice: bool = False
    """Whether something of it stands in the text as it is shown, and aside in other words."""
    holds_files: bool = False
    """Whether there are files in it that are no text."""

    def __init__(self, text: str) -> None:
        self.text = text
        """What a reader sees, and behind it what is read aside."""

    @property
    def shown(self) -> int:
        """How many characters stand before what is read aside."""
        return len(self.text)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What came from somewhere, in order of `at`."""
        return tuple(self.cut(0, len(self.text)))

    def cut(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of decoded `start`..`end`: verbatim ones cut to it, atoms whole."""
        return [Piece(start, end - start, start, end)] if start < end else []

    def source(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the ranges of the original behind decoded `start`..`end`; touching ones joined."""
        return ((start, end),) if start < end else ()

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where in the text that stands which came from `start`..`end` of the original."""
        size = len(self.text)
        return (start, min(end, size)) if start < min(end, size) else None

    def under(self, inner: Decoded) -> Decoded:
        """Return `inner`, decoded from what is shown here, with its map continued to our source."""
        return inner


class _Mapped(Decoded):
    """A text that reads otherwise than it stands."""

    @once
    def pieces(self) -> tuple[Piece, ...]:
        """What came from somewhere, in order of `at`."""
        return super().pieces

    @once
    def _by_source(self) -> tuple[list[Piece], list[int], list[int]]:
        """Return the pieces as they stand in the original, where they begin, and end by then."""
        pieces = sorted(self.pieces, key=attrgetter("start"))
        ends = list(accumulate((piece.end for piece in pieces), max))
        return pieces, [piece.start for piece in pieces], ends

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where in the text that stands which came from `start`..`end` of the original."""
        pieces, starts, ends = self._by_source
        near = pieces[bisect_right(ends, start) : bisect_left(starts, end)]
        inside = [
            (max(start - low, 0) + at, min(end - low, size) + at)
            if size == high - low
            else (at, at + size)
            for at, size, low, high in sorted(near, key=attrgetter("at"))
            if start < high
        ]
        return (inside[0][0], inside[-1][1]) if inside else None

    def source(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the ranges of the original behind decoded `start`..`end`; touching ones joined."""
        ranges: list[tuple[int, int]] = []
        last = None
        for _, _, low, high in self.cut(start, end):
            if ranges and ranges[-1][1] == low:
                ranges[-1] = (ranges[-1][0], high)
            elif last != (low, high):  # an atom of two characters may be cut by a later map
                ranges.append((low, high))
            last = (low, high)
        return tuple(ranges)


class Rewritten(_Mapped):
    """What one decoder made of a text; its parts are made when something was found."""

    def __init__(
        self,
        text: str,
        parts: Callable[[], Sequence[Part]],
        *,
        shown: int | None = None,
        sealed: tuple[Sealed, ...] = (),
        is_whole: bool = True,
        is_read_twice: bool = False,
        holds_files: bool = False,
    ) -> None:
        super().__init__(text)
        self._made = parts
        self._shown = len(text) if shown is None else shown
        self.sealed = sealed
        self.is_whole = is_whole
        self.is_read_twice = is_read_twice
        self.holds_files = holds_files

    @property
    def shown(self) -> int:
        """How many characters stand before what is read aside."""
        return self._shown

    @once
    def _parts(self) -> Sequence[Part]:
        return self._made()

    @once
    def _places(self) -> list[int]:
        """Where each part begins in the text, and where the last one ends."""
        return list(accumulate([part[0] for part in self._parts], initial=0))

    def cut(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of decoded `start`..`end`: verbatim ones cut to it, atoms whole."""
        first, last = bisect_right(self._places, start) - 1, bisect_left(self._places, end)
        found: list[Piece] = []
        for at, (size, origin, stop) in zip(
            self._places[first:last], self._parts[first:last], strict=False
        ):
            low, high = max(start, at), min(end, at + size)
            if origin == NOWHERE or low >= high:
                continue
            if size == stop - origin:
                found.append(Piece(low, high - low, low - at + origin, high - at + origin))
            else:
                found.append(Piece(at, size, origin, stop))
        return found

    def under(self, inner: Decoded) -> Decoded:
        """Return `inner`, decoded from what is shown here, with its map continued to our source."""
        return Through(inner, self)


class Through(_Mapped):
    """What was decoded from a text that was decoded itself; what that has aside stays behind it."""

    def __init__(
        self,
        inner: Decoded,
        outer: Decoded,
        *,
        sealed: tuple[Sealed, ...] = (),
        is_whole: bool = True,
    ) -> None:
        super().__init__(inner.text + outer.text[outer.shown :])
        self.sealed = (*outer.sealed, *sealed)
        self.is_whole = is_whole and outer.is_whole
        self.is_read_twice = inner.is_read_twice or outer.is_read_twice
        self.holds_files = outer.holds_files
        self._inner = inner
        self._outer = outer

    @property
    def shown(self) -> int:
        """How many characters stand before what is read aside."""
        return self._inner.shown

    def cut(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of decoded `start`..`end`: verbatim ones cut to it, atoms whole."""
        edge = len(self._inner.text)
        found = list(self._continued(self._inner.cut(start, min(end, edge))))
        shift = self._outer.shown - edge
        aside = self._outer.cut(max(start, edge) + shift, end + shift) if end > edge else ()
        return found + [Piece(at - shift, *rest) for at, *rest in aside]

    def _continued(self, pieces: list[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            behind = self._outer.cut(piece.start, piece.end)
            if piece.size == piece.end - piece.start:
                shift = piece.at - piece.start
                for at, size, start, end in behind:
                    yield Piece(at + shift, size, start, end)
            elif behind:  # an atom stands for all from the first to the last of them
                yield Piece(piece.at, piece.size, behind[0].start, behind[-1].end)

    def under(self, inner: Decoded) -> Decoded:
        """Return `inner`, decoded from what is shown here, with its map continued to our source."""
        return Through(inner, self)
