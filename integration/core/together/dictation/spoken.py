"""A card number that is spoken, most of it in number words, with whatever is said between. Pure.

`It's five four, let me get my glasses. Five four six six. Then zero one ...`: sixteen digits in
words near a word for a card are hardly anything else, so far more may stand between them than
where they are typed (`answers`): asides, hesitation, the other side, a clock before each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from integration.core.cards.issuers import first_digits
from integration.core.cards.number import MAX_DIGITS
from integration.core.cards.published import is_repeating
from integration.core.once import once
from integration.core.together.dictation.chains import Chain, issuer_told
from integration.core.together.dictation.gaps import (
    behind_card,
    is_parted,
    names_what_follows,
    words_in,
)
from integration.core.together.dictation.heads import GONE
from integration.core.together.dictation.pauses import WORD_BEHIND, Spoken, pauses
from integration.core.together.dictation.pieces import Piece, quiet
from integration.core.together.dictation.tongues import mixed, most_said
from integration.core.words.correcting import corrects
from integration.core.words.labels import labels_in
from integration.core.words.naming import speaks_of_card
from integration.core.words.numbers import Numbers
from integration.core.words.vocabulary import Label

FEWEST: Final = 6
"""Digits of a number that are said in words."""
_WHOLE: Final = range(14, 20)
_BEFORE: Final = 400
_BEHIND: Final = 60
"""Characters around a number in which a card is spoken of."""
_LOOKS: Final = 5
"""Breaths back to the word for a card."""
_BETWEEN: Final = 320
_WORDS: Final = 30
_WORDS_OF_A_LINE: Final = 14
"""Characters and words between two breaths."""
_FEW_WORDS: Final = 3
"""Words that part nothing: what follows belongs to the same number."""
_OF_A_SUM: Final = 2
"""Words between a sum and its currency."""
_SHORT: Final = 2
"""Digits of a breath that may stand twice in a number."""
_MOST_ALONE: Final = 3
"""Digits of a number that stand alone amid words."""
_MOST_ASIDES: Final = 4
"""Number words of small talk amid a number: one moment."""
_OF_AN_ASIDE, _OF_A_SENTENCE, _OF_MORE = 2, 1, 4
"""How much it tells against a number: small talk in it, and what follows it, apart or not."""
_MOST_UNITS: Final = 40
_STEPS: Final = 400
"""Ways to go on that are tried from one beginning."""
_STEPS_OF_A_TEXT: Final = 8_000
_ASIDE: Final = re.compile(
    r"\[[^\[\]\n\d*]{3,60}\]|[\[(]?(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])[\])]?"
)
"""What a transcript adds to what is said: a noise, the time."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?](?:\s|\Z)")
_FULL_STOP: Final = re.compile(r"[.!?](?!\.)")
_SAYS: Final = re.compile(r"[^\W\d]|\n")
_MARKS: Final = re.compile(r"[ .,;-]{1,4}")
_DATE_OR_CODE: Final = re.compile(r"(?:0?[1-9]|1[0-2])(?:20)?[2-4]\d|\d{3}")


class _Way(NamedTuple):
    """Breaths that have been taken, with those that say them again."""

    used: tuple[int, ...]
    digits: str
    next: int
    again: tuple[int, ...] = ()
    asides: int = 0


def spoken(text: str) -> Iterator[Chain]:
    """The numbers that are spoken near a word for a card. `text` has no heads of lines."""
    text = quiet(_ASIDE.sub(lambda aside: " " * len(aside[0]), text))
    among = most_said(text)
    best: list[Chain] = []
    for language in (*among, *mixed(text, among)):
        best = max(best, list(_Spoken(text, language).chains()), key=len)
    yield from best


