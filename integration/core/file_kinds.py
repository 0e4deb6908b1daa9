"""What sort of file it is that was not scanned, by its declared type and its name. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from integration.core.surfaces import Blob, Surface


class FileKind(StrEnum):
    """What a person has to know of a file to decide whether to look into it."""

    DOCUMENT = "document"
    """A page that somebody wrote or scanned: PDF, office files, archives of them."""
    IMAGE = "image"
    RECORDING = "recording"
    MAIL = "mail"
    """A mail that holds files, or parts that could not be opened."""
    TEXT = "text"
    """A text that could not be read to its end."""
    OTHER = "other"


_BY_TYPE: Final = (
    ("application/pgp", FileKind.OTHER),
    ("application/pkcs7", FileKind.OTHER),
    ("application/x-pkcs7", FileKind.OTHER),
    ("image/", FileKind.IMAGE),
    ("audio/", FileKind.RECORDING),
    ("video/", FileKind.RECORDING),
    ("message/", FileKind.MAIL),
    ("application/pdf", FileKind.DOCUMENT),
    ("application/rtf", FileKind.DOCUMENT),
    ("application/msword", FileKind.DOCUMENT),
    ("application/vnd.", FileKind.DOCUMENT),
    ("application/zip", FileKind.DOCUMENT),
)
"""What a type begins with; the first that fits counts."""
_ENDINGS: Final = {
    FileKind.DOCUMENT: """
        pdf doc docx docm dot dotx rtf odt ott pages xls xlsx xlsm xlsb ods csv tsv numbers ppt pptx
        odp key xps eps ps tif tiff zip 7z rar gz tgz tar
    """,
    FileKind.IMAGE: "png jpg jpeg gif bmp webp heic heif svg ico",
    FileKind.RECORDING: "mp3 wav ogg m4a aac amr opus wma mp4 mov avi webm",
    FileKind.MAIL: "eml msg mbox",
    FileKind.OTHER: "asc sig p7s p7m",
}
"""What the ending of a name says, which counts before the type: senders know that better."""
_BY_ENDING: Final = {end: kind for kind, ends in _ENDINGS.items() for end in ends.split()}


def kind_of(surface: Surface) -> FileKind:
    """What sort of file a place is that was not scanned."""
    content = surface.content
    essence = content.media_type.partition(";")[0].strip().lower()
    if not isinstance(content, Blob):
        return FileKind.MAIL if essence.startswith("message/") else FileKind.TEXT
    ending = content.name.rpartition(".")[2].lower()
    if known := _BY_ENDING.get(ending):
        return known
    return next((kind for start, kind in _BY_TYPE if essence.startswith(start)), FileKind.OTHER)
