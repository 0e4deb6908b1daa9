from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.sensitive import beside
from integration.core.spans import Action, Kind
from integration.core.text.reading import read


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        "cvv 123",
        "CVC: 123.",
        "cvv2=123&x",
        '{"cvv":"123"}',
        "CVC koden er 123",
        "CVC (sikkerhetskode): 123",
        "the CVV for my card is 123",
        "the CVV of the blue one is 123",
        "CVV\n123",
        "Card Verification Value 123",
        "123 is my cvv",
        "(123 cvc)",
        "cvc/cvv 123",
        "Visa security code 123",
        "SIKKERHETSKODEN på kortet er 123",
        "cvv 2 123",
        "信用卡安全码是123",
        "I forgot the security code, it is 123",
        "the three-digit code you asked for: 123",
        "de driecijferige code waar u om vroeg: 123",
        "se me pasó el código de seguridad, es 123",
        "ecco le 3 cifre: 123",
        "el código de tres dígitos es 123",
        "CVV-код: 123",
        "카드 뒤 3자리 123 입니다",
        "カード裏の3桁は123です",
    ],
)
def test_a_security_code_is_known_by_its_word(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


def test_a_code_that_begins_with_two_is_taken_whole(found) -> None:
    assert found("cvc 2123", Kind.CVV) == ["2123"]


@pytest.mark.parametrize(
    "text",
    [
        "cvv error 500",
        "cvv was refused 500 times",
        "cvc 2023-01-01",
        "cvv 12/27",
        "CVV (3 digits)",
        "cvv 12345",
        "cvv",
        "my security code is 1234",
        "my security code for the alarm is 123",
        "my security code for the frob is 123",
        "the number on the back of the frob is 123",
        "the last three digits of the frob are 123",
        "my security code is 123 metres long",
        "security code 123456",
        "the gift card code is 123",
        "the control unit CVC-123 (issue 09/24)",
        "the CVC-123 control board",
        "120 CVC word cards, ages 4-6",
        "card declined, code 123",
        "card response code 123",
        "civic 123",
        "CVD 123 patients",
        "cv2 640x480",
        "CVC 2023 report",
        "Model CVC 305 vacuum cleaner",
        "code 123",
        "the code for the door: 123",
        "exp 12/27",
        "I never got the cvv for my card, order 1234",
        "if they ask for a 3 digit code, that is the store code: 118.",
        "Molim poslednje cetiri cifre kartice, CVV ne treba.\nVesna: 9013",
        "the last four digits of the card please, no CVV\n4471",
        "[14:03] Agent: the last four digits of the card please, no CVV\n[14:04] Customer: 4471",
    ],
)
def test_digits_without_a_clear_word_are_no_security_code(hits, text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "pin 1234",
        "visa pin 1234",
        "PIN-koden til kortet er 1234",
        "my PIN was 1234",
        "1234 is my pin",
        "Meine Geheimzahl ist 1234",
        "le code secret de ma carte est 1234",
        "PIN-ul meu este 1234",
        "la clave de mi tarjeta es 1234",
        "мой пин-код 1234",
        "カードの暗証番号は1234です",
        "koden till mitt bankkort är 1234",
        "password of my bank card: 1234",
        "PIN wubba 1234",
        "I typed PIN 1234 twice",
    ],
)
def test_a_pin_is_known_by_its_word(found, text: str) -> None:
    assert found(text, Kind.PIN) == ["1234"]


@pytest.mark.parametrize(
    "text", ["I got a gift card for my birthday. Its PIN is 3318", "gavekort, kode 9578, PIN 3318"]
)
def test_the_pin_of_another_card_is_told_at_most(text: str) -> None:
    found = [span for span in find(text) if span.kind is Kind.PIN]
    assert [span.action for span in found if span.action is Action.REDACT] == []


@pytest.mark.parametrize(
    "text",
    [
        "Confirmation number: 3.998.127.004\nPIN code: 4410\nPaid with Mastercard **** 8810",
        "Booking number: 30925518                       \n>> PIN code: 4417 \n",
        "10:01 Al: visa 1180\n10:02 Bo: booking no?\n10:03 Al: 22039485\n10:04 Al: pin 8841",
    ],
)
def test_the_pin_of_a_booking_is_told_at_most(text: str) -> None:
    assert [span.action for span in find(text)] == [Action.REPORT]


@pytest.mark.parametrize(
    "text",
    ["my card was stolen 12 may 2026, pin: 4410", "Debit card blocked 118033 times\nPIN: 4410"],
)
def test_a_number_without_the_name_of_another_makes_no_pin_its_own(text: str) -> None:
    assert [span.action for span in find(text) if span.kind is Kind.PIN] == [Action.REDACT]


def test_what_begins_a_card_number_is_no_pin_of_the_sentence_before(found) -> None:
    assert found("I forgot my PIN. I give you my card: 4571", Kind.PIN) == []


def test_a_longer_pin_needs_the_word_for_a_card_or_a_word_of_its_own(found) -> None:
    assert found("the pin of my bank card is 123456", Kind.PIN) == ["123456"]
    assert found("取款密码:123456", Kind.PIN) == ["123456"]


