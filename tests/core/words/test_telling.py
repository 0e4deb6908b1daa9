"""The quick look never says less than what a whole reading of the words says."""

from __future__ import annotations

import pytest

from integration.core.text.reading import read
from integration.core.words.bits import CODE, DIGITS, HINT, PLACE, all_of, of_label
from integration.core.words.labels import all_labels_in
from integration.core.words.telling import says
from integration.core.words.vocabulary import Label, phrases

_COUNTED = DIGITS | PLACE
"""Digits that are counted, and where: what these two say together, whoever asks finds out."""


def left_out(text):
    """What the labels of a text say and the quick look does not."""
    reading = read(text)
    words = reading.window(0, len(text)).text
    said = all_of(
        of_label(each.label, words[each.start : each.end]) for each in all_labels_in(words)
    )
    quick = says(reading, 0, len(text))
    if quick & _COUNTED == _COUNTED:
        quick |= CODE | HINT
    return said & ~quick


@pytest.mark.exhaustive
@pytest.mark.parametrize("label", Label)
def test_a_quick_look_leaves_out_nothing_that_a_phrase_says(label):
    assert [phrase for phrase in phrases(label) if left_out(f"qq {phrase} qq")] == []


@pytest.mark.parametrize(
    "text",
    [
        "tizenhat jegyű: lejárat",
        "16 jegyű szám, lejár",
        "16 angka, lejarat",
        "카드 뒤 3자리",
        "현금 인출 비밀번호",
        "カード裏の3桁は",
    ],
)
def test_phrases_with_figures_and_over_gaps_are_among_them(text):
    assert says(read(text), 0, len(text))
    assert not left_out(text)
