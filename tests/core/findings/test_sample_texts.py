from __future__ import annotations

from dataclasses import replace

import pytest

from integration.core.detection import contains_card
from integration.core.findings.sample_texts import Row, answers, render, row_id
from integration.core.masks import LOCALES
from integration.core.rows import VerdictRow

FIND = VerdictRow("acme", "k6citev3", "message:1", "PAN", 8, 27, "sure", "asked")
NAME = row_id(FIND)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_ticket_lists_places_and_no_number(locale) -> None:
    text = render([Row(FIND, "OGE-KXVGJ-459", "https://desk.example/#k6citev3")], locale)
    (line,) = [line for line in text.body.splitlines() if line.startswith(NAME)]
    assert "OGE-KXVGJ-459, message:1, https://desk.example/#k6citev3" in line
    assert not contains_card(f"{text.subject}\n{text.body}")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_ticket_itself_answers_nothing(locale) -> None:
    rows = [Row(replace(FIND, kind=kind), "", "") for kind in ("PAN", "PASSWORD", "ONE_TIME_CODE")]
    assert list(answers(render(rows, locale).body)) == []


def test_places_have_names_of_their_own() -> None:
    others = [replace(FIND, start=9), replace(FIND, kind="CVV"), replace(FIND, ticket="t2")]
    assert len({row_id(find) for find in [FIND, *others]}) == 4
    assert row_id(replace(FIND, verdict="right", confidence="unsure")) == NAME


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (f"{NAME} ok", "right"),
        (f"{NAME.lower()}: OK", "right"),
        (f"- {NAME} - Riktig!", "right"),
        (f"{NAME} = feil, det er en ordre", "wrong"),
        (f"> {NAME}\twrong", "wrong"),
        (f"{NAME} usikker", "skipped"),
    ],
    ids=["plain", "colon", "dash", "norwegian", "quoted", "unsure"],
)
def test_answers_are_read_however_they_are_written(reply, verdict) -> None:
    assert list(answers(f"Hello,\n{reply}\nKari")) == [(NAME, verdict)]


def test_what_is_no_answer_says_nothing() -> None:
    assert list(answers(f"{NAME}\nok\n\nABC ok, {NAME} perhaps {NAME}: card number")) == [
        (NAME, "right")
    ]
    assert list(answers("ABCDEFGH ist ok, all ok")) == []
