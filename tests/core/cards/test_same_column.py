"""Numbers in the column of a table in which a card stands."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA = "4111 1111 1111 1111"
SELDOM = "621203718031001139"
"""Of a length that hardly any card has: alone it is no more than reported."""
ODD = "41111111 11111111"


def removed(text: str) -> list[str]:
    return [
        text[span.start : span.end]
        for span in find(text)
        if span.kind is Kind.PAN and span.action is Action.REDACT
    ]


@pytest.mark.parametrize("mark", ["\t", ";", "|", "   ", ","])
def test_a_number_above_or_below_a_card_is_one_too(mark: str) -> None:
    lines = [mark.join(("AZX37A", number, "818213")) for number in (SELDOM, VISA, ODD)]
    assert removed("\n".join(lines)) == [SELDOM, VISA, ODD]


def test_the_first_cell_may_be_counted() -> None:
    assert removed(f"row 118: {SELDOM};DOE/J;x\nrow 264: {VISA};ROE/K;x") == [SELDOM, VISA]


@pytest.mark.parametrize(
    "line",
    [
        f"{SELDOM};BUDKZ8;229853",
        f"BUDKZ8;{SELDOM}",
        f"BUDKZ8;no {SELDOM};229853",
        f"BUDKZ8;{SELDOM[:-1]};229853",
        "BUDKZ8;;229853",
    ],
    ids=["another column", "another table", "words", "no check digit", "empty"],
)
def test_what_is_no_number_of_its_column_stays(line: str) -> None:
    assert removed(f"AZX37A;{VISA};818213\n{line}") == [VISA]


def test_no_column_is_followed_where_nothing_parts_cells() -> None:
    assert removed(f"my card {VISA}\n\nSee you then, my dear Mister Jones\n{SELDOM}") == [VISA]


def test_a_column_is_followed_to_the_end_of_its_table() -> None:
    rows = [f"row;{'x' * (at % 5)};y" for at in range(200)]
    far = [f"a;{VISA};b", *rows, f"c;{SELDOM};d"]
    assert removed("\n".join(far)) == [VISA, SELDOM]
    assert removed("\n".join(reversed(far))) == [SELDOM, VISA]
    assert removed("\n".join([*far[:100], "and so on", *far[100:]])) == [VISA]


def test_a_card_in_its_column_counts_more_than_the_head_of_the_next_one() -> None:
    rows = "\n".join(f"| {number} | 952994983085 |" for number in (SELDOM, VISA, ODD))
    assert removed(f"| Card | Order number |\n|---|---|\n{rows}") == [SELDOM, VISA, ODD]


def test_empty_lines_part_the_rows_of_html() -> None:
    cell = "<td><p>{}</p></td>"
    rows = "".join(
        f"<tr>\n {cell.format(number)} {cell.format('HXP3CV')}</tr>\n" for number in (VISA, SELDOM)
    )
    table = f"<table>{rows}</table>"
    spans = [span for span in find(table, "text/html") if span.kind is Kind.PAN]
    assert [table[span.start : span.end] for span in spans] == [VISA, SELDOM]
    assert all(span.action is Action.REDACT for span in spans)


BRANDS = ("4000056655665556", "5555555555554444", "6011111111111117")


def listed(*numbers: str, name: str = "account_number") -> str:
    """A list under a name that is no card's."""
    return "\n".join((f'"date","{name}","sum"', *(f'"2026-03-01","{n}","9.90"' for n in numbers)))


def test_a_column_of_nothing_but_numbers_of_several_brands_is_one_of_cards() -> None:
    assert removed(listed(*BRANDS)) == list(BRANDS)


def test_no_other_digits_need_stand_in_the_table() -> None:
    text = "\n".join(("day,account_number", *(f"Mo,{number}" for number in BRANDS)))
    assert removed(text) == list(BRANDS)


def test_a_number_of_seldom_length_is_one_among_them() -> None:
    numbers = (*BRANDS, "6759649826438453011")
    assert removed(listed(*numbers, name="pay_ref")) == list(numbers)


def test_two_of_a_column_and_one_elsewhere_are_no_column() -> None:
    text = f"{listed(*BRANDS[:2], name='customer')}\n\n\nour order number 6011111111111117 of May"
    assert removed(text) == []


def in_groups(*numbers: str, rest: str = "1250") -> str:
    """A list with a group of each number in a column."""
    rows = (
        f"{at};Bo;{';'.join(n[i : i + 4] for i in range(0, 16, 4))};{rest}"
        for at, n in enumerate(numbers)
    )
    return "\n".join(("nr;name;ka;kb;kc;kd;sum", *rows, "9;Al;paid in cash;;;;0", "", "Bye"))


def test_numbers_over_the_same_columns_are_cards_where_all_of_them_are() -> None:
    assert removed(in_groups(*BRANDS)) == [
        ";".join(n[i : i + 4] for i in range(0, 16, 4)) for n in BRANDS
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        BRANDS[:2],
        (*BRANDS, "4000056655665557"),
        ("4000056655665556", "4111111111111111", "4242424242424242"),
    ],
    ids=["two", "no check digit", "one brand"],
)
def test_other_numbers_over_columns_are_told_at_most(numbers: tuple[str, ...]) -> None:
    assert removed(in_groups(*numbers)) == []


def test_a_table_may_end_the_text() -> None:
    text = in_groups(*BRANDS).partition("\n9;")[0]
    assert len(removed(text)) == len(BRANDS)


def test_numbers_in_no_table_are_told_as_they_were() -> None:
    orders = "".join(f"the order number is {number} \n\n" for number in BRANDS)
    text = f"{orders}and the parcels are 1002003004005 and 1002003004006"
    assert [span.action for span in find(text)] == [Action.REPORT] * len(BRANDS)


BANKS = ("5555555555554444", "5105105105105100", "2223003122003222")


def test_cards_of_several_banks_are_cards_in_a_column_of_accounts() -> None:
    assert removed(listed(*BANKS)) == list(BANKS)
    assert removed(listed(*BANKS[:2], name="acct")) == list(BANKS[:2])
    assert removed(listed(*BANKS[:2], "5555555555554444")) == []
    assert removed(listed(*BANKS, name="customer")) == []


@pytest.mark.parametrize(
    "numbers",
    [
        (*BRANDS, "4000056655665557"),  # one is none
        BRANDS[:2],
        ("4000056655665556", "4111111111111111", "4242424242424242"),  # alike, as references are
    ],
    ids=["no check digit", "two", "one brand"],
)
def test_numbers_of_another_column_stay(numbers: tuple[str, ...]) -> None:
    assert removed(listed(*numbers, name="customer")) == []


def test_numbers_that_stand_in_no_table_are_no_column() -> None:
    assert removed("".join(f"customer number {number} \n" for number in BRANDS)) == []


def test_a_card_among_ibans_is_no_account() -> None:
    rows = "id;name;account;amount\nS-1;Bea;{};211,00\nS-2;Kees;{};40,35\nS-3;Ada;{};15,00\n"
    ibans = "DE52100500001064477312", "IT60X0542811101000000123456"
    assert removed(rows.format(ibans[0], BANKS[0], ibans[1])) == [BANKS[0]]
    assert removed(rows.format("10644773", BANKS[0], "23112345")) == []


def test_a_number_of_a_weak_scheme_below_a_card_is_what_its_own_line_says() -> None:
    text = "F002 PAN      {}\nF014 EXPIRY   2811\nF037 RRN      {}\nF041 TID      22160782\n"
    assert "607011044718" not in removed(text.format(BANKS[0], "607011044718"))
