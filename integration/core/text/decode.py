"""Choose the decoder for a declared media type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.core.text import html, mail
from integration.core.text.decoded import Decoded

if TYPE_CHECKING:
    from collections.abc import Callable

_DECODERS: dict[str, Callable[[str], Decoded]] = {
    "text/html": html.decode,
    "application/xhtml+xml": html.decode,
    "application/xml": html.decode_xml,
    "text/xml": html.decode_xml,
    "message/rfc822": mail.decode,
    "message/global": mail.decode,
}


def decode(text: str, media_type: str = "text/plain") -> Decoded:
    """Decode `text` as its media type says; a type without a decoder is read as it stands."""
    essence = media_type.partition(";")[0].strip().lower()
    return _DECODERS.get(essence, Decoded.verbatim)(text)
