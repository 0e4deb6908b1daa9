"""What the digit groups beside a number say: another card, an order number, a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards import luhn
from integration.core.cards.issuers import issuer_of
from integration.core.cards.kin import (
    GROUPS_OF_A_CARD,
    ISO_DATE,
    ends_a_date,
    is_sum,
    kin_after,
    kin_before,
    separator_behind,
    true_kin_after,
    true_kin_before,
)
from integration.core.cards.reasons import (
    AMID_BYTES,
    BLOCK,
    CENTS,
    CUT_OUT,
    DECIMAL,
    IN_A_ROW,
    IN_A_TABLE,
    JOINED,
    PAIRS,
    THOUSANDS,
    USUAL,
    Evidence,
    Form,
)
from integration.core.cards.shape import LINE, Group
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_SMALLEST_FIRST_GROUP: Final = 4  # of the usual ways to group
_MIDDLE: Final = 6  # of 4-6-5 and 4-6-4, which have no more of the same beside them
_LONGEST_AFTER_DOT: Final = 4
_LONGEST_REST: Final = 8
"""Digits behind the only dot of a number."""
_SHORT_BLOCK: Final = 14  # article numbers are shorter
_MONTH_AND_YEAR = lazy(rb"(?:0[1-9]|1[0-2]) (?:20)?[23][0-9]")
_EXPIRY = lazy(rb"(?:0?[1-9]|1[0-2])/(?:20)?[2-4][0-9](?![0-9/])")
_MONTH = lazy(rb"(?:0[1-9]|1[0-2])/[0-9]{2}(?![0-9/])")
_LOOKED_AT_BEHIND: Final = 4
_PAIR: Final = 2
_MOST_BELOW: Final = 9
"""Single digits of a date and a code."""
_CODE: Final = 3
_AMOUNT = lazy(rb"[0-9]{1,3}(?:[ .,]?[0-9]{3}){0,2}[.,][0-9]{2}(?![0-9])")
_WHOLE_AMOUNT = lazy(rb"[0-9]{1,3}(?:[ .,]?[0-9]{3}){0,2}(?![0-9])")
_CENTS = lazy(rb"[.,](?:[0-9]{2}|-)(?![0-9/]|[.,][0-9])")
# Of digit and letter, as no word is.
_BYTE = rb"(?:[0-9][A-Fa-f]|[A-Fa-f][0-9])"
_BYTE_BEFORE = lazy(rb"(?<![0-9A-Za-z])" + _BYTE + rb" \Z")
_BYTE_BEHIND = lazy(rb" " + _BYTE + rb"(?![0-9A-Za-z])")


def cannot_begin(run: list[Group], first: int) -> bool:
    """Return whether a number cannot begin here: in the middle of a row of small groups.

    `beside` would refuse every window from here; asking first keeps long rows of digits cheap.
    """
    if not 0 < first < len(run) - 1:
        return False
    size = run[first].size
    return (
        size < _SMALLEST_FIRST_GROUP
        and run[first - 1].size == size
        and run[first].separator is not None
        and run[first].separator == run[first + 1].separator
    )


def beside(
    reading: Reading, run: list[Group], first: int, last: int, form: Form
) -> list[Evidence] | None:
    """Return what the neighbouring groups say; None when the window is cut out of a longer row."""
    if _ends_in_another(reading.folded, run[last]):
        return [CENTS] if form is THOUSANDS else None
    if first == 0 and last == len(run) - 1:
        return _amid_bytes(reading.folded, run, form)
    inner = {group.separator for group in run[first + 1 : last + 1]}
    before = after = 0
    if form is BLOCK or run[first + 1].size != _MIDDLE:
        before = kin_before(run, first, last, inner)
        after = kin_after(run, first, last, inner)
    if before and run[first].separator != LINE and LINE in inner:
        return None
    if form is BLOCK:
        return _beside_block(reading.folded, run, first, last, before + after)
    if form.name != USUAL.name:
        if after and (
            _ends_in_an_expiry(reading.folded, _behind(run, last))
            or _EXPIRY.match(reading.folded, run[last + 1].start)
            or _ends_its_line(run, last)
        ):
            after = 0
        return None if before or after else _edges(reading.folded, run, first, last, inner)
    return _beside_groups(reading, run, first, last, before, after)


def _ends_in_another(folded: bytes, last: Group) -> bool:
    """Return whether the last group is of a date, or of a sum: 4111 1111 1111 1111 349,00."""
    if last.separator not in {None, "/"} and _EXPIRY.match(folded, last.start):
        return True
    if ISO_DATE.match(folded, last.start) and last.separator not in {None, "-"}:
        return True
    return last.size < _SMALLEST_FIRST_GROUP and _CENTS.match(folded, last.end) is not None


def _amid_bytes(folded: bytes, run: list[Group], form: Form) -> list[Evidence]:
    """Return the doubt that pairs of digits are bytes of a dump in which others hold letters."""
    start, end = run[0].start, run[-1].end
    if form is PAIRS and (
        _BYTE_BEFORE.search(folded, max(0, start - 4), start) or _BYTE_BEHIND.match(folded, end)
    ):
        return [AMID_BYTES]
    return []


def fraction(window: list[Group]) -> list[Evidence]:
    """Return the doubt that a dot parts groups of which one is as none of a card: 412.83700180."""
    if len(window) != _PAIR or window[1].separator != ".":
        return []
    whole, rest = window
    is_one = whole.size < _SMALLEST_FIRST_GROUP or rest.size > _LONGEST_REST
    return [DECIMAL] if is_one else []


def alone(run: list[Group], first: int, last: int) -> bool:
    """Return whether no other digits stand beside a window, but for what may be its code."""
    if run[first].separator is not None:
        return False
    return separator_behind(run, last) is None or _is_a_code(_behind(run, last))


def _behind(run: list[Group], last: int) -> list[Group]:
    """Return the next groups: a date, a code and what comes then. A run may be very long."""
    return run[last + 1 : last + 1 + _LOOKED_AT_BEHIND]


def _is_a_code(behind: list[Group]) -> bool:
    return behind[0].size == _CODE and (len(behind) == 1 or behind[1].separator is None)


def _ends_in_an_expiry(folded: bytes, behind: list[Group]) -> bool:
    """Return whether nothing but a month, a year and perhaps a code follows in a row."""
    month_and_year = b" ".join(folded[group.start : group.end] for group in behind[:_PAIR])
    if not _MONTH_AND_YEAR.fullmatch(month_and_year):
        return False
    rest = behind[_PAIR:]
    return not rest or rest[0].separator is None or _is_a_code(rest)


def _ends_its_line(run: list[Group], last: int) -> bool:
    """Return whether a row of single digits ends with its line, and few stand below: 1 1 / 2 7."""
    if separator_behind(run, last) != LINE or run[last].size != 1:
        return False
    below = run[last + 1 : last + 2 + _MOST_BELOW]
    return len(below) <= _MOST_BELOW or any(group.separator is None for group in below)


def _beside_block(
    folded: bytes, run: list[Group], first: int, last: int, kin: int
) -> list[Evidence]:
    if run[first].separator == "" or separator_behind(run, last) == "":
        return [JOINED]
    sides = ((first, first - 1), (last + 1, last + 1))
    if any(_is_dotted(folded, run, at, beside) for at, beside in sides):
        return [DECIMAL]
    # A short block is one of a list of equals, as article numbers are.
    return [IN_A_ROW] if kin and run[first].size < _SHORT_BLOCK else []


def _is_dotted(folded: bytes, run: list[Group], at: int, beside: int) -> bool:
    """Return whether a dot, and no blank that ends a sentence, parts a long group from a number."""
    if not 0 < at < len(run) or run[beside].size <= _LONGEST_AFTER_DOT:
        return False
    between = folded[run[at - 1].end : run[at].start]
    return between.replace(INVISIBLE, b"") == b"."


def _edges(
    folded: bytes, run: list[Group], first: int, last: int, inner: set[str | None]
) -> list[Evidence]:
    """Return a doubt for each side on which the row goes on in the same way, and is no expiry."""
    kinds = inner - {None, LINE}
    sides = (
        first > 0 and run[first].separator in kinds and _as_small(run, first, first - 1),
        separator_behind(run, last) in kinds
        and _as_small(run, last, last + 1)
        and not _EXPIRY.match(folded, run[last + 1].start),
    )
    return [CUT_OUT] * sum(sides)


def _as_small(run: list[Group], at: int, beside: int) -> bool:
    """Return whether a neighbour could be of the row: beside single digits, only single digits."""
    return run[at].size > 1 or run[beside].size == 1


def _beside_groups(
    reading: Reading, run: list[Group], first: int, last: int, before: int, after: int
) -> list[Evidence] | None:
    folded = reading.folded
    before = true_kin_before(folded, run, first, before)
    after = true_kin_after(reading, run, first, last, after)
    window = run[first : last + 1]
    if (before or after) and _three_of_more(window):
        return None
    if before and window[-1].size < window[0].size:
        return None  # the end of a longer row
    if before + after == 1 and _is_year(folded, run[first - 1] if before else run[last + 1]):
        return []
    if doubt := _of_a_longer_row(reading, run, first, last, before, after):
        return [doubt]
    is_row = not _are_all(run, first, last, before + after)
    return [
        *_kin_says(folded, run[first - before : first], is_row=is_row),
        *_kin_says(folded, run[last + 1 : last + 1 + after], is_row=is_row),
    ]


def _are_all(run: list[Group], first: int, last: int, kin: int) -> bool:
    """Return whether no more than a telephone number stands beside, or one more line of groups.

    That may be a card with a mistake in it.
    """
    if len(run) != last + 1 - first + kin:
        return False
    return kin < GROUPS_OF_A_CARD or LINE in {run[first].separator, separator_behind(run, last)}


def _of_a_longer_row(
    reading: Reading, run: list[Group], first: int, last: int, before: int, after: int
) -> Evidence | None:
    kin = before + after
    if before and after and kin < GROUPS_OF_A_CARD:
        return IN_A_TABLE
    if kin == 1 and _goes_further(reading, run, first - before, last + after):
        return IN_A_TABLE
    if not kin and _seldom(run[first : last + 1]) and _goes_further(reading, run, first, last):
        return IN_A_ROW
    return None


def _is_year(folded: bytes, group: Group) -> bool:
    return folded[group.start : group.start + 2] in {b"19", b"20"}


def _kin_says(folded: bytes, kin: list[Group], *, is_row: bool) -> list[Evidence]:
    """Return what equal groups on one side say: a row or a table of numbers, or one more card."""
    if not kin:
        return []
    if len(kin) < GROUPS_OF_A_CARD:
        return [IN_A_TABLE if len(kin) > 1 and is_row else IN_A_ROW]
    parted = {group.separator for group in kin[1:]}
    digits = luhn.only_digits(folded[kin[0].start : kin[-1].end])
    issuer = issuer_of(digits)
    card = issuer and not issuer.weak and len(parted) == 1 and luhn.is_valid(digits)
    if card:
        return []
    return [IN_A_TABLE if is_row else IN_A_ROW]


def _seldom(window: list[Group]) -> bool:
    """Return whether a window has a length that hardly any card has."""
    return sum(group.size for group in window) in {12, 13, 17, 18}


def _three_of_more(window: list[Group]) -> bool:
    """Return whether three equal groups were cut out of a row of them."""
    return len(window) < GROUPS_OF_A_CARD and len({group.size for group in window}) == 1


def _goes_further(reading: Reading, run: list[Group], first: int, last: int) -> bool:
    """Return whether more groups follow on a side, parted as those of the row are."""
    folded, kind = reading.folded, run[first + 1].separator
    if first > 0 and run[first].separator == kind and not ends_a_date(folded, run[first - 1].end):
        return True
    if separator_behind(run, last) != kind or _MONTH.match(folded, run[last + 1].start):
        return False
    return not _is_amount(reading, run[last + 1].start)


def _is_amount(reading: Reading, start: int) -> bool:
    if _AMOUNT.match(reading.folded, start):
        return True
    whole = _WHOLE_AMOUNT.match(reading.folded, start)
    return whole is not None and is_sum(reading, whole.end())
