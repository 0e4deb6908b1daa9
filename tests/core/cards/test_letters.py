from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

LETTERED = {
    "O for zeros": "37828224631OOO5",
    "o for zeros": "4OOO 0000 oooo 0002",
    "Q for a zero": "40000000Q0000002",
    "l for ones": "4111 l1l1 1111 111l",
    "I for ones": "41I1-1111-11I1-1111",
    "S for fives": "S555 S555 5555 4444",
    "B for an eight": "37B282246310005",
    "Z for twos": "4Z4Z 4242 4242 4242",
    "bars for ones": "4|11 1||1 1111 1111",
    "letters for the first group": "SSSS 5555 S555 4444",
    "several": "4OI2 88BB 8888 l881",
    "arabic digits too": "\u0664111 1111 I111 1111",
}


@pytest.mark.parametrize("written", LETTERED.values(), ids=LETTERED)
def test_letters_that_look_like_digits_are_read_as_digits(written: str) -> None:
    text = f"hello {written} thanks"
    (span,) = find(text)
    assert (span.kind, span.action) == (Kind.PAN, Action.REDACT)
    assert text[span.start : span.end] == written
    assert "letters-for-digits" in span.why


@pytest.mark.parametrize(
    "text",
    [
        "SOS 4111 BIOS 1111 OS 1111 Il 1111",
        "lOO% sure, 5O of us, 1O of them, 12 BILLS",
        "x4111Ill1IlllIIIllllz",
        "OOOOOO11 OOOOOOOO",
        "4Z4Z 4242 4242 4243",
        "1O2O3O4O5O6O7O8O9O1O",
    ],
)
def test_letters_in_words_and_codes_are_no_digits(text: str) -> None:
    assert find(text) == []


def test_a_bar_that_parts_fields_is_no_digit() -> None:
    text = "4O12 8888 8888 1881|08|2031|538"
    assert [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN] == [
        "4O12 8888 8888 1881"
    ]


def test_letters_beside_a_number_of_figures_take_its_words_from_nobody() -> None:
    """The SI of SIM may stand for 51; what is left would say card."""
    assert find("IMEI 862041051188234 og IMEI2 862041051188242. SIM-kort 8947") == []


def test_every_zero_may_be_the_letter_that_looks_like_it() -> None:
    assert [span.action for span in find("kortet er 4OOO OO25 OOOO 3155 men")] == [Action.REDACT]


def test_a_page_that_was_read_by_a_machine_may_have_few_true_digits() -> None:
    text = "take it frorn Mastercard  5lOl l8OO OOOO OOO7 please"
    assert mask(text, find(text)) == "take it frorn Mastercard  [card mastercard **** 0007] please"
    for other in (text.replace("7", "8"), text.replace("5", "S").replace("8", "B")):
        assert find(other) == []
