"""What one person sees of a find: the words around it, and no digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find
from integration.core.excerpt import HIDDEN, WIDTH, long_numbers, of_spans
from integration.core.surfaces import Text

VISA = "4111 1111 1111 1111"
DOTS = "•••• •••• •••• ••••"


def shown(text: str, media_type: str = "text/plain"):
    content = Text(text, media_type)
    return of_spans(content, find(text, media_type))


def test_the_number_and_every_other_digit_are_hidden() -> None:
    (card, *_) = shown(f"Order 77812: my card is {VISA}, call 555 0100")
    assert (card.before, card.found) == ("Order •••••: my card is", DOTS)
    assert card.after == ", call ••• ••••"


def test_what_the_other_finds_hold_is_hidden_around_each() -> None:
    excerpts = shown(f"password: Hunter2! and card {VISA}")
    assert not any("Hunter" in e.before + e.found + e.after for e in excerpts)
    assert len(excerpts) == 2


@pytest.mark.parametrize(
    "raw",
    [
        "<p>pay with <b>4111 1111</b> <i>1111 1111</i> please</p>",
        "<p>pay with 4111&nbsp;1111&nbsp;1111&nbsp;1111 please</p>",
        "<p>pay with &#52;111 1111 1111 1111 please</p>",
    ],
    ids=["tags", "blanks", "entity"],
)
def test_html_is_shown_as_a_reader_sees_it(raw) -> None:
    (excerpt,) = shown(raw, "text/html")
    assert excerpt.before == "pay with"
    assert excerpt.found.replace("\u200b", "").split() == DOTS.split()
    assert excerpt.after.endswith("please")


def test_only_so_much_around_it_is_shown() -> None:
    (card,) = shown("word " * 100 + VISA + " word" * 100)
    assert max(len(card.before), len(card.after)) <= WIDTH


def test_what_steers_a_terminal_is_left_out() -> None:
    (card,) = shown(f"\x1b[2J\x07my card is {VISA}\r\n\x9b31m")
    assert all(c.isprintable() for c in card.before + card.found + card.after)


def test_an_encoded_part_is_shown_as_hidden() -> None:
    mail = (
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "bXkgY2FyZCBpcyA0MTExIDExMTEgMTExMSAxMTEx\r\n"
    )
    (excerpt,) = shown(mail, "message/rfc822")
    assert excerpt.found == HIDDEN


def test_long_numbers_are_named_by_their_place_and_hidden() -> None:
    text = "parcel 1234 5678 9012 3456 of order 12345"
    ((place, excerpt),) = long_numbers(Text(text))
    assert text[slice(*place)] == "1234 5678 9012 3456"
    assert (excerpt.before, excerpt.found) == ("parcel", DOTS)


def test_short_numbers_are_no_long_ones() -> None:
    assert long_numbers(Text("call 555 0100, 12345 or 2026-01-01")) == []


@given(st.text(st.sampled_from("0123456789 -.aå٣<>&;\n"), max_size=80))
def test_no_excerpt_ever_holds_a_digit(text) -> None:
    for media_type in ("text/plain", "text/html"):
        content = Text(text, media_type)
        excerpts = of_spans(content, find(text, media_type))
        excerpts += [excerpt for _, excerpt in long_numbers(content)]
        assert not any(c.isdigit() for e in excerpts for c in e.before + e.found + e.after)
