"""Weigh the windows of a digit run: which of them are card numbers, and how surely."""

from __future__ import annotations

import re
from typing import Final

from integration.core.cards import luhn
from integration.core.cards.context import Evidence, Surroundings
from integration.core.cards.hit import Hit, pick
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.shape import BLOCK, Form, Group, form_of, groups
from integration.core.spans import Kind

MIN_DIGITS: Final = 12
MAX_DIGITS: Final = 19
_FLOOR = 0.35  # what is less likely than this is not worth anyone's time
_ALMOST_SURE = 0.99

_CARD_WORD = Evidence("card-word", 0.3)
_RARE_LENGTH = Evidence("rare-length", -0.25)
_WEAK_PREFIX = Evidence("weak-prefix", -0.35)
_WEAK_PREFIX_NAMED = Evidence("weak-prefix", -0.15)
_NO_PREFIX = Evidence("unknown-prefix", -0.4)
_NO_CHECK_DIGIT = Evidence("no-check-digit", -0.35)
_IN_A_ROW = Evidence("in-a-row", -0.3)
_JOINED = Evidence("joined", -0.15)
_EAN = Evidence("ean", -0.3)

_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
# Clock readings: seconds to nanoseconds since 1970, and yyyymmddhhmm[ss[fff]].
_CLOCK = re.compile(
    rb"1[0-9]{12}|1[0-9]{15}|1[0-9]{18}"
    rb"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
    rb"(?:[0-5][0-9](?:[0-9]{3}|[0-9]{5})?)?"
)
_MONTH_YEAR = re.compile(rb"(?:0[1-9]|1[0-2])[1-4][0-9]")


def numbers_in(folded: bytes, start: int, end: int) -> list[Hit]:
    """Return the card numbers in the run of digits and separators at `start`..`end`."""
    all_groups = groups(folded, start, end)
    return pick((), _weighed(folded, all_groups))


def _weighed(folded: bytes, run: list[Group]) -> list[Hit]:
    hits: list[Hit] = []
    for first in range(len(run)):
        count = 0
        for last in range(first, len(run)):
            group = run[last]
            count += group.end - group.start
            if count > MAX_DIGITS or (last > first and group.separator is None):
                break
            if count >= MIN_DIGITS and (hit := _weigh(folded, run, first, last)):
                hits.append(hit)
    return hits


def _weigh(folded: bytes, run: list[Group], first: int, last: int) -> Hit | None:
    start, end = run[first].start, run[last].end
    digits = folded[start:end].translate(None, _NOT_DIGITS)
    checked, issuer = luhn.is_valid(digits), issuer_of(digits)
    if not _possible(digits, checked=checked, issuer=issuer):
        return None
    form = form_of(run[first : last + 1])
    if not form:
        return None
    row = _row(folded, run, first, last, form)
    if row is None:
        return None
    around = Surroundings(folded, start, end)
    named = around.card_word()
    if not named and not (issuer and checked):
        return None
    evidence = [*_own(digits, issuer, checked=checked, named=named), *row, *around.doubts()]
    confidence = min(form.worth + sum(each.worth for each in evidence), _ALMOST_SURE)
    if confidence < _FLOOR:
        return None
    return Hit(
        start,
        end,
        Kind.PAN,
        round(confidence, 2),
        why=("luhn",) * checked + (form.name, *(each.why for each in evidence)),
        brand=issuer.brand if issuer else None,
        last4=digits[-4:].decode(),
    )


def _possible(digits: bytes, *, checked: bool, issuer: Issuer | None) -> bool:
    if len(set(digits)) == 1 or not (checked or (issuer and not issuer.luhn)):
        return False
    return not _CLOCK.fullmatch(digits)


def _own(digits: bytes, issuer: Issuer | None, *, checked: bool, named: bool) -> list[Evidence]:
    found = [_CARD_WORD] if named else []
    if not checked:
        found.append(_NO_CHECK_DIGIT)
    if issuer is None:
        found.append(_NO_PREFIX)
        return found
    if issuer.weak:
        found.append(_WEAK_PREFIX_NAMED if named else _WEAK_PREFIX)
    if len(digits) in issuer.rare and not named:
        found.append(_RARE_LENGTH)
        if _is_ean(digits):
            found.append(_EAN)
    return found


def _is_ean(digits: bytes) -> bool:
    if len(digits) != 13:
        return False
    plain = digits.translate(_VALUES)
    return (sum(plain[::2]) + 3 * sum(plain[1::2])) % 10 == 0


_VALUES = bytes((byte - 48) % 10 for byte in range(256))


def _row(
    folded: bytes, run: list[Group], first: int, last: int, form: Form
) -> list[Evidence] | None:
    """Return what the neighbouring groups say; None when the window is cut out of a longer row."""
    before = _kin(run, first, first - 1, first)
    after = _kin(run, last, last + 1, last + 1)
    if form is BLOCK:
        joined = run[first].separator == "" or (
            last + 1 < len(run) and run[last + 1].separator == ""
        )
        return [_JOINED] if joined else []
    if form.name != "usual-groups":
        return None if before or after else []
    following = run[last + 1] if after else None
    if following and _MONTH_YEAR.fullmatch(folded, following.start, following.end):
        after = False
    return [_IN_A_ROW] if before or after else []


def _kin(run: list[Group], edge: int, neighbour: int, link: int) -> bool:
    """Return whether the neighbour looks like one more group of the same number."""
    if not 0 <= neighbour < len(run) or run[link].separator is None:
        return False
    size = run[edge].end - run[edge].start
    return run[neighbour].end - run[neighbour].start == size
