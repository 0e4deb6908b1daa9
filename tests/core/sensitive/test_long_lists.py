"""Long lists cost no more than their length, and lose nothing where they are read in parts."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.sensitive import scene as scenes
from integration.core.spans import Kind

ROW = "Card 5555 5555 5555 4444 exp 12/27 cvv 123\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize("before", ["", "x", "Hello there. "])
def test_each_row_of_a_long_list_keeps_its_code_and_its_date(before):
    text = before + ROW * 120
    for kind, value in (
        (Kind.PAN, "5555 5555 5555 4444"),
        (Kind.CVV, "123"),
        (Kind.EXPIRY, "12/27"),
    ):
        found = [text[s.start : s.end] for s in find(text) if s.kind is kind]
        assert found == [value] * 120


def test_each_pin_of_a_long_list_is_found_where_no_card_is():
    text = "The pin of my card is 4821. " * 150
    assert [text[s.start : s.end] for s in find(text)] == ["4821"] * 150


@pytest.mark.parametrize("row", [ROW, "The pin of my card is 4821. ", "cvv 123, card, "])
def test_no_part_that_is_read_at_once_grows_with_the_text(monkeypatch, row):
    lengths = []
    read = scenes.all_labels_in

    def measured(text):
        lengths.append(len(text))
        return read(text)

    monkeypatch.setattr(scenes, "all_labels_in", measured)
    find(row * 250)
    assert lengths
    assert max(lengths) < 4000
