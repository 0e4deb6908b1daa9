"""A number with stray marks goes right behind a word for a card, and nothing that looks like it."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

from integration.core.together.dictation.stray import stray


def left_of(text: str) -> str:
    """What is left of a message."""
    left: dict[str, str] = cleaned(place(text))
    return left.get("message", text)


@pytest.mark.parametrize(
    "written",
    [
        "4:00 00:56 6:55 66:55 56",
        "40 000,56. 6;556  65/5 .56",
        "#4 #0 #0 #0 #0 #5 #6 #6 (HOLD) #5 #5 #6 #6 #5 #5 #5 #6",
        "4 $0 $0 $0 $0 $5 $6 $6 $5 $5 $6 $6 $5 $5 $5 $6",
    ],
    ids=range(4),
)
@pytest.mark.parametrize(
    "words", ["the Visa card number is {}", "CARD WHICH? VISA. NUMBER: {}", "V i s a  {}"]
)
def test_a_number_goes_whatever_stands_between_its_digits(written: str, words: str) -> None:
    left = left_of(f"hello, {words.format(written)} and we called at 9:15.")
    assert "[card visa " in left
    assert written not in left
    assert left.endswith(" and we called at 9:15.")


@pytest.mark.parametrize(
    "text",
    [
        "the number is 4:00 00:56 6:55 66:55 56 and so on",  # nobody says card
        "the card machine of the shop in the street is open at 4:00 00:56 6:55 66:55 56",
        "visa order no. 4:00 00:56 6:55 66:55 56",
        "the visa is 4:00 00:56 6:55 66:55 57",  # no check digit
        "the visa is 4:00 00:56 6:55 66:55 56 99",
        "visa 5:53 7:10 22:15 3:01 24:3 is when they open",
        "visa 4/5/2025 10:30:15 45.99",
        "visa 45.99, 112.50, 20.10, 330.05, 1.5",
        "visa host 45.112.50.201 port 4433.05.1",
        "visa;45;2025;12;450;331;00",
    ],
    ids=range(10),
)
def test_anything_else_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "4/5/2025 10:30:00 45.94",
        "4:12 5:19 6:26 7:05 11:08",
        "45.99, 112.50, 20.10, 3.01",
    ],
)
def test_ordinary_things_stay_though_they_pass_for_a_number(text: str) -> None:
    assert left_of(f"visa {text}") == f"visa {text}"


@pytest.mark.parametrize("hosts", ["45.112.50.201, 44.33.201.17", "45.112.50.201:8443 44.3.10"])
def test_addresses_have_no_stray_marks(hosts: str) -> None:
    assert list(stray(f"visa {hosts}")) == []
