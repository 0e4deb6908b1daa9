"""Words by which people count the groups of a number, or its digits: the third group, digit 11."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.correcting import ends, tells_the_end
from integration.core.words.counted import words_for_digits
from integration.core.words.index import WORD
from integration.core.words.numbers import ordinals
from integration.core.words.parts import counted_parts
from integration.core.words.vocabulary import all_as_read

LAST: Final = -1
"""The place of the last group."""
_PLACES: Final = (
    """
    first første först första erste ersten erster erstes eerste premier première primer primero
    primera primo prima primeiro primeira pierwsza pierwszy pierwszej ensimmäinen první prvá
    första 1st 1e 1er 1ère
    """,
    """
    second andre andra anden andet zweite zweiten zweiter zweites tweede deuxième seconde segundo
    segunda secondo seconda druga drugi drugiej toinen druhá druhý 2nd 2e 2ème
    """,
    """
    third tredje dritte dritten dritter drittes derde troisième tercer tercero tercera terzo terza
    terceiro terceira trzecia trzeci trzeciej kolmas třetí tretia 3rd 3e 3ème
    """,
    """
    fourth forth fjerde fjärde vierte vierten vierter viertes vierde quatrième cuarto cuarta quarto
    quarta czwarta czwarty czwartej neljäs čtvrtá štvrtá 4th 4e 4ème
    """,
    """
    fifth femte fünfte fünften fünfter vijfde cinquième quinto quinta piąta piąty piątej viides
    pátá piata 5th 5e 5ème
    """,
)
_GROUPS: Final = """
    group groups block blocks set sets quad chunk cluster part gruppe gruppen grupper gruppene
    grupperne blokk blokken blokker sett bolk del blok blokke grupp grupperna block blocket
    gruppen blöcke teil viererblock vierergruppe groep groepen blokken reeks groupe groupes bloc
    blocs série partie grupo grupos bloque bloques parte serie gruppo gruppi blocco blocchi
    bloco blocos grupa grupy grupę grup blok bloki część ryhmä ryhmät ryhmän ryhmää lohko osa
    skupina skupiny
"""
_ONE_DIGIT: Final = """
    position pos posisjon plass stelle position plads posición posizione posição positie pozycja
    merkki merkin kohta kohdassa miejsce place tegn tecken zeichen teken caractère carácter
    carattere caractere znak algarismo numeral
"""
_BEHIND_FIGURES: Final = frozenset(("st", "nd", "rd", "th"))
_FIGURE: Final = lazy(
    r"(?<![\w.,])([1-9]|1[0-9])(?:st|nd|rd|th|e|er|eme|re|de|a|o|\.[aªoº]?|[ªº°])(?!\w)"
)
"""The 3rd, 3., 3º, 3e."""


def counted_places(words: str) -> Iterator[int]:
    """Yield the places that some words (in plain letters) count, from 1 on; `LAST` for the end.

    >>> list(counted_places("the third group and the last one"))
    [3, -1]
    """
    for word in WORD.findall(words):
        if place := _places().get(word):
            yield place
        elif tells_the_end(word):
            yield LAST
    yield from (int(found[1]) for found in _FIGURE.finditer(words))
    yield from counted_parts(words)


def names_a_group(words: str) -> bool:
    """Whether some words speak of a group of digits: `the third block`."""
    return not _groups().isdisjoint(WORD.findall(words))


def names_a_digit(words: str) -> bool:
    """Whether some words speak of a digit, or of its place: `siffer 11`, `position 4`."""
    return not _one_digit().isdisjoint(WORD.findall(words))


def may_count(words: frozenset[str]) -> bool:
    """Whether any of some words may speak of a group or a digit, or count it."""
    return not _telling().isdisjoint(words)


@cache
def _places() -> dict[str, int]:
    listed = {
        word: place for place, words in enumerate(_PLACES, 1) for word in all_as_read(words.split())
    }
    return {word: int(place) for word, place in ordinals().items()} | listed


@cache
def _telling() -> frozenset[str]:
    return _groups() | _one_digit() | _places().keys() | ends() | _BEHIND_FIGURES


@cache
def _groups() -> frozenset[str]:
    return frozenset(all_as_read(_GROUPS.split()))


@cache
def _one_digit() -> frozenset[str]:
    return frozenset(all_as_read(_ONE_DIGIT.split())) | words_for_digits()
