"""Dates and codes go whose card number stands elsewhere in the ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.read_together import AT, cleaned, place

from integration.core.surfaces import Role, Surface, SurfaceKind

NUMBER = place("Take it from 4111 1111 1111 1111", kind=SurfaceKind.SUBJECT)


@pytest.mark.parametrize(
    "kind", [SurfaceKind.HEADER, SurfaceKind.CONTACT_FIELD, SurfaceKind.FILE_NAME]
)
def test_what_a_word_names_goes_where_the_number_stands_above_the_message(kind) -> None:
    text = "use the card above, expiry 04/28, last three on back 229, room 133"
    assert cleaned(replace(NUMBER, kind=kind, id="title"), place(text))["message"] == (
        "use the card above, expiry [expiry removed], last three on back [security code removed],"
        " room 133"
    )


def mails(*texts: str, author: str = "c1") -> list[Surface]:
    """Of one customer, five minutes apart."""
    return [
        replace(
            place(text, f"{author}-{number}"),
            author=author,
            role=Role.REQUESTER,
            created=AT + timedelta(minutes=5 * number),
        )
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "exp 11/28, see subject",
        "Se emnefelt. Utløper 11/28, cvc 123",
    ],
)
def test_what_a_word_names_goes_where_the_subject_holds_the_number(text: str) -> None:
    left = cleaned(NUMBER, place(text))["message"]
    assert "11/28" not in left
    assert "123" not in left


def test_a_code_of_four_digits_goes_where_the_subject_holds_a_card_with_such_codes() -> None:
    amex = place("Take it from 3782 822463 10005", kind=SurfaceKind.SUBJECT)
    assert "3308" not in cleaned(amex, place("See subject. CID 3308, exp 11/28"))["message"]


@pytest.mark.parametrize("text", ["see subject, call me on 11/28", "room 123", "Hello"])
def test_what_no_word_names_stays_there(text: str) -> None:
    assert "message" not in cleaned(NUMBER, place(text))


@pytest.mark.exhaustive
def test_no_number_is_cut_in_two_where_the_reading_ends() -> None:
    for size in range(50, 80):
        rest = f"it expires 05/28. {'and so on ' * 9}"[:size]
        notes = mails("My card: 4111 1111", f"the rest: 1111 1111, {rest} (20260311)")
        left = cleaned(*notes)["c1-1"]
        assert left.endswith(f"{rest[17:]} (20260311)"), size


def test_a_number_of_its_own_far_off_hides_nothing() -> None:
    text = f"regarding 4111 1111 1111 1111 {'and so on ' * 60}\n\nexpiry date is 04/27. 12 bits"
    left = cleaned(NUMBER, place(text))["message"]
    assert left.endswith("\n\nexpiry date is [expiry removed]. 12 bits")


def test_a_date_goes_with_the_halves_of_a_number_that_messages_tell() -> None:
    left = cleaned(*mails("its my card 45436819", "47841816", "and 12/27, cvc 188"))
    assert left["c1-2"] == "and [expiry removed], cvc [security code removed]"


def test_a_date_goes_that_stands_with_the_first_half() -> None:
    first = "First eight digits of my card 51009637, the rest comes in another mail. Expires 09/28."
    left = cleaned(*mails(first, "And here's the other eight: 65012213"))
    assert left["c1-0"].endswith("Expires [expiry removed].")


def test_another_author_keeps_what_no_word_names() -> None:
    told = mails("its my card 45436819", "47841816")
    left = cleaned(*told, *mails("see you on 12/27", author="c2"))
    assert set(left) == {"c1-0", "c1-1"}


def test_a_date_and_a_code_go_that_stand_behind_the_last_part() -> None:
    left = cleaned(*mails("visa 4023 9684 ..", ".. 0803 5338 / 1027 / 299 line dropped"))
    assert left["c1-1"] == (
        ".. [card visa ****] / [expiry removed] / [security code removed] line dropped"
    )
