"""Short words for born that mean it only right before a full date: `(f. 12.03.84)`, `n. 3/5/61`.

They stand in the files of the languages (`born`, `born_long_ago`). What has other meanings there,
as `n.` for a number, counts before dates of long ago alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers.dates import date_at, is_long_ago
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.text.reading import PLAIN_BYTES
from integration.core.words.index import FIRST_UNPARTED
from integration.core.words.telling import ends_of_short_words
from integration.core.words.vocabulary import words_for_born

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.identifiers.stretch import Stretch

_NUMBER: Final = lazy(r"(?<![0-9./-])[0-9]")
_REACH: Final = 32
"""Characters before a date: the word, a mark, the month."""
_MARKS: Final = ".:"
_MOST_MARKS: Final = 4
_MONTH_BEFORE: Final = lazy(r"[^\W\d_]{3,14}\.? {1,2}\Z")
_STAR: Final = "*"
_AMID_A_LINE: Final = lazy(r"[\w,;(] ?\Z")
"""A star stands for born where it does not begin a line."""
_PART_OF_A_WORD: Final = lazy(r"[\w'’]\Z")
_SHORTEST_BEFORE_A_BLOCK: Final = 3
"""Shorter words need their dot before `640930`, which is any number else."""
_SURE: Final = 0.9


def dates_behind_short_words(stretch: Stretch) -> Iterator[Hit]:
    """Return the dates that stand right behind a short word for born."""
    text = stretch.text
    for number in _NUMBER.finditer(text):
        at = number.start()
        before = text[max(0, at - _REACH) : at]
        month = _MONTH_BEFORE.search(before)
        for start in (at, at - len(month[0])) if month else (at,):
            word = _word_at_the_end(before[: len(before) - at + start])
            span = date_at(text, at, start) if word else None
            if word and span and span[0] == start and _may_say_born(*word, text[slice(*span)]):
                yield Hit(*stretch.window.span(*span), Kind.DOB, _SURE, ("birth-word",))


def _word_at_the_end(before: str) -> tuple[str, str] | None:
    """Return the short word that a text ends with, and the marks behind it."""
    bare = before.rstrip(_MARKS + " ")
    if not bare.endswith(_words()) or len(before) - len(bare) > _MOST_MARKS:
        return None
    for word in _words():
        if bare.endswith(word) and _stands_alone(bare.removesuffix(word), word):
            return word, before[len(bare) :].strip()
    return None


def _stands_alone(before: str, word: str) -> bool:
    if word == _STAR:
        return _AMID_A_LINE.search(before) is not None
    return word[0] >= FIRST_UNPARTED or not _PART_OF_A_WORD.search(before)


def _may_say_born(word: str, marks: str, date: str) -> bool:
    if word not in words_for_born(long_ago=False):
        return is_long_ago(date)
    return bool(marks) or len(word) >= _SHORTEST_BEFORE_A_BLOCK or not date.isdigit()


@cache
def _words() -> tuple[str, ...]:
    """Return every short word, the longest first: `d.n` before `n`."""
    words = words_for_born(long_ago=False) | words_for_born(long_ago=True) | {_STAR}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def may_stand_before_a_date(near: bytes, *, words: bool) -> bool:
    """Return whether a short word, or a star, may stand before a date in letters of Latin-1.

    Quick: the last letters of a word are enough here. `words`: those of more than one letter too.
    """
    plain = near.translate(PLAIN_BYTES)
    letter, word = _before_a_date()
    return bool(letter.search(plain) or (words and word.search(plain)))


@cache
def _before_a_date() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return what finds a letter or a star before a date, and what finds a word."""
    ends = sorted(filter(str.isascii, ends_of_short_words()))
    letters = "".join(each for each in ends if len(each) == 1).encode()
    words = "|".join(each for each in ends if len(each) > 1).encode()
    date = rb"(?:[a-z]{3,14}\.? {1,2})?(?:[0-9]{1,2}(?:[./-]|[.,]? [0-9a-z])|[0-9]{4})"
    return (
        re.compile(rb"[%b*](?:(?<=\*)|(?<![a-z'].)(?=[.:) ]))[.:) ]{0,4}%b" % (letters, date)),
        re.compile(rb"(?<![a-z'])(?:%b)(?![a-z])[.:) ]{0,4}%b" % (words, date)),
    )
