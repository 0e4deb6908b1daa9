"""Card numbers in packed decimal amid the bytes of a record."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

RECORDS = {
    "with a sign": (
        "E2 D3 04 02 94 41 70 79 39 67 9F 00 00 00 12 99 0C",
        "4 02 94 41 70 79 39 67 9",
    ),
    "filled up": (
        "4C 04 17 00 00 62 14 83 99 89 85 97 72 00 00 00 03 19 00 24",
        "62 14 83 99 89 85 97 72",
    ),
}


@pytest.mark.parametrize(("record", "number"), RECORDS.values(), ids=RECORDS)
def test_a_number_in_a_packed_record_is_removed(record: str, number: str) -> None:
    text = f"card number in packed decimal:\n{record}\nIs it right?"
    (span,) = [span for span in find(text) if span.kind is Kind.PAN]
    assert (text[span.start : span.end], span.action) == (number, Action.REDACT)
    assert [each for each in find(mask(text, [span])) if each.kind is Kind.PAN] == []


@pytest.mark.parametrize(
    "text",
    [
        "card number:\n{}",
        "packed, says the printer:\n{}",
        "card number, packed:\n{}99",
    ],
    ids=["not packed", "no card", "no check digit"],
)
def test_other_records_stay(text: str) -> None:
    record = "E2 D3 04 02 94 41 70 79 39 67 9F 00 00 00 12 99 0C"
    record = record.replace("67 9F", "68 9F") if text.endswith("99") else record
    found = find(text.format(record))
    assert not [span for span in found if span.action is Action.REDACT]
