"""Layouts of records, as people tell them."""

from __future__ import annotations

import pytest

from integration.core.cards.layouts import Field, fields_told
from integration.core.detection import find
from integration.core.spans import Action, Kind
from integration.core.text.reading import read

VISA = "4571995996350999"
RECORD = f"4100044771{VISA}0000011005025031700441"


def actions(text: str) -> list[Action]:
    return [span.action for span in find(text) if span.kind is Kind.PAN]


def told(text: str) -> list[tuple[int, int]]:
    return [(field.low, field.high) for field in fields_told(read(text))]


@pytest.mark.parametrize(
    "layout",
    [
        "pos 1-10 shop, pos 11-26 card number, pos 27-36 amount",
        "1 à 10 : commerçant\n11 à 26 : numéro de carte\n27 à 36 : montant",
        "1 til 10 brukersted, 11 til 26 kortnummer, 27 til 36 beløb",
        "1桁目から、2～10桁目 加盟店番号、11～26桁目 カード番号、27～36桁目 金額",
        "type (2), shop (8), card number (16), amount in øre (10)",
        "type [2] shop [8] card number [16, left aligned] amount [10]",
        "05 SHOP PIC X(10).\n05 CARD-NO PIC X(16).\n05 AMOUNT PIC 9(10).",
        "Field      Length\nshop       10\ncard no    16\namount     10",
        "Field      From  To\nshop       1  10\ncard no    11  26\namount     27  36",
        "Field  Start  Length\nshop       1  10\ncard no    11  16\namount     27  10",
        "1 | shop    | 1  | 10\n2 | card no | 11 | 26\n3 | amount  | 27 | 36",
        "Position 11 to 26 is DE 2.",
    ],
    ids=[
        *("columns", "in French", "in Norwegian", "in Japanese", "widths", "widths in brackets"),
        *("COBOL", "a table of widths", "from and to", "start and length", "numbered", "element 2"),
    ],
)
def test_a_layout_is_read_however_it_is_told(layout: str) -> None:
    assert (10, 26) in told(layout)
    assert actions(f"{layout}\n\n{RECORD}\n") == [Action.REDACT]
    assert actions(f"{layout}\n\n> {RECORD}\n") == [Action.REDACT]


@pytest.mark.parametrize(
    "text",
    [
        "shop (10), card (16)",
        "shop (10), order number (16), amount (10)",
        "see (10) and a card (16) of ours.\n\nThe third (12)",
        "shop 10\ncard no 16",
        "shop 1 10\ncard no 12 28\namount 30 40",
        "on the 11 of 26 cards",
        "between 1,2-26 cards",
    ],
)
def test_what_is_no_layout_of_a_card_number_tells_nothing(text: str) -> None:
    assert told(text) == []


def test_the_number_of_an_account_may_be_that_of_a_card() -> None:
    layout = "1-10 shop, 11-26 account number, 27-36 amount"
    assert fields_told(read(layout)) == [Field(10, 26, is_sure=False)]
    assert actions(f"{layout}\n{RECORD}") == [Action.REPORT]
    assert actions(f"Card-not-present.\n{layout}\n{RECORD}") == [Action.REDACT]
    assert actions(f"Our acquirer says {layout}\n{RECORD}") == [Action.REDACT]
    assert actions(f"1-10 shop, 11-26 invoice and account number, 27-36 sum\n{RECORD}") == []


@pytest.mark.parametrize(
    "text",
    [
        "Credit cards (16), vouchers (3) and invoices (12) were processed.",
        "Card payments: 16\nRefunds: 2\nChargebacks: 3",
        "Our merchant account number (16), order (3), parcel (4)",
    ],
)
def test_a_record_that_ends_before_the_fields_do_is_none_of_that_layout(text: str) -> None:
    assert actions(f"{text}\n{VISA}7777") == []


def test_a_field_of_an_account_is_none_of_a_card_where_another_is() -> None:
    layout = "1-10 shop, 11-26 account number, 27-42 card number"
    assert told(layout) == [(26, 42)]
