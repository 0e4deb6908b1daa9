"""The labels in a stretch of plain letters: which words stand where, and what they say of a number.

Words are looked up in a table, not matched by a pattern of thousands of phrases: a message costs
one look per word, however many languages are known. Endings and compounds of the languages that
inflect or glue their words are taken off; scripts without gaps between words are read letter by
letter.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.compounds import compound
from integration.core.words.counted import DIGITS, FOUR, PLACE, THREE, counted, part_of
from integration.core.words.index import FIRST_UNPARTED, WORD, Phrase, index_of_phrases
from integration.core.words.listed import Listed, listed
from integration.core.words.misspelled import meant
from integration.core.words.stems import Remembered, same_word, stem_of
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Found(NamedTuple):
    """A label and where its words stand in the stretch."""

    start: int
    end: int
    label: Label


CONTEXT: Final = frozenset({Label.CASH_MACHINE, Label.TYPED, Label.OTHER_PIN})
"""What says of no number what it is, but of a message what it is about."""

_SAYS_NOTHING: Final = frozenset({None, Label.LINK})
_JOINERS: Final = " \t\r\n\xa0_-./'`´’"
_WIDEST_JOINT: Final = 2
_LONGEST_ABBREVIATION: Final = 4

_MARKS_OF_SUFFIXES: Final = frozenset("-'’`:")
_LONGEST_SUFFIX: Final = 4
_SHORTEST_COMPOUND: Final = 7
_SHORTEST_GLUED: Final = 5
"""A phrase may be written as one word: `cardno`."""
_SURE: Final = frozenset({Label.SECURITY_CODE, Label.EXPIRY})
_BY_AN_ENDING: Final = frozenset({None, Label.CARD, Label.OTHER_CARD, Label.EXPIRY, Label.PIN})
"""What a common word seems to say that differs by its ending or by a slip."""
LAST_FIGURE: Final = "9"
"""Words that begin with a letter up to here are figures."""
_PAIR: Final = 2
_DIGITS_OF_A_CODE: Final = 3
_WORDS_OF_A_COUNT: Final = 8


class Known(NamedTuple):
    """What is known of one word."""

    label: Label | None = None
    """What it says alone."""
    longer: Mapping[str, Sequence[tuple[str | None, Phrase]]] = {}
    """The longer phrases that begin with it, by the stem of their second word, with their third."""
    stem: str = ""
    part: int = 0
    unparted: bool = False
    """Written in a script without gaps between words."""
    begins: bool = False
    """Whether a label may begin with it."""
    counts: bool = False
    """Whether a label may begin with it that counts digits."""


_UNPARTED: Final = Known(unparted=True, begins=True)
_FIGURE: Final = Known()


_COUNTS: Final = THREE | FOUR
_BEGINS_A_COUNT: Final = _COUNTS | DIGITS


class _Words(NamedTuple):
    """The words of a stretch, where they begin, and what is known of each."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    known: list[Known]


def labels_in(text: str) -> list[Found]:
    """Return the labels of `text` that say of a number what it is; see `all_labels_in`.

    >>> [(found.start, found.end, found.label.value) for found in labels_in("cardnumbers, cvv2 12")]
    [(0, 11, 'card'), (13, 17, 'security_code')]
    """
    return [found for found in all_labels_in(text) if found.label not in CONTEXT]


def all_labels_in(text: str) -> list[Found]:
    """Return the labels of `text` in order, not overlapping; of two the longer phrase wins.

    `text` is in plain letters, as `Reading.window` gives it.
    """
    words = WORD.findall(text)
    starts: list[int] = []
    ends: list[int] = []
    find, end = text.find, 0
    for word in words:
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end)
    return _labels(_Words(text, words, starts, ends, _about(words)))


@cache
def _figures() -> dict[str, Known]:
    """Return what is known of the few figures that phrases hold."""
    return {word: _look_up(word) for word in index_of_phrases().figures}


def about(word: str) -> Known:
    """Return what is known of one word (of what `WORD` finds)."""
    return _figures().get(word, _FIGURE) if word[0] <= LAST_FIGURE else _WORDS[word]


def _about(words: Sequence[str]) -> list[Known]:
    figures = _figures()
    return [
        figures.get(word, _FIGURE) if word[0] <= LAST_FIGURE else _WORDS[word] for word in words
    ]


def _labels(words: _Words) -> list[Found]:
    found: list[Found] = []
    text, _, starts, ends, every = words
    behind = done = 0
    for at, known in enumerate(every):
        if not known.begins or at < behind:
            continue
        if known.unparted:
            # A phrase may go on into the next run of letters: 裏の3桁 in 裏の3桁は.
            found += _unparted(text, max(starts[at], done), ends[at])
            done = found[-1].end if found else 0
            continue
        if starts[at] < done:
            continue
        behind, label = at + 1, known.label
        if known.counts or (
            known.longer and behind < len(every) and every[behind].stem in known.longer
        ):
            behind, label = _phrase_at(words, at)
        if label:
            end = ends[behind - 1]
            if text[end : end + 1] in _MARKS_OF_SUFFIXES:
                end = _with_suffix(words, behind - 1)
            if not _inside_an_id(words, at, behind):
                found.append(Found(starts[at], end, label))
    return found


