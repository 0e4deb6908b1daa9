"""What number words say: one table for each language whose file has a `[numbers]` section.

A word is read in one language at a time: `to` is two in Norwegian, `tres` three in Spanish and
sixty in Danish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, Final, NamedTuple

from integration.core.words.vocabulary import all_as_read, files

JOINTS: Final = ("und", "og", "och", "en", "e", "y", "et", "i", "si", "\u03ba\u03b1\u03b9")
"""Words between the parts of a number, written together or apart."""
_FILLERS = """
    and then dash hyphen space og så deretter bindestrek mellomrom strek och sedan und dann strich
    leerzeichen et puis tiret espace y luego guion espacio e depois traço espaço poi trattino
    spazio en dan streepje spatie i potem myślnik spacja sitten
"""
FILLERS: Final = frozenset(all_as_read(_FILLERS.split()))
"""What is said between the digits of a number and is no part of it."""

_THOUSANDS = """
    thousand tusen tusind tausend duizend mille mil mila tysiące tysięcy tisíce mii тысячи тисячі
    хиляди bin ezer χιλιάδες tuhatta þúsund ribu
"""
THOUSANDS: Final = frozenset(all_as_read(_THOUSANDS.split()))
"""Two of them begin a year of this century."""


class Numbers(NamedTuple):
    """The words of one language, in plain letters, each with the digits that it says."""

    units: Mapping[str, str]
    """0 to 9."""
    tens: Mapping[str, str]
    """20, 30 ... 90, which a unit may follow; phrases with a single space."""
    whole: Mapping[str, str]
    """10 to 99 as one word: teens, and tens and units that are written together."""
    repeats: Mapping[str, int]
    """Double, triple."""
    plural: Mapping[str, str]
    """Fours, fives: behind a unit they say how often."""

    def words(self) -> Iterator[str]:
        """Return every single word that may be a part of a number."""
        yield from (*self.units, *self.whole, *self.repeats, *self.plural)
        yield from (part for ten in self.tens for part in ten.split())


@cache
def languages() -> tuple[Numbers, ...]:
    """Return the tables of all languages."""
    return tuple(_numbers(file["numbers"]) for file in files() if "numbers" in file)


def _numbers(section: Mapping[str, Any]) -> Numbers:
    teens = {word: str(number) for number, word in _each(section, "teens", 10)}
    return Numbers(
        units={word: str(digit) for digit, word in _each(section, "digits", 0)},
        tens={
            " ".join(word.replace("-", " ").split()): f"{ten}0"
            for ten, word in _each(section, "tens", 2)
        },
        whole={**dict(_glued(section)), **teens},
        repeats={
            word: times
            for key, times in (("double", 2), ("triple", 3))
            for word in all_as_read(section.get(key, ()))
        },
        plural={word: str(digit) for digit, word in _each(section, "plural", 0)},
    )


def _each(
    section: Mapping[str, Sequence[Sequence[str]]], key: str, first: int
) -> Iterator[tuple[int, str]]:
    return (
        (number, word)
        for number, words in enumerate(section.get(key, ()), first)
        for word in all_as_read(words)
    )


def _glued(section: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Forty and one as one word: førtien, quarantuno, einundvierzig."""
    joints = all_as_read(section.get("joint", ()))
    for (ten, first), (unit, second) in product(
        _each(section, "tens", 2), _each(section, "digits", 0)
    ):
        if unit:
            yield first + second, f"{ten}{unit}"
            yield first[:-1] + second, f"{ten}{unit}"
            yield from ((second + joint + first, f"{ten}{unit}") for joint in joints)
