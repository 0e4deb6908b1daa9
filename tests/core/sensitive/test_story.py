"""PINs that nobody labels: people tell what they typed, and where."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind


def told(text: str) -> list[str]:
    """The PINs of a text, removed or only reported."""
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.PIN]


@pytest.mark.parametrize(
    ("text", "pins"),
    [
        ("The ATM kept my card, I typed 4956 three times and the PIN is right", ["4956"]),
        ("change my pin pls, they saw me. its 5078 now and i want 7166", ["5078", "7166"]),
        ("I changed my debit card PIN from 4410 to 8093 yesterday", ["4410", "8093"]),
        ("Automaten tok kortet. Jeg tastet 4956, og det er riktig kode", ["4956"]),
        ("byttet pin på bankkortet fra 2203 til 9471 i går", ["2203", "9471"]),
        ("Ich habe am Geldautomaten dreimal 5471 getippt. Die Geheimzahl stimmt", ["5471"]),
        ("Le distributeur a avalé ma carte, j'ai tapé 7154 et c'est le bon code", ["7154"]),
        ("Il bancomat dice codice errato: io metto 56797, come sempre", ["56797"]),
        ("Bankomat zjadł kartę po wpisaniu 8291, a to dobry pin", ["8291"]),
        ("Az automata szerint hibás a PIN kódom, pedig 9468 volt", ["9468"]),
        ("забыл пин, вроде 8632, а может 9336, банкомат съел карту", ["8632", "9336"]),
        ("카드 비밀번호는 7741인데 왜 오류가 나나요?", ["7741"]),
        ("Mammas bankkort har kod 7715 och hon har glömt den", ["7715"]),
        ("At the ATM I typed 6719", ["6719"]),
        ("bankomaten svalde mitt kort. jag slog 8352 som det alltid varit", ["8352"]),
        ("Terminalen nektet kortet. Jeg tastet 2296 som alltid, så koden er riktig", ["2296"]),
        ("karta a lístoček s PINom 4857", ["4857"]),
        ("The code to it is 6698. The ATM kept the card", ["6698"]),
    ],
)
def test_a_pin_is_known_by_the_story_around_it(text: str, pins: list[str]) -> None:
    assert told(text) == pins


@pytest.mark.parametrize(
    "text",
    [
        "At the ATM I typed 4000",
        "The ATM kept 4000 kr and the PIN was right",
        "I forgot my PIN for the card ending 4402",
        "Jeg har glemt PIN. Kortet slutter på 4402",
        "Ihre PIN kommt per Post. Ihre Karte mit den Endziffern 4409 bleibt",
        "PIN forgotten, the last four digits of the card are 4402",
        "Locker PIN: 4471, the parcel is there",
        "宅配ロッカー12番の暗証番号（5446）も開きません",
        "บัตร รหัสตู้เอทีเอ็ม เกิดวันที่ 12 เมษายน 2531",
        "PIN for host: 8821",
        "The alarm panel PIN is 5521",
        "SIM PIN 5512 was wrong",
        "Colis perdu, point relais fermé. Code de retrait 4471.",
        "Declined with code 4512 when I used the card",
        "Cards that start with 4571 or 5413 get a new code",
        "The ATM in 2024 wanted my PIN",
        "Order 4512 and the PIN of my card does not work",
        "The gate PIN stopped working. It is for the yard, pin 7704#, and no card",
        "4417 is not the PIN of a card",
        "kod 0862 (to nie PIN do karty, tylko klatka B)",
        "the machine says PIN wrong, card \u2022\u2022\u2022\u2022 4519",
        "the machine says PIN wrong, card \u25cf\u25cf\u25cf\u25cf 4519",
        "The PIN is wrong. I was in town. It rained. The bus was the 4512 and the card was there.",
    ],
)
def test_other_numbers_of_a_story_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("kód 1042, karta zamítnuta", Action.REPORT),
        ("PIN kartice sam zaboravio. Poslovnica 0609 radi do pet", Action.REPORT),
        ("At the ATM I typed 6719", Action.REDACT),
        ("I typed 4956 and that is the PIN of my card", Action.REDACT),
        ("4111 1111 1111 1111 is the card, the code of it is 7715", Action.REDACT),
        ("Senha do cart\u00e3o informada pelo cliente: 4417", Action.REDACT),
    ],
    ids=["code-of-a-card", "a-story", "machine", "typed", "card-number", "told-by-a-customer"],
)
def test_a_pin_is_removed_where_more_than_a_story_says_so(text: str, action: Action) -> None:
    assert [span.action for span in find(text) if span.kind is Kind.PIN] == [action]


def test_a_pin_is_told_beside_a_card_number_too(found) -> None:
    text = "Card 4111 1111 1111 1111. The machine said wrong PIN. I typed 9376 as always"
    assert found(text, Kind.PIN) == ["9376"]


@pytest.mark.parametrize("gift", ["7777 1140 2283 9901 227", "99012 1140", "1140 99012"])
def test_a_group_of_a_longer_number_is_no_pin(found, gift: str) -> None:
    text = f"Amex 3782 822463 10005\nYour store gift card: {gift}, pin 4471"
    assert found(text, Kind.PIN) == ["4471"]


@pytest.mark.parametrize(
    "told",
    [
        "On 12/03/2024 4956 was refused as PIN",
        "I typed the PIN 4956 12/28",
        "The PIN I typed is 4956 4111 1111 1111 1111",
        "The PIN that I typed: 4111 1111 1111 1111 4956",
    ],
)
def test_a_pin_beside_a_date_or_a_card_is_no_group_of_another_number(found, told: str) -> None:
    text = f"The machine kept my card 4000 0566 5566 5556. {told}."
    assert found(text, Kind.PIN) == ["4956"]


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("What were you typing at the cash machine? I said 2109", "2109"),
        ("The bank gave me a password too, it frobs, 5406, should you need it.", "5406"),
        ('The PIN for taking cash I noted on paper, "361290"', "361290"),
        ("The atm code 746181 is wrong", "746181"),
    ],
)
def test_a_pin_is_told_in_the_sentence_of_its_word(found, text: str, pin: str) -> None:
    assert found(f"{text}. Card 4111 1111 1111 1111", Kind.PIN) == [pin]


@pytest.mark.parametrize(
    "text",
    [
        "The password was changed. I bought 4956 things",
        "PIN forgotten. Order 361290",
        "My PIN is wrong. A new one to Frobstraat 8, 3571 XB",
        "My PIN is wrong. Reach me at 044 925 3607",
        "My PIN is wrong. Reach me at 0812-6241-0083",
        "The bank knows it. My customer code 0754 is wrong",
        "At the cash machine I typed it, card **** **** **** 6035",
        "What do you type at the cash machine? I took 20 and 3000",
    ],
)
def test_a_number_in_another_sentence_than_its_word_stays(found, text: str) -> None:
    assert found(f"{text}. Card 4111 1111 1111 1111", Kind.PIN) == []


def test_the_value_of_a_key_that_is_no_pin_is_none() -> None:
    for log in ("17:35 POS PAN=...8952 ENTRY=051", "POS ROUTE ACQ=456478 MANUAL ENTRY"):
        assert told(log) == []
    assert told("POS ENTRY, PIN=8952") == ["8952"]
