"""Where a text holds a row of number words: a look at every eighth word, in any script.

A shorter row is seen where it stands next to figures.

Each letter that number words are written with is one byte, so that the words of all languages are
compared in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, repeat
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy
from integration.core.text.reading import plain
from integration.core.words.listed import Listed, listed
from integration.core.words.numbers import fillers, languages, sounding_alike
from integration.core.words.vocabulary import months

if TYPE_CHECKING:
    import re

    from integration.core.text.reading import Reading
    from integration.core.words.numbers import Numbers

_FEWEST_WORDS: Final = 8
"""Of a card number: eight words of two digits each, or seven in three that say it many times."""
_FAR: Final = _FEWEST_WORDS // 2
"""So far a row reaches to one side or the other of each of its words."""
_CODE: Final = lazy(rb"\x01{3,}")
"""Of a security code, in what says of each word whether it is a number word."""
_CODE_OF_TWO: Final = lazy(rb"\x01{2,}")
"""The same: seven hundred, triple five."""
_YEAR_WORDS: Final = 2  # june two eight
_A_GROUP: Final = lazy(rb"\x02\x02|[\x01\x02]{4}")
"""Words of two digits each, or any four."""
_BESIDE_FIGURES: Final = 2
"""Number words next to figures that may be a group of the same number."""
_ROW = rb"(?:[ ]{1,3}[xo]{1,16}){%d}" % _BESIDE_FIGURES
_BEHIND_FIGURES = lazy(rb"0(?=(%b))" % _ROW)
"""In the classes; read backwards, what stands before figures."""
_THREE_FIGURES = lazy(rb" 000(?!0)")
_GROUP_BEHIND = lazy(rb" {1,3}0000(?!0)")
_SINGLE_FIGURES: Final = b" 0 0"
_FEWEST_SINGLES: Final = 3
_SINGLES = lazy(rb"(?<![0xo])(?<!0 )0(?: 0(?![0xo])| [xo]{2,10}(?= 0(?![0xo])))++")
_OF_A_CARD: Final = range(15, 17)
"""So many digits, one by one, are a number: in longer rows one stands by chance."""
_AMID = lazy(rb"[xo]+")
_AT_FIGURES = lazy(rb"0(?:([xo]{2,20})| ([xo]{3,10})(?= 00)|0 ([xo]{3,10})(?= 0))")
"""A word right at figures, or amid them, not all single: 45five37, 36 five 0.

