"""Find card numbers and tracks in a reading.

One pass over the classes finds runs with enough digits; only those are looked at. Inside a run
every window of whole digit groups is weighed: issuer and length, check digit, grouping,
surroundings.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from integration.core.cards.alike import on_lines_alike
from integration.core.cards.chip import (
    expiry_near,
    number_behind_tag,
    numbers_of_a_terminal,
)
from integration.core.cards.copies import copies
from integration.core.cards.dated import date_and_code
from integration.core.cards.floats import numbers_as_floats
from integration.core.cards.followed import fields_follow
from integration.core.cards.hsm import numbers_of_a_module
from integration.core.cards.interrupted import interrupted
from integration.core.cards.letters import with_digits
from integration.core.cards.lines import are_items, hesitates, over_lines
from integration.core.cards.listed import in_same_list
from integration.core.cards.llvar import numbers_behind_length
from integration.core.cards.number import MIN_DIGITS, numbers_in, same_numbers, whole_number
from integration.core.cards.numbered_columns import in_numbered_columns
from integration.core.cards.packed import numbers_packed
from integration.core.cards.reasons import BROKEN, CARD_WORD, LETTERS
from integration.core.cards.records import numbers_in_records
from integration.core.cards.same_column import in_same_column
from integration.core.cards.track import tracks_at
from integration.core.hits import Hit, pick
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.text.reading import by_shape

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_RUN = lazy(rb"0[0o ]{11,}")
_FEWEST_TRUE_DIGITS: Final = 3  # of a number in which letters stand for the others


def may_hold(reading: Reading) -> bool:
    """Return whether there are enough digits."""
    return reading.digits >= _FEWEST_TRUE_DIGITS


def find(reading: Reading) -> list[Hit]:
    """Return card numbers and tracks, in order, not overlapping."""
    runs = _runs(reading)
    if len(runs) == 1 and reading.classes.count(b"0", *runs[0]) == reading.digits:
        number = whole_number(reading, *runs[0])
        if number:
            return [number]
    certain = _in_runs(reading, runs) if runs else []
    more = _parted(reading, runs)
    hits = _with(_with(certain, more), numbers_in_records(reading))
    if hits:
        if beside := _in_lists(reading, hits):
            tracks = [hit for hit in hits if hit.kind is Kind.TRACK]
            hits = pick(tracks, [*hits, *beside])
        hits = _with(hits, copies(reading, runs, hits))
    folded = reading.folded
    more = [
        each for hit in hits for each in (*date_and_code(folded, hit), *expiry_near(folded, hit))
    ]
    return _with(hits, more)


def _in_lists(reading: Reading, hits: list[Hit]) -> list[Hit]:
    looks = (in_same_column, in_numbered_columns, on_lines_alike, in_same_list)
    return [hit for look in looks for hit in look(reading, hits)]


def _with(hits: list[Hit], more: list[Hit]) -> list[Hit]:
    return pick(hits, more) if more else hits


def _in_runs(reading: Reading, runs: list[tuple[int, int]]) -> list[Hit]:
    folded = reading.folded
    tracks = [hit for start, end in runs for hit in tracks_at(folded, start, end)]
    numbers = [hit for start, end in runs for hit in numbers_in(reading, start, end)]
    tagged = [hit for start, _ in runs for hit in number_behind_tag(folded, start)]
    tagged += [hit for start, end in runs for hit in numbers_behind_length(reading, start, end)]
    tagged += [*numbers_of_a_terminal(folded), *numbers_as_floats(folded)]
    tagged += [*numbers_of_a_module(folded), *numbers_packed(reading)]
    if tagged:
        numbers = pick(tagged, numbers)
    if lettered := [run for run in runs if _has_letters(reading, *run)]:
        numbers = pick((), [*numbers, *_lettered(reading, lettered)])
    numbers = same_numbers(folded, numbers)
    return pick(tracks, numbers) if tracks or len(numbers) > 1 else numbers


def _parted(reading: Reading, runs: list[tuple[int, int]]) -> list[Hit]:
    """Return the numbers that lines or words part."""
    digits, classes = reading.digits, reading.classes
    if digits < MIN_DIGITS:
        return []
    first, last = reading.first, reading.last
    is_cut = reading.folded.find(b"\n", first, last) >= 0 or hesitates(reading.folded, first, last)
    lines = _over_lines(reading) if is_cut else []
    if len(runs) == 1 and classes.count(b"0", *runs[0]) == digits:
        return lines  # no word stands between them
    return pick(lines, interrupted(reading, first, last))


def _over_lines(reading: Reading) -> list[Hit]:
    joined, gaps = over_lines(reading)
    return [
        hit
        for run in (_runs(joined) if gaps else ())
        for hit in (numbers_in(joined, *run, (BROKEN,)) if _holds_one(run, gaps) else ())
        if _holds_one((hit.start, hit.end), gaps)
        # Lists of other numbers of four digits are common.
        and (
            CARD_WORD.why in hit.why
            or not are_items(reading.folded, hit.start, hit.end)
            or fields_follow(reading, hit.end)
        )
    ]


def _holds_one(span: tuple[int, int], gaps: list[tuple[int, int]]) -> bool:
    at = bisect_left(gaps, span)
    return at < len(gaps) and gaps[at][0] < span[1]


def _lettered(reading: Reading, runs: list[tuple[int, int]]) -> list[Hit]:
    found: list[Hit] = []
    for bars in (False, True):
        meant, stretches = with_digits(reading, runs, bars=bars)
        hits = [
            hit
            for run in stretches
            for hit in numbers_in(meant, *run, (LETTERS,))
            # Letters that are read as digits are missing in the words around a number of figures.
            if meant.folded[hit.start : hit.end] != reading.folded[hit.start : hit.end]
        ]
        found = pick(found, hits)
    return found


def _runs(reading: Reading) -> list[tuple[int, int]]:
    """Return the stretches of digits and separators that hold enough digits."""
    low, runs = _runs_by_shape(reading)
    return [(low + start, low + end) for start, end in runs] if runs else []


def runs_of(shape: bytes) -> tuple[tuple[int, int], ...]:
    """Return the same by the shape of a reading."""
    return tuple(span for match in _RUN.finditer(shape) if _enough(shape, span := match.span()))


_runs_by_shape: Final = by_shape(runs_of)


def _enough(classes: bytes, span: tuple[int, int]) -> bool:
    digits = classes.count(b"0", *span)
    if digits >= MIN_DIGITS:
        return True
    return digits >= _FEWEST_TRUE_DIGITS and digits + classes.count(b"o", *span) >= MIN_DIGITS


def _has_letters(reading: Reading, start: int, end: int) -> bool:
    classes, low = reading.classes, max(start - 1, 0)
    if classes.find(b"o", low, end) >= 0 and (
        classes.find(b"0o", low, end) >= 0 or classes.find(b"o0", low, end) >= 0
    ):
        return True
    return reading.folded.find(b"|", start, end) >= 0
