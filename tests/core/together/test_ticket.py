"""The laws of texts that are looked through together: whatever stands in a ticket."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.read_together import begun, cleaned, look, place

from integration.core.spans import Action
from integration.core.surfaces import Surface, Text

CARD, AMEX = "4111 1111 1111 1111", "3782 822463 10005"
SLIPS = ["4111 1111 1111 1112", "4111-1111-1111-111", "4111 1111 1111 111 2", "3782 822463 01005"]
APART = ["4111 a 1111 b 1111 c 1111", "3782\n822463\n10005", "4111", "1111", "822463"]
OTHER = ["card", "cvv 123", "exp 12/27", "123", "12/27", "no, it ends with 1", "\n", "room 118"]

bits = st.sampled_from([CARD, AMEX, CARD.replace(" ", "."), *SLIPS, *APART, *OTHER])
texts = st.lists(bits, min_size=1, max_size=6).map(" ".join)
forms = st.sampled_from(["text/plain", "text/html"])


@st.composite
def tickets(draw) -> list[Surface]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        text, media = draw(texts), draw(forms)
        if media == "text/html":
            text = f"<p>{text}</p>".replace("\n", "</p><p>").replace(" 1111", "&#160;1111", 1)
        made.append(place(text, f"m{number}", media=media))
    return made


def with_text(surface: Surface, text: str) -> Surface:
    return replace(surface, content=Text(text, surface.content.media_type))


def digits(text: str) -> int:
    """How many, but for those in masks."""
    return len(re.findall(r"\d", re.sub(r"\[[^\]]*\]", "", text)))


@given(tickets())
@example(
    [
        place("4111 1111 1111 1111 4111 a 1111 b 1111 c 1111", "m0"),
        place("4111 a 1111 b 1111 c 1111 4111 a 1111 b 1111 c 1111 exp 12/27", "m1"),
    ]
)
@example(
    [
        place("4111 4111 1111 1111 1112", "m0"),
        place("card no, it ends with 1 4111 1111 1111 1112 4111 a 1111 b 1111 c 1111", "m1"),
    ]
)
def test_no_two_spans_that_are_removed_overlap(ticket) -> None:
    for hit in look(*ticket).hits:
        pieces = sorted(piece for span in hit.removable for piece in span.pieces)
        assert all(one[1] <= other[0] for one, other in pairwise(pieces))


def test_what_is_recalled_is_put_over_no_mask() -> None:
    """A text may be as long as it was once it is clean."""
    text = (
        "<p>3782 822463 10005 3782</p><p>822463</p><p>10005 4111-1111-1111-111 123 "
        "4111&#160;1111 1111 1112 4111.1111.1111.1111</p>"
    )
    dirty = place(text, "m0", media="text/html")
    (clean,) = cleaned(dirty).values()
    assert len(clean) == len(text)
    assert cleaned(with_text(dirty, clean), begun=begun(dirty)).get("m0", clean) == clean


@given(tickets(), st.data())
def test_a_run_that_ends_between_two_writes_leaves_no_more_than_one_that_does_not(
    ticket, data
) -> None:
    whole, stored = cleaned(*ticket), begun(*ticket)
    written = data.draw(st.sets(st.sampled_from([surface.id for surface in ticket])))
    now = [with_text(s, whole[s.id]) if s.id in written & whole.keys() else s for s in ticket]
    after = cleaned(*now, begun=stored)
    for surface in now:
        shown = after.get(surface.id, surface.content.text)
        assert digits(shown) <= digits(whole.get(surface.id, surface.content.text))


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (
            ["cvv 123 4111 1111 1111 1112", f"sorry, {CARD}"],
            "cvv [security code removed] [card visa ****]",
        ),
        (
            ["my card 4539 1488 0343 6461, no: it ends with 6467", "so: 4539 1488 0343 6467"],
            "my card [card visa ****], no: it ends with 6467",
        ),
        (["tel 22 33 1111, no card", CARD], None),
    ],
)
def test_what_other_texts_give_away_hides_nothing_and_takes_nothing_else(texts, shown) -> None:
    places = [place(text, f"m{number}") for number, text in enumerate(texts)]
    assert cleaned(*places).get("m0") == shown


def test_what_is_only_told_is_removed_once_its_neighbour_is_gone() -> None:
    text = "4111.1111.1111.1111, 37828 22463 10005, 4111-111111-11111"
    (hit,) = look(place(text)).hits
    assert [span.action for span in hit.spans] == [Action.REDACT] * 3


def test_a_row_of_more_digits_than_a_number_can_be_read_from_is_looked_at() -> None:
    assert cleaned(place("card " + "1" * 6_000, "m1"), place("your card, missing?", "m2")) == {}
