"""The words around a number, and which of them gives it its meaning.

The nearest word before a number counts. A word behind it counts on the same line, when no other
number stands behind that word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.identifiers.short import may_stand_before_a_date
from integration.core.identifiers.stretch import bounds
from integration.core.once import once
from integration.core.text.lazy import lazy
from integration.core.words import Label
from integration.core.words.bits import BIRTH, BORN, HINT, SECRET
from integration.core.words.labels import labels_in
from integration.core.words.telling import says

if TYPE_CHECKING:
    from collections.abc import Collection

    from integration.core.text.reading import Reading
    from integration.core.words.labels import Found

REACH: Final = 64
"""How many characters before a number are read."""

_REACH_BEHIND: Final = 40
_GLANCE: Final = 64
_GLANCE_BEHIND: Final = 28
_OF_ALL: Final = BIRTH | SECRET | HINT
_LONE_LETTER: Final = lazy(rb" [xo](?: {1,3}0|  [xo])")
"""In the classes: a letter that stands alone before a number, or by its dot before a month."""
_LETTER_REACH: Final = 28
"""Before a number: a letter, marks, the day and the name of the month."""
_LASTING: Final = frozenset({Label.NATIONAL_ID, Label.BANK_ACCOUNT})
"""Labels of lists: they go for a second number, too."""
_NUMBER: Final = lazy(r"[0-9](?:[ .-]?[0-9]){3,}")
"""What takes a label to itself: times of day and small counts do not."""
_SPEAKER: Final = lazy(r":\s{0,2}\Z")
_FIRST_OF_LINE: Final = lazy(r"[^\W\d][^\n]*\n\s*(?:\[[^\]\n]{3,24}\] ?)?\Z")
"""Where a name of who speaks may stand: `[11:23] Kunde: ` under a question."""
_SENTENCE_ENDS: Final = lazy(r"(?:[?!]|[^\W\d]{4}\.)\s+[^\W\d]")
_WIDEST_GAP: Final = 3
_OWN_LINE: Final = lazy(r"[^\r\n]*")
_ANOTHER_NUMBER: Final = lazy(r"[^\W\d]{0,16}[^\w]{0,6}[0-9]")


def may_tell(reading: Reading, start: int, end: int, secrets: bool) -> bool:  # noqa: FBT001
    """Return whether a word may stand around `start`..`end` that names a birth date or a secret.

    Quick, and never wrong when it says no. `secrets`: words for passwords and codes count too.
    """
    low = start - _GLANCE if start > _GLANCE else 0
    high = end + _GLANCE_BEHIND
    wanted = _OF_ALL if secrets else BIRTH
    found = says(reading, low, high, wanted | BORN)
    if found & wanted:
        return True
    if not (found or may_hold_short_word(reading, start, end)):
        return False
    latin = reading.latin(low, high)
    return latin is None or may_stand_before_a_date(latin, words=bool(found))


def may_hold_short_word(reading: Reading, start: int, end: int) -> bool:
    """Return whether a letter or a star stands before a number that may mean born."""
    low = max(0, start - _LETTER_REACH)
    if b"*" in reading.folded[low:end]:
        return True
    return _LONE_LETTER.search(b" " + reading.classes[low:end]) is not None


class Nearby:
    """What is said of the number at `start`..`end`."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        low, high = bounds(reading, start, end, REACH, _REACH_BEHIND)
        self.before = reading.window(low, start).text
        """The words before it, in plain letters."""
        line = _OWN_LINE.match(reading.window(end, high).text)
        self.behind = line[0] if line else ""
        """The words behind it on its line."""

    @once
    def labels_before(self) -> list[Found]:
        """The labels before it, in order."""
        return labels_in(self.before)

    @once
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

    def ends_sentence(self, label: Found) -> bool:
        """Return whether a sentence ends between a label and the number."""
        return _SENTENCE_ENDS.search(self.before, label.end) is not None

    def _follows_a_line(self, speaker: Found) -> bool:
        """Return whether a line of words, no number, stands above that of who speaks in a chat."""
        return _FIRST_OF_LINE.search(self.before, self.free, speaker.start) is not None

    @once
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
