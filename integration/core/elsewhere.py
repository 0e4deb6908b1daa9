"""Spans of a place that another place of the ticket gives away: how they are made. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from itertools import accumulate

from integration.core.spans import Action, Kind, Span

Ranges = Sequence[tuple[int, int]]


class Taken:
    """Ranges of a text, to be asked about many times."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    @classmethod
    def by(cls, own: Iterable[Span], but: Container[Kind] = ()) -> Taken:
        """What is removed of a text; spans of some kinds do not count."""
        return cls(
            piece
            for span in own
            if span.action is Action.REDACT and span.kind not in but
            for piece in span.pieces
        )

    def touches(self, ranges: Ranges) -> bool:
        """Whether any of these ranges overlaps what is taken."""
        for start, end in ranges:
            at = bisect_left(self._starts, end)
            if at and self._ends[at - 1] > start:
                return True
        return False


def moved(span: Span, ranges: Ranges, *why: str) -> Span:
    """The span as it stands at other ranges of a raw text, for more reasons.

    It has no last four digits: they may stand elsewhere, or be others.
    """
    return span._replace(
        start=ranges[0][0],
        end=ranges[-1][1],
        segments=tuple(ranges) if len(ranges) > 1 else (),
        why=tuple(dict.fromkeys((*span.why, *why))),
        last4=None,
    )
