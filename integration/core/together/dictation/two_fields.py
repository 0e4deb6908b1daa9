"""A number of which two fields, or two columns of a table, have a half each. Pure.

`pan_hi: 40000566`, `pan_lo: 55665556`: the names are alike but for what says which half it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.naming import speaks_of_card

_DIGITS: Final = r"\d{2,12}(?:[ -]\d{2,6}){0,3}"
_FIELD: Final = re.compile(
    r"(?<![\w.-])([a-z][\w.-]{1,31})[\]\"']{0,2} ?(?:=>|[:=])[ \t]{0,4}[\"']?"
    rf"({_DIGITS})(?![\w.-]|[ ,:]\d)"
)
_LINE: Final = re.compile(r"[^\n]+")
_CELL: Final = re.compile(r"[^|;,\t\n]+")
_MARKS: Final = frozenset("|;,\t")
_NAME: Final = re.compile(r"[a-z][\w. -]{2,31}")
_QUOTES: Final = " \"'`"
_DIGITS_OF_A_ROW: Final = re.compile(r"\d\d")
_VALUE: Final = re.compile(rf"[ \"']*({_DIGITS})[ \"']*")
_NO_DIGIT: Final = re.compile(r"\D")
_JOINTS: Final = re.compile(r"[ _.-]+")
_COUNTED: Final = frozenset({("1", "2"), ("0", "1"), ("a", "b")})
_NEAR: Final = 3
"""Fields behind one half among which the other may be."""
_AROUND: Final = 300
"""Characters around the halves in which a card is spoken of."""
PAN: Final = "pan"
"""As the name of a field it is no other word."""
_BEGUN: Final = 4
"""Digits in which the first and the last of a range are alike."""
_LONGEST: Final = 1_000
"""Characters of a line of a table."""

_Place = tuple[int, int]


def two_fields(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, that have their halves in fields or columns."""
    fields = list(_FIELD.finditer(text))
    for at, field in enumerate(fields):
        for other in fields[at + 1 : at + 1 + _NEAR]:
            if (stem := _stem(field[1], other[1])) is not None:
                yield from _number(text, stem, field.span(2), other.span(2))
    yield from _in_columns(text)


def _stem(name: str, other: str) -> str | None:
    """What two names have in common that are alike but for the half; None where they are not."""
    for one in _half().finditer(name):
        before, behind = name[: one.start()], name[one.end() :]
        half = other.removeprefix(before).removesuffix(behind)
        if before + half + behind == other and _are_halves(one[0], half):
            return _JOINTS.sub(" ", f"{before} {behind} ").strip()
    return None


def _are_halves(one: str, other: str) -> bool:
    if (one, other) in _COUNTED:
        return True
    first, last = listed(Listed.FIRST_FIELD), listed(Listed.LAST_FIELD)
    return (one in first and other in last) or (one in last and other in first)


@cache
def _half() -> re.Pattern[str]:
    """What says at the end of a word which half a field has; single letters stand apart."""
    said = any_of(listed(Listed.FIRST_FIELD) | listed(Listed.LAST_FIELD))
    return re.compile(rf"(?:{said}|[01](?<!\d\d)|(?<=[ _.-])a)(?![^\W_])")


def _number(text: str, stem: str, one: _Place, other: _Place) -> Iterator[Chain]:
    """The number that two halves make, the first of which may stand behind the other."""
    pieces = [Piece(*place, _NO_DIGIT.sub("", text[slice(*place)])) for place in (one, other)]
    for first, last in (pieces, pieces[::-1]):
        is_range = _is_range(first.digits, last.digits)
        found = None if is_range else chain_of(pieces, first.digits + last.digits)
        if found and _is_of_a_card(text, stem, one[0], other[1]):
            yield found
            return


def _is_range(first: str, last: str) -> bool:
    """Whether two halves are the first and the last of a range: 41111100 to 41111199."""
    return len(first) == len(last) and first[:_BEGUN] == last[:_BEGUN]


def _is_of_a_card(text: str, stem: str, start: int, end: int) -> bool:
    """Whether the fields are named for a card, or one is spoken of near, and no other number."""
    if PAN in stem.split() or speaks_of_card(stem):
        return True
    if names_another(stem, AGAINST):
        return False
    return speaks_of_card(text[max(0, start - _AROUND) : end + _AROUND])


def _in_columns(text: str) -> Iterator[Chain]:
    """The numbers in the rows of tables two of whose columns are named as halves are."""
    size, halves = 0, list[tuple[int, str]]()
    for line in _LINE.finditer(text):
        if _MARKS.isdisjoint(line[0]) or line.end() - line.start() > _LONGEST:
            continue
        is_head = _DIGITS_OF_A_ROW.search(line[0]) is None
        if not (is_head or halves):
            continue
        cells = list(_CELL.finditer(text, *line.span()))
        if is_head and (found := list(_pairs([cell[0].strip(_QUOTES) for cell in cells]))):
            size, halves = len(cells), found
        for at, stem in halves if len(cells) == size else ():
            values = [_VALUE.fullmatch(text, *cell.span()) for cell in cells[at : at + 2]]
            places = [value.span(1) for value in values if value]
            if len(places) == len(values):
                yield from _number(text, stem, *places)


def _pairs(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Where two columns stand that are named as halves are, and what of."""
    for at, pair in enumerate(pairwise(names)):
        if all(map(_NAME.fullmatch, pair)) and (stem := _stem(*pair)) is not None:
            yield at, stem
