"""What stands around a number: evidence for and against a card.

A word against a card only lowers the confidence; it never hides a number that looks like one.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from integration.core.text.fold import INVISIBLE, lower_case

REACH: Final = 48
"""How many characters before and after a number are read."""


class Evidence(NamedTuple):
    """One reason, and what it adds to the confidence."""

    why: str
    worth: float


_LETTER = rb"a-z\xe0-\xff"
# Words that hold "card" or "kort" and mean something else; they are read first.
_OTHER_CARDS = (
    rb"(?:gift|sim|business|post|score|report|sd|memory|id|library|loyalty|graphics?|video|sound|"
    rb"network|wild|yellow|key|time|access|member(?:ship)?|bonus|phone|gave|medlems|rabatt|visitt|"
    rb"adgangs|person|kunde|student|nabo|lojalitets)[ _-]?(?:card|kort)"
)
_CARD_WORDS = (
    (
        rb"(?:credit|debit|debet|kreditt?|bank|betalings?|payment|master|visa|bedrifts|firma)?"
        rb"[ _-]?"
        rb"(?:card|kort)(?:et|ets|s)?[ _-]?"
        rb"(?:no|nr|num|numbers?|nummer|nummeret|numret|details?|info|data)?"
    ),
    rb"c\.?c\.? ?(?:n|num|no|nr|number)",
    rb"visa|master ?card|amex|american ?express|maestro|diners|union ?pay|rupay",
    rb"dankort|bank ?axept",
    rb"kreditkort\w*|betalkort\w*|korttinumero|luottokortti\w*",
    rb"kredit ?karten?\w*|kartennummer|carte (?:bancaire|bleue|de cr\xe9dit)",
    rb"num\xe9ro de carte",
    rb"tarjeta|carta di credito|cart\xe3o",
    rb"cvv2?|cvc2?|card ?holder|kortholder",
)
# Words that mean other things too: they speak for a number that looks like a card, no more.
_HINTS = (
    rb"c\.?c\.?|mc|mir|pan|jcb|discover|carte|karten?(?:[ -]?nr)?",
    rb"exp(?:iry|ires|iration)?(?: ?date)?|valid thru|utl(?:\xf8|oe|o)p(?:er|sdato)?",
)
_CARD = re.compile(
    rb"(?<![%b])(?:%b|(%b)|(%b))(?![%b])"
    % (_LETTER, _OTHER_CARDS, rb"|".join(_CARD_WORDS), rb"|".join(_HINTS), _LETTER)
)

_LABELS = (
    rb"order|ordre(?:n)?|bestilling(?:s)?|purchase|po|invoice|faktura|receipt|kvittering(?:s)?|kid|"
    rb"tracking|track|sporing(?:s)?|shipment|sending(?:s)?|parcel|pakke(?:n|r)?|waybill|bestell|auftrag(?:s)?|"
    rb"rechnung(?:s)?|sendung(?:s)?|imei|meid|serial|serie|sim|iccid|device|"
    rb"gift[ _-]?card|gavekort|voucher|loyalty|member(?:ship)?|medlem(?:s)?|"
    rb"ean|gtin|isbn|upc|barcode|strekkode|sku|article|artikkel|product|produkt|batch|lot|"
    rb"iban|org|organisasjon(?:s)?|vat|mva|arn|rrn|"
    rb"id|uuid|guid|session|timestamp|epoch|build|version|request|trace|message|token|"
    rb"transaction|transaksjon(?:s)?|booking|confirmation|subscription|abonnement(?:s)?|"
    rb"contract|avtale|polise|claim"
)
_LIGHT_LABELS = (
    rb"ref(?:erence|eranse)?|account|acct|konto|customer|kunden?|case|sak(?:s)?|ticket|user|bruker"
)
_TELEPHONES = rb"phone|tel|tlf|telefon|mobile?|fax|whatsapp"
_LONGEST_TELEPHONE = 15  # digits (ITU-T E.164)
_LABEL_REACH = 28
_TAIL = rb"[ _-]?(?:no|nr|num|number|nummer|nummeret|id|code|kode)?"
_LABEL = re.compile(
    rb"(?<![%b])(?:(%b)|(%b)|(%b))%b(?![%b])"
    % (_LETTER, _LABELS, _LIGHT_LABELS, _TELEPHONES, _TAIL, _LETTER)
)

_DIGIT = re.compile(rb"[0-9]")
_TOKEN_BEFORE = re.compile(rb"[A-Za-z0-9_-]*\Z")
_TOKEN_AFTER = re.compile(rb"[A-Za-z0-9_-]*")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_IBAN_HEAD = re.compile(rb"\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){0,7}[ -]?$")

_EXPIRY_FOLLOWS = re.compile(
    rb"[ \t\r\n,;|-]{1,4}(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?[1-4][0-9](?![0-9/-])"
)

CARD_WORD: Final = Evidence("card-word", 0.3)
"""A word that means a payment card stands near."""

CARD_HINT: Final = Evidence("card-hint", 0.3)
"""A word or an expiry date stands near that goes well with a card, and with other things."""

_LABEL_BEFORE = Evidence("label", -0.35)
_LIGHT_LABEL_BEFORE = Evidence("light-label", -0.25)
WORDS_AGAINST: Final = frozenset({_LABEL_BEFORE, _LIGHT_LABEL_BEFORE})
"""Evidence that may lower the confidence but never hide a number."""

_ADDRESS = Evidence("address", -0.35)
_BEFORE = tuple(
    (Evidence(why, worth), pattern)
    for why, worth, pattern in (
        ("decimal", -0.5, re.compile(rb"[0-9][.]$")),
        ("boundary", -0.35, re.compile(rb"==$")),  # of MIME parts: random digits
        ("phone", -0.35, re.compile(rb"\+$")),
        ("path", -0.35, re.compile(rb"(?:://|www\.)[^ \t\r\n?]*$|[a-z0-9]/$")),
        ("url-parameter", -0.15, re.compile(rb"[?&][a-z0-9_.-]*=$")),
    )
)


class Surroundings:
    """The text around `start`..`end`, cut at barriers, in lower case."""

    def __init__(self, folded: bytes, start: int, end: int) -> None:
        self._raw_before = folded[max(0, start - REACH) : start].rpartition(b"\x00")[2]
        self._raw_after = folded[end : end + REACH].partition(b"\x00")[0]
        self.before = _readable(self._raw_before)
        self.after = _readable(self._raw_after)

    def speaks(self) -> Evidence | None:
        """Return what speaks for a card: CARD_WORD, CARD_HINT or nothing."""
        groups = {
            match.lastindex for part in (self.before, self.after) for match in _CARD.finditer(part)
        }
        if 1 in groups:
            return CARD_WORD
        return CARD_HINT if 2 in groups or _EXPIRY_FOLLOWS.match(self.after) else None

    def doubts(self, digits: int) -> list[Evidence]:
        """Return what speaks against a card that has so many digits."""
        found = [evidence for evidence, pattern in _BEFORE if pattern.search(self.before)]
        if self.after.startswith(b"@"):
            found.append(_ADDRESS)
        found += self._label(digits)
        found += self._token()
        if _IBAN_HEAD.search(self._raw_before):
            found.append(Evidence("iban", -0.6))
        return found

    def _label(self, digits: int) -> list[Evidence]:
        # A label belongs to the first number behind it, and the nearest label counts.
        numbers = list(_DIGIT.finditer(self.before))
        near = self.before[numbers[-1].end() if numbers else 0 :][-_LABEL_REACH:]
        for match in reversed(list(_LABEL.finditer(near))):
            if _speaks_of_card(near[match.end() :]):
                return []
            if match[3] and digits > _LONGEST_TELEPHONE:
                return []
            return [_LIGHT_LABEL_BEFORE if match[2] else _LABEL_BEFORE]
        return []

    def _token(self) -> list[Evidence]:
        # In the raw text: what is only joined by tags is not one token.
        before = _TOKEN_BEFORE.search(self._raw_before)
        after = _TOKEN_AFTER.match(self._raw_after)
        token = (before[0] if before else b"") + b"|" + (after[0] if after else b"")
        if not _ASCII_LETTER.search(token):
            return []
        if _DIGIT.search(token):
            return [Evidence("machine-id", -0.5)]
        return [Evidence("glued", -0.15)]


def _readable(part: bytes) -> bytes:
    return lower_case(part.replace(INVISIBLE, b""))


def _speaks_of_card(part: bytes) -> bool:
    return any(match.lastindex for match in _CARD.finditer(part))
