"""Find the windows of a digit run that could be card numbers; `judge` weighs each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards import glued, luhn
from integration.core.cards.bare import bare, is_bare
from integration.core.cards.candidate import Candidate
from integration.core.cards.counting import count_up
from integration.core.cards.dated import numbers_before_dates
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.judge import judged
from integration.core.cards.named import OF_MOST_CARDS
from integration.core.cards.published import is_repeating, published
from integration.core.cards.reasons import (
    BLOCK,
    LIKELY,
    ODD,
    ODD_LISTED,
    ODD_MIXED,
    ODD_OF_FOUR,
    ZERO_FILLED,
    Evidence,
    Form,
)
from integration.core.cards.row import alone, beside, cannot_begin, fraction
from integration.core.cards.several import several_numbers
from integration.core.cards.shape import Group, form_of, shape_of
from integration.core.hits import Hit, pick
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

MIN_DIGITS: Final = 12
"""Of a few debit cards (`rare` in `issuers.toml`); nearly all have 13 and more."""
MAX_DIGITS: Final = 19
SURE: Final = BLOCK.worth
"""From here on a number that is all there is of a run is read in no other way."""
_WITHOUT_CHECK_DIGIT: Final = b"268"
"""What the numbers begin with that may be wrong in it."""
_UNCHECKED: Final = frozenset({16, 19})
"""How many digits they have."""
_FILLED: Final = b"00"
"""What a number begins with that is filled up to the width of its field."""
_DIGITS = lazy(rb"[0-9]+")
_FROM_TO = lazy(rb"([0-9]{4})[0-9]{4} ?- ?\1[0-9]{4}")
"""A range of eight digits, as the first of cards are given: 54133000 - 54133049."""
_TELECOM: Final = b"89"
"""What the numbers of SIM cards begin with (ITU-T E.118); a word for a card names those too."""
_ODD_FORMS: Final = frozenset({ODD, ODD_OF_FOUR, ODD_LISTED, ODD_MIXED})
_DATE = lazy(
    rb"(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}(?![0-9])"
    rb"|(?<![0-9])(?:19|20)[0-9]{2}([./-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
"""A day, as in the next cell: what stands beside it is another number."""

_ASCII_DIGITS: Final = b"0123456789"
_BETWEEN_CELLS: Final = frozenset(b";|,/\t")
_DIGITS_IN_LINES: Final = b"0123456789 \r\n"
# Clock readings: seconds to nanoseconds since 1970, and yyyymmddhhmm[ss[fff]].
_CLOCK = lazy(
    rb"1[0-9]{12}|1[0-9]{15}|1[0-9]{18}"
    rb"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
    rb"(?:[0-5][0-9](?:[0-9]{3}|[0-9]{5})?)?"
)


def numbers_in(
    reading: Reading, start: int, end: int, known: tuple[Evidence, ...] = ()
) -> list[Hit]:
    """Return the card numbers in the run of digits and separators at `start`..`end`.

    `known` is evidence that holds for the whole run.
    """
    if sure := whole_number(reading, start, end, known):
        return [sure]
    digits = luhn.only_digits(reading.folded[start:end])
    shape = shape_of(reading.folded, start, end)
    run = [
        group._replace(start=start + group.start, end=start + group.end) for group in shape.groups
    ]
    if several := _several(reading, run, digits, known):
        return several
    found = numbers_before_dates(reading, run, digits)
    for first, group in enumerate(run):
        if len(digits) - group.before < MIN_DIGITS:
            break
        if group.size >= glued.SHORTEST:
            found += glued.numbers_within(reading, group.start, group.end)
        elif not cannot_begin(run, first):
            found += _beginning_at(reading, run, digits, first, known)
    if len(found) < 2:
        return found
    in_cells = [hit for hit in found if hit.confidence >= SURE and not _over_cells(reading, hit)]
    return pick(in_cells, found)


def _over_cells(reading: Reading, hit: Hit) -> bool:
    """Return whether a number goes from one cell on to the next, and is parted otherwise as well.

    `4711-0815-2025;4907`, before the rest of the card that is in the second cell.
    """
    marks = set(reading.folded[hit.start : hit.end].translate(None, _ASCII_DIGITS))
    return len(marks) > 1 and not marks.isdisjoint(_BETWEEN_CELLS)


def _several(
    reading: Reading, run: list[Group], digits: bytes, known: tuple[Evidence, ...]
) -> list[Hit]:
    """Return all numbers of a row that is nothing but numbers, where each of them is sure."""
    hits: list[Hit] = []
    for first, end in several_numbers(run, digits):
        groups = run[first:end]
        form = form_of(groups)
        hit = form and number_of_form(reading, groups[0].start, groups[-1].end, form, known)
        if not hit:
            return []
        hits.append(hit)
    return hits


def whole_number(
    reading: Reading, start: int, end: int, known: tuple[Evidence, ...] = ()
) -> Hit | None:
    """Return all the digits of a run as one number where that is so likely that nothing else is."""
    shape = shape_of(reading.folded, start, end)
    first, last = start + shape.groups[0].start, start + shape.groups[-1].end
    return number_of_form(reading, first, last, shape.whole, known) if shape.whole else None


def number_of_form(
    reading: Reading, start: int, end: int, form: Form, known: tuple[Evidence, ...] = ()
) -> Hit | None:
    """Return the same where it is known how all the digits from `start` to `end` are grouped."""
    if form.worth < SURE:
        return None
    digits = luhn.only_digits(reading.folded[start:end])
    issuer = issuer_of(digits)
    if not issuer or not issuer.is_usual(len(digits)):
        return None
    if not luhn.is_valid(digits) or _is_repeated(reading.folded[start:end], digits):
        return None
    if not known and is_bare(reading, start, end):
        return bare(reading, start, end, digits, issuer.brand, form)
    number = Candidate(start, end, digits, issuer, form, [], checked=True, alone=True)
    hit = judged(reading, number, known)
    return hit if hit and hit.confidence >= SURE else None


def _is_repeated(written: bytes, digits: bytes) -> bool:
    """Return whether it is one digit again and again, or a part that the next line repeats.

    Or groups that count up, as the numbers of rooms and prices do: 3600 3900 4200 4500, or
    extensions: 4417 4418 4420 4433.
    """
    if digits.count(digits[:1]) == len(digits):
        return True
    groups = [int(group[0]) for group in _DIGITS.finditer(written)]
    if _FROM_TO.fullmatch(written) or (count_up(groups) and digits not in published()):
        return True
    if b"\n" not in written or not written.translate(None, _DIGITS_IN_LINES):
        return False  # nobody says it again where nothing but digits stands
    return is_repeating([part for line in written.split(b"\n") if (part := luhn.only_digits(line))])


def same_numbers(folded: bytes, hits: list[Hit]) -> list[Hit]:
    """Return the hits, each as sure as the surest that holds the same number."""
    if all(hit.confidence >= LIKELY for hit in hits):
        return hits
    digits = [luhn.only_digits(folded[hit.start : hit.end]) for hit in hits]
    surest: dict[bytes, float] = {}
    for number, hit in zip(digits, hits, strict=True):
        surest[number] = max(hit.confidence, surest.get(number, 0))
    return [
        hit
        if hit.confidence == surest[number]
        else hit._replace(confidence=surest[number], why=(*hit.why, "again"))
        for number, hit in zip(digits, hits, strict=True)
    ]


def _beginning_at(
    reading: Reading, run: list[Group], digits: bytes, first: int, known: tuple[Evidence, ...]
) -> list[Hit]:
    hits: list[Hit] = []
    begin = run[first].before
    for last in range(first, len(run)):
        group = run[last]
        end = group.before + group.end - group.start
        if end - begin > MAX_DIGITS or (last > first and group.separator is None):
            break
        if end - begin < MIN_DIGITS:
            continue
        candidate = _candidate(reading, run, first, last, digits[begin:end])
        if candidate and (hit := judged(reading, candidate, known)):
            if hits and hit.brand and "luhn" in hit.why and _one_grouping(run, first, last):
                hit = hit._replace(confidence=max(hit.confidence, hits.pop().confidence))
            hits.append(hit)
    return hits


def _one_grouping(run: list[Group], first: int, last: int) -> bool:
    """Return whether a window is groups of four and their rest, all parted in the same way."""
    sizes = {group.size for group in run[first:last]}
    parted = {group.separator for group in run[first + 1 : last + 1]}
    return sizes == {4} and len(parted) == 1


def _has_one_more(run: list[Group], last: int) -> bool:
    """Return whether one more digit ends the run: it is the check digit of a longer number."""
    more = run[last + 1 :]
    return len(more) == 1 and more[0].size == 1 and more[0].separator is not None


def _candidate(
    reading: Reading, run: list[Group], first: int, last: int, digits: bytes
) -> Candidate | None:
    checked = luhn.is_valid(digits)
    if not checked and not (digits[0] in _WITHOUT_CHECK_DIGIT and len(digits) in _UNCHECKED):
        return None
    issuer, filled = _whose(digits)
    if not checked and (issuer is None or issuer.luhn or _has_one_more(run, last)):
        return None
    if issuer is None and digits.startswith(_TELECOM):
        return None
    written = reading.folded[run[first].start : run[last].end]
    is_filled = issuer is None and digits.startswith(_FILLED)
    if _is_repeated(written, digits) or is_filled or _CLOCK.fullmatch(digits):
        return None
    form = form_of(run[first : last + 1])
    holds_day = form in _ODD_FORMS and _DATE.search(written)
    row = beside(reading, run, first, last, form) if form and not holds_day else None
    if form is None or row is None:
        return None
    start, end, is_alone = run[first].start, run[last].end, alone(run, first, last)
    own = digits.lstrip(b"0") if issuer else digits
    fills = len(own) < len(digits) == MAX_DIGITS
    beside_it = [*row, *filled, *fraction(run[first : last + 1])]
    return Candidate(start, end, own, issuer, form, beside_it, checked, is_alone, fills)


def _whose(digits: bytes) -> tuple[Issuer | None, list[Evidence]]:
    """Return the issuer of a number, or that of one which is filled up with zeros."""
    own = digits.lstrip(b"0")
    if digits.startswith(_FILLED) and (issuer := glued.telling_issuer(own)):
        # The width of field 2 of ISO 8583, filled up.
        is_field = len(digits) == MAX_DIGITS and len(own) == OF_MOST_CARDS
        return issuer, [] if is_field else [ZERO_FILLED]
    issuer = issuer_of(own) if len(digits) == MAX_DIGITS else None
    if issuer and issuer.tells(len(own)):
        return issuer, []
    return issuer_of(digits), []
