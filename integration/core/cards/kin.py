"""Groups beside a number that look like more of it, and those of them that are something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.shape import LINE, Group
from integration.core.text.lazy import lazy
from integration.core.words.naming import names_any
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

GROUPS_OF_A_CARD: Final = 4
_LONGEST_LINE: Final = 16
"""In groups."""
_LINE_BEGINS: Final = frozenset({LINE, None})
_SUM_REACH: Final = 8
_MONTH_YEAR = lazy(rb"(?:0[1-9]|1[0-2])[23][0-9]")
_LETTERED = lazy(rb"[A-Za-z]{2}-\Z")
"""What begins a reference: `NV-4410`."""
_LONGEST_LETTERED: Final = 3
_DATE: Final = 10
_DATE_ENDS = lazy(rb"(?<![0-9])[0-9]{1,2}[./-][0-9]{1,2}[./-][12][0-9]{3}\Z")
ISO_DATE: Final = lazy(rb"20[0-9]{2}-(?:0[1-9]|1[0-2])(?![0-9])")
"""A year and its month."""


def separator_behind(run: list[Group], last: int) -> str | None:
    """Return what parts a group from the next; None where none follows it."""
    return run[last + 1].separator if last + 1 < len(run) else None


def kin_before(run: list[Group], first: int, last: int, inner: set[str | None]) -> int:
    """Return how many groups before look like more of the same number, up to one more card."""
    size, at = run[first].size, first
    begins_its_line = run[first].separator == LINE and LINE not in inner
    window = run[first : last + 1]
    if begins_its_line and not _is_row(_line_above(run, first), window, wrapped=True):
        return 0
    while at > max(first - GROUPS_OF_A_CARD, 0) and _goes_on(run[at].separator, inner):
        if run[at - 1].size != size:
            break
        at -= 1
    return first - at


def kin_after(run: list[Group], first: int, last: int, inner: set[str | None]) -> int:
    """Return how many groups behind look like more of the same number, up to one more card."""
    size, at = run[last].size, last
    ends_its_line = separator_behind(run, last) == LINE and LINE not in inner
    window = run[first : last + 1]
    if ends_its_line and not _is_row(_line_below(run, last), window, wrapped=False):
        return 0
    while at < last + GROUPS_OF_A_CARD and _goes_on(separator_behind(run, at), inner):
        if run[at + 1].size != size:
            break
        at += 1
    return at - last


def _line_above(run: list[Group], first: int) -> list[Group]:
    low, at = max(first - _LONGEST_LINE, 0), first - 1
    while at > low and run[at].separator not in _LINE_BEGINS:
        at -= 1
    return run[at:first]


def _line_below(run: list[Group], last: int) -> list[Group]:
    high, at = min(last + 1 + _LONGEST_LINE, len(run)), last + 2
    while at < high and run[at].separator not in _LINE_BEGINS:
        at += 1
    return run[last + 1 : at]


def _is_row(line: list[Group], window: list[Group], *, wrapped: bool) -> bool:
    """Return whether a line is as a row of such numbers is, or longer so that it goes on below.

    Any other is a telephone number, an IBAN or the like.
    """
    if {group.size for group in line} != {group.size for group in window}:
        return False
    return len(line) % len(window) == 0 or (wrapped and len(line) > len(window))


def _goes_on(kind: str | None, inner: set[str | None]) -> bool:
    return kind is not None and (not inner or kind in inner or kind == LINE)


def true_kin_before(folded: bytes, run: list[Group], first: int, kin: int) -> int:
    """Return how many groups before are more of the same: no year of a date, no reference."""
    start, end = run[first - 1].start, run[first - 1].end
    if kin == 1 and _MONTH_YEAR.fullmatch(folded, start, end):
        return 0
    if kin == 1 and _LETTERED.search(folded, max(0, start - _LONGEST_LETTERED), start):
        return 0
    return 0 if kin and ends_a_date(folded, end) else kin


def true_kin_after(reading: Reading, run: list[Group], first: int, last: int, kin: int) -> int:
    """Return how many groups behind are more of the same: no date, sum or code."""
    if not kin or run[first].size != run[last].size:
        return 0
    following = run[last + 1]
    ends_its_line = separator_behind(run, last + 1) == LINE and following.separator != LINE
    if _begins_a_date(reading.folded, following, alone=kin == 1 or ends_its_line):
        return 0
    return 0 if kin == 1 and is_sum(reading, following.end) else kin


def is_sum(reading: Reading, end: int) -> bool:
    """Return whether a word for money stands behind digits that end there."""
    return names_any(reading.window(end, end + _SUM_REACH).text, {Label.MONEY})


def ends_a_date(folded: bytes, end: int) -> bool:
    """Return whether a date with a day and a year ends there."""
    return _DATE_ENDS.search(folded, max(0, end - _DATE), end) is not None


def _begins_a_date(folded: bytes, group: Group, *, alone: bool) -> bool:
    return bool(
        (alone and _MONTH_YEAR.fullmatch(folded, group.start, group.end))
        or ISO_DATE.match(folded, group.start)
    )
