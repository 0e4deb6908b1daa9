"""What travels with a card number: security code, expiry, PIN.

Three or four digits mean nothing alone: they need their word, or a card number right beside them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.cards.context import Surroundings
from integration.core.cards.hit import Hit
from integration.core.spans import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR: Final = 200  # characters between a card number and the words that belong to it

_NO_LETTER_BEFORE = rb"(?<![a-z\xe0-\xff])"

# What may stand between a word and its digits. Bounded, so that no text is read twice over.
_GAP = (
    rb"[ \t\r\n\xa0\xad:=#.,;\"'()\[\]>|*/?-]{0,8}"
    rb"(?:(?:code|kode|koden|number|nummer|nummeret|no|nr|value|is|er|var|was|date|dato|on|the|"
    rb"back|bak|p\xe5|baksiden|kortet|of|card)\b[ \t\r\n\xa0\xad:=#.,;\"'()\[\]>|*/?-]{0,8}){0,4}"
)
_END = rb"(?![0-9]|[.,:/-][0-9])"
_CODE = rb"([0-9](?: ?[0-9]){2,3})" + _END

_SURE_CODE_WORDS = (
    rb"cvv ?2?|cvc ?2?|cvn ?2?|cvd|cv2|card (?:verification|security) (?:code|value|number)"
)
_CODE_WORDS = (
    rb"cid|csc|security (?:code|number)|verification (?:code|number)"
    rb"|sikkerhets?(?:kode|nummer|siffer)(?:n|ne|et)?|kontroll(?:kode|siffer)(?:n|ne|et)?"
    rb"|s\xe4kerhetskod(?:en)?|(?:3|three|tre) (?:digits?|siffer|sifre|sifrene) "
    rb"(?:on the|on|bak|p\xe5) ?(?:back|baksiden?|kortet)?"
)
# "Code" alone is anyone's word.
_BARE_CODE = re.compile(
    rb"(?<![a-z\xe0-\xff])(?<!zip )(?<!area )(?<!error )(?<!promo )(?<!country )(?<!postal )"
    rb"(?<!discount )(?<!coupon )(?<!status )(?<!reason )(?<!currency )(?<!voucher )(?<!post )"
    rb"(?:code|koden?)(?![a-z])[ :=#is]{1,5}([0-9]{3})" + _END
)
_SURE_CODE = re.compile(_NO_LETTER_BEFORE + rb"(?:%b)(?![a-z])" % _SURE_CODE_WORDS + _GAP + _CODE)
_NAMED_CODE = re.compile(_NO_LETTER_BEFORE + rb"(?:%b)(?![a-z])" % _CODE_WORDS + _GAP + _CODE)
_CODE_FIRST = re.compile(
    rb"(?<![0-9])(?<![0-9][.,:/-])([0-9]{3,4})[ \t\xa0(,-]{1,3}"
    rb"(?:(?:is|er|as|som)(?: (?:the|my|min))? )?(?:%b)(?![a-z])" % _SURE_CODE_WORDS
)
_PIN = re.compile(
    _NO_LETTER_BEFORE
    + rb"pin(?:[ -]?(?:code|kode|koden|number|nummer))?(?![a-z])"
    + _GAP
    + rb"([0-9]{4})"
    + _END
)

_MONTH = rb"(?:0?[1-9]|1[0-2])"
_YEAR = rb"(?:20)?[1-4][0-9]"
_DATE = (
    rb"(?:%b ?[/.,-] ?%b|(?:0[1-9]|1[0-2]) ?%b|20[1-4][0-9] ?[/.-] ?%b"
    rb"|(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cs])[a-z]{0,6}\.? ?%b)"
    rb"(?![0-9]|[./-][0-9])" % (_MONTH, _YEAR, _YEAR, _MONTH, _YEAR)
)
_EXPIRY_WORDS = (
    rb"exp(?:iry|ires?|iration|\.)?(?: ?date)?|(?:valid|good) ?(?:thru|through|until|to|til)"
    rb"|mm ?/? ?(?:yyyy|yy|\xe5\xe5\xe5\xe5|\xe5\xe5)"
    rb"|utl(?:\xf8|oe|o)p(?:er|sdato|sdatoen|et|t)?|utg(?:\xe5|aa)r|utg\xe5ngsdatum"
    rb"|gyldig(?:het)? ?(?:til(?: og med)?|t\.?o\.?m\.?)?"
)
_EXPIRY = re.compile(
    _NO_LETTER_BEFORE + rb"(?:%b)(?![a-z])" % _EXPIRY_WORDS + _GAP + rb"(%b)" % _DATE
)

_BESIDE = rb"[ \t\r\n\xa0\xad,;|:/()\"'>-]{1,8}"
_EXPIRY_BESIDE = re.compile(_BESIDE + rb"(%b)" % _DATE)
_CODE_BESIDE = re.compile(
    _BESIDE + rb"([0-9]{3,4})" + _END + rb"(?! ?(?:kr|nok|sek|usd|eur|gbp|%|\x80|[$]))"
)

# Every word above that counts without a card number holds one of these: they are quick to look for.
_HINTS = (b"cv", b"ity ", b"tion code", b"hetskod", b"hetsnum", b"kontroll", b"cid", b"csc", b"pin")
_REACH_BEFORE, _REACH_AFTER = 24, 160  # a word, what may stand behind it, and its digits


def worth_reading(folded: bytes) -> bool:
    """Return whether words stand here that can make three or four digits matter on their own."""
    lower = folded.lower()
    return any(hint in lower for hint in _HINTS)


def beside(folded: bytes, cards: list[Hit]) -> list[Hit]:
    """Return codes, dates and PINs that their words or the card numbers beside them give away."""
    lower = folded.lower()
    hits = [*_alone(lower)]
    for card in cards:
        hits += _following(lower, card)
        for start, end in _stretches(folded, card):
            hits += _named(lower, start, end)
    return hits


def _alone(lower: bytes) -> Iterator[Hit]:
    for start, end in _hinted(lower):
        for pattern in (_SURE_CODE, _CODE_FIRST):
            yield from _hits(pattern, lower, start, end, Kind.CVV, 0.8, "code-word")
        for kind, pattern in ((Kind.CVV, _NAMED_CODE), (Kind.PIN, _PIN)):
            for hit in _hits(pattern, lower, start, end, kind, 0.6, "card-word"):
                if Surroundings(lower, hit.start, hit.end).card_word():
                    yield hit


def _hinted(lower: bytes) -> list[tuple[int, int]]:
    """Return the stretches around the hints, joined where they meet."""
    stretches: list[tuple[int, int]] = []
    for at in sorted(at for hint in _HINTS for at in _places(lower, hint)):
        start, end = max(0, at - _REACH_BEFORE), at + _REACH_AFTER
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _places(lower: bytes, hint: bytes) -> Iterator[int]:
    at = lower.find(hint)
    while at >= 0:
        yield at
        at = lower.find(hint, at + 1)


def _stretches(folded: bytes, card: Hit) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the ranges before and after a card that belong to it: near, and not past a barrier."""
    low, high = max(0, card.start - _NEAR), card.end + _NEAR
    low = max(low, folded.rfind(b"\x00", low, card.start) + 1)
    wall = folded.find(b"\x00", card.end, high)
    return (low, card.start), (card.end, high if wall < 0 else wall)


