"""Card numbers behind their length, as payment messages hold them."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

VISA, AMEX = "4556737586899855", "378282246310005"


def removed(text: str) -> list[str]:
    found = [span for span in find(text) if span.kind is Kind.PAN]
    return [text[s.start : s.end] for s in found if s.action is Action.REDACT]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"the LLVAR: 16{VISA}", VISA),
        ("02 00 70 24 04 80 00 C0 80 00 16 45 56 73 75 86 89 98 55 00", "45 56 73 75 86 89 98 55"),
        (f"bitmap, then 15{AMEX}", AMEX),
        ("the card in BCD: 15 37 82 82 24 63 10 00 5F 00 40", "37 82 82 24 63 10 00 5"),
        ("the card in BCD: 15 03 78 28 22 46 31 00 05 00", "03 78 28 22 46 31 00 05"),
        ("DE 2 in BCD: 16 45 56 73 75 86 89 98 55 00 00", "45 56 73 75 86 89 98 55"),
        (f"1240.t....ab16{VISA}000000000000004599", VISA),
        (f"0100.t......r.......16{VISA}000000000000004599", VISA),
    ],
    ids=[
        *(
            "said",
            "packed, behind a bitmap",
            "of fifteen",
            "pairs with an F",
            "pairs with a nought",
            "pairs",
        ),
        *("behind a bitmap", "behind two"),
    ],
)
def test_a_number_behind_its_length_is_removed(text: str, number: str) -> None:
    assert [each.rstrip("F") for each in removed(text)] == [number]
    assert find(mask(text, find(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        f"parcel 16{VISA}",
        f"order number 16{VISA}, paid by card",
        f"LLVAR: 17{VISA}",
        f"LLVAR: 16{VISA}0",
        f"LLVAR: 16{VISA[:-1]}6",
        "the card in BCD: 15 37 82 82 24 63 10 00 05 00",
        "LLVAR 164911730000000000",
    ],
    ids=[
        "a parcel",
        "an order",
        "another length",
        "more",
        "no check digit",
        "not filled up",
        "of no brand",
    ],
)
def test_other_blocks_stay(text: str) -> None:
    assert removed(text) == []
