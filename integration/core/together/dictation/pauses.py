"""The digits of a text as they are spoken: each mark or other word ends a breath. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from integration.core.cards.number import MAX_DIGITS
from integration.core.cards.said import Run, beginnings, digits_of, runs, tokens
from integration.core.together.dictation.breaths import TWICE, is_doubled
from integration.core.together.dictation.heads import HEAD, NOTHING
from integration.core.words.correcting import tells_the_end
from integration.core.words.numbers import Numbers

_LONGEST: Final = 8
"""Figures in one breath that are part of a number that is spoken."""
_PAUSE: Final = re.compile(rf"[^\W\d]|[.,;\n{NOTHING}{HEAD}]")
WORD_BEHIND: Final = re.compile(r" [^\W\d]")
"""Behind the digit: one moment."""
_BEFORE: Final = 60
"""Characters before digits that are counted: the last four one one one one."""


class Spoken(NamedTuple):
    """Digits that are told in one breath."""

    start: int
    end: int
    digits: str
    readings: tuple[str, ...]
    """What may be meant: without what counts them, or without the `one` of `one moment`."""
    said: int
    """Digits in words."""


def pauses(text: str, language: Numbers) -> Iterator[Spoken]:
    """The digits of a text in one language, with figures among them, breath by breath."""
    words = tokens(text)
    for run in runs(text, words, beginnings(words), language, MAX_DIGITS):
        for part in _parts(text, run):
            digits = digits_of(part).decode()
            said = sum(len(atom.digits) for atom in part if text[atom.start].isalpha())
            is_part = said or len(digits) <= _LONGEST
            readings = tuple(_readings(text, part, digits)) if is_part else ()
            yield Spoken(part[0].start, part[-1].end, digits, readings, said)


def _readings(text: str, part: Run, digits: str) -> Iterator[str]:
    if len(part) > 1 and part[0].digits == str(len(digits) - 1):
        before = text[max(0, part[0].start - _BEFORE) : part[0].start]
        if tells_the_end(before):
            yield digits[1:]
    yield digits
    if is_doubled(digits):
        yield TWICE.sub(r"\1", digits)
    is_word = text[part[-1].start : part[-1].end].isalpha() and len(part[-1].digits) == 1
    if len(part) > 1 and is_word and WORD_BEHIND.match(text, part[-1].end):
        yield digits[:-1]


def _parts(text: str, run: Run) -> Iterator[Run]:
    """A run as it is told: a mark or a word between two digits begins another breath."""
    part = run[:1]
    for before, atom in pairwise(run):
        if _PAUSE.search(text, before.end, atom.start):
            yield part
            part = []
        part.append(atom)
    yield part
