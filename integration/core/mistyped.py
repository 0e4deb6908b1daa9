"""A card number with one wrong digit, known by the right one elsewhere in the ticket. Pure.

It fails its check digit, so nothing finds it; but who reads `9, not 2, at the end` beside it has
the number. A slip is a digit that is another, missing or too many, or two that changed places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from integration.core.across import ACROSS
from integration.core.cards.number import MAX_DIGITS, MIN_DIGITS
from integration.core.elsewhere import is_taken, moved
from integration.core.policy import BESIDE_CARD
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, Text
from integration.core.text import decode

MISTYPED: Final = "mistyped"
"""The reason of every span that is found so."""
_MOST: Final = 2
"""So many different slips of one number; more are a list of numbers in a row."""
_ROW: Final = re.compile(r"(?<![^\W_])\d(?:[ \xa0.-]{0,2}\d)+(?![^\W_])")
_GROUP: Final = re.compile(r"\d+")
_NO_DIGIT: Final = re.compile(r"\D")
_PAIR: Final = 2
_END: Final = 5


class _Right:
    """Card numbers by their ends: one slip leaves one of a number's ends as it is."""

    def __init__(self, spans: Mapping[str, Span]) -> None:
        self.spans = spans
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        for number in spans:
            self._by_end[f"{number[:_END]}-"].append(number)
            self._by_end[f"-{number[-_END:]}"].append(number)

    def meant(self, digits: str) -> str | None:
        """The number of which these digits are a slip."""
        for end in (f"{digits[:_END]}-", f"-{digits[-_END:]}"):
            for number in self._by_end.get(end, ()):
                if is_slip(digits, number):
                    return number
        return None


class _Near(NamedTuple):
    """A row of digits that one slip parts from a card number, and where it stands."""

    digits: str
    surface: Surface
    span: Span


def spans_mistyped(
    surfaces: Sequence[Surface], own: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """The slips of the numbers that are removed from these surfaces, by surface id.

    `own`: what `find` has found in each of them.
    """
    right = _Right({n: span for surface in surfaces for n, span in _numbers(surface, own)})
    near: defaultdict[str, list[_Near]] = defaultdict(list)
    for surface in surfaces if right.spans else ():
        for number, slip in _slips(surface, own[surface.id], right):
            near[number].append(slip)
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for slips in near.values():
        if len({slip.digits for slip in slips}) <= _MOST:
            for slip in slips:
                found[slip.surface.id].append(slip.span)
    return dict(found)


def is_slip(digits: str, number: str) -> bool:
    """Whether one slip of the fingers makes `number` into `digits`.

    >>> is_slip("4111111111111112", "4111111111111111"), is_slip("4111111111111", "4111111111111")
    (True, False)
    """
    if len(digits) == len(number):
        wrong = [at for at, digit in enumerate(digits) if digit != number[at]]
        first = wrong[0] if wrong else 0
        swapped = digits[first : first + _PAIR] == number[first : first + _PAIR][::-1]
        return len(wrong) == 1 or (wrong == [first, first + 1] and swapped)
    longer, shorter = sorted((digits, number), key=len, reverse=True)
    if len(longer) - len(shorter) != 1:
        return False
    same = next((at for at, digit in enumerate(shorter) if digit != longer[at]), len(shorter))
    return longer[same + 1 :] == shorter[same:]


def _numbers(surface: Surface, own: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, Span]]:
    """The card numbers of a surface that are removed, as digits."""
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    for span in own[surface.id]:
        if span.kind is Kind.PAN and span.action is Action.REDACT and not span.inner:
            text = "".join(surface.content.text[start:end] for start, end in span.pieces)
            digits = _NO_DIGIT.sub("", text)
            if len(digits) >= MIN_DIGITS:
                yield digits, span


def _slips(surface: Surface, own: Sequence[Span], right: _Right) -> Iterator[tuple[str, _Near]]:
    assert isinstance(surface.content, Text)  # noqa: S101
    decoded = decode(surface.content.text, surface.content.media_type)
    for row in _ROW.finditer(decoded.text):
        for start, end, digits in _windows(decoded.text, *row.span()):
            number = right.meant(digits)
            ranges = decoded.source(start, end) if number else ()
            # Groups of a slip may look like a date and a code.
            if number and ranges and not is_taken(ranges, own, BESIDE_CARD):
                slip = right.spans[number]._replace(why=(MISTYPED,))
                yield number, _Near(digits, surface, moved(slip, ranges, ACROSS))


def _windows(text: str, low: int, high: int) -> Iterator[tuple[int, int, str]]:
    """Whole groups of a row that have as many digits as a card number, or one more or less."""
    groups = list(_GROUP.finditer(text, low, high))
    for at, first in enumerate(groups):
        digits = ""
        for last_at in range(at, len(groups)):
            last = groups[last_at]
            digits += last[0]
            if len(digits) > MAX_DIGITS + 1:
                break
            if len(digits) >= MIN_DIGITS - 1:
                yield first.start(), last.end(), digits
