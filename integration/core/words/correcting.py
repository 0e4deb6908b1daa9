"""Words by which people take back a part of a number, or say which part of it comes."""

from __future__ import annotations

from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.counted import words_for_last
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, listed, says

_NO: Final = lazy(r"\.\. ?no |(?:\A|[.,;:!?\n–-])\s{0,3}no ?[,.;:!\n–-]")
"""By itself: in `card no 12` it is a number."""


def corrects(words: str) -> bool:
    """Whether some words take something back: `no wait`, `feil`. `words` are in plain letters."""
    return says(words, Listed.TAKES_BACK) or _NO.search(words) is not None


def tells_a_gap(words: str) -> bool:
    """Whether some words say that something was left out: `I forgot a group`, `between`."""
    return says(words, Listed.LEFT_OUT)


def may_correct(words: frozenset[str]) -> bool:
    """Whether any of some words takes something back, or says that something was left out."""
    return "no" in words or not (
        listed(Listed.TAKES_BACK).isdisjoint(words) and listed(Listed.LEFT_OUT).isdisjoint(words)
    )


def tells_the_end(words: str) -> bool:
    """Whether some words speak of the end of a number: `the last four`, `acaba en`."""
    return not ends().isdisjoint(WORD.findall(words)) or says(words, Listed.ENDS)


def tells_of_parts(words: str) -> bool:
    """Whether some words say that something comes in parts: `the rest`, `in two mails`."""
    return says(words, Listed.IN_PARTS)


@cache
def ends() -> frozenset[str]:
    """Return the words that may speak of the end of a number, those for its beginning as well."""
    return listed(Listed.ENDS) | words_for_last()
