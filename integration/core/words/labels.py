"""The labels in a stretch of plain letters: which words stand where, and what they say of a number.

Words are looked up in a table, not matched by a pattern of thousands of phrases: a message costs
one look per word, however many languages are known. Endings and compounds of the languages that
inflect or glue their words are taken off; scripts without gaps between words are read letter by
letter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.stems import same_word, stem_of
from integration.core.words.vocabulary import Label, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator


class Found(NamedTuple):
    """A label and where its words stand in the stretch."""

    start: int
    end: int
    label: Label


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    label: Label


class _Index(NamedTuple):
    exact: dict[str, list[_Phrase]]
    """By first word."""
    stemmed: dict[str, list[_Phrase]]
    """The same by the stem of the first word."""
    single: dict[str, Label]
    """Phrases of one word, and longer ones glued: `cardnumber`."""
    unparted: dict[str, list[tuple[str, Label]]]
    """Scripts without gaps between words: by first letter, longest first."""


# A word: a run of letters of scripts that part words, a run of the others, or a run of digits.
# What is left out are punctuation, symbols and blanks; vowel signs are no letters to `\w`.
_UNPARTED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3041-\u30ff\u3400-\u9fff"
_HANGUL: Final = "\uac00-\ud7af"
_NO_LETTERS: Final = (
    "\\x00-\\x60\\x7b-\\xa9\\xab-\\xb4\\xb6-\\xb9\\xbb-\\xbf\\xd7\\xf7\u02c2-\u02df\u0589\u05be"
    "\u05c0\u05c3\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u2bff\u3000-\u3004"
    "\u3006-\u3040\ufe00-\ufe6f\uff00-\uffef\U0001f000-\U0010ffff"
)
WORD: Final = re.compile(f"[^{_NO_LETTERS}{_UNPARTED}{_HANGUL}]+|[{_UNPARTED}{_HANGUL}]+|[0-9]+")
FIRST_UNPARTED: Final = "\u0e00"
"""Letters from here on are of scripts that are read letter by letter."""
_JOINERS: Final = " \t\r\n\xa0_-./'`´’"
_WIDEST_JOINT: Final = 2

_MARKS_OF_SUFFIXES: Final = "-'’`:"
_LONGEST_SUFFIX: Final = 4
_SHORTEST_COMPOUND: Final = 7
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

# When one phrase has two meanings, the one that is named first counts.
_RANKS: Final = {
    label: rank
    for rank, label in enumerate(
        (
            Label.OTHER_CARD,
            Label.SECURITY_CODE,
            Label.PIN,
            Label.EXPIRY,
            Label.CARD,
            Label.PASSWORD,
            Label.ONE_TIME_CODE,
            Label.CODE_HINT,
            Label.EXPIRY_HINT,
            Label.CARD_HINT,
            Label.LINK,
            Label.BIRTH_DATE,
            Label.NATIONAL_ID,
            Label.BANK_ACCOUNT,
            Label.TELEPHONE,
            Label.OTHER_NUMBER,
            Label.REFERENCE,
            Label.MONEY,
        )
    )
}


def labels_in(text: str) -> list[Found]:
    """Return the labels of `text` in order, not overlapping; of two the longer phrase wins.

    `text` is in plain letters, as `Reading.window` gives it.

    >>> [(found.start, found.end, found.label.value) for found in labels_in("cardnumbers, cvv2 12")]
    [(0, 11, 'card'), (13, 17, 'security_code')]
    """
    return list(_labels(text, _index()))


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


def _labels(text: str, index: _Index) -> Iterator[Found]:
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


def _unparted(text: str, start: int, end: int, index: _Index) -> Iterator[Found]:
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
def _known(word: str) -> tuple[dict[str, list[_Phrase]], Label | None]:
    """Return the longer phrases that begin with a word by the stem of the next, and what it says.

    Single words are remembered, never what stood together.
    """
    index = _index()
    starts = [*index.exact.get(word, ())]
    starts += [
        phrase
        for phrase in index.stemmed.get(stem_of(word), ())
        if phrase.words[0] != word and same_word(word, phrase.words[0])
    ]
    longer: dict[str, list[_Phrase]] = {}
    for phrase in sorted(starts, key=lambda phrase: -len(phrase.words)):
        if len(phrase.words) > 1:
            longer.setdefault(stem_of(phrase.words[1]), []).append(phrase)
    label = next((phrase.label for phrase in starts if len(phrase.words) == 1), None)
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


def _follows(text: str, words: list[tuple[str, int, int]], at: int, phrase: _Phrase) -> bool:
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


def _compound(word: str, index: _Index) -> Label | None:
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


def _single(word: str, index: _Index) -> Label | None:
    label = index.single.get(word)
    if label is None and (stem := stem_of(word)) != word:
        label = index.single.get(stem)
    return label


def _first_part(word: str, index: _Index) -> Label | None:
    for glue in _GLUE:
        bare = word.removesuffix(glue) if glue else word
        if len(bare) >= _SHORTEST_PART and bare in index.single:
            return index.single[bare]
    return None


@cache
def _index() -> _Index:
    index = _Index({}, {}, {}, {})
    for label in sorted(Label, key=_RANKS.__getitem__):
        for phrase in sorted(phrases(label)):
            _add(index, phrase, label)
    for letters in index.unparted.values():
        letters.sort(key=lambda entry: -len(entry[0]))
    return index


def _add(index: _Index, phrase: str, label: Label) -> None:
    words = tuple(WORD.findall(phrase))
    if not words:
        return
    if words[0][0] >= FIRST_UNPARTED:
        for form in {phrase, phrase.replace(" ", "")}:
            index.unparted.setdefault(form[0], []).append((form, label))
        return
    known = _Phrase(words, label)
    index.exact.setdefault(words[0], []).append(known)
    index.stemmed.setdefault(stem_of(words[0]), []).append(known)
    index.single.setdefault("".join(words), label)
