"""What is asked in one line and answered in the next, and dates whose day is a word."""

from __future__ import annotations

import itertools

import pytest

from integration.core.identifiers import find
from integration.core.spans import Kind
from integration.core.text.reading import read


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[hit.start : hit.end], hit.kind) for hit in find(read(text))]


QUESTIONS = [
    "Operatore: mi dice la data di nascita?",
    "agent: and your birthday to confirm?",
    "[12:44] Agent: date of birth please?",
    "Fødselsdato?",
    "fecha de nacimiento ?",
    "dob??",
    "What is your D.O.B?",
]
ANSWERS = {
    "bare": "",
    "name": "Cliente: ",
    "short-name": "me: the ",
    "time-and-name": "[12:45] Bob: ",
    "time-in-words": "10:02 am Kari Nordmann: ",
    "day-and-time": "[24.11.2026, 12:45:10] Bob: ",
    "name-then-time": "Kari 12:45\n",
    "blank-line": "\n",
}


@pytest.mark.parametrize("date", ["07/08/1990", "3.2.84", "5th of October 1961", "1984-03-12"])
def test_a_birth_date_answers_the_question_before_it(date) -> None:
    def is_found(question: str, answer: str) -> bool:
        return found(f"{question}\n{answer}{date}\nthanks") == [(date, Kind.DOB)]

    rows = itertools.product(QUESTIONS, ANSWERS)
    assert [row for row in rows if not is_found(row[0], ANSWERS[row[1]])] == []


@pytest.mark.parametrize("date", ["07/08/1990", "3 May 1984"])
def test_a_question_may_be_answered_on_its_line(date) -> None:
    assert found(f"What is your date of birth? It's {date}.") == [(date, Kind.DOB)]


@pytest.mark.parametrize(
    "text",
    [
        "Your date of birth?\nNo thanks, when will it come?\nOn 24.11.2026",
        "Your date of birth?\nNo.\nThe order is from\n24.11.2026",
        "What is your date of birth? I placed that order of mine on 12.03.2020",
        "Your date of birth? And the expiry date of the card?\n12.03.2026",
        "Your birthday?\nno answer from them yet",
        "Your birthday?\nroom 44",
        "Your date of birth?\nexpiry 12.03.2026",
    ],
    ids=[
        "asked-again",
        "later-line",
        "other-date",
        "other-label",
        "no-digit",
        "no-date",
        "labelled",
    ],
)
def test_a_date_that_answers_something_else_is_no_birth_date(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("geboren dritter Februar 1972, Karte", "dritter Februar 1972"),
        ("born on the fifth of October 1961.", "fifth of October 1961"),
        ("dob?\nme: the fifth of October 1961", "fifth of October 1961"),
        ("née le premier février 1972", "premier février 1972"),
        ("født den femte oktober 1961", "femte oktober 1961"),
        ("date of birth: March the third, 1980", "March the third, 1980"),
        ("nato il tre marzo 1980", "tre marzo 1980"),
        ("urodzony dwudziestego trzeciego marca 1980", "dwudziestego trzeciego marca 1980"),
    ],
    ids=["de", "en", "answered", "fr", "nb", "month-first", "it", "pl"],
)
def test_the_day_of_a_birth_date_may_be_a_word(text, date) -> None:
    assert found(text) == [(date, Kind.DOB)]


@pytest.mark.parametrize(
    "text",
    ["born in February 1972", "born in a small town 1972", "born on the fifth of May 197"],
    ids=["no-day", "no-month", "no-year"],
)
def test_words_before_a_year_that_say_no_day_are_no_date(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("נולדתי ב-3 במרץ 1980, כרטיס", "3 במרץ 1980"),
        ("נולדתי ב3.3.1980", "3.3.1980"),
        ("אני נולדתי בתאריך ה-5 באוקטובר 1961", "5 באוקטובר 1961"),
        ("تاريخ الميلاد 3 مارس 1980", "3 مارس 1980"),
    ],
    ids=["glued-month", "glued-date", "glued-article", "arabic"],
)
def test_prefixes_may_be_glued_to_days_and_months(text, date) -> None:
    assert found(text) == [(date, Kind.DOB)]


@pytest.mark.parametrize(
    "question",
    ["can I have your social?", "thanks, and ssn?", "Please confirm your SSN"],
)
@pytest.mark.parametrize("who", ["", "me: ", "Customer (10:22): ", "[12:45] Bob: "])
@pytest.mark.parametrize("number", ["774-09-9358", "774099358"], ids=["grouped", "solid"])
def test_a_social_security_number_answers_the_question_before_it(question, who, number) -> None:
    assert found(f"agent: {question}\n{who}{number}") == [(number, Kind.US_SSN)]


@pytest.mark.parametrize(
    "text", ["the code i got is 123456", "koden jeg fikk er 123456"], ids=["en", "nb"]
)
def test_a_code_that_someone_got_is_for_one_use(text) -> None:
    assert found(text) == [("123456", Kind.ONE_TIME_CODE)]
