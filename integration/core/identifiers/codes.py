"""One-time codes that are stated: `OTP 123456`, `din kode er 1234`, `G-123456 is your code`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers.meetings import is_of_meeting
from integration.core.spans import Kind
from integration.core.text import BARRIER
from integration.core.text.lazy import lazy
from integration.core.words import Label, phrases
from integration.core.words.index import TOUCHING
from integration.core.words.stems import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.identifiers.stretch import Stretch
    from integration.core.words.labels import Found

_REACH: Final = 36
_END: Final = rf"(?!(?![{TOUCHING}])\w|-|[.,:/][0-9])"
_DIGITS: Final = r"(?:[a-z]{1,3}-)?(?:[0-9]{4,8}|[0-9]{3}[ -][0-9]{3}|[0-9]{2}(?: [0-9]{2}){2})"
_MIXED: Final = r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{4,8}"
_CODE: Final = rf"(?<![0-9a-z_.,/+-])(?<![0-9]:)(?P<code>{_DIGITS}|{_MIXED}){_END}"
_CODE_BEHIND: Final = lazy(r"[^0-9\x00]{0,36}?" + _CODE)
_CODE_BEFORE: Final = lazy(_CODE + r"[^0-9\x00]{0,36}\Z")
_OF_A_SALE: Final = lazy(r"[a-z]{3,}[0-9]{1,2}")
"""A word and a number, as all customers are given it: winter26, save20."""
_LONGEST: Final = 56
_TAKEN: Final = 16
"""A number so close behind another label is what that label says."""
_SURE: Final = 0.8
_LIKELY: Final = 0.65
_HINTED: Final = 0.5
_CARD_CODES: Final = frozenset({"csc", "cid", "cvd", "cvs", "cvw", "cvn", "bak"})
"""Hints at the code of a card, and no other."""
_OTHER: Final = frozenset(
    {
        Label.OTHER_NUMBER,
        Label.TELEPHONE,
        Label.REFERENCE,
        Label.MONEY,
        Label.CARD,
        Label.EXPIRY,
        Label.SECURITY_CODE,
        Label.PIN,
        Label.PASSWORD,
        Label.NATIONAL_ID,
        Label.BANK_ACCOUNT,
        Label.BIRTH_DATE,
    }
)
_IN_ADDRESSES: Final = frozenset("?&_/.-")
_WORD_BEFORE: Final = lazy(r"[^\s.,:;!?()\"'\x00-]+[ -]{0,2}\Z")


def one_time_codes(stretch: Stretch) -> Iterator[Hit]:
    """Return the codes that a word of `stretch` calls for one use."""
    for label in stretch.labels:
        if is_of_meeting(stretch.text, label.start):
            continue
        if label.label is Label.ONE_TIME_CODE:
            yield from _named(stretch, label)
        elif label.label is Label.CODE_HINT and _is_any_code(stretch, label):
            yield from _hinted(stretch, label)


def _named(stretch: Stretch, label: Found) -> Iterator[Hit]:
    for code, start, end in _beside(stretch, label):
        close = stretch.links(start, end)
        apart = not close and "\n" in stretch.text[start:end]
        if not apart and not stretch.holds(_OTHER, start, end):
            yield _hit(stretch, code, _SURE if close else _LIKELY, "code-word")
            return


def _hinted(stretch: Stretch, label: Found) -> Iterator[Hit]:
    """Return the code that a bare `code` leads to, or that leads to it on one line."""
    for code, start, end in _beside(stretch, label):
        apart = end == label.start and "\n" in stretch.text[start:end]
        if not apart and stretch.links(start, end) and not _OF_A_SALE.fullmatch(code["code"]):
            yield _hit(stretch, code, _HINTED, "code-hint")
            return


def _beside(stretch: Stretch, label: Found) -> Iterator[tuple[re.Match[str], int, int]]:
    """Return the code behind a label, then the one before it, each with the gap between."""
    if code := _CODE_BEHIND.match(stretch.text, label.end):
        yield code, label.end, code.start("code")
    if code := _CODE_BEFORE.search(stretch.text, max(0, label.start - _LONGEST), label.start):
        start, end = code.span("code")
        low = max(start - _TAKEN, stretch.text.rfind(BARRIER, 0, start))
        if not stretch.holds(_OTHER, low, start):
            yield code, end, label.start


@cache
def _words_for_code() -> frozenset[str]:
    words = phrases(Label.CODE_HINT) - _CARD_CODES
    return frozenset(stem_of(word) for word in words if " " not in word)


def _is_any_code(stretch: Stretch, label: Found) -> bool:
    """Return whether nothing says whose code it is: `your code`, not `error code`, `alarmkode`."""
    word = stretch.text[label.start : label.end]
    if " " in word or stem_of(word) not in _words_for_code():
        return False
    if stretch.text[max(0, label.start - 1) : label.start] in _IN_ADDRESSES:
        return False
    before = _WORD_BEFORE.search(stretch.text, max(0, label.start - _REACH), label.start)
    return before is None or stretch.links(before.start(), label.start)


def _hit(stretch: Stretch, code: re.Match[str], sure: float, why: str) -> Hit:
    return Hit(*stretch.window.span(*code.span("code")), Kind.ONE_TIME_CODE, sure, (why,))
