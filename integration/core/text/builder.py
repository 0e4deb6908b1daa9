"""Builds a decoded text part by part, with the map back (`core.text.decoded`)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from integration.core.text.decoded import ASIDE, NOWHERE, Rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.decoded import Decoded, Part
    from integration.core.text.sealed import Sealed


class _Embedded(NamedTuple):
    """A text that was decoded from the original at `offset`, in place of a part."""

    decoded: Decoded
    offset: int

    def parts(self) -> Iterator[Part]:
        at = 0
        for piece in self.decoded.pieces:
            yield piece.at - at, NOWHERE, NOWHERE
            yield piece.size, piece.start + self.offset, piece.end + self.offset
            at = piece.at + piece.size
        yield len(self.decoded.text) - at, NOWHERE, NOWHERE


class Builder:
    """Collects decoded text part by part."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._texts: list[str] = []
        self._parts: list[Part | _Embedded] = []
        self._sealed: list[Sealed] = []
        self._is_whole = True
        self._holds_files = False

    def verbatim(self, start: int, end: int) -> None:
        """Take `start`..`end` of the original as it stands."""
        if end > start:
            self._texts.append(self._source[start:end])
            self._parts.append((end - start, start, end))

    def atom(self, text: str, start: int, end: int) -> None:
        """Take `text`, which stands for `start`..`end` of the original as a whole."""
        self._texts.append(text)
        self._parts.append((len(text), start, end))

    def gap(self, text: str) -> None:
        """Take `text` that has nothing behind it in the original."""
        self._texts.append(text)
        self._parts.append((len(text), NOWHERE, NOWHERE))

    def seal(self, part: Sealed) -> None:
        """Take a part that is encoded as a whole."""
        self._sealed.append(part)

    def leave(self) -> None:
        """Say that there is encoded text which is not opened."""
        self._is_whole = False

    def leave_file(self) -> None:
        """Say that there is a file which is no text."""
        self._holds_files = True

    def embed(self, decoded: Decoded, offset: int) -> None:
        """Take a text that was decoded from the original at `offset`."""
        self._texts.append(decoded.text)
        self._parts.append(_Embedded(decoded, offset))

    def text(self) -> str:
        """Return what was taken."""
        return "".join(self._texts)

    def parts(self) -> list[Part]:
        """Return where it came from, part by part."""
        return _laid_out(self._parts)

    def build(self) -> Decoded:
        """Return what was collected."""
        parts = partial(_laid_out, self._parts)
        sealed = tuple(self._sealed)
        return Rewritten(
            self.text(),
            parts,
            sealed=sealed,
            is_whole=self._is_whole,
            holds_files=self._holds_files,
        )


def _laid_out(taken: list[Part | _Embedded]) -> list[Part]:
    return [
        part
        for each in taken
        for part in (each.parts() if isinstance(each, _Embedded) else (each,))
    ]


def read_twice(source: str, aside: Builder) -> Decoded:
    """Return a text as it stands, and behind it what some of it says in other words."""
    told = Builder(source)
    told.verbatim(0, len(source))
    told.gap(ASIDE)
    told.embed(aside.build(), 0)
    return Rewritten(told.text(), told.parts, shown=len(source), is_read_twice=True)
