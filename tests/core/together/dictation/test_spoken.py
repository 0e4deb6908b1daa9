"""A number that is spoken goes, whatever is said between its groups, and only where a card is."""

from __future__ import annotations

import re

import pytest
from support.read_together import cleaned, place

TOLD = re.compile("«[^»]*»")
"""What is told of a number, in the texts below."""
MASK = re.compile(r"\[card \w+ \*{4}(?: \d{4})?\]")

ASIDES = (
    (
        "My Visa. It's «four zero», hold on, let me get my glasses. Alright. «four zero zero "
        "zero». That's the first bunch. Then «zero five six six», um, «five five six», is that a "
        "«six»? Yes, «six». And the last is «five five», ah the dog, excuse me, «five six». I'm "
        "home until three."
    ),
    (
        "La visa es «cuatro cero», este, «cero cero», a ver, «cero cinco seis», ay perdón se me "
        "cayó, sí, «seis cinco, cinco seis seis», ya casi, «cinco cinco», y «cinco» y «seis». "
        "Son dieciséis, ¿verdad? Me habla al nueve cinco seis cinco cinco cinco cero uno dos "
        "tres."
    ),
    (
        "Numer karty to: «cztery zero zero zero, zero pięć sześć sześć, pięć pięć sześć sześć», "
        "yyy, momencik, okulary... «pięć pięć pięć sześć». Dwa razy po sześćdziesiąt dziewięć "
        "złotych."
    ),
    (
        "la carta sarebbe ehm «quattro tre zero zero»... aspetti che giro gli occhiali... «zero "
        "cinque doppio sei, poi ehm due volte cinque sei sei» sì... e per finire «cinque sei ehm "
        "cinque due». ecco. sedici numeri dovrebbero essere. grazie"
    ),
    (
        "My visa is «four zero zero zero», hold on, the other phone is ringing, ok, «zero five "
        "six six, five five six», sorry, «five five six six», and «five five five six». Thanks"
    ),
    (
        "My visa is «four zero zero zero, zero five», one moment please, «six six five», uh, "
        "«five six six», wait a second, «five five», so «five six». My phone is five five five "
        "two one four."
    ),
)
LINES = (
    (
        "[00:00] good afternoon\n[00:09] I'd like to use the visa\n[00:12] «four zero "
        "zero»\n[00:14] «zero zero five»\n[00:17] «six six» uh\n[00:21] «five five six "
        "six»\n[00:24] «five five five»\n[00:28] and a «six» at the end\n[00:36] you can reach "
        "me at two oh eight five five"
    ),
    (
        "AGENT: may I have the card number\nCUST: yes umm it is «four zero zero zero»\nAGENT: "
        "okay\nCUST: «zero five» then uh «six one» second the light is bad yes «six»\nAGENT: ji "
        "sir\nCUST: «five five six six»\nCUST: and lastly «five five five six»\nAGENT: thank you "
        "sir"
    ),
    (
        "beller: de mastercard van 't werk, dat is euh «vijf 3... 12, dan euh 4 zes 1 negen», "
        "wacht mijn bril [00:31] beller: «9 nul 8 zeven», en de laatste vier «twee nul 3 vier»"
    ),
    (
        "Carta mastercard, a due a due: «cinquantatré, dodici, quarantasei, "
        "diciannove»...\nOperatore: sì, la seguo.\nCliente: ...«novanta, ottantasette, venti, "
        "trentaquattro».\nOperatore: perfetto, importo centoventidue euro."
    ),
)
MIXED = (
    (
        "die Nummer: «vier null sıfır null sıfır fünf altı sechs beş fünf altı sechs beş fünf "
        "beş altı» so, hepsi bu. Mastercard von N26"
    ),
    "yarısını yazıyla: «4000 sıfır beş, altmış altı, beş beş altı altı 5556» kart bu",
    (
        "Visa es «40, cero cero», then «zero five seis seis, 55» otra vez... no wait she's just "
        "repeating, ok «55 seis six» and last «four five five cinco seis». Thx!!"
    ),
    (
        "kart numaram «beş üç, on iki, kırk altı», hah, «on dokuz, doksan, seksen yedi, yirmi, "
        "otuz dört». teşekkürler"
    ),
)
OTHERS = (
    "I pay with my visa card. Call me on {}. The order number is four four one two.",
    "My visa was declined. The order number is, um, {}.",
    "Mi tarjeta no pasa. Mi teléfono, este, es {}. Gracias",
    "I lost my Visa gift card, it was {}, and I want another.",
    "Send the card to my house. I live in room {}. Thanks",
    "Where is my parcel? It says {}, and that is all it says.",
)
GROUPS = (
    "four zero zero zero, wait, zero five six six, five five, ok, six six, so, five five five six"
)
HARMLESS = (
    (
        "My Mastercard was charged twice: fifty three dollars, then twelve dollars, um, and "
        "forty six dollars, and nineteen dollars, then ninety dollars, eighty seven, twenty, "
        "thirty seven dollars"
    ),
    (
        "I used my card at four shops, no one was nice and no one in one was at all, no one "
        "helped, no one cared, one said one thing, one another, one shouted, one left, one sat, "
        "one one way"
    ),
    (
        "Mit der Visa bezahlt: vier Nächte, null Hunde, null Katzen, null Kinder, null Betten, "
        "fünf Essen, sechs Bier, sechs Wein, fünf Wasser, fünf Kaffee, sechs Tee, sechs Saft, "
        "fünf Eis, fünf Kuchen, fünf Brote, sechs Eier."
    ),
)


