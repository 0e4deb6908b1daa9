"""A number without its last group goes with the group that somebody calls the last."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

from integration.core.surfaces import SurfaceKind

CARD = "[card visa ****]"


@pytest.mark.parametrize(
    "text",
    [
        "Le ultime quattro: 1111\n\n> la carta: 4111 1111 1111\n> grazie",
        "my card is 411111111111. The last four are 1111",
        "My card: 4111 1111 1111 23 for the deposit. Sorry, too early: the end is 1111",
        "My card: 411111111111 111. We only got 15 digits? Sorry, the last digit is 1",
        "> Nummer 4111 1111 1111 04?? fehlt was\n\nhinten muss 1111 stehen, gültig bis 3/28",
    ],
)
def test_a_number_without_its_last_group_goes_with_the_group_wherever_it_is_told(text: str) -> None:
    left = cleaned(place(text))["message"]
    assert left.count(CARD) == 2
    assert not any(group in left for group in ("111", "23", "04", "is 1"))


def test_who_reads_a_number_out_names_no_other() -> None:
    one, other = (
        "Kunden leste 4111 1111 1111 og så falt samtalen ut.",
        "De siste fire: 1111. Utløp 08/27",
    )
    done = cleaned(place(one, "m1"), place(other, "m2"))
    assert done == {
        "m1": f"Kunden leste {CARD} og så falt samtalen ut.",
        "m2": f"De siste fire: {CARD}. Utløp [expiry removed]",
    }


def test_the_last_group_of_american_express_has_five_digits_and_may_come_first() -> None:
    done = cleaned(
        place("the card ends in 10005, she rings again", "m1"),
        place("Amex begins with 3782 822463, exp 6/27, 4-digit 3309.", "m2"),
    )
    left = (
        "Amex begins with [card amex ****], exp [expiry removed], 4-digit [security code removed]."
    )
    assert done == {"m1": "the card ends in [card amex ****], she rings again", "m2": left}


@pytest.mark.parametrize(
    "texts",
    [
        ("the last four: 1112", "my card is 4111 1111 1111"),  # makes no number
        ("room 1111", "my card is 4111 1111 1111"),  # nobody says that it is the last
        ("the last four: 1111", "my order is 4111 1111 1111"),
        ("the last four: 1111", "my card is 3782 822463"),  # of another size
        ("the last run stopped after row 1", "card\n5;411111111111111;x"),  # in a table
    ],
)
def test_what_makes_no_number_of_a_card_with_its_last_group_stays(texts: tuple[str, str]) -> None:
    one, other = texts
    assert cleaned(place(one, "m1"), place(other, "m2")) == {}


def test_the_subject_may_say_that_it_is_a_card() -> None:
    texts = place("charge 4111 1111 1111", "m1"), place("it ends in 1111", "m2")
    assert cleaned(*texts) == {"m1": "charge 4111 1111 1111", "m2": "it ends in 1111"}  # told
    subject = place("Oops, wrong card digits", kind=SurfaceKind.SUBJECT)
    assert cleaned(subject, *texts) == {"m1": f"charge {CARD}", "m2": f"it ends in {CARD}"}


def test_a_number_without_its_first_group_goes_with_the_group_that_was_asked_for() -> None:
    asked = "Your card lacks the first four digits, we have 1111 1111 1111. Could you send them?"
    left = cleaned(place(asked, "m1"), place("They are 4111. Sal", "m2"))
    assert left == {
        "m1": f"Your card lacks the first four digits, we have {CARD}. Could you send them?",
        "m2": f"They are {CARD}. Sal",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Your card: 1111 1111 1111", "They are 4111."),  # nobody says that the first lacks
        ("The first four of your card lack: 1111 1111 1111", "They are 4112."),
        ("The first four of your order lack: 1111 1111 1111", "They are 4111."),
    ],
)
def test_what_makes_no_number_of_a_card_with_its_first_group_stays(one: str, other: str) -> None:
    assert cleaned(place(one, "m1"), place(other, "m2")) == {}


def test_the_last_digit_may_come_behind_what_somebody_else_says_of_it() -> None:
    left = cleaned(
        place("bonus kartım 411111111111111", "m1"),
        place("yazdığınız numara 15 hane görünüyor", "m2"),
        place("ay evet en sonda 1 var", "m3"),
    )
    assert left == {"m1": f"bonus kartım {CARD}", "m3": f"ay evet en sonda {CARD} var"}
