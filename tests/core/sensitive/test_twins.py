from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "text",
    [
        "the PIN is 2908 or 2980",
        "PIN-koden er 2908 eller 2980",
        "Meine PIN ist 2908 oder 2980",
        "my pin is 2908, my wife's is 2980",
    ],
)
def test_two_pins_of_one_label_are_both_taken(found, text: str) -> None:
    assert found(text, Kind.PIN) == ["2908", "2980"]


@pytest.mark.parametrize(
    "codes",
    ["codes are 815 for mine, 226 for hers", "kodene er 815 for mitt og 226 for hennes"],
    ids=["en", "nb"],
)
def test_a_code_is_told_for_each_of_two_cards(found, codes: str) -> None:
    other = "5555 5555 5555 4444"
    assert found(f"{CARD} and {other}, {codes}", Kind.CVV) == ["815", "226"]
    assert found(f"{CARD}, {codes}", Kind.CVV) == ["815"]


@pytest.mark.parametrize("codes", ["CVC er 440 og 972", "CVV: 440, 972", "codes 440 and 972"])
def test_the_codes_of_two_cards_may_be_counted_up(found, codes: str) -> None:
    assert found(f"{CARD} and 5555 5555 5555 4444. {codes}.", Kind.CVV) == ["440", "972"]
    assert found(f"{CARD}, {codes} miles", Kind.CVV) == ["440"]


@pytest.mark.parametrize(
    "said", ["CVCs in the same order: {}", "the security codes are {}", "codes, as above: {}"]
)
def test_as_many_codes_as_cards_behind_one_label_are_theirs(found, said: str) -> None:
    cards = f"{CARD} 03/27\n5555 5555 5555 4444 12/25\n3782 822463 10005 08/28\n"
    assert found(cards + said.format("117, 905, 4431"), Kind.CVV) == ["117", "905", "4431"]
    assert found(cards + said.format("117, 905"), Kind.CVV) != ["117", "905", "4431"]


def test_a_date_that_was_corrected_is_taken_with_the_new_one(found) -> None:
    assert found(f"{CARD} exp 08/25 08/30", Kind.EXPIRY) == ["08/25", "08/30"]
    assert found(f"{CARD} exp 08/25 -> 08/30", Kind.EXPIRY) == ["08/25", "08/30"]


@pytest.mark.parametrize(
    "text",
    [
        "the PIN is 2908 in room 2980",
        "the PIN is 2908, and my order number is 2980",
        "the PIN is 2908. It rained and rained and then it is 2980",
        "the PIN is 2908 or 29801",
    ],
)
def test_a_number_behind_a_pin_is_no_other_one(found, text: str) -> None:
    assert found(text, Kind.PIN) == ["2908"]


CARDS = "4111 1111 1111 1111 and 5555 5555 5555 4444"


def test_two_cards_may_have_their_codes_behind_one_label(found) -> None:
    assert found(f"{CARDS}, CVV: 440 972", Kind.CVV) == ["440", "972"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARDS}, CVV: 440 972 118",
        f"{CARDS}, call 440 972",
        "4111 1111 1111 1111, CVV: 440 972",
    ],
    ids=["three groups", "no label", "one card"],
)
def test_other_pairs_of_groups_are_no_codes(found, text: str) -> None:
    assert found(text, Kind.CVV) == []


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111, valid through September 2027 (09/27)",
        "4111 1111 1111 1111 exp September 2027 = 09/27",
    ],
)
def test_a_date_may_be_written_twice(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == ["September 2027", "09/27"]


@pytest.mark.parametrize(
    "said", ["411, corrected to 417", "411 no sorry 417", "411 (feil), riktig er 417"]
)
def test_a_code_that_is_put_right_goes_twice(found, said: str) -> None:
    assert found(f"card 4111 1111 1111 1111, CVC: {said}", Kind.CVV) == ["411", "417"]
