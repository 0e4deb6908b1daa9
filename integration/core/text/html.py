"""HTML as a reader sees it.

Tags are dropped and entities resolved, so a number that is split over tags reads as one. What a
reader does not see (attributes, comments, scripts, styles) follows behind as stretches of its own,
so that nothing hides there. Every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from html import unescape

from integration.core.text.decoded import BARRIER, Builder, Decoded

_TOKEN = re.compile(r"<(?=[a-zA-Z/!?])|&(?=[#a-zA-Z])|[ \t\r\n\f]{2,}|[\t\r\n\f]")
_ENTITY = re.compile(r"&(?:#0*[0-9]{1,7};?|#[xX]0*[0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_TAG_STOP = re.compile(r">|=\s*[\"']")
_WORTH_READING = re.compile(r"[0-9&]|[^\x00-\x7f]")
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}

_CELL = frozenset({"td", "th"})
_BLOCK_NAMES = """
    address article aside blockquote body br button caption center dd details dialog div
    dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html
    legend li main nav noscript ol optgroup option p pre section select summary table
    tbody textarea tfoot thead title tr ul
"""
_BLOCK = frozenset(_BLOCK_NAMES.split())
INLINE = "\u200b"
"""An inline tag leaves no gap for a reader, but the two sides may still be two numbers."""


def decode(source: str) -> Decoded:
    """Decode an HTML page or fragment; broken markup is read as a browser would, never refused."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._flow = Builder(source)
        self._aside = Builder(source)

    def read(self) -> Decoded:
        at = 0
        while token := _TOKEN.search(self._source, at):
            self._flow.verbatim(at, token.start())
            at = self._take(token)
        self._flow.verbatim(at, len(self._source))
        self._flow.embed(self._aside.build(), 0)
        return self._flow.build()

    def _take(self, token: re.Match[str]) -> int:
        start = token.start()
        if token[0] == "<":
            return self._markup(start)
        if token[0] == "&":
            return self._entity(self._flow, start)
        # A run of white space reads as one space.
        self._flow.atom(" ", start, start + 1)
        return token.end()

    def _entity(self, into: Builder, start: int) -> int:
        match = _ENTITY.match(self._source, start)
        end = match.end() if match else start + 1
        raw = self._source[start:end]
        into.atom(unescape(raw), start, end)
        return end

    def _markup(self, start: int) -> int:
        if self._source.startswith("<!--", start):
            return self._hide(start, self._after("-->", start + 4))
        name = _NAME.match(self._source, start)
        if not name:
            return self._hide(start, self._after(">", start))
        tag = name[1].lower()
        end = self._hide(start, self._tag_end(name.end()))
        self._flow.gap("\n" if tag in _BLOCK else "\t" if tag in _CELL else INLINE)
        if tag in _RAW_END and self._source[start + 1] != "/":
            closing = _RAW_END[tag].search(self._source, end)
            end = self._hide(end, closing.start() if closing else len(self._source))
        return end

    def _after(self, mark: str, at: int) -> int:
        found = self._source.find(mark, at)
        return found + len(mark) if found >= 0 else len(self._source)

    def _tag_end(self, at: int) -> int:
        while stop := _TAG_STOP.search(self._source, at):
            at = stop.end()
            if stop[0] == ">":
                return at
            at = self._closed(stop[0][-1], at)
        return len(self._source)

    def _closed(self, quote: str, at: int) -> int:
        # This fails at most once per kind of quote: the next one would have been its partner.
        found = self._source.find(quote, at)
        return found + 1 if found >= 0 else at

    def _hide(self, start: int, end: int) -> int:
        if _WORTH_READING.search(self._source, start, end):
            self._aside.gap(BARRIER)
            while entity := _ENTITY.search(self._source, start, end):
                self._aside.verbatim(start, entity.start())
                start = self._entity(self._aside, entity.start())
            self._aside.verbatim(start, end)
        return end
