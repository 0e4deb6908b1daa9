"""The short numbers of a stretch, and which of them may be a security code or a PIN.

What is part of something longer is neither: a sum, a decimal, a clock reading, a telephone
number, a word with digits in it.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.sensitive.dates import Date, Form, date_at
from integration.core.sensitive.references import LONGEST, is_of_a_reference
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CARD_MARK: Final = "\x01"
"""Stands for every character of a card number in the stretch, so that it is no number there."""


class What(Enum):
    """What a value is."""

    CARD = "card"
    DATE = "date"
    NUMBER = "number"


class Value(NamedTuple):
    """A card number, a date or a short number, and where it stands."""

    start: int
    end: int
    what: What
    form: Form | None = None
    """Of a date."""
    digits: int = 0
    """How many, of a number."""
    lone: bool = True
    """Not part of something longer."""
    year: bool = False
    """Four digits that read as a year of the calendar, 1900 to 2099."""
    four: bool = False
    """Of a card: whether its security code has four digits; of a date: whether it is 4 digits."""
    unparted: bool = False
    """No gap parts it from a card or a date before it, so letters that touch it say nothing."""
    touched: bool = False
    """A word touches it from behind and nothing else is against it: lines that ran together."""


_NOWHERE: Final = -2
_RUN = lazy(r"[0-9]+|\x01+")
# Apart by commas it is one where nothing else stands before it: pages 1,2,3 are none.
_APART = lazy(
    r"[0-9](?:(?<=[=:\n].)|(?<=[=:] .)|(?!,))([ .,\xa0|-]|\]\[)[0-9](?:\1[0-9]){1,4}"
    r"(?![0-9])(?!\1[0-9])"
)
_CALENDAR_YEAR = lazy(r"(?:19|20)[0-9]{2}")
_INSIDE_BEFORE = lazy(r"[0-9][.,:/-]\Z|[$£¥¤§+][^\S\n]?\Z")
_INSIDE_BEHIND = lazy(
    r"[.,:/-][0-9]|[$£¥¤%°]|[^\S\n](?:[%°]|[$£¥¤](?![^\S\n]?[0-9]))|,-"  # but in `123 £50`
)
_LABEL_WITH_DIGIT = lazy(r"c(?:vv|vc|vn|cv|av|id|sc)2[.:/-]\Z")
_GLUED_BEHIND = lazy(r"[a-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0370-\u05ff]")
_WORD_BEHIND = lazy(r"[a-z]{3,12}(?![^\W_])")
_GLUED_BEFORE = lazy(r"[a-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0370-\u05ff_]\Z")
_WORD_AND_HYPHEN = lazy(r"[a-z]{3}-\Z")
_WIDEST_PLUS: Final = 3
"""Characters of what adds a date to a card and a code to a date."""
_ONE_LETTER = lazy(r"(?<![^\W_])[a-z]\Z")
_GROUP_BESIDE = lazy(r"[0-9]{2}[ .\xa0-][0-9]{4}|[0-9]{4}[.-][0-9]")
_TELEPHONE = lazy(
    r"[0-9]{4}[ -][0-9]{3} (?:[0-9] )?[0-9]{3}(?![0-9])|0[0-9]-[0-9]{2}(?: [0-9]{2}){3}(?![0-9])"
    r"|0[0-9]{3} ?/ ?[0-9]{2,4}(?: [0-9]{2,4}){2,3}(?![0-9])"
    r"|0[0-9]{3} [0-9]{4} [0-9]{3}(?![ 0-9])"
    r"|01(?:1[3-8]|[2-9]1) [0-9]{3} [0-9]{4}(?![ 0-9])"
    r"|0[0-9]{3}-(?:[0-9]{3}-[0-9]{3}|[0-9]{2,3}(?: [0-9]{2,3}){1,2})(?![ -]?[0-9])"
)
"""Its first group is no month and year."""
_GAP = lazy(r"\s")
_THOUSAND = lazy(r"(?<![^\W_])(?<![0-9][.,:/-])[1-9][ \xa0]\Z")
_THOUSANDS_REACH: Final = 4
_GROUP: Final = 3
_POSTCODE: Final = 5
_MINUTES = lazy(r":[0-9]{2}(?![0-9])")
"""Behind the hour of a clock, which is no group of a number before it."""
_CENTS = lazy(r"[.,][0-9]{2}(?![0-9])")
"""Behind a sum. Groups of a sum have three digits: the 536 of `536 1299,00` is none of it."""
_GROUP_JOINT = lazy(r"[ .\xa0-]| - ")


def values_in(text: str, four_digit_cards: frozenset[int] = frozenset()) -> list[Value]:
    """Return the values of `text` (plain letters, cards as `CARD_MARK`) in order.

    `four_digit_cards` holds where those cards begin whose security code has four digits.
    """
    values = list(_read(text, four_digit_cards))
    return [_in_chain(text, values, at) for at in range(len(values))]


def _read(text: str, four_digit_cards: frozenset[int]) -> Iterator[Value]:
    done, whole = 0, _NOWHERE
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start < done:
            continue
        if text[start] == CARD_MARK:
            value = Value(start, end, What.CARD, four=start in four_digit_cards)
        elif is_of_a_reference(text, start):
            value = Value(start, end, What.NUMBER, None, end - start, lone=False)
        else:
            unparted = whole != _NOWHERE and not _GAP.search(text, whole, start)
            value = _date(text, start, end, whole) or _number(
                text, start, end, whole, unparted=unparted
            )
            value = value._replace(unparted=unparted)
        done = value.end
        whole = whole if value.what is What.NUMBER else done
        yield value


def _date(text: str, start: int, end: int, whole: int) -> Value | None:
    date: Date | None = date_at(text, start, end)
    if _TELEPHONE.match(text, start):
        return None
    if not date or date.start < whole or (date.start == start and _inside(text, start, whole)):
        return None
    four = date.end - date.start == 4 and end == date.end
    return Value(date.start, date.end, What.DATE, date.form, four=four)


def _number(text: str, start: int, end: int, whole: int, *, unparted: bool) -> Value:
    digits = end - start
    if digits == 1 and (apart := _APART.match(text, start)):
        end = apart.end()
        digits = sum(map(str.isdigit, apart[0]))
    listed = whole == start - 1 and text[end : end + 1] == text[whole]  # 4111...,12/27,123,450
    goes_on = not listed and bool(_INSIDE_BEHIND.match(text, end))
    glued = not unparted and bool(_GLUED_BEHIND.match(text, end))
    blank = not text[start:end].strip("0")  # stands for a code in a form: 000
    free = not blank and not goes_on and not _inside(text, start, whole)
    year = bool(_CALENDAR_YEAR.fullmatch(text, start, end))
    touched = free and glued and bool(_WORD_BEHIND.match(text, end))
    lone = free and not glued
    return Value(start, end, What.NUMBER, None, digits, lone, year, touched=touched)


def _inside(text: str, start: int, whole: int) -> bool:
    """Return whether `start` is amid a number; not so behind a card or a date, which end there."""
    if whole != _NOWHERE and start - whole <= _WIDEST_PLUS and text[whole:start].strip() == "+":
        return False
    if whole == start - 1 or _LABEL_WITH_DIGIT.search(text, max(0, start - LONGEST), start):
        return False
    return bool(_INSIDE_BEFORE.search(text, max(0, start - 2), start))


def _in_chain(text: str, values: Sequence[Value], at: int) -> Value:
    """Return the value at `at`, not lone when it is a group of a telephone number or the like."""
    value = values[at]
    if value.four and value.what is What.DATE and _GROUP_BESIDE.search(text, *_around(values, at)):
        return value._replace(lone=False)
    if value.what is not What.NUMBER or not value.lone:
        return value
    if _joined(text, values, at - 1) or _joined(text, values, at):
        return value._replace(lone=False)
    return value


def _around(values: Sequence[Value], at: int) -> tuple[int, int]:
    """Return where a group of the same number may stand beside a value: not in a card or a date."""
    value, low = values[at], max(0, values[at].start - 3)
    for before in reversed(values[max(0, at - 2) : at]):
        if before.what is What.CARD or (before.what is What.DATE and not before.four):
            return max(low, values[at - 1].end), value.end + 2
    return low, value.end + 2


def _joined(text: str, values: Sequence[Value], at: int) -> bool:
    """Return whether the values at `at` and behind it are groups of one number."""
    if not 0 <= at < len(values) - 1:
        return False
    first, then = values[at], values[at + 1]
    return (
        first.what is then.what is What.NUMBER
        and min(first.digits, then.digits) >= 2
        and first.unparted is then.unparted
        and bool(_GROUP_JOINT.fullmatch(text, first.end, then.start))
        and not (then.digits != _GROUP and _CENTS.match(text, then.end))
        and not _MINUTES.match(text, then.end)
        and not _is_before_a_postcode(values, at)
    )


def _is_before_a_postcode(values: Sequence[Value], at: int) -> bool:
    """Return whether a card, its date, three digits and a postcode stand there: 12/27 019 45202."""
    before = [value.what for value in values[max(0, at - 2) : at]]
    sizes = values[at].digits, values[at + 1].digits
    return before == [What.CARD, What.DATE] and sizes == (_GROUP, _POSTCODE)


def glued_to_letters(text: str, value: Value) -> bool:
    """Return whether letters stand right before a number, as in an article number.

    One letter before a date stands for its label: x0329.
    """
    before = text[max(0, value.start - 2) : value.start]
    if value.unparted or (value.what is What.DATE and _ONE_LETTER.search(before)):
        return False
    return bool(_GLUED_BEFORE.search(before))


def joined_to_a_word(text: str, value: Value) -> bool:
    """Return whether a word and a hyphen stand right before a number: TRV-0423, or cvv-123."""
    return bool(_WORD_AND_HYPHEN.search(text, max(0, value.start - LONGEST), value.start))


def is_code(value: Value, *, four: bool) -> bool:
    """Return whether a number can be a security code; `four`: of four digits as well."""
    return value.what is What.NUMBER and value.lone and value.digits in ((3, 4) if four else (3,))


def ends_a_sum(text: str, value: Value) -> bool:
    """Return whether a number may be the thousands of a sum: 2 390; not the item of a list."""
    low = max(0, value.start - _THOUSANDS_REACH)
    thousand = _THOUSAND.search(text, low, value.start) if value.digits == _GROUP else None
    if thousand is None:
        return False
    line = text.rfind("\n", 0, thousand.start()) + 1
    return bool(text[line : thousand.start()].strip(" \t>"))


def is_pin(value: Value) -> bool:
    """Return whether a number can be a PIN (ISO 9564-1: 4 to 12 digits)."""
    return (value.what is What.NUMBER and value.lone and 4 <= value.digits <= 12) or (
        value.what is What.DATE and value.four and value.lone
    )
