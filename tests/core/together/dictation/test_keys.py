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


@pytest.mark.parametrize("line", LOGS, ids=range(len(LOGS)))
def test_every_key_of_a_number_goes_however_it_is_logged(line: str) -> None:
    assert left_of(log(line, NUMBER)) == log(line, "*" * len(NUMBER))


def test_keys_before_it_stay_and_its_date_and_code_go() -> None:
    left = left_of(log(LOGS[0], f"12{NUMBER}0831123"))
    assert left == log(LOGS[0], f"12{'*' * (len(NUMBER) + 7)}")


@pytest.mark.parametrize(
    ("digits", "head"),
    [
        (NUMBER, "IVR log, enter customer number:"),  # nobody says card
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
