"""Words that are glued from two, as many languages do: `kredittkortnummer`, `Kartenprüfcode`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.words.index import Index

_SHORTEST_PART: Final = 3
_LONGEST_PART: Final = 60
"""Letters of a last part: the longest phrase, glued, and an ending."""
_SHORTEST_TELLING_PART: Final = 8
"""A last part that is so long says enough, whatever stands before it: `firmakredittkort`."""
_LAST_PARTS: Final = frozenset(
    {
        Label.CARD,
        Label.SECURITY_CODE,
        Label.CODE_HINT,
        Label.EXPIRY,
        Label.EXPIRY_HINT,
        Label.PIN,
        Label.PASSWORD,
        Label.BANK_ACCOUNT,
        Label.LINK,
    }
)
"""What a compound may be in the end; most others are words of their own: guide-lines."""
_NO_FIRST_PARTS: Final = frozenset({Label.LINK, Label.MONEY, Label.REFERENCE})
_CODES: Final = ("cvc", "cvv")
"""No word ends so: lines that ran together, as in `Kari Nordmanncvc 123`."""
_GLUE: Final = ("", "s", "n", "en", "e", "es")


def compound(word: str, index: Index) -> Label | None:
    """Return what a word of two parts says: its last part, unless that means no more than number.

    >>> from integration.core.words.index import index_of_phrases
    >>> compound("kredittkortnummeret", index_of_phrases())
    <Label.CARD: 'card'>
    """
    if word.endswith(_CODES):
        return Label.SECURITY_CODE
    telling = None
    shortest_first = max(_SHORTEST_PART, len(word) - _LONGEST_PART)
    for cut in range(len(word) - _SHORTEST_PART, shortest_first - 1, -1):
        last = _single(word[cut:], index)
        if last not in _LAST_PARTS:
            continue
        first = _first_part(word[:cut], index)
        if first is not None and _joins(first, last, cut, len(word) - cut):
            return first if last is Label.LINK else last
        if last is not Label.LINK and len(word) - cut >= _SHORTEST_TELLING_PART:
            telling = last
    return telling


def _joins(first: Label, last: Label, size: int, rest: int) -> bool:
    """Return whether two parts of so many letters make a word: short ones do with a card only."""
    if last is Label.LINK:
        return (
            first not in _NO_FIRST_PARTS
            and rest > _SHORTEST_PART
            and (size > _SHORTEST_PART or first in _LAST_PARTS)
        )
    return rest > _SHORTEST_PART or first is Label.CARD


def _single(word: str, index: Index) -> Label | None:
    label = index.single.get(word)
    if label is None and (stem := stem_of(word)) != word:
        label = index.single.get(stem)
    return label


def _first_part(word: str, index: Index) -> Label | None:
    for glue in _GLUE:
        bare = word.removesuffix(glue) if glue else word
        if len(bare) >= _SHORTEST_PART and bare in index.single:
            return index.single[bare]
    return None
