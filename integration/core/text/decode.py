"""Choose the decoder for a declared media type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.core.text import documents, mail, remains
from integration.core.text.decoded import BARRIER, UNSEEN

if TYPE_CHECKING:
    from integration.core.text.decoded import Decoded

_MAIL = frozenset({"message/rfc822", "message/global"})


def decode(text: str, media_type: str = "text/plain") -> Decoded:
    """Decode `text` as its media type says; a type without a decoder is read as plain text."""
    if BARRIER in text:
        text = text.replace(BARRIER, UNSEEN)
    if media_type == "text/plain":
        return remains.decode(text)
    essence = media_type.partition(";")[0].strip().lower()
    return mail.decode(text) if essence in _MAIL else documents.decode(text, essence)
