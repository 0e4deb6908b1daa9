"""Answers of a helpdesk in which any JSON value may stand in any place."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

ODD = (
    *("", "\N{SUPERSCRIPT TWO}", "\ud800", "\0", "//[", "-1", "9" * 5000),
    *("0001-01-01 00:00:00", "9999-12-31T23:59:59-14:00"),
    *(float("nan"), float("inf"), 1e300, -1, True, None, [], {}),
)
"""What a parser may stumble over; Python's JSON has NaN, infinities and lone surrogates."""
LEAVES = st.one_of(
    st.sampled_from(ODD), st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)


def each_bent(answer: Any) -> Iterator[Any]:
    """The answer with each of the odd values in each of its places, in turn: one object for all."""
    whole = [copy.deepcopy(answer)]
    for holder, key in list(_places(whole)):
        kept = holder[key]
        for odd in ODD:
            holder[key] = odd
            yield whole[0]
        holder[key] = kept


@st.composite
def bent(draw: st.DrawFn, answer: Any) -> Any:
    """The answer with another value in one to three of its places."""
    whole = [copy.deepcopy(answer)]
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(list(_places(whole))))
        holder[key] = draw(VALUES)
    return whole[0]


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    inner = holder.items() if isinstance(holder, dict) else enumerate(holder)
    for key, value in list(inner):
        yield holder, key
        if isinstance(value, dict | list):
            yield from _places(value)
