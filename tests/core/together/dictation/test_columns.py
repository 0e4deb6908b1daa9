"""Numbers whose parts stand in columns of a table go where every row is one."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

ROWS = (("400005", "665566", "5556"), ("510510", "510510", "5100"))
HEAD = "case;a;b;c;sum"


def table(*rows: tuple[str, ...], mark: str = ";", head: str = HEAD) -> str:
    lines = (mark.join((f"K{at}", *row, "310.00")) for at, row in enumerate(rows))
    return "\n".join((head.replace(";", mark), *lines))


@pytest.mark.parametrize("mark", [";", ",", "\t", " | "])
def test_the_columns_go_whatever_they_are_called(mark: str) -> None:
    left = cleaned(place(table(*ROWS, mark=mark)))["message"]
    assert not any(part in left for row in ROWS for part in row)
    assert left.count("310.00") == 2


@pytest.mark.parametrize("cut", [(8, 16), (8, 12, 16), (12, 16)], ids=str)
def test_the_parts_may_have_other_lengths(cut: tuple[int, ...]) -> None:
    numbers = ["".join(row) for row in ROWS]
    rows = [tuple(n[a:b] for a, b in zip((0, *cut), cut, strict=False)) for n in numbers]
    left = cleaned(place(table(*rows)))["message"]
    assert not any(part in left for row in rows for part in row)


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:1],
        (ROWS[0], ROWS[0]),
        (*ROWS, ("400005", "665566", "5557")),  # one is no number
        (ROWS[0], ("51051", "0510510", "5100")),  # of other lengths
        (ROWS[0], (*ROWS[1], "1")),  # of other columns
    ],
    ids=range(5),
)
def test_a_table_in_which_not_every_row_is_a_number_stays(rows) -> None:
    assert cleaned(place(table(*rows))) == {}


def test_a_cell_with_anything_else_is_no_part() -> None:
    assert cleaned(place(table(ROWS[0], ("510510", "n/a", "5100")))) == {}
    left = cleaned(place(table(*ROWS, ("n/a", "n/a", "n/a"))))["message"]
    assert left.count("n/a") == 3


def test_long_lines_are_no_rows() -> None:
    assert cleaned(place(table(*ROWS).replace("310.00", "x" * 1_000))) == {}


def test_two_cards_may_stand_side_by_side() -> None:
    lines = "his    hers\n4000   5105\n0566   1051\n5566   0510\n5556   5100\n"
    left = cleaned(place(lines))["message"]
    assert left.count("[card visa ****]") == left.count("[card mastercard ****]") == 4
    for other in (lines.replace("5556", "5557"), lines.replace("0566   1051\n", "")):
        assert cleaned(place(other)) == {}


def test_the_same_card_twice_is_no_table_of_two() -> None:
    lines = "a    b\n4000   4000\n0566   0566\n5566   5566\n5556   5556\n"
    assert cleaned(place(lines)) == {}
