from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.nesting import MAX_DEPTH, too_deep

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('"\\[]{}a'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('"\\[]{}a'), inner),
    max_leaves=30,
)


def depth_of(value):
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


@given(json_values, st.integers(0, 6))
def test_it_counts_what_a_parser_would_build(value, limit):
    assert too_deep(json.dumps(value).encode(), limit) == (depth_of(value) > limit)


@given(st.binary(max_size=300) | st.text('"\\[]{},:1', max_size=300).map(str.encode))
def test_what_it_lets_through_cannot_exhaust_a_parser(body):
    if not too_deep(body):
        with contextlib.suppress(ValueError):
            json.loads(body)


@pytest.mark.parametrize("body", [b"[" * (MAX_DEPTH + 1), b'{"a":[' * MAX_DEPTH], ids=range(2))
def test_one_level_too_many_is_too_deep(body):
    assert too_deep(body)
    assert not too_deep(b"[" * MAX_DEPTH)


def test_brackets_side_by_side_are_not_deep():
    assert not too_deep(b"[]" * 10_000)


def test_brackets_in_a_string_are_text_even_when_it_never_ends():
    assert not too_deep(b'{"a": "' + b"[" * 1000)


def test_escaped_quotes_without_end_are_read_in_one_go():
    # A quadratic scan of this would not come back within the time of a test run.
    assert not too_deep(b'\\"' * 500_000)
