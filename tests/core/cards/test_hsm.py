"""Card numbers as security modules of payments take them."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

VISA, AMEX = "4659457967608447", "374245988324488"
KEY = "0417CWU328CD770B64227800FC2F15F2E7EB8BE"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"{KEY}{VISA};2712201", VISA),
        (f"{KEY}{AMEX};2712201", AMEX),
        (f"PAN field: 4{VISA}{'0' * 15}", VISA),
        (f"PAN field: 3{AMEX}{'0' * 16}", AMEX),
    ],
)
def test_a_number_that_a_module_takes_is_removed(text: str, number: str) -> None:
    (span,) = [span for span in find(text) if span.kind is Kind.PAN]
    assert (text[span.start : span.end], span.action) == (number, Action.REDACT)
    assert [each for each in find(mask(text, [span])) if each.kind is Kind.PAN] == []


@pytest.mark.parametrize(
    "text",
    [
        f"{KEY}{VISA[:-1]}8;2712201",
        f"{KEY}{VISA};2713201",
        f"field 5{VISA}{'0' * 15}",
        f"field 4{VISA}{'0' * 14}",
        f"field 4{VISA}{'0' * 14}1",
        "; and 000000000000",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not [span for span in find(text) if "hsm" in span.why]
