"""Rich text is read as a reader sees it, and written again with nothing but the number gone."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.text import decode

HEAD = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Calibri;}}\fs22 "


def document(body: str) -> str:
    return HEAD + body + "}"


def seen(body: str) -> str:
    text = decode(document(body), "application/rtf").text
    return text.partition("Calibri;")[2].replace("\u200b", "")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"{\b bold} and {\i italic}", "bold and italic"),
        (r"one\par two\tab three\line four", "one\ntwo\tthree\nfour"),
        (r"bl\'e5b\'e6r", "blåbær"),
        (r"1\u8211 ?2\u8209?3", "1–2‑3"),
        (r"1\~2\_3\-4\{5\}6\\7\*8", "1\xa02-34{5}6\\78"),
        (r"a\u-10179 ?\u-8704 ?b", "ab"),
        ("a\r\nb", "ab"),
        (r"\emdash\endash\bullet x", "—–•x"),
    ],
)
def test_it_reads_as_a_reader_sees_it(body, shown):
    assert seen(body) == shown


@pytest.mark.parametrize(
    "number",
    [
        r"4111\~1111\~1111\~1111",
        r"4111\'a01111\'a01111\'a01111",
        r"{\b 41111111}{\i 11111111}",
        r"4111\u8209 ?1111\u8209 ?1111\u8209 ?1111",
        "41111111\r\n11111111",
    ],
)
@pytest.mark.parametrize("media_type", ["application/rtf", "text/rtf", "text/plain"])
def test_a_number_is_removed_however_it_is_set(number, media_type):
    text = document(rf"my card is {number}\par regards")
    masked = mask(text, find(text, media_type), media_type=media_type)
    assert "[card visa **** 1111]" in masked
    assert find(masked, media_type) == []
    assert masked.startswith(HEAD + "my card is ")
    assert masked.endswith(r"\par regards}")


def test_a_text_that_only_speaks_of_it_is_none():
    assert decode(r"see {\rtf1} in braces").text.endswith("} in braces")


@given(st.text(alphabet=r"{}\ab'u~-09 " + "\r\né", max_size=60))
@example(r"\u")
@example(r"\u- ?")
def test_what_is_found_is_where_it_stands(body):
    text = document(body)
    decoded = decode(text, "application/rtf")
    for piece in decoded.pieces:
        if piece.size == piece.end - piece.start and piece.size > 1:
            shown = decoded.text[piece.at : piece.at + piece.size]
            assert shown == text[piece.start : piece.end]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"{\rtf1 {\b 4111 1111} 1111 1111\par}", r"{\rtf1 {\b [card visa **** 1111]}\par}"),
        (r"{\rtf1 4111 {\i 1111} 1111 1111\par}", r"{\rtf1 [card visa **** 1111]{\i }\par}"),
    ],
)
def test_a_removal_leaves_its_braces_and_control_words(text: str, left: str) -> None:
    assert mask(text, find(text)) == left
