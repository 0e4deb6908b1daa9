"""A card number with one wrong digit, known by the right one elsewhere in the ticket. Pure.

It fails its check digit, so nothing finds it; but who reads `9, not 2, at the end` beside it has
the number. A slip is a digit that is another, missing or too many, or two that changed places; or a
group of four that is another one, or all that stands there is the beginning or the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from integration.core.cards.number import MAX_DIGITS
from integration.core.cards.slip import is_slip
from integration.core.policy import BESIDE_CARD
from integration.core.spans import Kind, Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.together.digit_rows import windows
from integration.core.together.elsewhere import ACROSS, Taken, decoded_of, moved, whole_digits
from integration.core.words.naming import names_any
from integration.core.words.vocabulary import Label, as_read

MISTYPED: Final = "mistyped"
"""The reason of every span that is found so."""
_MOST: Final = 2
"""So many different slips of one number; more are a list of numbers in a row."""
_FEWEST: Final = 9
"""Digits of a part that is known by itself; eight may be kept (PCI DSS 3.5.1, PCI SSC FAQ 1091)."""
_SIZES: Final = range(_FEWEST, MAX_DIGITS + 2)
_GONE: Final = "|"
"""Stands for a character of a number that is known: the digits of a copy may touch it."""
_OF_OTHERS: Final = frozenset({Label.OTHER_NUMBER, Label.REFERENCE, Label.OTHER_CARD})
_LABEL: Final = 24
"""Characters before digits in which another number is named."""
_WHOLE: Final = 16
_GROUP: Final = 4


class _Slip(NamedTuple):
    """A row of digits that one slip parts from a card number, and where it stands."""

    digits: str
    surface_id: str
    span: Span


class _Right:
    """Card numbers, found by what is left of them without one of their digits.

    A slip and its number are alike without the digit that is wrong; where two changed places,
    without one of these.
    """

    def __init__(self, spans: Mapping[str, Span]) -> None:
        self.spans = spans
        self._shorter: defaultdict[str, set[str]] = defaultdict(set)
        self._by_groups = {rest: number for number in spans for rest in _without_a_group(number)}
        self._by_parts = {part: number for number in spans for part in _parts(number)}
        for number in spans:
            for shorter in (number, *_without_one(number)):
                self._shorter[shorter].add(number)

    def meant(self, digits: str, before: str) -> str | None:
        """The number of which these digits are a slip; `before`: the words in front of them."""
        for shorter in (digits, *_without_one(digits)):
            for number in sorted(self._shorter.get(shorter, ())):
                if is_slip(digits, number):
                    return number
        alike = [self._by_groups.get(rest) for rest in _without_a_group(digits)]
        alike.append(self._by_parts.get(digits))
        meant = next((each for each in alike if each and each != digits), None)
        return None if meant and names_any(as_read(before), _OF_OTHERS) else meant


def spans_mistyped(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """The slips of the numbers that are removed from these surfaces, by surface id.

    `found`: what is known of each of them so far.
    """
    right = _Right({n: span for s in surfaces for n, span in whole_digits(s, found[s.id])})
    slips: defaultdict[str, list[_Slip]] = defaultdict(list)
    for surface in surfaces if right.spans else ():
        for number, slip in _slips(surface, found[surface.id], right):
            slips[number].append(slip)
    told: defaultdict[str, list[Span]] = defaultdict(list)
    for of_one in slips.values():
        if len({slip.digits for slip in of_one}) <= _MOST:
            for slip in of_one:
                told[slip.surface_id].append(slip.span)
    return dict(told)


def _without_one(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}


def _parts(digits: str) -> Iterator[str]:
    """The beginnings and the ends of a number from so many digits on."""
    for size in range(_FEWEST, len(digits) - 1):
        yield digits[:size]
        yield digits[-size:]


def _without_a_group(digits: str) -> list[tuple[int, str]]:
    """A number of sixteen digits without each of its groups, and which of them it is."""
    places = range(0, _WHOLE, _GROUP) if len(digits) == _WHOLE else ()
    return [(at, digits[:at] + digits[at + _GROUP :]) for at in places]


def _without_numbers(decoded: Decoded, found: Sequence[Span]) -> str:
    numbers = [piece for span in found if span.kind is Kind.PAN for piece in span.pieces]
    if not numbers:
        return decoded.text
    shown = list(decoded.text)
    for start, end in filter(None, (decoded.place(*piece) for piece in numbers)):
        shown[start:end] = _GONE * (end - start)
    return "".join(shown)


def _slips(surface: Surface, found: Sequence[Span], right: _Right) -> Iterator[tuple[str, _Slip]]:
    decoded = decoded_of(surface)
    taken = Taken.by(found, BESIDE_CARD)  # groups of a slip may look like a date and a code
    done: list[tuple[int, int]] = []
    for start, end, digits in windows(_without_numbers(decoded, found), _SIZES):
        ranges = decoded.source(start, end)
        if not ranges or taken.touches(ranges) or Taken(done).touches([(start, end)]):
            continue
        if number := right.meant(digits, decoded.text[max(0, start - _LABEL) : start]):
            done.append((start, end))
            span = moved(right.spans[number]._replace(why=(MISTYPED,)), ranges, ACROSS)
            yield number, _Slip(digits, surface.id, span)
