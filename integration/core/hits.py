"""One hit in a plain text, and the choice between hits that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from integration.core.spans import Kind
    from integration.core.text.reading import Reading


class Hit(NamedTuple):
    """Where something stands, what it is, how sure we are (0 to 1) and why."""

    start: int
    end: int
    kind: Kind
    confidence: float
    why: tuple[str, ...] = ()
    brand: str | None = None
    last4: str | None = None
    alone: bool = False
    """Found by its words, with no card number that it belongs to."""

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name != "last4")
        return f"Hit({', '.join(shown)})"


Redacts: TypeAlias = Callable[[Hit], bool]
"""Says whether a hit will be redacted."""


def digits_left(reading: Reading, hits: Iterable[Hit]) -> int:
    """Return how many digits of a text no hit holds."""
    left, count = reading.digits, reading.classes.count
    for hit in hits:
        left -= count(b"0", hit.start, hit.end)
    return left


def pick(first: Iterable[Hit], then: Iterable[Hit]) -> list[Hit]:
    """Return hits that do not overlap, in order of place; `first` before `then`, surest first."""
    chosen: list[Hit] = []
    starts: list[int] = []
    for hits in (first, then):
        for hit in sorted(hits, key=lambda hit: (-hit.confidence, hit.start, -hit.end)):
            at = bisect_left(starts, hit.start)
            before_ends = at == 0 or chosen[at - 1].end <= hit.start
            if before_ends and (at == len(chosen) or hit.end <= starts[at]):
                chosen.insert(at, hit)
                starts.insert(at, hit.start)
    return chosen
