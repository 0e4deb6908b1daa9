"""What is said between two parts of a number that is told: how much, and of what. Pure."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from integration.core.cards.meanings import is_writer
from integration.core.together.dictation.heads import FIELDS, GONE, NOTHING
from integration.core.words.index import WORD
from integration.core.words.labels import labels_in
from integration.core.words.naming import speaks_of_card
from integration.core.words.numbers import fillers
from integration.core.words.vocabulary import Label

_SURE: Final = frozenset(
    {Label.EXPIRY, Label.SECURITY_CODE, Label.CODE_HINT, Label.PIN, Label.BANK_ACCOUNT}
)
_LONG: Final = 8
"""Letters of a word that names another number wherever it stands: `bel` is also a door's."""


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