@pytest.mark.parametrize(
    "text",
    [
        "opinion 1234 visa",
        "pin code 560001",
        "Bengaluru, PIN 560001",
        "spin 1234 visa",
        "pin 1 of 13",
        "my pin was blocked in 2024",
        "PIN code 2024-1234",
        "PIN of a connector that someone sold me for much 1234",
        "pin locked after 1234 tries",
        "password 1234",
        "PIN 22 33 4444",
        "resistor pin 1000 ohm",
        "Pin #4521 on the map",
        "16 digit AWB, address ka pin 400063, landmark SBI",
        "card_last4: 3391\nnote: the machine says PIN error",
    ],
)
def test_a_number_that_is_no_pin_is_left_alone(hits, text: str) -> None:
    assert hits(text) == []


def test_a_date_with_its_words_but_without_a_card_number_stands_alone(hits) -> None:
    dates = [hit for hit in hits("my card expires 12/27, cvv 123") if hit.kind is Kind.EXPIRY]
    assert [hit.alone for hit in dates] == [True]


def test_codes_far_from_each_other_are_all_found(found) -> None:
    text = f"cvv 123 {'word ' * 60} cvv 456, cvv 789 {'word ' * 60} cvv 321"
    assert found(text, Kind.CVV) == ["123", "456", "789", "321"]


@pytest.mark.parametrize("text", ["", "no digits", "12 34", "order 123", "20 2024", "cvv 1234567"])
def test_nothing_is_found_where_nothing_stands(text: str) -> None:
    assert beside(read(text), []) == []


def test_a_code_is_found_a_little_further_on(found) -> None:
    text = "card ending 8820. The CVC changed as well, it's 334 now."
    assert found(text, Kind.CVV) == ["334"]
    assert found("The CVC went up to 334 on the way.", Kind.CVV) == []


def test_an_expiry_date_needs_a_card_or_its_code_near(found) -> None:
    assert found("The CVV is 447 and it expires 08/2029.", Kind.EXPIRY) == ["08/2029"]
    assert found("The card ending 8820 now has a new expiry, 09/30", Kind.EXPIRY) == ["09/30"]
    assert found("The voucher 8820 has a new expiry, 09/30", Kind.EXPIRY) == []


def test_digits_that_stand_on_the_back_need_no_card_number(found) -> None:
    assert found("the three numbers on the back are 028", Kind.CVV) == ["028"]
    assert found("siffrene p\u00e5 baksiden: 731. kortnummeret har dere", Kind.CVV) == ["731"]


def test_a_pin_is_found_in_the_answer_to_a_question(found) -> None:
    assert found("Can I change my pin? Currently it is 7391.", Kind.PIN) == ["7391"]


@pytest.mark.parametrize(
    "text",
    [
        "Use pin 4012 of the connector",
        "Use pin 4012 from the catalogue",
        "SIM PIN is 0000 by default",
    ],
)
def test_other_pins_are_left_alone(found, text: str) -> None:
    assert found(text, Kind.PIN) == []


@pytest.mark.parametrize(
    "text",
    ["the card code is 123", "koden på kortet er 123", "il codice della carta è 123 e scade"],
)
def test_the_code_of_the_card_is_its_security_code(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize("text", ["cvc-123", "exp 12/27 cvc-123", "my cvv-123"])
def test_a_hyphen_makes_no_name_where_no_word_stands(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "text",
    ["PIN: 1957", "my PIN is 1957", "a note with the PIN-om 1957, horrible", "kort, PIN 1984"],
)
def test_a_pin_may_read_as_a_year(found, text: str) -> None:
    assert len(found(text, Kind.PIN)) == 1


@pytest.mark.parametrize("text", ["my PIN since 2019 works", "PIN in 2019", "PIN 2024 edition"])
def test_a_year_near_the_word_is_no_pin(found, text: str) -> None:
    assert found(text, Kind.PIN) == []


@pytest.mark.parametrize(
    "text",
    [
        "Simkortet ble låst. PIN 1234 og 0000 virker ikke, og PUK 30060447 gir feil",
        "The alarm went off again last night. PIN 1234 did nothing",
        "The printer in the hall is on strike again. PIN 1234 did nothing",
    ],
)
def test_a_pin_where_something_else_has_one_is_told_and_not_removed(text: str) -> None:
    (hit,) = [hit for hit in beside(read(text), []) if hit.kind is Kind.PIN]
    assert hit.confidence < 0.5


def test_a_code_that_may_be_a_model_is_told_and_not_removed() -> None:
    (hit,) = beside(read("Label on the back says CVC-210 / 230 V"), [])
    assert hit.confidence < 0.5


def test_a_date_beside_a_pin_is_not_known_to_be_that_of_a_card(found) -> None:
    assert found("expiry date 12/28 and pin 8731", Kind.EXPIRY) == []
    assert found("expiry date 12/28 and pin 8731", Kind.PIN) == ["8731"]
