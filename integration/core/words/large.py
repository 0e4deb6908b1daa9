"""Numbers of three digits and more that are said whole: five thousand three hundred ninety-one.

In one word or in many, as each language has it: `fünftausenddreihundertzwölf`, `cuatro mil
doscientos cuarenta y uno`, `forty-five hundred`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, product
from typing import Final, NamedTuple

from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.numbers import Numbers, languages

_GAP: Final = r"[ \xa0-]{0,2}"
_GAPS: Final = re.compile(r"[ \xa0-]+")
_NAME: Final = re.compile(r"\?P<[a-z]+>")
_NO_WORD: Final = r"(?!)"
_SHORT: Final = 4
"""Letters of a word that stands within many others: mil, cent."""
_AROUND: Final = 80
"""Characters before and behind a word for thousand or hundred in which its number stands."""
_PAIR: Final = 2


class Large(NamedTuple):
    """A number, and the place of the words that say it."""

    start: int
    end: int
    digits: str


class _Language(NamedTuple):
    numbers: Numbers
    stems: tuple[str, ...]
    """Without any of these no number is said so."""
    signs: str
    """The same as words, in a pattern: within others where they are long."""
    whole: str
    below: str
    """Patterns of a number, and of what is below a thousand, or so many hundred."""
    values: Mapping[str, int]
    """What is below a hundred, and hundreds of one word, written without gaps."""


def large_numbers(text: str, fewest: int) -> list[tuple[Numbers, list[Large]]]:
    """Return the numbers of a text in plain letters, for each language that says so many.

    >>> [(_, found)] = large_numbers("five thousand three hundred ninety-one", 1)
    >>> [number.digits for number in found]
    ['5391']
    """
    said = [
        (language.numbers, list(_numbers(text, language)))
        for language in _languages()
        if sum(map(text.count, language.stems)) >= fewest
    ]
    known: list[tuple[Numbers, list[Large]]] = []
    covered = bytearray(len(text))
    for numbers, found in sorted(said, key=_size, reverse=True):
        # What another language says more of is none: quinhentos is not Spanish.
        if len(found) >= fewest and any(0 in covered[at.start : at.end] for at in found):
            known.append((numbers, found))
            for at in found:
                covered[at.start : at.end] = b"\1" * (at.end - at.start)
    return known


def _size(said: tuple[Numbers, list[Large]]) -> int:
    return sum(number.end - number.start for number in said[1])


def _numbers(text: str, language: _Language) -> Iterator[Large]:
    for low, high in _stretches(text, language):
        for match in _compiled(language.whole).finditer(text, low, high):
            thousands = _value(match["thousands"], language) if match["thousands"] else 1
            rest = _value(match["rest"] or match["hundreds"], language)
            noughts = "0" * len(_GAPS.sub(" ", match["noughts"]).split())
            value = rest + (1_000 * thousands if match["thousand"] else 0)
            yield Large(*match.span(), f"{noughts}{value}")


def _stretches(text: str, language: _Language) -> Iterator[tuple[int, int]]:
    """Yield where numbers may stand: around the words for hundred and thousand."""
    start = end = 0
    for sign in _compiled(language.signs).finditer(text):
        if sign.start() - _AROUND > end:
            yield start, end
            start = sign.start() - _AROUND
        end = min(sign.end() + _AROUND, len(text))
    yield start, end


def _value(said: str | None, language: _Language) -> int:
    """Return what words say that are below a thousand, or so many hundred."""
    match = _compiled(language.below).fullmatch(said or "")
    if not match:
        return 0
    many, whole, rest, below = (
        language.values[_GAPS.sub("", match[name] or "")]
        for name in ("many", "whole", "rest", "below")
    )
    return (100 * (many or 1) if match["hundred"] else whole) + rest + below


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of a language, which few texts need."""
    return re.compile(pattern)


def _sign(word: str, units: str) -> str:
    return rf"(?:(?<!\w)|{units}){word}" if len(word) < _SHORT else _any((word,))


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(_language(each) for each in languages() if each.thousands)


