from __future__ import annotations

import pytest

from integration.core.hits import Hit
from integration.core.search import search
from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"
AMEX = "3782 822463 10005"


def hits(text: str) -> list[Hit]:
    return search(text, lambda hit: hit.confidence >= 0.5)


def codes(text: str) -> list[Hit]:
    return [hit for hit in hits(text) if hit.kind in {Kind.CVV, Kind.PIN, Kind.EXPIRY}]


def found(text: str, kind: Kind) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(text) if hit.kind is kind]


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
        "CVV\n123",
        "Card Verification Value 123",
        "123 is my cvv",
        "(123 cvc)",
        "cvc/cvv 123",
        "Visa security code 123",
        "SIKKERHETSKODEN på kortet er 123",
    ],
)
def test_a_security_code_is_known_by_its_word(text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "text",
    [
        "cvv error 500",
        "cvc 2023-01-01",
        "cvv 12/27",
        "CVV (3 digits)",
        "cvv 12345",
        "cvv",
        "my security code is 123",
        "sikkerhetskode 123",
        "security code 123456",
        "civic 123",
        "CVD 123 patients",
        "cv2 640x480",
        "CVC 2023 report",
        "code 123",
    ],
)
def test_digits_without_a_clear_word_are_no_security_code(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 123",
        f"{CARD} 12/27 123",
        f"{CARD}/12/27/123",
        f"{CARD}|12|27|123",
        f"{CARD}/1227/123",
        f"{CARD} exp 12/2027 123",
        f"{CARD}, 12-27, 123",
        f"{CARD} 123 exp soon",
        f"{CARD} security code: 123",
        f"kontrollsifre 123 {CARD}",
        f"{CARD} cid 123",
        f"{CARD} cv2 123",
        f"{CARD} code 123",
        f"{CARD} last 3 digits on the back: 123",
        f"3 siffer bak: 123 {CARD}",
    ],
)
def test_a_security_code_is_known_beside_a_card(text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 500 kr",
        f"{CARD} 0150 Oslo",
        f"{CARD} 12/27 1234",
        f"{CARD} error code 500",
        f"{CARD} 123 Main Street",
        f"{CARD} 123 4567",
        f"{CARD} and then we met 123 people",
    ],
)
def test_other_numbers_beside_a_card_are_left_alone(text: str) -> None:
    assert [hit.kind for hit in hits(text) if hit.kind is Kind.CVV and hit.confidence >= 0.5] == []


@pytest.mark.parametrize(
    "word",
    [
        "säkerhetskod",
        "kontrollsiffror",
        "sikkerhedskode",
        "kontrolcifre",
        "Prüfnummer",
        "Kartenprüfnummer",
        "Sicherheitscode ist",
        "cryptogramme visuel",
        "code de sécurité",
        "código de seguridad",
        "koden bak er",
        "sec code",
        "the code is\n",
        "CVV............:",
        '\\"cvv\\":\\"',
    ],
)
def test_a_security_code_is_known_by_its_word_in_many_languages(word: str) -> None:
    assert found(f"{CARD} {word} 123", Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "word",
    [
        "utl",
        "udløber",
        "går ut",
        "giltighetstid",
        "giltigt till",
        "gælder til",
        "gültig bis:",
        "Ablaufdatum",
        "Verfallsdatum",
        "läuft ab",
        "expire fin",
        "valable jusqu'au",
        "caduca",
        "vencimiento:",
        "válida hasta",
    ],
)
def test_an_expiry_date_is_known_by_its_word_in_many_languages(word: str) -> None:
    assert found(f"{CARD} {word} 12/27", Kind.EXPIRY) == ["12/27"]


