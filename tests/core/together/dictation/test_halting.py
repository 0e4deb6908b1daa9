"""What is typed while somebody reads a number out, with dots for each wait."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "[card visa ****]"


@pytest.mark.parametrize(
    "text",
    [
        "{}... {}... {}... {}... wait, my glasses... yes {}... {}... {}... and last {}",
        '"{} ... {} ... {} ... {} ... hang on ... {} ... {} ... {} ... {}"',
        "right {}… so {}… and {}… then {}… er {}… yes {}… yes {}… and {}",
    ],
)
def test_pairs_with_waits_between_them_need_no_word_for_a_card(text: str) -> None:
    pairs = ("40", "00", "05", "66", "55", "66", "55", "56")
    assert cleaned(place(text.format(*pairs)))["message"] == text.format(*([CARD] * 8))


def test_groups_of_four_are_a_number_where_there_are_no_more_of_them() -> None:
    text = "4000... um, 0566... then 5566... and 5556"
    left = f"{CARD}... um, {CARD}... then {CARD}... and {CARD}"
    assert cleaned(place(text))["message"] == left
    assert cleaned(place(f"{text}... 1234")) == {}


@pytest.mark.parametrize("gap", [", then ", " s\u00e5 "])
def test_groups_that_are_said_one_by_one_need_no_word_for_a_card(gap: str) -> None:
    text = f"Caller read out: {gap.join(('4000', '0566', '5566', '5556'))}. Call ID 1"
    assert cleaned(place(text))["message"] == f"Caller read out: {gap.join([CARD] * 4)}. Call ID 1"
    assert cleaned(place(text.replace(gap, " or "))) == {}


def test_each_group_may_be_led_to_by_another_word() -> None:
    text = "Kunden leste opp {}, s\u00e5 {}, og s\u00e5 {} og til slutt {}. Bilag 20418"
    read = cleaned(place(text.format("4000", "0566", "5566", "5556")))
    assert read["message"] == text.format(*[CARD] * 4)


def test_what_is_told_behind_it_goes_too() -> None:
    text = '"40... 00... 05... 66... 55... 66... 55... 56"\n"then it says 12 27"\n"on the back 340"'
    left = cleaned(place(text))["message"]
    assert "12 27" not in left
    assert "340" not in left


def test_other_parts_may_stand_before_it() -> None:
    text = "so 12... yes... 40... 00... 05... hm... 66... 55... 66... 55... 56"
    left = cleaned(place(text))["message"]
    assert left == f"so 12... yes... {CARD}... {CARD}... {CARD}... hm...{f' {CARD}...' * 4} {CARD}"


@pytest.mark.parametrize(
    "text",
    [
        "40... 00... 05... 66... 55... 66... 55... 57",  # no check digit
        "40, 00, 05, 66, 55, 66, 55, 56",  # nobody waits
        "my phone number is 40... 00... 05... 66... 55... 66... 55... 56",
        "40... 00... 05",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert cleaned(place(text)) == {}
