"""A number that a program prints as a float goes when none of its digits is lost."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action


def removed(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find(text) if s.action is Action.REDACT]


@pytest.mark.parametrize(
    "written",
    ["4.000056655665556E15", "4.000056655665556e+15", "5.55555555555444E15", "3.78282246310005E14"],
)
def test_it_goes_with_its_exponent(written: str) -> None:
    text = f"card_no={written}, amount=1.99E2"
    assert removed(text) == ([written] if written != "5.55555555555444E15" else [])


@pytest.mark.parametrize(
    "other",
    ["4.00006E+15", "4.000056655665557E15", "14.000056655665556E15", "4.000056655665556E12"],
)
def test_other_floats_stay(other: str) -> None:
    assert removed(f"amount={other}, card") == []


def test_a_float_may_have_the_comma_of_its_language() -> None:
    text = "bei der Amex steht 3,78282246310005E+14 in der Zelle"
    assert mask(text, find(text)) == "bei der Amex steht [card amex **** 0005] in der Zelle"
