"""Lists fit the terminal: one line a row, nothing broken, everything in a pipe. Tables fold."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from integration.cli import output
from integration.cli.columns import GAP, LEAST, cut, fitted, line

COLUMNS = ("finding", "severity", "cause", "resource", "due", "ticket")
ROW = (
    "khhhbeefkhhhbeef",
    "critical",
    "access.two_factor.admins",
    "ticket:abcd1234efgh",
    "2026-12-01",
    "XYZ12345",
)


@pytest.fixture
def shown(monkeypatch):
    """The lines of a list on a terminal of a width, or in a pipe (None)."""

    def show(width: int | None) -> list[str]:
        out = io.StringIO()
        terminal = width is not None
        console = Console(file=out, width=width, force_terminal=terminal, no_color=True)
        monkeypatch.setattr(output, "results", console)
        output.listing("Findings", COLUMNS, [ROW, ROW], whole=("severity", "due"))
        return [Text.from_ansi(said).plain for said in out.getvalue().splitlines()]

    return show


@pytest.mark.parametrize("width", [40, 60, 80, 120, None])
def test_a_finding_is_one_line_at_any_width_and_its_name_is_whole(shown, width):
    title, header, *rows = shown(width)
    assert (title, header.split()[0]) == ("Findings", "finding")
    assert len(rows) == 2
    assert all(row.startswith("khhhbeefkhhhbeef  critical") for row in rows)
    assert width is None or max(map(len, rows)) <= width


@pytest.mark.parametrize("width", [120, None])
def test_where_there_is_room_nothing_is_cut(shown, width):
    assert shown(width)[2].split() == list(ROW)


def test_at_80_every_column_is_there(shown):
    _, header, row, _ = shown(80)
    assert header.split() == list(COLUMNS)
    assert row.split()[-2:] == ["2026-12-01", "XYZ12345"]


def test_columns_without_room_are_named(shown, capsys):
    _, header, *_ = shown(60)
    assert header.split() == list(COLUMNS[:-1])
    assert capsys.readouterr().err == "No room here for: ticket.\n"


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(20, 200))
def test_what_is_fitted_has_room_unless_one_column_alone_has_not(needed, width):
    widths = fitted(needed, whole=frozenset([0]), width=width)
    assert sum(widths) + GAP * (len(widths) - 1) <= max(width, needed[0])
    assert widths[0] == needed[0]
    assert all(min(n, LEAST) <= w <= n for n, w in zip(needed, widths, strict=False))


@given(st.text(max_size=30), st.integers(1, 30))
def test_a_cut_text_is_no_longer_than_its_place_and_a_short_one_stays(text, width):
    assert len(cut(text, width)) <= width
    assert line([text], [width]) == cut(text, width).ljust(width).rstrip()
    if len(text) <= width:
        assert cut(text, width) == text


def test_a_time_is_told_with_its_zone_as_tickets_tell_it():
    at = datetime(2026, 3, 1, 10, 5, tzinfo=timezone(timedelta(hours=2)))
    assert output.cell(at).plain == "2026-03-01 08:05 UTC"


@pytest.mark.parametrize("width", [60, 80])
def test_a_table_folds_what_has_no_room_and_loses_nothing(monkeypatch, width):
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, no_color=True)
    monkeypatch.setattr(output, "results", console)
    output.table("Findings", COLUMNS, [ROW], whole=("severity", "due"))
    shown = [Text.from_ansi(said).plain for said in out.getvalue().splitlines()]
    (first,) = (line for line in shown if line.startswith(ROW[0]))
    assert "critical" in first
    assert "2026-12-01" in first
    assert "…" not in "".join(shown)
    read = "".join(sorted("".join(shown).replace(" ", "")))
    assert read == "".join(sorted("".join(("Findings", *COLUMNS, *ROW))))
