from __future__ import annotations

import pytest

from integration.core.sensitive.codes import CARD_MARK, Value, What, is_code, is_pin, values_in

CARD = CARD_MARK * 16


def first(text: str) -> Value:
    return values_in(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "123",
        "cvv 123.",
        "(123)",
        "1 2 3",
        "|1|2|3|",
        "[1][2][3]",
        "1-2-3",
        "dtmf=1,2,3",
        "cvv: 1,2,3",
        "is 123, thanks",
        "123\n£20",
        "£\n123",
    ],
)
def test_three_digits_can_be_a_code(text: str) -> None:
    assert is_code(first(text), four=False)


@pytest.mark.parametrize("text", ["pages 1,2,3", "1,2,3 of 5"])
def test_numbers_apart_by_commas_are_none_amid_other_words(text: str) -> None:
    assert not any(is_code(value, four=False) for value in values_in(text))


def test_four_digits_can_be_a_code_of_some_cards() -> None:
    assert is_code(first("4321"), four=True)
    assert not is_code(first("4321"), four=False)


@pytest.mark.parametrize(
    "text",
    ["123.50", "1.123", "$123", "123 $", "123%", "+123", "123,-", "123kr", "932 28 861", "123-456"],
)
def test_a_part_of_something_longer_is_no_code(text: str) -> None:
    assert not any(is_code(value, four=True) for value in values_in(text))


@pytest.mark.parametrize("text", ["4321", "123456", "1 2 3 4", "0327"])
def test_four_digits_and_more_can_be_a_pin(text: str) -> None:
    assert is_pin(first(text))


@pytest.mark.parametrize("text", ["123", "1234567890123", "12/27", "4321.50"])
def test_other_numbers_are_no_pin(text: str) -> None:
    assert not is_pin(first(text))


def test_a_card_a_date_and_a_code_are_told_apart_however_they_are_joined() -> None:
    for text in (f"{CARD}/12/27/123", f"{CARD}-12/27-123", f"{CARD},12/27,123"):
        assert [value.what for value in values_in(text)] == [What.CARD, What.DATE, What.NUMBER]
        assert is_code(values_in(text)[-1], four=False)


def test_a_postcode_behind_a_code_is_no_part_of_it() -> None:
    card, date, code, postcode = values_in(f"{CARD} 12/27 019 45202")
    assert (card.what, date.what, postcode.digits) == (What.CARD, What.DATE, 5)
    assert is_code(code, four=False)
    assert not any(is_code(value, four=False) for value in values_in("call 019 45202"))


def test_the_sign_of_a_currency_belongs_to_the_digits_behind_it() -> None:
    code, _ = values_in("cvv 163 £50")
    assert is_code(code, four=False)
    assert not any(is_code(value, four=False) for value in values_in("163 £"))


def test_the_name_of_a_month_belongs_to_one_date_only() -> None:
    dates = values_in("27 march 28")
    assert [(value.start, value.end) for value in dates] == [(0, 8), (9, 11)]


def test_a_card_knows_whether_its_code_has_four_digits() -> None:
    assert values_in(CARD, frozenset({0}))[0].four
    assert not values_in(CARD)[0].four


@pytest.mark.parametrize(
    "text",
    [
        *("0221 555 0 118", "06-48 21 77 03", "0221 / 555 01 43", "0131 496 0733", "0512-551 902"),
        *("0910-555 01", "0912-345-678", "0910-55 501 12"),
    ],
)
def test_a_telephone_number_begins_with_no_date(text: str) -> None:
    assert values_in(text)[0].what is What.NUMBER
