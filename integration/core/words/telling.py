"""A quick look at what the words around a number may say of it, before they are read.

Every word is looked up once and remembered as bits; words that say nothing of what is wanted are
known as such, so that most looks end with one comparison of sets.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.lazy import lazy
from integration.core.words.bits import (
    ALL,
    BACK,
    BORN,
    CARD,
    CODE,
    DIGITS,
    EXPIRY,
    HINT,
    MACHINE,
    PLACE,
    SHIFT,
    SIDE,
    TYPED,
    all_of,
    of_label,
)
from integration.core.words.counted import DIGITS as COUNTED
from integration.core.words.counted import PLACE as COUNTED_PLACE
from integration.core.words.counted import SIDE as COUNTED_SIDE
from integration.core.words.counted import THREE
from integration.core.words.index import FIRST_UNPARTED, LETTERS
from integration.core.words.labels import about, all_labels_in
from integration.core.words.rarest import OF_PHRASES
from integration.core.words.stems import (
    LONGEST_REMEMBERED,
    MOST_REMEMBERED,
    Remembered,
    stem_of,
)
from integration.core.words.vocabulary import words_for_born

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.text.reading import Reading

_TYPED_THERE: Final = TYPED | MACHINE
_DATE_OF_CARD: Final = CARD | EXPIRY
_COUNTED: Final = DIGITS | PLACE
OF_CODES: Final = CODE | HINT | CARD | EXPIRY | MACHINE | TYPED | DIGITS | PLACE | BACK | SIDE
_OF_A_COUNT: Final = COUNTED_PLACE | THREE
_THREE: Final = lazy(rb"3(?<![0-9]3)(?![0-9])")  # a literal first byte is skipped to
_BORN: Final = frozenset("생生")
"""Korean and Japanese write `born` behind the day, and no label of it."""


def is_silent(reading: Reading, start: int, end: int, wanted: int) -> bool:
    """Return whether no word of `start`..`end` says any of `wanted`, alone or in a phrase."""
    latin = reading.latin_words(start, end)
    if latin is None:
        return not says(reading, start, end, wanted)
    return _SILENT[wanted].issuperset(latin) or not _telling_of(latin, wanted)[0]


def says(reading: Reading, start: int, end: int, wanted: int = ALL) -> int:
    """Return which of `wanted` the words of `start`..`end` may say; never wrong in what it leaves.

    >>> from integration.core.text.reading import read
    >>> text = "the security code on my card"
    >>> bool(says(read(text), 0, len(text)) & CODE), says(read("see you"), 0, 7)
    (True, 0)
    """
    latin = reading.latin_words(start, end)
    if latin is not None and _SILENT[wanted].issuperset(latin):
        return 0
    look = _look(reading, latin, start, end, wanted)
    found = look.says
    if missing := found >> SHIFT & wanted & ~found:
        found |= _phrases_among(look, missing)
    return found & wanted


def says_code(reading: Reading, start: int, end: int) -> bool:
    """Return whether words may be the label of a code, a PIN or a date with no card number near.

    Never wrong when it says no.
    """
    latin = reading.latin_words(start, end)
    if latin is not None and _SILENT[OF_CODES].issuperset(latin):
        return False
    look = _look(reading, latin, start, end, OF_CODES)
    found = look.says
    if not may_be_code(reading, start, end, found | found >> SHIFT):
        return False
    found |= _phrases_among(look, OF_CODES & ~found)
    if not may_be_code(reading, start, end, found):
        return False
    if _is_shown(found):
        return True
    said = _all_said(reading.window(start, end).text)
    return _is_code(said | found & CARD)  # which may stand among links: on my card


def _all_said(text: str) -> int:
    """Return what the labels of a text say together."""
    return all_of(of_label(each.label, text[each.start : each.end]) for each in all_labels_in(text))


class _Look(NamedTuple):
    """The words of a stretch, those of them that say something, and what they say together.

    What they say as parts of longer phrases stands further up, by `SHIFT` bits.
    """

    words: Sequence[str] | Sequence[bytes]
    telling: Sequence[str]
    says: int
    latin: bool


def _look(reading: Reading, latin: list[bytes] | None, start: int, end: int, wanted: int) -> _Look:
    """Return the look at a stretch whose words in plain letters are `latin`, if it has them."""
    if latin is None:
        text = reading.window(start, end).text
        words = LETTERS.findall(text)
        says = reduce(or_, map(_OF_WORDS.__getitem__, words), 0)
        if any(word[0] >= FIRST_UNPARTED for word in words):
            says |= _all_said(text)  # a phrase may hold blanks and figures there
        return _Look(words, words, says, latin=False)
    telling, says = _telling_of(latin, wanted)
    return _Look(latin, [word.decode("latin-1") for word in telling], says, latin=True)


def _telling_of(words: list[bytes], wanted: int) -> tuple[list[bytes], int]:
    """Return the words that may say any of `wanted`, and what they say; remember the others."""
    silent, says = _SILENT[wanted], 0
    telling: list[bytes] = []
    for word in set(words) - silent:
        bits = _OF_LATIN[word]
        if (bits | bits >> SHIFT) & wanted:
            telling.append(word)
            says |= bits
        elif len(silent) < MOST_REMEMBERED and len(word) <= LONGEST_REMEMBERED:
            silent.add(word)
    return telling, says


def _is_code(found: int) -> bool:
    """Return whether labels that say so may give a number away that no card number stands near."""
    return bool(
        found & CODE
        or (found & HINT and found & (CARD | MACHINE))
        or found & _TYPED_THERE == _TYPED_THERE
        or found & _DATE_OF_CARD == _DATE_OF_CARD
    )


def _is_shown(found: int) -> bool:
    """Return whether words that say so may tell where on a card a number stands."""
    return bool(found & SIDE or (found & BACK and found & (CARD | DIGITS)))


def may_be_code(reading: Reading, start: int, end: int, found: int) -> bool:
    """Return whether words that say `found` may be the label of a code with no card near."""
    if found & DIGITS and _THREE.search(reading.folded, max(start, 0), end):
        found |= PLACE  # 3 digits
    return found & _COUNTED == _COUNTED or _is_code(found) or _is_shown(found)


@cache
def ends_of_short_words() -> frozenset[str]:
    """Return the last letters of each short word for born, as it stands before a date."""
    return frozenset(words[-1] for word in _words_for_born() if (words := LETTERS.findall(word)))


@cache
def _unparted_words_for_born() -> frozenset[str]:
    return _BORN | {word for word in _words_for_born() if word[0] >= FIRST_UNPARTED}


def _words_for_born() -> frozenset[str]:
    return words_for_born(long_ago=False) | words_for_born(long_ago=True)


def _phrases_among(look: _Look, wanted: int) -> int:
    """Return what the longer phrases say whose words all stand there, in any order."""
    found = 0
    stems = _stems_of(look)
    for word in look.telling:
        each = OF_PHRASES[word]
        found |= each.alone
        for partner in each.by_partner.keys() & stems:
            for others, bits in each.by_partner[partner]:
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
        return born | all_of(of_label(each.label, word) for each in all_labels_in(word))
    counted = bool(known.part & COUNTED) * DIGITS | bool(known.part & _OF_A_COUNT) * PLACE
    counted |= bool(known.part & COUNTED_PLACE) * BACK | bool(known.part & COUNTED_SIDE) * SIDE
    alone = of_label(known.label, word) if known.label else 0
    alone |= BORN * (len(word) > 1 and word in ends_of_short_words())
    return alone | counted | OF_PHRASES[word].all << SHIFT


def _latin_bits(word: bytes) -> int:
    return _OF_WORDS[word.decode("latin-1")]


def _latin_stem(word: bytes) -> str:
    return stem_of(word.decode("latin-1"))


_OF_WORDS: Final = Remembered(_bits)
_OF_LATIN: Final = Remembered(_latin_bits)
_LATIN_STEMS: Final = Remembered(_latin_stem)
_SILENT: Final[defaultdict[int, set[bytes]]] = defaultdict(set)
"""Words that say nothing of what is wanted, as most do."""
