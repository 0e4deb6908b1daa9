"""What number words say: one table for each language whose file has a `[numbers]` section.

A word is read in one language at a time: `to` is two in Norwegian, `tres` three in Spanish and
sixty in Danish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, Final, NamedTuple, TypeVar

from integration.core.words.vocabulary import all_as_read, each_as_read, files

_OF_A_YEAR: Final = 4
_BEHIND: Final = "behind_hundreds"
_VOWELS: Final = "aeiou"
"""The last of a ten may be left out before a unit: quarantuno."""

_REPEATS: Final = ("single", "double", "triple", "quadruple", "quintuple")
"""The keys of what is said before a digit: how often it stands, from once on."""

Said = TypeVar("Said", str, int)


class Numbers(NamedTuple):
    """The words of one language, in plain letters, each with the digits that it says."""

    units: Mapping[str, str]
    """0 to 9."""
    tens: Mapping[str, str]
    """20, 30 ... 90, which a unit may follow; phrases with a single space."""
    whole: Mapping[str, str]
    """01 to 99 as one word: teens, and what is written together; years of this century."""
    repeats: Mapping[str, int]
    """How often the digit behind stands: double, four times, eine (Vier)."""
    nouns: Mapping[str, str]
    """A digit as a thing; behind the word for one they are said once: ein seksar."""
    plural: Mapping[str, str]
    """Fours, fives: behind a unit they say how often."""
    hundreds: frozenset[str]
    """Hundred: behind a unit, with what is below a hundred behind it."""
    of_hundreds: Mapping[str, str]
    """100 to 900 as one word: doscientos."""
    thousands: frozenset[str]
    """Thousand: behind a number, with what is below a thousand behind it."""
    between: frozenset[str]
    """And: between a ten and its unit, and behind hundreds and thousands."""
    joints: frozenset[str]
    """What stands between a unit and the ten behind it: fem og fyrre."""
    unit_first: bool
    """Whether a unit never belongs to the ten before it: halvfems et is 90 and 1."""
    begins: frozenset[str]
    """The words with which any of these begins."""
    fillers: frozenset[str]
    """What is said between the digits of a number and is no part of it."""

    def words(self) -> Iterator[str]:
        """Return every single word that may be a part of a number; years stand by themselves."""
        phrases = (
            *self.units,
            *self.tens,
            *(phrase for phrase, digits in self.whole.items() if len(digits) < _OF_A_YEAR),
            *self.repeats,
            *self.plural,
            *self.hundreds,
        )
        yield from (word for phrase in phrases for word in phrase.split())


@cache
def languages() -> tuple[Numbers, ...]:
    """Return the tables of all languages."""
    return tuple(_numbers(file["numbers"]) for file in files() if "numbers" in file)


@cache
def sounding_alike() -> tuple[Numbers, ...]:
    """Return the tables of languages of which speech programs take digits for other words.

    Those words are digits in them: for won to ate.
    """
    sections = (file["numbers"] for file in files() if "sounds_like" in file.get("numbers", {}))
    digits = ((each, zip(each["digits"], each["sounds_like"], strict=True)) for each in sections)
    return tuple(_numbers({**each, "digits": [[*a, *b] for a, b in both]}) for each, both in digits)


@cache
def fillers() -> frozenset[str]:
    """Return the fillers of all languages."""
    return frozenset(word for each in languages() for word in each.fillers)


@cache
def ordinals() -> dict[str, str]:
    """Return the ordinals that name a month before its year, with its two digits: ellevte, 11."""
    return {
        word: f"{month:0>2}"
        for file in files()
        for month, word in _each(file.get("numbers", {}), "ordinals", 1)
    }


@cache
def all_begins() -> frozenset[str]:
    """Return the words with which a number begins in any language."""
    return frozenset(word for each in languages() for word in each.begins)


def both(one: Numbers, other: Numbers) -> Numbers:
    """Return two languages as one: a word that both have says what it does in the first."""
    return Numbers(
        units={**_less(other.units, one), **one.units},
        tens={**_less(other.tens, one), **one.tens},
        whole={**_less(other.whole, one), **one.whole},
        repeats={**_less(other.repeats, one), **one.repeats},
        nouns={**_less(other.nouns, one), **one.nouns},
        plural={**other.plural, **one.plural},
        hundreds=one.hundreds | other.hundreds,
        of_hundreds={**other.of_hundreds, **one.of_hundreds},
        thousands=one.thousands | other.thousands,
        between=one.between | other.between,
        joints=one.joints | other.joints,
        unit_first=one.unit_first,
        begins=one.begins | other.begins,
        fillers=one.fillers | other.fillers,
    )


def _less(table: Mapping[str, Said], language: Numbers) -> dict[str, Said]:
    """What does not begin with a word of a language."""
    return {
        said: digits for said, digits in table.items() if said.split()[0] not in language.begins
    }


def _numbers(section: Mapping[str, Any]) -> Numbers:
    nouns = dict(_said(section, "nouns", 0))
    units = {**dict(_said(section, "digits", 0)), **nouns}
    tens = dict(_said(section, "tens", 2, "0"))
    repeats = {
        word: times
        for times, key in enumerate(_REPEATS, 1)
        for word in all_as_read(section.get(key, ()))
    }
    below = {
        **dict(_behind_noughts(units)),
        **dict(_glued(section)),
        **dict(_said(section, "teens", 10)),
    }
    whole = {**dict(_years(section, {**tens, **below})), **below}
    return Numbers(
        units=units,
        tens=tens,
        whole=whole,
        repeats=repeats,
        nouns=nouns,
        plural=dict(_said(section, "plural", 0)),
        hundreds=frozenset(all_as_read(section.get("hundred", ()))),
        of_hundreds=dict(_said(section, "hundreds", 1, "00")),
        thousands=frozenset(all_as_read(section.get("thousand", ()))),
        between=frozenset(all_as_read((*section.get("between", ()), *section.get(_BEHIND, ())))),
        joints=frozenset(all_as_read(section.get("joint", ()))),
        unit_first=bool(section.get("unit_first")),
        begins=frozenset(word.split()[0] for word in (*units, *tens, *whole, *repeats)),
        fillers=frozenset(all_as_read(section.get("filler", ()))),
    )


def _said(
    section: Mapping[str, Any], key: str, first: int, behind: str = ""
) -> Iterator[tuple[str, str]]:
    """Return phrases with a single space between their words, and the digits of each."""
    for number, phrase in _each(section, key, first):
        yield " ".join(phrase.replace("-", " ").split()), f"{number}{behind}"


def _years(section: Mapping[str, Any], below: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Two thousand and twenty eight as one word: zweitausendachtundzwanzig."""
    for century, (word, digits) in product(all_as_read(section.get("century", ())), below.items()):
        yield century + word, f"20{digits}"


def _each(
    section: Mapping[str, Sequence[Sequence[str]]], key: str, first: int
) -> Iterator[tuple[int, str]]:
    return each_as_read(section.get(key, ()), first)


def _behind_noughts(units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Nought and a unit as one word, as a month is said: nullåtte."""
    noughts = [word for word, digit in units.items() if digit == "0" and len(word) > 1]
    for nought, (word, digit) in product(noughts, units.items()):
        yield nought + word, f"0{digit}"


def _glued(section: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Forty and one as one word: førtien, quarantuno, einundvierzig."""
    joints = all_as_read(section.get("joint", ()))
    for (ten, first), (unit, second) in product(
        _each(section, "tens", 2), _each(section, "digits", 0)
    ):
        if unit and " " not in first:
            yield first + second, f"{ten}{unit}"
            if first[-1] in _VOWELS:  # hetvenegy is 71, though hetve and négy make it too
                yield first[:-1] + second, f"{ten}{unit}"
            yield from ((second + joint + first, f"{ten}{unit}") for joint in joints)
