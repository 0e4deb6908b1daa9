"""Numbers that are written in words, read as digits in place: "four one one one, double five ...".

Only where so many number words follow each other that they can be a card number or an identifier;
then the shorter ones near it (its code, its date) are read as well. Offsets stay: what is left of
the words becomes invisible.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.cards.luhn import is_valid
from integration.core.cards.said import WORD, Run, runs
from integration.core.cards.unparted import read_unparted
from integration.core.text.fold import INVISIBLE, fold
from integration.core.text.reading import of_folded, plain
from integration.core.words.numbers import FILLERS, languages

if TYPE_CHECKING:
    from integration.core.text.reading import Reading, Window

_STEP: Final = 4
"""Every so manieth word is looked at first."""
_FEWEST_WORDS: Final = 2 * _STEP
"""Of a card number: eight words of two digits each, or seven in three that say it many times."""
_FEWEST, _MOST = 12, 19  # digits of a card number
_IDENTIFIER = range(9, 12)  # digits of a national id or an account
_NEAR = 400  # characters between a number and the code that belongs to it
_SMALL = range(2, 9)  # digits of a code, a date or a year
_CODE: Final = 3  # digits of a security code, or one more


def spelled(reading: Reading) -> Reading:
    """Return the reading with digits in place of number words, or as it is."""
    latin = _is_latin(reading.text)
    words = _latin_words(reading) if latin else _plain_words(reading)
    if _follow(words, _known_bytes() if latin else _known()):
        return _read_words(reading)
    if _may_have_a_code(reading) and _code_follows(words, _units_bytes() if latin else _units()):
        reading = _read_codes(reading)
    return reading if latin else read_unparted(reading)


def _may_have_a_code(reading: Reading) -> bool:
    if reading.digits >= _FEWEST:
        return True
    lower = reading.folded.lower()
    return b"pin" in lower or b"cv" in lower


def _is_latin(text: str) -> bool:
    return text.isascii() or len(text.encode("latin-1", "ignore")) == len(text)


def _letters() -> bytes:
    """Lower case without accents for what is a letter in Latin-1, a space for anything else."""
    table = plain(bytes(range(256)).decode("latin-1"))
    return "".join(each if each.isalpha() else " " for each in table).encode("latin-1", "replace")


_LETTERS = _letters()


def _latin_words(reading: Reading) -> list[bytes]:
    return reading.folded.translate(_LETTERS).split()


def _plain_words(reading: Reading) -> list[str]:
    return WORD.findall(reading.window(0, len(reading.text)).text)


_Words = Sequence[bytes] | Sequence[str]
_Known = frozenset[bytes] | frozenset[str]


def _follow(words: _Words, known: _Known) -> bool:
    """Whether so many number words follow each other; every fourth word is looked at first."""
    is_known = known.__contains__
    if len(words) < _FEWEST_WORDS:
        return False
    looked_at = bytes(map(is_known, words[::_STEP]))
    at = looked_at.find(b"\1\1")
    while at >= 0:
        around = words[max(0, (at - 1) * _STEP) : (at + 3) * _STEP]
        if b"\1" * _FEWEST_WORDS in bytes(map(is_known, around)):
            return True
        at = looked_at.find(b"\1\1", at + 1)
    return False


def _code_follows(words: _Words, units: _Known) -> bool:
    """Whether three digits follow each other; every third word is looked at first."""
    looked_at = bytes(map(units.__contains__, words[::_CODE]))
    at = looked_at.find(1)
    while at >= 0:
        around = words[max(0, (at - 1) * _CODE + 1) : (at + 1) * _CODE]
        if b"\1" * _CODE in bytes(map(units.__contains__, around)):
            return True
        at = looked_at.find(1, at + 1)
    return False


@cache
def _known() -> frozenset[str]:
    return frozenset({*FILLERS, *(word for each in languages() for word in each.words())})


@cache
def _units() -> frozenset[str]:
    return frozenset(word for each in languages() for word in (*each.units, *each.repeats))


@cache
def _known_bytes() -> frozenset[bytes]:
    return _as_bytes(_known())


@cache
def _units_bytes() -> frozenset[bytes]:
    return _as_bytes(_units())


def _as_bytes(words: frozenset[str]) -> frozenset[bytes]:
    return frozenset(fold(word) for word in words if word.isascii())


def _read_codes(reading: Reading) -> Reading:
    """Read three or four digits that are said one by one: a code of a number in figures."""
    window = reading.window(0, len(reading.text))
    folded = bytearray(reading.folded)
    for run in (run for each in languages() for run in runs(window.text, each)):
        said = window.text[run[0].start : run[-1].end]
        if _CODE <= _count(run) <= _CODE + 1 and not any(map(str.isdigit, said)):
            _write(folded, window, run)
    return of_folded(reading.text, bytes(folded))


def _read_words(reading: Reading) -> Reading:
    window = reading.window(0, len(reading.text))
    best = max((runs(window.text, language) for language in languages()), key=_worth)
    long = [run for run in best if _count(run) >= _IDENTIFIER.start]
    if not long:
        return reading
    folded = bytearray(reading.folded)
    for run in best:
        if run in long or (_in_words(window, run) and _is_near(run, long)):
            _write(folded, window, run)
    return of_folded(reading.text, bytes(folded))


def _in_words(window: Window, run: Run) -> bool:
    """Return whether a run is short and not all figures, which are a date or a code as they are."""
    said = window.text[run[0].start : run[-1].end]
    return _count(run) in _SMALL and any(map(str.isalpha, said))


def _worth(found: list[Run]) -> tuple[bool, int]:
    """Prefer the language in which a whole number stands, then the one that reads the most."""
    return any(map(_is_number, found)), max(map(_count, found), default=0)


def _count(run: Run) -> int:
    return sum(len(atom.digits) for atom in run)


def _digits(run: Run) -> bytes:
    return "".join(atom.digits for atom in run).encode()


def _is_number(run: Run) -> bool:
    return _FEWEST <= _count(run) <= _MOST and is_valid(_digits(run))


def _is_near(run: Run, others: list[Run]) -> bool:
    return any(
        run[0].start - other[-1].end < _NEAR and other[0].start - run[-1].end < _NEAR
        for other in others
    )


def _write(folded: bytearray, window: Window, run: Run) -> None:
    """Put the digits of a run in its place: as one block when they are a number, else apart."""
    if _count(run) in _SMALL or _count(run) in _IDENTIFIER or _is_number(run):
        # The first and the last digit stand where the words begin and end: so do the bounds.
        digits = _digits(run)
        start, end = window.span(run[0].start, run[-1].end)
        folded[start:end] = digits[:-1].ljust(end - start - 1, INVISIBLE) + digits[-1:]
        return
    for before, atom in zip([None, *run], run, strict=False):
        start, end = window.span(atom.start, atom.end)
        folded[start:end] = atom.digits.encode().ljust(end - start, INVISIBLE)
        if before:
            gap = window.span(before.start, before.end)[1]
            folded[gap:start] = b" ".ljust(start - gap, INVISIBLE)
