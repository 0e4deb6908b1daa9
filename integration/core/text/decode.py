"""Choose the decoder for a declared media type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text import documents, mail, remains
from integration.core.text.decoded import BARRIER, UNSEEN
from integration.core.text.entity import is_mail

if TYPE_CHECKING:
    from integration.core.text.decoded import Decoded

_PLAIN: Final = "text/plain"
_PASTED: Final = "ncoding:"
"""Stands in every plain text that holds the source of a mail with an encoded part."""


def decode(text: str, media_type: str = _PLAIN) -> Decoded:
    """Decode `text` as its media type says; a type without a decoder is read as plain text."""
    if BARRIER in text:
        text = text.replace(BARRIER, UNSEEN)
    if media_type == _PLAIN:
        pasted = "\n" in text and _PASTED in text
        return mail.decode_pasted(text) if pasted else remains.decode(text)
    essence = _essence(media_type)
    if is_mail(essence):
        return mail.decode(text)
    document = documents.decode(text, essence)
    return mail.opened_in(document, text) if _PASTED in text else document


def holds_files(text: str, media_type: str) -> bool:
    """Return whether a text is a mail that holds files which are no text: they are not read."""
    if media_type == _PLAIN or not is_mail(_essence(media_type)) or not mail.has_body(text):
        return False
    decoded = mail.decode(text)
    return decoded.holds_files or any(
        holds_files(part.text, part.media_type) for part in decoded.sealed
    )


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
