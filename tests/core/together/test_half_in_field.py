"""A part of a number goes from a field where somebody says that it stands there."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, look, place

from integration.core.spans import Action
from integration.core.surfaces import SurfaceKind

CARD = "[card visa ****]"
SAID = "The first eight digits of my Visa card are in the field Order. The other eight: 1111 1111"

SAID_OF_MC = "The first eight digits of my card are in the field Order. The other eight: 5555 4444"


def field(text: str, kind: SurfaceKind = SurfaceKind.CUSTOM_FIELD):
    return place(text, "field", kind=kind)


@pytest.mark.parametrize("kind", [SurfaceKind.CUSTOM_FIELD, SurfaceKind.HISTORY])
@pytest.mark.parametrize("shown", ["41111111", "4111 1111", " 4111-1111\n"])
def test_both_parts_go(shown: str, kind: SurfaceKind) -> None:
    assert cleaned(field(shown, kind), place(SAID)) == {
        "field": shown.replace(shown.strip(), CARD),
        "message": SAID.replace("1111 1111", CARD),
    }


def test_the_field_may_hold_the_end() -> None:
    said = "last 8 of the mc in the order field, first 8: 5555 5555"
    assert cleaned(field("5555 4444"), place(said)) == {
        "field": "[card mastercard ****]",
        "message": "last 8 of the mc in the order field, first 8: [card mastercard ****]",
    }


@pytest.mark.parametrize(
    "said",
    [
        "The first eight digits of my card are on my order. The other eight: 1111 1111",
        "The card is in the field Order. Your phone is 1111 1111",  # no parts
        "The first eight digits of my card are in the field Order. The other eight: 1111 1112",
        "The first eight digits of my card are in the field Order. My phone is 1111 1111",
        "The first six digits of my card are in the field Order. The others: 1111 1111",
    ],
)
def test_anything_else_stays(said: str) -> None:
    assert cleaned(field("4111 1111"), place(said)) == {}


def test_what_a_subject_says_of_a_field_counts() -> None:
    said = place(SAID, "s", kind=SurfaceKind.SUBJECT)
    shown = cleaned(field("4111 1111"), said, place("Please see the subject."))
    assert shown == {"field": CARD, "s": SAID.replace("1111 1111", CARD)}


def subject(text: str):
    return place(text, "s", kind=SurfaceKind.SUBJECT)


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Kort {} (resten av kortnummeret i meldingen)", "{} – utløp 03/26. Faktura 55012874."),
        ("My card {}, the rest is below", "{}\n\nThanks, tel. 22 33 44 55"),
        ("Karte {}, der Rest steht unten", "Bitte: {}."),
    ],
)
def test_a_card_in_a_subject_that_says_where_the_rest_is_goes(title: str, message: str) -> None:
    begun = subject(title.format("4111 1111"))
    shown = cleaned(begun, place(message.format("1111 1111")))
    assert shown["s"] == title.format(CARD)
    assert CARD in shown["message"]
    assert "1111" not in shown["message"]
    assert cleaned(begun, place(message.format("1111 1112"))) == {}


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Order 4111 1111, the rest is late", "My card was charged. 1111 1111."),
        ("My card order 4111 1111, the rest is late", "It is 1111 1111."),
        ("Card 4111 1111", "It is 1111 1111."),
        ("Card 4111 1111, the rest is below", "My phone is 1111 1111."),
        ("I want the rest of my money back, order 41111111", "by card. Customer 11111111"),
    ],
    ids=["no card", "an order of one", "no rest", "a telephone", "a customer"],
)
def test_other_digits_of_a_subject_stay(title: str, message: str) -> None:
    assert look(subject(title), place(message)).hits == ()


def test_what_goes_with_a_field_and_with_the_subject_goes_once() -> None:
    title = subject("Card 4111 1111, the rest is below")
    hits = look(field("4111 1111"), title, place(SAID)).hits
    assert {hit.surface.id: len(hit.spans) for hit in hits} == {"field": 1, "s": 1, "message": 1}


def test_two_rests_are_told_and_a_sure_part_in_a_field_goes_all_the_same() -> None:
    title = subject("Card 4111 1111, the rest is below")
    hits = look(title, place("It is 2222 2220 or 1111 1111.")).hits
    assert {span.action for hit in hits for span in hit.spans} == {Action.REPORT}
    shown = cleaned(field("5555 5555"), title, place("2222 2220 or 1111 1111. " + SAID_OF_MC))
    assert shown["field"] == "[card mastercard ****]"


@pytest.mark.parametrize(
    "said",
    [
        "The first half of my number is in the field Order. The other half: 1111 1111",  # no card
        "First 8 digits of my card: field Order. The rest is 1111 1111, or the rest is 22222220",
    ],
)
def test_they_are_told_where_nobody_says_card_or_two_numbers_could_be_meant(said: str) -> None:
    hits = look(field("4111 1111"), place(said)).hits
    assert {hit.surface.id for hit in hits} == {"field", "message"}
    assert {span.action for hit in hits for span in hit.spans} == {Action.REPORT}


@pytest.mark.parametrize("shown", ["order 41111111", "1234 5678 9012 34", "41", "", "91111111"])
def test_a_field_with_anything_but_a_part_stays(shown: str) -> None:
    assert "field" not in cleaned(field(shown), place(SAID))


def test_a_field_that_is_shown_twice_goes_twice() -> None:
    before = place("4111 1111", "history", kind=SurfaceKind.HISTORY)
    told = cleaned(field("4111 1111"), before, place(SAID))
    assert told.keys() == {"field", "history", "message"}


def test_what_is_gone_is_no_part_once_more() -> None:
    whole = "My Visa card is 4111 1111 1111 1111, its first eight digits are in the field Order"
    assert cleaned(field("1111 1111"), place(whole)).keys() == {"message"}


@pytest.mark.parametrize(
    "said",
    [
        "The field takes only 10 characters. There is the beginning of my card, {}",
        "Das Feld nimmt nur 10 Zeichen an. Dort steht der Anfang meiner Karte, {}",
    ],
)
def test_the_field_may_be_spoken_of_in_the_sentence_before(said: str) -> None:
    end = "here the last four digits: 5904"
    left = cleaned(field("3056930902"), place(said.format(end)))
    assert left["field"] == "[card diners ****]"
    assert "5904" not in left["message"]
    assert cleaned(field("30569309"), place(said.format("and here 025904"))) == {}
