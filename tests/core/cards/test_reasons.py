from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.cards import luhn, reasons
from integration.core.cards.published import published
from integration.core.cards.reasons import EXPLAINED, Evidence, Form
from integration.core.detection import find
from integration.core.spans import Action, Kind

ALL = [each for each in vars(reasons).values() if isinstance(each, Evidence | Form)]


def test_every_reason_is_explained_in_words_and_none_else() -> None:
    assert {each[0] for each in ALL} | {"luhn", "iso-7813", "again"} == set(EXPLAINED)


def test_no_reason_holds_a_digit_of_a_number() -> None:
    for slug, words in EXPLAINED.items():
        assert slug.startswith("iso-") or re.fullmatch("[a-z_-]+", slug)
        assert words.endswith(".")


@given(st.sampled_from(sorted(published())))
def test_a_published_number_is_removed_and_marked(number: bytes) -> None:
    (span,) = find(f"my card number is {number.decode()}, thanks")
    assert (span.kind, span.action) == (Kind.PAN, Action.REDACT)
    assert "test_card" in span.why


def test_a_published_number_needs_no_word_though_it_is_of_a_rare_length() -> None:
    for number in published():
        (span,) = find(f"it is {number.decode()} ok")
        assert "test_card" in span.why


def test_the_published_numbers_are_kept_without_their_check_digit() -> None:
    assert all(luhn.is_valid(number) for number in published())
    assert b"4111111111111111" in published()


def test_a_slash_behind_a_whole_number_makes_no_path() -> None:
    (span,) = find("paid on 30 Sept, ref 8392117740/4929000000000000/75.20")
    assert (span.kind, span.action) == (Kind.PAN, Action.REDACT)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("see 4929 0000 0000 0000 ok", "usual-groups"),
        ("order 4929000000000000", "label"),
        ("ref 4929000000000000", "light-label"),
        ("my card 4929000000000000", "card-word"),
        ("4929000000000000, exp", "block"),
        ("files/a/4929000000000000", "path"),
        ("4929000000000000 is not a card number", "denied"),
        ("4929000000000000@x.example", "address"),
        ("x4929000000000000", "glued"),
        ("5678 4929 0000 0000 0000", "in-a-row"),
    ],
)
def test_a_reviewer_sees_why_a_number_was_taken_or_left(text: str, why: str) -> None:
    (span,) = [span for span in find(text) if span.kind is Kind.PAN]
    assert why in span.why
    assert set(span.why) <= set(EXPLAINED)
