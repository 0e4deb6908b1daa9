"""A date and a code right behind a number say that it is a card, whatever its label says."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA = "4111111111111111"


def removed(text: str) -> set[Kind]:
    return {span.kind for span in find(text) if span.action is Action.REDACT}


@pytest.mark.parametrize(
    "behind",
    [
        "(4/27) three digits 902",
        "exp 04/27 kode 902",
        "4/27, sikkerhetskode 902",
        "Exp: 04/27, CVV: 902",
        "12/28 Prüfziffer 902",
    ],
)
def test_an_order_with_a_date_and_a_code_is_a_card(behind: str) -> None:
    assert removed(f"order {VISA} {behind}") == {Kind.PAN, Kind.EXPIRY, Kind.CVV}


def test_a_date_on_the_line_below_makes_two_halves_a_card() -> None:
    text = "use this one please\n40000566\n55665556\n07.27{}\nthanks"
    assert removed(text.format("")) == {Kind.PAN, Kind.EXPIRY}
    assert removed(text.format(".2026")) == set()


@pytest.mark.parametrize("behind", ["8/26", ":point_left: 8/26", ":eyes: 08/26", ", 8/2026"])
def test_a_date_behind_a_number_in_odd_groups_makes_it_a_card(behind: str) -> None:
    assert removed(f"402691-9882-433892 {behind}") == {Kind.PAN, Kind.EXPIRY}
    assert removed(f"order 402691-9882-433892 {behind.replace('08', '8')}") == set()


def test_a_date_in_the_next_column_makes_a_number_of_seldom_used_length_a_card() -> None:
    assert removed("01  4222222222222      0327  000000012900  MUELLER") == {Kind.PAN, Kind.EXPIRY}
    assert removed("01  4148516476069      0327  000000012900  MUELLER") == {Kind.PAN, Kind.EXPIRY}
    assert removed("01  4148516476069      1327  000000012900  MUELLER") == set()
    assert removed("01  4148516476069 0327 000000012900  MUELLER") == set()


@pytest.mark.parametrize(
    "text",
    [
        "order {} 4/27, code SAVE10",
        "order {} 4/27, ref 902",
        "order {} 12/11/2026 code 902",
        "gift card {} 4/27, code 9021",
    ],
)
def test_without_a_date_and_the_code_of_a_card_the_label_counts(text: str) -> None:
    assert Kind.PAN not in removed(text.format(VISA))


def test_a_gift_card_with_the_code_of_a_card_is_one() -> None:
    assert removed(f"gift card {VISA} 4/27, cvv 902") == {Kind.PAN, Kind.EXPIRY, Kind.CVV}


@pytest.mark.parametrize(
    "behind",
    [
        "mes/año 09/26 los 3 de atrás 531",
        "09/26 los 3 de atrás 531",
        "jetzt bis 05/30 und Nr hinten 068",
        "utl 0328 cvc2 776",
        "(4/27) three digits 902",
        "(08/2027, 018)",
        "(Aug 2027, 018)",
    ],
)
def test_unusual_groups_with_a_date_and_a_code_behind_them_are_a_card(behind: str) -> None:
    assert removed(f"411111 1111111111 {behind}") == {Kind.PAN, Kind.EXPIRY, Kind.CVV}


@pytest.mark.parametrize(
    "form",
    [
        "Account number:        {}\nExpiration date:       08/29\nCVV (3 digits on back):  902",
        "Account number: {}\nExpiration date: 0 8 / 2 9\nCVV: 9 0 2",
    ],
    ids=["filled up with blanks", "digits apart"],
)
def test_the_fields_of_a_form_say_that_an_account_is_a_card(form: str) -> None:
    assert removed(form.format(VISA)) == {Kind.PAN, Kind.EXPIRY, Kind.CVV}
