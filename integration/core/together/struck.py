"""Card numbers in which something is struck out, read without it. Pure.

`4111 1111 <s>1121</s> 1111 1111`: who strikes a group out and writes another behind it has put the
number right. What is struck out amid it goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.detection import find
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface
from integration.core.text.tokens import NAME, split
from integration.core.together.elsewhere import Taken, text_of
from integration.core.words.naming import names_any
from integration.core.words.vocabulary import Label, as_read

STRUCK: Final = "struck-out"
"""The reason of every span that is found so."""
_ELEMENTS: Final = frozenset({"s", "strike", "del"})
_STYLE: Final = "line-through"
_IN_MARKUP: Final = re.compile(rf"</(?:{'|'.join(sorted(_ELEMENTS))})>|{_STYLE}", re.IGNORECASE)
_FIGURES: Final = r"[0-9][0-9 \xa0-]{0,22}"
_BETWEEN_MARKS: Final = re.compile(
    rf"~{{1,2}}{_FIGURES}~{{1,2}}|-(?<=\s-){_FIGURES}-(?!\S)"
    rf"|\[(s|strike|del)\]{_FIGURES}\[/\1\]|[0-9][\u0335-\u0338](?:[0-9 ][\u0335-\u0338]){{0,22}}"
)
"""The same in a text without markup: `~~1121~~`, `-1121-`, `[s]1121[/s]`, lines through letters."""
_PRICE: Final = re.compile(r"\d[.,]\d\d(?!\d)|[$€£¥%]")
"""An old price is no group of a number."""
_MARKS: Final = ("~", " -", "\n-", "\t-", "[", "\u0335", "\u0336", "\u0337", "\u0338")
"""One of them stands where figures are struck out."""
_LONGEST: Final = 24
"""Characters that are struck out of a number; it has no more."""
_NEAR: Final = 8
"""Characters between a number and a group that is struck out before it, or behind: tags."""
_GONE: Final = "\u200b"
"""Stands for each of them: it has no width, and parts nothing."""

_Place = tuple[int, int]


def spans_struck(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers that are one without what is struck out in them, by surface id.

    `found`: what is known of each place so far.
    """
    told = {s.id: list(_without_struck(s, found[s.id], policy)) for s in surfaces}
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _without_struck(surface: Surface, found: Sequence[Span], policy: Policy) -> Iterator[Span]:
    text = text_of(surface)
    struck = list(_struck(text))
    if not struck:
        return
    left = list(text)
    for start, end in struck:
        left[start:end] = _GONE * (end - start)
    beside = Taken((start - _NEAR, end + _NEAR) for start, end in struck)
    taken = Taken.by(found, BESIDE_CARD)
    for span in find("".join(left), surface.content.media_type, policy):
        is_number = span.kind is Kind.PAN and span.action is Action.REDACT and not span.inner
        is_mended = beside.touches([(span.start, span.end)])
        if is_number and is_mended and not taken.touches(span.pieces):
            yield span._replace(why=(*span.why, STRUCK))


def _struck(text: str) -> Iterator[_Place]:
    """Where figures are struck out."""
    if any(mark in text for mark in _MARKS):
        yield from (each.span() for each in _BETWEEN_MARKS.finditer(text))
    if "<" not in text or not _IN_MARKUP.search(text):
        return
    for places in _elements(text):
        words = "".join(text[start:end] for start, end in places)
        if len(words) <= _LONGEST and any(map(str.isdecimal, words)) and not _is_price(words):
            yield from places


def _is_price(words: str) -> bool:
    is_sum = _PRICE.search(words) is not None
    return is_sum or names_any(as_read(words), frozenset({Label.MONEY}))


def _elements(text: str) -> Iterator[list[_Place]]:
    """Where the text of each element stands that is struck out, without the tags in it."""
    name, depth, at = "", 0, 0
    places: list[_Place] = []
    for piece in split(text):
        tag = NAME.match(piece)
        element = tag[1].lower() if tag else ""
        if not depth and (element in _ELEMENTS or (element and _STYLE in piece)):
            name, depth, places = element, 1, []
        elif depth and element == name:
            depth += 1
        elif depth and element == f"/{name}":
            depth -= 1
            if not depth:
                yield places
        elif depth and not element and piece:
            places.append((at, at + len(piece)))
        at += len(piece)
