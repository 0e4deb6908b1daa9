"""A code that stands once more below its label, in another copy, goes there too."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "card 4111 1111 1111 1111, expires 06/2029, CVC 091"
RULE = ">" * 80


def test_codes_and_dates_in_lines_of_their_own_go_below_their_labels() -> None:
    text = (
        f">> Expiration date   \n{RULE}  \n>> 06/2029      \n{RULE}\n>> CVC      \n{RULE}\n>> 091 "
        f"\n{RULE}\n>> Room\n{RULE}\n>> 091"
    )
    left = cleaned(place(CARD, "m1"), place(text, "m2"))["m2"]
    assert left == text.replace("06/2029", "[expiry removed]").replace(
        "091", "[security code removed]", 1
    )


def test_the_lines_of_two_tables_may_come_in_turn() -> None:
    lines = (">>>  CVC", ">>>>>>> EUR 418", ">>>  091", ">>>>>>> 091", ">>>  Room", ">>>  091")
    text = "\n".join(f"{line}{' ' * 320}" for line in lines)
    left = cleaned(place(CARD, "m1"), place(text, "m2"))["m2"]
    assert left == text.replace("091", "[security code removed]", 1)


def test_a_whole_table_of_lines_costs_one_look() -> None:
    text = "\n".join(f"CVC\n{number:03}" for number in range(90, 93))
    left = cleaned(place(CARD, "m1"), place(text, "m2"))["m2"]
    assert "091" not in left


def test_in_a_line_with_their_label_they_go_however_many_blanks_fill_it() -> None:
    text = f">> Room: 091{' ' * 160}\n>> CVC: 091{' ' * 160}\n>> Expiration date: 06/2029 "
    left = cleaned(place(CARD, "m1"), place(text, "m2"))["m2"]
    assert [line.strip() for line in left.splitlines()] == [
        ">> Room: 091",
        ">> CVC: [security code removed]",
        ">> Expiration date: [expiry removed]",
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the date was not 06/2029, as the expiry", "the date was not [expiry removed], as the"),
        ("the cvc is not 091.", "the cvc is not [security code removed]."),
    ],
)
def test_they_go_again_in_a_sentence_that_names_them(text: str, left: str) -> None:
    assert cleaned(place(CARD, "m1"), place(text, "m2"))["m2"].startswith(left)


@pytest.mark.parametrize("text", ["Room\n091", "091", "Room\nand 091 more", "Room 12\n\n091"])
def test_without_their_label_or_a_line_of_their_own_they_stay(text: str) -> None:
    assert "m2" not in cleaned(place(CARD, "m1"), place(text, "m2"))
