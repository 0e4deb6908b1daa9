"""What stands beside a window of digit groups, however many groups the text has."""

from __future__ import annotations

import pytest

from integration.core.cards.reasons import SPACED
from integration.core.cards.row import alone, beside
from integration.core.cards.shape import form_of, groups
from integration.core.detection import find
from integration.core.spans import Action, Kind
from integration.core.text.reading import read


class Counted(list):
    """Counts what slices of it copy."""

    copied = 0

    def __getitem__(self, key):
        got = super().__getitem__(key)
        if isinstance(key, slice):
            self.copied += len(got)
        return got


def test_only_the_groups_nearby_are_looked_at():
    reading = read("1\t2\t3\n" * 5000)
    run = Counted(groups(reading.folded, 0, len(reading.folded)))
    form = form_of(run[3:19])
    assert form is not None
    run.copied = 0
    for first in (0, 3, 7500):
        alone(run, first, first + 15)
        beside(reading, run, first, first + 15, form)
    assert run.copied < 3 * 80


@pytest.mark.parametrize("text", ["367081 45261828 11/28", "card 4929 6206 5763 8712   07/27"])
def test_the_month_of_an_expiry_is_no_group_of_the_number(text: str):
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.PAN] in (
        [],
        ["367081 45261828"],
    )


def test_more_groups_than_the_longest_number_has_digits_are_no_way_to_write_one():
    folded = read("4 " * 20).folded
    run = groups(folded, 0, len(folded))
    assert form_of(run[:19]) is SPACED
    assert form_of(run) is None


def test_a_number_that_goes_on_behind_a_point_is_a_decimal():
    assert find("paid with 4111111111111111.\n14255022 is the order")
    assert find("<4111111111111111.14255022@mail.example>") == []


@pytest.mark.parametrize("below", ["1 1 / 2 7", "1 1 / 2 7\n4 0 8", "1 1 2 7"])
def test_single_digits_that_fill_their_line_are_a_number_whatever_stands_below(below: str) -> None:
    number = "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"
    text = f"I write with gaps:\n{number}\n{below}\nYours"
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.PAN] == [number]


def test_single_digits_of_many_lines_are_a_table() -> None:
    text = "\n".join(["4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"] * 4)
    assert find(text) == []


def test_an_old_number_of_visa_in_its_groups_may_have_its_date_behind() -> None:
    (span,) = find("001 SALE VI 4222 222 222 222 11/98  $12.40")
    assert span.action is Action.REDACT


def test_a_date_behind_groups_is_none_of_them() -> None:
    text = "card 502 031 641 681 203 5 9/26 regards"
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.PAN] == [
        "502 031 641 681 203 5"
    ]


@pytest.mark.parametrize(("joint", "found"), [(" ", []), ("\n", [Action.REPORT])])
def test_groups_beside_a_card_that_are_none_make_a_table_of_both(joint: str, found: list) -> None:
    text = f"4111 1111 1111 1111{joint}5105 1051 0510 5101"
    assert [span.action for span in find(text)] == found


def test_a_card_beside_a_card_makes_no_table_of_both() -> None:
    text = "4111 1111 1111 1111 5105 1051 0510 5100 512-34-5678"
    actions = [span.action for span in find(text) if span.kind is Kind.PAN]
    assert actions == [Action.REDACT, Action.REDACT]


@pytest.mark.parametrize("joint", [" ", "\t"])
def test_a_date_that_ends_the_line_is_no_group_whatever_begins_the_next(joint: str) -> None:
    card = joint.join(("4000", "0566", "5566", "5556"))
    text = f"1204{joint}Vassiliou{joint}VI{joint}{card}{joint}0528\n1205{joint}Maurer"
    (span, date) = find(text)
    assert text[span.start : span.end] == card
    assert (span.action, date.kind) == (Action.REDACT, Kind.EXPIRY)


def test_a_fraction_alone_is_doubted() -> None:
    (span,) = find('"time": 412.8370000018040,')
    assert "decimal" in span.why
