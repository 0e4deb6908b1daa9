"""The digits of a text as they are told, a breath each, with what puts one right. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from integration.core.cards.number import MAX_DIGITS
from integration.core.cards.said import Atom, Run, beginnings, runs, tokens
from integration.core.together.dictation.heads import HEAD, NOTHING
from integration.core.words.correcting import corrects
from integration.core.words.numbers import Numbers

_FIGURES: Final = re.compile(r"(?<!\w)\d{1,19}(?:[^\w\n\x1e\x1f]{1,4}\d{1,19}){0,19}(?!\w)")
TWICE: Final = re.compile(r"(\d{2,6})\1")
"""A group that is at once said again."""
_DOUBLED: Final = re.compile(r"(?:(\d{2,6})\1)+")
"""Each group at once said again: 304 304 163 163."""
_LINE: Final = 60
"""Characters of a line around two groups, of which one is put right."""
_NEAR: Final = 5
"""Breaths before in which the wrong one may be."""
_ENDS: Final = frozenset({2, 3, 4})
"""Digits at the end of a breath that are put right."""


class Breath(NamedTuple):
    """Digits that are told in one breath."""

    start: int
    end: int
    digits: str
    is_small: bool = False
    """Whether it may be a word of small talk: one moment."""
    counts: bool = False
    """Whether it begins with the number of digits that follow: the last four 1111."""
    meant: str = ""
    """What is said later to be right in place of it."""
    puts_right: bool = False
    """Whether it is said where that is said."""

    @property
    def readings(self) -> list[str]:
        """What may be told: without a count, and once where it is said twice."""
        once = TWICE.sub(r"\1", self.digits) if is_doubled(self.digits) else ""
        rest = self.digits[1:] if self.counts else ""
        return [each for each in (rest, self.digits, once, self.meant) if each]


def breaths(text: str, language: Numbers | None) -> list[Breath]:
    """The digits of a text in one language, or in figures, each with what is meant by them."""
    return _put_right(text, list(_told(text, language)))


def _told(text: str, language: Numbers | None) -> Iterator[Breath]:
    if language is None:
        for figures in _FIGURES.finditer(text):
            digits = "".join(filter(str.isdecimal, figures[0]))
            yield Breath(*figures.span(), digits)
        return
    words = tokens(text)
    for run in runs(text, words, beginnings(words), language, MAX_DIGITS):
        for part in _lines(text, run):
            digits = "".join(atom.digits for atom in part)
            said = text[part[0].start : part[-1].end]
            is_small = len(digits) == 1 and said.isalpha()
            counts = part[0].digits == str(len(digits) - 1)
            yield Breath(part[0].start, part[-1].end, digits, is_small, counts)


def _put_right(text: str, found: list[Breath]) -> list[Breath]:
    """The breaths, each with what a line behind it says in its place: `not 95, it is 97`."""
    for at, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start]
        is_pair = len(one.digits) == len(other.digits) and one.digits != other.digits
        if not is_pair or "\n" in between or len(between) > _LINE:
            continue
        before = text[max(0, one.start - _LINE) : one.start].rsplit("\n", maxsplit=1)[-1]
        behind = text[other.end : other.end + _LINE].split("\n", maxsplit=1)[0]
        if not corrects(f"{before}{between}{behind}"):
            continue
        told = range(max(0, at - _NEAR), at)
        meant = {each: right for each in told if (right := _meant(found[each], one, other))}
        for each, right in meant.items():
            found[each] = found[each]._replace(meant=right)
        if meant:
            found[at], found[at + 1] = (each._replace(puts_right=True) for each in (one, other))
    return found


def _meant(breath: Breath, one: Breath, other: Breath) -> str:
    """What is meant by one that ends with one of two, of which the other is right."""
    for wrong, right in ((one.digits, other.digits), (other.digits, one.digits)):
        if breath.digits == wrong or (len(wrong) in _ENDS and breath.digits.endswith(wrong)):
            return breath.digits.removesuffix(wrong) + right
    return ""


def _lines(text: str, run: Run) -> Iterator[list[Atom]]:
    """A run as it is told, line by line."""
    part = run[:1]
    for before, atom in pairwise(run):
        between = text[before.end : atom.start]
        if "\n" in between or NOTHING in between or HEAD in between:
            yield part
            part = []
        part.append(atom)
    yield part


def is_doubled(digits: str) -> bool:
    """Whether each group is said twice; longer rows take long to look at, and are no number."""
    return len(digits) <= 2 * MAX_DIGITS and _DOUBLED.fullmatch(digits) is not None
