from __future__ import annotations

import pytest

from integration.core.hits import Hit
from integration.core.search import search
from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"


def found_in(text: str) -> list[Hit]:
    return search(text, lambda hit: hit.confidence >= 0.5)


def test_what_lies_behind_a_mask_does_not_belong_to_a_card() -> None:
    text = f"exp 12/27 [card visa **** 1111] {CARD} [PIN removed] exp 12/27"
    assert [hit for hit in found_in(text) if hit.kind is Kind.EXPIRY] == []


def test_cards_between_masks_keep_what_is_theirs() -> None:
    mask = "[card visa **** 1111]"
    text = f"{CARD} 12/27 {mask} {CARD} 11/28 {mask} {CARD} 10/29"
    dates = [text[hit.start : hit.end] for hit in found_in(text) if hit.kind is Kind.EXPIRY]
    assert dates == ["12/27", "11/28", "10/29"]


def test_nothing_is_surer_than_the_card_it_belongs_to() -> None:
    card, date = found_in("Order 4111111111111111 valid thru 12/27")
    assert date.confidence <= card.confidence


def test_characters_without_width_do_not_matter() -> None:
    text = f"{CARD[:5]}\u200b{CARD[5:]} c\u00advv 1\u200b23"
    (code,) = [hit for hit in found_in(text) if hit.kind is Kind.CVV]
    assert text[code.start : code.end] == "1\u200b23"


def test_cards_far_from_each_other_each_keep_what_is_theirs() -> None:
    text = f"{CARD} cvv 123 {'word ' * 80} {CARD} cvv 456"
    codes = [text[hit.start : hit.end] for hit in found_in(text) if hit.kind is Kind.CVV]
    assert codes == ["123", "456"]


def test_what_stands_too_far_off_belongs_to_no_card() -> None:
    text = f"{CARD} {'word ' * 47} 5 {'word ' * 8} exp 12/27"
    assert [hit.kind for hit in found_in(text)] == [Kind.PAN]


def test_a_code_says_why_it_was_taken() -> None:
    why = {hit.kind: hit.why for hit in found_in(f"{CARD} 12/27 cvv 123")}
    assert why[Kind.CVV] == ("code-word",)
    assert why[Kind.EXPIRY] == ("behind-card",)


def test_a_label_takes_a_number_further_off() -> None:
    text = f"PIN, amount: 99.50 kr, card {CARD} or 4321"
    (pin,) = [hit for hit in found_in(text) if hit.kind is Kind.PIN]
    assert text[pin.start : pin.end] == "4321"


@pytest.mark.parametrize(
    "track",
    [
        "%B4111111111111111^DOE/JANE^27121010000000000?",
        "B4111 1111 1111 1111^DOE/JANE^2712101000",
        ";4111111111111111=27121010000000000?",
        "4111111111111111D27121010000000000F",
    ],
)
def test_a_track_is_one_hit(track: str) -> None:
    text = f"swiped {track} today cvv 123"
    (hit, code) = found_in(text)
    assert (hit.kind, hit.brand, hit.last4) == (Kind.TRACK, "visa", None)
    assert text[hit.start : hit.end] == track
    assert code.kind is Kind.CVV


def test_a_track_of_an_unknown_issuer_is_a_track() -> None:
    (hit,) = found_in(";8911111111111114=27121010000000000?")
    assert (hit.kind, hit.brand) == (Kind.TRACK, None)


@pytest.mark.parametrize(
    "text", [";4111111111111112=27121010000000000?", "a=4111111111111112=5", "4111111111111112^x"]
)
def test_a_track_needs_a_valid_number(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize("width", ["", "\u200b"], ids=["plain", "with characters of no width"])
def test_a_number_over_lines_between_which_another_was_found_has_its_code(width: str) -> None:
    text = (
        "card 4111111111111111\n> Digits 1-4:\n6761\n> Digits 5-8:\n2334\n> Digits 9-19:\n"
        f"6475 4251 104\n> Hol{width}der:\nIn Almeida\n\nCVV 433\n\nTell me if more is wanted.\n"
    )
    assert "433" in [text[hit.start : hit.end] for hit in found_in(text) if hit.kind is Kind.CVV]


def test_what_a_caller_has_keyed_goes_though_commas_part_the_keys() -> None:
    keys = ",".join(CARD.replace(" ", ""))
    text = f"I see what the caller keys:\ndtmf={keys},#\ndtmf=0,3,2,8,#\ndtmf=5,9,7,#\nMoira"
    assert [text[hit.start : hit.end] for hit in found_in(text)] == [keys, "0,3,2,8", "5,9,7"]


@pytest.mark.parametrize(
    "said",
    [
        "my card is {} and the code is 2083 should you need it",
        "Kortnummeret er {} og koden er 2083 hvis dere trenger den",
        "kortet mitt: {}, og den hemmelige koden er 2083",
    ],
)
def test_a_code_of_four_digits_right_behind_a_card_is_its_pin(said: str) -> None:
    text = said.format(CARD)
    (pin,) = [hit for hit in found_in(text) if hit.kind is Kind.PIN]
    assert text[pin.start : pin.end] == "2083"


@pytest.mark.parametrize(
    "behind",
    [". Door code 2083", " discount code 2083", ", error code 2083", " approval code 2083"],
)
def test_the_code_of_something_else_is_none(behind: str) -> None:
    assert [hit.kind for hit in found_in(f"my card is {CARD}{behind}")] == [Kind.PAN]
