from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.text.reading import plain, read


@given(st.text())
def test_plain_letters_keep_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text())
def test_plain_letters_are_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Utløpsdato", "utlopsdato"),
        ("ÇA VA, SÉCURITÉ", "ca va, securite"),
        ("ŁÓDŹ İstanbul ısı", "lodz istanbul isi"),
        ("Код ЙОД Ελλάδα", "код иод ελλαδα"),
        ("४१११ ٣ 3", "4111 3 3"),
    ],
    ids=["nb", "fr", "pl-tr", "ru-el", "digits"],
)
def test_letters_lose_their_case_and_their_accents(text: str, letters: str) -> None:
    assert plain(text) == letters


def test_a_window_tells_where_its_characters_stood() -> None:
    text = "se\u0301curite\u0301: 12\u200b3 \u043a\u043e\u0434"
    window = read(text).window(0, len(text))
    assert window.text == "securite: 123 \u043a\u043e\u0434"
    start = window.text.index("123")
    assert text[slice(*window.span(start, start + 3))] == "12\u200b3"


def test_a_window_is_cut_to_the_text() -> None:
    assert read("abc").window(-5, 99).text == "abc"


def test_what_was_taken_out_is_a_barrier_in_the_window() -> None:
    window = read("a 12 b").without([(2, 4)]).window(0, 6)
    assert window.text == "a \x00\x00 b"


def test_a_folded_line_of_a_calendar_is_one_line() -> None:
    text = "BEGIN:VCALENDAR\r\nDESCRIPTION:paid with 400005\r\n 6655665556 and kor\r\n\ttet\r\n"
    assert b"4000056655665556" in read(text).folded.replace(b"\xad", b"")
    assert "kortet" in read(text).letters()
    assert b"4000056655665556" not in read(text[20:]).folded.replace(b"\xad", b"")
