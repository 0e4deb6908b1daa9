from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

PARTS = {
    "two halves": "4111 1111 and then 1111 1111",
    "norwegian": "4111 1111 og så 1111 1111",
    "lines": "4111 1111\nand\n1111 1111",
    "every group": "4111 then 1111 then 1111 last 1111",
    "last four": "4111 1111 1111 ending 1111",
    "japanese": "4111-1111、次は1111-1111",
    "counted": "4111 next 4 1111 then 1111 and last 4 1111",
    "numbered": "4111, 2nd 4 digits 1111, 3rd 4 digits 1111, last 4 digits 1111",
    "counted in Norwegian": "4111, 4 neste 1111, så 1111 og de 4 siste 1111",
    "eights": "41111111 and the last 8 11111111",
}


@pytest.mark.parametrize("written", PARTS.values(), ids=PARTS)
def test_words_between_the_groups_hide_no_number(written: str) -> None:
    text = f"my card is {written}, thanks"
    (span,) = find(text)
    assert (span.kind, span.action) == (Kind.PAN, Action.REDACT)
    assert text[span.start : span.end] == written
    assert "interrupted" in span.why


@pytest.mark.parametrize(
    "written",
    [
        "First half is 4111 1111, second half of my card number is 1111 1111",
        "Siste halvdel av kortnummeret er 1111 1111 og første halvdel er 4111 1111",
        "My card: the last eight are 1111 1111, and the first eight are 4111 1111",
    ],
    ids=["named in between", "last half first", "named before"],
)
def test_halves_that_are_told_apart_are_read_in_their_order(written: str) -> None:
    (span,) = find(f"Hi. {written}. Thanks")
    assert (span.kind, span.action, span.last4) == (Kind.PAN, Action.REDACT, "1111")
    assert mask(f"{written}. Thanks", find(f"{written}. Thanks")).endswith("**** 1111]. Thanks")


@pytest.mark.parametrize(
    "text",
    [
        "Call me on 1111 1111 about my card or on 4111 1111",
        "order 4111 1111 was paid by card, see order 1111 1111",
        "1111 1111 kr went off my card and then 4111 1111",
        "My card is 1111 4111, 1111 and then 1111",
        "5425 23XX XXXX 4111\nx1111\nVisa ending in 1111\n...1111, are these my four?",
    ],
    ids=["telephones", "orders", "money", "words in two gaps", "masked"],
)
def test_halves_of_other_numbers_are_no_card(text: str) -> None:
    assert [span for span in find(text) if span.kind is Kind.PAN] == []


def test_a_remark_that_it_is_a_half_says_that_it_is_a_number() -> None:
    text = "take this 4111 1111 (thats half) 1111 1111 u got it?"
    assert mask(text, find(text)) == "take this [card visa **** 1111] u got it?"
    assert find(text.replace("thats half", "by the sea")) == []


def test_its_own_brand_says_that_it_is_a_card() -> None:
    text = "just put it on the Discover it's 6011 1111, 1111, and then 1117."
    assert mask(text, find(text)) == ("just put it on the Discover it's [card discover **** 1117].")
    assert find(text.replace("Discover", "account")) == []


@pytest.mark.parametrize(
    "text",
    [
        "it was 4111 1111 and then 1111 1111 ok",
        "my card was used in 2021 and 2022 and 2023 and 2024",
        "my card is 4111 1111 and then 1111 1112",
        "my card is 94111 1111 and then 1111 1111",
        "my card is 4111 1111 and then 1111 11119",
        "my card is 6001 0000 and then 0000 0006",
        "my card [card visa **** 4111] 1111 and 1111 and 1111",
        "my cards 4111 XXXX XXXX 1111 and 1111********1111",
        "my card. Cost centre 4111-0001, trip 20250707-20250711",
    ],
    ids=[
        "no word",
        "years",
        "check digit",
        "digit before",
        "digit behind",
        "weak",
        "mask",
        "other",
        "a day",
    ],
)
def test_numbers_in_a_sentence_are_no_card(text: str) -> None:
    assert [span for span in find(text) if span.kind is Kind.PAN] == []


FAR = (
    "Agent: Which card did you pay with last week, the one of your mother?\n"
    "Visitor: {}\n"
    "Agent: I only needed the last four, and please do not send more than that here."
)


def test_words_in_every_gap_are_read_where_a_card_was_asked_for() -> None:
    written = "4111 then 1111 then 1111 and the last one is 1111"
    text = FAR.format(written)
    assert [text[span.start : span.end] for span in find(text)] == [written]


@pytest.mark.parametrize(
    "text",
    [
        FAR.format("4111 then 1111 1111 and the last one is 1111"),
        FAR.format("4111 kr then 1111 kr then 1111 kr and at last 1111"),
        FAR.replace("card", "order").format("4111 then 1111 then 1111 and then 1111"),
    ],
    ids=["a gap without a word", "money", "another number was asked for"],
)
def test_other_numbers_with_words_between_are_no_card_far_from_its_word(text: str) -> None:
    assert [span for span in find(text) if span.kind is Kind.PAN] == []


@pytest.mark.parametrize(
    "text",
    [
        "card block one 4111, block two 1111, block three 1111, block four 1111",
        "kortnr 1. blokk 4111 2. blokk 1111 3. blokk 1111 4. blokk 1111",
        "Karte: erster Block 4111, zweiter Block 1111, dritter Block 1111, vierter Block 1111",
    ],
)
def test_a_word_that_names_each_group_is_no_label_of_another_number(text: str) -> None:
    assert [span.action for span in find(text)] == [Action.REDACT]


def test_a_label_that_is_not_said_of_each_group_counts() -> None:
    text = "my card for order no 4111, then 1111, then 1111, then 1111"
    assert Action.REDACT not in [span.action for span in find(text)]


def test_a_group_of_a_row_that_begins_before_begins_no_number() -> None:
    text = "two of my cards: 6000 0021 4471 and 6000 0021 9930"
    assert [span for span in find(text) if span.kind is Kind.PAN] == []


def test_halves_behind_words_that_speak_of_parts_are_a_number() -> None:
    text = "par s\u00e9curit\u00e9 je coupe le num\u00e9ro : {} puis {}. Merci"
    (number,) = find(text.format("4000 0566", "5566 5556"))
    assert number.action is Action.REDACT
    assert find(text.replace(" puis ", " ou ").format("4000 0566", "5566 5556")) == []
    assert (
        find(text.replace("par s\u00e9curit\u00e9", "hier").format("4000 0566", "5566 5556")) == []
    )
