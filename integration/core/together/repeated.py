"""Codes and dates that stand once more behind their label, or on a line below it. Pure.

A helpdesk makes plain text of a table: of each cell a line of its own, with rules between (`CVC`, a
rule, `091`), or filled up with blanks. So far from its card a code is not known; in another copy it
is. And people write it again: `valid to 08/29, not 08/28`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.policy import BESIDE_CARD
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface
from integration.core.together.elsewhere import ACROSS, Taken, decoded_of, moved
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label, as_read

_FEWEST: Final = 3
"""Characters of what is known again."""
_VALUE: Final = r"(?<![\w.,:/-])(?:{})(?![\w/-]|[.,:]\d)"
_CLAUSE: Final = 80
"""Characters of a line before a value."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?;]\s")
_LONGEST: Final = 1_600
"""Characters between a label and what stands below it: rules, and blanks that fill a line."""
_NAMES: Final[Mapping[Kind, frozenset[Label]]] = {
    Kind.CVV: frozenset({Label.SECURITY_CODE, Label.CODE_HINT}),
    Kind.EXPIRY: frozenset({Label.EXPIRY, Label.EXPIRY_HINT}),
    Kind.PIN: frozenset({Label.PIN}),
}


def spans_repeated(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """What is removed beside a card and stands below its label once more, by surface id.

    `found`: what is known of each place so far.
    """
    known = {text: span for surface in surfaces for text, span in _known(surface, found)}
    if not known:
        return {}
    told = {
        surface.id: list(_again(surface, known, Taken.by(found[surface.id])))
        for surface in surfaces
    }
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _known(surface: Surface, found: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, Span]]:
    for span in found[surface.id]:
        if span.kind in BESIDE_CARD and span.action is Action.REDACT and not span.inner:
            decoded = decoded_of(surface)
            place = decoded.place(span.start, span.end)
            text = decoded.text[slice(*place)].strip() if place else ""
            if len(text) >= _FEWEST:
                yield text, span


def _again(surface: Surface, known: Mapping[str, Span], taken: Taken) -> Iterator[Span]:
    decoded = decoded_of(surface)
    values = "|".join(map(re.escape, known))
    for again in re.finditer(_VALUE.format(values), decoded.text):
        span = known[again[0]]
        ranges = decoded.source(*again.span())
        if ranges and not taken.touches(ranges) and _NAMES[span.kind] & _named(decoded.text, again):
            yield moved(span, ranges, ACROSS)


def _named(text: str, value: re.Match[str]) -> set[Label]:
    """What the words before a value say, on its line; or above, where it has its line alone."""
    before = text[max(0, value.start() - _CLAUSE) : value.start()].rpartition("\n")[2]
    if any(map(str.isalpha, before)):
        return _says(_SENTENCE_ENDS.split(before)[-1])
    behind = text[value.end() : value.end() + _LONGEST].partition("\n")[0]
    return set() if any(map(str.isalnum, behind)) else _above(text, value.start())


def _above(text: str, at: int) -> set[Label]:
    """What the nearest line with words above a line says, and the nearest that begins as it does.

    The lines of a table and those of one that stands in it may come in turn.
    """
    *above, line = text[max(0, at - _LONGEST) : at].split("\n")
    told = [each for each in reversed(above) if any(map(str.isalpha, each))]
    aligned = [each for each in told if each.startswith(line) and each[len(line)].isalpha()]
    return _says("\n".join((*told[:1], *aligned[:1])))


def _says(words: str) -> set[Label]:
    return {found.label for found in labels_in(as_read(words))}