@pytest.mark.parametrize(
    "text",
    [
        f"(1227, 123)\nmy card is {CARD}",
        f"12/27\n123\nplease charge {CARD}",
        f"> 12.27\n> 123\n> please charge {CARD}",
        f"[10:32] Ola: {CARD}\n[10:32] Ola: 12/27\n[10:33] Ola: 123",
        f"10:32 Ola: {CARD}\n10:32 Ola: 2027-12\n10:33 Ola: 123\n",
    ],
)
def test_a_date_and_a_code_on_their_own_belong_to_the_card_near_them(text: str) -> None:
    assert len(found(text, Kind.EXPIRY)) == 1
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD}\nexp 12/27\nAmount: 129,90",
        f"{CARD}\nexp 12/27\nAmount: 129",
        f"03/20 2026\n{CARD}",
        f"{CARD} 912 34 567",
        f"{CARD}\n932 28 861",
        f"{CARD}, 1021 kr",
    ],
)
def test_sums_years_and_telephones_near_a_card_are_left_alone(text: str) -> None:
    assert found(text, Kind.CVV) == []
    assert set(found(text, Kind.EXPIRY)) <= {"12/27", "03/20"}


def test_a_code_that_begins_with_two_is_taken_whole() -> None:
    assert found("cvc 2123", Kind.CVV) == ["2123"]
    assert found("cvv 2 123", Kind.CVV) == ["123"]


def test_an_american_express_code_has_four_digits() -> None:
    assert found(f"{AMEX} 1227 1234", Kind.CVV) == ["1234"]
    assert found(f"{AMEX} 123", Kind.CVV) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{CARD} 12/27", "12/27"),
        (f"{CARD} 1227", "1227"),
        (f"{CARD} 12 27 cvc", "12 27"),
        (f"{CARD}\nUTLØPSDATO: 12.2027", "12.2027"),
        (f"{CARD} utløper mars 27", "mars 27"),
        (f"{CARD} expires Dec 2027", "Dec 2027"),
        (f"{CARD} valid thru 2027-12", "2027-12"),
        (f"12/27 {CARD}", "12/27"),
        (f"exp: 1227 card {CARD}", "1227"),
        (f"12/27 cvc: 123\nplease charge {CARD}", "12/27"),
    ],
)
def test_an_expiry_date_is_known_beside_a_card(text: str, date: str) -> None:
    assert found(text, Kind.EXPIRY) == [date]


@pytest.mark.parametrize(
    "text", ["exp 12/27", f"{CARD} 12/01/2024", f"{CARD} 13/27", f"{CARD} {'x' * 250} exp 12/27"]
)
def test_a_date_that_belongs_to_no_card_is_left_alone(text: str) -> None:
    assert found(text, Kind.EXPIRY) == []


@pytest.mark.parametrize(
    "text", ["pin 1234", "visa pin 1234", f"pin: 1234 and {CARD}", "PIN-koden til kortet er 1234"]
)
def test_a_pin_is_known_by_its_word(text: str) -> None:
    assert found(text, Kind.PIN) == ["1234"]


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
    ],
)
def test_a_number_that_is_no_pin_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_what_lies_behind_a_mask_does_not_belong_to_a_card() -> None:
    assert (
        found(f"exp 12/27 [card visa **** 1111] {CARD} [PIN removed] exp 12/27", Kind.EXPIRY) == []
    )


def test_nothing_is_surer_than_the_card_it_belongs_to() -> None:
    text = "Order 4111111111111111 valid thru 12/27"
    card, date = hits(text)
    assert date.confidence <= card.confidence


@pytest.mark.parametrize(
    "track",
    [
        "%B4111111111111111^DOE/JANE^27121010000000000?",
        "B4111 1111 1111 1111^DOE/JANE^2712101000",
        ";4111111111111111=27121010000000000?",
        "4111111111111111D27121010000000000F",
    ],
)
def test_a_track_is_one_hit(track: str) -> None:
    text = f"swiped {track} today cvv 123"
    (hit, code) = hits(text)
    assert (hit.kind, hit.brand, hit.last4) == (Kind.TRACK, "visa", None)
    assert text[hit.start : hit.end] == track
    assert code.kind is Kind.CVV


def test_a_track_of_an_unknown_issuer_is_a_track() -> None:
    (hit,) = hits(";8911111111111114=27121010000000000?")
    assert (hit.kind, hit.brand) == (Kind.TRACK, None)


@pytest.mark.parametrize(
    "text", [";4111111111111112=27121010000000000?", "a=4111111111111112=5", "4111111111111112^x"]
)
def test_a_track_needs_a_valid_number(text: str) -> None:
    assert hits(text) == []
