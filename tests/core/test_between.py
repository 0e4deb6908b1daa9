"""What stands between the groups of a number stays when they are removed."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kari,4111,1111,1111,1111,Oslo", "Kari,[card visa **** 1111],,,,Oslo"),
        ("| 4111 | 1111 | 1111 | 1111 |", "| [card visa **** 1111] |  |  |  |"),
        ('"4111";"1111";"1111";"1111"', '"[card visa **** 1111]";"";"";""'),
        ("4111\t1111\t1111\t1111", "[card visa **** 1111]\t\t\t"),
    ],
    ids=["csv", "table", "quoted", "tabs"],
)
def test_a_row_keeps_its_columns(text: str, left: str) -> None:
    assert mask(text, find(text)) == left


@pytest.mark.parametrize(
    "text",
    [
        "my card is 4111, 1111, 1111, 1111.",
        "my card is 4111-1111 / 1111-1111.",
        "my card is 4111 1111 and then 1111 1111.",
        "my card is 4111 1l11 1111 1111.",
    ],
    ids=["sentence", "marks", "words", "letter"],
)
def test_a_number_in_a_sentence_is_replaced_as_one(text: str) -> None:
    assert mask(text, find(text)) == "my card is [card visa **** 1111]."


def test_the_other_side_of_a_chat_keeps_its_words() -> None:
    chat = "[10:32] Ola: kort 4111 1111\n[10:33] Kari: ok\n[10:33] Ola: 1111 1111\n"
    left = "[10:32] Ola: kort [card visa **** 1111]\n[10:33] Kari: ok\n[10:33] Ola: \n"
    assert mask(chat, find(chat)) == left


def test_what_other_lines_say_between_two_halves_stays() -> None:
    chat = "Ola: kort 41111111\nKari: takk! og resten, er du snill?\nOla: siste 11111111\nKari: ok"
    left = chat.replace("41111111", "[card visa **** 1111]").replace("11111111", "")
    assert mask(chat, find(chat)) == left


def test_a_list_keeps_its_items() -> None:
    text = "Card number:\n1. 4111\n2. 1111\n3. 1111\n4. 1111\nthanks"
    left = "Card number:\n1. [card visa **** 1111]\n2. \n3. \n4. \nthanks"
    assert mask(text, find(text)) == left


def test_a_number_whose_lines_hold_other_digits_is_replaced_as_one() -> None:
    text = "Kortnr: 4111 1111 (1/2)\n1111 1111 (2/2)"
    assert mask(text, find(text)) == "Kortnr: [card visa **** 1111] (2/2)"
