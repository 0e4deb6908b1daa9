"""Numbers of an account that look like cards: what a format takes out, and what it never hides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.core.cards.luhn import completed
from integration.core.detection import find, mask
from integration.core.formats import NumberFormat, problems, warnings
from integration.core.policy import Policy
from integration.core.spans import Action, Kind, Span

ORDERS = NumberFormat("order-numbers", "457112", 16)
POLICY = replace(Policy(), formats=(ORDERS,))
TEST_CARD = "4111 1111 1111 1111"


def number(prefix: str = "457112", length: int = 16, serial: int = 345) -> str:
    """A number of a series with a right check digit."""
    return completed(f"{prefix}{serial:0{length - len(prefix) - 1}d}".encode()).decode()


ORDER = number()


def card_of(text: str, media_type: str = "text/plain", policy: Policy = POLICY) -> Span:
    return next(s for s in find(text, media_type, policy) if s.kind is Kind.PAN)


def test_a_number_of_an_allowed_format_is_only_counted():
    span = card_of(f"Where is my parcel {ORDER}?")
    assert (span.action, span.why[-1]) == (Action.COUNT, "allowed-format")


def test_without_the_format_the_same_number_is_removed():
    assert card_of(f"see {ORDER}", policy=Policy()).action is Action.REDACT


@pytest.mark.parametrize(
    "other",
    [
        NumberFormat("orders", "457113", 16),
        NumberFormat("orders", "45711299", 16),
        NumberFormat("orders", "457112", 15),
        NumberFormat("orders", "457112", 19),
    ],
    ids=["another prefix", "a longer prefix", "shorter", "longer"],
)
def test_a_number_of_another_form_is_not_touched_by_the_format(other):
    with_format = card_of(f"see {number(serial=99)}", policy=replace(POLICY, formats=(other,)))
    assert with_format.action is Action.REDACT


@pytest.mark.parametrize(
    "text",
    [
        "My card number is {n}",
        "{n} is my card",
        "kortnummer {n}",
        "{n} exp 12/29",
        "{n}, 12/29",
        "{n} cvc 123",
        "{n} 12/29 123",
        "Visa {n}",
        f"{{n}} and {TEST_CARD}",
    ],
    ids=["word before", "word behind", "nb", "expiry", "date", "code", "both", "brand", "card"],
)
def test_a_number_beside_what_belongs_to_a_card_is_reported(text):
    span = card_of(text.format(n=ORDER))
    assert (span.action, span.why[-1]) == (Action.REPORT, "allowed-format-doubted")


@pytest.mark.parametrize("locale", ["en", "nb"])
def test_the_answer_is_the_same_once_the_code_beside_it_is_masked(locale):
    text = f"{ORDER} cvc 123"
    masked = mask(text, find(text, policy=POLICY), locale=locale)
    assert "123" not in masked.partition(ORDER)[2]
    assert card_of(masked).action is Action.REPORT


def test_a_published_test_card_is_never_taken_for_an_own_number():
    formats = (NumberFormat("orders", "411111", 16),)
    assert card_of(f"see {TEST_CARD}", policy=replace(POLICY, formats=formats)).action is (
        Action.REPORT
    )


def test_grouped_digits_and_other_scripts_are_the_same_number():
    grouped = " ".join(ORDER[at : at + 4] for at in range(0, 16, 4))
    wide = ORDER.translate({48 + n: 0xFF10 + n for n in range(10)})
    assert {card_of(f"see {text}").action for text in (grouped, wide)} == {Action.COUNT}


def test_digits_over_tags_are_the_same_number():
    span = card_of(f"<p>see <b>{ORDER[:8]}</b>{ORDER[8:]}</p>", "text/html")
    assert span.action is Action.COUNT


def test_two_own_numbers_side_by_side_do_not_make_each_other_cards():
    text = f"see {ORDER} and {number(serial=9041)}"
    assert {s.action for s in find(text, policy=POLICY)} == {Action.COUNT}


def test_a_number_that_is_called_a_card_in_one_place_is_doubted_in_all():
    text = f"see {ORDER}. {'Hello there. ' * 10} my card {ORDER}. Not {number(serial=9041)}"
    actions = [s.action for s in find(text, policy=POLICY)]
    assert actions == [Action.REPORT, Action.REPORT, Action.REPORT]
    text = f"my card {ORDER}. {'Hello there. ' * 10} see {ORDER} or {number(serial=9041)}"
    actions = [s.action for s in find(text, policy=POLICY)]
    assert actions == [Action.REPORT, Action.REPORT, Action.COUNT]


def test_what_the_policy_ignores_anyway_stays_ignored():
    policy = replace(POLICY, actions={Kind.PAN: Action.IGNORE})
    assert card_of(f"see {ORDER}", policy=policy).action is Action.IGNORE


@settings(deadline=None)
@given(st.integers(0, 10**9 - 1))
def test_no_number_of_a_format_is_ever_removed_and_the_rest_is_masked_as_before(serial):
    text = f"see {number(serial=serial)} or {TEST_CARD}"
    actions = [s.action for s in find(text, policy=POLICY)]
    assert actions[0] in (Action.COUNT, Action.REPORT)
    assert actions[1] is Action.REDACT


@pytest.mark.parametrize(
    ("prefix", "length"), [("45", 16), ("510", 16), ("34", 15), ("40", 13), ("4571", 16)]
)
def test_a_prefix_that_covers_a_whole_range_of_an_issuer_is_refused(prefix, length):
    (problem,) = problems(NumberFormat("orders", prefix, length))
    assert "give at least" in problem


@pytest.mark.parametrize(("prefix", "length"), [("99", 16), ("17", 15), ("457112", 16), ("45", 12)])
def test_a_prefix_that_leaves_the_issuers_their_cards_is_taken(prefix, length):
    assert problems(NumberFormat("orders", prefix, length)) == []


def test_a_range_of_one_bank_is_taken_with_a_warning():
    assert warnings(ORDERS) == ["Real cards of dankort, visa may begin with 457112."]
    assert warnings(NumberFormat("orders", "99", 16)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        NumberFormat("Orders", "457112", 16),
        NumberFormat("orders-2", "457112", 16),
        NumberFormat("o" * 41, "457112", 16),
        NumberFormat("orders", "4", 16),
        NumberFormat("orders", "457112345", 16),
        NumberFormat("orders", "45x112", 16),
        NumberFormat("orders", "457112", 20),
        NumberFormat("orders", "457112", 11),
    ],
    ids=["capital", "digit", "long", "short", "whole", "letter", "length over", "length under"],
)
def test_what_is_no_format_is_refused_with_one_sentence(wrong):
    assert len(problems(wrong)) == 1
