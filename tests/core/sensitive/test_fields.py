from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"number: {CARD} exp_month: 3, exp_year: 2027", ["3", "2027"]),
        (f"{CARD}&exp_month=03&exp_year=27&cvv=123", ["03", "27"]),
        (f'{{"number":"{CARD}","exp_year":2027,"exp_month":12}}', ["2027", "12"]),
        (f"Card number: {CARD}\nExpiry month: 3\nExpiry year: 2027", ["3", "2027"]),
        (
            f"{CARD}\nValid until (month): January\nValid until (year): 2030\nCVC2: 509",
            ["January", "2030"],
        ),
    ],
)
def test_month_and_year_may_stand_in_fields_of_their_own(found, text: str, parts: list) -> None:
    assert found(text, Kind.EXPIRY) == parts


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} exp_month: 3",
        f"{CARD} exp_month: 13, exp_year: 2027",
        f"{CARD} exp_month: 3, exp_year: 1999",
        f"{CARD} expiry unknown",
        f"{CARD}\nExpiry month: January\nExpiry year: 12345",
        f"{CARD} expiry room 5",
    ],
)
def test_half_a_date_is_no_date(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == []
