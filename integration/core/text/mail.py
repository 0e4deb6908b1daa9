"""A raw mail (RFC 5322, MIME) as a reader sees it: headers, then every readable part in order."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from integration.core.text import documents, remains, uuencode
from integration.core.text.builder import Builder
from integration.core.text.decoded import BARRIER, Decoded, Through
from integration.core.text.entity import Form, boundaries, form_of, is_mail, seams
from integration.core.text.lazy import lazy
from integration.core.text.sealed import Sealed
from integration.core.text.transfer import (
    ENCODED_WORDS,
    base64_part,
    eight_bit,
    encoded_words,
    holds_file,
    is_binary,
    quoted_printable,
)

_MAX_DEPTH = 10
_HEADERS_END = lazy(r"\r?\n\r?\n")
_PASTED = lazy(
    r"^content-transfer-encoding[ \t]*:[ \t]*\"?(?:base64|quoted-printable|(?:x-)?uue)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = lazy(r"[\w-]{1,80}[ \t]*:|[ \t]+\S")
_MOST_HEADERS = 50
_OTHER_PART = lazy(r"^--[^\s-]", re.MULTILINE)
_PARAGRAPH_ENDS = lazy(rf"(?<=\S)(?=[ \t]*\r?\n[ \t]*\r?\n)|{_OTHER_PART.pattern}", re.MULTILINE)
_BLANK_LINE = lazy(r"\r?\n")
_MAIL_BEGINS = lazy(r"^From [^\r\n]{0,500}\r?\n(?=[\w-]{1,80}:)", re.MULTILINE)
_PART_BEGINS = lazy(r"^--([^\r\n]{1,200}?)[ \t]*\r?\ncontent-", re.IGNORECASE | re.MULTILINE)
_LINE_ENDS = lazy(r"\s*(?:<br\s*/?>\s*)?", re.IGNORECASE)
"""Between two lines of a page: more or fewer of them leave its elements whole."""
_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
"""Transfer encodings that encode nothing."""
_SEALED = frozenset({"base64", *uuencode.NAMES})
"""Those of which a part can only be replaced as a whole."""
_NO_TEXT = ("image/", "audio/", "video/", "font/", "application/pdf")
"""Files that are none of texts, whatever bytes they hold."""
_ENCODED = lazy(
    r"^content-transfer-encoding[ \t]*:\s*+(?![78]bit|binary)|=\?[^?\s]{1,40}\?[bq]\?",
    re.IGNORECASE | re.MULTILINE,
)


class _Cut(NamedTuple):
    """What is not read as it stands in headers: something encoded, or nothing that anyone wrote."""

    start: int
    end: int
    part: Sealed | None
    gap: str


def decode(source: str) -> Decoded:
    """Decode a raw mail, or a box of them; what cannot be parsed is read as it stands."""
    return _Mail(source).read()


def decode_pasted(source: str) -> Decoded:
    """Decode a plain text, with the source of mails that somebody pasted into it."""
    if not _PASTED.search(source):
        return remains.decode(source)
    return remains.opened(_Mail(source).read_pasted())


def opened_in(document: Decoded, source: str) -> Decoded:
    """Return what was decoded from `source` with the mails opened that somebody pasted into it."""
    shown = document.text[: document.shown]
    if not _PASTED.search(shown):
        return document
    inner = _Mail(shown).read_pasted()
    parts = [_as_written(part, document, source) for part in inner.sealed]
    return Through(
        inner,
        document,
        sealed=tuple(part for part in parts if part),
        is_whole=inner.is_whole and all(parts),
    )


def _as_written(part: Sealed, document: Decoded, source: str) -> Sealed | None:
    """Return a part as it stands in the source; None where it cannot be written there again."""
    ranges = document.source(part.start, part.end)
    joints = {source[end:start] for (_, end), (start, _) in pairwise(ranges)}
    is_clear = len(joints) < 2 and all(map(_LINE_ENDS.fullmatch, joints))
    if not ranges or part.encoding != "base64" or not is_clear:
        return None
    newline = joints.pop() if joints else part.newline
    return replace(part, start=ranges[0][0], end=ranges[-1][1], newline=newline)


def has_body(source: str) -> bool:
    """Return whether there is more to a mail than its headers."""
    return _HEADERS_END.search(source) is not None


class _Mail:
    def __init__(self, source: str) -> None:
        self._source = source
        self._built = Builder(source)

    def read(self) -> Decoded:
        self._mails(0, len(self._source), depth=0)
        return self._built.build()

    def read_pasted(self) -> Decoded:
        """Read a text that holds the source of mails: what is encoded there is opened in place."""
        signs = [sign.start() for sign in _PASTED.finditer(self._source)]
        at = 0
        for sign, following in zip(signs, [*signs[1:], len(self._source)], strict=True):
            if not (split := _HEADERS_END.search(self._source, sign, following)):
                continue  # one header of several
            form = form_of(self._source[self._headers_above(at, sign) : split.start()])
            ends = _PARAGRAPH_ENDS if form.encoding in _SEALED else _OTHER_PART
            other = ends.search(self._source, split.end(), following)
            stop = other.start() if other else self._headers_above(split.end(), following)
            self._built.verbatim(at, split.end())
            self._content(split.end(), stop, form)
            at = stop
        self._built.verbatim(at, len(self._source))
        return self._built.build()

    def _headers_above(self, low: int, at: int) -> int:
        """Return where the headers begin whose last line ends at `at`."""
        for _ in range(_MOST_HEADERS):
            line = self._source.rfind("\n", low, max(at - 1, low)) + 1 or low
            if not _HEADER.match(self._source, line, at):
                break
            at = line
        return at

    def _mails(self, start: int, end: int, depth: int) -> None:
        """Read the mails of a box, or the only one that there is."""
        if not _MAIL_BEGINS.match(self._source, start, end):
            self._entity(start, end, depth)
            return
        begins = [begin.span() for begin in _MAIL_BEGINS.finditer(self._source, start, end)]
        for (low, high), (stop, _) in zip(begins, [*begins[1:], (end, end)], strict=True):
            self._built.verbatim(low, high)
            self._entity(high, stop, depth)

    def _entity(self, start: int, end: int, depth: int, default: str = "text/plain") -> None:
        split = _HEADERS_END.search(self._source, start, end)
        headers_end, body = split.span() if split else (end, end)
        if blank := _BLANK_LINE.match(self._source, start, end):
            headers_end, body = blank.span()  # no header at all: the rest is the body
        self._headers(start, headers_end)
        self._built.gap(BARRIER)
        self._body(body, end, form_of(self._source[start:headers_end], default), depth)
        self._built.gap(BARRIER)

    def _headers(self, start: int, end: int) -> None:
        for low, high, part, gap in self._cuts(start, end):
            if low < start:
                continue
            self._built.verbatim(start, low)
            self._built.gap(gap)
            if part:
                self._built.seal(part)
            start = high
        self._built.verbatim(start, end)

    def _cuts(self, start: int, end: int) -> list[_Cut]:
        """Return encoded words, the boundary of the parts, and the seams of long values."""
        source = self._source
        cuts = [
            _Cut(*match.span(), part, BARRIER)
            for match in ENCODED_WORDS.finditer(source, start, end)
            if (part := encoded_words(source, match))
        ]
        cuts += [_Cut(*span, None, BARRIER) for span in boundaries(source, start, end)]
        cuts += [_Cut(*span, None, "") for span in seams(source, start, end)]
        return sorted(cuts, key=itemgetter(0))

    def _body(self, start: int, end: int, form: Form, depth: int) -> None:
        if depth >= _MAX_DEPTH:
            self._too_deep(start, end, form)
        elif form.media_type.startswith("multipart/"):
            self._parts(start, end, form, depth)
        elif is_mail(form.media_type) and form.encoding not in _SEALED:
            self._mails(start, end, depth + 1)
        else:
            self._content(start, end, form)

    def _content(self, start: int, end: int, form: Form) -> None:
        if form.encoding == "base64":
            self._base64(start, end, form)
        elif form.encoding in uuencode.NAMES:
            self._uuencoded(start, end, form)
        else:
            self._text(start, end, form)

    def _too_deep(self, start: int, end: int, form: Form) -> None:
        self._built.verbatim(start, end)
        if form.encoding not in _PLAIN or _ENCODED.search(self._source, start, end):
            self._built.leave()

    def _parts(self, start: int, end: int, form: Form, depth: int) -> None:
        inside = False
        for match in self._boundaries(start, end, form.boundary):
            self._part(start, match.start(), form, depth, inside=inside)
            start, inside = match.end(), not match[1]
        self._part(start, end, form, depth, inside=inside)

    def _boundaries(self, start: int, end: int, declared: str | None) -> list[re.Match[str]]:
        """Return the lines between the parts; some gateways declare another boundary, or none."""
        begins = _PART_BEGINS.search(self._source, start, end)
        for boundary in (declared, begins[1] if begins else None):
            line = re.compile(rf"^--{re.escape(boundary or '')}(--)?[ \t]*\r?$\n?", re.MULTILINE)
            if boundary and (lines := list(line.finditer(self._source, start, end))):
                return lines
        return []

    def _part(self, start: int, end: int, parent: Form, depth: int, *, inside: bool) -> None:
        if inside:
            self._entity(start, end, depth + 1, parent.of_parts)
        else:  # before the first boundary and behind the last: no reader shows it, we read it
            self._built.verbatim(start, end)

    def _base64(self, start: int, end: int, form: Form) -> None:
        is_text = is_mail(form.media_type) or documents.has_decoder(form.media_type)
        if not is_text and (
            form.media_type.startswith(_NO_TEXT) or holds_file(self._source, start, end)
        ):
            self._built.leave_file()
            return
        part = base64_part(self._source, start, end, form.media_type, form.charset)
        self._sealed(part, start, end)

    def _uuencoded(self, start: int, end: int, form: Form) -> None:
        lines = uuencode.lines_in(self._source, start, end)
        if not lines.data:
            self._built.verbatim(start, end)
            self._built.leave()
        elif is_binary(lines.data):
            self._built.leave_file()
        else:
            self._sealed(lines.sealed(form.media_type, form.charset), start, end)

    def _sealed(self, part: Sealed | None, start: int, end: int) -> None:
        if part:
            self._built.verbatim(start, part.start)
            self._built.seal(part)
            start = part.end
        self._built.verbatim(start, end)

    def _text(self, start: int, end: int, form: Form) -> None:
        text = self._source[start:end]
        if form.encoding == "quoted-printable":
            outer = quoted_printable(text, form.charset)
        elif text.isascii():
            outer = Decoded(text)
        else:
            outer = eight_bit(text, form.charset)
        inner = documents.decode(outer.text, form.media_type)
        self._built.embed(outer.under(inner), start)
