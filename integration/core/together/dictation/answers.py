"""A card number that follows where a card is spoken of, in whatever groups it is told. Pure.

`Can I have the card number?`, and then `6-2`, `404`, `995`: who asks for it gets it in the breaths
of the one who reads it out. So nothing but digits may be told there: what stands between them is
said again by the other side, or is small talk, and names no other number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from integration.core.cards.counting import counts_up
from integration.core.cards.issuers import Issuer, first_digits, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.published import is_repeating
from integration.core.once import once
from integration.core.together.dictation.breaths import breaths, is_doubled
from integration.core.together.dictation.chains import Chain
from integration.core.together.dictation.gaps import (
    behind_card,
    is_about_another,
    is_parted,
    words_in,
)
from integration.core.together.dictation.heads import GONE, NOTHING
from integration.core.together.dictation.pieces import Piece, quiet
from integration.core.together.dictation.tongues import most_said
from integration.core.words.correcting import tells_of_parts, tells_the_end
from integration.core.words.naming import names_any, speaks_of_card
from integration.core.words.numbers import Numbers
from integration.core.words.vocabulary import Label

_WHOLE: Final = range(12, 20)
_LONGEST: Final = 19
_BEFORE: Final = 400
"""Characters before a number in which a card is spoken of."""
_BETWEEN: Final = 320
"""Characters between two parts of it."""
_WORDS: Final = 30
"""Words between them."""
_WORDS_OF_A_LINE: Final = 12
_WORDS_BESIDE: Final = 8
"""Words on the line of a part."""
_WORDS_IN_ONE: Final = 4
"""Words between two parts on one line, where none says that the rest comes."""
_SUM: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,2}|(?:[.,]\d{3})+)")
_SAID_ASIDE: Final = re.compile(r"\[[^\[\]\n\d*]{3,60}\]")
_MODEL: Final = re.compile(r"\b(?:[^\W\d]+\d|\d+[^\W\d])\w*")
"""Letters and digits in one word, as of a type of camera."""
_MOST_SINGLES: Final = 2
"""Digits that stand alone amid words."""
_MOST_UNITS: Final = 40
_STEPS: Final = 400
"""Ways to go on that are tried from one beginning."""
_STEPS_OF_A_TEXT: Final = 8_000
"""The same in all: a text that says the same groups over and over has no end of them."""
_PLACES: Final = frozenset({Label.CODE_HINT})
"""Where a card has its number: on the front."""
_DATE: Final = re.compile(r"(?:0?[1-9]|1[0-2])(?:20)?[2-4]\d")
_CODE: Final = re.compile(r"\d{3,4}")
_TELLING: Final = frozenset({2, 3, 4})


class _Way(NamedTuple):
    """Units that have been taken, with those that say them again."""

    used: tuple[int, ...]
    digits: str
    next: int
    echoes: tuple[int, ...] = ()


def answers(text: str, *, is_spoken: bool) -> Iterator[Chain]:
    """The numbers that are told behind a word for a card. `text` has no heads of lines."""
    text = quiet(_SAID_ASIDE.sub(lambda aside: " " * len(aside[0]), text))
    text = _MODEL.sub(lambda model: NOTHING * len(model[0]), text)
    best: list[Chain] = []
    for language in (None, *(most_said(text) if is_spoken else ())):
        best = max(best, list(_Answers(text, language).chains()), key=len)
    yield from best


class _Answers:
    """The digits of a text in one language, and what is said between them."""

    def __init__(self, text: str, language: Numbers | None) -> None:
        self._text = text
        self._units = breaths(text, language)
        self._left = _STEPS_OF_A_TEXT
        self._speaks: dict[int, bool] = {}

    @once
    def _gaps(self) -> list[str]:
        """What is said before each."""
        ends = [0, *(unit.end for unit in self._units)]
        return [
            self._text[max(end, unit.start - _BEFORE) : unit.start]
            for end, unit in zip(ends, self._units, strict=False)
        ]

    def chains(self) -> Iterator[Chain]:
        """The numbers, none of them in the place of another."""
        at = 0
        while at < len(self._units):
            chain = self._chain_from(at) if self._may_begin(at) else None
            if chain:
                yield chain
                while at < len(self._units) and self._units[at].start < chain.pieces[-1].end:
                    at += 1
            else:
                at += 1

    def _may_begin(self, at: int) -> bool:
        if self._units[at].digits[0] not in first_digits() or not self._has_enough_behind(at):
            return False
        nearest = range(at, max(-1, at - len(_TELLING) - 1), -1)
        asked = self._asked(nearest)
        if asked is None or self._is_a_sum(at) or self._is_aside(at) or self._is_about_another(at):
            return False
        if tells_the_end(self._gaps[at].split("\n")[-1]):
            return False
        gaps = self._gaps[asked + 1 : at + 1] if at > asked else [behind_card(self._gaps[at])]
        return not any(is_about_another(gap, but=_PLACES) for gap in gaps)

    def _asked(self, units: Iterable[int]) -> int | None:
        """The nearest unit before which a card is spoken of, with no number of it in between."""
        for at in units:
            if self._speaks_of_card(at):
                return at
            if GONE in self._gaps[at]:
                break
        return None

    def _speaks_of_card(self, at: int) -> bool:
        """Return whether what is said before a unit does. Each is asked for more than once."""
        if at not in self._speaks:
            self._speaks[at] = speaks_of_card(self._gaps[at].rpartition(GONE)[2])
        return self._speaks[at]

    def _has_enough_behind(self, at: int) -> bool:
        """Whether a number's digits follow each other from there, whatever is said between."""
        size = len(self._units[at].digits)
        for before, unit in pairwise(self._units[at : at + _MOST_UNITS]):
            between = self._text[before.end : unit.start]
            if size in _WHOLE or len(between) > _BETWEEN or is_parted(between):
                break
            size += len(unit.digits)
        return size >= _WHOLE.start

    def _chain_from(self, first: int) -> Chain | None:
        steps = min(_STEPS, self._left)
        readings = reversed(self._units[first].readings)
        ways = [_Way((first,), digits, first + 1) for digits in readings]
        while ways and steps:
            steps -= 1
            self._left -= 1
            way = ways.pop()
            if issuer := self._issuer(way):
                return self._made(way, issuer)
            ways += reversed(list(self._longer(way)))
        return None

    def _issuer(self, way: _Way) -> Issuer | None:
        number = way.digits.encode()
        if len(number) not in _WHOLE or not is_valid(number):
            return None
        issuer = issuer_of(number)
        half = len(number) // 2
        if issuer is None or is_repeating([number[:half], number[half:]]) or counts_up(way.digits):
            return None
        is_usual = not issuer.wide and len(number) in issuer.told
        # What is told in one breath says by itself what it is.
        is_told = is_usual or (len(way.used) > 1 and all(map(self._is_bare, way.used)))
        return issuer if is_told and self._ends(way) else None

    def _is_bare(self, at: int) -> bool:
        """Whether hardly a word stands on the line of a unit."""
        before, behind = self._gaps[at].split("\n")[-1], self._gap_behind(at).split("\n")[0]
        return words_in(before) + words_in(behind) < _WORDS_IN_ONE

    def _longer(self, way: _Way) -> Iterator[_Way]:
        at = way.next
        if at >= len(self._units):
            return
        unit = self._units[at]
        skipped = _Way(way.used, way.digits, at + 1, (*way.echoes, at))
        is_echo = self._is_echo(way, at)
        if not self._goes_on(at, is_echo=is_echo):
            return
        is_aside = self._is_aside(at)
        if is_echo or is_aside:
            yield skipped if is_echo else _Way(way.used, way.digits, at + 1, way.echoes)
        for digits in unit.readings:
            if len(way.digits + digits) <= _LONGEST:
                yield _Way((*way.used, at), way.digits + digits, at + 1, way.echoes)

    def _is_aside(self, at: int) -> bool:
        """Whether a number word is amid other words of a line of its own: one moment."""
        line = self._gaps[at].split("\n")[-1] + self._gap_behind(at).split("\n")[0]
        is_alone = words_in(line) == 0
        return self._units[at].is_small and "\n" in self._gaps[at] and not is_alone

    def _is_echo(self, way: _Way, at: int) -> bool:
        """Whether a unit on a line of its own says again what was told last."""
        digits = self._units[at].digits
        if self._units[at].puts_right:
            return True
        is_same = way.digits.endswith((digits, *self._units[at].readings)) or (
            len(digits) in _TELLING and digits in {self._units[each].digits for each in way.used}
        )
        row = "".join(self._units[each].digits for each in (*way.echoes, at))
        is_of_row = bool(way.echoes) and way.echoes[-1] == at - 1 and row in way.digits
        is_apart = any(map(str.isalpha, self._gaps[at])) or "\n" in self._gaps[at]
        return (is_same or is_of_row) and (is_apart or is_of_row or not at)

    def _goes_on(self, at: int, *, is_echo: bool = False) -> bool:
        """Whether what is said before a unit may stand amid a number."""
        gap = self._gaps[at]
        is_far = self._units[at].start - self._units[at - 1].end > _BETWEEN
        if is_far or is_parted(gap) or self._is_a_sum(at) or is_about_another(gap):
            return False
        first, *amid = map(words_in, gap.split("\n"))
        if not amid:
            is_agreed = is_doubled(self._units[at - 1].digits)
            is_told = is_echo or is_agreed or tells_the_end(gap) or tells_of_parts(gap)
            return first <= (_WORDS_OF_A_LINE if is_told else _WORDS_IN_ONE)
        behind = words_in(self._gap_behind(at).split("\n")[0])
        sizes = [first, *amid]
        is_bare = amid[-1] + behind <= _WORDS_BESIDE
        return is_bare and max(sizes) <= _WORDS_OF_A_LINE and sum(sizes) <= _WORDS

    def _gap_behind(self, at: int) -> str:
        end = self._units[at].end
        return self._text[end : self._units[at + 1].start if at + 1 < len(self._units) else None]

    def _is_a_sum(self, at: int) -> bool:
        unit = self._units[at]
        return _SUM.fullmatch(self._text, unit.start, unit.end) is not None

    def _is_about_another(self, at: int) -> bool:
        """Whether another card is spoken of before."""
        before = self._text[max(0, self._units[at].start - 2 * _BEFORE) : self._units[at].start]
        return names_any(before, {Label.OTHER_CARD})

    def _ends(self, way: _Way) -> bool:
        """Whether nothing goes on with it but what is told besides: again, a date, a code."""
        singles = sum(len(self._units[each].digits) == 1 for each in way.used)
        if singles > _MOST_SINGLES:
            return False
        for at in range(way.next, len(self._units)):
            unit = self._units[at]
            if self._is_echo(way, at):
                continue
            is_apart = any(map(words_in, self._gaps[at].split("\n")[1:-1]))
            if is_apart or unit.is_small or not self._goes_on(at):
                return True
            return bool(_DATE.fullmatch(unit.digits) or _CODE.fullmatch(unit.digits))
        return True

    def _made(self, way: _Way, issuer: Issuer) -> Chain:
        again = list(way.echoes)
        last = self._units[way.used[-1]].digits
        for at in range(way.next, len(self._units)):
            # Behind a number in groups a single digit is a day: `4111, on 1 May`.
            is_more = len(self._units[at].digits) > 1 or len(last) == 1
            if not (is_more and self._is_echo(way, at) and self._goes_on(at, is_echo=True)):
                break
            again.append(at)
        told = [self._units[at] for at in sorted((*way.used, *again))]
        pieces = tuple(Piece(unit.start, unit.end, unit.digits) for unit in told)
        return Chain(pieces, way.digits, issuer)
