"""The offsets of cells are no digits; what cells hold, and held, is."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from integration.demo import judge
from integration.demo.scenario import Card
from integration.demo.sqlite_pages import without_offsets

CARD = Card("5555555555554444")
PAGE = 4096
OFFSETS = b"\x07\x35" * 12 + b"\x07\x34" * 4
"""They read as the number."""
LEAF = b"\x0d\x00\x00\x00\x02\x07\x34\x00"
LOG = b"\x37\x7f\x06\x82\x00\x2d\xe2\x18" + PAGE.to_bytes(4, "big") + bytes(20)


def frame(number: int, page: bytes) -> bytes:
    return number.to_bytes(4, "big") + bytes(20) + page.ljust(PAGE, b"\0")


@pytest.fixture
def rows(tmp_path):
    """A database with an index, as ours have."""
    with closing(sqlite3.connect(tmp_path / "our.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute("CREATE TABLE t (name TEXT PRIMARY KEY, text TEXT)")
        yield database


def test_offsets_that_read_as_a_number_are_no_leak(tmp_path):
    (tmp_path / "our.db-wal").write_bytes(LOG + frame(6, LEAF + OFFSETS))
    assert judge.leaks(tmp_path, [CARD]) == []


def test_so_are_those_of_the_first_page_and_of_a_page_above_others(tmp_path):
    first = b"SQLite format 3\0" + PAGE.to_bytes(2, "big") + bytes(82) + LEAF + OFFSETS
    above = b"\x05" + LEAF[1:] + bytes(4) + OFFSETS
    (tmp_path / "our.db").write_bytes(first.ljust(PAGE, b"\0") + above.ljust(PAGE, b"\0"))
    (tmp_path / "our.db-wal").write_bytes(LOG + frame(1, first))
    assert judge.leaks(tmp_path, [CARD]) == []


def test_the_same_bytes_anywhere_else_are_a_leak(tmp_path):
    (tmp_path / "log").write_bytes(LEAF + OFFSETS)
    (tmp_path / "our.db-wal").write_bytes(LOG + frame(6, LEAF + bytes(2) + OFFSETS))
    assert judge.leaks(tmp_path, [CARD]) == ["log", "our.db-wal"]


@pytest.mark.parametrize("style", ["plain", "spaced", "tags"])
def test_a_number_in_a_row_is_a_leak(rows, tmp_path, style):
    rows.execute("INSERT INTO t VALUES (?, ?)", ("a", f"{CARD:{style}}"))
    assert judge.leaks(tmp_path, [CARD]) == ["our.db-wal"]
    rows.execute("PRAGMA wal_checkpoint (truncate)")
    assert judge.leaks(tmp_path, [CARD]) == ["our.db"]


def test_a_number_in_a_row_that_was_deleted_is_a_leak(rows, tmp_path):
    for name in "abcdefgh":
        rows.execute("INSERT INTO t VALUES (?, ?)", (name, CARD.digits))
    rows.execute("PRAGMA secure_delete = off")
    rows.execute("DELETE FROM t WHERE name > ''")
    rows.execute("PRAGMA wal_checkpoint (truncate)")
    assert judge.leaks(tmp_path, [CARD]) == ["our.db"]


@pytest.mark.parametrize(
    "raw", [b"", b"SQLite format 3\0", LOG, LOG[:9], LOG + frame(6, LEAF)[:99]]
)
def test_a_file_that_was_cut_off_is_read_as_it_is(raw):
    assert without_offsets(raw) == raw
