from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.text import BARRIER, decode


def read(source: str) -> str:
    """What a reader sees, without the invisible marks of inline tags."""
    return (
        decode(source, "text/html; charset=utf-8").text.partition(BARRIER)[0].replace("\u200b", "")
    )


def hidden(source: str) -> str:
    return decode(source, "text/html").text.partition(BARRIER)[2]


def pieces(source: str, shown: str) -> list[str]:
    """The pieces of the source behind the first place where `shown` is read."""
    decoded = decode(source, "text/html")
    at = decoded.text.index(shown)
    return [source[start:end] for start, end in decoded.source(at, at + len(shown))]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a<b>b</b>c", "abc"),
        ("a<br>b<p>c</p>", "a\nb\nc\n"),
        ("<td>a</td><TD>b</TD>", "\ta\t\tb\t"),
        ("a &amp; b&nbsp;c", "a & b\xa0c"),
        ("&#52;&#x31;&#0000049", "411"),
        ("&unknown; &", "&unknown; &"),
        ("& &1 &#x;", "& &1 &#x;"),
        ("a  \r\n\tb\nc", "a b c"),
        ("1 < 2 and 3 <4", "1 < 2 and 3 <4"),
        ("a<!-- b -->c<!doctype html>d<?x?>e", "acde"),
        ("a<!-- never closed", "a"),
        ("a<b never closed", "a"),
        ("a<script>var x = 1 < 2;</script>b", "ab"),
        ("a<style>b", "a"),
        ("a<p title='>'>b</p>c", "a\nb\nc"),
        ('a<i x=">b', "ab"),
        ('a<i x=">b<i x=">c', "ac"),
        ("a<p don't>b<p won't>c", "a\nb\nc"),
        ("a<!-- <i x=' --> b <i y='>'>c", "a b c"),
        ('a<script>if (a<b && c="x</script>b<i>c', "abc"),
        ("", ""),
    ],
)
def test_a_reader_sees_the_text_without_markup(source: str, text: str) -> None:
    assert read(source) == text


def test_a_word_over_two_tags_maps_to_its_pieces_without_the_tags() -> None:
    assert pieces("<p>41<b>11</b></p>", "41\u200b11") == ["41", "11"]


def test_an_entity_maps_as_a_whole() -> None:
    assert pieces("x&#52;1y", "41") == ["&#52;1"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<a title="card 1 &amp; 2">x</a>', '<a title="card 1 & 2">'),
        ("<!-- 333 -->", "<!-- 333 -->"),
        ("<script>n=444</script>", "n=444"),
        ("<style>.a555{}</style>", ".a555{}"),
        ('<p style="margin:0 12.0pt">x</p>', ""),
        ("<b>111</b>", ""),
    ],
)
def test_what_is_not_shown_is_read_aside(source: str, text: str) -> None:
    assert hidden(source) == text


def test_stretches_aside_are_kept_apart() -> None:
    assert hidden("<!--111--><!--222-->") == f"<!--111-->{BARRIER}<!--222-->"


@given(st.text(alphabet="<>&;#1a= \n\"'/!-?pbr", max_size=80))
def test_every_piece_lies_inside_the_source_and_in_order(source: str) -> None:
    decoded = decode(source, "text/html")
    at = 0
    for piece in decoded.pieces:
        assert at <= piece.at
        at = piece.at + piece.size
        assert 0 <= piece.start <= piece.end <= len(source)
    assert at <= len(decoded.text)


@given(st.text(alphabet="ab1 .,", max_size=40))
def test_text_without_markup_reads_as_it_stands_but_for_white_space(source: str) -> None:
    assert read(source).split() == source.split()
