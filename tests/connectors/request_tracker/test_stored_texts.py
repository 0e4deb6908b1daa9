"""Stored bytes become text and go back as they were, whatever they declare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.request_tracker.answers import load
from connectors.request_tracker.schemas import AttachmentSchema
from connectors.request_tracker.texts import (
    declared_charset,
    decoded,
    encoded,
    is_undecoded,
    read_as,
)
from tests.connectors.request_tracker.conftest import attachment

CHARSETS = ["", "utf-8", "latin-1", "gb2312", "iso2022_jp", "utf-16", "utf-16-be", "cp037", "utf-7"]


def record(**more):
    return load(AttachmentSchema, attachment(**more))


@given(st.binary(max_size=200), st.sampled_from(CHARSETS))
def test_any_bytes_come_back_as_they_were(content, charset):
    text = decoded(content, "text/csv", charset)
    assert encoded(text.text, text.media_type) == content


@pytest.mark.parametrize(
    "codec", ["utf-8", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_norwegian_text_is_read_in_its_character_set(codec):
    assert "på vei" in decoded("kortet er på vei".encode(codec), "text/csv").text


@pytest.mark.parametrize("codec", ["gb2312", "shift_jis", "iso2022_jp", "utf-16-le", "cp037"])
def test_a_text_is_read_in_the_character_set_that_it_declares(codec):
    said = "kort" if codec == "cp037" else "カ ４１１１"
    text = decoded(said.encode(codec), "text/csv", codec)
    assert (text.text, text.media_type) == (said, f"text/csv; charset={codec}")
    assert not is_undecoded(text, codec)


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_kr"])
@pytest.mark.parametrize("declared", ["", "utf-8"])
def test_what_shifts_between_character_sets_tells_so_itself(codec, declared):
    text = decoded("4111 is ４１１１".encode(codec), "text/csv", declared)
    assert text.text == "4111 is ４１１１"
    assert encoded(text.text, text.media_type) == "4111 is ４１１１".encode(codec)


@pytest.mark.parametrize("charset", ["latin-1", "gb2312", "utf-16", "cp037"])
def test_utf_8_is_read_as_such_though_it_declares_another(charset):
    assert decoded("kort på ４１１１!".encode(), "text/csv", charset).text == "kort på ４１１１!"


def test_what_could_not_be_written_back_in_seven_bits_is_named():
    text = decoded(b"+ADQAMQAxADE-", "text/csv", "utf-7")
    assert is_undecoded(text, "utf-7")
    assert not is_undecoded(decoded(b"4111", "text/csv", "utf-7"), "utf-7")


@pytest.mark.parametrize(
    ("headers", "charset"),
    [
        ("Content-Type: text/csv; charset=gb2312\n", "gb2312"),
        ('Subject: x\nContent-Type: text/csv;\n\tname="a";\n charset="UTF-16LE"\n', "utf-16-le"),
        ("Content-Type: text/csv; charset=x-never-heard-of\n", "latin-1"),
        ("Content-Type: text/csv\nX-Other: a; charset=gb2312\n", ""),
        ("", ""),
    ],
)
def test_the_character_set_stands_in_the_headers(headers, charset):
    assert declared_charset(record(Headers=headers)) in (charset, charset.replace("-", ""))


@pytest.mark.parametrize(
    ("media_type", "more", "expected"),
    [
        ("text/csv", {"Filename": "a.eml"}, "text/csv"),
        ("Multipart/Mixed", {}, "message/rfc822"),
        ("application/octet-stream", {"Filename": "a.EML"}, "message/rfc822"),
        ("application/octet-stream", {"Filename": "a.bin"}, "application/octet-stream"),
        (
            "application/octet-stream",
            {"Headers": "X-RT-Original-Content-Type: text/html\n", "Filename": "a.eml"},
            "text/html",
        ),
    ],
)
def test_octets_are_read_as_what_their_headers_or_their_name_say(media_type, more, expected):
    assert read_as(record(ContentType=media_type, **more)) == expected
