from __future__ import annotations

from collections.abc import Callable

import pytest

from integration.core import cards, sensitive
from integration.core.hits import Hit, pick
from integration.core.spans import Kind
from integration.core.text.reading import read

REDACTED_FROM = 0.5

Find = Callable[[str], list[Hit]]
Found = Callable[[str, Kind], list[str]]


@pytest.fixture
def hits() -> Find:
    """Return what travels with the cards of a text and is sure enough to be removed."""

    def find(text: str) -> list[Hit]:
        reading = read(text)
        numbers = cards.find(reading)
        beside = sensitive.beside(reading, numbers)
        return [
            hit
            for hit in pick(numbers, beside)
            if hit.confidence >= REDACTED_FROM and hit not in numbers
        ]

    return find


@pytest.fixture
def found(hits: Find) -> Found:
    """Return the texts of the hits of one kind."""
    return lambda text, kind: [text[hit.start : hit.end] for hit in hits(text) if hit.kind is kind]
