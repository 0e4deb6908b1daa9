"""A decoded text and the map from its offsets to those of the original."""

from __future__ import annotations

import base64
from bisect import bisect_right
from dataclasses import dataclass
from email.header import Header
from operator import attrgetter
from typing import Literal, NamedTuple

BARRIER = "\x00"
"""Stands between stretches that do not belong together: nothing is read across it."""

_LINE = 76  # RFC 2045 6.8


class Piece(NamedTuple):
    """`size` decoded characters at `at` came from `start`..`end` of the original.

    Equal sizes mean character by character; otherwise the piece is an atom (an entity, an escape)
    and only exists as a whole.
    """

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

    def seal(self, text: str) -> str:
        """Encode `text` as this part was encoded."""
        if self.encoding == "words":
            return Header(text, "utf-8").encode(linesep=self.newline)
        data = base64.b64encode(text.encode(self.charset, "replace")).decode("ascii")
        return self.newline.join(data[at : at + _LINE] for at in range(0, len(data), _LINE))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The readable text, its pieces in order of `at`, and the parts that are sealed."""

    text: str
    pieces: tuple[Piece, ...]
    sealed: tuple[Sealed, ...] = ()

    @classmethod
    def verbatim(cls, text: str) -> Decoded:
        """Return a text that reads as it stands."""
        return cls(text, (Piece(0, len(text), 0, len(text)),))

    def source(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the ranges of the original behind decoded `start`..`end`; touching ones joined."""
        ranges: list[tuple[int, int]] = []
        for piece in self.cut(start, end):
            if ranges and ranges[-1][1] == piece.start:
                ranges[-1] = (ranges[-1][0], piece.end)
            else:
                ranges.append((piece.start, piece.end))
        return tuple(ranges)

    def cut(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of decoded `start`..`end`: verbatim ones cut to it, atoms whole."""
        first = max(bisect_right(self.pieces, start, key=attrgetter("at")) - 1, 0)
        found: list[Piece] = []
        for piece in self.pieces[first : bisect_right(self.pieces, end - 1, key=attrgetter("at"))]:
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
        pieces: list[Piece] = []
        for piece in self.pieces:
            behind = outer.cut(piece.start, piece.end)
            if piece.size == piece.end - piece.start:
                shift = piece.at - piece.start
                pieces.extend(part._replace(at=part.at + shift) for part in behind)
            elif behind:
                pieces.append(Piece(piece.at, piece.size, behind[0].start, behind[-1].end))
        return Decoded(self.text, tuple(pieces))


class Builder:
    """Collects decoded text piece by piece."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._sealed: list[Sealed] = []
        self._at = 0

    def verbatim(self, start: int, end: int) -> None:
        """Take `start`..`end` of the original as it stands."""
        if end > start:
            self.atom(self._source[start:end], start, end)

    def atom(self, text: str, start: int, end: int) -> None:
        """Take `text`, which stands for `start`..`end` of the original as a whole."""
        self._pieces.append(Piece(self._at, len(text), start, end))
        self.gap(text)

    def gap(self, text: str) -> None:
        """Take `text` that has nothing behind it in the original."""
        self._texts.append(text)
        self._at += len(text)

    def seal(self, part: Sealed) -> None:
        """Take a part that is encoded as a whole."""
        self._sealed.append(part)

    def embed(self, decoded: Decoded, offset: int) -> None:
        """Take a text that was decoded from the original at `offset`."""
        at = self._at
        self._pieces.extend(
            Piece(piece.at + at, piece.size, piece.start + offset, piece.end + offset)
            for piece in decoded.pieces
        )
        self.gap(decoded.text)

    def build(self) -> Decoded:
        """Return what was collected."""
        return Decoded("".join(self._texts), tuple(self._pieces), tuple(self._sealed))
