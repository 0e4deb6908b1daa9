"""Numbers without their last digit: it is the check digit, so nothing is hidden."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, look, place


@pytest.mark.parametrize(
    ("said", "number", "brand"),
    [
        ("mitt Mastercard är {}? den sista: 1 plus 1", "5301 6629 0488 176", "mastercard"),
        ("My Visa is {} and then one more digit at the end", "4539 3460 8488 648", "visa"),
        ("card {}x", "4539 3460 8488 648", "visa"),
        ("card {}?, it was torn off", "4539-3460-8488-648", "visa"),
    ],
    ids=["left open", "said to be missing", "a letter", "with dashes"],
)
def test_a_number_goes_whose_last_digit_is_left_out(said: str, number: str, brand: str) -> None:
    done = cleaned(place(said.format(number)))["message"]
    assert done == said.format(f"[card {brand} ****]")
    assert cleaned(place(done)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "My Visa is 4539 3460 8488 648.",
        "my card, booking 4539 3460 8488 648? my name is Ola",
        "My card order 453934608488648, the last four digits of the card are 1234",
        "The SIM card does not work. IMEI: 354938035643800, the digits at the end are 1234",
        "Is it my Visa 4539 3460 8488 648? Thanks",
        "My Visa is 4539 3460 8488 648, the rest is mine",
        "the digits at the end of invoice 4539 3460 8488 648?",
        "card 4539 3460 8488 648 12? at the end a digit",
        "card 7539 3460 8488 641x",
    ],
    ids=[
        "nothing is said",
        "a booking",
        "an order",
        "an IMEI",
        "a question",
        "no digit",
        "no card",
        "more digits",
        "no brand",
    ],
)
def test_what_nobody_calls_incomplete_stays(text: str) -> None:
    assert not [span for hit in look(place(text)).hits for span in hit.spans]


def test_a_number_that_is_whole_with_fifteen_is_found_before() -> None:
    (hit,) = look(place("card 3782 8224 6310 005?")).hits
    assert [span.brand for span in hit.spans] == ["amex"]
