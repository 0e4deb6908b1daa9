"""The copy that must stand before an original is deleted: recognised whole, and only whole."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.masked_copy import (
    compose,
    copies_of,
    files_of,
    marker,
    stands_whole,
    without_digits_of_head,
)
from integration.core.models import Ticket, TicketView
from integration.core.spans import Action
from integration.core.surfaces import Blob, Role, Surface, SurfaceKind, Text

AT = datetime(2026, 4, 1, 8, 12, tzinfo=UTC)
CARD = "4111 1111 1111 1111"
WORDS = st.lists(st.sampled_from(["kort", "er", CARD, "æøå", "123", "<b>", "&amp;", "a", "\n"]))
TEXTS = st.one_of(st.text(max_size=200), WORDS.map(" ".join))
NAMES = st.one_of(st.text(max_size=40), st.text("0123456789 -.", max_size=24), st.just(CARD))


def message(text: str, media_type: str = "text/plain", **facts) -> Surface:
    surface = Surface(
        "message:501",
        SurfaceKind.MESSAGE,
        Text(text, media_type),
        role=Role.REQUESTER,
        created=AT,
        author_name="Kari Nordmann",
    )
    return replace(surface, **facts)


def note(text: str, media_type: str = "text/plain", kind=SurfaceKind.NOTE) -> Surface:
    return Surface("message:900", kind, Text(text, media_type))


def view(*surfaces: Surface) -> TicketView:
    return TicketView(Ticket("t1"), surfaces, AT)


def copy_of(surface: Surface, files=(), locale="en"):
    content = surface.content
    spans = find(content.text, content.media_type)
    masked = mask(content.text, spans, media_type=content.media_type, locale=locale)
    return compose(surface, masked, files=files, locale=locale)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@given(text=TEXTS, name=NAMES)
def test_a_copy_that_is_posted_whole_is_recognised(media_type, text, name):
    copy = copy_of(message(text, media_type, author_name=name), files=[name])
    assert stands_whole(view(note(copy.text, copy.media_type)), copy)


@given(words=st.lists(st.from_regex(r"[a-zæøå]{1,9}", fullmatch=True), min_size=1), data=st.data())
def test_a_copy_that_lacks_one_word_is_not(words, data):
    copy = copy_of(message(" ".join([*words, CARD])))
    posted = copy.text.split()
    del posted[data.draw(st.integers(0, len(posted) - 1))]
    assert not stands_whole(view(note(" ".join(posted))), copy)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@given(text=TEXTS, name=NAMES, files=st.lists(NAMES, max_size=2))
@example(text="KORT", name="7000001013344", files=[])
def test_nothing_in_a_copy_is_removed_once_more(media_type, text, name, files):
    copy = copy_of(message(text, media_type, author_name=name), files=files)
    assert [s for s in find(copy.text, copy.media_type) if s.action is Action.REDACT] == []


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_digits_of_a_name_and_of_the_text_never_make_one_number(media_type):
    surface = message("1111 is my pin", media_type, author_name="4111 1111 1111")
    copy = copy_of(surface, files=["4111 1111", "1111"])
    assert find(copy.text, copy.media_type) == []


@given(st.integers(1, 10**19))
def test_the_marker_of_whatever_number_is_never_taken_for_a_card(number):
    assert find(f"card {marker(f'message:{number}')}") == []


def test_the_marker_of_a_long_number_still_names_one_surface():
    long = message(f"card {CARD}", id="message:4111111111111111")
    copy = copy_of(long)
    assert "4111" not in marker(long.id)
    assert stands_whole(view(note(copy.text)), copy)
    assert copies_of(view(note(copy.text)), "message:4111111111111112") == []


def test_a_copy_says_who_wrote_it_when_and_what_came_with_it():
    copy = copy_of(message(f"card {CARD}"), files=["receipt.pdf", f"{CARD}.jpg"])
    assert "Kari Nordmann" in copy.text
    assert "2026-04-01 08:12 UTC" in copy.text
    assert "receipt.pdf" in copy.text
    assert "1111 1111" not in copy.text


def test_an_unknown_writer_and_time_are_said_to_be_unknown():
    copy = copy_of(message("x", author_name="", created=None, role=Role.UNKNOWN))
    assert "an unknown writer, ?" in copy.text


def test_a_copy_speaks_the_language_of_the_account():
    assert "kort visa" in copy_of(message(f"kort {CARD}", author_name=""), locale="nb").text


def test_a_name_with_markup_stays_text_in_an_html_copy():
    copy = copy_of(message("<p>Hi</p>", "text/html", author_name="<b>Kari</b>"))
    assert html.escape("<b>Kari</b>") in copy.text
    assert "<p>Hi</p>" in copy.text


def test_a_head_that_was_dropped_is_missed_though_the_text_stands():
    copy = copy_of(message(CARD, author_name=CARD))
    masked = mask(CARD, find(CARD))
    assert not stands_whole(view(note(f"{marker('message:501')} {masked}")), copy)


def test_only_a_note_can_be_a_copy():
    copy = copy_of(message(f"card {CARD}"))
    assert not stands_whole(view(note(copy.text, kind=SurfaceKind.MESSAGE)), copy)
    assert copies_of(view(note(copy.text, kind=SurfaceKind.MESSAGE)), "message:501") == []


def test_a_marker_that_a_customer_wrote_does_not_make_another_copy_of_it():
    forger = message(f"card {CARD} {marker('message:700')}", author_name=marker("message:701"))
    posted = view(note(copy_of(forger).text))
    assert copies_of(posted, "message:700") == []
    assert copies_of(posted, "message:701") == []
    assert len(copies_of(posted, "message:501")) == 1


def test_a_note_that_only_carries_the_marker_does_not_stand_for_the_text():
    copy = copy_of(message(f"card {CARD} and the story"))
    forged = view(note(f"{marker('message:501')} done"))
    assert copies_of(forged, "message:501")
    assert not stands_whole(forged, copy)


def test_files_are_named_by_the_group_they_came_with():
    own = message("x", parent="g1")
    name = Surface("file_name:1", SurfaceKind.FILE_NAME, Text("a.pdf"), parent="g1")
    other = replace(name, id="file_name:2", content=Text("b.pdf"), parent="g2")
    blob = Surface("file:1", SurfaceKind.FILE, Blob("a.pdf", "application/pdf"), parent="g1")
    assert files_of(view(own, name, other, blob), own) == ["a.pdf"]
    assert files_of(view(own, name, other), message("x", parent=None)) == []


def cleaned(markup: str) -> str:
    """As a helpdesk may store it: no styles, comments, attributes or fonts, other line breaks."""
    markup = re.sub(r"<style>.*?</style>|<!--.*?-->|</?font[^>]*>", "", markup, flags=re.DOTALL)
    return re.sub(r"<(\w+) [^>]*>", r"<\1>", markup).replace("</p>", "</p>\r\n")


MAIL = (
    "<style>p { width: 600px }</style><!-- 2026 --><p style='margin: 12px'>Hei, kortet er "
    "<font size='3'>4111</font> 1111 1111 1111</p>"
    "<img src='https://a.example/1.png'><p>Ærlig talt</p>"
)


def test_a_copy_that_the_helpdesk_has_cleaned_stands_whole():
    copy = copy_of(message(MAIL, "text/html"))
    assert stands_whole(view(note(cleaned(copy.text), "text/html")), copy)


def test_a_cleaned_copy_that_lost_its_end_does_not():
    copy = copy_of(message(MAIL, "text/html"))
    posted = cleaned(copy.text).replace(" talt", "")
    assert not stands_whole(view(note(posted, "text/html")), copy)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@pytest.mark.parametrize("hidden", ["\x00", "&#0;", "\u200b"], ids=["nul", "entity", "zero_width"])
def test_no_character_of_a_customer_hides_what_follows_it(media_type, hidden):
    copy = copy_of(message(f"card {CARD} {hidden} and the story", media_type))
    posted = copy.text.replace(" and the story", "")
    assert not stands_whole(view(note(posted, media_type)), copy)
    assert stands_whole(view(note(copy.text, media_type)), copy)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_the_digits_of_a_head_can_be_read_as_letters(media_type):
    copy = copy_of(message(f"{CARD}, call 22 33 44 55", media_type))
    shown = without_digits_of_head(note(copy.text, copy.media_type)).content.text
    assert len(shown) == len(copy.text)
    assert "copy of message:nnn)" in shown
    assert "nnnn-nn-nn nn:nn UTC" in shown
    assert shown.endswith(copy.text[copy.text.index("[card") :])


@pytest.mark.parametrize(
    "surface",
    [
        note(f"text before {marker('message:501')}"),
        note(marker("message:501"), kind=SurfaceKind.MESSAGE),
        note("(deskwarden: copy of message:41111111) 1111 1111"),  # we name no such id
        Surface("file", SurfaceKind.NOTE, Blob("a.txt", "text/plain", 3)),
    ],
)
def test_only_the_head_of_a_copy_is_read_so(surface):
    assert without_digits_of_head(surface) == surface


def test_a_head_without_a_time_keeps_what_follows():
    surface = note(f"{marker('message:501')}\nWritten by Kari, ?.\nThe text: 501")
    assert without_digits_of_head(surface).content.text.endswith("The text: 501")
