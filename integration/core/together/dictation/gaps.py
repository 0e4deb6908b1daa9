"""What is said between two parts of a number that is told: how much, and of what. Pure."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from integration.core.cards.meanings import is_writer, names_another
from integration.core.together.dictation.heads import FIELDS, GONE, NOTHING
from integration.core.words.index import WORD
from integration.core.words.labels import labels_in
from integration.core.words.listed import Listed, listed
from integration.core.words.naming import speaks_of_card
from integration.core.words.numbers import fillers
from integration.core.words.vocabulary import Label

_SURE: Final = frozenset(
    {Label.EXPIRY, Label.SECURITY_CODE, Label.CODE_HINT, Label.PIN, Label.BANK_ACCOUNT}
)
_LONG: Final = 8
"""Letters of a word that names another number wherever it stands: `bel` is also a door's."""

_CLAUSE: Final = re.compile(r"[^.,;!?\n]*")


def is_parted(between: str) -> bool:
    """Whether something stands there that is no part of a number."""
    return NOTHING in between or GONE in between


def behind_card(words: str) -> str:
    """What is said behind the last word for a card."""
    cards = (
        found.end
        for found in labels_in(words)
        if found.label is Label.CARD or speaks_of_card(words[found.start : found.end])
    )
    return words[max(cards, default=0) :]


def words_in(said: str) -> int:
    """How many words are said, but for what stands between digits."""
    known = fillers()
    return sum(word.isalpha() and word not in known for word in WORD.findall(said))


def is_about_another(said: str, but: Container[Label] = ()) -> bool:
    """Whether something else is named: on the line of the digits, or at length before it."""
    own = said.rfind("\n") + 1
    return any(
        found.label in FIELDS
        and found.label not in but
        and (found.start >= own or found.end - found.start >= _LONG or found.label in _SURE)
        and not is_writer(said[found.start : found.end])
        for found in labels_in(said)
    )


def names_what_follows(said: str) -> bool:
    """Whether another number is named that comes next: `my phone is`, not `my phone rings, so`."""
    thing = said.rstrip(" :").split(" ")[-1]
    return thing in listed(Listed.THINGS) or any(
        found.label in FIELDS
        and said[found.start : found.end] not in fillers()
        and names_another(said[found.start : found.end], FIELDS)
        and not _goes_on_to_something_else(said, found.end)
        for found in labels_in(said)
    )


def _goes_on_to_something_else(said: str, at: int) -> bool:
    """Whether a clause goes on with words of its own and ends before the digits do begin."""
    clause = _CLAUSE.match(said, at)
    if clause is None or clause.end() == len(said):
        return False
    links = [found for found in labels_in(clause[0]) if found.label is Label.LINK]
    return words_in(clause[0]) > sum(words_in(clause[0][each.start : each.end]) for each in links)
