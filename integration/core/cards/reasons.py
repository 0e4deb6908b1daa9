"""Why a number was taken for a card or left: each reason, what it is worth, and its words.

The confidence of a number is the worth of its form plus the worth of all that speaks for and
against it. A number is reported from `FLOOR` on; the policy says from where it is removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

FLOOR: Final = 0.4
"""What is less likely than this is not worth anyone's time."""
LIKELY: Final = 0.6
"""Words and places never hide a number that would be this likely without them."""
ALMOST_SURE: Final = 0.99
DOUBTED: Final = 0.45
"""The most that a number is worth that its words name otherwise, with no sign of a card near."""


class Evidence(NamedTuple):
    """One reason, and what it adds to the confidence."""

    why: str
    worth: float


class Form(NamedTuple):
    """How the digits are grouped, and how likely a valid number so written is a card."""

    name: str
    worth: float


BLOCK: Final = Form("block", 0.8)
USUAL: Final = Form("usual-groups", 0.9)
USUAL_MIXED: Final = Form("usual-groups", 0.7)
USUAL_MESSY: Final = Form("usual-groups", 0.45)
SPACED: Final = Form("single-digits", 0.65)
SPACED_IN_FOURS: Final = Form("single-digits", 0.85)
LISTED: Final = Form("single-digits", 0.4)
MERGED: Final = Form("merged-groups", 0.6)
THOUSANDS: Final = Form("thousands", 0.6)  # a spreadsheet took it for an amount
EVEN: Final = Form("even-groups", 0.45)  # telephone numbers side by side are written so
PAIRS: Final = Form("even-groups", 0.35)  # and draws, sizes and scores
PAIRS_ON_LINES: Final = Form("even-groups", 0.42)  # four on each of two: two telephone numbers, too
WRAPPED: Final = Form("wrapped", 0.35)
SLIPPED: Final = Form("odd-groups", 0.45)  # one gap too many
ODD: Final = Form("odd-groups", 0.3)
ODD_OF_FOUR: Final = Form("odd-groups", 0.35)  # as many groups as a card has
ODD_LISTED: Final = Form("odd-groups", 0.25)  # over lines, or parted as lists and sums are
ODD_MIXED: Final = Form("odd-groups", 0.2)  # parted in several ways
INTERRUPTED: Final = Form("interrupted", 0.35)
GLUED_TOGETHER: Final = Form("glued-together", 0.7)
ISO_8583: Final = Form("iso-8583", 0.9)
IN_RECORDS: Final = Form("in-records", 0.8)
FLOAT: Final = Form("float", 0.8)
CHIP: Final = Form("emv-tag", 0.9)
HSM: Final = Form("hsm", 0.8)

CARD_WORD: Final = Evidence("card-word", 0.3)
CARD_HINT: Final = Evidence("card-hint", 0.3)
SAME_COLUMN: Final = Evidence("same-column", 0.3)
DATE_AND_CODE: Final = Evidence("date-and-code", 0.45)

LABEL: Final = Evidence("label", -0.35)
LIGHT_LABEL: Final = Evidence("light-label", -0.25)
RARE_13_TO_16: Final = Evidence("rare-length", -0.45)
RARE_17_OR_18: Final = Evidence("rare-length", -0.45)  # parcels, and hardly any card
RARE_19: Final = Evidence("rare-length", -0.35)  # identifiers of machines are that long
RARE_NAMED: Final = Evidence("rare-length", -0.2)
RARE_IN_GROUPS: Final = Evidence("rare-length", -0.1)
WEAK_PREFIX: Final = Evidence("weak-prefix", -0.45)
WEAK_PREFIX_NAMED: Final = Evidence("weak-prefix", -0.3)
WEAK_IN_GROUPS: Final = Evidence("weak-prefix", -0.55)
WEAK_AS_PRINTED: Final = Evidence("weak-prefix", -0.45)
WIDE_PREFIX: Final = Evidence("wide-prefix", -0.45)
ZERO_FILLED: Final = Evidence("zero-filled", -0.45)  # most references are filled up so
NO_PREFIX: Final = Evidence("unknown-prefix", -0.5)
NO_CHECK_DIGIT: Final = Evidence("no-check-digit", -0.5)
PUBLISHED: Final = Evidence("test_card", 0)
PUBLISHED_THOUGH_RARE: Final = Evidence("test_card", -0.25)
LETTERS: Final = Evidence("letters-for-digits", -0.1)
OWN_LINE: Final = Evidence("own-line", 0.1)
ALONE: Final = Evidence("alone", 0.15)
BROKEN: Final = Evidence("chat-lines", -0.1)
IN_A_ROW: Final = Evidence("in-a-row", -0.45)
IN_A_TABLE: Final = Evidence("in-a-table", -0.55)
CUT_OUT: Final = Evidence("cut-out", -0.1)
JOINED: Final = Evidence("joined", -0.15)
AMID_BYTES: Final = Evidence("amid-bytes", -0.05)  # told, and not removed from a dump
EAN: Final = Evidence("ean", -0.3)
CENTS: Final = Evidence("cents", -0.2)
DECIMAL: Final = Evidence("decimal", -0.5)
BOUNDARY: Final = Evidence("boundary", -0.35)
PHONE: Final = Evidence("phone", -0.35)
PATH: Final = Evidence("path", -0.35)
URL_PARAMETER: Final = Evidence("url-parameter", -0.35)
ADDRESS: Final = Evidence("address", -0.35)
DENIED: Final = Evidence("denied", -0.35)
MACHINE_ID: Final = Evidence("machine-id", -0.5)
HASH: Final = Evidence("hash", -1)
SLIP: Final = Evidence("payment-slip", -1)
GLUED: Final = Evidence("glued", -0.15)
WITHIN: Final = Evidence("glued", -0.3)
IBAN: Final = Evidence("iban", -0.6)

