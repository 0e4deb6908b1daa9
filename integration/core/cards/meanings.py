"""What words beside a number mean apart from their labels (`meanings.toml`)."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from integration.core.data import read_toml
from integration.core.words.index import WORD
from integration.core.words.labels import labels_in
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import Label, all_as_read

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


def is_writer(word: str) -> bool:
    """Return whether a label may say who wrote the number behind it: a customer, a user."""
    return stem_of(word) in _writers()


def names_another(words: str, labels: Container[Label]) -> bool:
    """Return whether some words name a number, and not only who speaks: `customer: four ...`."""
    return any(
        found.label in labels
        and not is_writer(said := words[found.start : found.end])
        and said not in saying_nothing()
        for found in labels_in(words)
    )


def is_brand(word: str) -> bool:
    """Return whether the label of another number may be short for the brand of a card: VS 4111."""
    return word in _brands()


def denies_card(behind: str) -> bool:
    """Return whether what stands behind a number begins with `is not a card number`.

    >>> denies_card(", is not a card number"), denies_card(" is not my card")
    (True, False)
    """
    denial = _denials().match(behind)
    if not denial:
        return False
    return any(
        found.label is Label.CARD and found.start <= denial.end() < found.end
        for found in labels_in(behind)
    )


def denies_card_before(words: str) -> bool:
    """Return whether words before a number name another one and say that it is no card.

    >>> denies_card_before("order no. (not a card): "), denies_card_before("not a card: ")
    (True, False)
    """
    card = max(labels_in(words), key=attrgetter("end"), default=None)
    if card is None or card.label is not Label.CARD or not _TO_NUMBER.fullmatch(words, card.end):
        return False
    if not _denials_before().search(words[: card.start]):
        return False
    return names_another(_NAMES_NO_MORE.split(words[: card.start])[-1], _OTHERS)


def tells_card_number(behind: str) -> bool:
    """Return whether somebody writes behind a number that it is a card's, in the wrong field.

    >>> tells_card_number(" I had no order number, so I put my card number")
    True
    >>> tells_card_number(" We never ask for your card number"), tells_card_number(" paid by card")
    (False, False)
    """
    for found in labels_in(behind):
        word = behind[found.start : found.end]
        if found.label is Label.CARD and _NUMBER.search(word):
            before = _wrapped_negation().sub(r"\1 ", behind[: found.start])
            clause = _clause_ends().split(before)[-1]
            return _negations().isdisjoint(WORD.findall(clause))
    return False


def is_negated(words: str, start: int) -> bool:
    """Return whether a word says `not` right before what begins at `start`: not the IBAN.

    >>> is_negated("not the iban", 8), is_negated("not here. my iban", 13)
    (True, False)
    """
    before = WORD.findall(_clause_ends().split(words[:start])[-1])
    return not _negations().isdisjoint(before[-_RIGHT_BEFORE:])


@cache
def documents() -> frozenset[str]:
    """Return the words for what a file may hold: its name is a number's by chance."""
    return frozenset(_phrases("documents"))


def says_number(label: str) -> bool:
    """Return whether a label is one for a number, and not for what has one.

    >>> says_number("order no"), says_number("kid-nummer"), says_number("tickets")
    (True, True, False)
    """
    return _NUMBER.search(label) is not None


def has_check_digit(label: str) -> bool:
    """Return whether a label is one of references that end in the check digit of a card.

    >>> has_check_digit("kid-nummeret"), has_check_digit("fakturanummer")
    (True, False)
    """
    return label.startswith(_checked())


@cache
def _checked() -> tuple[str, ...]:
    return tuple(_phrases("checked"))


def is_on_a_receipt(words: str, start: int, end: int) -> bool:
    """Return whether a label says where a number is printed: `as on the receipt: 4111`.

    >>> is_on_a_receipt("as on the receipt: ", 10, 17), is_on_a_receipt("receipt no. ", 0, 7)
    (True, False)
    """
    is_receipt = words[start:end] in _receipts()
    return is_receipt and _place().search(words, max(0, start - _LONGEST_PLACE), start) is not None


@cache
def _receipts() -> frozenset[str]:
    return frozenset(_phrases("receipts"))


@cache
def _place() -> re.Pattern[str]:
    """What says where, and no more than two words up to it: from an old one."""
    places = "|".join(map(re.escape, _phrases("places")))
    return re.compile(rf"(?<!\w)(?:{places})(?: [^\W\d]+){{0,2}} \Z")


@cache
def saying_nothing() -> frozenset[str]:
    """Return what is no label of a long number, though it may look like one: Colin, room."""
    return frozenset([*_phrases("ordinary"), *_phrases("short")])


@cache
def _negations() -> frozenset[str]:
    return frozenset(_phrases("negations"))


_TO_NUMBER: Final = re.compile(r"[\s)\]\"':.,-]{0,6}")
"""Between a word for a card and its number."""
_NAMES_NO_MORE: Final = re.compile(r"[.!?]\s+(?=[^\W\d_])|[0-9]")
"""Behind it begins another sentence, or a number of its own name was told."""
_OTHERS: Final = frozenset(
    {Label.REFERENCE, Label.OTHER_NUMBER, Label.BANK_ACCOUNT, Label.NATIONAL_ID, Label.TELEPHONE}
)
_LONGEST_PLACE: Final = 40
_RIGHT_BEFORE: Final = 2
"""Words: not, and an article."""
_NUMBER: Final = re.compile(r"n(?:u|o|ú|ù|é)?[mr]|nr|no\b|номер|号|番|번호")
_UNPARTED: Final = "\u3000"
"""The scripts of Chinese and Japanese begin here."""


@cache
def _writers() -> frozenset[str]:
    return frozenset(stem_of(word) for word in _phrases("writers"))


@cache
def _brands() -> frozenset[str]:
    return frozenset(_phrases("brands"))


@cache
def _denials() -> re.Pattern[str]:
    longest_first = sorted(_phrases("denials"), key=len, reverse=True)
    before = rf"[\s,.;:()\"'-]{{0,4}}(?:(?:{any_of(listed(Listed.AND_IT))}) )?"
    return re.compile(rf"{before}(?:{'|'.join(map(_whole, longest_first))})\s?")


@cache
def _denials_before() -> re.Pattern[str]:
    longest_first = sorted(_phrases("denials"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_whole, longest_first))})\s{{0,4}}\Z")


@cache
def _wrapped_negation() -> re.Pattern[str]:
    """The end of a line behind a word that says `not`: what it denies is on the next."""
    return re.compile(rf"\b({any_of(_negations())})[ \t\r]*\n[\s>]*")


@cache
def _clause_ends() -> re.Pattern[str]:
    return re.compile(rf"[.!?;:,]\s|\n|\b(?:{any_of(listed(Listed.BUT))})\b")


def _whole(phrase: str) -> str:
    """A phrase that ends with its word, where the script parts words."""
    return re.escape(phrase) + ("" if phrase[-1] >= _UNPARTED else r"(?!\w)")


def _phrases(table: str) -> list[str]:
    return all_as_read(phrase for phrases in _tables()[table].values() for phrase in phrases)


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    return read_toml(__file__, "meanings.toml")