def _language(numbers: Numbers) -> _Language:
    words = {*numbers.thousands, *numbers.hundreds, *numbers.of_hundreds}
    thousand, hundred, whole = map(_any, (numbers.thousands, numbers.hundreds, numbers.of_hundreds))
    nought = _any(word for word, digit in numbers.units.items() if digit == "0" and len(word) > 1)
    two, joint = _below_hundred(numbers), _joint(numbers)
    hundreds = (
        rf"(?:(?:(?P<many>{two}){_GAP})?(?P<hundred>{hundred})|(?P<whole>{whole}))"
        rf"(?:{joint}(?P<rest>{two}))?"
    )
    unnamed = _NAME.sub("?:", hundreds)
    below = rf"(?:{unnamed}|{two})"
    return _Language(
        numbers,
        tuple(sorted({max(word.split(), key=len) for word in words})),
        "|".join(_sign(word, _any(_units(numbers))) for word in sorted(words)),
        (
            rf"(?<!\w)(?P<noughts>(?:{nought}{_GAP})*)"
            rf"(?:(?:(?P<thousands>{below}){_GAP})?(?P<thousand>{thousand})"
            rf"(?:{joint}(?P<rest>{below}))?"
            rf"|(?P<hundreds>{unnamed}))(?!-?\w)(?!{_GAP}(?:{thousand}|{hundred})(?!\w))"
        ),
        rf"{hundreds}|(?P<below>{two})",
        dict(_values(numbers)),
    )


def _below_hundred(numbers: Numbers) -> str:
    """Return a pattern of what is below a hundred, in one word or in several."""
    units, tens, teens = (_any(each) for each in (_units(numbers), numbers.tens, _teens(numbers)))
    large = _any((*numbers.thousands, *numbers.hundreds))
    ways = [
        rf"{_any(_takes_teens(numbers))}{_joint(numbers)}{teens}",
        rf"{units}{_GAP}{_any(numbers.joints)}{_GAP}{tens}",
        *(() if numbers.unit_first else (rf"{tens}{_joint(numbers)}{units}",)),
        teens,
        tens,
        # One digit of many is a group by itself: and nine five eight zero.
        rf"{units}(?!{_GAP}{units}(?!\w)(?!{_GAP}{large}))",
    ]
    return f"(?:{'|'.join(ways)})"


def _values(numbers: Numbers) -> Iterator[tuple[str, int]]:
    """Yield what is below a hundred, and hundreds of one word, without gaps, and its value."""
    yield "", 0
    units, tens, teens = _units(numbers), numbers.tens, _teens(numbers)
    for phrase, digits in chain(
        *(each.items() for each in (units, tens, teens, numbers.of_hundreds))
    ):
        yield _GAPS.sub("", phrase), int(digits)
    takes_teens = {ten: tens[ten] for ten in _takes_teens(numbers)}
    for joint, (firsts, seconds) in product(
        ("", *numbers.between), ((tens, units), (takes_teens, teens))
    ):
        for (first, one), (second, other) in product(firsts.items(), seconds.items()):
            yield _GAPS.sub("", first + joint + second), int(one) + int(other)
    for joint, (unit, one), (ten, other) in product(numbers.joints, units.items(), tens.items()):
        yield _GAPS.sub("", unit + joint + ten), int(one) + int(other)


def _units(numbers: Numbers) -> Mapping[str, str]:
    return {word: digit for word, digit in numbers.units.items() if digit != "0"}


def _teens(numbers: Numbers) -> Mapping[str, str]:
    return {
        word: digits
        for word, digits in numbers.whole.items()
        if len(digits) == _PAIR and digits[0] == "1"
    }


def _takes_teens(numbers: Numbers) -> Iterable[str]:
    return listed(Listed.TAKES_TEENS).intersection(numbers.tens)


def _joint(numbers: Numbers) -> str:
    return rf"{_GAP}(?:{_any(numbers.between)}{_GAP})?"


def _any(phrases: Iterable[str]) -> str:
    """Return a pattern of phrases with gaps between their words, or without."""
    ways = any_of(phrases).replace(r"\ ", _GAP)
    return f"(?:{ways})" if ways else _NO_WORD
