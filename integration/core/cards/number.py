"""Weigh the windows of a digit run: which of them are card numbers, and how surely."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from integration.core.cards import luhn
from integration.core.cards.context import CARD_WORD, WORDS_AGAINST, Evidence, Surroundings
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.shape import BLOCK, LINE, Form, Group, form_of, groups
from integration.core.hits import Hit, pick
from integration.core.spans import Kind
from integration.core.text.fold import INVISIBLE

MIN_DIGITS: Final = 12
MAX_DIGITS: Final = 19
_FLOOR = 0.4  # what is less likely than this is not worth anyone's time
_LIKELY = 0.6  # a word never hides what would be this likely without it
_ALMOST_SURE = 0.99
_TIE = 0.01
_GROUPS_OF_A_CARD = 4
_SMALLEST_FIRST_GROUP = 4  # of the usual ways to group

_RARE_LENGTH = Evidence("rare-length", -0.25)
_RARE_19 = Evidence("rare-length", -0.3)  # identifiers of machines are that long
_RARE_17_OR_18 = Evidence("rare-length", -0.35)  # parcels too, and hardly any card
_RARE_IN_GROUPS = Evidence("rare-length", -0.1)
_WEAK_PREFIX = Evidence("weak-prefix", -0.35)
_WEAK_PREFIX_NAMED = Evidence("weak-prefix", -0.25)
_NO_PREFIX = Evidence("unknown-prefix", -0.5)
_UNCONVINCING = frozenset({_WEAK_PREFIX, _WEAK_PREFIX_NAMED, _NO_PREFIX})
_NO_CHECK_DIGIT = Evidence("no-check-digit", -0.5)
_IN_A_ROW = Evidence("in-a-row", -0.3)
_IN_A_TABLE = Evidence("in-a-row", -0.45)
_JOINED = Evidence("joined", -0.15)
_EAN = Evidence("ean", -0.3)

_VALUES = bytes((byte - 48) % 10 for byte in range(256))
_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
# Clock readings: seconds to nanoseconds since 1970, and yyyymmddhhmm[ss[fff]].
_CLOCK = re.compile(
    rb"1[0-9]{12}|1[0-9]{15}|1[0-9]{18}"
    rb"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
    rb"(?:[0-5][0-9](?:[0-9]{3}|[0-9]{5})?)?"
)
_MONTH_YEAR = re.compile(rb"(?:0[1-9]|1[0-2])[1-4][0-9]")
_ISO_DATE = re.compile(rb"20[0-9]{2}-(?:0[1-9]|1[0-2])(?![0-9])")


def numbers_in(folded: bytes, start: int, end: int) -> list[Hit]:
    """Return the card numbers in the run of digits and separators at `start`..`end`."""
    return pick((), _weighed(folded, groups(folded, start, end)))


def same_numbers(folded: bytes, hits: list[Hit]) -> list[Hit]:
    """Return the hits, each as sure as the surest that holds the same number."""
    if all(hit.confidence >= _LIKELY for hit in hits):
        return hits
    digits = [folded[hit.start : hit.end].translate(None, _NOT_DIGITS) for hit in hits]
    surest: dict[bytes, float] = {}
    for number, hit in zip(digits, hits, strict=True):
        surest[number] = max(hit.confidence, surest.get(number, 0))
    return [
        hit
        if hit.confidence == surest[number]
        else replace(hit, confidence=surest[number], why=(*hit.why, "again"))
        for number, hit in zip(digits, hits, strict=True)
    ]


def _weighed(folded: bytes, run: list[Group]) -> list[Hit]:
    hits: list[Hit] = []
    for first in range(len(run)):
        shorter: Hit | None = None
        if _amid_small_groups(run, first):
            continue
        count = 0
        for last in range(first, len(run)):
            group = run[last]
            count += group.end - group.start
            if count > MAX_DIGITS or (last > first and group.separator is None):
                break
            if count >= MIN_DIGITS and (hit := _weigh(folded, run, first, last)):
                if shorter and hit.brand and "luhn" in hit.why and _one_grouping(run, first, last):
                    hit = replace(hit, confidence=max(hit.confidence, shorter.confidence))
                    hits.remove(shorter)
                hits.append(hit)
                shorter = hit
    return hits


def _one_grouping(run: list[Group], first: int, last: int) -> bool:
    """Return whether a window is groups of four and their rest, all parted in the same way."""
    sizes = {group.end - group.start for group in run[first:last]}
    parted = {group.separator for group in run[first + 1 : last + 1]}
    return sizes == {4} and len(parted) == 1


def _amid_small_groups(run: list[Group], first: int) -> bool:
    """Return whether a number cannot begin here: in the middle of a row of small groups.

    `_row` would refuse every window from here; asking first keeps long rows of digits cheap.
    """
    if not 0 < first < len(run) - 1 or not run[first].separator or not run[first + 1].separator:
        return False
    size = run[first].end - run[first].start
    return size < _SMALLEST_FIRST_GROUP and run[first - 1].end - run[first - 1].start == size


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
    speaks = around.speaks()
    if speaks is not CARD_WORD and not (issuer and checked):
        return None
    own = _own(digits, issuer, form, checked=checked, speaks=speaks)
    evidence = [*own, *row, *around.doubts(len(digits))]
    confidence = _confidence(form, evidence)
    if confidence < _FLOOR:
        return None
    why = ("luhn",) * checked + (form.name, *(each.why for each in evidence))
    if speaks and issuer and len(digits) in issuer.rare:
        confidence -= _TIE  # of two that both look sure, the usual length is meant
    while folded[end : end + 1] == INVISIBLE:
        end += 1  # the rest of an entity that stood for the last digit
    brand = issuer.brand if issuer else None
    return Hit(start, end, Kind.PAN, round(confidence, 2), why, brand, digits[-4:].decode())


def _confidence(form: Form, evidence: list[Evidence]) -> float:
    words = sum(each.worth for each in evidence if each in WORDS_AGAINST)
    without = form.worth + sum(each.worth for each in evidence if each not in WORDS_AGAINST)
    if round(without, 2) >= _LIKELY and _UNCONVINCING.isdisjoint(evidence):
        return max(min(without + words, _ALMOST_SURE), _FLOOR)
    return min(without + words, _ALMOST_SURE)


def _possible(digits: bytes, *, checked: bool, issuer: Issuer | None) -> bool:
    if len(set(digits)) == 1 or not (checked or (issuer and not issuer.luhn)):
        return False
    return not _CLOCK.fullmatch(digits)


def _own(
    digits: bytes, issuer: Issuer | None, form: Form, *, checked: bool, speaks: Evidence | None
) -> list[Evidence]:
    found = [speaks] if speaks else []
    if not checked:
        found.append(_NO_CHECK_DIGIT)
    if issuer is None:
        found.append(_NO_PREFIX)
        return found
    if issuer.weak:
        found.append(_WEAK_PREFIX_NAMED if speaks else _WEAK_PREFIX)
    if len(digits) in issuer.rare and (issuer.weak or not speaks):
        found += _rare(digits, form)
    return found


def _rare(digits: bytes, form: Form) -> list[Evidence]:
    if len(digits) > 16:
        if form is not BLOCK:
            return [_RARE_IN_GROUPS]
        return [_RARE_19 if len(digits) == MAX_DIGITS else _RARE_17_OR_18]
    return [_RARE_LENGTH, _EAN] if _is_ean(digits) else [_RARE_LENGTH]


def _is_ean(digits: bytes) -> bool:
    if len(digits) != 13:
        return False
    plain = digits.translate(_VALUES)
    return (sum(plain[::2]) + 3 * sum(plain[1::2])) % 10 == 0


def _row(
    folded: bytes, run: list[Group], first: int, last: int, form: Form
) -> list[Evidence] | None:
    """Return what the neighbouring groups say; None when the window is cut out of a longer row."""
    before, after = _kin_before(run, first), _kin_after(run, last)
    if run[last].separator not in {None, "-"} and _ISO_DATE.match(folded, run[last].start):
        return None
    if before and run[first].separator != LINE and _crosses_a_line(run[first : last + 1]):
        return None
    if form is BLOCK:
        joined = run[first].separator == "" or _link(run, last + 1) == ""
        return [_JOINED] if joined else [_IN_A_ROW] if _listed(run, first, before, after) else []
    if form.name != "usual-groups":
        return None if before or after else []
    if after and _begins_a_date(folded, run[last + 1]):
        after = 0
    if (before or after) and _three_of_more(run[first : last + 1]):
        return None
    return [
        *_kin_says(folded, run[first - before : first], before),
        *_kin_says(folded, run[last + 1 : last + 1 + after], after),
    ]


def _begins_a_date(folded: bytes, group: Group) -> bool:
    return bool(
        _MONTH_YEAR.fullmatch(folded, group.start, group.end)
        or _ISO_DATE.match(folded, group.start)
    )


def _crosses_a_line(window: list[Group]) -> bool:
    return any(group.separator == LINE for group in window[1:])


def _kin_says(folded: bytes, nearest: list[Group], kin: int) -> list[Evidence]:
    """Return what equal groups on one side say: a table of numbers, or one more card."""
    if not kin:
        return []
    if kin < _GROUPS_OF_A_CARD:
        return [_IN_A_ROW if kin == 1 else _IN_A_TABLE]
    digits = folded[nearest[0].start : nearest[-1].end].translate(None, _NOT_DIGITS)
    return [] if luhn.is_valid(digits) and issuer_of(digits) else [_IN_A_TABLE]


def _three_of_more(window: list[Group]) -> bool:
    """Return whether three equal groups were cut out of a row of them."""
    sizes = {group.end - group.start for group in window}
    return len(window) < _GROUPS_OF_A_CARD and len(sizes) == 1


def _listed(run: list[Group], first: int, before: int, after: int) -> bool:
    """Return whether a short block is one of a list of equals, as article numbers are."""
    return run[first].end - run[first].start < 14 and before + after > 0


def _link(run: list[Group], index: int) -> str | None:
    return run[index].separator if index < len(run) else None


def _kin_before(run: list[Group], first: int) -> int:
    """Count the groups before that look like more of the same number, up to one more card."""
    size, count = run[first].end - run[first].start, 0
    while (
        count < _GROUPS_OF_A_CARD and first - count > 0 and run[first - count].separator is not None
    ):
        if run[first - count - 1].end - run[first - count - 1].start != size:
            break
        count += 1
    return count


def _kin_after(run: list[Group], last: int) -> int:
    size, count = run[last].end - run[last].start, 0
    while count < _GROUPS_OF_A_CARD and _link(run, last + count + 1) is not None:
        following = run[last + count + 1]
        if following.end - following.start != size:
            break
        count += 1
    return count
