"""A stretch of a text in plain letters with the labels that stand in it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text import BARRIER
from integration.core.text.lazy import lazy
from integration.core.words import Label
from integration.core.words.labels import labels_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading, Window
    from integration.core.words.labels import Found

_BEFORE: Final = 72
_BEHIND: Final = 72
_WORD: Final = lazy(rb"[0-9A-Za-z\x80-\xff]*")
_LAST_WORD: Final = lazy(rb"[0-9A-Za-z\x80-\xff]*\Z")
_ENDS: Final = frozenset({b"", BARRIER.encode()})
_SENSE: Final = lazy(r"[^\s:=\"'`´‘’“”«»„()\[\].,;>*_\-–—|]")


class Stretch(NamedTuple):
    """Plain letters, where they stand, and what the words mean."""

    window: Window
    labels: list[Found]
    complete: bool
    """Whether the text, or what a barrier leaves of it, ends where the stretch ends."""

    @property
    def text(self) -> str:
        """The plain letters."""
        return self.window.text

    def within(self, start: int, end: int) -> Iterator[Found]:
        """Return the labels that begin there."""
        labels = self.labels
        for at in range(bisect_left(labels, (start,)), len(labels)):
            if labels[at].start >= end:
                return
            yield labels[at]

    def links(self, start: int, end: int) -> bool:
        """Return whether nothing but marks and words that lead to a value stand there."""
        at = start
        for found in self.within(start, end):
            if found.end <= end and found.label is Label.LINK:
                if _SENSE.search(self.text, at, found.start):
                    return False
                at = found.end
        return not _SENSE.search(self.text, at, end)

    def holds(self, labels: frozenset[Label], start: int, end: int) -> bool:
        """Return whether one of `labels` stands there."""
        return any(found.label in labels for found in self.within(start, end))


def stretch_around(reading: Reading, start: int, end: int) -> Stretch:
    """Return the stretch around a number or a mark, up to barriers, with no word cut in two."""
    low, high = bounds(reading, start, end, _BEFORE, _BEHIND)
    window = reading.window(low, high)
    complete = reading.folded[high : high + 1] in _ENDS
    return Stretch(window, labels_in(window.text), complete)


def bounds(reading: Reading, start: int, end: int, before: int, behind: int) -> tuple[int, int]:
    """Return how far to read around `start`..`end`: to a barrier, not into the midst of a word."""
    folded, low, high = reading.folded, max(0, start - before), min(len(reading.text), end + behind)
    if low and folded[low - 1 : low + 1].isalnum():
        low = _WORD.match(folded, low, start).end()  # type: ignore[union-attr]  # may be empty
    if folded[high - 1 : high + 1].isalnum() and high < len(folded):
        high = _LAST_WORD.search(folded, end, high).start()  # type: ignore[union-attr]
    wall = folded.find(b"\x00", end, high)
    return folded.rfind(b"\x00", low, start) + 1 or low, high if wall < 0 else wall
