"""What is removed in one place and stands in a copy of it, in the same words. Pure.

A helpdesk makes plain text of a mail, for its own mails, its lists and its search, and what parted
two lines is gone there: `box 1: 4400box 2: 2380`, `...24642028-11903please`. So the two are
compared by their letters and digits only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from integration.core.spans import Action, Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.together.elsewhere import ACROSS, Ranges, Taken, decoded_of, moved

_CONTEXT: Final = 8
"""Letters and digits on either side of what is removed."""
_WIDEST: Final = 40
"""The same where an order number stands there."""
_FEWEST_LETTERS: Final = 4
"""Of those: digits alone could be met by chance."""
_SHORTEST: Final = 3
"""Letters and digits of what is known by one side only."""
_LONGEST: Final = 200_000
"""Characters of a place that is compared."""
_MOST: Final = 500
"""Values that are looked for; of a longer list each copy shows its own."""
_COPIES: Final = frozenset(
    {SurfaceKind.MAIL_COPY, SurfaceKind.PREVIEW, SurfaceKind.QUOTED, SurfaceKind.HISTORY}
)


class _Squeezed(NamedTuple):
    """The letters and digits of a text, and where each of them stands."""

    text: str
    at: Sequence[int]


class _Removed(NamedTuple):
    """What is removed, and the letters and digits around it."""

    value: str
    before: str
    behind: str
    span: Span


def spans_copied(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """What of a place is removed and stands in a copy of it still, by surface id.

    `found`: what is known of each place so far.
    """
    copies = [surface for surface in surfaces if surface.kind in _COPIES]
    if not (copies and any(map(found.__getitem__, (surface.id for surface in surfaces)))):
        return {}
    squeezed = {surface.id: _squeezed(surface) for surface in surfaces}
    every = (
        each
        for surface in surfaces
        for each in _removed(surface, squeezed[surface.id], found[surface.id])
    )
    removed = {each[:-1]: each for each in islice(every, _MOST)}
    told = {
        copy.id: list(_copied(copy, squeezed[copy.id], removed.values(), found[copy.id]))
        for copy in copies
    }
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _squeezed(surface: Surface) -> _Squeezed:
    text = decoded_of(surface).text[:_LONGEST]
    at = [place for place, letter in enumerate(text) if letter.isalnum()]
    return _Squeezed("".join(text[place] for place in at), at)


def _removed(surface: Surface, squeezed: _Squeezed, found: Sequence[Span]) -> Iterator[_Removed]:
    decoded = decoded_of(surface)
    for span in found:
        if span.action is not Action.REDACT or span.inner:
            continue
        for piece in span.pieces:
            place = decoded.place(*piece)
            if place is None:
                continue
            start, end = (bisect_left(squeezed.at, at) for at in place)
            value = squeezed.text[start:end]
            before = _before(squeezed.text, start)
            behind = squeezed.text[end : end + _CONTEXT]
            if value and any(map(str.isdecimal, value)):
                yield _Removed(value, before, behind, span)


def _before(text: str, end: int) -> str:
    """What stands before a value, further off where that is hardly anything but digits."""
    start = max(0, end - _CONTEXT)
    while start and end - start < _WIDEST and _letters(text[start:end]) < _FEWEST_LETTERS:
        start -= 1
    return text[start:end]


def _copied(
    copy: Surface, squeezed: _Squeezed, removed: Iterable[_Removed], found: Sequence[Span]
) -> Iterator[Span]:
    decoded, taken = decoded_of(copy), Taken.by(found)
    told: dict[Ranges, Span] = {}
    for each in removed:
        for start in _places(squeezed, each, decoded.text):
            place = squeezed.at[start], squeezed.at[start + len(each.value) - 1] + 1
            ranges = tuple(decoded.source(*place))
            if ranges and not taken.touches(ranges):
                told[ranges] = _as_it_stands(each.span, ranges)
    yield from told.values()


def _places(squeezed: _Squeezed, removed: _Removed, text: str) -> Iterator[int]:
    """Where in the letters and digits of a copy a value stands in its words."""
    value, before, behind, _ = removed
    whole = before + value + behind
    if _letters(before + behind) >= _FEWEST_LETTERS:
        yield from (at + len(before) for at in _all(squeezed.text, whole))
    if len(value) < _SHORTEST:
        return
    for words, lead in ((before + value, len(before)), (value + behind, 0)):
        if _letters(words) < _FEWEST_LETTERS:
            continue
        for at in _all(squeezed.text, words):
            if not _is_cut(squeezed, at + lead, len(value), text):
                yield at + lead


def _is_cut(squeezed: _Squeezed, start: int, size: int, text: str) -> bool:
    """Whether digits touch a value: it is a part of another number."""
    low, high = squeezed.at[start], squeezed.at[start + size - 1] + 1
    return text[max(0, low - 1) : low].isdecimal() or text[high : high + 1].isdecimal()


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))


def _as_it_stands(span: Span, ranges: Ranges) -> Span:
    """The span in the copy; one that stands whole has its last four digits there, too."""
    return moved(span, ranges, ACROSS)._replace(last4=None if span.segments else span.last4)
