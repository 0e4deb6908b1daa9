r"""Plain text that holds what other formats left in it, as copied sources, logs and gateways do.

HTML that shows its tags and entities, `\n` of JSON, `=3D` and soft breaks of quoted-printable are
read as what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from integration.core.text import escapes, html
from integration.core.text.decoded import BARRIER, NOWHERE, Decoded
from integration.core.text.transfer import LONG_LINE_BREAK, quoted_remains


class _Format(NamedTuple):
    """A format that may have left something."""

    hint: str
    """Stands in every such text."""
    sign: Callable[[str], object]
    """Finds what stands in a text of that format, and in hardly any other."""
    decode: Callable[[str], Decoded]


_MARKUP: Final = r"</[a-z][\w:.-]{0,60}>|<br ?/?>|<(?:input|td|div|span) "
_QUOTED: Final = f"=(?:3D|(?:C[2-9A-F]|D[0-9A-F])=[89AB][0-9A-F]|E2=80=|{LONG_LINE_BREAK})"
_ENTITY: Final = "&(?:nbsp|amp|lt|gt|quot|#[0-9]{2,6});"
_FORMATS: Final = (
    _Format("\\", re.compile(r"\\(?:[nrt\"]|u[0-9a-fA-F]{4})").search, escapes.json),
    _Format("=", re.compile(_QUOTED).search, quoted_remains),
    _Format("<", re.compile(_MARKUP, re.IGNORECASE).search, html.decode_shown),
    _Format("&", re.compile(_ENTITY).search, html.decode_shown),
)
_MOST_LAYERS: Final = 2
_ASIDE: Final = (BARRIER, NOWHERE)
"""What the stretches begin with that a decoder puts aside."""


def decode(source: str) -> Decoded:
    """Decode plain text."""
    plain = Decoded.verbatim(source)
    if "<" in source or "&" in source or "=" in source or "\\" in source:
        return opened(plain)
    return plain


def opened(decoded: Decoded) -> Decoded:
    """Return `decoded` with what other formats left in it read as well."""
    for _ in range(_MOST_LAYERS):
        before = decoded
        for each in _FORMATS:
            if each.hint in decoded.text and each.sign(decoded.text):
                decoded = _read_again(decoded, each)
        if decoded is before:
            break
    return decoded


def _read_again(decoded: Decoded, form: _Format) -> Decoded:
    """Read what is shown as text of another format; what stands aside stays as it is."""
    parts = decoded.parts
    wall = next((at for at, part in enumerate(parts) if part[:2] == _ASIDE), len(parts))
    shown = Decoded(parts[:wall])
    if not form.sign(shown.text):
        return decoded
    return Decoded((*form.decode(shown.text).through(shown).parts, *parts[wall:]))
