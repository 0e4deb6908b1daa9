"""Phrases of several words, each known by the one of them that stands least often elsewhere.

Only where that one stands the others are looked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.bits import all_of, of_label
from integration.core.words.index import Phrase, index_of_phrases
from integration.core.words.labels import LAST_FIGURE, about
from integration.core.words.misspelled import SHORTEST_MISSPELLED
from integration.core.words.stems import Remembered, stem_of
from integration.core.words.vocabulary import Label, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHORTEST_TELLING_WORD: Final = 4
_EVERYDAY_LISTED: Final = """
    the a i to of is it in s t on for en de la e o y el al un du di do da et er og ou os og as at
    su se te ti tu mi me si u um em es an am l d le les m n ll il ne na po pa po mo vi wa nu um im
    bi so no re ve za don may man list part last long best org c
"""
_EVERYDAY: Final = {word: rank for rank, word in enumerate(_EVERYDAY_LISTED.split())}
"""What stands in most messages of some language, so that it gives no phrase away; best last."""


class Phrases(NamedTuple):
    """The phrases that a word gives away."""

    by_partner: dict[str, list[tuple[frozenset[str], int]]]
    """The stems of their other words and their bits, by the other word that stands least often."""
    alone: int
    """What those say that need no other word."""
    all: int


def _phrases_known_by(word: str) -> Phrases:
    known = about(word)
    begun = (phrase for some in known.longer.values() for _, phrase in some)
    own = ((phrase, 0) for phrase in begun if _telling_word(phrase.words) == 0)
    later = _by_later_word().get(stem_of(word), ())
    phrases = [
        (frozenset(_other_stems(phrase, at)), bits)
        for phrase, at in (*own, *later)
        if (bits := of_label(phrase.label, " ".join(phrase.words)))
    ]
    by_partner: dict[str, list[tuple[frozenset[str], int]]] = {}
    for others, bits in phrases:
        if others:
            by_partner.setdefault(max(others, key=_how_seldom), []).append((others, bits))
    return Phrases(
        by_partner,
        all_of(bits for others, bits in phrases if not others),
        all_of(bits for _, bits in phrases),
    )


def _other_stems(phrase: Phrase, telling: int) -> Iterator[str]:
    """Yield the stems that stand beside the telling word.

    Not that of a long first word, which may be misspelled, nor figures: who looks reads letters.
    """
    for at, word in enumerate(phrase.words):
        if at != telling and word[0] > LAST_FIGURE and (at or len(word) < SHORTEST_MISSPELLED):
            yield stem_of(word)


def _telling_word(words: Sequence[str]) -> int:
    """Return which word of a phrase stands least often where the phrase does not.

    One that says something alone is looked at anyway; else a long one that leads to nothing.
    """
    return max(range(len(words)), key=lambda at: _how_telling(words[at]))


@cache
def _how_telling(word: str) -> tuple[bool, bool, bool, int, int]:
    """Only words of phrases are asked about, so it remembers no more than these."""
    leads_on = word not in phrases(Label.LINK) and len(word) >= _SHORTEST_TELLING_WORD
    everyday = _EVERYDAY.get(word, -1)
    return _says_alone(word), word[0].isalpha() and everyday < 0, leads_on, everyday, len(word)


def _how_seldom(stem: str) -> tuple[bool, int, str]:
    return stem not in _EVERYDAY, len(stem), stem


def _says_alone(word: str) -> bool:
    label = index_of_phrases().single.get(word)
    return label is not None and of_label(label, word) != 0


@cache
def _by_later_word() -> dict[str, list[tuple[Phrase, int]]]:
    """Return the phrases that are known by another word than their first, by its stem."""
    found: dict[str, list[tuple[Phrase, int]]] = {}
    for phrase in _longer(index_of_phrases().exact.values()):
        if at := _telling_word(phrase.words):
            found.setdefault(stem_of(phrase.words[at]), []).append((phrase, at))
    return found


def _longer(listed: Iterable[Iterable[Phrase]]) -> Iterator[Phrase]:
    return (each for some in listed for each in some if len(each.words) > 1)


OF_PHRASES: Final = Remembered(_phrases_known_by)
