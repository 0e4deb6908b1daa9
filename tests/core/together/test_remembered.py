"""The rest of a split number: stored as positions, found again, or told to be doubtful."""

from __future__ import annotations

import json

import pytest

from integration.core.detection import contains_card, mask
from integration.core.policy import Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Blob, Surface, SurfaceKind, Text
from integration.core.together.elsewhere import ACROSS
from integration.core.together.remembered import Remembered, is_doubtful, recall, remember

TEXT = "and then 1111 1111 it was"
PART = Span(9, 18, Kind.PAN, 0.9, brand="visa", why=("luhn", ACROSS))
OWN = Span(0, 3, Kind.CVV, 0.9)


def surface(text: str = TEXT) -> Surface:
    return Surface("message:2", SurfaceKind.MESSAGE, Text(text))


STORED = remember(surface(), (OWN, PART))


def test_only_what_the_message_alone_does_not_show_is_stored_and_without_digits() -> None:
    assert len(STORED) == 1
    assert not any(map(str.isdigit, STORED[0]))
    assert remember(surface(), (OWN,)) == ()


@pytest.mark.parametrize("brand", ["visa", None], ids=["a brand", "no brand"])
def test_what_is_stored_is_read_back_whole(brand) -> None:
    known = Remembered(Kind.TRACK, brand, 41_111_111, ((1_111, 1_120), (4_111, 5_555)))
    assert Remembered.of(str(known)) == known
    assert not contains_card(json.dumps([str(known)] * 4))


def test_the_rest_is_found_while_the_text_is_as_it_was() -> None:
    (span,) = recall(surface(), STORED, Policy())
    assert (span.pieces, span.kind, span.action) == (PART.pieces, Kind.PAN, Action.REDACT)
    assert mask(TEXT, [span]) == mask(TEXT, [PART._replace(last4=None)])


def test_pieces_between_markup_are_found_again() -> None:
    text = "<b>1111</b> 1111"
    part = PART._replace(start=3, end=16, segments=((3, 7), (11, 16)))
    (span,) = recall(surface(text), remember(surface(text), [part]), Policy())
    assert span.pieces == part.pieces


@pytest.mark.parametrize(
    "text",
    ["and then [card visa ****] it was", "and then it is gone now.", "and then ---- ---- it was"],
    ids=["masked", "edited", "struck out"],
)
def test_what_was_cleaned_is_neither_found_nor_doubtful(text) -> None:
    assert recall(surface(text), STORED, Policy()) == []
    assert not is_doubtful(surface(text), STORED)


def test_an_edited_text_with_so_many_digits_is_doubtful() -> None:
    edited = surface(f"Sorry: {TEXT}")
    assert recall(edited, STORED, Policy()) == []
    assert is_doubtful(edited, STORED)


def test_a_text_of_which_nothing_was_stored_is_not_doubtful() -> None:
    assert not is_doubtful(surface(), ())


def test_a_file_holds_no_rest() -> None:
    file = Surface("message:2", SurfaceKind.MESSAGE, Blob("a.txt", "text/plain"))
    assert recall(file, STORED, Policy()) == []
    assert not is_doubtful(file, STORED)
    assert Remembered.of(remember(file, (PART,))[0]).length == 0
