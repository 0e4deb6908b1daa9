from __future__ import annotations

import re

import pytest

from integration.core.detection import find
from integration.core.sensitive.dates import (
    Date,
    Form,
    date_at,
    ends_month,
    is_amid_month,
)
from integration.core.sensitive.months import is_month
from integration.core.spans import Kind
from integration.core.words.vocabulary import as_read

VISA = "4111111111111111"


def read(text: str) -> tuple[str, Form] | None:
    """Return the first date of a text and its form."""
    letters = as_read(text)
    for run in re.finditer("[0-9]+", letters):
        if date := date_at(letters, *run.span()):
            return letters[date.start : date.end], date.form
    return None


@pytest.mark.parametrize(
    "text",
    [
        "12/27",
        "3/27",
        "03/2027",
        "03 / 27",
        "03|27",
        "03-27",
        "03-2027",
        "03.2027",
        "2027-03",
        "2027/3",
        "03/2570",
        "2027年3月",
        "27年3月",
        "3月/27",
        "2027년 3월",
        "mars 2027",
        "Mar-27",
        "Mar '27",
        "marzo de 2027",
        "březen roku 2027",
        "Μάρτιο του 27",
        "2027. gada marts",
        "3 năm 2027",
        "3 سنة 2027",
        "3 ปี 2027",
        "জুন ২০২৮",
        "آذر ۱۴۰۷",
        "марта 2027",
        "März 2027",
        "03 of 2027",
        "VII.2028",
        "VII/28",
        "2028 májusában",
        "syyskuuhun 2028",
        "2027. március",
        "มีนาคม 2570",
        "١٢/٢٧",
        "０３／２７",
        "0|3 / 2|7",
    ],
)
def test_a_month_and_a_year_are_clear(text: str) -> None:
    assert read(text) == (as_read(text), Form.CLEAR)


@pytest.mark.parametrize(
    "text",
    [
        "0327",
        "032027",
        "202703",
        "03 27",
        "3.27",
        "03,27",
        "3 2027",
        "27/03",
        "27-mar",
        "10/12",
        "0 3 2 7",
        "0-3-2-7",
        "0|3|2|7",
        "0|3| |2|7",
        "1 2 2 8",
        "1][2] [2][7",
        "03*27",
        "03_2027",
        "0\t3\t\t2\t7",
        "2027_03",
    ],
)
def test_what_may_be_another_number_is_a_short_date(text: str) -> None:
    assert read(text) == (text, Form.SHORT)


@pytest.mark.parametrize("text", ["31.12.2027", "01/12/27", "2027-12-31", "12:27"])
def test_a_date_with_a_day_and_a_clock_need_their_label(text: str) -> None:
    assert read(text) == (text, Form.OTHER)


@pytest.mark.parametrize(
    "text",
    [
        "13/27",
        "00/27",
        "12/99",
        "0350",
        "1327",
        "2051-12",
        "12/271",
        "word 2027",
        "27 to",
        "4/21/1958",
    ],
)
def test_what_no_card_can_bear_is_no_date(text: str) -> None:
    assert read(text) is None


def test_a_roman_figure_is_a_month_before_its_mark_only() -> None:
    assert read("2028. V. ho") == ("2028. v", Form.CLEAR)
    assert read("henry v 2028") is None


def test_a_code_may_follow_a_date_behind_a_mark() -> None:
    assert read("12/27/123") == ("12/27", Form.CLEAR)
    assert read("12/27/1234") == ("12/27", Form.CLEAR)


def test_a_month_is_known_in_its_cases() -> None:
    assert all(is_month(as_read(word)) for word in ("März", "марта", "grudnia", "dec"))
    assert not any(is_month(word) for word in ("de", "monday", "card"))


@pytest.mark.parametrize(
    "text",
    ["23 nov 2026", "23. november 2026", "23rd of november 2026", "23 de nov de 2026"],
)
def test_a_day_with_its_month_and_year_is_one_date_like_any_other(text: str) -> None:
    assert date_at(text, 0, 2) == Date(0, len(text), Form.OTHER)


@pytest.mark.parametrize("text", ["nov 26, 2026", "november 26 2026", "nov 26th, 2026"])
def test_a_month_with_its_day_and_year_is_one_date_like_any_other(text: str) -> None:
    at = text.index("26")
    assert date_at(text, at, at + 2) == Date(0, len(text), Form.OTHER)


@pytest.mark.parametrize(
    "text", ["26. nov 2026", "26th of november 2026", "1 de marzo 2026", "09/oct/2026"]
)
def test_the_year_of_a_date_with_its_day_is_no_month_and_year(text: str) -> None:
    assert date_at(text, len(text) - 4, len(text)) == Date(0, len(text), Form.OTHER)


def test_the_first_and_the_last_of_some_days_are_no_month_and_year(found) -> None:
    text = f"Card: {VISA} (expires 04-28), away 12-19 July 2027"
    assert found(text, Kind.EXPIRY) == ["04-28"]


def test_a_day_may_stand_behind_its_year_and_month() -> None:
    assert date_at("2025. marc. 12., wubba", 0, 4) == Date(0, 15, Form.OTHER)
    assert date_at("2027. marc, 123", 0, 4) == Date(0, 10, Form.CLEAR)


