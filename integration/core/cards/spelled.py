"""Numbers that are written in words, read as digits in place: "four one one one, double five ...".

Only where so many number words follow each other that they can be a card number or an identifier;
then the shorter ones near it (its code, its date) are read as well, and those near a card number in
figures. Offsets stay: what is left of the words becomes invisible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from integration.core.cards.heard import (
    YEARS,
    beside_figures,
    letters_of,
    may_hold_small_ones,
    rows,
    small_ones,
)
from integration.core.cards.homophones import homophones
from integration.core.cards.mixed import FEWEST, Marked, half_in_figures, has_words, is_number
from integration.core.cards.run_together import read_run_together
from integration.core.cards.said import (
    Atom,
    Run,
    beginnings,
    digits_of,
    runs,
    size_of,
    tokens,
)
from integration.core.cards.unparted import read_unparted
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy
from integration.core.text.reading import by_shape, of_folded
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.naming import names_any
from integration.core.words.numbers import languages, ordinals
from integration.core.words.vocabulary import Label, months

if TYPE_CHECKING:
    from integration.core.cards.said import Token
    from integration.core.text.reading import Reading, Window
    from integration.core.words.numbers import Numbers

Span = tuple[int, int]

_IDENTIFIER = range(9, 12)  # digits of a national id or an account
_NEAR = 400  # characters between a number and the code that belongs to it
_LONG = 4_000  # characters of a stretch that is not read as a whole
_SMALL = range(2, 9)  # digits of a code, a date or a year
_FEWEST_FIGURES = 4  # of a number that has other groups in words
_CODE = range(3, 5)  # digits of a security code
_BY_DIGITS = 4  # words of a date that is said digit by digit
_LAST_MONTH = 12
_CENTURY = "20"
_BEFORE = 24  # characters before a date that say what it is
_OF_A_DATE: Final = frozenset({Label.EXPIRY, Label.EXPIRY_HINT})
_LAST_WORD = lazy(r"(\w+)\W+$")
_FIGURES = lazy(rb"0(?:[^0]{0,4}0){11}")
"""In the classes: so many digits close together that they may be a card number."""
_LABELS = lazy(rb"pin|cv")


def spelled(reading: Reading) -> Reading:
    """Return the reading with digits in place of number words, or as it is."""
    letters = letters_of(reading, 0, len(reading.text))
    said, small = rows(reading, letters), _numbers(reading, letters)
    if reading.digits >= _FEWEST_FIGURES and (mixed := beside_figures(reading, letters)):
        said = sorted({*said, *mixed})
    if said or small:
        said = _around(said, reading)
        small = list(_with_small_ones(reading, small))
    if said or small:
        reading = _written_out(reading, said, small)
    reading = read_run_together(reading, letters)
    return reading if said or reading.in_bytes(0, len(reading.text)) else read_unparted(reading)


def _written_out(reading: Reading, said: list[Span], small: list[Span]) -> Reading:
    folded = bytearray(reading.folded)
    for start, end in said:
        _read_words(reading.window(start, end), folded)
    for start, end in small:
        if folded[start:end] == reading.folded[start:end]:
            _read_codes(reading.window(start, end), folded)
    return reading if folded == reading.folded else of_folded(reading.text, bytes(folded))


def _numbers(reading: Reading, letters: bytes) -> list[Span]:
    """Return where a code in words may belong to: card numbers in figures, or words for a code."""
    many = reading.digits >= FEWEST
    if many:
        low, figures = _figures(reading)
        if figures:
            return [(low + start, low + end) for start, end in figures]
    # Every search for a word goes through the whole text: one is enough where figures abound.
    if b"pin" in letters or (not many and b"cv" in letters):
        return [match.span() for match in _LABELS.finditer(reading.folded.lower())]
    return []


@by_shape
def _figures(shape: bytes) -> tuple[Span, ...]:
    return tuple(match.span() for match in _FIGURES.finditer(shape))


def _around(places: Iterable[Span], reading: Reading) -> list[Span]:
    """Return what is near these places, whole words, as few stretches as hold it."""
    found: list[Span] = []
    for place in places:
        start = reading.folded.find(b" ", max(place[0] - _NEAR, 0), place[0])
        end = reading.folded.rfind(b" ", place[1], place[1] + _NEAR)
        # At the beginning and the end of a text nothing is cut.
        start = 0 if place[0] <= _NEAR or start < 0 else start
        end = len(reading.folded) if place[1] + _NEAR >= len(reading.folded) or end < 0 else end
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _with_small_ones(reading: Reading, places: Iterable[Span]) -> Iterator[Span]:
    """Yield what is near these places and may hold a code or a year in words.

    Where numbers abound, all of a text is near one: no more is read than what is near such words.
    """
    for stretch in _around(places, reading):
        if not may_hold_small_ones(reading, *stretch):
            continue
        if stretch[1] - stretch[0] <= _LONG:
            yield stretch
        else:
            yield from _around(sorted(small_ones(reading, *stretch)), reading)


def _read_words(window: Window, folded: bytearray) -> None:
    """Read a number in words, and what is small and near it, in the language that knows it best."""
    words = tokens(window.text)
    places = beginnings(words)
    spoken = _spoken(words, places) or languages()[:1]  # any: `4 then 1 then 1` are all figures
    found = [runs(window.text, words, places, language) for language in spoken]
    best = max(found, key=_worth, default=[])
    long = list(filter(_is_long, best))
    said = chain(*found, homophones(window.text, words))
    numbers = _numbers_in(window.text, long, said, half_in_figures(window.text, words, spoken))
    near = Marked(window.text, (*long, *numbers))
    for run in _parted(window.text, best):
        if _is_long(run) or (_in_words(window, run) and near.holds(run, _NEAR)):
            _write(folded, window, run)
    for run in numbers:  # some of its words may be a shorter one by themselves
        _write(folded, window, run)


def _numbers_in(
    text: str, long: Iterable[Run], found: Iterable[Run], half: Iterable[Run]
) -> list[Run]:
    """Return the card numbers of the best language, those of others, and those half in figures."""
    numbers = list(filter(is_number, long))
    taken = Marked(text, numbers)
    for run in chain(filter(is_number, found), half):
        if not taken.holds(run):
            numbers.append(run)
            taken.add(run)
    return numbers


def _is_long(run: Run) -> bool:
    return size_of(run) >= _IDENTIFIER.start


def _spoken(words: Sequence[Token], places: Sequence[int]) -> list[Numbers]:
    """Return the languages of which any number word stands at `places`."""
    said = {words[at].word for at in places}
    return [language for language in languages() if not language.begins.isdisjoint(said)]


def _in_words(window: Window, run: Run) -> bool:
    """Return whether a run is short and not all figures, which are a date or a code as they are."""
    return size_of(run) in _SMALL and has_words(window.text, run)


def _read_codes(window: Window, folded: bytearray) -> None:
    """Read what is said of a number in figures: its code, digit by digit, and its date."""
    words = tokens(window.text)
    places = beginnings(words)
    spoken = _spoken(words, places)
    found = [run for each in spoken for run in runs(window.text, words, places, each)]
    found.sort(key=size_of, reverse=True)  # another language may know but a part of it
    done = Marked(window.text, ())
    for run in _parted(window.text, found):
        if done.holds(run):
            continue  # in another language
        said = window.text[run[0].start : run[-1].end]
        if any(map(str.isdigit, said)):
            continue
        if size_of(run) in _CODE or _date(window.text, run) or _is_year(window.text, run):
            _write(folded, window, run)
            done.add(run)


def _parted(text: str, found: Iterable[Run]) -> Iterator[Run]:
    """Return the runs; one that says a date and then a code as two."""
    for run in found:
        cuts = range(max(2, len(run) - _CODE.stop + 1), len(run))
        cut = next((at for at in cuts if size_of(run[at:]) in _CODE and _date(text, run[:at])), 0)
        if cut:
            yield run[:cut]
        end = len(run) - _begins_a_sentence(text, run)
        yield _with_its_month(text, run[cut:end])


def _begins_a_sentence(text: str, run: Run) -> bool:
    """Return whether the last word behind a date is of the next sentence: 06/29. One more."""
    *date, last = run
    if not date or "." not in text[date[-1].end : last.start]:
        return False
    return _date(text, date) is not None or _is_year(text, date)


def _with_its_month(text: str, run: Run) -> Run:
    """Return a year with the month before it that is said as an ordinal: ellevte tjueåtte."""
    before = _word_before(text, run)
    month = ordinals().get(before[1]) if before and _may_be_year(run) else None
    if not (before and month):
        return run
    low = max(run[0].start - _BEFORE, 0)
    return [Atom(low + before.start(1), low + before.end(1), month), *run]


def _is_year(text: str, run: Run) -> bool:
    """Return whether a run is the year behind the name of a month."""
    before = _word_before(text, run)
    return _may_be_year(run) and before is not None and before[1] in months()


def _may_be_year(run: Run) -> bool:
    year = digits_of(run).decode().removeprefix(_CENTURY)
    return len(year) == len(_CENTURY) and int(year) in YEARS


def _word_before(text: str, run: Run) -> re.Match[str] | None:
    before = text[max(run[0].start - _BEFORE, 0) : run[0].start]
    last = _LAST_WORD.search(before)
    # A month may be as short as what stands between one and its year: mai.
    return last if last and last[1] in months() else _name().search(before)


@cache
def _name() -> re.Pattern[str]:
    """A word, and perhaps a short one, before a year: september, avril de, sjätte månaden."""
    month = any_of(listed(Listed.MONTH))
    return re.compile(rf"(\w+)\W+(?:(?:\w{{1,3}}|{month})\W+)?$")


def _date(text: str, run: Run) -> bytes | None:
    """Return month and year that a run says: zero otto ventisei, twelve twenty seven."""
    # zero five slash two seven, five slash two seven
    by_digits = len(run) == size_of(run) and (len(run) == _BY_DIGITS or _is_slashed(text, run))
    year = "".join(atom.digits for atom in run[-2:]) if by_digits else run[-1].digits
    month = digits_of(run)[: -len(year)].decode()
    if len(year) == 1 or len(month) not in (1, 2) or not 0 < int(month) <= _LAST_MONTH:
        return None
    if int(year.removeprefix(_CENTURY) or 0) not in YEARS:
        return None
    # Of three digits that are no code, or four, a word must say so.
    if (len(month) == 1 or by_digits) and not _expires(
        text[max(run[0].start - _BEFORE, 0) : run[0].start]
    ):
        return None
    return f"{month:0>2}/{year}".encode()


def _is_slashed(text: str, run: Run) -> bool:
    """Return whether a word parts the first of three digits from the others."""
    between = text[run[0].end : run[1].start] if len(run) == _BY_DIGITS - 1 else ""
    return any(map(str.isalpha, between))


def _expires(before: str) -> bool:
    return names_any(before, _OF_A_DATE)


def _worth(found: list[Run]) -> tuple[bool, int, int]:
    """Prefer the language in which a whole number stands, then the one that reads the most."""
    sizes = list(map(size_of, found))
    return any(map(is_number, found)), max(sizes, default=0), sum(sizes)


def _write(folded: bytearray, window: Window, run: Run) -> None:
    """Put the digits of a run in its place: as one block when they are a number, else apart."""
    date = _date(window.text, run) if size_of(run) in _SMALL else None
    if date or size_of(run) in _SMALL or size_of(run) in _IDENTIFIER or is_number(run):
        # The first and the last digit stand where the words begin and end: so do the bounds.
        # What has no width behind the last word is a vowel sign of it.
        start, end = window.offsets[run[0].start], window.offsets[run[-1].end]
        digits = date if date and len(date) <= end - start else digits_of(run)
        folded[start:end] = digits[:-1].ljust(end - start - 1, INVISIBLE) + digits[-1:]
        return
    for before, atom in zip([None, *run], run, strict=False):
        start, end = window.span(atom.start, atom.end)
        folded[start:end] = atom.digits.encode().ljust(end - start, INVISIBLE)
        gap = window.span(before.start, before.end)[1] if before else start
        if gap < start:
            folded[gap:start] = b" ".ljust(start - gap, INVISIBLE)
