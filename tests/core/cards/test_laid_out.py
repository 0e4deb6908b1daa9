"""Card numbers in columns of records that the text calls the card number."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA, MAESTRO = "4000056655665556", "6771998740262304285"
RECORD = f"DT0000417{VISA}   000000004550826"


def removed(text: str) -> list[str]:
    found = [span for span in find(text) if span.kind is Kind.PAN]
    return [text[s.start : s.end] for s in found if s.action is Action.REDACT]


@pytest.mark.parametrize(
    "layout",
    [
        "  03-09  sequence number\n  10-28  card number, left-justified\n  29-40  amount",
        "pos 1-2 type, pos 10-28 card number, pos 29-40 amount",
        "card number: columns 10 to 28; amount: 29 to 40",
        "PAN: pos. 9..27, counted from 0",
        "1-9: sequence\n10-28: card number\n",
        "The card number is in columns 10-28.",
    ],
)
def test_one_record_is_enough_where_its_layout_is_told(layout: str) -> None:
    assert removed(f"{layout}\n\n{RECORD}\n") == [VISA]


def test_the_number_may_fill_its_field_or_stand_behind_zeros() -> None:
    layout = "3-9 sequence, 10-28 card number\n"
    assert removed(f"{layout}DT0000418{MAESTRO}000000120000826\n") == [MAESTRO]
    assert removed(f"{layout}DT0000418000{VISA}000000120000826\n") == [VISA]


@pytest.mark.parametrize(
    "text",
    [
        f"3-9 line, 10-28 order number\n{RECORD}",
        f"paid on 10-28 by card\n{RECORD}",
        f"10-28 ref, 29-45 PAN\n{RECORD}",
        f"1-9 seq 10-28 tracking number 29-40 card holder\n{RECORD}",
        f"1-9 seq 10-28 card and tracking number 29-40 sum\n{RECORD}",
        f"10-28 amount, 41-43 card number\n{RECORD}",
        f"columns 11-29 card number\n{RECORD.replace('   ', '123')}",
        f"columns 10-28 card number\n{RECORD.replace('5556', '5557')}",
        f"card, columns 10-28\n{RECORD[:24]}",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert removed(text) == []
