"""Spans of a place that another place of the ticket gives away: how they are made. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence

from integration.core.spans import Action, Kind, Span

Ranges = Sequence[tuple[int, int]]


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


def is_taken(ranges: Ranges, own: Sequence[Span], but: Container[Kind] = ()) -> bool:
    """Whether a span that is removed stands there; those of some kinds do not count."""
    return any(
        start < other_end and other_start < end
        for other in own
        if other.action is Action.REDACT and other.kind not in but
        for start, end in ranges
        for other_start, other_end in other.pieces
    )
