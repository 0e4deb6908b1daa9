"""A number goes whose digits are numbered one by one, and no other table of digits."""

from __future__ import annotations

import re

import pytest
from support.read_together import cleaned, place

NUMBER = "4000056655665556"
SAID = "The digits of the guest's credit card:\n{}\nFolio 77-20931"
PLACES = "abcdefghijklmnopqrs"


def left_of(text: str) -> str:
    """What is left, each digit that is gone as one star."""
    left: dict[str, str] = cleaned(place(text))
    return re.sub(r"\[card [^\]]*\]", "*", left.get("message", text))


def numbered(form: str, joint: str = "\n", digits: str = NUMBER) -> str:
    return joint.join(
        form.format(at=at, letter=PLACES[at - 1], digit=digit)
        for at, digit in enumerate(digits, start=1)
    )


@pytest.mark.parametrize(
    ("form", "joint"),
    [
        ("{letter}) {digit}", "\n"),
        ("{at}. {digit}", "\n"),
        ("{at:>2}   {digit}", "\n"),
        ("d{at} = {digit}", "\n"),
        ("pos {at}: {digit}", "\n"),
        ("{at};{digit}", "\n"),
        ("{letter}={digit}", ", "),
        ('"d{at}": "{digit}"', ", "),
    ],
)
def test_each_digit_goes_and_its_place_stays(form: str, joint: str) -> None:
    text = SAID.format(numbered(form, joint))
    digit = re.sub(r"\{digit\}", "\x00", form)
    stays = numbered(digit.replace("\x00", "*"), joint)
    assert left_of(text) == SAID.format(stays)


@pytest.mark.parametrize(
    "table",
    [
        numbered("{letter}) {digit}", digits=NUMBER[:-1] + "7"),  # its check digit is wrong
        numbered("{letter}) {digit}", digits=NUMBER[:12]),
        numbered("{letter}) {digit}").replace("h)", "x)"),  # no place follows the other
        numbered("{letter}) {digit} apples"),
    ],
)
def test_another_table_stays(table: str) -> None:
    assert left_of(SAID.format(table)) == SAID.format(table)


def test_it_takes_a_word_for_a_card() -> None:
    answers = f"Answers of the survey:\n{numbered('{letter}) {digit}')}"
    assert left_of(answers) == answers


def test_the_places_may_be_ordinals() -> None:
    number = "4000056655665556"
    ends = {1: "st", 2: "nd", 3: "rd"}
    text = "my Visa: " + ", ".join(
        f"{at}{ends.get(at, 'th')} {d}" for at, d in enumerate(number, 1)
    )
    left = cleaned(place(text))["message"]
    assert left.count("[card visa ****]") == 16