def _inside_an_id(words: _Words, at: int, behind: int) -> bool:
    """Return whether words are a part of a token like `8a9c4dbc2e`, whose letters say nothing.

    Digits may touch a label, as in `cvv123` and `exp1227cvv123`.
    """
    starts, ends = words.starts, words.ends
    before = at > 0 and ends[at - 1] == starts[at]
    is_touched = behind < len(starts) and starts[behind] == ends[behind - 1]
    if words.words[at][0] <= LAST_FIGURE:
        return before or (is_touched and len(words.words[behind]) < _DIGITS_OF_A_CODE)
    if not before or not is_touched:
        return False
    if words.text[starts[at - 1] - 1 : starts[at - 1]] == "/":
        return False  # the digits before end a date
    return _unknown_letters(words, at - 2, at - 1) or _unknown_letters(words, behind + 1, behind)


def _unknown_letters(words: _Words, at: int, beside: int) -> bool:
    """Return whether a word that says nothing touches the digits at `beside`."""
    if not 0 <= at < len(words.words):
        return False
    low, high = min(at, beside), max(at, beside)
    return words.ends[low] == words.starts[high] and words.known[at].label in _SAYS_NOTHING


def _phrase_at(words: _Words, at: int) -> tuple[int, Label | None]:
    """Return behind which word the longest phrase that begins here ends, and what it says."""
    known = words.known[at]
    stop, label = at + 1, known.label
    if known.longer and stop < len(words.words):
        third = words.known[stop + 1].stem if stop + 1 < len(words.known) else ""
        for expected, phrase in known.longer.get(words.known[stop].stem, ()):
            if (expected is None or expected == third) and _follows(words, at, phrase):
                stop, label = at + len(phrase.words), phrase.label
                break
    if label in _SURE or (label is Label.CARD and stop > at + _PAIR):
        return stop, label  # the long number on the front
    side = next((here for here in range(at, stop) if words.known[here].counts), None)
    if side is not None and (told := _counted(words, side)) and told[0] >= stop:
        return told
    return stop, label


def _counted(words: _Words, at: int) -> tuple[int, Label] | None:
    """Return the end and the meaning of digits that are counted, of words close together."""
    sought = DIGITS if words.known[at].part & _COUNTS else PLACE
    if not any(known.part & sought for known in words.known[at + 1 : at + _WORDS_OF_A_COUNT]):
        return None
    low, high = at, at
    while low > max(0, at - _WORDS_OF_A_COUNT) and _close(words, low - 1):
        low -= 1
    while high + 1 < min(len(words.words), at + _WORDS_OF_A_COUNT) and _close(words, high):
        high += 1
    found = counted([known.part for known in words.known[low : high + 1]], at - low)
    return (low + found[0], found[1]) if found else None


def _close(words: _Words, at: int) -> bool:
    """Return whether no more than a joint parts the word at `at` from the next."""
    end, start = words.ends[at], words.starts[at + 1]
    joint = words.text[end:start]
    if joint == " ":
        return True
    if len(joint) > _WIDEST_JOINT or joint.strip(_JOINERS):
        return False
    # A dot behind a long word ends a sentence: "by phone. Card 4111", but "exp. date".
    ends = joint[:1] == "." and joint[-1] in " \n"
    return not (ends and end - words.starts[at] > _LONGEST_ABBREVIATION)


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


def _look_up(word: str) -> Known:
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
        label = compound(word, index)
    if label in _BY_AN_ENDING and word in listed(Listed.NO_LABEL):
        label = None
    elif label is None and not starts and not part and (right := meant(word)):
        return _look_up(right)._replace(stem=stem)
    longer: dict[str, list[tuple[str | None, Phrase]]] = {}
    for phrase in sorted(starts, key=lambda phrase: -len(phrase.words)):
        if len(phrase.words) > 1:
            third = stem_of(phrase.words[2]) if len(phrase.words) > _PAIR else None
            longer.setdefault(stem_of(phrase.words[1]), []).append((third, phrase))
    counts = bool(part & _BEGINS_A_COUNT)
    return Known(label, longer, stem, part, counts=counts, begins=bool(label or longer or counts))


def _with_suffix(words: _Words, last: int) -> int:
    """Return where a label ends that an ending may hang on by a mark: `PIN-ul`, `CVV:n`."""
    end = words.ends[last]
    if last + 1 == len(words.words):
        return end
    word, known = words.words[last + 1], words.known[last + 1]
    if words.starts[last + 1] != end + 1 or len(word) > _LONGEST_SUFFIX or known.unparted:
        return end
    return end if word.isdigit() or known.label else end + 1 + len(word)


def _follows(words: _Words, at: int, phrase: Phrase) -> bool:
    """Return whether the words behind the one at `at` are those of the phrase."""
    if at + len(phrase.words) > len(words.words):
        return False
    for here, expected in enumerate(phrase.words[1:], at + 1):
        word = words.words[here]
        if (word != expected and not same_word(word, expected)) or not _close(words, here - 1):
            return False
    return not (phrase.label is Label.OTHER_CARD and _ends_in_a_speaker(words, at, here))


def _ends_in_a_speaker(words: _Words, at: int, last: int) -> bool:
    """Return whether the last word of a phrase is who speaks in the next line: card, Client: ok."""
    line = words.text.rfind("\n", words.starts[at], words.starts[last])
    return line >= 0 and words.text[words.ends[last] : words.ends[last] + 1] == ":"


_WORDS: Final = Remembered(_look_up)
