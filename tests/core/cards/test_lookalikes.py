from __future__ import annotations

from random import Random

import pytest
from support.lookalikes import NEVER, TOLD_AT_MOST, Family

from integration.core.detection import find
from integration.core.spans import Action, Kind, Span

TEXTS = 250
BEFORE = ["", "Hello, ", "Hei! ", "Hi team\n"]
AFTER = ["", ".", " thanks", "\nregards\nBob"]


def spans_of(family: Family) -> list[list[Span]]:
    pick = Random(5)
    texts = [f"{pick.choice(BEFORE)}{family(pick)}{pick.choice(AFTER)}" for _ in range(TEXTS)]
    return [[span for span in find(text) if span.kind in {Kind.PAN, Kind.TRACK}] for text in texts]


@pytest.mark.exhaustive
@pytest.mark.parametrize("family", NEVER.values(), ids=NEVER)
def test_what_is_no_card_is_neither_removed_nor_told_of(family: Family) -> None:
    found = spans_of(family)
    assert sum(map(bool, found)) <= TEXTS * 0.01
    assert sum(any(span.action is Action.REDACT for span in spans) for spans in found) <= 1


@pytest.mark.exhaustive
@pytest.mark.parametrize("family", TOLD_AT_MOST.values(), ids=TOLD_AT_MOST)
def test_what_a_word_or_a_place_speaks_against_is_told_of_at_most(family: Family) -> None:
    found = spans_of(family)
    assert [span for spans in found for span in spans if span.action is Action.REDACT] == []
