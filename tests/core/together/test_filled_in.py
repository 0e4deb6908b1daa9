"""What a masked number lacks goes where somebody tells it."""

from __future__ import annotations

import pytest
from support.read_together import begun, cleaned, place

from integration.core.surfaces import SurfaceKind

MASKED = "a payment with card 411111******1111, please confirm"
CARD = "[card visa ****]"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Hi, the six digits in the middle are 111111. Thanks", f"are {CARD}. Thanks"),
        ("los seis números que faltan en medio son 111111", f"son {CARD}"),
        ("de som mangler er 111 111", f"er {CARD}"),
        ("the stars are 1111-11", f"are {CARD}"),
    ],
)
@pytest.mark.parametrize(
    "masked", [MASKED, "card 4111 11** **** 1111", "4111-11xx-xxxx-1111", "411111••••••1111"]
)
def test_the_digits_that_a_masked_number_lacks_go(masked: str, said: str, left: str) -> None:
    found = cleaned(place(masked, "m1"), place(said, "m2"))
    assert found.keys() == {"m2"}
    assert found["m2"].endswith(left)


@pytest.mark.parametrize(
    "text",
    [
        "my order is 111111",  # says nothing of the mask
        "the middle digits are 111112",  # makes no number
        "the middle digits are 1111",  # too few
        "the middle digits are 111111.50",
        "masked: 111111******2222",
        "it is missing, order 111111",
    ],
)
def test_other_digits_stay(text: str) -> None:
    assert cleaned(place(MASKED, "m1"), place(text, "m2")) == {}


@pytest.mark.parametrize(
    "masked", ["4111111111xxxxxx", "4111 1111 11** ****", "4111-1111-11••-••••"]
)
@pytest.mark.parametrize(
    "said", ["die letzten sechs Ziffern: {}", "the last 6 digits are {}", "de som mangler er {}"]
)
def test_the_end_that_a_masked_number_lacks_goes(masked: str, said: str) -> None:
    found = cleaned(place(f"my visa {masked} is blocked", "m1"), place(said.format("111111"), "m2"))
    assert found == {"m2": said.format(CARD)}


@pytest.mark.parametrize("said", ["the last 6 digits are 111112", "my order is 111111"])
def test_other_digits_behind_an_open_mask_stay(said: str) -> None:
    assert cleaned(place("my visa 4111111111xxxxxx", "m1"), place(said, "m2")) == {}


@pytest.mark.parametrize(
    ("asked", "said", "left"),
    [
        ("is it 4000 05** **** 5556?", "the stars are 66 and then 5566, sir", "{} and then , sir"),
        ("4000 05** **** 5556 ok?", "Pod gwiazdkami jest 66, potem 5566", "{}, potem "),
        ("4000 XXXX XXXX 5556", "the XXXX XXXX is 0566 5566. Thanks", "{}. Thanks"),
        ("400005xxxxxx5556", "Det er seks x-er. Der står det 665566", "{}"),
        ("4000 05XX XXXX 5556", "statt der X kommt 66 5566", "{}"),
        ("400005xxxxxx5556", "you ask for the hidden ones. It is 665566", "{}"),
        ("4000 05** **** 5556", "yıldızlı yerler sırayla 66 ve 5566", "{} ve "),
        ("4000&nbsp;05** **** 5556", "Os que estão tapados são 66 5566", "{}"),
        ("the middle of 4000 05** **** 5556 is missing", "66 and 5566", "{} and "),
    ],
)
def test_they_go_in_groups_as_well(asked: str, said: str, left: str) -> None:
    masked = place(asked, "m1", media="text/html" if "&" in asked else "text/plain")
    found = cleaned(masked, place(said, "m2"))
    assert found.keys() == {"m2"}
    assert found["m2"].endswith(left.format(CARD))
    assert "66" not in found["m2"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("is it 4000 05** **** 5556?", "66 and 5566"),  # nobody says that something is missing
        ("the middle of 4000 05** **** 5556 is missing", "order 66 and 5566"),
        ("the middle of 4000 05** **** 5556 is missing", "66, order 5566"),
        ("the middle of 4000 05** **** 5556 is missing", "it is 6655 66"),
        ("the middle of 4000 05** **** 5556 is missing. It is odd. See 66 5566", "thanks"),
        ("the middle of 400005xxxxxx5556 is missing", "it is 665566"),  # has no groups
        ("the middle of 4000 05** **** 5556 is missing", "66 and 5567"),
        ("4000 05** **** 5556", "The middle is hidden. Booking 665566"),
        ("4000 05** **** 5556", "it was card 4000 05** **** 5556 and 665566"),
        ("12;665566;4000 05** **** 5556;1,00", "13;665566;**** **** **** 7718;2,00"),
    ],
)
def test_groups_that_nobody_misses_stay(asked: str, said: str) -> None:
    assert cleaned(place(asked, "m1"), place(said, "m2")) == {}


@pytest.mark.parametrize("marks", ["**** ****", "xxxx xxxx", "•••• ••••"])
def test_no_masked_number_is_filled_by_what_it_shows(marks: str) -> None:
    told = f"Your card 4000 {marks} 5550 was charged; the rest of the digits is hidden."
    assert cleaned(place(told)) == {}


def test_what_is_told_beside_a_masked_number_still_fills_it() -> None:
    told = "to 1204: 4000 **** **** 5556, the middle is 0566 5566"
    assert cleaned(place(told)) == {
        "message": f"to 1204: 4000 **** **** 5556, the middle is {CARD}"
    }


def test_without_a_masked_number_nothing_is_filled_in() -> None:
    assert cleaned(place("the digits in the middle are 111111")) == {}


def test_digits_in_html_go_with_their_tags_left() -> None:
    html = place("<p>the middle is <b>111</b> 111</p>", "m2", media="text/html")
    left = cleaned(place(MASKED, "m1"), html)["m2"]
    assert "111" not in left


def test_they_are_still_known_when_the_masked_number_is_gone() -> None:
    said = place("the six in the middle are 111111", "m2")
    assert cleaned(said, begun=begun(place(MASKED, "m1"), said)) == {
        "m2": f"the six in the middle are {CARD}"
    }


def test_the_date_of_a_mail_fills_no_mask() -> None:
    mask = place("the card 4000 05•• •••• 5556 is the other one, masked", "m1")
    date = place("Date: Sun, 66 Nov 5566 21:44", "h", kind=SurfaceKind.HEADER)
    assert cleaned(mask, date) == {}


@pytest.mark.parametrize(
    "said",
    [
        "The six you cannot see are 056655",
        "De seks I ikke kan se er 05 6655",
        "de sex siffrorna som är stjärnor på kvittot är 056655",
    ],
)
def test_who_counts_what_is_not_shown_tells_it(said: str) -> None:
    mask = place("our system shows your card as 4000 05** **** 5556, is that it?", "m1")
    told = said.replace("056655", "665566").replace("05 6655", "66 5566")
    left = cleaned(mask, place(told, "m2"))["m2"]
    assert "665566" not in left.replace(" ", "")
    other = "Your order has six items, order number 665566"
    assert cleaned(mask, place(other, "m2")) == {}


def test_what_a_mask_shows_is_no_answer_when_it_is_said_once_more() -> None:
    mask = place("the rest of 4925 XXXX XXXX 7710 I keep for myself", "m1")
    assert cleaned(mask, place("It ends in 7710 and begins with 4925", "m2")) == {}
