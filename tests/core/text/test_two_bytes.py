"""Digits of two bytes in a text that did not declare its character set."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask

WIDE = str.maketrans("0123456789-/ ", "０１２３４５６７８９－／　")
GROUPED = "4111-1111-1111-1111"
SETS = ["shift_jis", "cp932", "gb18030", "gbk", "euc_jp", "euc_kr", "big5"]


def as_latin(text: str, charset: str) -> str:
    return text.encode(charset, "ignore").decode("latin-1")


def masked(text: str) -> str:
    return mask(text, find(text))


@pytest.mark.parametrize("charset", SETS)
@pytest.mark.parametrize("number", [GROUPED.replace("-", ""), GROUPED.replace("-", " "), GROUPED])
def test_a_number_in_full_width_digits_is_found_and_nothing_else_changes(charset, number):
    if number == GROUPED and charset in {"shift_jis", "euc_jp"}:
        number = number.replace("-", "−")  # they have the sign for minus only
    before, behind = as_latin("番号 ", charset), as_latin(" 中", charset)
    text = f"{before}{as_latin(number.translate(WIDE), charset)}{behind}"
    assert masked(text) == f"{before}[card visa **** 1111]{behind}"


MARKS = {
    (charset, mark)
    for charset in SETS
    for joint in "－−ー‐–—／．　"
    if len(mark := as_latin(joint, charset)) == len("xx")
}


@pytest.mark.exhaustive
@pytest.mark.parametrize(("charset", "mark"), sorted(MARKS))
def test_marks_of_two_bytes_may_stand_between_plain_digits(charset, mark):
    assert masked(GROUPED.replace("-", mark)) == "[card visa **** 1111]"


def test_a_code_and_a_date_in_such_digits_are_found_beside_the_number():
    text = as_latin("card 4111111111111111 exp 12/27 cvv 123".translate(WIDE), "cp932")
    assert [span.kind.name for span in find(text)] == ["PAN", "EXPIRY", "CVV"]


@pytest.mark.parametrize(
    "text", ["£40 and £60 at 20°", "¢10 ¢20", "20° £10, 30° £20 ¡Hola!", "a\x82b \x81c"]
)
def test_signs_of_money_and_degrees_are_what_they_are(text):
    assert masked(f"{text} 4111111111111111") == f"{text} [card visa **** 1111]"
    assert find(text) == []
