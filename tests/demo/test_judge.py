from __future__ import annotations

import io
import json
import zlib

import pytest

from integration.demo import judge
from integration.demo.scenario import Card

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


def test_no_file_is_no_leak(tmp_path):
    assert judge.leaks(tmp_path, [CARD]) == []


def test_another_process_counts_the_same(tmp_path):
    (tmp_path / "a").write_text(CARD.digits)
    (tmp_path / "b").write_text(AMEX.digits)
    assert judge.leaks_seen_from_outside(tmp_path, [CARD, AMEX]) == 2
    assert judge.leaks_seen_from_outside(tmp_path, [Card(OTHER)]) == 0


def test_the_other_process_names_files_and_nothing_else(tmp_path, capsys):
    (tmp_path / "a").write_text(CARD.digits)
    judge.main(tmp_path, io.StringIO(f"{CARD.digits}\n"))
    assert capsys.readouterr().out == "a\n"
