"""Cards in HTML as mail programs, office programs and forms write it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cards import in_groups, number

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind
from integration.core.text import BARRIER, decode

HTML = "text/html"
Style = Callable[[list[str]], str]

PREFIXES = {
    "visa": ("4", 16),
    "mastercard": ("53", 16),
    "mastercard 2": ("2315", 16),
    "amex": ("37", 15),
    "diners": ("36", 14),
    "unionpay": ("621", 19),
    "dankort": ("5019", 16),
}
PICK = random.Random(11)
NUMBERS = [number(prefix, length, PICK) for prefix, length in PREFIXES.values()]


def joined(between: str, before: str = "<p>Card: ", after: str = "</p>") -> Style:
    return lambda groups: before + between.join(groups) + after


def every_digit(before: str, after: str) -> Style:
    return lambda groups: "<p>Card " + "".join(f"{before}{d}{after}" for d in "".join(groups))


def entities(form: str) -> Style:
    return lambda groups: "<p>Card " + "".join(form.format(ord(d)) for d in "".join(groups))


OUTLOOK_RUN = '</span><span lang=EN-US style="mso-fareast-language:NO">'
STYLES: dict[str, Style] = {
    "outlook, runs": joined(OUTLOOK_RUN, "<p class=MsoNormal><span>", "<o:p></o:p></span></p>"),
    "outlook, runs with a blank": joined(f" {OUTLOOK_RUN}"),
    "outlook, empty paragraphs of office": joined("<o:p></o:p>&nbsp;"),
    "outlook, wrapped source": joined("\r\n"),
    "outlook, for outlook only": joined(" ", "<!--[if mso]><td>Card ", "</td><![endif]-->"),
    "outlook, for all others": joined(" ", "<!--[if !mso]><!-->Card ", "<!--<![endif]-->"),
    "outlook, drawing": joined(" ", '<v:shape style="width:200pt"><v:textbox>', "</v:textbox>"),
    "outlook, smart tag": joined(" ", '<st1:phone w:st="on">', "</st1:phone>"),
    "gmail, soft breaks": joined("<wbr>"),
    "gmail, a line each": joined("</div><div>", "<div>", "</div>"),
    "gmail, blanks": joined("&nbsp; "),
    "apple, kept blanks": joined('<span class="Apple-converted-space">&nbsp;</span>'),
    "yahoo, a span each": joined("</span><span> </span><span>"),
    "fonts": joined("</font><font size=2> "),
    "marked": joined("</mark> <mark>"),
    "uppercase tags": joined("</B><B>-"),
    "line breaks": joined("<br/>\n"),
    "items": joined("</li><li>", "<ul><li>", "</li></ul>"),
    "cells": joined("</td>\n  <td class=xl65 width=64>", "<tr><td>Card</td><td>", "</td></tr>"),
    "cells with cells between": joined("</td><td>&nbsp;</td><td>", "<tr><td>", "</td></tr>"),
    "tables": joined("</td></tr></table></td><td><table><tr><td>"),
    "placed paragraphs": joined('</p><p style="position:absolute;left:172px">'),
    "comments": joined("<!-- 1 -->"),
    "odd comments": joined("<!---->", "<!-->Card ", "<!-- a --!>"),
    "digits in spans": every_digit("<span>", "</span>"),
    "digits behind empty spans": every_digit('<span class="_ _0"></span>', ""),
    "digits in cells": every_digit("<td width=20>", "</td>\n"),
    "decimal digits": entities("&#{};"),
    "hexadecimal digits": entities("&#x{:x};"),
    "digits escaped twice": entities("&amp;#{};"),
    "unclosed entities": joined("&nbsp"),
    "blanks escaped twice": joined("&amp;nbsp;"),
    "thin blanks": joined("&thinsp;"),
    "dashes": joined("&#8209;"),
    "nothing to be seen": joined("&#8203;"),
    "soft hyphens": joined("&shy;"),
    "escaped tags": joined("&lt;/b&gt;&lt;b&gt;"),
    "right to left": joined(" ", '<p dir="rtl">&rlm;', "&lrm;</p>"),
    "footnote": joined(" ", after="<sup>1</sup> was charged</p>"),
    "hidden": joined(" ", '<div style="display:none;font-size:0">', "</div>"),
    "title": joined(" ", "<head><title>Card ", "</title></head>"),
    "not closed": joined(" ", "<div><p>Card: <b>", "<p>thanks"),
    "cdata": joined(" ", "<text><![CDATA[", "]]></text>"),
    "alternative text": joined(" ", '<img src="cid:image001.png@01D9A1B2" alt="card ', '">'),
    "data": joined("", '<div data-card-number="', '">x</div>'),
    "excel value": joined("", '<td class=xl24 x:num="', '">4,1E+15</td> card'),
    "field": joined(" ", '<input name="cardnumber" value="', '">'),
    "fields": joined('"><input name=cc2 value="', '<p>Card</p><input name=cc1 value="', '">'),
    "text field": joined(" ", "<textarea rows=5>Hi\n", "\n</textarea>"),
    "link": joined("%20", '<a href="https://example.com/?card=', '&amp;x=1">pay</a>'),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_number_is_removed_and_the_markup_stays(style: Style) -> None:
    for digits in NUMBERS:
        assert_removed_and_the_markup_stays(style(in_groups(digits)), digits)


def assert_removed_and_the_markup_stays(source: str, digits: str) -> None:
    spans = find(source, HTML)
    (card,) = [span for span in spans if span.kind is Kind.PAN]
    assert card.action is Action.REDACT
    assert source[card.start :].startswith((digits[0], "&"))
    seen = decode(source[card.start : card.end], HTML).text
    assert "".join(filter(str.isdigit, seen)).startswith(digits[:4])
    done = mask(source, spans, media_type=HTML)
    assert digits[-4:] in done
    assert find(done, HTML) == []
    assert tags(done) == tags(source)


def lines(*rows: tuple[str, str], row: str, around: str) -> str:
    return around % "\n".join(row % pair for pair in rows)


LAYOUTS = {
    "paragraphs": ("<p class=MsoNormal><span>%s: %s<o:p></o:p></span></p>", "%s"),
    "divisions": ("<div>%s %s</div>", '<div dir="ltr">%s</div>'),
    "breaks": ("<strong>%s</strong><br />%s<br />", "<p>%s</p>"),
    "tabs": ("<p>%s<span style='mso-tab-count:1'>      </span>%s</p>", "%s"),
    "cells": ("<tr><td width=120><p>%s</p></td><td><p>%s</p></td></tr>", "<table>%s</table>"),
    "rows": ("<tr><td><b>%s</b></td></tr><tr><td>&nbsp;%s</td></tr>", "<table>%s</table>"),
    "definitions": ("<dt>%s</dt><dd>%s</dd>", "<dl>%s</dl>"),
    "items": ("<li>%s: %s</li>", "<ul>%s</ul>"),
    "numbered": ("<p><![if !supportLists]>1.&nbsp;<![endif]>%s %s</p>", "%s"),
    "pairs": ("<div class=l>%s</div><div class=v>%s</div>", "%s"),
    "labelled fields": ("<label>%s</label><div><input id=a1 value='%s'></div>", "<form>%s</form>"),
    "named fields": ('<input type="text" name="%s" value="%s"/>', "<form>%s</form>"),
    "elements": ("<field><name>%s</name><value>%s</value></field>", "<card>%s</card>"),
    "kept lines": ("%s: %s", "<pre>%s</pre>"),
    "shown lines": ("%s: %s", "<div style='white-space: pre-wrap'>%s</div>"),
    "no markup": ("%s: %s", "%s"),
    "escaped": ("&lt;td&gt;%s&lt;/td&gt;&lt;td&gt;%s&lt;/td&gt;", "<p>%s</p>"),
    "comment": ("<td>%s</td><td>%s</td>", "<!--[if mso]>%s<![endif]-->"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize(("row", "around"), LAYOUTS.values(), ids=LAYOUTS)
def test_labels_and_values_belong_together(row: str, around: str) -> None:
    for digits in NUMBERS:
        assert_labels_and_values_belong_together(row, around, digits)


def assert_labels_and_values_belong_together(row: str, around: str, digits: str) -> None:
    code = "7391" if digits.startswith("37") else "739"
    shown = " ".join(in_groups(digits))
    source = lines(
        ("Card number", shown), ("CVV", code), ("Expiry date", "11/29"), row=row, around=around
    )
    spans = find(source, HTML)
    assert [(span.kind, source[span.start : span.end]) for span in spans] == [
        (Kind.PAN, shown),
        (Kind.CVV, code),
        (Kind.EXPIRY, "11/29"),
    ]


def test_labels_in_one_row_belong_to_the_values_in_the_next() -> None:
    source = (
        "<table><tr><th>Name</th><th>Card number</th><th>Exp. date</th><th>CVV</th></tr>"
        f"<tr><td>Ola</td><td>{NUMBERS[0]}</td><td>11/29</td><td>739</td></tr></table>"
    )
    assert [span.kind for span in find(source, HTML)] == [Kind.PAN, Kind.EXPIRY, Kind.CVV]


@pytest.mark.parametrize("scheme", ["tel:", "callto:"])
def test_a_number_that_a_program_took_for_a_telephone_is_removed_from_the_link(scheme: str) -> None:
    source = f'<p>Card <a href="{scheme}{NUMBERS[0]}">{NUMBERS[0]}</a></p>'
    done = mask(source, find(source, HTML), media_type=HTML)
    assert done.count("[card visa") == 2
    assert f'href="{scheme}[card visa' in done


@pytest.mark.parametrize(
    "page",
    [
        '<img src="https://track.example.com/open/{}.gif" width=1 height=1>',
        '<div id="m_{}" class="c{}" style="width:{}px"></div>',
        '<svg viewBox="0 0 {}"><path d="M{} {}"/></svg>',
        "<style>.a{{margin:4px 1px 1px 1px;z-index:1}}</style>",
        '<table width="411" cellpadding="111" border="111"><td colspan="111" height=123>x',
        '<label>CVV <input name="cvv" maxlength="4" size="3"></label>',
        '<html xmlns:x="urn:{}">',
    ],
)
def test_what_programs_write_into_tags_is_no_finding(page: str) -> None:
    assert find(page.format(*[NUMBERS[0]] * 3), HTML) == []


@pytest.mark.parametrize(
    "page",
    ["<x4111111111111111>", '<input name="x4111111111111111" value="">', "<password><is><hunter>"],
)
def test_what_a_decoder_says_of_its_own_is_no_finding(page: str) -> None:
    assert all(span.start for span in find(page, HTML))


@pytest.mark.parametrize(
    "page",
    [
        '<img src="https://shop.example/card/{}.png">',
        '<p id="card-{}">x</p>',
        "<p class='a kort{} b'>x</p>",
        "<td background=https://shop.example/visa/a/{}>x</td>",
    ],
    ids=["picture", "id", "class", "background"],
)
def test_a_name_in_a_page_that_speaks_of_a_card_is_reported(page: str) -> None:
    assert [span.action for span in find(page.format(NUMBERS[0]), HTML)] == [Action.REPORT]
    assert find(page.format("4917610000000000003"), HTML) == []


def test_a_number_in_an_address_is_removed_where_words_around_it_say_card() -> None:
    link = f'<a href="https://shop.example/c/{NUMBERS[0]}/done"'
    assert [s.action for s in find(f'{link} title="my card">x</a>', HTML)] == [Action.REDACT]
    text = f"My card is in the address https://shop.example/r/{NUMBERS[0]}/receipt.pdf"
    assert [s.action for s in find(text)] == [Action.REDACT]
    assert [s.action for s in find(text.replace("/receipt.pdf", "?a=1"))] == [Action.REPORT]
    assert find(f"{link}>x</a>", HTML) == []


def test_a_picture_loaded_with_a_card_in_its_address_is_found() -> None:
    assert find(f'<img src="https://example.com/p.gif?cardno={NUMBERS[0]}">', HTML)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")


def tags(source: str) -> list[str]:
    parser = _Tags()
    parser.feed(source)
    parser.close()
    return parser.seen


MARKUP = [
    *("<b>", "</b>", "<td>", "</td>", "<br>", "<p class=x>", "</p>", "<wbr>", "<o:p></o:p>"),
    *("<!-- ", " -->", "<!--[if mso]>", "<![endif]-->", "<pre>", "</pre>", "<cvv>", "</cvv>"),
    *('<a href="tel:4111111111111111">', "</a>", '<input name="cvv" value="123">', "<sup>"),
    *('<a title="card 4111 1111 1111 1111">', "<a href='https://example.com/?card=", "'>"),
    *("&nbsp;", "&nbsp", "&#52;", "&#x31;", "&amp;#49;", "&amp;nbsp;", "\u200b", "\u00ad", "\n"),
    *("4111", "1111", "4111 1111 1111 1111", "5555555555554444", "123", "12/27", "cvv", "card"),
]
pages = st.lists(st.sampled_from(MARKUP), max_size=25).map("".join)


@given(pages)
def test_a_masked_page_has_no_hit_and_the_same_tags(source: str) -> None:
    done = mask(source, find(source, HTML), media_type=HTML)
    assert [span for span in find(done, HTML) if span.action is Action.REDACT] == []
    assert tags(done) == tags(source)


def shown_but(source: str, removed: set[int]) -> str:
    """What a reader sees of a page, without blanks and without what stood at `removed`."""
    seen: list[str] = []
    decoded, behind = decode(source, HTML), 0
    shown = decoded.text.partition(BARRIER)[0]
    for at, size, start, end in decoded.pieces:
        seen.append(shown[behind:at])
        behind = at + size
        if removed.isdisjoint(range(start, end)):
            seen.append(shown[at:behind])
        elif size == end - start:
            letters = enumerate(shown[at:behind], start)
            seen += [letter for place, letter in letters if place not in removed]
    seen.append(shown[behind:])
    return "".join("".join(seen).replace("\u200b", "").split())


@given(pages)
def test_a_masked_page_reads_as_before_but_for_the_masks(source: str) -> None:
    spans = [span for span in find(source, HTML) if span.action is Action.REDACT]
    removed = {at for span in spans for piece in span.pieces for at in range(*piece)}
    done = shown_but(mask(source, spans, media_type=HTML), set())
    assert re.sub(r"\[[a-zA-Z*0-9-]*\]", "", done) == shown_but(source, removed)
