from __future__ import annotations

from random import Random

import pytest
from support.cards import completed, number

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA, AMEX, UNIONPAY = "4111111111111111", "378282246310005", "6205500000000000004"
BLOCKS = {
    "two numbers": (VISA + AMEX, [VISA, AMEX]),
    "three numbers": (VISA + AMEX + UNIONPAY, [VISA, AMEX, UNIONPAY]),
    "number, expiry and code": (f"{VISA}1227123", [VISA]),
    "number, long expiry and code": (f"{VISA}122027123", [VISA]),
    "number and expiry by year": (f"{VISA}2712", [VISA]),
    "iso 8583": (f"0200 7224648108C08000 16{VISA}000000000000010000", [VISA]),
    "iso 8583 without gaps": (f"0200722464810800800016{VISA}000000000000010000", [VISA]),
    "iso 8583 behind the header of its line": (
        f"60000300000200703C058008C0800016{VISA}000000000000008990",
        [VISA],
    ),
    "iso 8583 behind its own header": (
        f"ISO0160000500200723C448108E0800016{VISA}000000000000008990",
        [VISA],
    ),
    "iso 8583 with two bitmaps": (
        f"0100F23A000108C08000000000000000000015{AMEX}00000000000001000",
        [AMEX],
    ),
}


@pytest.mark.parametrize(("block", "numbers"), BLOCKS.values(), ids=BLOCKS)
def test_numbers_in_a_longer_block_are_removed(block: str, numbers: list[str]) -> None:
    text = f"dump: {block} end"
    found = [span for span in find(text) if span.kind is Kind.PAN]
    assert [text[span.start : span.end] for span in found] == numbers
    assert {span.action for span in found} == {Action.REDACT}


@pytest.mark.parametrize(
    "block",
    [
        f"{VISA}99999",
        f"{VISA}{VISA[:-1]}2",
        "1" * 40,
        "0200 7224648108C08000 164111111111111112000000000000010000",
        "0200 7224648108C08000 19411111111111 0000000000000000000000",
        completed("62055000000000000010"),
        f"{VISA}2011",
    ],
    ids=["rest", "check digit", "ones", "check digit in a message", "too short", "twenty", "past"],
)
def test_a_block_that_does_not_come_out_even_is_left_alone(block: str) -> None:
    assert [span for span in find(f"dump: {block} end") if span.kind is Kind.PAN] == []


def test_a_block_that_is_named_for_something_else_is_told() -> None:
    block = f"{VISA}1228123"
    for before, action in (("with reference", Action.REPORT), ("with card", Action.REDACT)):
        (number,) = [span for span in find(f"{before} {block}") if span.kind is Kind.PAN]
        assert number.action is action


@pytest.mark.exhaustive
def test_blocks_of_random_digits_hold_no_numbers() -> None:
    pick = Random(11)
    blocks = ["".join(pick.choices("0123456789", k=pick.randint(20, 40))) for _ in range(2000)]
    blocks += [number(pick.choice("245"), pick.randint(20, 30), pick) for _ in range(2000)]
    assert sum(bool(find(f"see {block} ok")) for block in blocks) <= 4


def test_the_last_field_of_digits_in_an_airlines_record_is_the_card_that_paid() -> None:
    record = "BKP0000041784260502000117{}   00000045620A12345EUR2{}      0828"
    for card in (VISA, AMEX, "5555555555554444"):
        text = record.format(card, "CCVI")
        assert [text[span.start : span.end] for span in find(text)] == [card]
    for other in (record.format(VISA, "CA  "), record.format("4111111111111112", "CCVI")):
        assert find(other) == []
