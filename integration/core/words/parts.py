"""Words by which people name the parts of a number: the first eight, the middle, the rest."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from enum import Flag, auto
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.correcting import ends
from integration.core.words.counted import words_for_digit
from integration.core.words.index import WORD
from integration.core.words.vocabulary import all_as_read, as_read


class Part(Flag):
    """Which part of a number some digits are."""

    FIRST = auto()
    """It begins with them."""
    NEXT = auto()
    """They come behind the first: the middle, part 2."""
    LAST = auto()
    """It ends with them: the last four, the rest."""
    JOINED = auto()
    """Nothing but `and` stands before them."""


_FIRST: Final = """
    first begin begins beginning begun start starts starting started
    først første begynner begynnelsen starter starten start startet
    första börjar början startar begynder starten erste ersten erster beginnt anfang fängt vorne
    eerste begint begin premier premiers première premières commence début
    primero primeros primera primeras primer empieza comienza inicio começa início primi prima prime
    primo inizia comincia inizio pierwsze pierwsza pierwszych zaczyna początek první začíná začátek
    prvé začína prvních ensimmäinen ensimmäiset alkaa alku első kezdete primele începe
"""
_NEXT: Final = """
    next then middle mid second third fourth 2nd 3rd 4th followed follows following continues
    continue continued after afterwards
    neste så midten midterste andre tredje fjerde fulgt deretter fortsetter fortsettelse videre
    etter nästa sedan sen mitten andra därefter följt fortsätter næste så midterste anden andet
    nächste nächsten dann danach mitte mittlere mittleren zweite zweiter zweiten dritte weiter
    gefolgt volgende dan daarna midden middelste tweede derde gevolgd
    puis ensuite suivants suivant suivants milieu deuxième seconde second troisième suivi suite
    luego después siguiente siguientes medio segunda segundo tercera seguido
    depois seguinte seguintes meio segunda segundo seguido
    poi dopo seguenti successive centrali mezzo seconda secondo seguito
    potem następne dalej środek druga drugie trzecia další pak potom střed druhá ďalšie potom
    seuraavat sitten keskellä toinen
"""
_JOINED: Final = "and og och und en et y e i ja plus"
_REST: Final = """
    rest remaining remainder other back
    sist resten resterende andre slut återstående resterande övriga letzter übrige übrigen
    restliche restlichen eind overige dernière dernières reste restants autre última resto restantes
    otra fim restante outra ultima restanti altra ostatnia reszta pozostałe zbytek zvyšok loppu
    loppuvat loput vége sfârșit
"""
"""Besides the words for the end of a number (`words.correcting`)."""
_MARKS: Final = dict.fromkeys(map(ord, string.punctuation + "\n\t\r\xa0«»“”’"), " ")
_COUNTED: Final = """
    part pt del teil deel parte partie cz część část osa half halvdel mail mld message
    group gruppe gruppen grupp groupe grupo gruppo grupa set sett block blokk blok bloc bloque
    blokka gruppa quad
"""
_NUMBER: Final = "number nummer nr no num numéro número numero"
_OF_SO_MANY: Final = lazy(r"(?<![\d/])([1-5])(?:/| av | of | von | de | di | van )[2-5](?![\d/])")
"""1/2, del 1 av 3."""
_OF_TWO: Final = frozenset("12")
_TEN: Final = 10
_COUNTS: Final = range(1, 6)


def parts_told(words: str) -> Part:
    """Return which part of a number some words (in plain letters) may name; none where none.

    >>> parts_told("the first eight are")
    <Part.FIRST: 1>
    """
    said = set(WORD.findall(words))
    told = Part(0)
    for part, known in _known().items():
        if not known.isdisjoint(said):
            told |= part
    for place in counted_parts(words):
        told |= Part.FIRST if place == 1 else Part.NEXT
    return told


def counts(words: str, digits: int) -> bool:
    """Return whether some words (in plain letters) say so many digits: `de 12 forste`, `last four`.

    >>> counts("the last four are", 4), counts("the last four are", 8)
    (True, False)
    """
    said = words_for_digit(digits) if digits < _TEN else ()
    return not {str(digits), *said}.isdisjoint(WORD.findall(words))


def counted_parts(words: str) -> Iterator[int]:
    """Yield the places of the parts of a number that some words count, from 1 on.

    >>> list(counted_parts("group number two, part 3, 1/2"))
    [2, 3, 1]
    """
    for found in _counted().finditer(words):
        yield _places()[found["behind"] or found["before"]]
    yield from (int(found[1]) for found in _OF_SO_MANY.finditer(words))


@cache
def _counted() -> re.Pattern[str]:
    parts, marks, places = (
        "|".join(map(re.escape, each))
        for each in (_part_words(), all_as_read(_NUMBER.split()), _places())
    )
    named = rf"(?:{parts})(?: (?:(?:{marks})\.? ?)?| ?#)(?P<behind>{places})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{named}|(?P<before>[1-5])\. ?(?:{parts})(?!\w))")


@cache
def _part_words() -> frozenset[str]:
    return frozenset(all_as_read(_COUNTED.split()))


@cache
def _places() -> dict[str, int]:
    said = {word: place for place in _COUNTS for word in words_for_digit(place)}
    return said | {str(place): place for place in _COUNTS}


@cache
def _known() -> dict[Part, frozenset[str]]:
    listed = {Part.FIRST: _FIRST, Part.NEXT: _NEXT, Part.LAST: _REST, Part.JOINED: _JOINED}
    known = {part: frozenset(all_as_read(words.split())) for part, words in listed.items()}
    return known | {Part.LAST: known[Part.LAST] | ends() - known[Part.FIRST]}


def is_of_parts(word: str) -> bool:
    """Return whether a word (in plain letters) names a part, whatever else it may name: `block`."""
    return word in _telling() or word in _known()[Part.NEXT]


def may_name_parts(text: str) -> bool:
    """Return whether a text may name the first or the last part of a number anywhere."""
    words = frozenset(as_read(text).translate(_MARKS).split())
    return not _telling().isdisjoint(words) or words >= _OF_TWO


@cache
def _telling() -> frozenset[str]:
    known = _known()
    return known[Part.FIRST] | known[Part.LAST] | _part_words()
