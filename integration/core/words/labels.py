"""The labels in a stretch of plain letters: which words stand where, and what they say of a number.

Words are looked up in a table, not matched by a pattern of thousands of phrases: a message costs
one look per word, however many languages are known. Endings and compounds of the languages that
inflect or glue their words are taken off; scripts without gaps between words are read letter by
letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.index import FIRST_UNPARTED, WORD, Index, Phrase, index_of_phrases
from integration.core.words.stems import same_word, stem_of
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator


class Found(NamedTuple):
    """A label and where its words stand in the stretch."""

    start: int
    end: int
    label: Label


_JOINERS: Final = " \t\r\n\xa0_-./'`´’"
_WIDEST_JOINT: Final = 2

_MARKS_OF_SUFFIXES: Final = "-'’`:"
_LONGEST_SUFFIX: Final = 4
_SHORTEST_COMPOUND: Final = 7
_SHORTEST_GLUED: Final = 5
"""A phrase may be written as one word: `cardno`."""
_SHORTEST_PART: Final = 3
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
_GLUE: Final = ("", "s", "n", "en", "e", "es")


def labels_in(text: str) -> list[Found]:
    """Return the labels of `text` in order, not overlapping; of two the longer phrase wins.

    `text` is in plain letters, as `Reading.window` gives it.

    >>> [(found.start, found.end, found.label.value) for found in labels_in("cardnumbers, cvv2 12")]
    [(0, 11, 'card'), (13, 17, 'security_code')]
    """
    return list(_labels(text, index_of_phrases()))


def tells(text: str) -> bool:
    """Return whether `text` may hold a label other than links and sums.

    Quick, and never wrong when it says no.
    """
    before: frozenset[str] = frozenset()
    for word in WORD.findall(text):
        if before and stem_of(word) in before:
            return True
        telling, before = _telling(word)
        if telling:
            return True
    return False


@lru_cache(maxsize=8192)
def _telling(word: str) -> tuple[bool, frozenset[str]]:
    """Return whether a word tells something alone, and the stems of words it needs behind it."""
    if word[0] >= FIRST_UNPARTED:
        return True, frozenset()
    longer, label = _known(word)
    stems = {stem for stem, phrases in longer.items() if any(_says(each.label) for each in phrases)}
    return _says(label), frozenset(stems)


def _says(label: Label | None) -> bool:
    return label not in {None, Label.LINK, Label.MONEY}


def _labels(text: str, index: Index) -> Iterator[Found]:
    words = [(match[0], *match.span()) for match in WORD.finditer(text)]
    at, done = 0, 0
    while at < len(words):
        word, start, end = words[at]
        at += 1
        if start < done:
            continue
        if word[0] >= FIRST_UNPARTED:
            for found in _unparted(text, start, end, index):
                yield found
                done = found.end
            continue
        longer, label = _known(word)
        for phrase in longer.get(stem_of(words[at][0]), ()) if longer and at < len(words) else ():
            if _follows(text, words, at - 1, phrase):
                at += len(phrase.words) - 1
                label = phrase.label
                break
        if label:
            yield Found(start, _with_suffix(text, words, at - 1), label)


def _unparted(text: str, start: int, end: int, index: Index) -> Iterator[Found]:
    at = start
    while at < end:
        for phrase, label in index.unparted.get(text[at], ()):
            if text.startswith(phrase, at):
                yield Found(at, at + len(phrase), label)
                at += len(phrase)
                break
        else:
            at += 1


@lru_cache(maxsize=8192)
def _known(word: str) -> tuple[dict[str, list[Phrase]], Label | None]:
    """Return the longer phrases that begin with a word by the stem of the next, and what it says.

    Single words are remembered, never what stood together.
    """
    index = index_of_phrases()
    starts = [*index.exact.get(word, ())]
    starts += [
        phrase
        for phrase in index.stemmed.get(stem_of(word), ())
        if phrase.words[0] != word and same_word(word, phrase.words[0])
    ]
    longer: dict[str, list[Phrase]] = {}
    for phrase in sorted(starts, key=lambda phrase: -len(phrase.words)):
        if len(phrase.words) > 1:
            longer.setdefault(stem_of(phrase.words[1]), []).append(phrase)
    label = next((phrase.label for phrase in starts if len(phrase.words) == 1), None)
    if label is None and len(word) >= _SHORTEST_GLUED:
        label = index.single.get(word)
    if label is None and len(word) >= _SHORTEST_COMPOUND:
        label = _compound(word, index)
    return longer, label


def _with_suffix(text: str, words: list[tuple[str, int, int]], last: int) -> int:
    """Return where a label ends that an ending may hang on by a mark: `PIN-ul`, `CVV:n`."""
    end = words[last][2]
    if last + 1 == len(words) or text[end : end + 1] not in _MARKS_OF_SUFFIXES:
        return end
    word, start, stop = words[last + 1]
    if start != end + 1 or len(word) > _LONGEST_SUFFIX or word[0] >= FIRST_UNPARTED:
        return end
    return end if word.isdigit() or any(_known(word)) else stop


def _follows(text: str, words: list[tuple[str, int, int]], at: int, phrase: Phrase) -> bool:
    """Return whether the words behind the first one are those of the phrase."""
    if at + len(phrase.words) > len(words):
        return False
    for expected in phrase.words[1:]:
        end = words[at][2]
        at += 1
        word, start, _ = words[at]
        if word != expected and not same_word(word, expected):
            return False
        if start - end > _WIDEST_JOINT or text[end:start].strip(_JOINERS):
            return False
    return True


def _compound(word: str, index: Index) -> Label | None:
    """Return what a word of two parts says: its last part, unless that means no more than number.

    >>> labels_in("kredittkortnummeret")[0].label.value
    'card'
    """
    telling = None
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
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
