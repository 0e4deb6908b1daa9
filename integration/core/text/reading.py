r"""A decoded text as the searches read it: once as bytes, once as plain letters, offsets kept.

`folded` has one byte per character (see `fold`), `classes` the class of each byte: `0` a digit,
a space what may stand between digits, `o` a letter that looks like a digit, `e` what may begin a
separator that is written out, `x` anything else; `c` a control character, until it is read as what
is seen of it. `window` gives a stretch in lower case and without accents, for words of any
language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from integration.core.text.fold import (
    CONTROLS,
    INVISIBLE,
    fold,
    fold_one,
    in_latin,
    without_controls,
)
from integration.core.text.lazy import lazy
from integration.core.text.parted import FEWEST, with_blanks
from integration.core.text.written import STARTS, opened

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_SEPARATORS = b" \t\r\n\xa0\xad-./_>,+*~\xb7|:;()[]{}#?'\"`"
_FEWEST_TO_OPEN: Final = 8
"""Digits that a text must hold before letters or escapes among them are read as parts of one."""
_UNSEEN = INVISIBLE.decode("latin-1")
_BEFORE_DIGITS: Final = 2
_BEHIND_DIGITS: Final = 41
"""Letters that stand for digits, and separators, behind the last true digit."""
_LONGEST_WRITING: Final = 256
_LATIN_MARKS = range(0x300, 0x370)


def _classes() -> bytes:
    table = bytearray(b"x" * 256)
    for bytes_, kind in (
        (b"0123456789", b"0"),
        (_SEPARATORS, b" "),
        (STARTS, b"e"),
        (b"OoQlISBZ", b"o"),
        (CONTROLS, b"c"),
    ):
        for byte in bytes_:
            table[byte] = kind[0]
    return bytes(table)


_CLASSES = _classes()
_WRITTEN = bytes(kind if kind in b"0xo" else byte for byte, kind in enumerate(_CLASSES))
"""Digits and letters as their class, marks as they are."""


class _Letters(dict[int, int]):
    """The plain form of each character: lower case, without accents, one for one."""

    def __missing__(self, code: int) -> int:
        self[code] = plain = ord(_plain(chr(code)))
        return plain


def _plain(character: str) -> str:
    if character == "\xa0":
        return " "
    category = unicodedata.category(character)
    if "\uac00" <= character <= "\ud7a3":
        return character  # a syllable of Hangul would fall apart into letters
    if category.startswith("L"):
        base = unicodedata.normalize("NFKD", character)[:1]
        return _STROKED.get(base) or _STROKED.get(base.lower()[:1], base.lower()[:1])
    if category in {"Mn", "Mc"} and ord(character) not in _LATIN_MARKS:
        return character  # a vowel of its script
    return fold_one(character) if ord(character) > 0xFF else character


# Letters that Unicode does not take apart.
_STROKED = {
    "ø": "o",
    "æ": "a",
    "œ": "o",
    "ß": "s",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "t",
    "ı": "i",
}
_PLAIN = _Letters()


def plain(text: str) -> str:
    """Return `text` in lower case and without accents, as many characters as before.

    >>> plain("Utløpsdato, SÉCURITÉ, Код")
    'utlopsdato, securite, код'
    """
    return text.translate(_PLAIN)


_TO_WORDS: Final = "".join(
    plain(chr(byte)) if chr(byte).isalpha() else " " for byte in range(256)
).encode("latin-1", "replace")
"""Letters of Latin-1 in their plain form, a blank for anything else."""
PLAIN_BYTES: Final = plain(bytes(range(256)).decode("latin-1")).encode("latin-1", "replace")
"""Letters of Latin-1 in their plain form, anything else as it is."""


def _has_all_letters(text: str, folded: bytes) -> bool:
    """Return whether folding kept every letter; one that has no byte becomes an x."""
    return text.isascii() or folded.count(b"x") == text.count("x")


def _letters(text: str, folded: str) -> str:
    """Return `folded` with the letters that stand in its text for what has no byte of its own."""
    if "x" not in folded and "?" not in folded:
        return folded
    letters = plain(text)
    return _STAND_INS.sub(lambda run: letters[run.start() : run.end()], folded)


class Window(NamedTuple):
    """A stretch in plain letters without what has no width, and where each character stood."""

    text: str
    offsets: Sequence[int]
    """One more than there are characters: the last one is the end of the stretch."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `start`..`end` of the window stands in the whole text."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Reading:
    """One text as bytes, as classes and (on demand) as plain letters.

    `whole`: every character of the text has a byte of its own.
    """

    __slots__ = ("_whole", "_written", "classes", "digits", "first", "folded", "last", "text")

    def __init__(self, text: str, folded: bytes, classes: bytes, *, whole: bool = False) -> None:
        self.text = text
        self.folded = folded
        self.classes = classes
        self._whole = whole
        self._written: tuple[int, bytes] | None = None
        self.first = first = classes.find(b"0")
        """Where the first digit stands, -1 without one."""
        self.last = last = classes.rfind(b"0")
        self.digits = classes.count(b"0", first, last + 1) if first >= 0 else 0
        """How many digits stand in it."""

    def written(self) -> tuple[int, bytes]:
        """Return how its digits are written, from right before the first to behind the last.

        And where that begins. Every digit is a `0`, every letter an `x` or, where it looks like a
        digit, an `o`; marks stay.
        """
        if self._written is None:
            first = self.first
            low = first - _BEFORE_DIGITS if first > _BEFORE_DIGITS else 0
            stretch = self.folded[low : self.last + _BEHIND_DIGITS] if first >= 0 else b""
            self._written = low, stretch.translate(_WRITTEN)
        return self._written

    def in_bytes(self, start: int, end: int) -> bool:
        """Return whether every letter of a stretch has a byte; one that has none is an x."""
        return self._whole or _has_all_letters(self.text[start:end], self.folded[start:end])

    def latin(self, start: int, end: int) -> bytes | None:
        """Return a stretch without what has no width; None where a letter has no byte of its own.

        Letters are as they were written.
        """
        if not self.in_bytes(start, end):
            return None
        folded = self.folded[start:end]
        return folded.replace(INVISIBLE, b"") if INVISIBLE in folded else folded

    def latin_words(self, start: int, end: int) -> list[bytes] | None:
        """Return the words of a stretch in plain letters, without figures; quicker than `window`.

        A word that begins before it is none of them. None where `latin` is.
        """
        start = max(start, 0)
        if not (self._whole or _has_all_letters(self.text[start:end], self.folded[start:end])):
            return None
        folded = self.folded[start:end]
        if INVISIBLE in folded:
            folded = folded.replace(INVISIBLE, b"")
        words = folded.translate(_TO_WORDS).split()
        if words and start and self.folded[start - 1 : start + 1].isalpha():
            del words[0]
        return words

    def window(self, start: int, end: int) -> Window:
        """Return a stretch in plain letters; digits are ASCII, a barrier is `BARRIER`."""
        start, end = max(start, 0), min(end, len(self.text))
        letters = self._in_plain_letters(start, end)
        if _UNSEEN not in letters:
            return Window(letters, range(start, end + 1))
        kept = [at for at, letter in enumerate(letters, start) if letter != _UNSEEN]
        return Window(letters.replace(_UNSEEN, ""), [*kept, end])

    def letters(self) -> str:
        """Return the whole text as `window` has it, where nobody asks for places."""
        return self._in_plain_letters(0, len(self.text)).replace(_UNSEEN, "")

    def _in_plain_letters(self, start: int, end: int) -> str:
        text, folded = self.text[start:end], self.folded[start:end].decode("latin-1")
        return folded.lower() if text.isascii() else _letters(text, plain(folded))

    def without(self, spans: Iterable[tuple[int, int]]) -> Reading:
        """Return the same text with barriers in place of `spans`."""
        blanked = bytearray(self.folded)
        for start, end in spans:
            blanked[start:end] = b"\x00" * (end - start)
        return of_folded(self.text, bytes(blanked))


