"""What the headers of a mail, or of a part of one, say about its body (RFC 2045, RFC 2231)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.lazy import lazy
from integration.core.text.transfer import known_charset

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD: Final = lazy(
    r"^(content-type|content-transfer-encoding)[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)",
    re.IGNORECASE | re.MULTILINE,
)
_CHARSET: Final = lazy(
    r";\s*charset(?:\s*=|\*\s*=\s*[\w-]{0,40}'[\w-]{0,40}')\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE
)
_BOUNDARY: Final = lazy(
    r";\s*boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)
_COMMENT: Final = lazy(r"\([^()]{0,200}\)")
# Between two pieces of one value: `filename*0="4111 1111 "; filename*1="1111"`.
_GOES_ON: Final = lazy(
    r"\"?[ \t]*;\s{0,9}[a-z]{1,20}\*[1-9][0-9]?\*?[ \t]*=[ \t]*\"?", re.IGNORECASE
)
_PLAIN: Final = "text/plain"
_MAIL: Final = "message/rfc822"
_OF_DIGESTS: Final = "multipart/digest"
MBOX: Final = "application/mbox"
"""Many mails, each behind a line of its own (RFC 4155)."""
_MAILS: Final = frozenset({"text/rfc822-headers", "text/x-mail", MBOX})


class Form(NamedTuple):
    """How the body of one entity is written."""

    media_type: str
    encoding: str
    charset: str
    boundary: str | None

    @property
    def of_parts(self) -> str:
        """The media type of a part that names none (RFC 2046 5.1.5)."""
        return _MAIL if self.media_type == _OF_DIGESTS else _PLAIN


def form_of(headers: str, default: str = _PLAIN) -> Form:
    """Return the form that `headers` declare; `default` is the media type without a declaration."""
    fields = {match[1].lower(): match[2] for match in FIELD.finditer(headers)}
    content_type = fields.get("content-type", "")
    charset = _CHARSET.search(content_type)
    boundary = _BOUNDARY.search(content_type)
    return Form(
        media_type=_token(content_type.partition(";")[0]) or default,
        encoding=_token(fields.get("content-transfer-encoding", "")),
        charset=known_charset(charset[1] if charset else "utf-8"),
        boundary=(boundary[1] or boundary[2]) if boundary else None,
    )


def is_mail(media_type: str) -> bool:
    """Return whether a media type (lower case) is one of mails, or of their headers."""
    return media_type.startswith("message/") or media_type in _MAILS


def boundaries(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where headers name the boundary of the parts.

    It is made of random digits by some mail programs; the mail falls apart without it.
    """
    for field in FIELD.finditer(source, start, end):
        boundary = _BOUNDARY.search(source, *field.span(2))
        if boundary and boundary.lastindex:
            yield boundary.span(boundary.lastindex)


def seams(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between the pieces of values that go over several (RFC 2231 3)."""
    if source.find("*1", start, end) >= 0:
        for seam in _GOES_ON.finditer(source, start, end):
            yield seam.span()


def _token(value: str) -> str:
    """Return the first word of a value, without comments and quotes."""
    words = _COMMENT.sub(" ", value).replace('"', " ").split(maxsplit=1)
    return words[0].lower() if words else ""
