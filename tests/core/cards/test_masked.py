"""A word for a card before a mask speaks of what is masked, not of another number before it."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Kind

UNKNOWN = "410816481403"  # the check digit is right, the issuer unknown


def cards(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.parametrize(
    "mask",
    [
        *("****-****-****-1773", "************1044", "xxxx xxxx xxxx 0044", "••••1044"),
        *("457199******1044", "[card visa **** 1044]"),
    ],
)
def test_the_word_before_a_mask_is_of_that_card(mask: str) -> None:
    assert cards(f"booking {UNKNOWN}, paid 448 with my card {mask}, thanks") == []


def test_a_word_with_others_between_it_and_the_mask_counts() -> None:
    text = f"see {UNKNOWN} of my card, the shop prints ****1044"
    assert cards(text) == [UNKNOWN]


def test_the_word_before_a_masked_number_is_of_that_and_not_of_the_next() -> None:
    assert cards(f"dos cargos en la tarjeta 5*** **** **** 1044, {UNKNOWN}") == []
    assert cards(f"no la 5*** **** **** 1044, la tarjeta {UNKNOWN}") == [UNKNOWN]
