"""Several numbers in one row, each perhaps with its date and its code."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA, MASTER, AMEX = "4111 1111 1111 1111", "5555 5555 5555 4444", "3782 822463 10005"


@pytest.mark.parametrize(
    "row",
    [
        "{visa} 1227 {master} 0128",
        "{visa} {amex}",
        "{amex} {visa} 1228",
        "{amex} 1234 {master}",
        "{visa} 123 {master} 0128 456",
        "{visa} 1227 123 {master} {amex} 0629 1234",
    ],
)
def test_every_number_of_a_row_that_comes_out_even_goes(row: str) -> None:
    text = row.format(visa=VISA, master=MASTER, amex=AMEX)
    numbers = [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN]
    assert set(numbers) == {each for each in (VISA, MASTER, AMEX) if each in text}
    assert all(span.action is Action.REDACT for span in find(text))


@pytest.mark.parametrize(
    "row",
    [
        "{visa} 1327 {master} 0128",  # no month
        "{visa} 1227 5555 5555 5555 4445",  # no number
        "{visa} 1227 1234 {master}",  # a code of another card
    ],
)
def test_a_row_that_does_not_come_out_even_is_a_list(row: str) -> None:
    text = row.format(visa=VISA, master=MASTER)
    assert VISA not in [text[span.start : span.end] for span in find(text)]


def test_a_short_group_may_be_left_behind_them() -> None:
    text = f"{AMEX} {VISA} 1111"
    numbers = [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN]
    assert numbers == [AMEX, VISA]
