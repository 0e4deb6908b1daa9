"""The words around a number, and which of them gives it its meaning.

The nearest word before a number counts. A word behind it counts on the same line, when no other
number stands behind that word.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from integration.core.text import BARRIER
from integration.core.text.fold import fold, lower_case
from integration.core.words import Label, phrases
from integration.core.words.labels import labels_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from integration.core.text.reading import Reading
    from integration.core.words.labels import Found

REACH: Final = 64
"""How many characters before a number are read."""

_REACH_BEHIND: Final = 40
_TELLING: Final = (
    Label.BIRTH_DATE,
    Label.NATIONAL_ID,
    Label.BANK_ACCOUNT,
    Label.PASSWORD,
    Label.ONE_TIME_CODE,
)
_STEM: Final = 4
_ANY_SCRIPT: Final = b"x" * _STEM
_NOT_WORDS: Final = bytes(byte for byte in range(256) if not chr(byte).isalnum())
_TO_WORDS: Final = lower_case(bytes(range(256))).translate(
    bytes(32 if byte in _NOT_WORDS else byte for byte in range(256))
)
_LASTING: Final = frozenset({Label.NATIONAL_ID, Label.BANK_ACCOUNT})
"""Labels of lists: they go for a second number, too."""
_DIGITS: Final = re.compile(r"[0-9]+")
_OWN_LINE: Final = re.compile(r"[^\r\n]*")
_ANOTHER_NUMBER: Final = re.compile(r"[^\w]{0,6}[0-9]")


@cache
def _stems() -> frozenset[bytes]:
    """Return how the telling word of each phrase begins, as `fold` writes it."""
    words = {
        max(phrase.split(), key=len) for label in _TELLING for phrase in phrases(label) if phrase
    }
    return frozenset({fold(word)[:_STEM] for word in words} | {_ANY_SCRIPT})


def may_tell(folded: bytes, start: int, end: int) -> bool:
    """Return whether a word may stand around `start`..`end` that names a secret or a person.

    Quick: words are known by how they begin; those of other scripts than Latin always may.
    """
    before = folded[max(0, start - REACH) : start].translate(_TO_WORDS).split()
    behind = folded[end : end + _REACH_BEHIND].translate(_TO_WORDS).split()
    return not _stems().isdisjoint([word[:_STEM] for word in before + behind])


class Nearby:
    """What is said of the number at `start`..`end`."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        self._reading, self._start, self._end = reading, start, end

    @cached_property
    def before(self) -> str:
        """The words before it, in plain letters, up to a barrier; none that is cut in two."""
        low = max(0, self._start - REACH)
        text = self._reading.window(low, self._start).text.rpartition(BARRIER)[2]
        if low and len(text) and self._reading.folded[low - 1 : low].isalnum():
            text = text.partition(" ")[2]
        return text

    @cached_property
    def behind(self) -> str:
        """The words behind it on its line, up to a barrier."""
        text = self._reading.window(self._end, self._end + _REACH_BEHIND).text
        line = _OWN_LINE.match(text.partition(BARRIER)[0])
        return line[0] if line else ""

    @cached_property
    def labels_before(self) -> list[Found]:
        """The labels before it, in order."""
        return labels_in(self.before)

    def before_it(self, among: Collection[Label]) -> Found | None:
        """Return the nearest label before the number that no other number took."""
        free = max((match.end() for match in _DIGITS.finditer(self.before)), default=0)
        for found in reversed(self.labels_before):
            if found.label in among and (found.start >= free or found.label in _LASTING):
                return found
        return None

    def behind_it(self, among: Collection[Label]) -> Found | None:
        """Return the first label behind the number that does not belong to the next one."""
        for found in labels_in(self.behind):
            if found.label in among:
                follows = _ANOTHER_NUMBER.match(self.behind, found.end)
                return None if follows else found
        return None

    def stem_before(self, stems: Collection[str]) -> int:
        """Return where the last of `stems` stands before the number, -1 when none does."""
        return max(self.before.rfind(stem) for stem in stems)

    def stem_behind(self, stems: Collection[str]) -> bool:
        """Return whether one of `stems` stands behind the number."""
        return any(stem in self.behind for stem in stems)
