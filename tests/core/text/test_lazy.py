from __future__ import annotations

import re

import pytest

from integration.core.text.lazy import lazy


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    words = lazy(r"[a-z]+")
    assert words.findall("one 2 three") == ["one", "three"]
    assert [match.span() for match in words.finditer("one 2 three")] == [(0, 3), (6, 11)]
    assert words.pattern == r"[a-z]+"


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    with pytest.raises(re.error):
        lazy("(").search("text")
