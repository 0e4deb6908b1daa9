"""Numbers over columns whose heads count their groups."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action

ROWS = {
    "tabs": "id\tg1\tg2\tg3\tg4\tstatus\n1009\t{}\t{}\t{}\t{}\tOK\n",
    "semicolons": "ref;part 1;part 2;part 3;part 4;name\n1008;x;;;;Al\n1009;{};{};{};{};Bo\n",
    "commas, a sum behind": "no,kort1,kort2,kort3,kort4,sum\n9,{},{},{},{},1299.00\n",
    "blanks": "no    box_1    box_2    box_3    box_4\n1009    {}    {}    {}    {}\n",
}
GROUPS = ("4000", "0566", "5566", "5556")


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_number_below_heads_that_count_its_groups_is_removed(row: str) -> None:
    (span,) = find(row.format(*GROUPS))
    assert span.action is Action.REDACT
    assert "same-column" in span.why


@pytest.mark.parametrize("heads", ["q1 q2 q3 q4", "g1 g2 g3 g5", "g1 h2 g3 g4", "a b c d"])
def test_heads_that_count_quarters_or_nothing_say_nothing(heads: str) -> None:
    head = ";".join(("id", *heads.split(), "status"))
    (span,) = find(f"{head}\n1009;{';'.join(GROUPS)};OK")
    assert span.action is Action.REPORT


def test_a_number_in_one_cell_is_what_it_is() -> None:
    (span,) = find(f"id;order 1;order 2\n1009;{''.join(GROUPS)};OK")
    assert "same-column" not in span.why


@pytest.mark.parametrize(("more", "is_table"), [(9, True), (90, False)])
def test_a_line_of_more_cells_than_a_table_has_is_a_list(more: int, *, is_table: bool) -> None:
    heads = ";".join(("part 1", "part 2", "part 3", "part 4", *"x" * more))
    row = ";".join((*GROUPS, *"y" * more))
    assert any("same-column" in span.why for span in find(f"{heads}\n{row}")) is is_table
