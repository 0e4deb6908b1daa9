r"""Plain text that holds what other formats left in it, as copied sources, logs and gateways do.

HTML that shows its tags and entities, `\n` of JSON, `\x22` of logs, `=3D` and soft breaks of
quoted-printable, digits of two bytes, and the bytes of a dump are read as what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from integration.core.text import escapes, exports, hexdump, html, rtf, statements, two_bytes
from integration.core.text.decoded import Decoded
from integration.core.text.lazy import lazy
from integration.core.text.transfer import LONG_LINE_BREAK, quoted_remains


class _Format(NamedTuple):
    """A format that may have left something."""

    hint: str
    """Stands in every such text."""
    sign: re.Pattern[str]
    """What stands in a text of that format, and in hardly any other."""
    decode: Callable[[str], Decoded]


_MARKUP: Final = r"</[a-z][\w:.-]{0,60}>|<br ?/?>|<(?:input|td|div|span) "
_QUOTED: Final = f"=(?:3D|(?:C[2-9A-F]|D[0-9A-F])=[89AB][0-9A-F]|E2=80=|{LONG_LINE_BREAK})"
_ENTITY: Final = "&(?:nbsp|amp|lt|gt|quot|#[0-9]{2,6});"
_FORMATS: Final = (
    _Format(rtf.HINT, lazy(r"\A\s*\{\\rtf[0-9]"), rtf.decode),
    _Format("\\x", lazy(r"(?<!\\)\\x[0-9a-fA-F]{2}"), escapes.in_bytes),
    _Format("\\", lazy(r"\\(?:[nrt\"]|u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})"), escapes.json),
    _Format("=", lazy(_QUOTED), quoted_remains),
    _Format("><c", lazy(r"<[0-9:]{5,12}\.[0-9]{3}><c"), escapes.captions),
    _Format("<", lazy(_MARKUP, re.IGNORECASE), html.decode_shown),
    _Format("&", lazy(_ENTITY), html.decode_shown),
)
_OF_ANY_LETTERS: Final = (
    *_FORMATS,
    _Format("", two_bytes.SIGN, two_bytes.decode),
)
_MOST_LAYERS: Final = 2


def decode(source: str) -> Decoded:
    """Decode plain text."""
    plain = Decoded(source)
    if (
        "<" in source
        or "&" in source
        or "=" in source
        or "\\" in source
        or statements.HINT in source
        or hexdump.may_stand_in(source)
        or exports.may_stand_in(source)
        or two_bytes.may_stand_in(source)
    ):
        return opened(plain)
    return plain


def opened(decoded: Decoded) -> Decoded:
    """Return `decoded` with what other formats left in it read; what is aside stays."""
    decoded = _with_aside(decoded, hexdump.opened_lists)
    for _ in range(_MOST_LAYERS):
        before = decoded
        for each in _OF_ANY_LETTERS if two_bytes.may_stand_in(decoded.text) else _FORMATS:
            text, shown = decoded.text, decoded.shown
            if each.hint in text and each.sign.search(text, 0, shown):
                decoded = decoded.under(each.decode(text[:shown]))
        if decoded is before:
            break
    for read in (hexdump.opened, exports.opened, statements.opened):
        decoded = _with_aside(decoded, read)
    return decoded


def _with_aside(decoded: Decoded, read: Callable[[str], Decoded | None]) -> Decoded:
    more = read(decoded.text[: decoded.shown])
    return decoded.under(more) if more else decoded
