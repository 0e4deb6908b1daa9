"""A group that is taken back amid a number goes with the rest that is said again."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "[card visa ****]"


@pytest.mark.parametrize(
    ("first", "said", "rest"),
    [
        ("40 00 05 66 56", "nei unnskyld", "55 66 55 56"),
        ("40 00 05 66 65", ", no wait,", "55 66 55 56"),
        ("40 00 05 66 55 67", "sorry", "66 55 56"),
        ("40 00 05 66 57 66", "nein, falsch:", "55 66 55 56"),  # two pairs
        ("400 005 667", "scratch that", "665 566 555 6"),
    ],
)
def test_both_rows_go_where_they_make_a_number_without_the_group(first, said, rest) -> None:
    text = "My card: {} {} {}\nvalid to 11/27"
    left = cleaned(place(text.format(first, said, rest)))["message"]
    assert left.startswith(f"My card: {CARD} {said} {CARD}")
    assert "11/27" not in left


@pytest.mark.parametrize(
    "text",
    [
        "My card: 40 00 05 66 56 and 55 66 55 56",  # nothing is taken back
        "My card: 40 00 05 66 56 nei unnskyld 55 66 55 57",  # is no number
        "My card: 40 00 05 66 56, I am so sorry about this and will be at home, 55 66 55 56",
        "call 40 00 05 66 56 nei unnskyld 55 66 55 56",  # nobody says card
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert cleaned(place(text)) == {}


@pytest.mark.parametrize(
    ("first", "said", "rest"),
    [
        (
            "four nought nought nought nought five double six",
            ", no sorry,",
            "o five six six five five six six five five five six",
        ),
        (
            "fire null null null, null fem seks syv",
            ", nei beklager jeg leste feil,",
            "null fem seks seks, fem fem seks seks, fem fem fem seks",
        ),
    ],
)
def test_in_words_as_many_digits_are_taken_back_as_are_too_many(first, said, rest) -> None:
    text = f"My card is {first}{said} {rest}. Bye"
    left = cleaned(place(text))["message"]
    assert left == f"My card is {CARD}{said} {CARD}. Bye"


def test_words_that_make_no_number_stay() -> None:
    text = "My card is four nought nought nought nought five six six, no sorry, one two three four"
    assert cleaned(place(text)) == {}


@pytest.mark.parametrize("told", ["not 1112, it's 1111 - 1111", "it's 1111 - 1111", "1111-1111"])
def test_the_group_that_was_wrong_may_be_said_again_before_the_right_one(told: str) -> None:
    (done,) = cleaned(place(f"As dictated: card 4111 1111 1112 - no, sorry, {told}")).values()
    assert "1111" not in done


def test_a_word_before_another_number_takes_nothing_back() -> None:
    text = "Anna, 400005-5678, {}\nBo, 665566-5556"
    assert cleaned(place("card\n" + text.format("pas 213380054"))) == {}
    assert cleaned(place("card\n" + text.format("pas"))) != {}
