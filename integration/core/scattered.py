"""The groups of a card number that stand apart, a line or a cell each, beside the whole one. Pure.

A helpdesk makes plain text of a form in which each group has a field: its groups end up far from
each other, in an order of their own. None of them is a number; together with the whole one, which
stands elsewhere in the ticket, they are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.across import ACROSS
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, Text

_DIGITS: Final = re.compile(r"\d+")
_FEWEST: Final = 3
"""Groups; two could meet by chance."""
_SIZES: Final = range(3, 8)
"""Digits of a group."""

Groups = tuple[str, ...]


def spans_scattered(
    surfaces: Sequence[Surface], own: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """Where all groups of a removed number stand once more, in order, by surface id.

    `own`: what `find` has found in each of them.
    """
    known = {groups: span for surface in surfaces for groups, span in _groups(surface, own)}
    found: dict[str, list[Span]] = {}
    for groups, span in known.items():
        for surface in surfaces:
            places = list(_places(_text(surface), groups, own[surface.id]))
            if _in_order(groups, [group for group, _, _ in places]):
                found.setdefault(surface.id, []).extend(
                    span._replace(
                        start=start, end=end, segments=(), why=(*span.why, ACROSS), last4=None
                    )
                    for _, start, end in places
                )
    return found


def _groups(surface: Surface, own: Mapping[str, Sequence[Span]]) -> Iterator[tuple[Groups, Span]]:
    text = _text(surface)
    for span in own[surface.id]:
        if span.kind is Kind.PAN and span.action is Action.REDACT and not span.inner:
            written = " ".join(text[start:end] for start, end in span.pieces)
            groups = tuple(_DIGITS.findall(written))
            if len(groups) >= _FEWEST and all(len(group) in _SIZES for group in groups):
                yield groups, span


def _places(text: str, groups: Groups, own: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    """Where one of the groups stands alone, and nothing is removed."""
    taken = [place for span in own if span.action is Action.REDACT for place in span.pieces]
    alone = re.compile(rf"(?<![\w.,:/-])(?:{'|'.join(set(groups))})(?![\w:/-]|[.,]\d)")
    for match in alone.finditer(text):
        start, end = match.span()
        if not any(low < end and start < high for low, high in taken):
            yield match[0], start, end


def _in_order(groups: Groups, found: Sequence[str]) -> bool:
    """Whether all groups are found, one behind the other."""
    rest = iter(found)
    return all(group in rest for group in groups)


def _text(surface: Surface) -> str:
    return surface.content.text if isinstance(surface.content, Text) else ""
