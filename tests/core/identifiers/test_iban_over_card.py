"""An IBAN may hold digits that look like a card; only its own check digits make them part of it."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.identifiers import check_digits
from integration.core.spans import Kind

CARD = "4111111111111111"


def german_iban(wrong: int = 0) -> str:
    account = f"{CARD}07"
    check = 98 - int(f"{account}131400") % 97
    return f"DE{(check + wrong) % 97:02d}{account}"


def in_fours(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


FORMS = {
    "solid": str,
    "small": str.lower,
    "grouped": in_fours,
    "small-and-grouped": lambda text: in_fours(text.lower()),
}


@pytest.mark.parametrize("form", list(FORMS.values()), ids=list(FORMS))
def test_a_card_inside_a_valid_iban_is_a_part_of_it(form) -> None:
    text = f"my iban is {form(german_iban())} thanks"
    assert [span.kind for span in find(text)] == [Kind.IBAN]


@pytest.mark.parametrize("form", [in_fours, FORMS["small-and-grouped"]], ids=["capital", "small"])
def test_a_card_behind_letters_that_are_no_iban_stays_a_card(form) -> None:
    text = f"my card is {form(german_iban(wrong=1))} thanks"
    assert [span.kind for span in find(text)] == [Kind.PAN]


def test_a_card_beside_an_iban_is_found_beside_it() -> None:
    text = f"iban {in_fours(german_iban())}, card {in_fours(CARD)}"
    assert [span.kind for span in find(text)] == [Kind.IBAN, Kind.PAN]


def test_the_country_of_an_iban_is_no_letters_that_stand_for_digits() -> None:
    text = "my card is 4256 0380 6376 5997, my account SI56 1910 0000 0123 438"
    assert [span.kind for span in find(text)] == [Kind.PAN, Kind.IBAN]


def that_makes_an_iban(text: str) -> str:
    """Return `text` with its #### replaced by the digits that make all of it an IBAN."""
    fours = (f"{number:04d}" for number in range(1000, 10_000))
    every = (text.replace("####", four) for four in fours)
    return next(
        one for one in every if check_digits.iban(one.translate(_NO_JOINTS).upper().encode())
    )


_NO_JOINTS = str.maketrans("", "", " -/")


@pytest.mark.parametrize(
    ("before", "written"),
    [("ring ", f"me #### - {in_fours(CARD)}"), ("TARJETA ", f"DE {in_fours(CARD)} ####")],
    ids=["small", "capital"],
)
def test_a_word_and_a_card_that_make_an_iban_by_chance_are_a_card(before, written) -> None:
    text = before + that_makes_an_iban(written)
    card, *_ = find(text)
    assert text[card.start : card.end] == in_fours(CARD)
