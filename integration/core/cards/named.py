"""The labels in the words around a number, and what each says of it: a card, or something else."""

from __future__ import annotations

from functools import cache
from typing import Final

from integration.core.cards.meanings import is_writer, saying_nothing
from integration.core.cards.reasons import CARD_HINT, CARD_WORD, LABEL, LIGHT_LABEL, Evidence
from integration.core.text.lazy import lazy
from integration.core.words.labels import Found, labels_in
from integration.core.words.stems import Remembered
from integration.core.words.vocabulary import Label, phrases

LONGEST_TELEPHONE = 15  # digits (ITU-T E.164)
OF_MOST_CARDS: Final = 16
"""Digits."""

_SAYS_CARD = frozenset({Label.CARD, Label.SECURITY_CODE})
_HINTS_AT_CARD = frozenset({Label.CARD_HINT, Label.EXPIRY, Label.PIN})
OF_A_CARD: Final = _SAYS_CARD | _HINTS_AT_CARD
AGAINST: Final = {
    Label.OTHER_CARD: LABEL,
    Label.OTHER_NUMBER: LABEL,
    Label.TELEPHONE: LABEL,
    Label.REFERENCE: LIGHT_LABEL,
    Label.BANK_ACCOUNT: LABEL,
    Label.NATIONAL_ID: LABEL,
}
_BRANDS: Final = frozenset(
    {"visa", "mastercard", "amex", "american express", "diners", "diners club", "discover", "jcb"}
)
_WORD_BEFORE = lazy(r"[^\W\d_]+[ -]\Z")
_LONGEST_WORD: Final = 16
_CARD_AT_THE_END = lazy(r"(?<=[a-z][ _-])card\Z")
_HEAD: Final = 3


def labels_around(words: str) -> list[Found]:
    """Return the labels of some words in plain letters."""
    found: list[Found] = []
    for label in labels_in(words):
        if words[label.start : label.end] in saying_nothing():
            continue
        each = _without_a_remainder(words, _without_its_line_before(words, label))
        if each.label is Label.LINK:  # "of my card" links a code to its number and says card too
            last = words.rfind(" ", each.start, each.end) + 1 or each.start
            said = [one for one in _LAST_OF_LINK[words[last : each.end]] if one is not Label.LINK]
            found += [Found(last, each.end, one) for one in said] or [each]
        else:
            found.append(each if each.label is not Label.CARD else _whole(words, each))
        if _is_of_its_brand(words, found):
            found[-1] = found[-1]._replace(label=Label.CARD)
    return found


def _without_its_line_before(words: str, label: Found) -> Found:
    """Return the label without what ends the line before, where the next begins with who speaks.

    `mi detti il numero`, and on the next line `Cliente: ...`: no number of a customer.
    """
    start = words.rfind("\n", label.start, label.end) + 1
    if not start or not words[label.end : label.end + 2].lstrip(" ").startswith(":"):
        return label
    speaks = is_writer(words[start : label.end])
    return label._replace(start=start, label=Label.REFERENCE) if speaks else label


def _without_a_remainder(words: str, label: Found) -> Found:
    """Return the label without the letter behind a figure that it begins with: `E2E_CARD`."""
    touching = words[max(0, label.start - 1) : label.start]
    card = _CARD_AT_THE_END.search(words, label.start, label.end)
    if label.label is Label.OTHER_CARD and touching.isdigit() and card:
        return Found(card.start(), card.end(), Label.CARD)
    return label


def _is_of_its_brand(words: str, found: list[Found]) -> bool:
    """Return whether the last label is another card's behind the brand of one: a Visa gift card."""
    if len(found) < 2 or found[-1].label is not Label.OTHER_CARD:
        return False
    brand, other = found[-2:]
    return other.start - brand.end == 1 and words[brand.start : brand.end] in _BRANDS


def _labels_of(word: str) -> tuple[Label, ...]:
    said = (found.label for found in labels_in(word))
    return tuple(label for label in said if label is not Label.TELEPHONE)  # told by phone: 4111


_LAST_OF_LINK: Final = Remembered(_labels_of)


def _whole(words: str, card: Found) -> Found:
    """Return a word for a card with what stands before it, when both mean something else."""
    before = _WORD_BEFORE.search(words, max(0, card.start - _LONGEST_WORD), card.start)
    start = before.start() if before else card.start
    for at in {start, card.start}:
        said = words[at : card.end].replace("-", " ")
        if said.startswith(_other_cards().get(said[:_HEAD], ())):
            return Found(at, card.end, Label.OTHER_CARD)
    return card


@cache
def _other_cards() -> dict[str, tuple[str, ...]]:
    """Return the phrases for other cards (gift card, SIM card) by their first letters."""
    by_head: dict[str, list[str]] = {}
    for phrase in phrases(Label.OTHER_CARD):
        by_head.setdefault(phrase[:_HEAD], []).append(phrase.replace("-", " "))
    return {head: tuple(some) for head, some in by_head.items()}


def names_card(words: str) -> bool:
    """Return whether words in plain letters name a card, and no gift card or the like."""
    return speaks_of(labels_around(words)) is CARD_WORD


def speaks_of(labels: list[Found]) -> Evidence | None:
    """Return what labels say for a card; None where none does."""
    said = {found.label for found in labels}
    if said & _SAYS_CARD:
        return CARD_WORD
    return CARD_HINT if said & _HINTS_AT_CARD else None


def says_of(found: Found, digits: int) -> Evidence | None:
    """Return what a label in front says of the number: a doubt, CARD_WORD, None for neither."""
    if found.label in OF_A_CARD:
        return CARD_WORD
    if found.label is Label.TELEPHONE and digits > LONGEST_TELEPHONE:
        return CARD_WORD  # too long for one, so the label means another number
    if found.label is Label.BANK_ACCOUNT and digits == OF_MOST_CARDS:
        return None  # hardly any is so long; card issuers say so of a card
    return AGAINST.get(found.label)
