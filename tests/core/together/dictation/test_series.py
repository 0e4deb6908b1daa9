"""A number goes whose groups are the values of fields that are counted."""

from __future__ import annotations

import re

import pytest
from support.read_together import cleaned, place

FIELDS = (
    "POST /pay\n\norder=0025278820&ccA={}&ccB={}&ccC={}&ccD={}&expmm=07&expyy=28&sum=129900",
    "legacy form for a card:\nbox1={}\nbox2={}\nbox3={}\nbox4={}\n",
    '{{"pan0": "{}", "pan1": "{}", "pan2": "{}", "pan3": "{}", "exp": "07/28"}}',
    "card[0]={}&card[1]={}&card[2]={}&card[3]={}",
)
GROUPS = ("4000", "0566", "5566", "5556")


def left_of(text: str) -> str:
    """What is left, each piece that is gone as one star."""
    left: dict[str, str] = cleaned(place(text))
    left_text = left.get("message", text)
    return re.sub(r"\[card [^\]]*\]|\[expiry removed\]", "*", left_text)


@pytest.mark.parametrize("fields", FIELDS, ids=["form", "lines", "JSON", "list"])
def test_all_groups_go_and_their_names_stay(fields: str) -> None:
    left = left_of(fields.format(*GROUPS))
    assert not any(group in left for group in GROUPS)
    assert re.findall(r"[a-z]+", left) == re.findall(r"[a-z]+", fields)


def test_other_fields_may_be_counted_with_them() -> None:
    left = left_of("card f1=1234&f2=4000&f3=0566&f4=5566&f5=5556&f6=9999")
    assert left == "card f1=1234&f2=*&f3=*&f4=*&f5=*&f6=9999"


def test_an_american_express_number_has_three() -> None:
    assert left_of("card1=3782 card2=822463 card3=10005") == "card1=* card2=* card3=*"


@pytest.mark.parametrize(
    "text",
    [
        FIELDS[1].format(*GROUPS).replace("card", "room"),
        FIELDS[1].format(*GROUPS[:3], "5557"),
        FIELDS[1].format(*GROUPS).replace("box3", "bag3"),
        FIELDS[1].format(*GROUPS).replace("box3", "box5"),
        FIELDS[1].format(*GROUPS).replace("box", "order"),
        "card order1: 45391, order2: 48803, order3: 436467",
        "card f1: 45391, f2: 48803, f3: 436467",
    ],
    ids=[
        "no card",
        "no number",
        "another name",
        "not counted",
        "orders",
        "odd orders",
        "odd",
    ],
)
def test_other_fields_stay(text: str) -> None:
    assert left_of(text) == text
