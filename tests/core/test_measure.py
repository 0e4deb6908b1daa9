from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.measure import Labelled, Score, Scores, compare, known_labels, wilson
from integration.core.spans import Kind


def pan(start: int, end: int) -> Labelled:
    return Labelled(start, end, Kind.PAN)


def test_rates_follow_from_counts() -> None:
    score = Score(right=6, missed=2, extra=4)
    assert (score.precision, score.recall, score.f1) == (0.6, 0.75, 12 / 18)


def test_a_rate_of_nothing_is_not_known() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)


def test_a_label_is_found_where_a_span_touches_it() -> None:
    assert compare([pan(0, 4), pan(10, 14)], [pan(3, 8), pan(4, 10), pan(14, 20)]) == Score(1, 1, 2)


def test_kinds_are_compared_with_their_own() -> None:
    scores = Scores()
    scores.add("a", [pan(0, 4)], [Labelled(0, 4, Kind.CVV)])
    scores.add("b", [Labelled(0, 4, Kind.CVV)], [pan(0, 4)])
    assert scores.by_kind == {Kind.PAN: Score(0, 1, 1), Kind.CVV: Score(0, 1, 1)}
    assert scores.by_group == {"a": Score(0, 1, 1), "b": Score(0, 1, 1)}


def test_a_kind_that_nobody_has_labelled_is_not_judged() -> None:
    scores = Scores()
    scores.add("a", [pan(0, 4)], [pan(0, 4), Labelled(5, 8, Kind.CVV)])
    assert scores.by_group == {"a": Score(1, 0, 0)}
    assert scores.not_judged == {Kind.CVV: 1}


def test_a_group_without_labels_is_judged_by_what_others_label() -> None:
    scores = Scores()
    scores.add("cards", [pan(0, 4)], [pan(0, 4)])
    scores.add("parcels", [], [pan(0, 4)])
    assert scores.by_group["parcels"] == Score(extra=1)
    assert scores.texts == {"cards": 1, "parcels": 1}


def test_labels_of_others_are_read_in_our_kinds() -> None:
    unknown: Counter[str] = Counter()
    rows = [{"start": 0, "end": 4, "kind": kind} for kind in ("CREDIT_CARD", "PERSON", "PIN")]
    assert [label.kind for label in known_labels(rows, unknown)] == [Kind.PAN, Kind.PIN]
    assert unknown == {"PERSON": 1}


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_stays_within_bounds(counts) -> None:
    hits, tries = counts
    low, high = wilson(hits, tries)
    assert 0 <= low <= hits / tries + 1e-9
    assert hits / tries - 1e-9 <= high <= 1


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"), [(0, 10, 0, 0.2775), (10, 10, 0.7225, 1)]
)
def test_the_interval_is_the_published_one(hits, tries, low, high) -> None:
    assert wilson(hits, tries) == pytest.approx((low, high), abs=1e-4)
