"""A subject that speaks of a card tells what the numbers of a message are."""

from __future__ import annotations

import random

import pytest
from support.cards import number
from support.read_together import begun, cleaned, place

from integration.core.surfaces import SurfaceKind

GROUPS = "first four 4111, next four 1111, then 1111 and the last four are 1111"
CARD = "[card visa ****]"


def subject(text: str):
    return place(text, kind=SurfaceKind.SUBJECT)


@pytest.mark.parametrize("text", ["My card number", "Kortnummeret mitt", "Re: Fwd: Visa card"])
def test_groups_between_words_go_under_a_subject_that_speaks_of_a_card(text: str) -> None:
    assert cleaned(subject(text), place(GROUPS)) == {"message": f"first four {CARD}"}


def test_what_stands_beside_such_a_number_goes_with_it() -> None:
    text = f"Hi, {GROUPS}. exp 09/28, code 123"
    assert cleaned(subject("My card"), place(text))["message"] == (
        f"Hi, first four {CARD}. exp [expiry removed], code [security code removed]"
    )


def test_each_copy_that_the_helpdesk_keeps_goes_too() -> None:
    kinds = (SurfaceKind.MESSAGE, SurfaceKind.QUOTED, SurfaceKind.NOTE, SurfaceKind.MAIL_COPY)
    copies = [place(GROUPS, kind=kind) for kind in kinds]
    left = cleaned(subject("My card"), *copies)
    assert left == {kind.value: f"first four {CARD}" for kind in kinds}


def test_pan_in_capitals_is_a_card_number_and_pan_is_a_word_of_many_languages() -> None:
    seldom = place(f"paste {number('4929', 19, random.Random(7))} and press OK")
    assert cleaned(subject("PAN length"), seldom)["message"].startswith("paste [card visa **** ")
    assert cleaned(subject("Pan length"), seldom)["message"] == seldom.content.text  # it is told


@pytest.mark.parametrize("text", ["Order 12", "", "My gift card", "Hello"])
def test_under_any_other_subject_they_stay(text: str) -> None:
    assert cleaned(subject(text), place(GROUPS)) == {}


def test_no_date_goes_for_the_subject_alone() -> None:
    assert cleaned(subject("My card number"), place("valid 09/28, call 22 33 44 55 after 16")) == {}


def test_a_number_in_html_goes_group_by_group() -> None:
    html = place(f"<p>{GROUPS.replace(',', ',<br>')}</p>", media="text/html")
    left = cleaned(subject("My card number"), html)["message"]
    assert "4111" not in left
    assert "1111" not in left


def test_the_number_is_still_known_when_the_subject_has_changed() -> None:
    stored = begun(subject("My card number"), place(GROUPS))
    assert cleaned(subject("Closed"), place(GROUPS), begun=stored) == {
        "message": f"first four {CARD}"
    }


def test_a_number_of_seldom_length_goes_far_from_any_word_under_such_a_subject() -> None:
    subject = place("old Maestro still on file?", kind=SurfaceKind.SUBJECT)
    text = "Could you remove this card from my account please, it was cancelled by the bank: {}"
    number = "675911111111111110"
    assert "[card maestro" in cleaned(subject, place(text.format(number)))["message"]
    order = f"please see the order number {number}"
    assert cleaned(subject, place(order)).get("message", order) == order


def test_digits_in_groups_that_no_card_has_are_one_below_a_subject_that_speaks_of_it() -> None:
    title = place("Kortoplysninger", kind=SurfaceKind.SUBJECT)
    text = "Jeg har skrevet det af fra displayet: {}. Nummerplade CX 41 882"
    written = "4111 111111 111111"
    masked = text.format("[card visa **** 1111]")
    assert cleaned(title, place(text.format(written)))["message"] == masked
    wrong = "4111 111111 111112"
    for subject, digits in ((place("Hej", kind=SurfaceKind.SUBJECT), written), (title, wrong)):
        same = text.format(digits)
        assert cleaned(subject, place(same)).get("message", same) == same