As short a one as `to` is a word.
"""
_TOUCHING = lazy(rb"0([xo]{2,20})")
"""In the classes, read backwards."""
_WORD_BEFORE = lazy(rb"(?:(0000) )?([xo]{2,10})\Z")
"""In the classes: a word and three figures are a group of four, beside another group."""
_LONGEST_WORD: Final = 16
YEARS: Final = range(20, 60)
"""Of this century: those that an expiry may name."""
_GAP: Final = ord(" ")
_OTHER: Final = 0
"""A letter that no number word has."""
_FREE: Final = bytes(each for each in range(0x21, 0x100) if chr(each) not in ascii_lowercase)
"""What stands for letters beyond a to z."""
_WORD: Final = lazy(rb"[^ ]+")


_OF_INDIA: Final = range(0x0900, 0x0D80)
"""Scripts that have the same letters in the same order: each has the bytes of the first."""
_SCRIPT: Final = 0x80


class _Alphabet(dict[int, int]):
    """The byte for each character: that of its plain letter, or a gap."""

    def __missing__(self, code: int) -> int:
        letter = plain(chr(code))
        other = _OTHER if letter.isalpha() else _GAP
        self[code] = byte = self.get(_shared(letter), other)
        return byte


def _shared(letter: str) -> int:
    """Return the letter that has the same byte."""
    code = ord(letter)
    return _OF_INDIA.start + code % _SCRIPT if code in _OF_INDIA else code


class _Tables(NamedTuple):
    alphabet: _Alphabet
    of_bytes: bytes
    """The same for the bytes of a folded text."""
    words: frozenset[bytes]
    spoken: frozenset[bytes]
    """The same without what only stands between them."""
    sizes: dict[bytes, int]
    """How many digits each of those says, one or two."""
    years: frozenset[bytes]
    """What may be a part of a year of an expiry."""
    months: frozenset[bytes]


@cache
def _tables() -> _Tables:
    alike = chain.from_iterable(each.units for each in sounding_alike())
    between = fillers().union(listed(Listed.ARTICLES_OF_DIGITS), alike)
    spoken = {*chain.from_iterable(each.words() for each in languages())}
    words = spoken | between
    of_two_digits = {*chain.from_iterable((*each.tens, *each.whole) for each in languages())}
    years = {*chain.from_iterable(map(_years, languages()))}
    letters = {_shared(letter) for letter in "".join(words) if not letter.isascii()}
    alphabet = _Alphabet(zip(sorted(letters), _FREE, strict=False))
    alphabet.update((letter, letter) for letter in ascii_lowercase.encode())
    of_bytes = bytes(alphabet[code] for code in range(0x100))
    known, single, tens, good_for, names = (
        _as_bytes(each, alphabet) for each in (words, spoken, of_two_digits, years, months())
    )
    sizes = dict.fromkeys(single, 1) | dict.fromkeys(tens, 2)
    return _Tables(alphabet, of_bytes, known, single, sizes, good_for, names)


def _years(language: Numbers) -> Iterator[str]:
    for word, digits in (*language.tens.items(), *language.whole.items()):
        if " " not in word and int(digits[-2:]) in YEARS:
            yield word


def _as_bytes(words: Iterable[str], alphabet: _Alphabet) -> frozenset[bytes]:
    """Return them in bytes; what an apostrophe parts are two words."""
    return frozenset("\n".join(words).translate(alphabet).encode("latin-1").split())


def rows(reading: Reading, letters: bytes) -> list[tuple[int, int]]:
    """Return where so many number words follow each other, of whatever languages.

    `letters` are those of the whole text.
    """
    words = letters.split()
    found = _rows(words)
    if not found:
        return []
    places = [match.span() for match in _WORD.finditer(letters)]
    spans = [(places[first][0], places[end - 1][1]) for first, end in found]
    if len(letters) == len(reading.text):
        return spans
    window = reading.window(0, len(reading.text))
    return [window.span(start, end) for start, end in spans]


def beside_figures(reading: Reading, letters: bytes) -> list[tuple[int, int]]:
    """Return where number words stand right before figures or behind them, in order.

    `letters` are those of the whole text.
    """
    spoken = _tables().spoken
    if spoken.isdisjoint(letters.split()):
        return []
    classes, size = reading.classes, len(reading.classes)
    found = [match.span(1) for match in _BEHIND_FIGURES.finditer(classes)]
    found += (
        (size - match.end(1), size - match.start(1))
        for match in _BEHIND_FIGURES.finditer(classes[::-1])
    )
    found += _digits_of_groups(classes)
    found += (match.span(match.lastindex or 0) for match in _AT_FIGURES.finditer(classes))
    found += (
        (size - match.end(1), size - match.start(1)) for match in _TOUCHING.finditer(classes[::-1])
    )
    if classes.count(_SINGLE_FIGURES) >= _FEWEST_SINGLES:
        found += _amid_single_figures(classes)
    if len(letters) == size:
        return sorted(at for at in found if spoken.issuperset(letters[slice(*at)].split()))
    return sorted(at for at in found if spoken.issuperset(letters_of(reading, *at).split()))


def _amid_single_figures(classes: bytes) -> Iterator[tuple[int, int]]:
    """Yield the words in a row of single figures that is as long as a card number."""
    for row in _SINGLES.finditer(classes):
        if len(row[0].split()) in _OF_A_CARD:
            yield from (word.span() for word in _AMID.finditer(classes, *row.span()))


def _digits_of_groups(classes: bytes) -> Iterator[tuple[int, int]]:
    """Yield the words before three figures: `four 111 1111`."""
    for figures in _THREE_FIGURES.finditer(classes):
        start, end = figures.span()
        word = _WORD_BEFORE.search(classes, max(0, start - _LONGEST_WORD), start)
        if word and (word[1] or _GROUP_BEHIND.match(classes, end)):
            yield word.span(2)


def letters_of(reading: Reading, start: int, end: int) -> bytes:
    """Return a stretch without what has no width, in the letters that number words have."""
    latin = reading.latin(start, end)
    if latin is not None:
        return latin.translate(_tables().of_bytes)
    text, folded = reading.text[start:end], reading.folded[start:end]
    letters = reading.window(start, end).text if INVISIBLE in folded else text
    return letters.translate(_tables().alphabet).encode("latin-1")


def _rows(words: list[bytes]) -> list[tuple[int, int]]:
    """Return the first word of each row and the one behind its last.

    Of every eight words one is looked at: a row reaches from it so far to one side or the other.
    """
    known = _tables().words
    looked_at = words[::_FEWEST_WORDS]
    if not (seen := known.intersection(looked_at)):
        return []
    found: list[tuple[int, int]] = []
    places = [at * _FEWEST_WORDS for at, word in enumerate(looked_at) if word in seen]
    for at in places:
        if found and at < found[-1][1]:
            continue
        if known.issuperset(words[at + 1 : at + _FAR + 1]) or (
            at and known.issuperset(words[at - _FAR : at])
        ):
            row = _row_around(words, at, known)
            if row[1] - row[0] >= _FEWEST_WORDS:
                found.append(row)
    return found


def _row_around(words: list[bytes], at: int, known: frozenset[bytes]) -> tuple[int, int]:
    """Return where the known words around one begin and end."""
    start = end = at
    while start and words[start - 1] in known:
        start -= 1
    while end < len(words) and words[end] in known:
        end += 1
    return start, end


def digits_in_words(reading: Reading) -> tuple[int, bool]:
    """Return about how many digits number words say, and whether any follow that say a group."""
    words, sizes = letters_of(reading, 0, len(reading.text)).split(), _tables().sizes
    if sizes.keys().isdisjoint(words):
        return 0, False
    said = bytes(map(sizes.get, words, repeat(0)))
    return sum(said), _A_GROUP.search(said) is not None


def may_hold_groups(reading: Reading) -> bool:
    """Return whether so many number words follow each other anywhere that they say a group."""
    return digits_in_words(reading)[1]


def may_hold_small_ones(reading: Reading, start: int, end: int) -> bool:
    """Return whether a stretch may hold a code or a year in words, of whatever language."""
    words = letters_of(reading, start, end).split()
    return next(_small(list(filter(_parts, words))), None) is not None


def small_ones(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Return where a stretch may hold them, in no order; where one does, a code may be shorter."""
    letters = letters_of(reading, start, end)
    places = [match.span() for match in _WORD.finditer(letters) if _parts(match[0])]
    said = _small([letters[slice(*place)] for place in places], _CODE_OF_TWO)
    spans = [(places[first][0], places[behind - 1][1]) for first, behind in said]
    if len(letters) == end - start:
        return [(start + low, start + high) for low, high in spans]
    window = reading.window(start, end)
    return [window.span(low, high) for low, high in spans]


def _parts(word: bytes) -> bool:
    """Return whether a word is a number word, or parts those around it.

    What only stands between them parts nothing: five slash two seven.
    """
    tables = _tables()
    return word in tables.spoken or word not in tables.words


def _small(words: list[bytes], code: re.Pattern[bytes] = _CODE) -> Iterator[tuple[int, int]]:
    """Yield the first word of what may be a code or a year, and the one behind its last."""
    tables = _tables()
    if not tables.years.isdisjoint(words):
        yield from ((at, at + 1) for at, word in enumerate(words) if word in tables.years)
    spoken = bytes(map(tables.spoken.__contains__, words))
    yield from (match.span() for match in code.finditer(spoken))
    dated = (at for at, word in enumerate(words) if word in tables.months)
    for at in dated:
        if spoken[at + 1 : at + 1 + _YEAR_WORDS] == b"\1" * _YEAR_WORDS:
            yield at, at + 1 + _YEAR_WORDS