def _named(lower: bytes, start: int, end: int) -> Iterator[Hit]:
    for kind, pattern, confidence in (
        (Kind.CVV, _NAMED_CODE, 0.8),
        (Kind.CVV, _BARE_CODE, 0.6),
        (Kind.PIN, _PIN, 0.8),
        (Kind.EXPIRY, _EXPIRY, 0.9),
    ):
        yield from _hits(pattern, lower, start, end, kind, confidence, "beside-card")


def _following(lower: bytes, card: Hit) -> Iterator[Hit]:
    if card.kind is not Kind.PAN:
        return
    at = card.end
    if date := _EXPIRY_BESIDE.match(lower, at):
        yield Hit(*date.span(1), Kind.EXPIRY, 0.8, ("follows-card",))
        at = date.end()
    if code := _CODE_BESIDE.match(lower, at):
        sure = 0.8 if date else 0.6
        yield Hit(*code.span(1), Kind.CVV, sure, ("follows-card",))


def _hits(
    pattern: re.Pattern[bytes],
    text: bytes,
    start: int,
    end: int,
    kind: Kind,
    confidence: float,
    why: str,
) -> Iterator[Hit]:
    for match in pattern.finditer(text, start, end):
        yield Hit(*match.span(1), kind, confidence, (why,))
