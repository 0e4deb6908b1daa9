"""A quick look at what the words around a number may say of it, before they are read.

Every word is looked up once and remembered as bits. A phrase of several words is known by the one
of them that stands least often elsewhere; only where that one stands the others are looked for.
"""

from __future__ import annotations

import re
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.counted import DIGITS as COUNTED
from integration.core.words.counted import PLACE as COUNTED_PLACE
from integration.core.words.counted import THREE
from integration.core.words.index import FIRST_UNPARTED, LETTERS, Phrase, index_of_phrases
from integration.core.words.labels import about, all_labels_in
from integration.core.words.misspelled import SHORTEST_MISSPELLED
from integration.core.words.stems import (
    LONGEST_REMEMBERED,
    MOST_REMEMBERED,
    Remembered,
    stem_of,
)
from integration.core.words.vocabulary import Label, phrases, words_for_born

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from integration.core.text.reading import Reading

ANY: Final = 1 << 0
"""Any label but links and sums."""
CODE: Final = 1 << 1
"""A security code or a PIN, or what hints at one and says enough."""
HINT: Final = 1 << 2
"""A weaker word for a code, or a password."""
CARD: Final = 1 << 3
EXPIRY: Final = 1 << 4
MACHINE: Final = 1 << 5
"""Where a PIN is typed."""
TYPED: Final = 1 << 6
DIGITS: Final = 1 << 7
"""A word for digits, as in three digits on the back."""
PLACE: Final = 1 << 8
"""A word for the back or the front, or for three."""
BIRTH: Final = 1 << 9
SECRET: Final = 1 << 10
"""A password or a one-time code."""
BORN: Final = 1 << 11
"""A short word that means born right before a date; not those of one letter."""
_SHIFT: Final = 12
"""What a word says as a part of a longer phrase stands so many bits further up."""
_ALL: Final = (1 << _SHIFT) - 1

_BITS: Final = {
    Label.SECURITY_CODE: ANY | CODE,
    Label.PIN: ANY | CODE,
    Label.CODE_HINT: ANY | HINT,  # and a code, when it tells enough
    Label.PASSWORD: ANY | HINT | SECRET,
    Label.ONE_TIME_CODE: ANY | HINT | SECRET,
    Label.CARD: ANY | CARD,
    Label.EXPIRY: ANY | EXPIRY,
    Label.CASH_MACHINE: MACHINE,
    Label.TYPED: TYPED,
    Label.BIRTH_DATE: ANY | BIRTH,
    Label.LINK: 0,
    Label.MONEY: 0,
    Label.OTHER_PIN: 0,
}
_TYPED_THERE: Final = TYPED | MACHINE
_DATE_OF_CARD: Final = CARD | EXPIRY
_COUNTED: Final = DIGITS | PLACE
_OF_CODES: Final = CODE | HINT | CARD | EXPIRY | MACHINE | TYPED | DIGITS | PLACE
_OF_A_COUNT: Final = COUNTED_PLACE | THREE
_THREE: Final = re.compile(rb"(?<![0-9])3(?![0-9])")
_BORN: Final = frozenset("생生")
"""Korean and Japanese write `born` behind the day, and no label of it."""
_SHORTEST_TELLING_HINT: Final = 9
_SHORTEST_TELLING_WORD: Final = 4
_EVERYDAY_LISTED: Final = """
    the a i to of is it in s t on for en de la e o y el al un du di do da et er og ou os og as at
    su se te ti tu mi me si u um em es an am l d le les m n ll il ne na po pa po mo vi wa nu um im
    bi so no re ve za don may man list part last long best org c
"""
_EVERYDAY: Final = {word: rank for rank, word in enumerate(_EVERYDAY_LISTED.split())}
"""What stands in most messages of some language, so that it gives no phrase away; best last."""


