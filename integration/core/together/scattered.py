"""The groups of a card number that stand apart, a line or a cell each, beside the whole one. Pure.

A helpdesk makes plain text of a form in which each group has a field: its groups end up far from
each other, in an order of their own. None of them is a number; together with the whole one, which
stands elsewhere in the ticket, they are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.named import OF_MOST_CARDS
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.text.reading import read
from integration.core.together.conversations import GROUP
from integration.core.together.dictation.pieces import in_words
from integration.core.together.elsewhere import (
    ACROSS,
    Ranges,
    Taken,
    decoded_of,
    moved,
    whole_numbers,
)

_DIGITS: Final = re.compile(r"\d+")
# Not beside another group: 22 33 0343 is one number.
_ALONE: Final = re.compile(r"(?<![\w.,:/-])(?<!\d[ \xa0])[0-9]{3,7}(?![\w:/-]|[.,]\d|[ \xa0]\d)")
_LINK: Final = "(tel:"
_TARGET: Final = re.compile(
    r"(?i)(?:\x00href=[\"']?(?:tel|sms|callto):|\(tel:)\+?(\d[^\x00)]{4,30}\d)"
)
"""Where a link leads to, as it is read below what is shown, or behind it in a plain copy."""
_OF_A_TARGET: Final = range(6, 19)
"""Digits of a part of a number that a telephone takes for a number of its own."""
_MAYBE_A_GAP: Final = r"[ \xa0._/-]{0,2}"
_ONE_MORE: Final = r"\d(?!\d)"
"""A digit too many (`core.together.mistyped`)."""
_MAYBE_A_LINK: Final = rf"{_MAYBE_A_GAP}(?:\(tel:[^()\s]{{1,24}}\){_MAYBE_A_GAP})?"
_FEWEST: Final = 3
"""Groups; two could meet by chance."""
_SIZES: Final = range(3, 8)
"""Digits of a group."""
_MOST: Final = 20
"""Numbers of a ticket; groups of more could meet by chance."""

Groups = tuple[str, ...]


def spans_scattered(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """Where all groups of a removed number stand once more, in order, by surface id.

    `found`: what is known of each of them so far.
    """
    whole = {groups: span for surface in surfaces for groups, span in _whole(surface, found)}
    if not 0 < len(whole) <= _MOST:
        return {}
    known = {groups: span for groups, span in whole.items() if _may_be_scattered(groups)}
    told: dict[str, list[Span]] = {}
    for surface in surfaces:
        decoded, taken = decoded_of(surface), Taken.by(found[surface.id])
        spans = [
            *_scattered(decoded, known, taken),
            *_once_more(decoded, whole, taken, Counter(_in_one_row(surface, found))),
            *_in_targets(decoded, whole, taken),
        ]
        if spans:
            told[surface.id] = spans
    return told


def _scattered(decoded: Decoded, known: Mapping[Groups, Span], taken: Taken) -> Iterator[Span]:
    alone: dict[str, list[tuple[int, Ranges]]] = {}
    for match in _ALONE.finditer(decoded.text):
        ranges = decoded.source(*match.span())
        if ranges and not taken.touches(ranges):
            alone.setdefault(match[0], []).append((match.start(), ranges))
    told: dict[int, Span] = {}
    for groups, span in known.items():
        places = sorted(
            (at, group, ranges) for group in set(groups) for at, ranges in alone.get(group, ())
        )
        if _in_order(groups, [group for _, group, _ in places]):
            told |= {at: moved(span, ranges, ACROSS) for at, _, ranges in places}
    yield from told.values()


def _once_more(
    decoded: Decoded, whole: Mapping[Groups, Span], taken: Taken, own: Mapping[str, int]
) -> Iterator[Span]:
    """A number that is hidden in a copy: by the digits that touch it there, or by a link in it.

    `4111 1111 1111 11110729`, `4111 1111 (tel:41111111) 1111 1111`; `own`: how often the digits of
    each number are found in this text with none between.
    """
    is_linked = _LINK in decoded.text
    between = _MAYBE_A_LINK if is_linked else _MAYBE_A_GAP
    digits = "".join(_DIGITS.findall(decoded.text))
    for groups, span in whole.items():
        number = "".join(groups)
        if not is_linked and digits.count(number) <= own.get(number, 0):
            continue
        written = between.join(number)
        for match in re.finditer(rf"{written}(?!{_ONE_MORE})", decoded.text):
            ranges = decoded.source(*match.span())
            if ranges and not taken.touches(ranges):
                yield moved(span, ranges, ACROSS)


def _in_targets(decoded: Decoded, whole: Mapping[Groups, Span], taken: Taken) -> Iterator[Span]:
    """A part of a number of which a telephone made a link.

    `<a href="tel:41111111">41111111</a>11111111`, `4111 1111 1111 1111 (tel:41111111)`
    """
    for match in _TARGET.finditer(decoded.text):
        digits = "".join(_DIGITS.findall(match[1]))
        span = next((s for groups, s in whole.items() if digits in "".join(groups)), None)
        ranges = decoded.source(*match.span(1))
        if span and len(digits) in _OF_A_TARGET and ranges and not taken.touches(ranges):
            yield moved(span, ranges, ACROSS)


def _whole(surface: Surface, found: Mapping[str, Sequence[Span]]) -> Iterator[tuple[Groups, Span]]:
    for span, pieces in whole_numbers(surface, found[surface.id]):
        said = " ".join(pieces)
        yield tuple(_DIGITS.findall(said) or _in_words(said)), span


def _in_one_row(surface: Surface, found: Mapping[str, Sequence[Span]]) -> Iterator[str]:
    """The digits of each number that is written in figures and in one piece."""
    for _, pieces in whole_numbers(surface, found[surface.id]):
        if len(pieces) == 1:
            yield "".join(_DIGITS.findall(pieces[0]))


def _in_words(said: str) -> Iterator[str]:
    """The groups of a number of sixteen digits that is told in words."""
    for run in in_words(read(said).window(0, len(said)).text):
        digits = "".join(piece.digits for piece in run)
        if len(digits) == OF_MOST_CARDS:
            yield from (digits[at : at + GROUP] for at in range(0, OF_MOST_CARDS, GROUP))
            return


def _may_be_scattered(groups: Groups) -> bool:
    return len(groups) >= _FEWEST and all(len(group) in _SIZES for group in groups)


def _in_order(groups: Groups, found: Sequence[str]) -> bool:
    """Whether all groups are found, one behind the other."""
    rest = iter(found)
    return all(group in rest for group in groups)
