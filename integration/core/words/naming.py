"""What some words name: a card, no other number, or any of a few things.

All of them take words in plain letters, as `Reading.window` and `as_read` give them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.words.index import WORD
from integration.core.words.labels import Found, all_labels_in, labels_in
from integration.core.words.listed import Listed, any_of, listed, says
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Container

_OF_A_CARD: Final = frozenset({Label.CARD, Label.CARD_HINT, Label.LINK})


def says_card(words: str) -> bool:
    """Return whether any of some words is one for a card by itself, as in `on my card`."""
    return any(
        found.label is Label.CARD for word in WORD.findall(words) for found in all_labels_in(word)
    )


def speaks_of_card(words: str) -> bool:
    """Return whether a card is named in some words, as in `card number` or `half of my card`."""
    return any(
        found.label is Label.CARD
        or (found.label is Label.LINK and says_card(words[found.start : found.end]))
        for found in labels_in(words)
    )


def names_no_other(words: str) -> bool:
    """Return whether no number is named in some words but that of a card."""
    return not others_in(words)


def others_in(words: str) -> list[Found]:
    """Return the labels in some words that are none of a card."""
    return [found for found in labels_in(words) if found.label not in _OF_A_CARD]


def names_any(words: str, labels: Container[Label]) -> bool:
    """Return whether any of some labels stands in some words."""
    return any(found.label in labels for found in labels_in(words))


def names_a_field(words: str) -> bool:
    """Return whether some words speak of a field that is filled in: the subject, the order field.

    >>> names_a_field("i put it in the order field"), names_a_field("i put it in the post")
    (True, False)
    """
    return says(words, Listed.FIELDS) or _glued_field().search(words) is not None


@cache
def _glued_field() -> re.Pattern[str]:
    return re.compile(rf"\w\w(?:{any_of(listed(Listed.GLUED_FIELDS))})(?!\w)")
