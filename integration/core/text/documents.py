"""Choose the decoder of one document by its media type; mail holds many and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.core.text import escapes, html, remains

if TYPE_CHECKING:
    from collections.abc import Callable

    from integration.core.text.decoded import Decoded

_DECODERS: dict[str, Callable[[str], Decoded]] = {
    "text/html": html.decode,
    "application/xhtml+xml": html.decode,
    "application/xml": html.decode_xml,
    "text/xml": html.decode_xml,
    "application/json": escapes.json,
    "application/x-ndjson": escapes.json,
    "text/json": escapes.json,
    "application/x-www-form-urlencoded": escapes.form,
}
_BY_SUFFIX: dict[str, Callable[[str], Decoded]] = {"xml": html.decode_xml, "json": escapes.json}
"""Structured syntax suffixes (RFC 6839)."""


def has_decoder(essence: str) -> bool:
    """Return whether a media type (lower case, no parameters) is one of texts."""
    return essence.startswith("text/") or _decoder(essence) is not None


def decode(text: str, essence: str) -> Decoded:
    """Decode `text`; a type without a decoder is read as plain text."""
    decoder = _decoder(essence)
    return remains.opened(decoder(text)) if decoder else remains.decode(text)


def _decoder(essence: str) -> Callable[[str], Decoded] | None:
    return _DECODERS.get(essence) or (
        _BY_SUFFIX.get(essence.rpartition("+")[2]) if "+" in essence else None
    )