def left_in(text: str) -> str:
    return cleaned(place(text)).get("message", text)


@pytest.mark.parametrize("text", [*ASIDES, *LINES, *MIXED])
def test_the_groups_of_a_spoken_number_go_and_what_is_said_between_them_stays(text: str) -> None:
    left = left_in(text.translate({ord(mark): None for mark in "«»"}))
    assert MASK.sub("*", left) == TOLD.sub("*", text)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_told_of_something_else_stays(text: str) -> None:
    assert left_in(text.format(GROUPS)) == text.format(GROUPS)


@pytest.mark.parametrize("text", HARMLESS)
def test_number_words_in_what_people_tell_stay(text: str) -> None:
    assert left_in(text) == text


@pytest.mark.parametrize("named", ["Numero d'ordine", "Ordernummer", "Номер заказа"])
def test_an_order_that_is_told_in_one_go_before_a_card_stays(named: str) -> None:
    said = "four zero zero zero zero five six six five five six six five five five six"
    text = f"{named} {said}. My card was declined."
    assert left_in(text) == text


def test_a_number_that_goes_on_is_none_of_a_card() -> None:
    text = "My visa card says {}, five five six six, five six"
    assert left_in(text.format(GROUPS)) == text.format(GROUPS)


def test_a_number_that_is_begun_anew_goes_from_its_beginning() -> None:
    left = left_in(f"My visa is four zero zero, no wait, from the start, {GROUPS}. Thanks")
    assert (
        MASK.sub("*", left)
        == "My visa is *, no wait, from the start, *, wait, *, ok, *, so, *. Thanks"
    )


def test_no_digit_behind_the_number_is_part_of_it() -> None:
    left = left_in(f"My visa is {GROUPS}. I'm here until six. Call five five five one two three")
    assert left.endswith(". I'm here until six. Call five five five one two three")


@pytest.mark.parametrize(
    "right",
    ["six ... and five five six six", "six five five ... six six"],
)
def test_the_last_digit_of_a_breath_may_be_put_right(right: str) -> None:
    said = f"four zero zero zero ... then zero five six seven, no sorry, {right}"
    text = f"You wanted the card, it is {said} ... and last five five five six. Bye"
    left = cleaned(place(text))["message"]
    assert not any(word in left.split() for word in ("zero", "five", "seven"))
    assert cleaned(place(text.replace("no sorry", "you know"))) == {}
