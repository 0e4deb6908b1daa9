"""Answers that have the numbers of the questions that another message asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.read_together import AT, cleaned, place

from integration.core.surfaces import Role, Surface

QUESTIONS = "Hi, please send\n1) Card number\n2) Expiry date\n3) CVV\n4) Phone\nBest, Kim"
ANSWERS = "1) 4000 0566 5566 5556\n2) 08.2031\n3) 467\n4) 912 34 567"
CLEANED = "1) [card visa **** 5556]\n2) [expiry removed]\n3) [security code removed]\n4) 912 34 567"


def message(text: str, role: Role, *, minutes: int) -> Surface:
    """What somebody of that role wrote."""
    at = AT + timedelta(minutes=minutes)
    surface: Surface = place(text, role.value)
    return replace(surface, author=role.value, role=role, created=at)


def answered(questions: str, answers: str) -> str:
    """What is left of the answers."""
    asked = message(questions, Role.AGENT, minutes=0)
    told = message(answers, Role.REQUESTER, minutes=9)
    left: dict[str, str] = cleaned(asked, told)
    return left.get(told.id, answers)


def test_each_answer_is_read_behind_the_question_with_its_number() -> None:
    assert answered(QUESTIONS, ANSWERS) == CLEANED


@pytest.mark.parametrize("number", ["40000566-5566 5556", "400 005 665 566 555 6"])
def test_a_number_may_be_grouped_in_any_way(number: str) -> None:
    left = answered(QUESTIONS, ANSWERS.replace("4000 0566 5566 5556", number))
    assert left == CLEANED.replace(" **** 5556", " ****")


@pytest.mark.parametrize("mark", ["(2)", "2.", "2:"])
def test_the_items_may_be_marked_in_several_ways(mark: str) -> None:
    left = answered("(1) Name\n(2) CVC\n(3) Kortnummer", f"{mark} 467 \n(3) 40000566-5566 5556")
    assert left == f"{mark} [security code removed] \n(3) [card visa ****]"


def test_all_of_them_may_stand_in_one_line() -> None:
    left = answered("Please tell 1) card no 2) expiry 3) cvv", ANSWERS.replace("\n", " "))
    assert left == CLEANED.replace("\n", " ")


def test_a_code_is_read_where_the_number_was_removed_before() -> None:
    answers = "1) [card visa **** 5556]\n2) 08.2031\n3) 467"
    assert answered(QUESTIONS, answers) == (
        "1) [card visa **** 5556]\n2) [expiry removed]\n3) [security code removed]"
    )


@pytest.mark.parametrize(
    "questions",
    [
        "1) Order number\n2) Date\n3) Number of guests",
        "1) Order number",
        "We need:\n1) " + "what you can tell us of your card, " * 4 + "\n2) Date",
    ],
)
def test_where_nothing_of_a_card_is_asked_for_nothing_is_read(questions: str) -> None:
    answers = "1) 4421\n2) 08.2031\n3) 467"
    assert answered(questions, answers) == answers


def test_a_list_that_is_only_quoted_is_no_answer() -> None:
    quoted = "It is 912 34 567\n\nFrom: Kim <kim@example.com>\nSent: Monday\n" + QUESTIONS
    assert answered(QUESTIONS, quoted) == quoted


def test_what_one_has_asked_oneself_makes_no_answer() -> None:
    asked = message(QUESTIONS, Role.REQUESTER, minutes=0)
    more = replace(message("2) 08.2031\n3) 467", Role.REQUESTER, minutes=1), id="m2")
    assert cleaned(asked, more) == {}
