"""What somebody says of a number that was wrong: which group is another, which digit. Pure.

`The third group is 7721, not 3721`, `digit 11 is a 0`, `between 4725 and 2443 there should be
4072`: read by the numbers of a sentence, the places that it counts and a few words, in whatever
order they stand. `amended` makes of the groups of a wrong number what the sentence may mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from integration.core.text import Decoded
from integration.core.together.sentences import sentences
from integration.core.words.correcting import corrects, may_correct, tells_a_gap, tells_the_end
from integration.core.words.index import TOUCHING, WORD
from integration.core.words.places import (
    LAST,
    MIDDLE,
    counted_places,
    may_claim_without_gaps,
    may_count,
    names_a_digit,
    names_a_group,
)
from integration.core.words.vocabulary import as_read

_LETTER: Final = rf"[^\W{TOUCHING}]"
_NUMBER: Final = re.compile(
    rf"(?<!{_LETTER})(?<![,:/])(?<!(?<!\u2026)-)(?<!(?<!\.)\.)(?<!\d[ \xa0])"
    # Behind fewer digits a counter may stand: 4桁.
    rf"(?:\d{{4}}[ \xa0]\d{{4}}|\d{{3,8}}|\d{{1,2}}(?!\w))(?!{_LETTER}|[.,:/-]\w|[ \xa0]\d)"
)
_MASK: Final = "****"
_IN_A_MASK: Final = re.compile(r" \d{4}\]")
_NO_DIGIT: Final = re.compile(r"\D")
_STARRED: Final = re.compile(r"\*\d+[.!]?[ \t]*")
"""All of a line: *1111."""
_ANY: Final = (1, 2, 3, 4, LAST)
_WITHIN: Final = frozenset({MIDDLE, *range(2, 6)})
"""Places that are neither the first nor the last."""
_SHORT: Final = 100
_MOST_NUMBERS: Final = 12
_GROUPS: Final = range(3, 9)
"""Digits of a group."""
_OF_MOST: Final = range(4, 7)
_FEW: Final = 3
_MOST_USUAL: Final = range(13, 17)
"""Digits of a number whose end is told without a word for a group."""
ALMOST_WHOLE: Final = 11
"""Digits of the shortest card numbers, but for one."""
_ALIKE: Final = 2
"""So many digits more or fewer may a group have than the one whose place it takes."""
_FOUR: Final = 4
_TWO: Final = 2


class Number(NamedTuple):
    """Digits of a sentence, and where they stand."""

    digits: str
    start: int
    end: int


class Amended(NamedTuple):
    """What a wrong number is in truth, and the numbers of the sentence that are a part of it."""

    digits: str
    used: tuple[Number, ...]


class Claim(NamedTuple):
    """What a sentence says of a number."""

    words: str
    numbers: tuple[Number, ...]
    places: tuple[int, ...]

    def apart_from(self, start: int, end: int) -> Claim:
        """The same without the numbers of a stretch: a wrong number says nothing of itself."""
        others = tuple(each for each in self.numbers if not (each.start < end and start < each.end))
        return self._replace(numbers=others)

    def groups(self) -> tuple[Number, ...]:
        """Its numbers that are groups of most cards."""
        return tuple(each for each in self.numbers if len(each.digits) in _OF_MOST)


def is_of_a_gone_number(claim: Claim) -> bool:
    """Whether a sentence can hardly be about anything but the groups of a number.

    `The third group is 7721, not 3721`, where a mask is all that is left of the number.
    """
    is_clear = corrects(claim.words) or tells_a_gap(claim.words)
    return (
        is_clear
        and _MASK not in claim.words  # what stands in its place is the wrong group
        and bool(claim.places)
        and names_a_group(claim.words)
        and len(claim.numbers) <= _FEW
        and claim.groups() == claim.numbers
    )


def claims(decoded: Decoded, *, of_no_number: bool = True) -> Iterator[Claim]:
    """What the sentences of a text say of a wrong number.

    `of_no_number`: those without a number as well, which say that two groups change places.
    """
    text, read = decoded.text, as_read(decoded.text)
    for start, end in sentences(text):
        numbers = tuple(_numbers(text, start, end))
        if len(numbers) > _MOST_NUMBERS or not (numbers or of_no_number):
            continue
        words = read[start:end] if len(read) == len(text) else as_read(text[start:end])
        is_starred = _STARRED.fullmatch(text, start, end) is not None
        # 8659 must be 8679: two groups need no word that is known.
        is_pair = len(numbers) == _TWO and end - start <= _SHORT
        if is_starred or is_pair or may_say(words):
            places = _ANY if is_starred else tuple(dict.fromkeys(counted_places(words)))
            if numbers or len(places) > 1:
                yield Claim(words, numbers, places)


def may_say(words: str) -> bool:
    """Whether some words (in plain letters) may say something of a wrong number."""
    said = frozenset(WORD.findall(words))
    return may_correct(said) or may_count(said) or may_claim_without_gaps(words)


def _numbers(text: str, start: int, end: int) -> Iterator[Number]:
    for found in _NUMBER.finditer(text, start, end):
        if not _IN_A_MASK.match(text, found.start() - 1):
            yield Number(_NO_DIGIT.sub("", found[0]), *found.span())


def amended(groups: Sequence[str], claim: Claim) -> Iterator[Amended]:
    """What a sentence may make of a wrong number that is written in these groups."""
    digits = "".join(groups)
    ways = list(_ways(groups, digits))
    for way in ways:
        yield from _with_one_more(way, claim)
    if len(digits) < ALMOST_WHOLE:
        return
    for way in ways:
        yield from _with_another_group(way, claim)
        yield from _with_two_other_groups(way, claim)
        yield from _in_another_order(way, claim)
    yield from _with_another_end(digits, claim)
    yield from _with_another_digit(digits, claim)
    yield from _with_another_last_digit(digits, claim)
    yield from _with_one_more_digit(digits, claim)


def amended_halves(groups: Sequence[str], claim: Claim) -> Iterator[Amended]:
    """The same of two parts: the sentence must name the group that it takes back, and count it."""
    named = {number.digits for number in claim.numbers}
    if names_a_group(claim.words) and claim.places and not named.isdisjoint(groups):
        yield from _with_another_group(groups, claim)


def _ways(groups: Sequence[str], digits: str) -> Iterator[Sequence[str]]:
    """The groups of a number as they are written, and as they stand on a card."""
    yield groups
    yield from (way for way in as_printed(digits) if way != list(groups))


def as_printed(digits: str) -> Iterator[list[str]]:
    """The groups in which a number may stand on a card."""
    yield [digits[at : at + _FOUR] for at in range(0, len(digits), _FOUR)]
    of_three = [digits[:4], digits[4:10], digits[10:]]
    if of_three[-1] and digits[0] == "3":
        yield of_three


def _with_another_group(groups: Sequence[str], claim: Claim) -> Iterator[Amended]:
    """The third group is 7721; 7721, not 3721."""
    is_clear = names_a_group(claim.words) or corrects(claim.words)
    places = claim.places if is_clear or len("".join(groups)) in _MOST_USUAL else ()
    for number in claim.numbers:
        others = {each.digits for each in claim.numbers if each is not number}
        named = [at for at, group in enumerate(groups) if group in others]
        for at in dict.fromkeys((*named, *_counted(places, len(groups)))):
            if number.digits != groups[at] and _alike(number.digits, groups[at]):
                made = (*groups[:at], number.digits, *groups[at + 1 :])
                yield Amended("".join(made), (number,))


def _with_two_other_groups(groups: Sequence[str], claim: Claim) -> Iterator[Amended]:
    """From the third group on it is 1766 8624."""
    places = claim.places if names_a_group(claim.words) else ()
    for number in claim.numbers:
        for at in _counted(places, len(groups) - 1):
            if len(number.digits) == len(groups[at]) + len(groups[at + 1]):
                made = (*groups[:at], number.digits, *groups[at + _TWO :])
                yield Amended("".join(made), (number,))


def _alike(group: str, other: str) -> bool:
    return len(group) in _GROUPS and abs(len(group) - len(other)) <= _ALIKE


def _counted(places: Sequence[int], size: int) -> Iterator[int]:
    for place in places:
        if place == MIDDLE:
            at = size // 2 if size % 2 else size
        else:
            at = size - 1 if place == LAST else place - 1
        if 0 <= at < size:
            yield at


def _with_one_more(groups: Sequence[str], claim: Claim) -> Iterator[Amended]:
    """The second group is missing: 9370; between 7102 and 9853 comes 3782."""
    places = claim.places if names_a_group(claim.words) else ()
    for number in claim.numbers:
        if len(number.digits) not in _GROUPS:
            continue
        others = {each.digits: each for each in claim.numbers if each is not number}
        beside = [at for at, pair in enumerate(pairwise(groups), 1) if set(pair) <= others.keys()]
        named = tuple(others[group] for group in groups if group in others)
        for at in dict.fromkeys((*beside, *_counted(places, len(groups) + 1))):
            made = (*groups[:at], number.digits, *groups[at:])
            yield Amended("".join(made), (number, *named))


def _in_another_order(groups: Sequence[str], claim: Claim) -> Iterator[Amended]:
    """The first group and the second one have to change places."""
    if not names_a_group(claim.words):
        return
    places = sorted(set(_counted(claim.places, len(groups))))
    for first, second in combinations(places, 2):
        made = list(groups)
        made[first], made[second] = made[second], made[first]
        yield Amended("".join(made), ())


def _with_another_end(digits: str, claim: Claim) -> Iterator[Amended]:
    """It ends in 1111; I meant 1111 1111."""
    if len(digits) not in _MOST_USUAL or _WITHIN.intersection(claim.places):
        return
    if not (corrects(claim.words) or tells_the_end(claim.words)):
        return
    for number in claim.numbers:
        size = len(number.digits)
        if size in _GROUPS and size < len(digits):
            yield Amended(f"{number.digits}{digits[size:]}", (number,))
            yield Amended(f"{digits[:-size]}{number.digits}", (number,))


def _with_another_digit(digits: str, claim: Claim) -> Iterator[Amended]:
    """Digit 11 is a 0 and not an 8."""
    if not names_a_digit(claim.words):
        return
    told = _single(claim)
    counted = [each.digits for each in claim.numbers if len(each.digits) <= _TWO]
    for place in dict.fromkeys((*map(int, counted), *claim.places)):
        for at in _counted([place], len(digits)):
            others = list(told)
            if str(place) in others:
                others.remove(str(place))
            if len(others) == 1 or digits[at] in others:
                for digit in others:
                    yield Amended(f"{digits[:at]}{digit}{digits[at + 1 :]}", ())


def _with_another_last_digit(digits: str, claim: Claim) -> Iterator[Amended]:
    """The very last one is a 6, not a 9: the one that is wrong stands there."""
    told = _single(claim)
    if LAST in claim.places and len(told) == _TWO and told.count(digits[-1]) == 1:
        right = told[0] if told[1] == digits[-1] else told[1]
        yield Amended(f"{digits[:-1]}{right}", ())


def _single(claim: Claim) -> list[str]:
    return [each.digits for each in claim.numbers if len(each.digits) == 1]


def _with_one_more_digit(digits: str, claim: Claim) -> Iterator[Amended]:
    """I forgot the last digit, it is 7; the fifth digit is missing, a 3."""
    is_missing = tells_a_gap(claim.words)
    if not names_a_digit(claim.words) or not (is_missing or tells_the_end(claim.words)):
        return
    told = _single(claim)
    for place in claim.places or ((LAST,) if is_missing else ()):
        for at in _counted([place], len(digits) + 1):
            for digit in told:
                if digit != str(place):
                    yield Amended(f"{digits[:at]}{digit}{digits[at:]}", ())