def says(reading: Reading, start: int, end: int, wanted: int = _ALL) -> int:
    """Return which of `wanted` the words of `start`..`end` may say; never wrong in what it leaves.

    >>> from integration.core.text.reading import read
    >>> text = "the security code on my card"
    >>> bool(says(read(text), 0, len(text)) & CODE), says(read("see you"), 0, 7)
    (True, 0)
    """
    look = _look(reading, start, end, wanted)
    found = look.says
    if missing := found >> _SHIFT & wanted & ~found:
        found |= _phrases_among(look, missing)
    return found & wanted


def says_code(reading: Reading, start: int, end: int) -> bool:
    """Return whether words may be the label of a code, a PIN or a date with no card number near.

    Never wrong when it says no.
    """
    look = _look(reading, start, end, _OF_CODES)
    found = look.says
    if found & DIGITS and _THREE.search(reading.folded, max(start, 0), end):
        found |= PLACE  # 3 digits
    if not _may_be_code(found | found >> _SHIFT):
        return False
    if not _may_be_code(found | _phrases_among(look, _OF_CODES & ~found)):
        return False
    text = reading.window(start, end).text
    labels = all_labels_in(text)
    return _is_code(_all(_of_label(each.label, text[each.start : each.end]) for each in labels))


class _Look(NamedTuple):
    """The words of a stretch, those of them that say something, and what they say together.

    What they say as parts of longer phrases stands further up, by `_SHIFT` bits.
    """

    words: Sequence[str] | Sequence[bytes]
    telling: Sequence[str]
    says: int
    latin: bool


_NOTHING: Final = _Look((), (), 0, latin=False)


def _look(reading: Reading, start: int, end: int, wanted: int) -> _Look:
    latin = reading.latin_words(start, end)
    if latin is None:
        words = LETTERS.findall(reading.window(start, end).text)
        says = reduce(or_, map(_OF_WORDS.__getitem__, words), 0)
        return _Look(words, words, says, latin=False)
    silent = _SILENT.setdefault(wanted, set())
    telling = [word for word in latin if word not in silent]
    if not telling:
        return _NOTHING
    if len(silent) < MOST_REMEMBERED:
        silent.update(word for word in telling if _is_silent(word, wanted))
    says = reduce(or_, map(_OF_LATIN.__getitem__, telling), 0)
    return _Look(latin, [word.decode("latin-1") for word in telling], says, latin=True)


def _is_silent(word: bytes, wanted: int) -> bool:
    bits = _OF_LATIN[word]
    return not (bits | bits >> _SHIFT) & wanted and len(word) <= LONGEST_REMEMBERED


def telling_hint(phrase: str) -> bool:
    """Return whether a phrase that hints at a code says enough where a card is named."""
    return " " in phrase or len(phrase) >= _SHORTEST_TELLING_HINT or not phrase.isascii()


def _is_code(found: int) -> bool:
    """Return whether labels that say so may give a number away that no card number stands near."""
    return bool(
        found & CODE
        or (found & HINT and found & (CARD | MACHINE))
        or found & _TYPED_THERE == _TYPED_THERE
        or found & _DATE_OF_CARD == _DATE_OF_CARD
    )


def _may_be_code(found: int) -> bool:
    return found & _COUNTED == _COUNTED or _is_code(found)


@cache
def ends_of_short_words() -> frozenset[str]:
    """Return the last letters of each short word for born, as it stands before a date."""
    return frozenset(words[-1] for word in _words_for_born() if (words := LETTERS.findall(word)))


@cache
def _unparted_words_for_born() -> frozenset[str]:
    return _BORN | {word for word in _words_for_born() if word[0] >= FIRST_UNPARTED}


def _words_for_born() -> frozenset[str]:
    return words_for_born(long_ago=False) | words_for_born(long_ago=True)


