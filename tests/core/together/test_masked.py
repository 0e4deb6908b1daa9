"""What goes with a number that was removed before goes, too: its mask says so."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

MASK = "[card visa **** 5556]"


def left_of(text: str, mask: str = MASK) -> str:
    """What is left of a message in a ticket with a mask."""
    left: dict[str, str] = cleaned(place(f"My card is {mask}", "m1"), place(text, "m2"))
    return left.get("m2", text)


def test_the_number_itself_needs_no_word_for_a_card() -> None:
    assert left_of("BIN was missing, added 4000056655665556") == f"BIN was missing, added {MASK}"


def test_its_last_four_digits_say_more_than_a_word_for_another_number() -> None:
    assert left_of("order number 4000056655665556") == "order number [card visa ****]"


@pytest.mark.parametrize("rare", ["6304000000000000", "5018000000000009"])
def test_neither_does_one_of_a_rare_issuer(rare: str) -> None:
    assert rare not in left_of(f"added: {rare}", f"[card maestro **** {rare[-4:]}]")


def test_a_number_that_was_removed_in_parts_goes_when_it_is_put_together() -> None:
    parts = "first [card visa ****], rest [card visa ****]"
    assert (
        left_of("both together: 400005//665566//5556", parts) == "both together: [card visa ****]"
    )
    other = "both together: 555555//555555//4444"
    assert left_of(other, parts) == other


def test_its_last_groups_go_with_what_is_quoted_behind_them() -> None:
    quoted = "> > 0566 5566 5556 and the date on it is 11/27, three numbers on the\n> > back 367"
    assert left_of(quoted) == (
        "> > [card visa ****] and the date on it is [expiry removed], three numbers on the\n"
        "> > back [security code removed]"
    )


def test_who_reads_it_back_wrong_has_it_all_the_same() -> None:
    assert left_of("I have 4000 0566 5566 5566?") == "I have [card visa ****]?"


@pytest.mark.parametrize(
    "text",
    [
        "order number 12345556",  # ends as the card does
        "order number 4000056655665565",  # is a slip of it
        "my phone is 2222 5556",
        "added: 4000056655665558",  # neither valid nor a slip
        "the parcel is 1234 5678 9012",
        "4000 0566 5566 1111",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert (
        left_of(text, "[card visa **** 5556]" if "5558" not in text else "[card visa **** 1234]")
        == text
    )


def test_without_a_mask_nothing_is_compared() -> None:
    assert cleaned(place("my card", "m1"), place("> 0566 5566 5556 and 367", "m2")) == {}
