from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.text import BARRIER, decode
from integration.core.text.tokens import split, split_lines, tags_in


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
        ("<i>a  \r\n\tb\nc", "a b c"),
        ("a  \r\n\tb\nc", "a  \r\n\tb\nc"),
        ("<pre>a\nb  c</pre>d\ne", "\na\nb  c\nd e"),
        ("<pre>a<textarea>\n</textarea>\n</pre>\n", "\na\n\n\n\n\n "),
        ("<p style='white-space: pre-wrap'>a\nb", "\na\nb"),
        ("a<sup>1</sup>", "a 1 "),
        ("a&nbsp12&nbspx&frac12;&there4;&ThickSpace;&fjlig;", "a\xa012\xa0x½∴\u205f\u200afj"),
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
        ("a<!-->b<!--->c<!-- d --!>e", "abce"),
        ("<![CDATA[a]]>", "a]]>"),
        ("a<o:p></o:p><st1:place>b</st1:place>c", "abc"),
        ("a<cardNumber>1</cardNumber>b", "a\ncard Number: 1\nb"),
        ("<ns:card_cvv>1", "\ncard cvv: 1"),
        ("<Kortnøkkel>1", "\nKortnøkkel: 1"),
        ("<x4_1_1_1>a<cvv2>b<card4111>c", "\nx       : a\ncvv2: b\ncard : c"),
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
        ('<a title="card 1 &amp; 234" class="c333">x</a>', 'title="card 1 & 234'),
        ("<a href='tel:41'>x</a>", ""),
        ("<i alt=111 data-x='2' selected>", "alt=111 data-x='2 selected"),
        ("<table width=333 xmlns:x='urn:444' style='mso-x:&quot;5'>", ""),
        ("<!-- 333 -->", " 333 "),
        ("<!--[if mso]><td>Kort</td><td>333</td><![endif]-->", "[if mso]>\tKort\t\t333\t"),
        ("<!--<!--<!-- 333 -->", f"{BARRIER}<!-- 333 "),
        ("<!--<b title='&x'>-->", ""),
        ("<!--<b><!--<b>333-->", f"\u200b{BARRIER}<b>333"),
        ("<script>n=444</script>", "n=444"),
        ("<style>.a555{}</style>", ".a555{}"),
        ('<p style="margin:0 12.0pt">x</p>', ""),
        ("<b>111</b>", ""),
    ],
)
def test_what_is_not_shown_is_read_aside(source: str, text: str) -> None:
    assert hidden(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<input name=cvv value=123>", " \ncvv: 123\t"),
        ("<input value='1&nbsp;2' name='cardNumber'>", " \ncard Number: 1\xa02\t"),
        ("<input autocomplete=cc-csc value=1>", " \ncard security code: 1\t"),
        ("<input autocomplete=off id='a[cvc]' value=1>", " \na cvc : 1\t"),
        ("<input placeholder='MM/YY' value=1>", " \nMM/YY: 1\t"),
        ("<input name=n1 value=1><input name=n2 value=2>", " \nn: 1\t \t2\t"),
        ("<input name=cvv>", " "),
        ("<input name=cvv value>", " "),
        ("<input id value=1>", " \t1\t"),
    ],
)
def test_what_stands_in_a_field_is_shown_behind_the_names_of_the_field(
    source: str, text: str
) -> None:
    assert read(source) == text


def test_the_value_of_a_field_is_read_once_and_the_rest_of_it_aside() -> None:
    assert hidden("<input name=cvv value=123>") == ""
    assert hidden("<input name=cvv value=123 data-x=456>") == "name=cvv data-x=456"


def test_a_number_too_long_to_be_called_is_no_telephone_number() -> None:
    assert hidden("<a href='tel:4111111111111111'>") == "4111111111111111"
    assert hidden("<a href='tel:4790000000'>") == "href='tel:4790000000"


