"""An account's own patterns: what else is sensitive there, on an engine of linear time (RE2).

A text is read window by window, so that a search can stop. One that takes too long is not finished
and says so: the text counts as not read. RE2 is imported only where there are patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from integration.core.hits import Hit, pick
from integration.core.once import once
from integration.core.spans import Action, Kind
from integration.core.text import BARRIER
from integration.core.text.fold import INVISIBLE
from integration.core.text.reading import Reading, plain

SECONDS: Final = 0.5
"""Of processor time for all patterns in one text."""
CONTEXT_WORD: Final = "context-word"
SURE: Final = 0.9
_WINDOW: Final = 4096  # bytes between two looks at the clock
LONGEST_MATCH: Final = 512
"""Bytes; a longer match may be cut there."""
_REACH: Final = 48
"""Characters before and behind in which a word of context counts."""
_STRETCH = re.compile(rb"[^\x00]+")


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """One pattern in RE2 syntax, and the texts that show what it means."""

    name: str
    pattern: str = field(repr=False)
    action: Action = Action.REPORT
    words: tuple[str, ...] = ()
    """One of these must stand near, when there are any."""
    match: tuple[str, ...] = field(default=(), repr=False)
    """Texts in which it must be found."""
    no_match: tuple[str, ...] = field(default=(), repr=False)
    """Texts in which it must not be found."""


@dataclass(frozen=True)
class OwnPatterns:
    """The patterns of one account, and what measures how long they take."""

    patterns: tuple[OwnPattern, ...]
    seconds_now: Callable[[], float] = field(compare=False)
    """A clock that only goes forward."""
    limit: float = SECONDS

    def action(self, name: str) -> Action:
        """What is done with what the pattern of that name finds."""
        return self._actions[name]

    def in_text(self) -> PatternSearch:
        """The search through one text, however often it is read."""
        return PatternSearch(self)

    @once
    def _actions(self) -> dict[str, Action]:
        return {pattern.name: pattern.action for pattern in self.patterns}


class _Match(NamedTuple):
    """Where a pattern matches: in bytes or in characters of a stretch."""

    start: int
    end: int
    pattern: OwnPattern


class _Stretch(NamedTuple):
    """Text between barriers without what has no width, and where each character stood."""

    text: str
    offsets: Sequence[int]
    after_gap: bool
    """What stood right before it was taken out."""
    before_gap: bool
    before: str = ""
    """What may hold words of context on the other side of such gaps."""
    behind: str = ""


class PatternSearch:
    """One text: its time is shared by all rounds of reading."""

    def __init__(self, own: OwnPatterns) -> None:
        self._own = own
        self._left = own.limit
        self.too_slow = False
        """The text was not read to its end."""

    def find(self, reading: Reading, _found: Sequence[Hit] = ()) -> list[Hit]:
        """Return what the patterns find, the strongest action first where they overlap."""
        hits: dict[Action, list[Hit]] = {action: [] for action in Action}
        for stretch in _with_context(_stretches(reading)):
            for match in self._matches_in(stretch.text):
                if hit := _hit(stretch, match):
                    hits[match.pattern.action].append(hit)
            if self.too_slow:
                break
        chosen: list[Hit] = []
        for of_action in hits.values():
            chosen = pick(chosen, of_action)
        return chosen

    def _matches_in(self, text: str) -> list[_Match]:
        data = text.encode("utf-8", "replace")
        found = list(self._matches(data))
        if len(data) == len(text):
            return found
        at = _characters(data, (offset for match in found for offset in match[:2]))
        return [_Match(at[start], at[end], pattern) for start, end, pattern in found]

    def _matches(self, data: bytes) -> Iterator[_Match]:
        done = dict.fromkeys(self._own.patterns, 0)
        for low in range(0, len(data), _WINDOW):
            for pattern in self._own.patterns:
                if self.too_slow:
                    return
                began = self._own.seconds_now()
                for start, end in _in_window(pattern, data, max(low, done[pattern]), low + _WINDOW):
                    done[pattern] = end
                    yield _Match(start, end, pattern)
                self._left -= self._own.seconds_now() - began
                self.too_slow = self._left < 0


def _in_window(
    pattern: OwnPattern, data: bytes, start: int, stop: int
) -> Iterator[tuple[int, int]]:
    """The matches that begin in a window; they may end behind it."""
    for match in compiled(pattern.pattern).finditer(data, start, stop + LONGEST_MATCH):
        low, high = match.span()
        if low >= stop:
            return
        if low < high:
            yield low, high


def _characters(data: bytes, offsets: Iterable[int]) -> dict[int, int]:
    """Offset in UTF-8 -> offset in characters, in one pass."""
    at: dict[int, int] = {}
    last = count = 0
    for offset in sorted(set(offsets)):
        count += len(data[last:offset].decode("utf-8"))
        at[offset], last = count, offset
    return at


def _with_context(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """The same, which see as far over a gap as if nothing had stood there, and over no barrier."""
    found = list(stretches)
    if not any(stretch.after_gap for stretch in found):
        return found
    before = behind = ""
    for at, stretch in enumerate(found):
        before = before if stretch.after_gap else ""
        found[at] = stretch._replace(before=before)
        before = f"{before}{stretch.text[-_REACH:]} "[-_REACH:] if stretch.before_gap else ""
    for at, stretch in reversed(list(enumerate(found))):
        behind = behind if stretch.before_gap else ""
        found[at] = stretch._replace(behind=behind)
        behind = f" {stretch.text[:_REACH]}{behind}"[:_REACH] if stretch.after_gap else ""
    return found


def _stretches(reading: Reading) -> Iterator[_Stretch]:
    folded, text = reading.folded, reading.text
    for low, high in (stretch.span() for stretch in _STRETCH.finditer(folded)):
        gaps = (_taken_out(reading, low - 1), _taken_out(reading, high))
        if folded.find(INVISIBLE, low, high) < 0:
            yield _Stretch(text[low:high], range(low, high), *gaps)
            continue
        kept = [at for at in range(low, high) if folded[at] != INVISIBLE[0]]
        yield _Stretch("".join(text[at] for at in kept), kept, *gaps)


def _taken_out(reading: Reading, at: int) -> bool:
    return 0 <= at < len(reading.text) and reading.text[at] != BARRIER


def _hit(stretch: _Stretch, match: _Match) -> Hit | None:
    """The hit that a match is, unless its words are missing or it hangs on what was taken out."""
    text, offsets, after_gap, before_gap, before, behind = stretch
    start, end, pattern = match
    # What touches a mask may match only because of it: then masking would bring up a new hit.
    if (after_gap and start == 0) or (before_gap and end == len(text)):
        return None
    why: tuple[str, ...] = (pattern.name,)
    if pattern.words:
        before = f"{before}{text[max(0, start - _REACH) : start]}"[-_REACH:]
        behind = f"{text[end : end + _REACH]}{behind}"[:_REACH]
        if not any(_any_of(pattern.words).search(plain(side)) for side in (before, behind)):
            return None
        why = (*why, CONTEXT_WORD)
    return Hit(offsets[start], offsets[end - 1] + 1, Kind.OWN_PATTERN, SURE, why)


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(plain(word)) for word in words)})(?!\w)")


@cache
def compiled(pattern: str) -> Any:  # noqa: ANN401  the engine has no types
    """A pattern of the engine. Raises ImportError without it, ValueError for what is no pattern."""
    import re2  # noqa: PLC0415  only where there are patterns

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0]
        told = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise ValueError(told.partition(":")[0]) from None
