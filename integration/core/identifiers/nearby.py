"""The words around a number, and which of them gives it its meaning.

The nearest word before a number counts. A word behind it counts on the same line, when no other
number stands behind that word.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from integration.core.identifiers.short import may_stand_before_a_date
from integration.core.identifiers.stretch import bounds
from integration.core.text.fold import fold
from integration.core.text.reading import plain
from integration.core.words import Label, phrases
from integration.core.words.labels import labels_in
from integration.core.words.stems import stem_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from integration.core.text.reading import Reading
    from integration.core.words.labels import Found

REACH: Final = 64
"""How many characters before a number are read."""

_REACH_BEHIND: Final = 40
_GLANCE: Final = 64
_GLANCE_BEHIND: Final = 28
_TELLING: Final = (Label.BIRTH_DATE, Label.PASSWORD, Label.ONE_TIME_CODE)
_COMMON_WORDS: Final = frozenset(["date", "data", "dato", "day", "time", "sol", "uso", "us", "one"])
"""Parts of telling phrases that stand everywhere else, too."""
_CARD_CODES: Final = frozenset({"csc", "cid", "cvd", "cvs", "cvw", "cvn", "bak"})
_STEM: Final = itemgetter(slice(6))
_SHORTEST_FIRST_PART: Final = 6
_UNFOLDED: Final = b"x"
"""What `fold` writes for a letter that is not in Latin-1."""
_TO_WORDS: Final = "".join(
    plain(chr(byte)) if chr(byte).isalpha() else " " for byte in range(256)
).encode("latin-1", "replace")
_LASTING: Final = frozenset({Label.NATIONAL_ID, Label.BANK_ACCOUNT})
"""Labels of lists: they go for a second number, too."""
_NUMBER: Final = re.compile(r"[0-9](?:[ .-]?[0-9]){3,}")
"""What takes a label to itself: times of day and small counts do not."""
_SPEAKER: Final = re.compile(r":\s{0,2}\Z")
_FIRST_OF_LINE: Final = re.compile(r"[^\W\d][^\n]*\n\s*(?:\[[^\]\n]{3,24}\] ?)?\Z")
"""Where a name of who speaks may stand: `[11:23] Kunde: ` under a question."""
_WIDEST_GAP: Final = 3
_OWN_LINE: Final = re.compile(r"[^\r\n]*")
_ANOTHER_NUMBER: Final = re.compile(r"[^\W\d]{0,16}[^\w]{0,6}[0-9]")


@cache
def _telling() -> frozenset[bytes]:
    """Return the telling word of each phrase, and the phrases of several words glued."""
    words: set[str] = set()
    for label in _TELLING:
        phrases_of = [_words(phrase) for phrase in phrases(label)]
        common = Counter(word for phrase in phrases_of for word in phrase)
        words |= {phrase.replace(" ", "") for phrase in phrases(label)}
        words |= {
            max(phrase, key=lambda word: (common[word], len(word)))
            for phrase in phrases_of
            if phrase
        }
    words |= {hint for hint in phrases(Label.CODE_HINT) if _words(hint) == [hint]} - _CARD_CODES
    return frozenset(map(fold, words))


@cache
def _stems() -> frozenset[bytes]:
    """Return how the telling words begin."""
    return frozenset(map(_STEM, _telling()))


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(stem_of(word.decode("latin-1")) for word in _telling() if word)


def _tells(word: bytes) -> bool:
    """Return whether a word is a telling one, whatever its ending, or begins with one."""
    if _STEM(word) not in _stems():
        return False
    if word in _telling() or stem_of(word.decode("latin-1")) in _known_stems():
        return True
    return any(word[:size] in _telling() for size in range(_SHORTEST_FIRST_PART, len(word)))


def _words(phrase: str) -> list[str]:
    """Return the words of a phrase that do more than lead to a value."""
    words = fold(phrase).translate(_TO_WORDS).decode("latin-1").split()
    telling = [word for word in words if len(word) > 1 and word not in _COMMON_WORDS]
    if not telling:
        return [word for word in words if len(word) > 3]
    return [word for word in telling if word not in phrases(Label.LINK)] or telling


def may_tell(reading: Reading, start: int, end: int) -> bool:
    """Return whether a word may stand around `start`..`end` that names a secret or a person.

    Quick: words are known by how they begin; those of other scripts than Latin always may.
    """
    low = max(0, start - _GLANCE)
    near = reading.folded[low : end + _GLANCE_BEHIND]
    letters = near.translate(_TO_WORDS)
    if b" o b" in letters or b"b day" in letters:  # d.o.b. and b-day: no word of them tells
        return True
    words = letters.split()
    if low and near[:1].isalnum():  # it may be the end of another word
        del words[:1]
    if not _stems().isdisjoint(map(_STEM, words)) and any(map(_tells, words)):
        return True
    if _is_foreign(reading.text, low, end + _GLANCE_BEHIND) and _UNFOLDED in near:
        return True
    return may_stand_before_a_date(near, letters)


def _is_foreign(text: str, start: int, end: int) -> bool:
    """Return whether letters beyond ASCII stand there; a text without any is known at once."""
    return not text.isascii() and not text[start:end].isascii()


class Nearby:
    """What is said of the number at `start`..`end`."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        low, high = bounds(reading, start, end, REACH, _REACH_BEHIND)
        self.before = reading.window(low, start).text
        """The words before it, in plain letters."""
        line = _OWN_LINE.match(reading.window(end, high).text)
        self.behind = line[0] if line else ""
        """The words behind it on its line."""

    @cached_property
    def labels_before(self) -> list[Found]:
        """The labels before it, in order."""
        return labels_in(self.before)

    @cached_property
    def free(self) -> int:
        """Where the last number before it ends: the words from there on are its own."""
        return max((match.end() for match in _NUMBER.finditer(self.before)), default=0)

    def before_it(self, among: Collection[Label]) -> Found | None:
        """Return the nearest label before the number that no other number took."""
        asked = False
        for found in reversed(self.labels_before):
            own = found.start >= self.free
            if own and found.label is Label.REFERENCE and _SPEAKER.match(self.before, found.end):
                asked = self._follows_a_line(found)
                if asked:
                    continue
            if found.label in among and (own or (found.label in _LASTING and not asked)):
                return found
        return None

    def _follows_a_line(self, speaker: Found) -> bool:
        """Return whether a line of words, no number, stands above that of who speaks in a chat."""
        return _FIRST_OF_LINE.search(self.before, self.free, speaker.start) is not None

    @cached_property
    def born(self) -> bool:
        """Whether a word for a birth date stands right behind the number."""
        found = next(iter(labels_in(self.behind)), None)
        return found is not None and found.label is Label.BIRTH_DATE and found.start <= _WIDEST_GAP

    def behind_it(self, among: Collection[Label]) -> Found | None:
        """Return the first label behind the number that does not belong to the next one."""
        for found in labels_in(self.behind):
            if found.label in among:
                follows = _ANOTHER_NUMBER.match(self.behind, found.end)
                return None if follows else found
        return None

    def stem_before(self, stems: Collection[str]) -> int:
        """Return where the last of `stems` stands before the number, -1 when none does."""
        return max((self.before.rfind(stem) for stem in stems), default=-1)

    def stem_behind(self, stems: Collection[str]) -> bool:
        """Return whether one of `stems` stands behind the number, and no other number behind it."""
        for stem in stems:
            at = self.behind.find(stem)
            if at >= 0 and not _ANOTHER_NUMBER.match(self.behind, at + len(stem)):
                return True
        return False
