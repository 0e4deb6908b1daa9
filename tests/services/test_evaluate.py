"""Asking a person about a sample: what is asked, what is kept, and going on after a stop."""

from __future__ import annotations

import random

import pytest
from support.memory_desk import CARD

from integration.core.errors import RateLimited
from integration.core.policy import Policy
from integration.services import evaluate, sampling
from integration.services.evaluate import Evaluation, Sample, summary

PARCEL = "your parcel 1234 5678 9012 3456 7"


class Person:
    """Answers as told, one after the other, then always the last."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked = []

    def __call__(self, question):
        self.asked.append(question)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def sit(desk, store, clock):
    def run(person, size=20, **changes):
        sitting = Evaluation("acme", desk, store, Policy(), clock, person, **changes)
        return sitting.run(size, random.Random(3))

    return run


def total(store):
    with store.transaction() as tables:
        return summary(tables, "acme")


def kept(store):
    with store.transaction() as tables:
        return tables.verdicts.list("acme")


def write(desk, *texts):
    return [desk.write_ticket(desk.message(text)) for text in texts]


def test_each_find_of_the_sample_is_asked_about_and_counted_by_kind(desk, sit, store):
    write(desk, f"card {CARD} cvc 123", f"card {CARD}", "hello")
    person = Person("right", "wrong", "right")
    assert sit(person)
    assert sorted(q.row.kind for q in person.asked) == ["CVV", "PAN", "PAN"]
    found = total(store)
    assert found.tickets == 3
    assert sum(right for right, _ in found.by_kind.values()) == 2
    assert {kind: n for kind, (_, n) in found.by_kind.items()} == {"CVV": 1, "PAN": 2}


def test_nothing_is_written_to_the_helpdesk(desk, sit):
    write(desk, f"card {CARD}")
    sit(Person("right"))
    assert desk.acts == []


def test_what_is_shown_and_what_is_kept_holds_no_digit_of_the_number(desk, sit, store):
    write(desk, f"my card {CARD} please")
    person = Person("right")
    sit(person)
    (excerpt,) = person.asked[0].excerpts
    assert (excerpt.before, excerpt.after) == ("my card", "please")
    assert "1111" not in repr(person.asked)
    (row,) = kept(store)
    assert (row.surface, row.start, row.end) == ("message:501", 8, 27)
    assert (row.kind, row.confidence, row.verdict) == ("PAN", "sure", "right")


def test_a_clean_ticket_with_a_long_number_is_asked_about_too(desk, sit, store):
    write(desk, PARCEL, "hello", PARCEL)
    person = Person("missed", "right")
    assert sit(person)
    assert [q.is_clean for q in person.asked] == [True, True]
    found = total(store)
    assert (found.missed, found.with_numbers, found.by_kind) == ((1, 2), 2, {})


@pytest.mark.parametrize(
    ("confidence", "bucket"), [(0.9, "sure"), (0.8, "sure"), (0.6, "likely"), (0.45, "unsure")]
)
def test_how_sure_we_were_is_kept_in_three_steps(confidence, bucket):
    assert evaluate._bucket(confidence) == bucket


def test_only_a_part_of_the_questions_is_about_clean_tickets(desk, sit, store):
    write(desk, *[PARCEL] * 30)
    person = Person("right")
    sit(person, size=30)
    assert len(person.asked) == evaluate.LEAST_CLEAN
    assert total(store).with_numbers == 30


def test_it_goes_on_where_it_was_stopped(desk, sit, store):
    write(desk, *[f"card {CARD}"] * 4)
    first = Person("right", "wrong", None)
    assert not sit(first)
    second = Person("right")
    assert sit(second)
    assert len(second.asked) == 2
    third = Person("wrong")
    assert sit(third)
    assert third.asked == []
    assert total(store).by_kind == {"PAN": (3, 4)}


def test_a_skipped_find_is_not_asked_again_and_not_counted(desk, sit, store):
    write(desk, f"card {CARD}")
    sit(Person("skipped"))
    again = Person("right")
    assert sit(again)
    assert again.asked == []
    assert total(store).by_kind == {}


def test_a_sample_of_another_size_is_drawn_anew(desk, sit, store):
    write(desk, *[f"card {CARD}"] * 25)
    listed = []
    sit(Person("right"), size=5, on_listed=listed.append)
    assert listed == [10, 20, 25]
    assert total(store).tickets == 5
    sit(Person("right"), size=10)
    assert total(store).tickets == 10


def test_a_ticket_that_is_gone_is_passed_over(desk, sit, monkeypatch, store):
    first, second = write(desk, f"card {CARD}", f"card {CARD}")

    def forget(_question):
        desk.tickets.pop(second if _question.ticket.id == first else first, None)
        return "right"

    assert sit(forget)
    assert total(store).by_kind == {"PAN": (1, 1)}


def test_a_spent_budget_is_waited_for(desk, sit, clock):
    write(desk, f"card {CARD}")
    desk.errors = [RateLimited("later", retry_after=30.0), RateLimited("later")]
    start = clock.now()
    assert sit(Person("right"))
    assert (clock.now() - start).total_seconds() == 30.0 + sampling.NAP


def test_an_account_without_a_sample_has_no_result(store):
    assert total(store) is None


def test_a_sample_survives_being_stored():
    sample = Sample(5, "ff", "3", 7, listed_all=True, chosen=("a", "b"), done=("a",))
    assert Sample.from_json(sample.to_json()) == sample
    assert sample.left == ("b",)
