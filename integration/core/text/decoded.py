"""A decoded text and the map from its offsets to those of the original."""

from __future__ import annotations

import base64
from bisect import bisect_right
from dataclasses import dataclass
from email.header import Header
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

BARRIER = "\x00"
"""Stands between stretches that do not belong together: nothing is read across it."""


Part: TypeAlias = tuple[str, int, int]
"""Decoded characters and the range of the original that they came from, `NOWHERE` if from none.

A text as long as its range came character by character; any other is an atom (an entity, an
escape) and only exists as a whole.
"""

NOWHERE: Final = -1


class Piece(NamedTuple):
    """A part that came from somewhere: `size` decoded characters at `at`, from `start`..`end`."""

    at: int
    size: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encoded part of the original that can only be replaced as a whole."""

    start: int
    end: int
    text: str
    media_type: str
    encoding: Literal["base64", "words"]
    charset: str = "utf-8"
    newline: str = "\n"
    width: int = 76  # RFC 2045 6.8
    """Of the lines of base64."""

    def seal(self, text: str) -> str:
        """Encode `text` as this part was encoded."""
        if self.encoding == "words":
            return Header(text, "utf-8").encode(linesep=self.newline)
        data = base64.b64encode(text.encode(self.charset, "replace")).decode("ascii")
        lines = (data[at : at + self.width] for at in range(0, len(data), self.width))
        return self.newline.join(lines)


@dataclass(frozen=True)
class Decoded:
    """The readable text, the parts that make it up, and the parts that are sealed."""

    parts: tuple[Part, ...]
    sealed: tuple[Sealed, ...] = ()

    @classmethod
    def verbatim(cls, text: str) -> Decoded:
        """Return a text that reads as it stands."""
        return cls(((text, 0, len(text)),))

    @cached_property
    def text(self) -> str:
        """What a reader sees."""
        return "".join([part[0] for part in self.parts])

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The parts that came from somewhere, in order of `at`; made when something was found."""
        found: list[Piece] = []
        at = 0
        for text, start, end in self.parts:
            if start != NOWHERE:
                found.append(Piece(at, len(text), start, end))
            at += len(text)
        return tuple(found)

    @cached_property
    def _places(self) -> list[int]:
        return [piece.at for piece in self.pieces]

    @cached_property
    def _shift(self) -> int | None:
        """How far all of it stands from where it stood, when it reads as it stands."""
        if len(self.parts) != 1:
            return None
        text, start, end = self.parts[0]
        return start if start != NOWHERE and len(text) == end - start else None

    def _moved(self, shift: int) -> Decoded:
        return Decoded(
            tuple(
                part if part[1] == NOWHERE else (part[0], part[1] + shift, part[2] + shift)
                for part in self.parts
            ),
            self.sealed,
        )

    def source(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the ranges of the original behind decoded `start`..`end`; touching ones joined."""
        shift = self._shift
        if shift is not None:
            return ((start + shift, end + shift),) if end > start else ()
        ranges: list[tuple[int, int]] = []
        for piece in self.cut(start, end):
            if ranges and ranges[-1][1] == piece.start:
                ranges[-1] = (ranges[-1][0], piece.end)
            else:
                ranges.append((piece.start, piece.end))
        return tuple(ranges)

    def cut(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of decoded `start`..`end`: verbatim ones cut to it, atoms whole."""
        first = max(bisect_right(self._places, start) - 1, 0)
        found: list[Piece] = []
        for piece in self.pieces[first : bisect_right(self._places, end - 1)]:
            low, high = max(start, piece.at), min(end, piece.at + piece.size)
            if low >= high:
                continue
            if piece.size == piece.end - piece.start:
                shift = piece.start - piece.at
                piece = Piece(low, high - low, low + shift, high + shift)  # noqa: PLW2901
            found.append(piece)
        return found

    def through(self, outer: Decoded) -> Decoded:
        """Return this map continued: our original is the decoded text of `outer`."""
        shift = outer._shift
        if shift is not None:
            return self if shift == 0 else self._moved(shift)
        built = Builder("")
        for text, start, end in self.parts:
            behind = outer.cut(start, end) if start != NOWHERE else []
            if not behind:
                built.gap(text)
            elif len(text) != end - start:
                built.atom(text, behind[0].start, behind[-1].end)
            else:
                _continue(built, text, start, behind)
        return built.build()


def _continue(built: Builder, text: str, start: int, behind: list[Piece]) -> None:
    """Take `text`, that stood at `start`, as the pieces behind it; what lies between is a gap."""
    at = start
    for piece in behind:
        built.gap(text[at - start : piece.at - start])
        at = piece.at + piece.size
        built.atom(text[piece.at - start : at - start], piece.start, piece.end)
    built.gap(text[at - start :])


class Builder:
    """Collects decoded text part by part."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._sealed: list[Sealed] = []
        self.parts: list[Part] = []
        """What was taken; a decoder in a hurry may append to it."""

    def verbatim(self, start: int, end: int) -> None:
        """Take `start`..`end` of the original as it stands."""
        if end > start:
            self.parts.append((self._source[start:end], start, end))

    def atom(self, text: str, start: int, end: int) -> None:
        """Take `text`, which stands for `start`..`end` of the original as a whole."""
        self.parts.append((text, start, end))

    def gap(self, text: str) -> None:
        """Take `text` that has nothing behind it in the original."""
        if text:
            self.parts.append((text, NOWHERE, NOWHERE))

    def seal(self, part: Sealed) -> None:
        """Take a part that is encoded as a whole."""
        self._sealed.append(part)

    def embed(self, decoded: Decoded, offset: int) -> None:
        """Take a text that was decoded from the original at `offset`."""
        self.parts.extend(
            (text, start, end) if start == NOWHERE else (text, start + offset, end + offset)
            for text, start, end in decoded.parts
        )

    def build(self) -> Decoded:
        """Return what was collected."""
        return Decoded(tuple(self.parts), tuple(self._sealed))
