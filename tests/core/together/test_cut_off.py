"""A number that a helpdesk cut off, known by the place that has it whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support import read_together
from support.read_together import AT, cleaned, look

from integration.core.detection import mask
from integration.core.plan import Place
from integration.core.surfaces import Role, Surface, SurfaceKind, Text

CARD = "4111 1111 1111 1111"
HEADER = f"Subject: please charge the card {CARD} for my order\nFrom: kari@example.com\n"


def place(text: str, kind=SurfaceKind.SUBJECT, media_type="text/plain", name="") -> Surface:
    return read_together.place(text, name, kind, media_type)


header = place(HEADER, SurfaceKind.HEADER)


@pytest.mark.parametrize("part", [CARD[:11], CARD[:13], CARD[:16], CARD[:18]])
def test_a_subject_that_ends_amid_a_number_is_cleaned(part):
    assert cleaned(header, place(f"please charge the card {part}")) == {
        "header": HEADER.replace(CARD, "[card visa **** 1111]"),
        "subject": "please charge the card [card visa ****]",
    }


def test_what_repeats_the_subject_is_cleaned_with_it():
    reply = place(f'We have "charge {CARD[:16]}" from you.', SurfaceKind.MAIL_COPY)
    assert cleaned(header, place(f"charge {CARD[:16]}"), reply)["mail_copy"] == (
        'We have "charge [card visa ****]" from you.'
    )


@pytest.mark.parametrize(
    "subject",
    [f"charge {CARD[:9]}", f"charge {CARD[:13]} please", "charge 4222 2222 2222", "charge"],
    ids=["as much as may be kept", "not at its end", "another number", "no number"],
)
def test_any_other_subject_stays(subject):
    assert set(cleaned(header, place(subject))) == {"header"}


def test_only_what_has_room_for_so_many_characters_is_cut():
    note = place(f"charge {CARD[:13]}", SurfaceKind.NOTE)
    assert set(cleaned(header, note)) == {"header"}


def test_a_longer_number_that_begins_alike_stays():
    other = place(f"order {CARD[:13]}2345678 of May", SurfaceKind.NOTE)
    assert set(cleaned(header, place(f"charge {CARD[:13]}"), other)) == {"header", "subject"}


def test_it_is_known_though_the_whole_number_was_cleaned_first():
    subject = place(f"charge {CARD[:16]}")
    begun = {
        hit.surface.id: Place.of(hit.surface, hit.removable, None)
        for hit in look(header, subject).hits
    }
    (hit,) = look(subject, begun=begun).hits
    assert mask(subject.content.text, hit.removable) == "charge [card visa ****]"


def test_a_number_that_is_only_reported_cuts_nothing_off():
    unsure = place(f"ref {CARD}x", SurfaceKind.NOTE)
    assert all(not hit.removable for hit in look(unsure, place(f"charge {CARD[:16]}")).hits)


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
        "message:1": "> Card: [card visa **** 1111]",
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


@pytest.mark.parametrize("text", ["shelf 2: 4111 11", "411111 boxes", "x411111", "4111 11 22"])
def test_a_short_part_is_no_part_where_other_words_stand_before_it(text):
    note = place(text, SurfaceKind.NOTE)
    texts = ("Card, part 1: 4111 11", "part 2: 1111 11", "part 3: 1111")
    assert "note" not in cleaned(*messages(*texts), note)
    assert "note" not in cleaned(*messages("My card", "411111", "111111", "1111"), note)


def test_the_last_group_of_a_split_number_is_not_looked_for_elsewhere():
    note = place("box 1111 is full", SurfaceKind.NOTE)
    assert "note" not in cleaned(*messages("My card is 4111 1111 1111", "1111"), note)
