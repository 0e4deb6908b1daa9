"""A number in odd groups goes where the text says how many digits it has, and nothing else."""

from __future__ import annotations

import pytest
from support.cards import completed, parts
from support.read_together import cleaned, place

LONG = completed("504435985899285382")
SHORT = completed("67596498264")
ODD = " ".join(parts(LONG, 5))


def left_of(text: str) -> str:
    """What is left of a message."""
    left: dict[str, str] = cleaned(place(text))
    return left.get("message", text)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        f"The debit card I have is old, and it has 19 digits: {ODD}",
        f"Karta debetowa męża, numer ma 19 cyfr i się nie mieści: {ODD}",
        f"Meine Karte ist alt. Eine 19-stellige Nummer steht vorne drauf, und zwar {ODD}",
        f"मेरे पास पुराना डेबिट कार्ड है जिसमें 19 अंक हैं: {ODD}",
        f"Kortene til gutta på brakka:\nPiotr: {' '.join(parts(SHORT, 5, 4, 3))} (12 siffer, ja)",
        f"My old bank card won't fit. {ODD} - all 19 digits, and the form stops at 16",
    ],
    ids=range(6),
)
def test_a_number_goes_that_has_as_many_digits_as_is_said(text: str) -> None:
    assert "[card " in left_of(text)
    assert not any(group in left_of(text) for group in (*parts(LONG, 5), "64982"))


@pytest.mark.parametrize(
    "text",
    [
        f"The debit card is old. It has 18 digits: {ODD}",  # others
        f"The debit card is old. It has 19 letters: {ODD}",
        f"The debit card is old. It has 19 digits: {ODD[:-1]}0",  # no check digit
        f"The debit card is old. The order number has 19 digits: {ODD}",
        f"The debit card is old. It has 19 digits, and the parcel no. is {ODD}",
        "A kártya rossz. Új szám, 16 jegyű: 50400113-72180321",  # an account
        f"It has 19 digits: {ODD}",  # nobody says card
        f"The debit card is old. It has 19 digits. {'I call you tomorrow. ' * 9}: {ODD}",
        f"The debit card is old. {ODD} was on the box, and 19 digits on the lid",
    ],
    ids=range(9),
)
def test_other_digits_stay(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    "groups",
    [
        "42635, then 91, 043, 4 (single), 539 and 78.",
        "426 359 104 345, and 3978 -",
    ],
)
def test_the_groups_may_have_words_between_them_right_before_the_count(groups: str) -> None:
    left = left_of(f"from her card: {groups} 16 digits in all")
    assert not set("0123456789") & set(left.removesuffix("16 digits in all"))


@pytest.mark.parametrize(
    "text",
    [
        "card: 42635, then 91, 043, 4 (single), 539 and 79. 16 digits in all",  # no number
        "card: 42635, then 91, 043, 4 (single), 539 and 7. 16 digits in all",  # too few
        "card: order 142635, then 91, 043, 4, 539 and 78. 16 digits in all",
        "card: 42635, then 91\n 043, 4 (single), 539 and 78. 16 digits in all",
        "my card, its order number: 42635, 91, 043, 4, 539 and 78. 16 digits in all",
    ],
    ids=range(5),
)
def test_other_groups_before_a_count_stay(text: str) -> None:
    assert cleaned(place(text)) == {}
