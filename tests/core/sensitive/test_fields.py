from __future__ import annotations

import pytest

from integration.core.detection import find, mask
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


BOXES = """
Name of cardholder: | K | A | R | I |
Card number:        | 4 | 0 | 0 | 0 | 0 | 5 | 6 | 6 | 5 | 5 | 6 | 6 | 5 | 5 | 5 | 6 |
Good until:         | 0 | 1 | / | 2 | 8 |
CVC:                | 9 | 6 | 4 |
"""


def test_each_digit_may_have_a_box_of_its_own(found) -> None:
    assert found(BOXES, Kind.EXPIRY) == ["0 | 1 | / | 2 | 8"]
    assert found(BOXES, Kind.CVV) == ["9 | 6 | 4"]


def test_both_ends_of_a_time_go_where_a_card_is_good_from_one_to_the_other(found) -> None:
    text = f"American Express {CARD}\nGyldig f.o.m. 01/25 t.o.m. 01/29"
    assert found(text, Kind.EXPIRY) == ["01/25", "01/29"]


def test_a_label_in_bold_hides_no_code(found) -> None:
    form = f"**Card number:** `{CARD}`\n**Expiry:** 2027-10\n**Security code:** 853\n**Reason:** x"
    assert found(form, Kind.CVV) == ["853"]
    assert found(f"**Card:** {CARD}\n**PIN:** 4711", Kind.PIN) == ["4711"]
    assert found(f"card {CARD}, ending ** 853", Kind.CVV) == []


def test_the_end_of_a_masked_number_is_no_pin_though_it_reads_as_a_date() -> None:
    text = "Kort **** 1234, PIN: 4711"
    assert mask(text, find(text)) == "Kort **** 1234, PIN: [PIN removed]"


def test_the_head_of_a_line_of_a_log_parts_no_prompt_from_its_answer(found) -> None:
    log = (
        "2025-10-14 09:12:41.007 DEBUG ivr.dtmf  digits collected: 4111111111111111 term=#\n"
        "2025-10-14 09:12:44.233 INFO  ivr.flow  prompt=ENTER_EXPIRY\n"
        "2025-10-14 09:12:49.871 DEBUG ivr.dtmf  digits collected: 0528 term=#\n"
        "2025-10-14 09:12:50.010 INFO  ivr.flow  prompt=ENTER_CVV\n"
        "2025-10-14 09:12:55.120 DEBUG ivr.dtmf  digits collected: 331 term=#\n"
    )
    assert found(log, Kind.CVV) == ["331"]
    assert found(log, Kind.EXPIRY) == ["0528"]