LOWERING: Final = frozenset({LABEL, LIGHT_LABEL, DENIED, PATH, URL_PARAMETER, IN_A_ROW})
"""Evidence that may lower the confidence but never hide a number that is likely without it."""
UNCONVINCING: Final = frozenset(
    {WEAK_PREFIX, WEAK_PREFIX_NAMED, WEAK_IN_GROUPS, WEAK_AS_PRINTED, WIDE_PREFIX, NO_PREFIX}
)
"""With one of these a number has nothing of its own that says card."""

EXPLAINED: Final[Mapping[str, str]] = {
    "luhn": "The last digit is the right check digit (ISO/IEC 7812-1).",
    "iso-7813": "Laid out as a track of a magnetic stripe.",
    "again": "The same number stands elsewhere in the text, more surely a card.",
    "block": "The digits stand together.",
    "usual-groups": "Grouped as cards are printed, such as four times four.",
    "single-digits": "Every digit stands apart.",
    "merged-groups": "Grouped as printed, with some gaps left out.",
    "thousands": "Grouped as an amount of thousands of billions would be.",
    "even-groups": "Groups of equal size that are not those of a card.",
    "wrapped": "Broken in two by the end of a line.",
    "odd-groups": "Grouped in no usual way.",
    "interrupted": "Words stand between the groups.",
    "glued-together": "A block of digits that is card numbers and a date, with nothing left over.",
    "iso-8583": "Field 2 of a payment message (ISO 8583).",
    "in-records": "It stands in the field of a record of fixed width that holds card numbers.",
    "float": "A program shows it in scientific notation, with all its digits.",
    "hsm": "As a security module of payments takes it: a PAN field (ISO 9564-1) or a command.",
    "emv-tag": "The data of a chip name it the card number (EMV tag 5A).",
    "card-word": "A word for a payment card stands near.",
    "card-hint": "A word or a date that goes well with a card stands near.",
    "same-column": "Card numbers stand above or below it in its column.",
    "date-and-code": "A date and then a code by its name stand right behind it.",
    "label": "The words before it name another kind of number.",
    "light-label": "The words before it could name another number: reference, account.",
    "rare-length": "The issuer allows this length but seldom uses it.",
    "weak-prefix": "The first digits belong to a wide or shared range.",
    "wide-prefix": "The first digits say no more than that such cards exist.",
    "zero-filled": "It begins with zeros, as in a field of fixed width.",
    "unknown-prefix": "No known issuer has these first digits with this length.",
    "no-check-digit": "The check digit is wrong, as this issuer is known to allow.",
    "test_card": "A number that a payment processor publishes for tests.",
    "letters-for-digits": "Letters stand for digits that look alike.",
    "alone": "No other digits stand beside it.",
    "own-line": "Nothing else stands on its line.",
    "chat-lines": "It goes on in the next line of a chat or the next part of a message.",
    "in-a-row": "More groups of the same size stand beside it.",
    "in-a-table": "Rows of equal groups stand around it.",
    "cut-out": "It is a part of a longer row of digit groups.",
    "joined": "Other digits touch it with nothing to be seen between.",
    "amid-bytes": "Bytes in hexadecimal stand beside its pairs.",
    "ean": "The check digit of an article number is right too.",
    "cents": "Cents follow it, as they follow an amount.",
    "decimal": "It follows a decimal point.",
    "boundary": "It belongs to the boundary of a mail part.",
    "phone": "It follows a plus sign, as a telephone number does.",
    "path": "It stands in the path of a link or a file.",
    "url-parameter": "It is a parameter of a link.",
    "address": "It is the name in a mail address.",
    "machine-id": "It stands amid letters and digits of an identifier.",
    "hash": "It stands within a hash.",
    "payment-slip": "It stands in the line of a payment slip that a machine reads.",
    "glued": "It touches letters.",
    "denied": "The words beside it say that it is no card.",
    "iban": "It stands where the digits of an IBAN stand.",
}
"""Every reason in words."""
