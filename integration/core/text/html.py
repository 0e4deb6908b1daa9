"""HTML as a reader sees it.

Tags are dropped and entities resolved, so a number that is split over tags reads as one. What a
reader does not see (attributes, comments, scripts, styles) follows behind as stretches of its own,
so that nothing hides there. Every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from integration.core.text.decoded import BARRIER, NOWHERE, Builder, Decoded

INLINE: Final = "\u200b"
"""An inline tag leaves no gap for a reader, but the two sides may still be two numbers."""

_ENTITY = r"&(?:#0*+[0-9]{1,7};?|#[xX]0*+[0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
# Everything possessive, and an end that is always found: no character is read twice.
_TOKEN = re.compile(
    r"<(/?[a-zA-Z][a-zA-Z0-9:-]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+(?:>|\Z)"
    rf"|({_ENTITY})"
    r"|([ \t\r\n\f]{2,}|[\t\r\n\f])"
    r"|<!--(?s:.*?)(?:-->|\Z)|<[!?/][^>]*+(?:>|\Z)"
)
_TAG, _ESCAPE, _SPACE = 1, 2, 3
_ENTITIES = re.compile(_ENTITY)

_BLOCKS = """
    address article aside blockquote body br button caption center dd details dialog div
    dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html
    legend li main nav noscript ol optgroup option p pre section select summary table
    tbody textarea tfoot thead title tr ul
"""
_GAPS: Final = {
    slash + name: gap
    for gap, names in (("\n", _BLOCKS.split()), ("\t", ("td", "th")))
    for name in names
    for slash in ("", "/")
}
"""What a tag leaves between its two sides; any other leaves `INLINE`."""
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
# Widths and sizes of a style are no one's data; a code or a number is longer.
_WORTH_READING = re.compile(r"[0-9]{3}|(?:[0-9]{1,2}[^0-9<>]){5}|&|[^\x00-\x7f]")


def decode(source: str) -> Decoded:
    """Decode an HTML page or fragment; broken markup is read as a browser would, never refused."""
    flow, aside = Builder(source), Builder(source)
    at = 0
    while at < len(source):
        at = _until_raw_text(source, at, flow, aside)
    flow.embed(aside.build(), 0)
    return flow.build()


def _until_raw_text(source: str, at: int, flow: Builder, aside: Builder) -> int:
    """Read on from `at`; return where the text goes on after a script or style, or the end."""
    take = flow.parts.append
    for token in _TOKEN.finditer(source, at):
        start, end = token.span()
        if start > at:
            take((source[at:start], at, start))
        at, what = end, token.lastindex
        if what == _TAG:
            name = token[_TAG].lower()
            take((_GAPS.get(name, INLINE), NOWHERE, NOWHERE))
            _hide(source, start, end, aside)
            if name in _RAW_END:
                closing = _RAW_END[name].search(source, end)
                at = closing.start() if closing else len(source)
                _hide(source, end, at, aside)
                return at
        elif what == _SPACE:
            take((" ", start, start + 1))  # a run of white space reads as one space
        elif what == _ESCAPE:
            take((unescape(token[0]), start, end))
        else:
            _hide(source, start, end, aside)
    flow.verbatim(at, len(source))
    return len(source)


def _hide(source: str, start: int, end: int, aside: Builder) -> None:
    """Read `start`..`end` aside when it could hold anything."""
    if not _WORTH_READING.search(source, start, end):
        return
    aside.gap(BARRIER)
    for entity in _ENTITIES.finditer(source, start, end):
        aside.verbatim(start, entity.start())
        aside.atom(unescape(entity[0]), *entity.span())
        start = entity.end()
    aside.verbatim(start, end)
