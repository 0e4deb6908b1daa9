from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"
AMEX = "3782 822463 10005"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 12/27 gyzzo 123",
        f"{CARD} 12/27 gyzzo wubba 123 frob",
        f"card{CARD}gyz12/27wub123frob gyzzo",
        f"card{CARD}gyz12/27wub123 565 frob",
        f"{CARD} and gyzzo 123",
        f'"{CARD} and gyzzo 123", the frob said',
        f"{CARD} 12/27. Frob gyzzo the wubba mumbo, on the back 123 is gyzzo",
        f"Ola: {CARD}\nKari: wubba gyzzo, frob jumbo mumbo wibble gyzzo!\nOla: and 123",
        f"Ola: {CARD}\nKari: wubba frob\nOla: gyzzo wubba 123 frob?",
        f"{CARD} 12/27. Wubba frob gyzzo mumbo jumbo wibble wobble 123, gyzzo",
        f"{CARD} 12/27. Wubba frob; gyzzo mumbo, then I entered 123 wubba",
        f"{CARD} 12/27, next to the signature stands, all by itself, 123",
        f"{CARD} 12/27, gyzzo kuna 123",
        f"{CARD} 12/27. The number on the signature strip ends in 123",
        f"{CARD} 12/27. Wubba frob gyzzo, mumbo jumbo signature, wibble 123 wobble frob",
        f"{CARD} 12/27. They frob «those wubba: 123»",
        f"{CARD} 12/27. Wubba. Do you not want those 3 digits? 123",
        f"{CARD} 12/27, the frob sent by whatsapp gyzzo 123",
        f"2) wubba {CARD} in 3) 1227/123 4) frob",
    ],
)
def test_a_code_that_nothing_explains_is_that_of_the_card_beside_it(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


def test_a_card_takes_the_likeliest_of_two_numbers(found) -> None:
    text = f"{CARD} 12/27. Wubba signature gyzzo mumbo 123 wibble, signature gyzzo mumbo 456 wibble"
    assert found(text, Kind.CVV) == ["123"]


def test_a_year_is_no_code_that_nothing_names(found) -> None:
    assert found(f"{AMEX}\nPlease gyzzo for 2025.", Kind.CVV) == []
    assert found(f"{AMEX}\nPlease gyzzo for 3025.", Kind.CVV) == ["3025"]


def test_a_card_with_codes_of_four_digits_takes_no_three(found) -> None:
    assert found(f"{AMEX} 12/27 gyzzo 4321", Kind.CVV) == ["4321"]
    assert found(f"{AMEX} 12/27 gyzzo 432", Kind.CVV) == []
    assert found(f"{AMEX} 12/27, los cuatro dígitos del anverso son 4321", Kind.CVV) == ["4321"]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 12/27 123, wubba frob gyzzo 456",
        f"{CARD} 12/27 gyzzo. Room 214",
        f"{CARD} 12/27, gyzzo Storgata 118",
        f"card {CARD} declined in store 114",
        f"card {CARD} 12/27 fails in Firefox 135",
        f"(pan,exp,hash) ('{CARD}','2709','e3b0c44298fc1c149afbf4c8996fb924')",
        f"'acctNumber': '{CARD}', 'cardExpiryDate': '2709', 'messageVersion': '2.2.0'",
        f"{CARD} 12/27, order gyzzo 214",
        f"{CARD} 12/27. I paid 214 euros",
        f"{CARD} 12/27. I pay 214/mo",
        f"{CARD} 12/27. My customer code 214 frobs",
        f"{CARD} 12/27. Wubba frob gyzzo signature, the order wibble, wobble 214 frob",
        f"{CARD} 12/27. Call 214",
        f"{CARD} wubba. 120 gyzzos frob",
        f"{CARD}\n120 gyzzos",
        f"{CARD}\nQty 120\nWeight 214 g",
        f"{CARD} 12/27. Gyzzo. Wubba. Frob. 214 mumbo",
        f"{CARD}, call my phone on the back 214",
        f"{CARD} 12/27\nPhone 415 - 456 - 0162",
        f"{CARD}, gyldig til 04/29. Gjelder hytte 214, uke 8",
        f"{CARD} 12/27\ndtmf exit=TRANSFER agent=214",
        f'{{"pan":"{CARD}","dur_ms":214,"host":"gyzzo"}}',
        f"card={CARD}&exp=1227 HTTP/1.1 502 'okhttp/2.1.4'",
        f"card {CARD}\nDeposit is 214 for wubba",
        f"{CARD}, exp 10/26.\nB\u00e5tplass nr. 214 gyzzo",
        f"| wubba | `{CARD}` | 12/30 |\n\nRelease 2.1.4-rc3, gyzzo",
        f"{CARD} 12/27. My gyzzo is 214, 456, 0174.",
        f"('{CARD}','1227','214e8400-e29b-41d4-a716-446655440000')",
        f"{CARD} 12/27. Firmware 2025.02.1147, build 2026.4.214",
        f"{CARD} 12/27. My envelope number is 214",
        f"it frobs 123 gyzzo {CARD}",
        f"{CARD} 12/27. checksum 3610a214",
        f"{CARD} 12/27. span 00f214aa0ba902b7",
        f"{CARD} 12/27. session 441a-2148-b214",
        f"{CARD} 12/27. plaka 34 KTL 214",
        f"{CARD} 12/27. My gyzzo is 07700, 214, 456.",
        f"10.44.120.214 - - GET /pay?card={CARD}&req=1",
        f"{CARD} 12/27 from 10.44.214.7",
        f"{CARD}\n4111 1111 214 12/27",
        f"gyzzo for 600. wubba {CARD} until 02/27",
    ],
)
def test_a_number_that_something_else_explains_stays(found, text: str) -> None:
    assert "123" in found(text, Kind.CVV) or found(text, Kind.CVV) == []
    assert not set(found(text, Kind.CVV)) & {"118", "120", "214", "2.1.4", "456", "600"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{CARD} gyzzo 12/27", "12/27"),
        (f"{CARD} gyzzo 0927", "0927"),
        (f"{CARD} x0927 cid 123", "0927"),
        (f"card {CARD}gyz0927wub123", "0927"),
        (f"{CARD}!! wubba frob 10-28", "10-28"),
        (f"Ola: {CARD}\nKari: wubba!\nOla: and the gyzzo, 4/2027", "4/2027"),
        (f"Ola: {CARD}\nKari: wubba frob?\nOla: gyzzo wubba 08.29 and 123", "08.29"),
        (f"{CARD}! and 2807. Wubba", "2807"),
        (f"{CARD}, wubba frob gyzzo (mumbo 2) jumbo. The card bears 12/27. Frob", "12/27"),
        (f"{CARD}. Wubba frob gyzzo the mumbo jumbo, and gyzzo is wubba 7/29.", "7/29"),
        (
            f'{{"by": "customer", "text": "{CARD}"}}, {{"by": "customer", "text": "2-29 & 628"}}',
            "2-29",
        ),
    ],
)
def test_a_month_and_a_year_that_nothing_explains_are_those_of_the_card(
    found, text: str, date: str
) -> None:
    assert found(text, Kind.EXPIRY) == [date]


