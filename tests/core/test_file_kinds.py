"""What was not scanned is told apart: a document may hold a card, a logo hardly."""

from __future__ import annotations

import pytest

from integration.core.file_kinds import FileKind, kind_of
from integration.core.surfaces import Blob, Surface, SurfaceKind, Text


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("form.pdf", "application/pdf", FileKind.DOCUMENT),
        ("FORM.PDF", "application/octet-stream", FileKind.DOCUMENT),
        ("", "application/pdf; name=form.pdf", FileKind.DOCUMENT),
        ("", "application/vnd.oasis.opendocument.text", FileKind.DOCUMENT),
        ("logo.png", "image/png", FileKind.IMAGE),
        ("", "image/jpeg", FileKind.IMAGE),
        ("fax.tif", "image/tiff", FileKind.DOCUMENT),
        ("", "audio/*", FileKind.RECORDING),
        ("signature.asc", "application/pgp-signature", FileKind.OTHER),
        ("smime", "application/pkcs7-signature", FileKind.OTHER),
        ("forward.eml", "application/octet-stream", FileKind.MAIL),
        ("what", "application/octet-stream", FileKind.OTHER),
        ("pdf", "", FileKind.DOCUMENT),
    ],
)
def test_a_file_is_known_by_the_ending_of_its_name_or_by_its_type(name, media_type, kind):
    assert kind_of(Surface("file:1", SurfaceKind.FILE, Blob(name, media_type))) is kind


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("text/plain", FileKind.TEXT), ("message/rfc822", FileKind.MAIL)],
)
def test_a_text_that_was_not_read_to_its_end_is_none(media_type, kind):
    assert kind_of(Surface("m", SurfaceKind.MESSAGE, Text("x", media_type))) is kind
