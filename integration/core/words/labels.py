"""The labels in a stretch of plain letters: which words stand where, and what they say of a number.

Words are looked up in a table, not matched by a pattern of thousands of phrases: a message costs
one look per word, however many languages are known. Endings and compounds of the languages that
inflect or glue their words are taken off; scripts without gaps between words are read letter by
letter.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.counted import Part, counted, part_of
from integration.core.words.index import FIRST_UNPARTED, WORD, Index, Phrase, index_of_phrases
from integration.core.words.misspelled import meant
from integration.core.words.stems import Remembered, same_word, stem_of
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence


class Found(NamedTuple):
    """A label and where its words stand in the stretch."""

    start: int
    end: int
    label: Label


_JOINERS: Final = " \t\r\n\xa0_-./'`´’"
_WIDEST_JOINT: Final = 2

_MARKS_OF_SUFFIXES: Final = frozenset("-'’`:")
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
_SURE: Final = frozenset({Label.SECURITY_CODE, Label.EXPIRY})
_CODES: Final = frozenset({Label.SECURITY_CODE, Label.PIN, Label.PASSWORD})
_LAST_FIGURE: Final = "9"
_SHORTEST_TELLING_HINT: Final = 9
_WORDS_OF_A_COUNT: Final = 8
_GLUE: Final = ("", "s", "n", "en", "e", "es")


class _Known(NamedTuple):
    """What is known of one word."""

    label: Label | None = None
    """What it says alone."""
    longer: Mapping[str, Sequence[Phrase]] = {}
    """The longer phrases that begin with it, by the stem of their second word."""
    stem: str = ""
    part: Part = Part(0)
    unparted: bool = False
    """Written in a script without gaps between words."""
    begins: bool = False
    """Whether a label may begin with it."""
    counts: bool = False
    """Whether a label may begin with it that counts digits."""


_UNPARTED: Final = _Known(unparted=True, begins=True)
_FIGURE: Final = _Known()


class _Telling(NamedTuple):
    """What a word tells."""

    alone: bool
    """A label that is looked for."""
    before: Collection[str]
    """It does with one of these stems behind it."""
    sees: int
    """What makes a label together with other words of the same text."""


_CARD, _DATE, _DIGITS, _PLACE = 1, 2, 4, 8
_DATE_OF_CARD: Final = _CARD | _DATE
_SIDE: Final = _DIGITS | _PLACE
_BEGINS_A_COUNT: Final = Part.THREE | Part.FOUR | Part.DIGITS


class _Words(NamedTuple):
    """The words of a stretch, where they begin, and what is known of each."""

    text: str
    words: list[str]
    starts: list[int]
    known: list[_Known]

    def end(self, at: int) -> int:
        return self.starts[at] + len(self.words[at])


def labels_in(text: str) -> list[Found]:
    """Return the labels of `text` in order, not overlapping; of two the longer phrase wins.

    `text` is in plain letters, as `Reading.window` gives it.

    >>> [(found.start, found.end, found.label.value) for found in labels_in("cardnumbers, cvv2 12")]
    [(0, 11, 'card'), (13, 17, 'security_code')]
    """
    words = WORD.findall(text)
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    return _labels(_Words(text, words, starts, _about(words)))


def tells(text: str) -> bool:
    """Return whether `text` may hold a label other than links and sums.

    Quick, and never wrong when it says no.
    """
    before: Collection[str] = ()
    for word in WORD.findall(text):
        if before and stem_of(word) in before:
            return True
        tells_alone, before, _ = _of_figure(word) if word[0] <= _LAST_FIGURE else _TELLING[word]
        if tells_alone:
            return True
    return False


def tells_code(text: str) -> bool:
    """Return whether `text` may hold the label of a code, a PIN or a date with no card number near.

    Quick, and never wrong when it says no.
    """
    before: Collection[str] = ()
    seen = 0
    for word in WORD.findall(text):
        if before and stem_of(word) in before:
            return True
        tells_alone, before, sees = (
            _of_figure(word) if word[0] <= _LAST_FIGURE else _TELLING_CODES[word]
        )
        seen |= sees
        if tells_alone or seen & _DATE_OF_CARD == _DATE_OF_CARD or seen & _SIDE == _SIDE:
            return True
    return False


def telling_hint(phrase: str) -> bool:
    """Return whether a phrase that hints at a code says enough where a card is named."""
    return " " in phrase or len(phrase) >= _SHORTEST_TELLING_HINT or not phrase.isascii()


def _of_figure(word: str) -> _Telling:
    return _Telling(alone=False, before=_figures().get(word, _FIGURE).longer, sees=0)


def _what_tells(word: str, says: Callable[[Label | None, str], bool]) -> _Telling:
    known = _WORDS[word]
    if known.unparted:
        return _Telling(any(says(each.label, word) for each in labels_in(word)), (), 0)
    stems = {
        stem
        for stem, phrases in known.longer.items()
        if any(says(phrase.label, " ") for phrase in phrases)
    }
    labels = {known.label, *(each.label for some in known.longer.values() for each in some)}
    sees = _CARD * (Label.CARD in labels) | _DATE * (Label.EXPIRY in labels)
    sees |= _DIGITS * (Part.DIGITS in known.part) | _PLACE * (Part.PLACE in known.part)
    return _Telling(says(known.label, word), stems, sees)


def _says(label: Label | None, _phrase: str) -> bool:
    return label not in {None, Label.LINK, Label.MONEY}


def _says_code(label: Label | None, phrase: str) -> bool:
    return label in _CODES or (label is Label.CODE_HINT and telling_hint(phrase))


@cache
def _figures() -> dict[str, _Known]:
    """Return what is known of the few figures that phrases hold."""
    return {word: _look_up(word) for word in index_of_phrases().figures}


def _about(words: Sequence[str]) -> list[_Known]:
    figures = _figures()
    return [
        figures.get(word, _FIGURE) if word[0] <= _LAST_FIGURE else _WORDS[word] for word in words
    ]


def _labels(words: _Words) -> list[Found]:
    found: list[Found] = []
    behind = done = 0
    for at, known in enumerate(words.known):
        if not known.begins or at < behind or words.starts[at] < done:
            continue
        start = words.starts[at]
        if known.unparted:
            found += _unparted(words.text, start, words.end(at))
            done = found[-1].end if found else 0
            continue
        behind, label = at + 1, known.label
        second = words.known[behind].stem if known.longer and behind < len(words.known) else ""
        if known.counts or second in known.longer:
            behind, label = _phrase_at(words, at)
        if label:
            end = words.end(behind - 1)
            if words.text[end : end + 1] in _MARKS_OF_SUFFIXES:
                end = _with_suffix(words, behind - 1)
            found.append(Found(start, end, label))
    return found


def _phrase_at(words: _Words, at: int) -> tuple[int, Label | None]:
    """Return behind which word the longest phrase that begins here ends, and what it says."""
    known = words.known[at]
    stop, label = at + 1, known.label
    if known.longer and stop < len(words.words):
        for phrase in known.longer.get(words.known[stop].stem, ()):
            if _follows(words, at, phrase):
                stop, label = at + len(phrase.words), phrase.label
                break
    if label in _SURE:
        return stop, label
    side = next((here for here in range(at, stop) if words.known[here].counts), None)
    if side is not None and (told := _counted(words, side)) and told[0] >= stop:
        return told
    return stop, label


def _counted(words: _Words, at: int) -> tuple[int, Label] | None:
    """Return the end and the meaning of digits that are counted, of words close together."""
    low, high = at, at
    while low > max(0, at - _WORDS_OF_A_COUNT) and _close(words, low - 1):
        low -= 1
    while high + 1 < min(len(words.words), at + _WORDS_OF_A_COUNT) and _close(words, high):
        high += 1
    found = counted([known.part for known in words.known[low : high + 1]], at - low)
    return (low + found[0], found[1]) if found else None


def _close(words: _Words, at: int) -> bool:
    """Return whether no more than a joint parts the word at `at` from the next."""
    end, start = words.end(at), words.starts[at + 1]
    joint = words.text[end:start]
    return joint == " " or (len(joint) <= _WIDEST_JOINT and not joint.strip(_JOINERS))


def _unparted(text: str, start: int, end: int) -> Iterator[Found]:
    index = index_of_phrases()
    at = start
    while at < end:
        for phrase, label in index.unparted.get(text[at], ()):
            if text.startswith(phrase, at):
                yield Found(at, at + len(phrase), label)
                at += len(phrase)
                break
        else:
            at += 1


def _look_up(word: str) -> _Known:
    """Return what is known of a word: single words are remembered, never what stood together."""
    if word[0] >= FIRST_UNPARTED:
        return _UNPARTED
    index = index_of_phrases()
    stem, part = stem_of(word), part_of(word)
    starts = [*index.exact.get(word, ())]
    starts += [
        phrase
        for phrase in index.stemmed.get(stem, ())
        if phrase.words[0] != word and same_word(word, phrase.words[0])
    ]
    label = next((phrase.label for phrase in starts if len(phrase.words) == 1), None)
    if label is None and len(word) >= _SHORTEST_GLUED:
        label = index.single.get(word)
    if label is None and len(word) >= _SHORTEST_COMPOUND:
        label = _compound(word, index)
    if label is None and not starts and not part and (right := meant(word)):
        return _look_up(right)._replace(stem=stem)
    longer: dict[str, list[Phrase]] = {}
    for phrase in sorted(starts, key=lambda phrase: -len(phrase.words)):
        if len(phrase.words) > 1:
            longer.setdefault(stem_of(phrase.words[1]), []).append(phrase)
    counts = bool(part & _BEGINS_A_COUNT)
    return _Known(label, longer, stem, part, counts=counts, begins=bool(label or longer or counts))


def _with_suffix(words: _Words, last: int) -> int:
    """Return where a label ends that an ending may hang on by a mark: `PIN-ul`, `CVV:n`."""
    end = words.end(last)
    if last + 1 == len(words.words):
        return end
    word, known = words.words[last + 1], words.known[last + 1]
    if words.starts[last + 1] != end + 1 or len(word) > _LONGEST_SUFFIX or known.unparted:
        return end
    return end if word.isdigit() or known.label or known.longer else end + 1 + len(word)


def _follows(words: _Words, at: int, phrase: Phrase) -> bool:
    """Return whether the words behind the one at `at` are those of the phrase."""
    if at + len(phrase.words) > len(words.words):
        return False
    for here, expected in enumerate(phrase.words[1:], at + 1):
        word = words.words[here]
        if (word != expected and not same_word(word, expected)) or not _close(words, here - 1):
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


_WORDS: Final = Remembered(_look_up)
_TELLING: Final = Remembered(partial(_what_tells, says=_says))
_TELLING_CODES: Final = Remembered(partial(_what_tells, says=_says_code))
