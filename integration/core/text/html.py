"""HTML as a reader sees it, and XML, whose elements name what they hold.

Tags are dropped and entities resolved, so a number that is split over tags reads as one. What
stands in the fields of a form is read where they show it. What a reader does not see (attributes,
comments, scripts, styles) follows behind as stretches of its own, so that nothing hides there.

A page is cut into texts and tokens at once, and what a token means is made out once for each way
that it is written in this page; only what holds more than that is looked at in its place.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from integration.core.once import once
from integration.core.text.attributes import filled, read_control, read_value, worth_reading
from integration.core.text.builder import Builder
from integration.core.text.decoded import BARRIER, NOWHERE, Decoded, Part, Rewritten
from integration.core.text.elements import CONTROLS, HTML, KEEPS_LINES, RAW, SPECIAL, XML, gap_of
from integration.core.text.lazy import lazy
from integration.core.text.tokens import COMMENT, NAME, split, split_lines, tag_end

if TYPE_CHECKING:
    from collections.abc import Mapping

_Group: TypeAlias = tuple[tuple[int, int], ...]
_SHOWS_LINES = lazy(r"white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)")
_OF_A_CELL: Final = "\t"
_BLOCK: Final = lazy(r"</?(?:p|div|center|h[1-6])\b|[ \t\r\n]", re.IGNORECASE)
_ALL: Final = "all"
_PAGE: Final = "comment"


def decode(source: str) -> Decoded:
    """Decode an HTML page or fragment; broken markup is read as a browser would, never refused."""
    shows = _ALL if "<" not in source or _SHOWS_LINES.search(source) else ""
    return _Page(source, split(source), _Meanings(HTML, shows), shows).read()


def decode_shown(source: str) -> Decoded:
    """Decode a text that shows its markup; its lines are its own."""
    return _Page(source, split_lines(source), _Meanings(HTML, _ALL), _ALL).read()


def decode_xml(source: str) -> Decoded:
    """Decode XML: the name of an element stands before its text, as a label does."""
    return _Page(source, split(source), _Meanings(XML)).read()


class _More(NamedTuple):
    """What there is to a token beyond what it leaves in the text."""

    role: str = ""
    """The element, or that it is a comment to read as a page."""
    aside: tuple[_Group, ...] = ()
    """Where something stands in it that is read aside, and what of it together."""


def _is_seen(blanks: str) -> bool:
    """Whether they part lines or columns where an element shows them as they are."""
    return len(blanks) > 1 or blanks in {"\n", "\t"}


class _Meanings(dict[str, str]):
    """What each token leaves in the text; `more` has those that hold more than that."""

    def __init__(
        self, gaps: Mapping[str, str], shows_lines: str = "", *, opens_comments: bool = True
    ) -> None:
        super().__init__()
        self._gaps = gaps
        self._shows_lines = shows_lines
        self._opens_comments = opens_comments
        self.more: dict[str, _More] = {}

    @once
    def inside(self) -> _Meanings:
        """What tokens leave in comments, of which none holds a page again."""
        return _Meanings(self._gaps, self._shows_lines, opens_comments=False)

    def __missing__(self, token: str) -> str:
        meaning = self._gaps.get(token)
        if meaning is None:
            meaning = self._made_out(token)
        self[token] = meaning
        return meaning

    def _made_out(self, token: str) -> str:
        if token[0] == "&":
            return unescape(token)
        if token[0] != "<":  # a run of white space reads as one space
            return token if self._shows_lines == _ALL and _is_seen(token) else " "
        if named := NAME.match(token):
            return self._tag(token, named[1])
        self._no_tag(token)
        return ""

    def _tag(self, token: str, name: str) -> str:
        element = name.lower()
        if element in SPECIAL:
            self._special(token, element)
        elif aside := filled(token):
            self.more[token] = _More("", aside)
        gap = self._gaps.get(element)
        return gap_of(name) if gap is None else gap

    def _special(self, token: str, element: str) -> None:
        if element in RAW:
            end = tag_end(token)
            content = ((end, len(token)),) if worth_reading(token, end) else ()
            more = _More("", (*filled(token[:end]), content))
        else:
            done = ("value",) if element in CONTROLS else ()
            more = _More(element, filled(token, *done))
        self.more[token] = more

    def _no_tag(self, token: str) -> None:
        comment = COMMENT.match(token)
        start, end = comment.span(1) if comment else (0, len(token))
        if worth_reading(token, start, end):
            is_page = comment and self._opens_comments and "<" in comment[1]
            self.more[token] = _More(_PAGE if is_page else "", (((start, end),),))


class _Page:
    """A page, or a comment in it, on its way to be read."""

    def __init__(
        self, source: str, read: list[str], meanings: _Meanings, shows_lines: str = ""
    ) -> None:
        self._source = source
        self._read = read
        """Texts, with a token between any two of them."""
        self._shown = read.copy()
        """What each of them leaves."""
        self._meanings = meanings
        self._aside = Builder(source)
        self._fields: dict[int, Builder] = {}
        self._names = ""
        """Of the last field of a form."""
        self._shows_lines = shows_lines
        """The element that shows where its lines end."""
        self._lines_from = 1

    def read(self) -> Decoded:
        """Read the text, then what is not shown."""
        tokens = self._read[1::2]
        self._shown[1::2] = map(self._meanings.__getitem__, tokens)
        if self._meanings.more:
            self._look_closer(tokens, self._meanings.more)
        if self._shows_lines not in {"", _ALL}:
            self._keep_lines(len(self._read))
        self._keep_rows(tokens)
        text = "".join(self._shown)
        return Rewritten(text + self._aside.text(), self._parts, shown=len(text))

    def _look_closer(self, tokens: list[str], more: Mapping[str, _More]) -> None:
        starts = list(accumulate(map(len, self._read)))[::2]
        for number in [number for number, token in enumerate(tokens) if token in more]:
            token, start = tokens[number], starts[number]
            role, aside = more[token]
            if role == _PAGE:
                self._comment(token, *aside[0][0], start)
                continue
            if role in CONTROLS:
                self._field(token, 2 * number + 1, start)
            elif role:
                self._show_lines(role, 2 * number + 1)
            self._read_aside(aside, start)

    def _read_aside(self, groups: tuple[_Group, ...], at: int) -> None:
        for group in groups:
            wall = BARRIER
            for start, end in group:
                self._aside.gap(wall)
                read_value(self._source, at + start, at + end, self._aside)
                wall = " "

    def _comment(self, token: str, start: int, end: int, at: int) -> None:
        """Read a comment as the page that it hides: some mail programs show it."""
        inside = token[start:end]
        page = _Page(inside, split(inside), self._meanings.inside, self._shows_lines)
        self._aside.gap(BARRIER)
        self._aside.embed(page.read(), at + start)

    def _field(self, token: str, at: int, start: int) -> None:
        field = self._fields[at] = Builder(self._source)
        field.gap(self._shown[at])
        self._names = read_control(self._source, start, start + len(token), field, self._names)
        self._shown[at] = field.text()

    def _show_lines(self, name: str, at: int) -> None:
        if not self._shows_lines and name in KEEPS_LINES:
            self._shows_lines, self._lines_from = name, at
        elif name == "/" + self._shows_lines:
            self._keep_lines(at)
            self._shows_lines = ""

    def _keep_lines(self, end: int) -> None:
        for at in range(self._lines_from, end, 2):
            token = self._read[at]
            if token.isspace() and _is_seen(token):
                self._shown[at] = token

    def _keep_rows(self, tokens: list[str]) -> None:
        """Let no paragraph end the line of its row where it begins or ends a cell."""
        cells = [at for at, shown in enumerate(self._shown[1::2]) if shown == _OF_A_CELL]
        for cell in cells:
            step = -1 if tokens[cell].startswith("</") else 1
            at = cell + step
            while 0 <= at < len(tokens) and _BLOCK.match(tokens[at]) and self._is_empty(at, step):
                if tokens[at][0] == "<":
                    self._shown[2 * at + 1] = ""
                at += step

    def _is_empty(self, at: int, step: int) -> bool:
        """Return whether nothing stands between a token and the one before it on the way."""
        return not self._shown[2 * at + (0 if step > 0 else 2)].strip()

    def _parts(self) -> list[Part]:
        places = list(accumulate(map(len, self._read), initial=0))
        starts = places[:-1]
        starts[1::2] = [
            NOWHERE if token[0] == "<" else start
            for token, start in zip(self._read[1::2], starts[1::2], strict=True)
        ]
        parts = list(zip(map(len, self._shown), starts, places[1:], strict=True))
        if self._fields:
            fields = {at: field.parts() for at, field in self._fields.items()}
            parts = [each for at, part in enumerate(parts) for each in fields.get(at, (part,))]
        return parts + self._aside.parts()