class _Spoken:
    """The digits of a text in one language, and what is said between them."""

    def __init__(self, text: str, language: Numbers) -> None:
        self._text = text
        self._units = list(pauses(text, language))
        self._left = _STEPS_OF_A_TEXT
        self._known: dict[int, bool] = {}

    @once
    def _gaps(self) -> list[str]:
        """What is said before each, and behind the last."""
        ends = [0, *(unit.end for unit in self._units)]
        starts = [*(unit.start for unit in self._units), len(self._text)]
        return [
            self._text[max(end, start - _BEFORE) : start]
            for end, start in zip(ends, starts, strict=True)
        ]

    @once
    def _asks(self) -> list[bool]:
        """Whether a card is spoken of before each."""
        return [speaks_of_card(gap.rpartition(GONE)[2]) for gap in self._gaps]

    def _goes(self, at: int) -> bool:
        """Whether what is said before a breath may stand amid a number."""
        if at not in self._known:
            self._known[at] = at > 0 and self._goes_on(at)
        return self._known[at]

    def chains(self) -> Iterator[Chain]:
        """The numbers, none of them in the place of another."""
        behind = 0
        for at, unit in enumerate(self._units):
            is_head = unit.start >= behind and unit.digits[0] in first_digits()
            if is_head and self._may_begin(at) and (chain := self._chain_from(at)):
                behind = chain.pieces[-1].end
                yield chain

    def _has_enough_behind(self, at: int) -> bool:
        """Whether as many digits follow from there as a number has, and enough of them in words."""
        units = self._units[at : at + _MOST_UNITS]
        if not _are_enough(sum(len(u.digits) for u in units), sum(u.said for u in units)):
            return False
        size = said = 0
        for each in range(at, at + len(units)):
            if each > at and not self._goes(each):
                break
            size += len(self._units[each].digits)
            said += self._units[each].said
        return _are_enough(size, said)

    def _may_begin(self, at: int) -> bool:
        if not self._has_enough_behind(at) or self._is_a_sum(at):
            return False
        for asked in range(at, max(-1, at - _LOOKS), -1):
            if self._asks[asked]:
                gaps = [behind_card(self._gaps[asked]), *self._gaps[asked + 1 : at + 1]]
                is_near = self._units[at].start - self._units[asked].start <= _BEFORE
                return is_near and not any(map(names_what_follows, gaps))
            if GONE in self._gaps[asked]:
                return False
        return not names_what_follows(self._gaps[at])

    def _chain_from(self, first: int) -> Chain | None:
        """The number that begins there and takes in most of what is told."""
        best: tuple[int, Chain] | None = None
        steps = min(_STEPS, self._left)
        readings = reversed(self._units[first].readings)
        ways = [_Way((first,), digits, first + 1) for digits in readings]
        while ways and steps and (best is None or best[0]):
            steps -= 1
            self._left -= 1
            way = ways.pop()
            if len(way.digits) in _WHOLE and (chain := self._made(way)):
                doubt = self._doubt(way)
                best = (doubt, chain) if best is None or doubt < best[0] else best
            ways += reversed(list(self._longer(way)))
        return best[1] if best else None

    def _longer(self, way: _Way) -> Iterator[_Way]:
        at = way.next
        if at >= len(self._units) or not self._goes(at):
            return
        unit, last = self._units[at], self._units[way.used[-1]]
        if self._is_begun_anew(at, last):
            digits = way.digits.removesuffix(last.digits) + unit.digits
            yield _Way((*way.used[:-1], at), digits, at + 1, (*way.again, way.used[-1]), way.asides)
        elif len(last.digits) > 1 and corrects(self._gaps[at]):  # seven five, no, two
            for back in {1, min(len(unit.digits), len(last.digits))}:
                digits = way.digits[:-back] + unit.digits
                yield way._replace(used=(*way.used, at), digits=digits, next=at + 1)
        is_echo = self._is_echo(way, at)
        if is_echo:
            yield way._replace(next=at + 1, again=(*way.again, at))
        for digits in (*unit.readings, *self._behind_echo(way, at)):
            if len(way.digits + digits) <= MAX_DIGITS:
                yield way._replace(used=(*way.used, at), digits=way.digits + digits, next=at + 1)
        if not is_echo and self._is_small(at) and way.asides < _MOST_ASIDES:
            yield way._replace(next=at + 1, asides=way.asides + 1)

    def _goes_on(self, at: int) -> bool:
        gap = self._gaps[at]
        is_far = self._units[at].start - self._units[at - 1].end > _BETWEEN
        if is_far or is_parted(gap):
            return False
        sizes = list(map(words_in, gap.split("\n")))
        if max(sizes) > _WORDS_OF_A_LINE or sum(sizes) > _WORDS:
            return False
        return not self._is_a_sum(at) and not names_what_follows(gap)

    def _is_begun_anew(self, at: int, last: Spoken) -> bool:
        """Whether a breath says the last once more and goes on, or puts it right."""
        unit = self._units[at]
        is_longer = len(unit.digits) > len(last.digits) > 1
        is_right = len(unit.digits) == len(last.digits) and corrects(self._gaps[at])
        return is_right or (is_longer and unit.digits.startswith(last.digits))

    def _is_echo(self, way: _Way, at: int) -> bool:
        """Whether a breath says again what was told last, or a group before; a short one apart."""
        unit, told = self._units[at], {self._units[each].digits for each in way.used}
        is_apart = _SAYS.search(self._gaps[at]) is not None
        return (is_apart or len(unit.digits) > _SHORT) and any(
            way.digits.endswith(digits) or (len(digits) > 1 and digits in told)
            for digits in unit.readings
        )

    def _behind_echo(self, way: _Way, at: int) -> Iterator[str]:
        """What goes on in a breath that first says again what was told last."""
        digits = self._units[at].digits
        for size in range(2, min(len(digits), MAX_DIGITS)):
            if way.digits.endswith(digits[:size]) and words_in(self._gaps[at]):
                yield digits[size:]

    def _is_small(self, at: int) -> bool:
        """Whether a digit in words stands alone amid words."""
        unit = self._units[at]
        is_alone = len(unit.digits) == unit.said == 1
        return is_alone and words_in(self._gaps[at]) + words_in(self._gaps[at + 1]) > 0

    def _is_a_sum(self, at: int) -> bool:
        """Whether a currency stands beside a breath."""
        before, behind = self._gaps[at : at + 2]
        return any(
            found.label is Label.MONEY and not before[found.end :].strip()
            for found in labels_in(before)
        ) or any(
            found.label is Label.MONEY and words_in(behind[: found.start]) < _OF_A_SUM
            for found in labels_in(behind)
        )

    def _made(self, way: _Way) -> Chain | None:
        """The number of a way, where it is one of a card and ends there."""
        issuer, number, half = issuer_told(way.digits), way.digits.encode(), len(way.digits) // 2
        if issuer is None or is_repeating([number[:half], number[half:]]):
            return None
        if not (self._is_spoken(way) and self._ends(way) and self._is_of_a_card(way)):
            return None
        again = (at for at in way.again if self._tells(at, is_amid=at < way.used[-1]))
        told = (self._units[at] for at in sorted((*way.used, *again)))
        return Chain(tuple(self._joined(told)), way.digits, issuer)

    def _joined(self, told: Iterable[Spoken]) -> list[Piece]:
        """The breaths as pieces, those with nothing but marks between them as one."""
        pieces: list[Piece] = []
        for unit in told:
            if pieces and _MARKS.fullmatch(self._text, pieces[-1].end, unit.start):
                last = pieces.pop()
                pieces.append(Piece(last.start, unit.end, last.digits + unit.digits))
            else:
                pieces.append(Piece(unit.start, unit.end, unit.digits))
        return pieces

    def _tells(self, at: int, *, is_amid: bool) -> bool:
        """Whether what is said again tells a part: not in `a moment`, nor in `until three`."""
        unit = self._units[at]
        is_word = len(unit.digits) == unit.said == 1
        is_aside = is_word and WORD_BEHIND.match(self._text, unit.end) is not None
        return len(unit.digits) > _SHORT or (is_amid and not is_aside)

    def _is_spoken(self, way: _Way) -> bool:
        """Whether enough of a number is said in words, and hardly any of it amid other words."""
        units = [self._units[at] for at in way.used]
        alone = sum(
            len(unit.digits) == 1 and WORD_BEHIND.match(self._text, unit.end) is not None
            for unit in units
        )
        return sum(unit.said for unit in units) >= FEWEST and alone <= _MOST_ALONE

    def _doubt(self, way: _Way) -> int:
        """How much is said amid it or right behind it that might belong to the number as well."""
        last = way.used[-1]
        is_apart = self._is_small(last) and _FULL_STOP.match(self._gaps[last]) is not None
        doubt = _OF_AN_ASIDE * (way.asides + is_apart)
        if way.next >= len(self._units) or not self._goes(way.next):
            return doubt
        return doubt + (_OF_A_SENTENCE if _FULL_STOP.match(self._gaps[way.next]) else _OF_MORE)

    def _ends(self, way: _Way) -> bool:
        """Whether nothing goes on with it but what is told besides: again, a date, a code."""
        for at in range(way.next, len(self._units)):
            if self._is_echo(way, at):
                continue
            gap = self._gaps[at]
            is_apart = _SENTENCE_ENDS.search(gap) or words_in(gap) > _FEW_WORDS
            if is_apart or not self._goes(at) or self._is_small(at):
                return True
            return _DATE_OR_CODE.fullmatch(self._units[at].digits) is not None
        return True

    def _is_of_a_card(self, way: _Way) -> bool:
        """Whether a card is spoken of before it, or right behind what is told in one go."""
        first, last = way.used[0], way.used[-1]
        end = self._units[last].end
        is_in_one = not (way.again or way.asides)
        return any(self._asks[max(0, first - _LOOKS + 1) : first + 1]) or (
            is_in_one and speaks_of_card(self._text[end : end + _BEHIND])
        )


def _are_enough(size: int, said: int) -> bool:
    return size >= _WHOLE.start and said >= FEWEST
