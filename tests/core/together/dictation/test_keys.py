"""A number that is typed on a telephone and logged key by key goes, and nothing else of the log."""

from __future__ import annotations

import re

import pytest
from support.read_together import cleaned, place

NUMBER = "4000056655665556"
LOGS = (
    "11:44:{:02d}.102 DTMF {}",
    "11:44:{:02d} DTMF received: {}",
    "2025-03-19 11:44:{:02d},440 INFO dtmf='{}'",
    "[11:44:{:02d}] key={}",
    '{{"ts": "2025-03-19T11:44:{:02d}Z", "event": "dtmf", "digit": "{}"}}',
    "Mar 19 11:44:{:02d} asterisk[221]: DTMF end '{}' received",
)


def log(line: str, digits: str, head: str = "IVR log, enter card:") -> str:
    """One line for each key."""
    return "\n".join((head, *(line.format(at, digit) for at, digit in enumerate(digits))))


def left_of(text: str) -> str:
    """What is left, each key that is gone as one star."""
    left: dict[str, str] = cleaned(place(text))
    return re.sub(r"\[card [^\]]*\]", "*", left.get("message", text))


@pytest.mark.exhaustive
@pytest.mark.parametrize("line", LOGS, ids=range(len(LOGS)))
def test_every_key_of_a_number_goes_however_it_is_logged(line: str) -> None:
    assert left_of(log(line, NUMBER)) == log(line, "*" * len(NUMBER))


def test_keys_before_it_stay_and_its_date_and_code_go() -> None:
    left = left_of(log(LOGS[0], f"12{NUMBER}0831123"))
    assert left == log(LOGS[0], f"12{'*' * (len(NUMBER) + 7)}")


@pytest.mark.parametrize(
    ("digits", "head"),
    [
        (NUMBER[:13] + "0", "IVR log, enter customer number:"),  # nobody says card
        (f"{NUMBER[:-1]}7", "IVR log, enter card:"),  # no number
        (NUMBER[:12], "IVR log, enter card:"),
        ("4000400040004000", "IVR log, enter card:"),  # the same again
        (f"{NUMBER}99999", "IVR log, enter card:"),  # goes on
    ],
    ids=range(5),
)
def test_other_keys_stay(digits: str, head: str) -> None:
    text = log(LOGS[0], digits, head)
    assert left_of(text) == text


def test_lines_that_are_long_or_have_more_digits_are_none_of_keys() -> None:
    text = log("line {:02d} " + "x" * 260 + " card {}", NUMBER)
    assert left_of(text) == text
    assert left_of(log("card, room {:02d}: {}0", NUMBER)) == log("card, room {:02d}: {}0", NUMBER)


@pytest.mark.parametrize(
    ("line", "erasing"),
    [("12:40:{:02d} KEY {}", "CORR"), ("[11:44:{:02d}] Taste {}", "Korrektur"), (LOGS[4], "DEL")],
    ids=range(3),
)
def test_a_key_that_is_taken_back_is_none_of_the_number(line: str, erasing: str) -> None:
    pressed = [*NUMBER[:6], "9", erasing, *NUMBER[6:12], "1", "2", erasing, erasing, *NUMBER[12:]]
    lines = [line.format(at, key) for at, key in enumerate(pressed)]
    left = left_of("\n".join(("keys of the card reader", *lines)))
    assert left.count("*") == len(NUMBER)
    assert left.count(erasing) == 3


def test_what_is_taken_back_makes_no_number_where_too_much_or_too_little_is() -> None:
    for pressed in ([*NUMBER, "CORR"], [*NUMBER[:8], "CORR", *NUMBER[8:]], ["CORR"] * 16):
        lines = [LOGS[0].format(at, key) for at, key in enumerate(pressed)]
        text = "\n".join(("keys of the card reader", *lines))
        assert left_of(text) == text


@pytest.mark.parametrize("name", ["KEY[{}]", "key={}", "DTMF({})"])
def test_keys_in_one_line_go_with_their_names_left(name: str) -> None:
    said = "Card by phone:\n{} {}"
    typed = " ".join(map(name.format, "4000056655665556"))
    left = " ".join([name.format("[card visa ****]")] * 16)
    end = name.format("ENTER")
    assert cleaned(place(said.format(typed, end))) == {"message": said.format(left, end)}
    other = typed.replace("4", "5", 1)
    assert cleaned(place(said.format(other, end))) == {}


def test_a_number_of_the_usual_length_needs_no_word_for_a_card() -> None:
    left = left_of(log(LOGS[0], NUMBER, "IVR log:"))
    assert left == log(LOGS[0], "*" * len(NUMBER), "IVR log:")
    for line, digits in (("11:44:{:02d}.102 worker {}", NUMBER), (LOGS[0], "5000000000009")):
        text = log(line, digits, "IVR log:")
        assert left_of(text) == text