_Told = TypeVar("_Told")


def by_writing(work_out: Callable[[bytes], _Told]) -> Callable[[Reading], tuple[int, _Told]]:
    """Return what tells of a reading what the writing of its digits tells, and from where on.

    Short writings, without digits and letters, are remembered.
    """
    known = lru_cache(maxsize=2048)(work_out)

    def tell(reading: Reading) -> tuple[int, _Told]:
        low, written = reading.written()
        return low, known(written) if len(written) <= _LONGEST_WRITING else work_out(written)

    return tell


def by_shape(work_out: Callable[[bytes], _Told]) -> Callable[[Reading], tuple[int, _Told]]:
    """Return the same by the classes of the stretch."""
    return by_writing(lambda written: work_out(classes_of(written)))


def classes_of(folded: bytes) -> bytes:
    """Return the class of each byte."""
    return folded.translate(_CLASSES)


# What `fold` writes for a letter outside Latin-1, and for what it does not know.
_STAND_INS = lazy("[x?]+")


def of_folded(text: str, folded: bytes) -> Reading:
    """Return the reading of a text that was folded already."""
    return Reading(text, folded, folded.translate(_CLASSES))


# The line of a form that somebody filled in, or a mark of emphasis; not the one in `card_number`.
_LINES_TO_FILL = lazy(rb"(?<![A-Za-z0-9\x80-\xff-])_+|_+(?![A-Za-z0-9\x80-\xff-])")


