"""What travels with a card number: security code, expiry, PIN.

Three or four digits mean nothing alone: they need their word, or a card number right beside them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.context import CARD_WORD, Surroundings
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.fold import lower_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.text.reading import Reading

_FEWEST: Final = 3  # digits of a security code
_NEAR: Final = 200  # characters between a card number and the words that belong to it

# What may stand between a word and its digits. Bounded, so that no text is read twice over.
_MARK = rb"[ \t\r\n\xa0\xad:=#.,;\"'()\[\]>|*/\\_-]"
_MARKS = _MARK + rb"{0,8}"
_LEADER = _MARK + rb"{0,24}"  # dots or blanks up to a column
_GAP_WORDS = rb"|".join(
    (
        rb"code|kode|koden|number|nummer|nummeret|no|nr|value|is|er|var|was|date|dato",
        rb"on|the|my|min|for|back|bak|p\xe5|baksiden|kortet|of|card|til|to",
        rb"\xe4r|datum|kod|den|ist|lautet|meiner|karte|auf|der|fin|visuel|est|es|la|le|el|de|du",
    )
)
_GAP = _LEADER + rb"(?:(?:" + _GAP_WORDS + rb")(?![a-z\xe0-\xff])" + _MARKS + rb"){0,4}"
_END = rb"(?![0-9]|[.,:/-][0-9])"
_CODE = rb"([0-9](?: ?[0-9]){2,3})" + _END

_MONTH = rb"(?:0?[1-9]|1[0-2])"
_YEAR = rb"(?:20)?[1-4][0-9]"
_DATE = (
    rb"(?:%b ?[/.,|-] ?%b|(?:0[1-9]|1[0-2]) ?%b|20[1-4][0-9] ?[/.-] ?%b"
    rb"|(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[csz]|m\xe4r|d\xe9c)"
    rb"[a-z]{0,6}\.?[ /-]?%b)"
    rb"(?![0-9]|[./-][0-9](?![0-9]{2}(?![0-9])))" % (_MONTH, _YEAR, _YEAR, _MONTH, _YEAR)
)

# What a quote or a chat puts before each line: "> ", "[10:32] Ola: ".
_LINE_HEAD = rb"[>| \t]{0,6}(?:[^\r\n\x00:]{0,20}[0-9]{1,2}:[0-9]{2}[^\r\n\x00:0-9]{0,30}: ?)?"
_BESIDE = rb"[ \t\r\n\xa0\xad,;|:/()\"'>\\-]{1,8}"
_ANOTHER_NUMBER = rb"(?![ .\n-][0-9]{4}(?![0-9]))"
_ANOTHER_CARD = rb"(?![ .\n-][0-9]{4}[ .\n-][0-9])"
_TELEPHONE = rb"(?!(?:[ .-][0-9]{2,4}){2})"
_NOT_MONEY = rb"(?! ?(?:kr|nok|sek|dkk|usd|eur|gbp|%|\x80|[$]|,-))"
_EXPIRY_BESIDE = re.compile(_BESIDE + rb"(%b)" % _DATE + _ANOTHER_CARD + _NOT_MONEY)
_EXPIRY_BEFORE = re.compile(rb"(?<![0-9./-])(%b)[ \t\r\n,;|:]{1,4}\Z" % _DATE)
_EXPIRY_BEFORE_CODE = re.compile(rb"(?<![0-9./-])(%b)[ \t\r\n,;|/]{1,4}[^0-9\x00]{2,30}\Z" % _DATE)
_LONGEST_DATE = 24
_FROM_DATE_TO_CODE = _LONGEST_DATE + 34
# A date and a code on their own, each where a line, a bracket or a colon begins.
_PAIR = re.compile(
    rb"(?:[\n(:/>|]|\A)[ \t]{0,4}((?:0[1-9]|1[0-2])(?: ?[/.-] ?)?(?:20)?[2-4][0-9])"
    rb"(?:[ \t,;/|]{1,3}|[ \t]{0,4}\r?\n%b)([0-9]{3,4})[ \t]{0,4}"
    rb"(?=[\r\n)>|]|[.,](?![0-9])|\Z)" % _LINE_HEAD
)
_NEXT_LINE = rb"[ \t]{0,4}\r?\n%b(%b)[ \t]{0,4}(?=[\r\n]|\Z)"
_DATE_NEXT_LINE = re.compile(_NEXT_LINE % (_LINE_HEAD, _DATE))
_CODE_NEXT_LINE = re.compile(_NEXT_LINE % (_LINE_HEAD, rb"[0-9]{3,4}"))
_WORD_BEHIND = re.compile(rb" [a-z\xe0-\xff]{2}")
_KNOWN_BEHIND = re.compile(
    rb" (?:exp|utl|valid|gyldig|cv|security|sikkerhet|code|kode|is|er|and|og|please|thanks|takk|ok)"
)
_CODE_BESIDE = {
    digits: re.compile(
        _BESIDE + rb"([0-9]{%d})" % digits + _END + _ANOTHER_NUMBER + _TELEPHONE + _NOT_MONEY
    )
    for digits in (3, 4)
}
_FOUR_DIGIT_CODES = "amex"
_TWO = rb"(?: ?2(?![0-9]))?"  # CVV2, but not the first digit of a code
_CV = rb"cv[vc]" + _TWO + rb"(?![a-z])"
_CODE_FIRST = re.compile(
    rb"(?<![0-9])(?<![0-9][.,:/-])([0-9]{3,4})[ \t\xa0(,-]{1,3}"
    rb"(?:(?:is|er|as|som)(?: (?:the|my|min))? )?" + _CV
)
_CODE_FIRST_REACH = 24
_CALENDAR_YEAR = re.compile(rb"(?:19|20)[0-9]{2}")


class _Word(NamedTuple):
    """A word and the digits behind it; `hint` is how the pattern begins, quick to look for.

    `alone` is the worth of the hit without a card number near (0: none), `beside` the worth with
    one; `card_word` says that alone it also needs a word that speaks of a card.
    """

    hint: bytes
    pattern: re.Pattern[bytes]
    kind: Kind
    beside: float
    alone: float = 0
    card_word: bool = False


def _code(hint: bytes, rest: bytes, *, alone: float = 0, card_word: bool = False) -> _Word:
    pattern = re.compile(re.escape(hint) + rest + rb"(?![a-z\xe0-\xff])" + _GAP + _CODE)
    return _Word(hint, pattern, Kind.CVV, 0.8, alone, card_word)


def _expiry(hint: bytes, rest: bytes) -> _Word:
    pattern = re.compile(
        re.escape(hint) + rest + rb"(?![a-z\xe0-\xff])" + _GAP + rb"(%b)" % _DATE,
    )
    return _Word(hint, pattern, Kind.EXPIRY, 0.9)


_WORDS = (
    _code(b"cv", rb"[vc]" + _TWO, alone=0.8),
    _code(b"cv", rb"(?:n" + _TWO + rb"|d|2)"),  # they mean other things too
    _code(b"card ", rb"(?:verification|security) (?:code|value|number)", alone=0.8),
    _code(b"security code", rb"", alone=0.6, card_word=True),
    _code(
        b"sikkerhe",
        rb"[td]s(?:kode|nummer|siffer|cifre)(?:n|ne|et)?",
        alone=0.6,
        card_word=True,
    ),
    _code(b"s\xe4kerhetskod", rb"(?:en)?", alone=0.6, card_word=True),
    _code(b"verification code", rb""),
    _code(b"kode", rb"n? (?:bak|p\xe5 bak(?:siden)?)"),
    _code(b"kontrol", rb"l?(?:kode|siffer|sifre|siffror|cifre|cifret)(?:n|ne|et|na)?"),
    _code(b"cid", rb""),
    _code(b"csc", rb""),
    _code(b"digits on", rb"(?: the)? back"),
    _code(b"siffer", rb"(?:ene)? (?:bak|p\xe5 baksiden)"),
    _code(b"pr\xfcf", rb"(?:nummer|ziffern?|code|zahl)"),
    _code(b"kartenpr\xfcf", rb"(?:nummer|ziffern?|code|zahl)", alone=0.6),
    _code(b"kartenpruef", rb"(?:nummer|ziffern?|code|zahl)"),
    _code(b"sicherheits", rb"(?:code|nummer|zahl)", alone=0.6, card_word=True),
    _code(b"cryptogramme", rb"", alone=0.6, card_word=True),
    _code(b"code de s", rb"(?:\xe9|e)curit(?:\xe9|e)"),
    _code(b"c\xf3digo de seg", rb"ur(?:idad|an\xe7a)"),
    _code(b"codigo de seg", rb"ur(?:idad|anca)"),
    _code(b"sec code", rb""),
    _code(b"code on", rb"(?: the)? back"),
    _Word(
        b"pin",
        re.compile(
            rb"pin(?:[ -]?(?:code|kode|koden|number|nummer))?(?![a-z])"
            + _GAP
            + rb"([0-9]{4})"
            + _END
        ),
        Kind.PIN,
        beside=0.8,
        alone=0.6,
        card_word=True,
    ),
    _expiry(b"exp", rb"(?:iry|ires?|iration|\.)?(?:[ _]?(?:date|month|on))?"),
    _expiry(b"valid", rb" ?(?:thru|through|until|to)"),
    _expiry(b"good", rb" ?(?:thru|through|until|to)"),
    _expiry(b"mm", rb" ?/? ?(?:yyyy|yy|\xe5\xe5\xe5\xe5|\xe5\xe5)"),
    _expiry(b"utl", rb"(?:(?:\xf8|oe|o)p(?:er|sdato|sdatoen|et|t)?)?"),
    _expiry(b"udl", rb"(?:(?:\xf8|oe|o)b(?:er|sdato|sdatoen|et)?)?"),
    _expiry(b"utg", rb"(?:\xe5r|aar|\xe5ngsdatum)"),
    _expiry(b"g\xe5r ut", rb""),
    _expiry(b"gyldig", rb"(?:het)?(?: ?til(?: og med)?| ?t\.?o\.?m\.?)?"),
    _expiry(b"giltig", rb"(?:t|het|hetstid)?(?: ?till?(?: och med)?| ?t\.?o\.?m\.?)?"),
    _expiry(b"g\xe6lder", rb"(?: ?til(?: og med)?)?"),
    _expiry(b"g\xfcltig", rb"(?:keit)?(?: ?bis)?"),
    _expiry(b"ablauf", rb"(?:datum)?"),
    _expiry(b"verfall", rb"(?:s?datum)?"),
    _expiry(b"l\xe4uft", rb"(?: am| im)? ab"),
    _expiry(b"valable", rb"(?: jusqu['\x92?]?(?:au|en|\xe0)?)?"),
    _expiry(b"caduc", rb"(?:a|idad)"),
    _expiry(b"venc", rb"(?:e|imiento)"),
    _expiry(b"v\xe1lid", rb"[ao] hasta"),
    _expiry(b"valid", rb"[ao] hasta"),
)
_ALONE = tuple(word for word in _WORDS if word.alone)
# "Code" alone is anyone's word: three digits right behind it, and no other word right before.
_BARE_CODE = re.compile(
    rb"(?<![a-z\xe0-\xff])(?<!zip )(?<!area )(?<!error )(?<!promo )(?<!country )(?<!postal )"
    rb"(?<!discount )(?<!coupon )(?<!status )(?<!reason )(?<!currency )(?<!voucher )(?<!post )"
    rb"(?:code|koden?)(?![a-z])[ :=#is\r\n]{1,6}([0-9]{3})" + _END
)


def may_stand_alone(reading: Reading) -> bool:
    """Return whether words stand here that make three or four digits matter on their own."""
    if reading.digits < _FEWEST:
        return False
    return next(_alone(lower_case(reading.folded)), None) is not None


def beside(reading: Reading, cards: Sequence[Hit]) -> list[Hit]:
    """Return codes, dates and PINs that their words or the card numbers beside them give away."""
    lower = lower_case(reading.folded)
    hits = [*_alone(lower)]
    for card in cards:
        # Nothing is surer than the card that it belongs to.
        hits += [
            replace(hit, confidence=min(hit.confidence, card.confidence))
            for hit in _belonging(lower, card)
        ]
    return hits


def _belonging(lower: bytes, card: Hit) -> list[Hit]:
    low, high = _near(lower, card)
    named = [*_named(lower, low, card.start), *_named(lower, card.end, high)]
    if card.kind is Kind.TRACK:
        return named
    named += _before_codes(lower, low, named)
    return [*named, *_touching(lower, card, [hit for hit in named if hit.kind is Kind.EXPIRY])]


def _alone(lower: bytes) -> Iterator[Hit]:
    for word in _ALONE:
        for start, end in _places(word, lower, 0, len(lower)):
            if _CALENDAR_YEAR.fullmatch(lower, start, end):
                continue
            if not word.card_word or Surroundings(lower, start, end).speaks() is CARD_WORD:
                why = "card-word" if word.card_word else "code-word"
                yield Hit(start, end, word.kind, word.alone, (why,))
    if b"cv" in lower:
        yield from _code_first(lower)


def _code_first(lower: bytes) -> Iterator[Hit]:
    at = lower.find(b"cv")
    while at >= 0:
        for match in _CODE_FIRST.finditer(lower, max(0, at - _CODE_FIRST_REACH), at + 6):
            yield Hit(*match.span(1), Kind.CVV, 0.8, ("code-word",))
        at = lower.find(b"cv", at + 2)


def _places(word: _Word, lower: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    if lower.find(word.hint, start, end) < 0:
        return
    for match in word.pattern.finditer(lower, start, end):
        before = lower[match.start() - 1 : match.start()].decode("latin-1")
        if not before.isalpha():
            yield match.span(1)


def _near(lower: bytes, card: Hit) -> tuple[int, int]:
    """Return the range that belongs to a card: near it, and not past a barrier."""
    low, high = max(0, card.start - _NEAR), card.end + _NEAR
    wall = lower.find(b"\x00", card.end, high)
    return max(low, lower.rfind(b"\x00", low, card.start) + 1), high if wall < 0 else wall


def _named(lower: bytes, start: int, end: int) -> Iterator[Hit]:
    for word in _WORDS:
        for found in _places(word, lower, start, end):
            yield Hit(*found, word.kind, word.beside, ("beside-card",))
    if lower.find(b"ode", start, end) >= 0:
        for match in _BARE_CODE.finditer(lower, start, end):
            yield Hit(*match.span(1), Kind.CVV, 0.6, ("beside-card",))


def _touching(lower: bytes, card: Hit, dates: list[Hit]) -> Iterator[Hit]:
    """Return what needs no word: the date right before or behind a number, the code after it."""
    if before := _EXPIRY_BEFORE.search(lower, max(0, card.start - _LONGEST_DATE), card.start):
        yield Hit(*before.span(1), Kind.EXPIRY, 0.8, ("before-card",))
    if behind := _EXPIRY_BESIDE.match(lower, card.end) or _DATE_NEXT_LINE.match(lower, card.end):
        date = Hit(*behind.span(1), Kind.EXPIRY, 0.8, ("follows-card",))
        yield date
        dates = [*dates, date]
    code_beside = _CODE_BESIDE[4 if card.brand == _FOUR_DIGIT_CODES else 3]
    for date in dates:
        code = code_beside.match(lower, date.end) or _CODE_NEXT_LINE.match(lower, date.end)
        if code:
            yield Hit(*code.span(1), Kind.CVV, 0.8, ("follows-expiry",))
    yield from _pairs(lower, card)
    if code := code_beside.match(lower, card.end):
        # A word behind it may name a street, a sum or anything else.
        sure = not _WORD_BEHIND.match(lower, code.end()) or _KNOWN_BEHIND.match(lower, code.end())
        yield Hit(*code.span(1), Kind.CVV, 0.6 if sure else 0.45, ("follows-card",))


def _before_codes(lower: bytes, low: int, named: list[Hit]) -> list[Hit]:
    """Return the dates that stand right before a security code and its word."""
    codes = [hit.start for hit in named if hit.kind is Kind.CVV]
    dates = (
        _EXPIRY_BEFORE_CODE.search(lower, max(low, code - _FROM_DATE_TO_CODE), code)
        for code in codes
    )
    return [Hit(*date.span(1), Kind.EXPIRY, 0.7, ("before-code",)) for date in dates if date]


def _pairs(lower: bytes, card: Hit) -> Iterator[Hit]:
    for pair in _PAIR.finditer(lower, *_near(lower, card)):
        if not _CALENDAR_YEAR.fullmatch(lower, *pair.span(2)):
            yield Hit(*pair.span(1), Kind.EXPIRY, 0.7, ("pair",))
            yield Hit(*pair.span(2), Kind.CVV, 0.7, ("pair",))
