from __future__ import annotations

import html
import json
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind
from integration.core.text import decode

CARD = "4111 1111 1111 1111"
PAGE = f"<p>Kort:&nbsp;<b>{CARD}</b></p><table><tr><td>CVV</td><td>123</td></tr></table>"


def shown(source: str) -> str:
    return decode(source).text.replace("\u200b", "")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<b>a</b>\nb<br>c", "a\nb\nc"),
        ("a&nbsp;b &lt;", "a\xa0b <"),
        ("&lt;td&gt;a&lt;/td&gt;", "\ta\t"),
        (r'"a": "b\n1\t2"', '"a": "b\n1\t2"'),
        (r"a\u00e5", "aå"),
        (r"\x22a\x22:\x0a\xc3\xa5\x00\xff", '"a":\nå\ufffd\ufffd'),
        ("a=3Db=C2=A0c=C3=A5=E2=82=AC=F0=9F=98=80 =20\n=0D=0Ad", "a=b\xa0cå€😀  \n\r\nd"),
        (f"{'x' * 60}=\n12", f"{'x' * 60}12"),
        ("a=C2=A04=\n1=\r\n2=\nb", "a\xa0412=\nb"),
        ("f=C3=BCr: Visa=204000=C2=A00566=C2=A05566", "für: Visa 4000\xa00566\xa05566"),
        ("f=C3=BCr:=204000056655665556=20\nb", "für: 4000056655665556 \nb"),
        ("f=C3=BCr a=204000 b=20400005=C2=A0", "für a=204000 b=20400005\xa0"),
        (f"{'x' * 70}=\r\n12", f"{'x' * 70}12"),
        ("4<00:01:01.550><c> 2</c><00:01:01.900><c.red> 1</c>", "4 2 1"),
        ("<Card><cvv>1</cvv></Card>", "\nCard: \ncvv: 1\n\n"),
    ],
)
def test_what_other_formats_left_is_read_as_what_it_means(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "a < b and b > c",
        "<ola@example.com> <https://example.com/1>",
        "AT&T & co; a&b;",
        "cvv=123 card=4111 kode=\n123",
        r"C:\users\1",
        "x" * 59 + "=\n1",
    ],
)
def test_what_is_no_sign_of_a_format_stays_as_it_is(source: str) -> None:
    assert decode(source).text == source


LAYERS = {
    "none": str,
    "quoted": lambda page: quopri.encodestring(page.encode()).decode(),
    "json": lambda page: json.dumps({"body": page}),
    "escaped": html.escape,
    "log": lambda page: "".join(r"\x22" if each == '"' else each for each in page),
}


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_a_page_inside_plain_text_is_read_and_keeps_its_tags(layer: object) -> None:
    source = layer(PAGE)  # type: ignore[operator]
    spans = find(source)
    assert [span.kind for span in spans] == [Kind.PAN, Kind.CVV]
    assert [source[span.start : span.end] for span in spans] == [CARD, "123"]
    done = mask(source, spans)
    assert done.count("td") == source.count("td")
    assert find(done) == []


PARTS = [
    *("<b>", "</b>", "<td>", "</td>", "<br>", "<!--", "-->", "<cvv>", "</cvv>", '<a href="', '">'),
    *("&nbsp;", "&amp;", "&#52;", "&lt;", "&gt;", "\\n", "\\u00a0", '\\"', '<input value="'),
    *("=3D", "=C2=A0", "=20\n", "=\n", "\n", " ", "=", "x", "cvv", "123", "card", "12/27"),
    *("4111111111111111", "4111 1111", "1111 1111"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_no_mixture_of_formats_is_found_again_when_it_was_masked(source: str) -> None:
    done = mask(source, find(source))
    assert [span for span in find(done) if span.action is Action.REDACT] == []
