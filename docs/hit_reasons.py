"""The reasons that detection gives with a find: which there are, and what each says.

Those of card numbers are explained in the code (`core.cards.reasons`). Those of the other packages
are read from its source, and a test holds that each of them has its words here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from integration.core.formats import ALLOWED, DOUBTED
from integration.core.patterns import CONTEXT_WORD
from integration.core.spans import NOT_OPENED, TOO_SLOW
from integration.core.together.corrected import CORRECTED
from integration.core.together.cut_short import CUT_SHORT
from integration.core.together.dictation.spans import DICTATED
from integration.core.together.echoed import ECHOED
from integration.core.together.elsewhere import ACROSS
from integration.core.together.masked import MASKED
from integration.core.together.mistyped import MISTYPED
from integration.core.together.named_parts import NAMED
from integration.core.together.struck import STRUCK

CORE = Path(__file__).parent.parent / "integration" / "core"

BESIDE: Mapping[str, str] = {
    "code-word": "A label says that it is a security code.",
    "date-word": "A label says that it is an expiry date.",
    "pin-word": "A label says that it is a PIN.",
    "one-more": "It follows a value that its label has found: a second one, or a correction.",
    "in-a-list": "Several labels stand together, and the values in their order.",
    "word-behind": "The label stands behind the value.",
    "further-off": "The label found nothing nearer; this is the first value that fits.",
    "month-and-year": "Two numbers behind a label of an expiry, a month and a year.",
    "column": "The head of its column in the row of a card says so.",
    "on-the-strip": "It follows four digits on the back of the card, where their end is printed.",
    "behind-card": "It stands right behind a card number.",
    "before-card": "It stands right before a card number.",
    "behind-expiry": "It stands right behind the expiry date of a card.",
    "pair": "A date and a code stand together, apart from everything else.",
    "own-line": "It is all that stands on its line, near a card number.",
    "same-sentence": "A full date in the sentence of a card number.",
    "next-sentence": "A full date close to a card number, in another sentence.",
    "beside-card-and-expiry": "A short number in the sentence of a card and its expiry.",
    "near-card": "A few words part it from a card number; nothing else explains it.",
    "near-expiry": "A few words part it from the expiry date of a card; nothing else explains it.",
    "near-code": "A date, and a code a few words behind it, near a card number.",
    "side-of-card": "Words for the back of a card, or for three digits, stand near it.",
    "in-its-line": "It stands with a few words on a line behind a card number.",
    "typed": "A word for typing stands beside a number, near a card number.",
    "of-card": "A month and a year in a sentence that speaks of a card, near its number.",
    "only-one": "Nothing else behind a card may be the code or the date that it lacks.",
    "card-word": "No card number is near, but a word for a card is.",
    "told": "A story of a PIN: a word for it and for a card, or that it was typed or is meant.",
    "cash-machine": "Beside words for a cash machine, and for a code or for typing one.",
    "on-the-card": "Its sentence says that it stands on the back or the front of a card.",
    "code-of-card": "Words for a code lead to it, and a card is near.",
}
"""Reasons of `core.sensitive`."""

IDENTIFIERS: Mapping[str, str] = {
    "form": "The digits are grouped as such a number is, and it is valid.",
    "other-label": "The same, but the words before it name something else.",
    "name": "A word that names this kind and no other stands before it.",
    "name-of-list": "The same word, but another number stands between: a list.",
    "label": "A word for a number of this sort stands before it.",
    "label-of-list": "The same word, but another number stands between: a list.",
    "word-behind": "A word for it stands behind it.",
    "money-word": "The words say where money is to go.",
    "towards": "A word such as `to` or `from` stands right before it.",
    "column": "The head of its column names it.",
    "check-sign": "Its date and its check sign are right.",
    "iban-check": "Country, length and check digits of an IBAN (ISO 13616).",
    "birth-word": "A word for a birth date stands right before it.",
    "birth-near": "Such a word stands before it, with other words between.",
    "birth-asked": "It answers a question for a birth date.",
    "birth-word-behind": "A word for a birth date stands right behind it.",
    "marked": "A word for a password, a mark such as a colon, and what looks like one.",
    "marked-word": "The same, but it could be a plain word; nothing follows on the line.",
    "said": "A word for a password and `is` or the like.",
    "beside": "A word for a password right before letters mixed with digits, or a quotation.",
    "code-word": "A word for a one-time code stands beside it.",
    "code-hint": "Only `code` or the like stands beside it.",
}
"""Reasons of `core.identifiers`."""

AROUND: Mapping[str, str] = {
    "spelled-out": "The number is written in words.",
    "base64": "Found in a part of a mail in base64, which is replaced as a whole.",
    "uuencode": "The same, in uuencode.",
    "words": "Found in encoded words of a header, which are replaced as a whole.",
    ALLOWED: "An allowed format of the account: counted.",
    DOUBTED: "An allowed format, but something beside it says card: reported.",
    CONTEXT_WORD: "A word that the own pattern asks for stands near.",
    TOO_SLOW: "The own patterns ran out of time: the text counts as not scanned.",
    NOT_OPENED: "A part of the mail is encoded in a way that is not opened: the same.",
    MISTYPED: "One slip away from a card number of the ticket.",
    CORRECTED: "A number whose check digit is wrong, and the group that makes it right.",
    STRUCK: "What is struck out beside it, or amid it, is left out of the number.",
    CUT_SHORT: "A number without its last digit, which is said to be missing: it follows.",
    DICTATED: "Told piece by piece.",
    NAMED: "Called a part of a number: the first eight, the rest.",
    MASKED: "It goes with the mask of a number that was removed elsewhere in the ticket.",
    ECHOED: "They answer a part of a number that is masked already, and nothing else.",
    ACROSS: "Only this place and others of its ticket show it, read together.",
}
"""Reasons that are added to those of any kind."""

_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")
_GIVES_REASONS = frozenset({"Hit", "Reason", "claim", "take", "_hit"})
_HOLDS_REASONS = frozenset({"why", "how", "_SLUGS"})


def slugs_of(package: str) -> set[str]:
    """The reasons that a package of the core gives, read from its source."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (CORE / package).glob("*.py"))
    return {
        slug
        for tree in trees
        for node in ast.walk(tree)
        for given in _given(node)
        for slug in _texts(given)
        if _SLUG.fullmatch(slug)
    }


def _given(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a node that reasons stand in."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if (
            name in _GIVES_REASONS
        ):
            yield from args
        case ast.Return(value=ast.Tuple() | ast.IfExp() as value):
            yield value
        case ast.Assign(targets=[target], value=value) if _names(target) & _HOLDS_REASONS:
            yield value
        case ast.AnnAssign(target=target, value=ast.expr() as value) if (
            _names(target) & _HOLDS_REASONS
        ):
            yield value
        case _:
            pass


def _names(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts of an expression, those apart that are handed to a function."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Tuple(elts=parts) | ast.Dict(values=parts):
            for part in parts:
                yield from _texts(part)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body), *_texts(orelse))
        case ast.BinOp(left=left, right=right):
            yield from (*_texts(left), *_texts(right))
        case _:
            pass
