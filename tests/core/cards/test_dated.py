"""An expiry that touches its number, and a code that touches the expiry: all three are taken."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

VISA, AMEX = "4111111111111111", "378282246310005"


def taken(text: str, media_type: str = "text/plain") -> list[tuple[str, str]]:
    spans = find(text, media_type)
    assert all(span.action is Action.REDACT for span in spans)
    return [(span.kind.value, text[span.start : span.end]) for span in spans]


@pytest.mark.exhaustive
@pytest.mark.parametrize("date", ["12/28", "12/2028", "12-28", "12.28", "12_28", "01/31"])
@pytest.mark.parametrize("around", ["{}", "card: {}", "kort {} takk", "({})"])
@pytest.mark.parametrize("number", [VISA, AMEX, "4111 1111 1111 1111", "3782-822463-10005"])
def test_a_date_that_touches_a_number_hides_neither(number, date, around):
    found = taken(around.format(number + date))
    assert found == [("PAN", number), ("EXPIRY", date)]


@pytest.mark.parametrize("gap", ["", " ", "-", ", ", " | "])
@pytest.mark.parametrize("date", ["1228", "12/28", "12/2028", "122028"])
def test_a_code_that_touches_the_date_is_taken_too(gap, date):
    assert taken(f"kort {VISA}{gap}{date}739") == [
        ("PAN", VISA),
        ("EXPIRY", date),
        ("CVV", "739"),
    ]


def test_the_code_has_as_many_digits_as_the_scheme_gives_it():
    assert ("CVV", "1234") in taken(f"{AMEX} 12/281234")
    assert not [kind for kind, _ in taken(f"kort {VISA} 12/281234") if kind == "CVV"]


def test_cells_that_run_together_are_three_values():
    page = f"<p><span>{VISA}</span><span>12/28</span><span>739</span></p>"
    assert taken(page, "text/html") == [("PAN", VISA), ("EXPIRY", "12/28"), ("CVV", "739")]
    masked = mask(page, find(page, "text/html"), media_type="text/html")
    assert not {"1111", "12/28", "739"} & set(masked.replace("<", " ").replace(">", " ").split())


@pytest.mark.parametrize(
    "text",
    [
        "411111111111111112/13x",
        "411111111111111113/28",
        "411111111111111212/28",
        "11112/28 12/28",
        "1234 5678 9012 3456 7890 1112/28",
    ],
)
def test_what_is_no_date_behind_a_number_makes_no_number_of_it(text):
    assert [kind for kind, _ in taken(text) if kind == "PAN"] == []


@pytest.mark.parametrize(
    "call",
    [
        "charge('{}', '09', '2028', '576', 17900)",
        'charge("{}","09","28","576")',
        "[{}, 09, 2028, 576, None]",
    ],
)
def test_the_month_the_year_and_the_code_of_a_call_go_with_the_number(call: str) -> None:
    text = f"#1 Client->{call.format('4111111111111111')}"
    found = {span.kind: text[span.start : span.end] for span in find(text)}
    assert found[Kind.CVV] == "576"
    assert "09" in found[Kind.EXPIRY]


def test_numbers_of_a_call_that_are_no_date_stay() -> None:
    text = "charge('4111111111111111', '19', '2028', '576')"
    assert [span.kind for span in find(text)] == [Kind.PAN]


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        ("x0926 c402. 1st pymt ok", "[expiry removed] c[security code removed]. 1st pymt ok"),
        ("0926 V883 n/o/c", "[expiry removed] V[security code removed] n/o/c"),
    ],
)
def test_a_date_and_a_code_go_as_an_agent_jots_them_down(behind: str, left: str) -> None:
    text = f"card 4111111111111111 {behind}"
    assert mask(text, find(text)).removeprefix("card [card visa **** 1111] ").lstrip("x") == left


@pytest.mark.parametrize("behind", ["0926 c4021", "0926 room 402", "1326 c402"])
def test_what_is_no_date_and_code_of_a_card_is_not_jotted_down(behind: str) -> None:
    text = f"card 4111111111111111 {behind}"
    assert "[security code removed]" not in mask(text, find(text))


@pytest.mark.parametrize("number", [AMEX, "4111 1111 1111 1111", "4111-1111-1111-1111"])
def test_a_date_without_a_mark_may_touch_the_number(number: str) -> None:
    assert taken(f"card {number}0428 thanks") == [("PAN", number), ("EXPIRY", "0428")]
    assert taken(f"card {number}1328 thanks") == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("before", ["", "no", "chg", "c/c "])
@pytest.mark.parametrize("behind", ["x0428", "x0428s085", "e0428", "x085"])
def test_what_an_agent_jots_down_may_touch_the_number(before: str, behind: str) -> None:
    assert ("PAN", VISA) in taken(f"{before}{VISA}{behind}. rel job")
    assert taken(f"{before}7{VISA}{behind}. rel job") == []


def test_a_short_date_and_code_may_touch_the_number() -> None:
    text = "mc 5555 5555 5555 4444ex 3/31 cv407 . send"
    assert mask(text, find(text)) == (
        "mc [card mastercard **** 4444]ex [expiry removed] cv[security code removed] . send"
    )