def test_elements_of_xml_name_what_they_hold() -> None:
    source = "<Card><title>x</title><pan><b>1</b></pan></Card>"
    shown = "\nCard: \ntitle: x\n\npan: \u200b1\u200b\n\n"
    assert decode(source, "application/xml").text == shown


def test_pieces_of_a_line_of_a_drawing_are_one_text() -> None:
    drawing = "<svg><text>card 4111<tspan>1111</tspan></text></svg>"
    assert "4111\u200b1111" in decode(drawing, "image/svg+xml").text


def test_stretches_aside_are_kept_apart() -> None:
    assert hidden("<!--111--><!--222-->") == f"111{BARRIER}222"


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


MARKUP = [
    *("<b>", "</b>", "<br", ">", "<", "&amp;", "&nbsp", "&", ";", "<!--", "-->", "--!>", "-", "!"),
    *("<script>", "<style x='", "</script", "</STYLE>", "'", '"', "=", "/", "<?", "<!", "a", "1"),
    *(" ", "  ", "\t", "\r", "\n", "\f", "é", "\u0130"),
]
markup = st.lists(st.sampled_from(MARKUP), max_size=40).map("".join)


def without_ends_of_lines(read: list[str]) -> list[str]:
    """Join what white space with the end of a line parts."""
    joined = [read[0]]
    for token, text in zip(read[1::2], read[2::2], strict=True):
        if "\n" in token and token.isspace():
            joined[-1] += token + text
        else:
            joined += (token, text)
    return joined


@given(markup)
def test_tokens_and_the_texts_between_them_are_all_of_a_page(source: str) -> None:
    assert "".join(split(source)) == source
    assert "".join(split_lines(source)) == source


@given(markup)
def test_rare_tokens_are_those_that_are_found_at_once_but_for_the_ends_of_lines(
    source: str,
) -> None:
    source += "." * 64 * len(source)
    assert split_lines(source) == without_ends_of_lines(split(source))


def test_rare_tokens_may_hold_each_other_and_begin_with_a_space() -> None:
    source = "." * 4000 + '<a title="this &amp; that">one \t two</a>&lt;\tthree'
    assert split_lines(source) == split(source)
    assert " \t " in split_lines(source)


@given(markup)
def test_tags_begin_and_end_as_they_are_written(source: str) -> None:
    at = 0
    for start, end in tags_in(source):
        assert at <= start
        assert source[start] == "<"
        assert source[end - 1] == ">" or end == len(source)
        at = end


def test_white_space_is_shown_as_it_is_from_a_tag_that_shows_lines_to_its_end() -> None:
    source = "a\nb<pre>c\nd<pre>\n</PRE>e\nf<xmp>\n"
    assert read(source) == "a b\nc\nd\n\n\ne f\n\n"


def test_a_comment_among_lines_that_are_shown_shows_its_lines() -> None:
    assert hidden("<pre><!--<b>333\n4</pre>\n5--></pre>") == "\u200b333\n4\n 5"


def test_each_of_two_equal_tags_is_read_in_its_own_place() -> None:
    tag = '<i title="card 4111">'
    decoded = decode(f"{tag}a{tag}", "text/html")
    second = decoded.text.rindex("4111")
    assert decoded.source(second, second + 4) == ((37, 41),)


def test_a_field_is_read_in_its_own_place() -> None:
    source = "<b>x</b><input name=card value=4111><input name=card value=5555>"
    assert pieces(source, "4111") == ["4111"]
    assert pieces(source, "5555") == ["5555"]


def test_no_paragraph_of_a_cell_ends_its_row() -> None:
    cell = "<td class=x><p class=MsoNormal><span>{}</span></p></td>"
    row = f"<tr>{cell.format('Card')} {cell.format('Total')}</tr>"
    assert read(f"<table>{row}{row}</table>") == "\n" + "\n\tCard\t \tTotal\t\n" * 2 + "\n"
    assert read("<td>\n  <div> a<p>b </div>\n</td>").strip("\t ") == "a\nb"
