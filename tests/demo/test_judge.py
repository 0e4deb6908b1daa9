from __future__ import annotations

import io
import json
import sqlite3
import zlib
from contextlib import closing

import pytest

from integration.demo import judge
from integration.demo.scenario import Beside, Card

CARD = Card("4111111111111111")
AMEX = Card("378282246310005")
OTHER = "5555555555554444"
STYLES = ("plain", "spaced", "dashed", "dotted", "nbsp", "grouped", "tags")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("card", [CARD, AMEX], ids=["16", "15"])
def test_a_number_is_seen_in_every_way_of_writing(card, style):
    assert judge.places_with(card, [("here", f"it is {card:{style}}!"), ("there", OTHER)]) == [
        "here"
    ]


def test_a_number_is_seen_when_tags_part_it():
    text = "<b>4111</b><span class='note-24 x1'>1111</span> &#49;111 <i>1111</i>"
    assert judge.places_with(CARD, [("here", text)]) == ["here"]


def test_a_masked_number_is_not_seen():
    assert judge.places_with(CARD, [("here", "[card visa **** 1111]")]) == []


CODE = Beside("123", "my card, CVC ", ".\nThank you")


@pytest.mark.parametrize(
    "text",
    [
        "my card, CVC 123. Thank you",
        "<p>my card, CVC&nbsp;<b>123</b>.<br>Thank you</p>",
        "my card, CVC 123[expiry removed]",
        "[card visa **** 1111] 123.\nThank you",
    ],
    ids=["as written", "html", "words before it", "words behind it"],
)
def test_a_code_is_seen_with_the_words_on_either_side(text):
    assert judge.places_with(CODE, [("here", text)]) == ["here"]


@pytest.mark.parametrize(
    "text",
    [
        "my card, CVC [security code removed]. Thank you",
        "call +47 412 123 45, order 9123. Thank you",
        "CVC 1234. Thank you",
    ],
    ids=["masked", "elsewhere", "another"],
)
def test_a_code_is_not_seen_where_the_same_digits_stand_by_chance(text):
    assert judge.places_with(CODE, [("here", text)]) == []


PIECES = ("Order 1012 with ", "4111 1111 1111 1111", ", CVC ", "123", ".\n\nKari, order 1012")


@pytest.mark.parametrize(
    "text",
    [
        "Order 1012 with [card visa **** 1111], CVC [security code removed].\n\nKari, order 1012",
        "<hr>Order 1012 with <b>[kort visa **** 1111]</b>, CVC 123. <p>Kari, order 1012</p>",
        "".join(PIECES),
    ],
    ids=["masked", "in a page, one left", "untouched"],
)
def test_a_text_stands_whatever_became_of_what_was_planted_in_it(text):
    assert judge.stands(PIECES, text)


@pytest.mark.parametrize(
    "text",
    [
        "Order 1012 with [card visa **** 1111], CVC [security code removed].\n\nKari, order [...]",
        "Order 1012 [card visa **** 1111], CVC [security code removed].\n\nKari, order 1012",
        "Order 1012 with [card visa **** 1111] 1111, CVC [...].\n\nKari, order 1012",
        "",
    ],
    ids=["one of two", "a word", "a rest of it", "all"],
)
def test_a_text_that_lost_anything_else_does_not_stand(text):
    assert not judge.stands(PIECES, text)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("write", ["plain", "json", "zlib"])
def test_a_number_in_a_file_is_a_leak_however_it_is_written(tmp_path, style, write):
    text = f"log line with {CARD:{style}} in it"
    ways = {
        "plain": text.encode(),
        "json": json.dumps({"text": text}).encode(),
        "zlib": b"\0header\xff" + zlib.compress(text.encode()) + b"tail",
    }
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log").write_bytes(ways[write])
    (tmp_path / "clean").write_text(OTHER)
    assert judge.leaks(tmp_path, [AMEX, CARD]) == ["log"]


def test_the_pages_of_a_database_that_were_written_in_turn_are_no_leak(tmp_path):
    with closing(sqlite3.connect(tmp_path / "our.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute("CREATE TABLE t (row INTEGER PRIMARY KEY, text BLOB)")
        rows = [(row, b" " * 3000) for row in range(60)]  # each on a page of its own
        database.executemany("INSERT INTO t VALUES (?, ?)", rows)
        database.execute("PRAGMA wal_checkpoint (truncate)")
        first, other = 49, 46  # on the pages whose numbers are the bytes "4" and "1"
        for turn, row in enumerate([first, *[other] * 15]):
            text = bytes([128 + turn]) * 3000
            database.execute("UPDATE t SET text = ? WHERE row = ?", (text, row))
        index = (tmp_path / "our.db-shm").read_bytes()
        assert b"4" + b"\0\0\x001" * 15 in index
        assert judge.leaks(tmp_path, [CARD]) == []


def test_no_file_is_no_leak(tmp_path):
    assert judge.leaks(tmp_path, [CARD]) == []


def test_another_process_reads_the_same(tmp_path):
    (tmp_path / "a").write_text(CARD.digits)
    (tmp_path / "b").write_text(AMEX.digits)
    assert judge.leaks_seen_from_outside(tmp_path, [CARD, AMEX]) == ["a", "b"]
    assert judge.leaks_seen_from_outside(tmp_path, [Card(OTHER)]) == []


def test_the_other_process_names_files_and_nothing_else(tmp_path, capsys):
    (tmp_path / "a").write_text(CARD.digits)
    judge.main(tmp_path, io.StringIO(f"{CARD.digits}\n"))
    assert capsys.readouterr().out == "a\n"