def _all(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _phrases_among(look: _Look, wanted: int) -> int:
    """Return what the longer phrases say whose words all stand there, in any order."""
    known = [_OF_PHRASES[word] for word in look.telling]
    found = _all(each.alone for each in known)
    stems = _stems_of(look)
    for each in known:
        if each.partners.isdisjoint(stems):
            continue
        for others, bits in each.phrases:
            if bits & wanted & ~found and others <= stems:
                found |= bits
    return found


def _stems_of(look: _Look) -> frozenset[str]:
    stems = _LATIN_STEMS.__getitem__ if look.latin else stem_of
    return frozenset(map(stems, look.words))  # type: ignore[arg-type]  # bytes when it is latin


def _bits(word: str) -> int:
    """Return what a word says alone and, shifted, as the telling word of longer phrases."""
    known = about(word)
    if known.unparted:
        born = BORN * any(sign in word for sign in _unparted_words_for_born())
        return born | _all(_of_label(each.label, word) for each in all_labels_in(word))
    counted = bool(known.part & COUNTED) * DIGITS | bool(known.part & _OF_A_COUNT) * PLACE
    alone = _of_label(known.label, word) if known.label else 0
    alone |= BORN * (len(word) > 1 and word in ends_of_short_words())
    return alone | counted | _OF_PHRASES[word].all << _SHIFT


def _of_label(label: Label, phrase: str) -> int:
    bits = _BITS.get(label, ANY)
    if label is Label.CODE_HINT and telling_hint(phrase):
        bits |= CODE
    return bits | MACHINE if phrase in phrases(Label.CASH_MACHINE) else bits


def _latin_bits(word: bytes) -> int:
    return _OF_WORDS[word.decode("latin-1")]


def _latin_stem(word: bytes) -> str:
    return stem_of(word.decode("latin-1"))


class _Phrases(NamedTuple):
    """The phrases that a word gives away: the stems of their other words, and their bits."""

    phrases: tuple[tuple[frozenset[str], int], ...]
    partners: frozenset[str]
    """The other words of all of them."""
    alone: int
    """What those say that need no other word."""
    all: int


def _phrases_known_by(word: str) -> _Phrases:
    known = about(word)
    begun = (phrase for some in known.longer.values() for _, phrase in some)
    own = ((phrase, 0) for phrase in begun if _telling_word(phrase.words) == 0)
    later = _by_later_word().get(stem_of(word), ())
    phrases = [
        (frozenset(_other_stems(phrase, at)), bits)
        for phrase, at in (*own, *later)
        if (bits := _of_label(phrase.label, " ".join(phrase.words)))
    ]
    return _Phrases(
        tuple(phrases),
        frozenset(stem for others, _ in phrases for stem in others),
        _all(bits for others, bits in phrases if not others),
        _all(bits for _, bits in phrases),
    )


def _other_stems(phrase: Phrase, telling: int) -> Iterator[str]:
    """Yield the stems that stand beside the telling word; a long first word may be misspelled."""
    for at, word in enumerate(phrase.words):
        if at != telling and (at or len(word) < SHORTEST_MISSPELLED):
            yield stem_of(word)


def _telling_word(words: Sequence[str]) -> int:
    """Return which word of a phrase stands least often where the phrase does not.

    One that says something alone is looked at anyway; else a long one that leads to nothing.
    """
    links = phrases(Label.LINK)
    return max(
        range(len(words)),
        key=lambda at: (
            _says_alone(words[at]),
            words[at][0].isalpha() and words[at] not in _EVERYDAY,
            words[at] not in links and len(words[at]) >= _SHORTEST_TELLING_WORD,
            _EVERYDAY.get(words[at], -1),
            len(words[at]),
        ),
    )


def _says_alone(word: str) -> bool:
    label = about(word).label
    return label is not None and _of_label(label, word) != 0


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


_OF_PHRASES: Final = Remembered(_phrases_known_by)
_OF_WORDS: Final = Remembered(_bits)
_OF_LATIN: Final = Remembered(_latin_bits)
_LATIN_STEMS: Final = Remembered(_latin_stem)
_SILENT: Final[dict[int, set[bytes]]] = {}
"""Words that say nothing of what is wanted, as most do."""
