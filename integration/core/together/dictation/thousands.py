"""The groups of a text that are said as whole numbers: five thousand three hundred ninety-one.

They are read as groups of four, `four hundred fifty` as 0450, beside others that are said digit by
digit; where one has more than four digits, as they are. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from integration.core.together.dictation.chains import Chain
from integration.core.together.dictation.gaps import behind_card, names_what_follows
from integration.core.together.dictation.heads import NOTHING
from integration.core.together.dictation.pieces import Piece, in_words_of
from integration.core.words.labels import labels_in
from integration.core.words.large import Large, large_numbers
from integration.core.words.numbers import fillers
from integration.core.words.vocabulary import Label

_FEWEST: Final = 1
"""Groups that are said so."""
_FEWEST_IN_WORDS: Final = 2
"""Groups in words, said so or digit by digit."""
_MOST: Final = 400
"""Of them in a text; more are a list."""
_OF_A_GROUP: Final = 4
_WITHIN: Final = str.maketrans(",\n", "  ")
"""What may stand within a number: five thousand, three hundred and one."""
_BESIDE: Final = 16
_BEFORE: Final = re.compile(rf"[^.,;!?\n{NOTHING}]+\Z")
_BEHIND: Final = re.compile(rf"[^.,;:!?\n{NOTHING}]{{1,{_BESIDE}}}")
"""What is said right beside a number, as its currency."""
_ROUND: Final = "00"
_NAMED: Final = 24
"""Characters before a number in which another one is named."""
_UNIT: Final = re.compile(r" ?([^\W\d_]+)")
_BREATH: Final = 16
"""Characters between round numbers that are no sums."""


def in_thousands(text: str) -> Iterator[list[Piece]]:
    """The groups of a text in plain letters, in order, for each language that says any so."""
    for read in dict.fromkeys((text, text.translate(_WITHIN))):
        for language, found in large_numbers(read, _FEWEST):
            rest = _without(text, found)
            numbers = [number for number in found if not _is_sum(rest, number)][:_MOST]
            longest = max((len(number.digits) for number in numbers), default=0)
            size = _OF_A_GROUP if longest == _OF_A_GROUP else 0
            groups = [Piece(at.start, at.end, at.digits.zfill(size)) for at in numbers]
            if longest >= _OF_A_GROUP:
                yield sorted((*groups, *in_words_of(rest, language)))


def are_dictated(text: str, chain: Chain) -> bool:
    """Whether groups are no sums: those that are round, but for one, stand in one breath.

    Nor quantities with one unit, nor numbers each of which is named: invoice, room.
    """
    places = [(each.end, following.start) for each, following in pairwise(chain.pieces)]
    amid = [text[end:start] for end, start in places]
    start = chain.pieces[0].start
    before = behind_card(text[max(0, start - _NAMED) : start])
    if _have_a_unit(amid) or any(map(names_what_follows, (before, *amid))):
        return False
    spoken = [each for each in chain.pieces if any(map(str.isalpha, text[each.start : each.end]))]
    others = sum(not each.digits.endswith(_ROUND) for each in chain.pieces)
    gaps = (following.start - each.end for each, following in pairwise(chain.pieces))
    return len(spoken) >= _FEWEST_IN_WORDS and (
        others > 1 or (others == 1 and max(gaps) <= _BREATH)
    )


def _have_a_unit(amid: Iterable[str]) -> bool:
    """Whether the same word stands right behind each number, and does not lead to the next."""
    units = {unit[1] if (unit := _UNIT.match(said)) else "" for said in amid}
    return len(units) == 1 and not units & {"", *fillers()}


def _without(text: str, numbers: Iterable[Large]) -> str:
    made = list(text)
    for start, end, _ in numbers:
        made[start:end] = NOTHING * (end - start)
    return "".join(made)


def _is_sum(text: str, number: Large) -> bool:
    """Whether a word for money stands right beside a number, which is blank in the text."""
    before = _BEFORE.search(text[max(0, number.start - _BESIDE) : number.start])
    behind = _BEHIND.match(text, number.end)
    return any(
        found.label is Label.MONEY
        for said in (before, behind)
        if said
        for found in labels_in(said[0])
    )
