"""A raw mail (RFC 5322, MIME) as a reader sees it: headers, then every readable part in order."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple

from integration.core.text import documents
from integration.core.text.decoded import BARRIER, Builder, Decoded, Sealed
from integration.core.text.lazy import lazy
from integration.core.text.transfer import (
    ENCODED_WORDS,
    base64_part,
    eight_bit,
    encoded_words,
    known_charset,
    quoted_printable,
)

_MAX_DEPTH = 10
_HEADERS_END = lazy(r"\r?\n\r?\n")
_FIELD = lazy(
    r"^(content-type|content-transfer-encoding)[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)",
    re.IGNORECASE | re.MULTILINE,
)
_CHARSET = lazy(r";\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_BOUNDARY = lazy(r";\s*boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)

_PART_BEGINS = lazy(r"^--([^\r\n]{1,200}?)[ \t]*\r?\ncontent-", re.IGNORECASE | re.MULTILINE)


class _Form(NamedTuple):
    """How the body of one entity is written."""

    media_type: str
    encoding: str
    charset: str
    boundary: str | None


def decode(source: str) -> Decoded:
    """Decode a raw mail; what cannot be parsed is read as it stands."""
    return _Mail(source).read()


def _form(headers: str) -> _Form:
    fields = {match[1].lower(): match[2] for match in _FIELD.finditer(headers)}
    content_type = fields.get("content-type", "")
    charset = _CHARSET.search(content_type)
    boundary = _BOUNDARY.search(content_type)
    return _Form(
        media_type=content_type.partition(";")[0].strip().lower() or "text/plain",
        encoding=fields.get("content-transfer-encoding", "").strip().lower(),
        charset=known_charset(charset[1] if charset else "utf-8"),
        boundary=(boundary[1] or boundary[2]) if boundary else None,
    )


class _Mail:
    def __init__(self, source: str) -> None:
        self._source = source
        self._built = Builder(source)

    def read(self) -> Decoded:
        self._entity(0, len(self._source), depth=0)
        return self._built.build()

    def _entity(self, start: int, end: int, depth: int) -> None:
        split = _HEADERS_END.search(self._source, start, end)
        headers_end, body = split.span() if split else (end, end)
        if self._source.startswith(("\n", "\r\n"), start):
            headers_end = body = start  # no header at all: the rest is the body
        self._headers(start, headers_end)
        self._built.gap(BARRIER)
        self._body(body, end, _form(self._source[start:headers_end]), depth)
        self._built.gap(BARRIER)

    def _headers(self, start: int, end: int) -> None:
        for low, high, part in self._cuts(start, end):
            if low < start:
                continue
            self._built.verbatim(start, low)
            self._built.gap(BARRIER)
            if part:
                self._built.seal(part)
            start = high
        self._built.verbatim(start, end)

    def _cuts(self, start: int, end: int) -> list[tuple[int, int, Sealed | None]]:
        """Return what is not read as it stands: encoded words, and the boundary of the parts.

        A boundary is made of random digits by some mail programs; the mail falls apart without it.
        """
        cuts: list[tuple[int, int, Sealed | None]] = [
            (*match.span(), part)
            for match in ENCODED_WORDS.finditer(self._source, start, end)
            if (part := encoded_words(self._source, match))
        ]
        for field in _FIELD.finditer(self._source, start, end):
            boundary = _BOUNDARY.search(self._source, *field.span(2))
            if boundary and boundary.lastindex:
                cuts.append((*boundary.span(boundary.lastindex), None))
        return sorted(cuts, key=itemgetter(0))

    def _body(self, start: int, end: int, form: _Form, depth: int) -> None:
        if depth >= _MAX_DEPTH:
            self._built.verbatim(start, end)
        elif form.media_type.startswith("multipart/"):
            self._parts(start, end, form.boundary, depth)
        elif form.encoding == "base64":
            self._base64(start, end, form)
        elif form.media_type.startswith("message/"):
            self._entity(start, end, depth + 1)
        else:
            self._text(start, end, form)

    def _parts(self, start: int, end: int, declared: str | None, depth: int) -> None:
        inside = False
        for match in self._boundaries(start, end, declared):
            self._part(start, match.start(), depth, inside=inside)
            start, inside = match.end(), not match[1]
        self._part(start, end, depth, inside=inside)

    def _boundaries(self, start: int, end: int, declared: str | None) -> list[re.Match[str]]:
        """Return the lines between the parts; some gateways declare another boundary, or none."""
        begins = _PART_BEGINS.search(self._source, start, end)
        for boundary in (declared, begins[1] if begins else None):
            line = re.compile(rf"^--{re.escape(boundary or '')}(--)?[ \t]*\r?$\n?", re.MULTILINE)
            if boundary and (lines := list(line.finditer(self._source, start, end))):
                return lines
        return []

    def _part(self, start: int, end: int, depth: int, *, inside: bool) -> None:
        if inside:
            self._entity(start, end, depth + 1)
        else:  # before the first boundary and behind the last: no reader shows it, we read it
            self._built.verbatim(start, end)

    def _base64(self, start: int, end: int, form: _Form) -> None:
        is_mail = form.media_type.startswith("message/")
        if not is_mail and not documents.has_decoder(form.media_type):
            return  # a file: it is a surface of its own
        part = base64_part(self._source, start, end, form.media_type, form.charset)
        if part:
            self._built.seal(part)
            start = part.end
        self._built.verbatim(start, end)

    def _text(self, start: int, end: int, form: _Form) -> None:
        text = self._source[start:end]
        if form.encoding == "quoted-printable":
            outer = quoted_printable(text, form.charset)
        elif text.isascii():
            outer = Decoded(text)
        else:
            outer = eight_bit(text, form.charset)
        inner = documents.decode(outer.text, form.media_type)
        self._built.embed(outer.under(inner), start)
