"""Dates and codes whose card number stands elsewhere in the ticket. Pure.

`Charge my card 4111 1111 1111 1111` is the subject and `expires 09/28` the message; or a message
after the two halves of a number says `and 09/28, the three digits are 123`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Final

from integration.core.detection import find
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import CARD_DATA, Action, Kind, Span
from integration.core.surfaces import Role, Surface, SurfaceKind, Text
from integration.core.text import Decoded
from integration.core.together.elsewhere import (
    ACROSS,
    BY_A_WORD,
    Taken,
    decoded_of,
    moved,
    stand_in,
    whole_numbers,
    whole_words,
)
from integration.core.words.index import WORD
from integration.core.words.vocabulary import as_read

_WRITTEN: Final = frozenset(
    {SurfaceKind.MESSAGE, SurfaceKind.QUOTED, SurfaceKind.NOTE, SurfaceKind.MAIL_COPY}
)
_TITLES: Final = frozenset(
    {SurfaceKind.SUBJECT, SurfaceKind.HEADER, SurfaceKind.CONTACT_FIELD, SurfaceKind.FILE_NAME}
)
"""Places above or beside a message: `see sender`, the file that is called so."""
_NAMED: Final = BY_A_WORD | {"side-of-card", "beside-card-and-expiry"}
"""What words say of a date or a code, and what stands beside a date: `last three on the back`."""
_WHOLE: Final = 400
"""Characters of a text that is read as one."""
_LONGEST: Final = 200
"""Characters of a line, and before it, that are read with its digits."""
_WIDEST_MASK: Final = 40
_BEHIND: Final = 80
"""Characters behind a part of a number."""
_MOST: Final = 40
"""Lines with digits."""
_DIGITS: Final = re.compile(r"\d[^\n]*")
_SHORT: Final = 60
"""The same in which no word need name what it begins with."""
_FEW: Final = 2
"""Words before it."""

Author = tuple[SurfaceKind, str | None, Role]


def is_written(surface: Surface) -> bool:
    """Whether people wrote it, or it is a copy of what they wrote."""
    return surface.kind in _WRITTEN


def read_below(
    head: str,
    decoded: Decoded,
    stretch: tuple[int, int],
    policy: Policy,
    joint: str = "\n",
    shown: str | None = None,
) -> Iterator[Span]:
    """The card data of a stretch that shows below a line of another place, or behind it.

    `shown`: what is read in place of the text, of the same length.
    """
    head = f"{head}{joint}"
    start, end = stretch[0], whole_words(decoded.text, *stretch)
    for span in find(head + (shown or decoded.text)[start:end], policy=policy):
        if span.action is not Action.REDACT or span.kind not in CARD_DATA:
            continue
        places = [(a - len(head) + start, b - len(head) + start) for a, b in span.pieces]
        ranges = [each for place in places for each in decoded.source(*place)]
        if ranges and places[0][0] >= start:
            yield moved(span, ranges, ACROSS)


def spans_told_apart(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The dates and codes of a number that a title holds, or several messages, by surface id.

    `found`: what is known of each place so far.
    """
    titles = [surface for surface in surfaces if surface.kind in _TITLES]
    titled = [span for title in titles for span, _ in whole_numbers(title, found[title.id])]
    parts = {surface.id: _parts(found[surface.id]) for surface in surfaces}
    tellers = {_author(surface) for surface in surfaces if parts[surface.id]}
    numbers = _stand_ins(titled, *parts.values())
    told: dict[str, list[Span]] = {}
    for surface in filter(is_written, surfaces):
        tells = _author(surface) in tellers
        if titled or tells:
            own = found[surface.id]
            told[surface.id] = _beside(surface, own, policy, numbers, is_bare=tells)
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _author(surface: Surface) -> Author:
    return surface.kind, surface.author, surface.role


def _parts(found: Sequence[Span]) -> list[Span]:
    return [span for span in found if span.kind is Kind.PAN and ACROSS in span.why]


def _stand_ins(*found: Iterable[Span]) -> list[str]:
    """What stands for the numbers of a ticket: the codes of brands differ in length."""
    return sorted({stand_in(span.brand) for span in chain.from_iterable(found)})


def _beside(
    surface: Surface,
    found: Sequence[Span],
    policy: Policy,
    numbers: Sequence[str],
    *,
    is_bare: bool,
) -> list[Span]:
    """What a word names, or what a message begins with of who told the number (`is_bare`)."""
    decoded, taken = decoded_of(surface), Taken.by(found)
    size = len(decoded.text)
    is_bare = is_bare and size <= _SHORT
    told = {span.pieces: span for span in _behind(decoded, found, policy)}
    told |= {
        span.pieces: span
        for stretch in ([(0, size)] if size <= _WHOLE else _lines(decoded.text))
        for number in numbers
        for span in read_below(f"card {number}", decoded, stretch, policy)
        if span.kind in BESIDE_CARD
        and span.pieces not in told
        and (not _NAMED.isdisjoint(span.why) or (is_bare and _begins(surface, span)))
        and not taken.touches(span.pieces)
    }
    return list(told.values())


def _behind(decoded: Decoded, found: Sequence[Span], policy: Policy) -> Iterator[Span]:
    """What stands right behind a part of a number."""
    last = max(_parts(found), key=attrgetter("end"), default=None)
    if last and (place := decoded.place(last.start, last.end)):
        taken, end = Taken.by(found), place[1] + _BEHIND
        number = f"card {stand_in(last.brand)}"
        for span in read_below(number, decoded, (place[1], end), policy, joint=""):
            if span.kind in BESIDE_CARD and not taken.touches(span.pieces):
                yield span


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines with digits of a long text, each with what stands before it."""
    for line in islice(_DIGITS.finditer(text), _MOST):
        low = max(0, line.start() - _LONGEST)
        if (mask := text.rfind("[", max(0, low - _WIDEST_MASK), low)) > text.rfind("]", 0, low):
            low = mask  # half a mask would be a word for what it stands for
        yield low, min(line.end(), line.start() + _LONGEST)


def _begins(surface: Surface, span: Span) -> bool:
    """Whether a message begins with it, but for a word or two: `and 09/28`."""
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    before = surface.content.text[: span.start]
    return len(WORD.findall(as_read(before))) <= _FEW
