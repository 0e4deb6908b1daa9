"""The ways people, forms and programs write a card number: one row each.

A style gives the text that is sent, with the number between `OPEN` and `CLOSE`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.detection.numbers import grouped

OPEN, CLOSE = "\x02", "\x03"
PLAIN, PAGE = "text/plain", "text/html"

Write = Callable[[str, random.Random], str]


class Style(NamedTuple):
    """A way of writing: the family it is counted in, its name, how it is done."""

    family: str
    name: str
    write: Write
    media_type: str = PLAIN


_CARRIERS = (
    "Hi, I paid with {} yesterday and was charged twice.",
    "Hei, kortet mitt er {} og det virker ikke.",
    "My card number is {}, please refund it.",
    "Kortnummer: {}\nHilsen Kari",
    "Can you charge {} instead? Thanks",
    "{}",
    "Meine Kreditkarte {} wurde abgelehnt.",
    "the old one was stolen, use {} from now on",
)


def _mark(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def _said(shape: Callable[[str, random.Random], str]) -> Write:
    """Put a written number into a message."""
    return lambda card, pick: pick.choice(_CARRIERS).replace("{}", _mark(shape(card, pick)))


def _by(separator: str) -> Write:
    return _said(lambda card, pick: separator.join(grouped(card)))


def _chunks(size: int, separator: str) -> Write:
    return _said(
        lambda card, pick: separator.join(card[at : at + size] for at in range(0, len(card), size))
    )


def _digits_of(first: int) -> Write:
    table = {ord("0") + at: first + at for at in range(10)}
    return _said(lambda card, pick: " ".join(grouped(card)).translate(table))


def _odd(card: str, pick: random.Random) -> str:
    cuts = sorted(pick.sample(range(2, len(card) - 2), 3))
    return " ".join(card[a:b] for a, b in zip([0, *cuts], [*cuts, len(card)], strict=True))


def _typo(card: str, pick: random.Random) -> str:
    groups = grouped(card)
    at = pick.randrange(1, len(groups))
    return " ".join(groups[:at]) + "  " + " ".join(groups[at:])


def _framed(before: str, after: str = "") -> Write:
    """Put something right beside the grouped number."""
    return lambda card, pick: before + _mark(" ".join(grouped(card))) + after


def _block(before: str, after: str = "") -> Write:
    return lambda card, pick: before + _mark(card) + after


def _letters(card: str, pick: random.Random) -> str:
    return " ".join(grouped(card)).replace("0", pick.choice("Oo")).replace("1", pick.choice("lI1"))


def _joined(joint: str, around: str = "{}") -> Write:
    """Put the groups, joined by something written out, into a frame."""
    return lambda card, pick: around.replace("{}", _mark(joint.join(grouped(card))))


def _each(digit: Callable[[str], str], around: str = "{}") -> Write:
    """Write every digit in another way."""
    return lambda card, pick: around.replace("{}", _mark("".join(map(digit, card))))


def _wrapped(before: str, after: str) -> Write:
    """Wrap each group in markup; the number begins and ends with its digits."""
    return lambda card, pick: (
        f"<p>Kort: {before}{_mark((after + before).join(grouped(card)))}{after}</p>"
    )


_NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def _spelled(card: str, pick: random.Random) -> str:
    return ", ".join(" ".join(_NAMES[int(digit)] for digit in group) for group in grouped(card))


_SEPARATORS = {
    "space": " ",
    "dash": "-",
    "dot": ".",
    "slash": "/",
    "underscore": "_",
    "comma": ",",
    "comma and space": ", ",
    "asterisk": "*",
    "colon": ":",
    "bullet": " • ",
    "spaced dash": " - ",
    "no-break space": "\xa0",
    "thin space": "\u2009",
    "en dash": "–",
    "non-breaking hyphen": "\u2011",
    "zero-width space": "\u200b",
    "soft hyphen": "\xad",
    "tab": "\t",
    "two spaces": "  ",
    "newline": "\n",
    "quoted reply": "\n> ",
    "soft break of a mail": "=\r\n",
}
_BESIDE = {
    "expiry and code behind": ("Visa ", " 12/27 123"),
    "expiry without slash": ("", " 12 27 cvc 123"),
    "code behind": ("kort ", " 123"),
    "order number before": ("Order 10023 ", " please"),
    "amount behind": ("charge ", " 1 250,00 kr"),
    "amount before": ("500 NOK from ", ""),
    "telephone behind": ("", ", tlf 922 33 444"),
    "date before": ("24.11.2026 ", " takk"),
    "label with colon": ("card:", ""),
}
_RECORDS = {
    "json": '{"name": "K", "card": "{}", "cvv": "123"}',
    "xml": "<order><card>{}</card><sum>100</sum></order>",
    "csv": "2026-11-24;Kari;{};12/27;100",
    "tsv": "Kari\t{}\t12/27",
    "key and value": "card_number={} exp=12/27",
    "url": "https://pay.example/?card={}&amount=5",
    "log line": "2026-11-24 10:00:01 ERROR payment declined pan={} code=05",
    "form dump": "Name: Kari\nCard: {}\nCity: Oslo",
    "glued to letters": "cardno{}please",
    "glued to script": "карта{}спасибо",
}

_PAGES = {
    "span for each group": _wrapped("<span>", "</span>"),
    "bold for each group": _wrapped("<b>", "</b> "),
    "Outlook spans": _wrapped("<span lang=NO style='font-size:11.0pt'>", "<o:p></o:p></span>"),
    "line breaks": _joined("<br>", "<div>Card {}</div>"),
    "break opportunities": _joined("<wbr>", "<div>Card {}</div>"),
    "no-break spaces": _joined("&nbsp;", "<div>Card {}</div>"),
    "table cells": _joined("</td><td>", "<table><tr><td>Kort</td><td>{}</td></tr></table>"),
    "comments between": _joined("<!-- x -->", "<p>{}</p>"),
    "entities": _each(lambda d: f"&#{ord(d)};", "<p>Card: {}</p>"),
    "hidden text": _joined(" ", '<p style="display:none">{}</p><p>Hi</p>'),
    "form field": _joined("", '<input name="card" value="{}">'),
}

STYLES: tuple[Style, ...] = (
    Style("block", "plain", _said(lambda card, pick: card)),
    *(Style("groups", name, _by(separator)) for name, separator in _SEPARATORS.items()),
    Style("groups", "threes", _chunks(3, " ")),
    Style("groups", "pairs", _chunks(2, " ")),
    Style("groups", "every digit apart", _chunks(1, " ")),
    Style("groups", "odd groups", _said(_odd)),
    Style("groups", "one space too many", _said(_typo)),
    Style("groups", "in parentheses", _said(lambda c, p: " ".join(f"({g})" for g in grouped(c)))),
    *(Style("beside", name, _framed(*around)) for name, around in _BESIDE.items()),
    *(Style("records", name, _block(*text.split("{}"))) for name, text in _RECORDS.items()),
    Style("digits", "full-width", _digits_of(0xFF10)),
    Style("digits", "Arabic-Indic", _digits_of(0x0660)),
    Style("digits", "Persian", _digits_of(0x06F0)),
    Style("digits", "Devanagari", _digits_of(0x0966)),
    Style("digits", "Bengali", _digits_of(0x09E6)),
    Style("digits", "Thai", _digits_of(0x0E50)),
    Style("digits", "letters for digits", _said(_letters)),
    Style("digits", "spelled out", _said(_spelled)),
    Style("escapes", "percent in a URL", _joined("%20", "https://shop.example/?card={}&ok=1")),
    Style("escapes", "plus in a form", _joined("+", "name=Kari&card={}&ok=1")),
    Style("escapes", "JSON space", _joined("\\u00a0", '{"note": "card {}"}')),
    Style("escapes", "JSON digits", _each(lambda d: f"\\u{ord(d):04x}", '{"card": "{}"}')),
    Style("escapes", "percent digits", _each(lambda d: f"%{ord(d):02X}", "card={}&ok=1")),
    *(Style("html", name, write, PAGE) for name, write in _PAGES.items()),
)
