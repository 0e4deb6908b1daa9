"""HTML as a reader sees it, and XML, whose elements name what they hold.

Tags are dropped and entities resolved, so a number that is split over tags reads as one. What
stands in the fields of a form is read where they show it. What a reader does not see (attributes,
comments, scripts, styles) follows behind as stretches of its own, so that nothing hides there.
Every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from integration.core.text.attributes import (
    ENTITY,
    read_attributes,
    read_control,
    read_hidden,
    worth_reading,
)
from integration.core.text.decoded import BARRIER, NOWHERE, Builder, Decoded
from integration.core.text.elements import (
    CONTROLS,
    HTML,
    KEEPS_LINES,
    RAW,
    SPECIAL,
    XML,
    gap_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Everything possessive, and an end that is always found: no character is read twice.
_TOKEN = re.compile(
    r"<(/?[a-zA-Z][\w:.-]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+(?:>|\Z)"
    rf"|({ENTITY})"
    r"|([ \t\r\n\f]{2,}|[\t\r\n\f])"
    r"|<!--(?:-?>|((?s:.*?))(?:--!?>|\Z))|<!\[CDATA\[|<[!?/][^>]*+(?:>|\Z)"
)
_TAG, _ESCAPE, _SPACE, _COMMENT = 1, 2, 3, 4
_RAW_END: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW}
_SHOWS_LINES = re.compile(r"white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)")
_ALL: Final = "all"


def decode(source: str) -> Decoded:
    """Decode an HTML page or fragment; broken markup is read as a browser would, never refused."""
    shows = _ALL if "<" not in source or _SHOWS_LINES.search(source) else ""
    return _Page(source, HTML, shows_lines=shows).read(0, len(source)).build()


def decode_shown(source: str) -> Decoded:
    """Decode a text that shows its markup; its lines are its own."""
    return _Page(source, HTML, shows_lines=_ALL).read(0, len(source)).build()


def decode_xml(source: str) -> Decoded:
    """Decode XML: the name of an element stands before its text, as a label does."""
    return _Page(source, XML).read(0, len(source)).build()


def tags_in(source: str) -> Iterator[tuple[int, int]]:
    """Yield where the tags of a page stand, not those in comments and scripts."""
    raw_text_ends = 0
    for token in _TOKEN.finditer(source):
        if token.lastindex != _TAG or token.start() < raw_text_ends:
            continue
        yield token.span()
        if ending := _RAW_END.get(token[_TAG].lower()):
            closing = ending.search(source, token.end())
            raw_text_ends = closing.start() if closing else len(source)


class _Page:
    """A page, or a comment in it, on its way to be read."""

    def __init__(
        self,
        source: str,
        gaps: Mapping[str, str],
        *,
        comments: bool = True,
        shows_lines: str = "",
    ) -> None:
        self._source = source
        self._gaps = gaps
        self._reads_comments = comments
        self._flow, self._aside = Builder(source), Builder(source)
        self._dull: set[str] = set()
        """Tags with nothing to read in them; most stand in a page many times."""
        self._names = ""
        """Of the last field of a form."""
        self._shows_lines = shows_lines
        """The element that shows where its lines end."""

    def read(self, at: int, end: int) -> Builder:
        """Read `at`..`end`: the text, then what is not shown."""
        while at < end:
            at = self._until_raw_text(at, end)
        self._flow.embed(self._aside.build(), 0)
        return self._flow

    def _until_raw_text(self, at: int, stop: int) -> int:
        """Read on from `at`; return where the text goes on after a script or style, or `stop`."""
        source, take, gaps = self._source, self._flow.parts.append, self._gaps
        for token in _TOKEN.finditer(source, at, stop):
            start, end = token.span()
            if start > at:
                take((source[at:start], at, start))
            at, what = end, token.lastindex
            if what == _TAG:
                name = token[_TAG].lower()
                gap = gaps.get(name)
                take((gap_of(token[_TAG]) if gap is None else gap, NOWHERE, NOWHERE))
                if name in _RAW_END:
                    return self._raw_text(name, start, end, stop)
                if (tag := token[0]) not in self._dull:
                    self._tag(name, tag, start, end)
            elif what == _SPACE:
                self._space(token[0], start)
            elif what == _ESCAPE:
                take((unescape(token[0]), start, end))
            elif what == _COMMENT:
                self._comment(*token.span(_COMMENT))
            else:
                read_hidden(source, start, end, self._aside)
        self._flow.verbatim(at, stop)
        return stop

    def _space(self, blanks: str, start: int) -> None:
        if self._shows_lines and "\n" in blanks:
            self._flow.verbatim(start, start + len(blanks))
        else:  # a run of white space reads as one space
            self._flow.atom(" ", start, start + len(blanks))

    def _tag(self, name: str, tag: str, start: int, end: int) -> None:
        done: tuple[str, ...] = ()
        if name in SPECIAL:
            self._show_lines(name)
            if name in CONTROLS:
                self._names = read_control(self._source, start, end, self._flow, self._names)
                done = ("value",)
        if (
            not read_attributes(self._source, start, end, self._aside, *done)
            and name not in SPECIAL
        ):
            self._dull.add(tag)

    def _show_lines(self, name: str) -> None:
        if not self._shows_lines and name in KEEPS_LINES:
            self._shows_lines = name
        elif name == "/" + self._shows_lines:
            self._shows_lines = ""

    def _raw_text(self, name: str, start: int, end: int, stop: int) -> int:
        """Read a script or style aside; return where it ends."""
        read_attributes(self._source, start, end, self._aside)
        closing = _RAW_END[name].search(self._source, end, stop)
        text_end = closing.start() if closing else stop
        read_hidden(self._source, end, text_end, self._aside)
        return text_end

    def _comment(self, start: int, end: int) -> None:
        """Read a comment as the page that it hides: some mail programs show it."""
        if not worth_reading(self._source, start, end):
            return
        if self._reads_comments and "<" in self._source[start:end]:
            self._aside.gap(BARRIER)
            inside = _Page(
                self._source, self._gaps, comments=False, shows_lines=self._shows_lines
            ).read(start, end)
            self._aside.embed(inside.build(), 0)
        else:
            read_hidden(self._source, start, end, self._aside)
