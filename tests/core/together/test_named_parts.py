"""Parts of a number that are named as parts go, in whatever order they are told."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cards import number
from support.read_together import cleaned, look, place

from integration.core.spans import Action

CARD = "[card visa ****]"


def left_of(*texts: str) -> str:
    """What is left of some messages, each part as one star."""
    places = [place(text, f"m{at}") for at, text in enumerate(texts)]
    left = cleaned(*places)
    return " / ".join(
        re.sub(r"\[card [^\]]*\]", "*", left.get(f"m{at}", text)) for at, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        # the end first, in one text and over messages, other numbers around
        (
            ("Order 20651, total 88.83. Last 8 digits: 6556 5556. The card begins with 4000 0566",),
            "Order 20651, total 88.83. Last 8 digits: *. The card begins with *",
        ),
        (
            ("the rest of my card is 65565556\nCall 07565 891493", "it starts with 40000566"),
            "the rest of my card is *\nCall 07565 891493 / it starts with *",
        ),
        # counted, with numbers and with words
        (
            ("Del 2: 0566-6556", "del 3: 5556. Ordre 204247", "del 1 av kortnr: 4000"),
            "Del 2: * / del 3: *. Ordre 204247 / del 1 av kortnr: *",
        ),
        (
            ("card\nBlock 1: 4000\nBlock 2: 0566", "Block 3: 5566, order 12345\nBlock 4: 5556"),
            "card\nBlock 1: *\nBlock 2: * / Block 3: *, order 12345\nBlock 4: *",
        ),
        (("visa: 2 of 2: 65565556", "1/2: 40000566"), "visa: 2 of 2: * / 1/2: *"),
        # named behind
        (
            ("my card? 6556 5556 is the second half", "and 4000 0566 the first"),
            "my card? * is the second half / and * the first",
        ),
        # one part is named for its card only
        (
            ("ends in 655656", "hi, use my card 4000056665"),
            "ends in 655656 / hi, use my card 4000056665",
        ),
        (("ends in 565556", "hi, use my card 4000056665"), "ends in * / hi, use my card *"),
    ],
)
def test_named_parts_of_a_card_number_go(texts: tuple[str, ...], left: str) -> None:
    assert left_of(*texts) == left


def test_parts_that_nobody_calls_a_card_are_told() -> None:
    hits = look(place("it ends in 65565556. It begins with 40000566")).hits
    assert [span.action for hit in hits for span in hit.spans] == [Action.REPORT] * 2


@pytest.mark.parametrize(
    "texts",
    [
        ("my card", "it ends in 65565557. It begins with 40000566"),  # is no number
        ("my card", "it ends in 65565556. It begins with 90000566"),  # of no issuer
        ("my card", "the last order is 65565556, the first order 40000566"),
        ("my card", "room 65565556, room 40000566"),  # nobody names them
        ("my card", "it ends in #65565556. It begins with 40000566"),  # a ticket
        ("my card", "it ends in 65565556.pdf, the file /40000566 is the first"),
        ("it was 65565556, and it begins with 40000566",),  # neither a card nor an end
    ],
)
def test_anything_else_stays(texts: tuple[str, ...]) -> None:
    assert left_of(*texts) == " / ".join(texts)


def test_parts_whose_digits_are_counted_need_no_word_for_a_card() -> None:
    texts = "her er de 12 første: 4000 0566 6556", "og de fire siste: 5556"
    assert left_of(*texts) == "her er de 12 første: * / og de fire siste: *"


def test_many_numbers_are_a_list() -> None:
    lines = "".join(f"the first is {each}, ok?\n\n" for each in range(10_000, 10_010))
    text = f"card\nlast 65565556\n{lines}first 40000566"
    assert left_of(text) == text


@given(seed=st.integers(0, 10_000), first=st.integers(4, 12), reverse=st.booleans())
def test_both_parts_of_any_number_go_in_any_order(seed: int, first: int, *, reverse: bool) -> None:
    whole = number("4", 16, random.Random(seed))
    parts = [f"my card begins with {whole[:first]}.", f"The rest is {whole[first:]}."]
    left = left_of(*(reversed(parts) if reverse else parts))
    assert whole[:first] not in left
    assert len(re.findall(r"\d", left)) <= 4  # twelve digits may be a number by themselves