# A group in angle brackets, <4111>, which are read as round ones: no escape begins there.
_IN_ANGLES = lazy(rb"<([0-9]{2,6})>")


# The boxes of a form, a digit in each: | 0 | 8 | / | 2 | 8 |.
_BOXES = lazy(rb"(?<=[|:] )(?:\| )?[0-9](?: \| [0-9/](?![0-9])){2,18}(?= \|)")
_LINES_OF_BOXES = lazy(rb"[ |]+")


# A long line of a calendar or an address card, which is broken amid a word or a number (RFC 5545).
_OF_A_CALENDAR: Final = b"BEGIN:VCA"
_FOLDS = lazy(rb"\r?\n[ \t]")


def _as_nothing(fold: re.Match[bytes]) -> bytes:
    return INVISIBLE * len(fold[0])


def _as_one(boxes: re.Match[bytes]) -> bytes:
    return _LINES_OF_BOXES.sub(lambda lines: INVISIBLE * len(lines[0]), boxes[0])


def _as_blanks(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def read(text: str) -> Reading:
    """Read `text`; digits and separators that are written out are opened in place."""
    latin = in_latin(text)
    folded = fold(text) if latin is None else latin
    classes = folded.translate(_CLASSES)
    if b"c" in classes:
        folded = without_controls(folded)
        classes = folded.translate(_CLASSES)
    if _OF_A_CALENDAR in folded:
        folded = _FOLDS.sub(_as_nothing, folded)
        classes = folded.translate(_CLASSES)
    if b"<" in folded and (rounded := _IN_ANGLES.sub(rb"(\1)", folded)) != folded:
        folded, classes = rounded, rounded.translate(_CLASSES)
    if b"_" in folded:
        folded = _LINES_TO_FILL.sub(_as_blanks, folded)
        classes = folded.translate(_CLASSES)
    if b"|" in folded and (unboxed := _BOXES.sub(_as_one, folded)) != folded:
        folded, classes = unboxed, unboxed.translate(_CLASSES)
    reading = Reading(text, folded, classes, whole=latin is not None)
    if reading.digits >= FEWEST and (parted := with_blanks(text, folded)) != folded:
        reading = of_folded(text, parted)
        folded = parted
    if reading.digits > _FEWEST_TO_OPEN and b"e" in reading.classes:
        plain_ones = opened(folded, reading.classes, _CLASSES)
        if plain_ones is not folded:
            return of_folded(text, plain_ones)
    return reading
