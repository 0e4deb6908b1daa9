from __future__ import annotations

import random

import pytest

from benchmarks.detection.numbers import SCHEMES, grouped, number
from benchmarks.detection.styles import STYLES
from benchmarks.detection.texts import cards, lookalikes
from integration.core.cards.luhn import is_valid


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_a_made_up_number_has_the_length_and_the_check_digit_of_its_scheme(scheme) -> None:
    made = number(random.Random(1), scheme)
    assert len(made) == scheme.length
    assert is_valid(made.encode())
    assert "".join(grouped(made)) == made


def test_every_style_is_written_in_every_scheme() -> None:
    samples = list(cards(seed=1, each=1))
    assert len({(sample.name, sample.scheme) for sample in samples}) == len(STYLES) * len(SCHEMES)


def test_the_number_stands_where_the_sample_says() -> None:
    for sample in cards(seed=2, each=1):
        assert sample.span
        start, end = sample.span
        assert 0 <= start < end <= len(sample.text)
        assert not sample.text[start].isspace()
        assert not sample.text[end - 1].isspace()


def test_the_same_seed_makes_the_same_texts() -> None:
    assert list(cards(seed=3, each=1)) == list(cards(seed=3, each=1))
    assert list(lookalikes(seed=3, each=2)) == list(lookalikes(seed=3, each=2))
