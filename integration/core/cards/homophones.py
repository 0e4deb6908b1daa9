"""Digits that a speech program took for other words: `my visa is for won to ate ...`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from integration.core.cards.issuers import issuer_of
from integration.core.cards.mixed import is_number
from integration.core.cards.said import Run, digits_of, runs
from integration.core.words.naming import speaks_of_card
from integration.core.words.numbers import sounding_alike

if TYPE_CHECKING:
    from integration.core.cards.said import Token

_BEFORE: Final = 60
"""Characters before a number in which a card is named."""


def homophones(text: str, words: list[Token]) -> Iterator[Run]:
    """Yield the numbers of cards among some words of a text, each right behind a word for a card.

    So many of these words in a row are nothing else, and yet prose is made of them.
    """
    for language in sounding_alike():
        places = [at for at, token in enumerate(words) if token.word in language.begins]
        for run in runs(text, words, places, language):
            before = text[max(0, run[0].start - _BEFORE) : run[0].start]
            if is_number(run) and issuer_of(digits_of(run)) and speaks_of_card(before):
                yield run
