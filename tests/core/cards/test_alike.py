"""What stands on a line where others that begin alike have a card is one."""

from __future__ import annotations

import random

import pytest
from support.cards import number

from integration.core.detection import find
from integration.core.spans import Action

VISA, MASTERCARD = "4000 0566 5566 5556", "5555 5555 5555 4444"
ODD = "45435 17132 082131"
MAESTRO = number("6759", 19, random.Random(7))


def removed(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find(text) if s.action is Action.REDACT]


@pytest.mark.parametrize(
    "lines",
    [
        (f"a) {VISA}  20", f"b) {MASTERCARD}  35", f"c) {ODD}  10"),
        (f"a) {ODD}  20", f"b) {VISA}  35", f"c) {MASTERCARD}  10"),
        (f"02000001 {VISA} 0008490", f"02000002 {MASTERCARD} 0003999", f"02000003 {ODD} 0001204"),
    ],
    ids=["last", "first", "record"],
)
def test_a_number_goes_where_it_stands_as_others_do(lines: tuple[str, ...]) -> None:
    assert sorted(removed("\n".join(lines))) == sorted([VISA, MASTERCARD, ODD])


def test_one_of_a_length_and_a_brand_that_are_seldom_used_goes_too() -> None:
    cards = [VISA.replace(" ", ""), MASTERCARD.replace(" ", ""), MAESTRO]
    lines = "".join(f"0200000{at} {each} 00000084909780\n" for at, each in enumerate(cards))
    assert removed(lines) == cards


@pytest.mark.parametrize(
    "text",
    [
        f"a) {VISA}\nb) order\nc) {ODD}",  # one card is no list of them
        f"a) {VISA}\nb) {MASTERCARD}\nsee {ODD}",
        f"card {VISA}. Total:\n- ref {VISA}\n- ref {ODD}",
        f"a) {VISA}\nb) {MASTERCARD}\n\n\nc) {ODD}",
        f"a) {VISA}\nb) {MASTERCARD}\nc) to follow",
        f"a) {VISA}\nb) {MASTERCARD}\nc) 45435 17132 082132",  # its check digit is wrong
    ],
    ids=["one", "other words", "references", "apart", "no digits", "no number"],
)
def test_anything_else_stays(text: str) -> None:
    assert ODD not in removed(text)
    assert len(removed(text)) <= 2


def test_an_identity_number_over_a_card_is_none_though_it_passes_for_one() -> None:
    card = "6258094111964986"
    assert removed(f"身份证号码：620102198804175499\n信用卡卡号：{card}") == [card]


def test_lines_that_are_all_called_so_are_of_cards_like_the_others() -> None:
    seldom = "4933501280810"
    lines = (VISA, MASTERCARD, seldom)
    assert seldom in removed("\n".join(f"Kort (telefon) {line}" for line in lines))


SHORT = number("6759", 13, random.Random(7))
NAMED = f"Kort til gutta:\n - Piotr: {VISA}\n - {{}}: {SHORT}\n - Jan: {MASTERCARD}\n"


def test_a_number_behind_a_name_goes_where_cards_of_others_stand_above_and_below() -> None:
    for name in ("Marek", "Anna Maria Nowak-Kos"):
        assert SHORT in removed(NAMED.format(name))


@pytest.mark.parametrize(
    "text",
    [
        NAMED.format("Ordrenr"),
        NAMED.format("Telefon"),
        NAMED.format("Marek").replace(MASTERCARD, "kommer"),
        NAMED.format("Marek").replace(" - Marek", " * Marek"),
        NAMED.format("Marek").replace(" - Marek", "og\n - Marek").replace(" - Jan", "og\n - Jan"),
        NAMED.format("Marek").replace("Marek:", "Marek har"),
    ],
    ids=["order", "telephone", "one card", "other marks", "apart", "no name"],
)
def test_a_number_in_another_list_stays(text: str) -> None:
    assert SHORT not in removed(text)