def test_a_day_and_a_month_in_another_sentence_are_no_expiry(found) -> None:
    assert found(f"{CARD} is mine. Wubba gyzzo frob mumbo 10.11", Kind.EXPIRY) == []


def test_of_two_dates_beside_each_other_both_are_those_of_the_card(found) -> None:
    text = f"number: {CARD}\nfrom: 02/24\nto: 03/28\ncvv: 123"
    assert found(text, Kind.EXPIRY) == ["02/24", "03/28"]


def test_a_date_may_stand_behind_a_card_and_a_colon(found) -> None:
    assert found(f"{CARD}:12:27:123", Kind.EXPIRY) == ["12:27"]
    assert found(f"{CARD} at 12:27", Kind.EXPIRY) == []


@pytest.mark.parametrize("field", ["Content-Length: 711", "X-Priority: 123", "RT-Ticket: x 123"])
def test_the_numbers_in_the_head_of_a_mail_stay(found, field: str) -> None:
    assert found(f"Subject: kort {CARD}\n{field}\nMIME-Version: 1.0\n", Kind.CVV) == []


def test_a_code_is_told_behind_the_end_of_a_line_that_a_mail_wrapped(found) -> None:
    told = "wubba frob gyzzo, its best that you have it: {}, and on the back\nit says 308. Mumbo"
    assert found(told.format(CARD), Kind.CVV) == ["308"]
    assert found(f"{CARD}\nback\ngyzzo frobs 308 mumbo wubba frobs a wibble", Kind.CVV) == []


def test_the_issue_of_a_catalogue_is_no_date_of_a_card(found) -> None:
    assert found(f"Card number (Discover): {CARD}\nCatalogue 2025/1, page 114", Kind.EXPIRY) == []
