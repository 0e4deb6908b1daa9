"""Parts of a number over two messages, where they stand once more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support import read_together
from support.read_together import AT, cleaned

from integration.core.surfaces import Role, Surface, SurfaceKind, Text

CARD = "4111 1111 1111 1111"
HEADER = f"Subject: please charge the card {CARD} for my order\nFrom: kari@example.com\n"


def place(text: str, kind=SurfaceKind.SUBJECT, media_type="text/plain", name="") -> Surface:
    return read_together.place(text, name, kind, media_type)


header = place(HEADER, SurfaceKind.HEADER)


def messages(*texts: str) -> list[Surface]:
    times = {"author": "user:1", "role": Role.REQUESTER}
    return [
        Surface(
            f"message:{number}",
            SurfaceKind.MESSAGE,
            Text(text),
            created=AT + timedelta(minutes=number),
            **times,
        )
        for number, text in enumerate(texts)
    ]


def test_what_quotes_half_of_a_split_number_is_cleaned_with_it():
    reply = place("On Thursday Kari wrote:\n> My card is 4111 1111\n", SurfaceKind.MAIL_COPY)
    done = cleaned(*messages("My card is 4111 1111", "and the rest is 1111 1111"), reply)
    assert done == {
        "message:0": "My card is [card visa ****]",
        "message:1": "and the rest is [card visa ****]",
        "mail_copy": "On Thursday Kari wrote:\n> My card is [card visa ****]\n",
    }


def test_the_half_that_a_later_message_quotes_and_completes_is_cleaned():
    done = cleaned(*messages("Card: 4111 1111", "> Card: 4111 1111\n\nthe rest: 1111 1111"))
    assert done == {
        "message:0": "Card: [card visa ****]",
        "message:1": "> Card: [card visa **** 1111]\n\nthe rest: ",
    }


def test_what_repeats_a_short_part_with_its_words_is_cleaned_with_it():
    copy = place("<pre>\nCard, part 1: 4111 11\nKari</pre>", SurfaceKind.MAIL_COPY)
    texts = ("Card, part 1: 4111 11", "part 2: 1111 11", "part 3: 1111")
    assert cleaned(*messages(*texts), copy) == {
        "message:0": "Card, part 1: [card visa ****]",
        "message:1": "part 2: [card visa ****]",
        "message:2": "part 3: [card visa ****]",
        "mail_copy": "<pre>\nCard, part 1: [card visa ****]\nKari</pre>",
    }


def test_what_repeats_a_short_part_as_a_line_is_cleaned_with_it():
    copy = place("You wrote:\n\n> 411111\n\nThanks", SurfaceKind.MAIL_COPY)
    page = place("<pre>411111\n</pre>", SurfaceKind.NOTE)
    done = cleaned(*messages("My card, as I said", "411111", "111111", "1111"), copy, page)
    assert done["mail_copy"] == "You wrote:\n\n> [card visa ****]\n\nThanks"
    assert done["note"] == "<pre>[card visa ****]\n</pre>"


@pytest.mark.parametrize("text", ["on shelf 4111 11", "411111 boxes", "x411111", "4111 11 22"])
def test_a_short_part_is_no_part_where_other_words_stand_before_it(text):
    note = place(text, SurfaceKind.NOTE)
    texts = ("Card, part 1: 4111 11", "part 2: 1111 11", "part 3: 1111")
    assert "note" not in cleaned(*messages(*texts), note)
    assert "note" not in cleaned(*messages("My card", "411111", "111111", "1111"), note)


def test_the_last_group_of_a_split_number_is_not_looked_for_elsewhere():
    note = place("box 1111 is full", SurfaceKind.NOTE)
    assert "note" not in cleaned(*messages("My card is 4111 1111 1111", "1111"), note)


@pytest.mark.parametrize("echo", ["111111", "111111?", "111111 ok"])
def test_a_short_part_that_the_other_side_repeats_goes_too(echo):
    texts = ("My card, first ten: 4111111111", f"the end is {echo[:6]}")
    note = place(echo, SurfaceKind.NOTE)
    assert cleaned(*messages(*texts), note)["note"].startswith("[card visa ****]")


def test_a_half_that_the_other_side_quotes_goes_though_a_date_follows_it():
    note = place("herKari: 11111111 10/29Kari: sorry", SurfaceKind.NOTE)
    done = cleaned(*messages("My card: 41111111", "the rest 11111111"), note)
    assert done["note"].startswith("herKari: [card visa ****] ")
