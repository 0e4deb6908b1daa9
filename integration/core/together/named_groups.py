"""A group of a number that is removed, where words call it one. Pure.

`The third block is 6984, not 6948. So 4622 9419 6984 7412`: the number goes, and with its group the
one who reads on would have half of it. Two groups of which one stands in no mask need no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from integration.core.cards.heard import digits_in_words
from integration.core.cards.slip import is_slip
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.text.reading import read
from integration.core.together.dictation.pieces import in_words
from integration.core.together.elsewhere import ACROSS, Taken, decoded_of, moved, whole_numbers
from integration.core.words.places import names_a_group
from integration.core.words.vocabulary import as_read

_NO_DIGIT: Final = re.compile(r"\D")
_GROUP: Final = re.compile(r"(?<![\w.,:/-])\d{4}(?![\w/-]|[.,:]\d)")
_PAIR: Final = re.compile(r"(?<![\w.,:/-])(?<!\d[ -])\d{4}[ -]?\d{4}(?![\w/-]|[.,:]\d|[ -]\d)")
_SIZE: Final = 4
_BEFORE_THE_LAST: Final = range(0, 12, _SIZE)
"""Where the groups of sixteen digits begin, but the last: a mask shows that, too."""
_BEHIND_THE_BIN: Final = (4, 8)
"""Where two groups begin that are not the first eight digits: those name the bank only."""
_WHOLE: Final = 16
_CLAUSE: Final = 40
"""Characters before a group in which it is called one."""
_LONGEST: Final = 20_000
"""Characters of a text that is read for words."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?;]\s|\n")


def spans_of_named_groups(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """The groups of removed numbers that words call so, by surface id.

    `found`: what is known of each place so far.
    """
    numbers = (each for surface in surfaces for each in whole_numbers(surface, found[surface.id]))
    groups = {group: span for span, pieces in numbers for group in _groups("".join(pieces))}
    if not groups:
        return {}
    decoded_by_id = {surface.id: decoded_of(surface) for surface in surfaces}
    told = {
        name: [
            *_named(decoded, groups, Taken.by(found[name])),
            *_in_words(decoded, groups, Taken.by(found[name])),
        ]
        for name, decoded in decoded_by_id.items()
    }
    return {name: spans for name, spans in told.items() if spans}


def _groups(number: str) -> Iterator[str]:
    digits = _NO_DIGIT.sub("", number)
    if len(digits) == _WHOLE:
        yield from (digits[at : at + _SIZE] for at in _BEFORE_THE_LAST)
        yield from (digits[at : at + 2 * _SIZE] for at in _BEHIND_THE_BIN)


def _named(decoded: Decoded, groups: Mapping[str, Span], taken: Taken) -> Iterator[Span]:
    text = decoded.text
    for group in chain(_PAIR.finditer(text), _GROUP.finditer(text)):
        digits = _meant(_NO_DIGIT.sub("", group[0]), groups)
        if digits not in groups:
            continue
        before = text[max(0, group.start() - _CLAUSE) : group.start()]
        ranges = tuple(decoded.source(*group.span()))
        is_told = len(digits) > _SIZE or names_a_group(_clause(before))
        if ranges and is_told and not taken.touches(ranges):
            yield moved(groups[digits], ranges, ACROSS)


def _meant(digits: str, groups: Mapping[str, Span]) -> str:
    """The two groups that some digits are but for a slip, as where they are put right later."""
    if len(digits) == _SIZE or digits in groups:
        return digits
    return next((each for each in groups if len(each) > _SIZE and is_slip(digits, each)), digits)


def _in_words(decoded: Decoded, groups: Mapping[str, Span], taken: Taken) -> Iterator[Span]:
    """Two such groups that are told in words: `five six two five, six six three one`."""
    if len(decoded.text) > _LONGEST:
        return
    reading = read(decoded.text)
    if digits_in_words(reading)[0] <= _SIZE:
        return  # quick, as most texts have none
    window = reading.window(0, len(decoded.text))
    pairs = {p for run in in_words(window.text) for p in run if len(p.digits) > _SIZE}
    for pair in sorted(pairs):
        ranges = tuple(decoded.source(*window.span(pair.start, pair.end)))
        if pair.digits in groups and ranges and not taken.touches(ranges):
            yield moved(groups[pair.digits], ranges, ACROSS)


def _clause(before: str) -> str:
    return as_read(_SENTENCE_ENDS.split(before)[-1])
