"""The words around the values of a scene: what parts two of them, and what may speak for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import What
from integration.core.sensitive.others import names_another
from integration.core.sensitive.scene import Gap
from integration.core.text.lazy import lazy
from integration.core.words.index import WORD

if TYPE_CHECKING:
    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Scene

FEW_WORDS: Final = 2
_SAME_SENTENCE: Final = 80
"""Characters between two values of one sentence."""
_LONGEST: Final = 40
"""Characters of a card number or a date."""
_BEFORE: Final = 90
"""Characters between a value and the words before it that speak for it."""
_CLAUSE_BEHIND: Final = 24
_WRAPPED: Final = 64
"""Characters of a line that a mail wraps."""
_GAPS: Final = frozenset({" ", "\xa0", "-", "."})
"""Between the groups of one row."""
_SENTENCE_ENDS = lazy(r"[.!?;]\s")
_ENDS = lazy(r"[.!?;]\s|[\r\n]")
"""A sentence, or a line."""


class Around:
    """What stands between the values of a scene, and beside each."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._text = scene.text

    def few_words(self, one: Value, other: Value, reach: int) -> bool:
        """Return whether few words of one sentence, or only known ones, part two values."""
        low, high = one.end, other.start
        parted = _SENTENCE_ENDS.search(self._text, low, high)
        return (
            self._scene.apart(low, high) <= reach
            and self.unknown(low, high) <= (0 if parted else FEW_WORDS)
            and not self.names_other(low, high)
        )

    def unknown(self, low: int, high: int) -> int:
        """Return how many words stand there that say nothing of cards."""
        return sum(not word.isdigit() for word in WORD.findall(self._scene.rest[low:high]))

    def names_other(self, low: int, high: int) -> bool:
        """Return whether a label there says that a number is none of a card."""
        near = self._scene.labels_between(low, high - 1)
        return any(names_another(self._scene, found) for found in near)

    def sentence(self, value: Value, before: Value | None) -> tuple[int, int]:
        """Return where the words begin and end that may speak for a value."""
        low = max(before.end if before else 0, value.start - _BEFORE)
        line = self._line(low, value.start)
        behind = self._scene.values_behind(value.end, _CLAUSE_BEHIND)
        end = behind[0].start if behind else value.end + _CLAUSE_BEHIND
        stop = _ENDS.search(self._text, value.end, end)
        return max(low, line), stop.start() if stop else min(end, len(self._text))

    def _line(self, low: int, at: int) -> int:
        """Return where a line begins; with the one before, that is as long as a mail wraps them."""
        end = self._text.rfind("\n", low, at)
        if end > 0 and self._text[end - 1].isalpha():
            before = self._text.rfind("\n", 0, end)
            end = max(before, low - 1) if end - before > _WRAPPED else end
        return end + 1

    def goes_on(self, value: Value) -> bool:
        """Return whether a value is one more group of a row that nobody knows: `0532 555 01 27`.

        A single digit before it counts something: `3 390`.
        """
        near = self._scene.values_behind(value.start - _LONGEST, _LONGEST)
        return any(
            self._text[each.end : value.start] in _GAPS
            and each.what is not What.CARD
            and (each.what is not What.NUMBER or each.digits > 1)
            and each.start not in self._scene.claims
            for each in near
        )

    def is_reached(self, value: Value, card: Value) -> bool:
        """Return whether no more than words of one sentence part a value from what is known."""
        low = value.start - _SAME_SENTENCE - _LONGEST
        near = self._scene.values_behind(low, value.end + _SAME_SENTENCE - low)
        known = (other for other in near if other is card or other.start in self._scene.claims)
        return any(self._is_in_one_sentence(value, other) for other in known)

    def _is_in_one_sentence(self, value: Value, other: Value) -> bool:
        if other.start > value.start:
            between = self._text[value.end : other.start]
            return len(between) <= _SAME_SENTENCE and not _ENDS.search(between)
        return (
            value.start - other.end <= _SAME_SENTENCE
            and self._scene.gap(other.end, value.start) is not Gap.APART
        )
