"""Digits that repeat a part of a number go though the part is masked already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.read_together import AT, cleaned, look, place

from integration.core.surfaces import Role, Surface

PART = "and the last [card visa ****]"


def talk(*lines: str, minutes: int = 1) -> list[Surface]:
    """`c:` the customer writes, `a:` an agent."""
    said: list[Surface] = []
    for number, (who, text) in enumerate(line.split(": ", 1) for line in lines):
        role = Role.REQUESTER if who == "c" else Role.AGENT
        at = AT + timedelta(minutes=minutes * number)
        said.append(replace(place(text, f"m{number}"), author=who, role=role, created=at))
    return said


@pytest.mark.exhaustive
@pytest.mark.parametrize("echo", ["{}", "{}?", "{}, yes", "ok {} thanks"])
@pytest.mark.parametrize("digits", ["56324456", "5632 4456", "63148", "9653-4595-6628"])
def test_digits_that_answer_a_masked_part_go(echo: str, digits: str) -> None:
    left = cleaned(*talk(f"c: {PART}", f"a: {echo.format(digits)}"))
    assert left == {"m1": echo.format("[card visa ****]")}


@pytest.mark.parametrize(
    "lines",
    [
        (f"c: {PART}", "c: 56324456"),  # goes on himself, nobody says with what
        (f"c: {PART}", "c: my order ends in 5632 4456"),
        (f"c: {PART}", "a: your order number?", "c: 5632 4456"),
        (f"c: {PART}", "a: room 17", "c: and then 5632 4456"),
        (f"c: {PART}", "a: ok", "a: yes", "a: go on", "c: and then 5632 4456"),
        (f"c: {PART}", "a: your order is 56324456"),
        (f"c: {PART}", "a: 4456"),  # the last four may stand
        ("c: then [card visa ****]", "a: room 4456"),
        (f"c: {PART} for my order", "a: 56324456"),
        ("c: it is [card visa **** 1111]", "a: 56324456"),  # a whole number
        ("c: it is [security code removed]", "a: 56324456"),
    ],
)
def test_other_digits_stay(lines: tuple[str, ...]) -> None:
    assert cleaned(*talk(*lines)) == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("between", [(), ("a: go on",), ("a: ok", "a: next?")])
@pytest.mark.parametrize(
    "more", ["and finally {}", "{}", "ends {}.", "the end is {}", "og de siste {}"]
)
def test_the_author_of_a_part_goes_on_with_it(between: tuple[str, ...], more: str) -> None:
    left = cleaned(*talk("c: first [card visa ****]", *between, f"c: {more.format('5632 4456')}"))
    assert left == {f"m{len(between) + 1}": more.format("[card visa ****]")}


def test_a_group_that_is_not_the_last_goes_where_it_is_repeated() -> None:
    left = cleaned(*talk("c: then [card visa ****]", "a: 2674, yes", "c: ends 4090"))
    assert left == {"m1": "[card visa ****], yes", "m2": "ends [card visa ****]"}


def test_an_answer_of_another_day_repeats_nothing() -> None:
    assert cleaned(*talk(f"c: {PART}", "a: 56324456", minutes=60)) == {}


def test_a_line_that_a_later_message_quotes_goes_by_its_words() -> None:
    quote = "c: Thank you.\n\n> and the second half: 3669 0269\n"
    left = cleaned(*talk("c: and the second half: [card visa ****]", "a: Done.", quote))
    assert left == {"m2": "Thank you.\n\n> and the second half: [card visa ****]\n"}


def test_a_line_that_stands_twice_is_found_once() -> None:
    line = "c: and the second half: [card visa ****]"
    surfaces = talk(line, line, "c: > and the second half: 3669 0269")
    (hit,) = look(*surfaces).hits
    assert len(hit.removable) == 1


@pytest.mark.parametrize("quote", ["> and the 3669 0269", "> and half of it: 3669 0269"])
def test_other_words_quote_nothing(quote: str) -> None:
    assert (
        cleaned(*talk("c: and the second half: [card visa ****]", "a: Done.", f"c: {quote}")) == {}
    )
