"""The groups of a card number that stand apart, a line or a cell each, beside the whole one. Pure.

A helpdesk makes plain text of a form in which each group has a field: its groups end up far from
each other, in an order of their own. None of them is a number; together with the whole one, which
stands elsewhere in the ticket, they are known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.across import ACROSS
from integration.core.elsewhere import moved
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, Text

_DIGITS: Final = re.compile(r"\d+")
_ALONE: Final = re.compile(r"(?<![\w.,:/-])[0-9]{3,7}(?![\w:/-]|[.,]\d)")
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
    for surface in surfaces if known else ():
        alone = _alone(_text(surface), own[surface.id])
        for groups, span in known.items():
            if alone.keys() >= set(groups):
                places = sorted(place for group in set(groups) for place in alone[group])
                if _in_order(groups, [_text(surface)[start:end] for start, end in places]):
                    spans = (moved(span, [place], ACROSS) for place in places)
                    found.setdefault(surface.id, []).extend(spans)
    return found


def _groups(surface: Surface, own: Mapping[str, Sequence[Span]]) -> Iterator[tuple[Groups, Span]]:
    text = _text(surface)
    for span in own[surface.id]:
        if span.kind is Kind.PAN and span.action is Action.REDACT and not span.inner:
            written = " ".join(text[start:end] for start, end in span.pieces)
            groups = tuple(_DIGITS.findall(written))
            if len(groups) >= _FEWEST and all(len(group) in _SIZES for group in groups):
                yield groups, span


def _alone(text: str, own: Sequence[Span]) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Where each group of digits stands alone and is not removed."""
    taken = sorted(place for span in own if span.action is Action.REDACT for place in span.pieces)
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _ALONE.finditer(text):
        at = bisect_right(taken, match.span())
        near = taken[max(0, at - 1) : at + 1]
        if not any(start < match.end() and match.start() < end for start, end in near):
            found.setdefault(match[0], []).append(match.span())
    return found


def _in_order(groups: Groups, found: Sequence[str]) -> bool:
    """Whether all groups are found, one behind the other."""
    rest = iter(found)
    return all(group in rest for group in groups)


def _text(surface: Surface) -> str:
    return surface.content.text if isinstance(surface.content, Text) else ""