@pytest.mark.parametrize("text", ["28feb26", "28 feb 26", "28. feb 26"])
def test_a_short_year_of_a_date_with_its_day_is_no_month_and_year(text: str) -> None:
    assert date_at(text, len(text) - 2, len(text)) == Date(0, len(text), Form.OTHER)


def test_the_day_of_an_arrival_beside_a_card_stays(found) -> None:
    assert found(f"card {VISA}, arrival 28FEB26", Kind.EXPIRY) == []
    assert found(f"card {VISA}, FEB26", Kind.EXPIRY) == ["FEB26"]


def test_a_year_belongs_to_the_month_before_it() -> None:
    assert date_at("nov 2029 / 3", 4, 8) == Date(0, 8, Form.CLEAR)


def test_a_day_of_a_month_is_no_year() -> None:
    assert read("12 march") == ("12 march", Form.OTHER)
    assert read("January 30th") is None


def test_thai_months_and_years_are_read() -> None:
    short = "\u0e21\u0e35.\u0e04. "
    assert date_at(f"{short}70", 6, 8) == Date(0, 8, Form.CLEAR)
    assert date_at(f"{short}2570", 6, 10) == Date(0, 10, Form.CLEAR)
    assert date_at(f"{short}700", 6, 9) is None


@pytest.mark.parametrize("text", ["2709", "2811"])
def test_year_and_month_need_a_label(text: str) -> None:
    assert date_at(text, 0, 4) == Date(0, 4, Form.OTHER)


@pytest.mark.parametrize("date", ["06/08", "09/07", "06-08"])
def test_a_year_of_long_ago_is_one_behind_a_word_for_the_expiry_of_a_card(found, date) -> None:
    assert found(f"{VISA} expiry date: {date}", Kind.EXPIRY) == [date]
    assert found(f"{VISA}, ordered {date}", Kind.EXPIRY) == []


@pytest.mark.parametrize("date", ["12 slash 28", "12 skråstrek 28"])
def test_a_sign_may_be_dictated(found, date: str) -> None:
    assert found(f"card 4111 1111 1111 1111 expiration {date} thanks", Kind.EXPIRY) == [date]


def test_a_day_with_its_clock_is_no_expiry(found) -> None:
    text = "card 4111 1111 1111 1111, in 01/28 05:12, out 01/31 18:40, paid"
    assert found(text, Kind.EXPIRY) == []


def test_a_time_of_day_is_no_expiry_behind_its_word(found) -> None:
    row = "'4111111111111111','2026-12','2021-05-04 10:11:12'"
    assert found(f"card,exp,created: {row}", Kind.EXPIRY) == ["2026-12"]
    assert found(f"{VISA}, exp, created 2021-05-04 10:12", Kind.EXPIRY) == []
    assert found(f"{VISA}, exp at 10:12:40", Kind.EXPIRY) == []


def test_the_clock_at_the_end_of_a_line_is_that_of_a_chat(found) -> None:
    text = "Ola: 4111 1111 1111 1111 10:12\nOla: 12/28 10:13\nKari: ok 10:14"
    assert found(text, Kind.EXPIRY) == ["12/28"]


def test_a_date_in_figures_may_be_the_last_of_a_month() -> None:
    for date in ("31.12.2028", "28/2/2027", "29-02-2028", "2028-02-29", "2027.04.30"):
        assert ends_month(date)
    for date in ("30.12.2028", "29.02.2027", "2028-02-28", "31.12.28", "12/2028"):
        assert not ends_month(date)


def test_no_card_expires_amid_a_month() -> None:
    for date in ("20.11.2028", "02/08/2027", "2028-02-28"):
        assert is_amid_month(date)
        (span,) = find(f"card 4111 1111 1111 1111, bill expires on {date}")
        assert span.kind is Kind.PAN
    for date in ("7 de marzo de 2028", "7th of march 2028", "march 7, 2028", "7.mars 2028"):
        assert is_amid_month(date)
    for date in ("01.11.2028", "30/11/2028", "2028-02-29", "12/2028"):
        assert not is_amid_month(date)
    for date in ("march 2028", "1 march 2028", "31 march 2028", "february 28, 2028"):
        assert not is_amid_month(date)


def test_a_plus_stands_for_a_gap_in_an_address(found) -> None:
    assert found(f"card={VISA}&expiry=January+2027&x=1", Kind.EXPIRY) == ["January+2027"]


def test_pairs_before_and_behind_are_those_of_a_telephone() -> None:
    text = "33 12 45 67"
    assert date_at(text, 3, 5) is None
    assert date_at(text[3:], 0, 2) is not None  # 12 45, and a code of two digits there is none
    assert date_at(text[:8], 3, 5) is not None
    assert date_at("47 88 12 30", 6, 8) is None
    assert date_at("01 25 12 28", 6, 8) is not None  # from and until


def test_letters_and_a_number_behind_a_slash_are_no_month_of_a_year() -> None:
    text = "dub-44/2091"  # dub begins the name of a month in Czech
    assert date_at(text, 4, 6) is None
