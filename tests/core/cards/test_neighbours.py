"""What may touch a card number in any order; the number alone must be taken, all of it."""

from __future__ import annotations

import pytest
from support.cards import in_groups

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA, AMEX, UNIONPAY = "4111111111111111", "378282246310005", "6205500000000000004"
WRITTEN = {
    "block": VISA,
    "spaces": " ".join(in_groups(VISA)),
    "dashes": "-".join(in_groups(VISA)),
    "amex": " ".join(in_groups(AMEX)),
    "unionpay": UNIONPAY,
}
AROUND = {
    "code behind": ("", " 123"),
    "two codes behind": ("", " 123 456"),
    "code in parentheses": ("", " (123)"),
    "code before": ("123 ", ""),
    "code glued": ("", "cvv123"),
    "expiry behind": ("", " 12/27"),
    "expiry with a long year": ("", ", 12/2027"),
    "expiry without a slash": ("", " 1227"),
    "expiry in two groups": ("", " 12 27"),
    "expiry before": ("12/27 ", ""),
    "expiry and code": ("", " 12/27 123"),
    "expiry and code by slashes": ("", "/12/27/123"),
    "expiry and code by bars": ("", "|12|2027|123"),
    "expiry and code by semicolons": ("", ";1227;123"),
    "expiry and code on lines": ("", "\n12/27\n123"),
    "holder, expiry and code": ("Ola Nordmann ", " exp 12/27 cvv 123"),
    "amount behind": ("", " 499.00"),
    "amount that ends in a right check digit": ("", " 318,00 kr"),
    "the same of an amex": ("", " 358.00"),
    "the same without cents": ("", " 300,- kr"),
    "amount in kroner": ("", " 1 299,50 kr"),
    "amount of four digits": ("", " 1299 kr"),
    "amount of four digits in dollars": ("", " 1299 USD"),
    "amount before": ("USD 250 ", ""),
    "order number before": ("Order 10023 ", ""),
    "order number behind": ("", ", order 10023"),
    "order number in the sentence before": ("Order 10023. ", ""),
    "order number in the sentence behind": ("", ". 10023 is the order"),
    "telephone before": ("91234567 ", ""),
    "telephone behind": ("", " tlf 91 23 45 67"),
    "telephone with country": ("", " +47 91234567"),
    "date before": ("24.12.2026 ", ""),
    "date behind": ("", " 24.12.2026"),
    "iso date before": ("2026-12-24 ", ""),
    "iso date behind": ("", " 2026-12-24 10:15"),
    "year before": ("in 2024 ", ""),
    "clock before": ("[10:32] ", ""),
    "number of a list": ("1. ", "\n2. more"),
    "cells before and behind": ("12,", ",34"),
    "small numbers": ("99 ", " 2"),
    "address behind": ("", "\n\nStorgata 12\n0155 Oslo"),
    "reference of letters and four digits before": ("NV-4410 ", " 12 500 kr"),
    "dollar sign": ("$", ""),
    "number sign": ("#", ""),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_the_bounds_of_a_number_are_exact(written: str) -> None:
    def is_exact(before: str, after: str) -> bool:
        text = f"hello {before}{written}{after}"
        numbers = [span for span in find(text) if span.kind is Kind.PAN]
        seen = [(text[span.start : span.end], span.action) for span in numbers]
        return seen == [(written, Action.REDACT)]

    assert [name for name, beside in AROUND.items() if not is_exact(*beside)] == []


def test_the_groups_of_a_sum_are_none_of_a_row() -> None:
    (told,) = find(f"1009 {' '.join(in_groups(VISA))} 12 500 kr")
    assert told.action is Action.REPORT


STRUCTURES = {
    "word and colon": "card:{}",
    "key and value": "card_number={} amount=100",
    "json": '{{"card_number": "{}", "amount": 100}}',
    "json number": '{{"pan":{},"amount":100}}',
    "json in json": '{{\\"cardNumber\\":\\"{}\\"}}',
    "xml": "<CardNumber>{}</CardNumber><Amount>100</Amount>",
    "xml attribute": '<card number="{}" type="x"/>',
    "csv": "name,card,expiry\nOla,{},12/27",
    "csv with semicolons": "Ola;{};12/27;100",
    "tsv": "Ola\t{}\t12/27\t100",
    "form": "cc%5Bnumber%5D={}&cc%5Bmonth%5D=12",
    "url parameter": "https://pay.example/?cardNumber={}&x=1",
    "multipart form": 'name="card_number"\r\n\r\n{}\r\n--x',
    "yaml": "number: {}\nexp_month: 12",
    "sql": "insert into cards values (1, '{}', 'x')",
    "php": "['cc' => '{}']",
    "log": "2026-03-04 12:00:01,123 INFO pay card={} amount=100",
    "stack trace": 'IllegalArgumentException: card "{}"\n\tat com.example.Pay.run(Pay.java:123)',
    "iso 8583 fields": "DE002: {}\nDE003: 000000",
    "iso 8583 in brackets": "Field 002 [{}] Field 003 [000000]",
    "entities around": "&quot;{}&quot;",
    "markdown": "**{}**",
    "glued to latin letters": "cardnumber{}please",
    "glued to words and a date": "numero{}date06/27",
    "glued to words that are no labels": "andika{}kisha4/28",
    "amid the parts of a file name": "{}_Hollis_55230.txt",
    "amid words and a room": "CCauth_{}_room412.txt",
    "before a page of a file": "{}_dispute_p2.txt",
    "behind the parts of a file name": "guest-12-{}-Hollis.pdf",
    "glued to cyrillic letters": "карта{}спасибо",
    "glued to arabic letters": "رقم{}شكرا",
    "glued to kana": "カード番号は{}です",
    "glued to hangul": "카드{}입니다",
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("structure", STRUCTURES.values(), ids=STRUCTURES)
@pytest.mark.parametrize("written", [VISA, AMEX, UNIONPAY], ids=["visa", "amex", "unionpay"])
def test_a_number_is_found_in_what_machines_write(structure: str, written: str) -> None:
    text = structure.format(written)
    numbers = [span for span in find(text) if span.kind is Kind.PAN]
    assert [text[span.start : span.end] for span in numbers] == [written]
    assert numbers[0].action is Action.REDACT


IN_FOURS = " ".join(in_groups(VISA))
OTHER_LINES = {
    "telephone above": ("phone 020 7946 0958.\n\n", ""),
    "telephone below": ("", "\n7946 0958"),
    "both": ("call 7946 0958\n", "\n0958 7946 1234"),
    "code behind": ("020 7946 0958\n", " 123\nAnn"),
    "iban above": ("PL61 1090 1014 0000 0712 1981 2874\n", ""),
    "iban of fours": ("ES91 2100 0418 4502 0005 1332\n", "\nthanks"),
    "reference above": ("booking 4711-2026.\n", ""),
    "three groups above": ("5678 9012 3456\n", ""),
    "telephone in the next cell": ("", "\t0161 496 0000"),
    "groups in the cells beside": ("1234 5678\t", "\t9400 1000 0000"),
    "iban in the cell before": ("SE45 5000 0000 0583 9825 7466\t", " thanks"),
}


@pytest.mark.parametrize("around", OTHER_LINES.values(), ids=OTHER_LINES)
def test_groups_on_the_lines_around_are_no_part_of_a_row(around: tuple[str, str]) -> None:
    before, after = around
    text = f"{before}{IN_FOURS}{after}"
    numbers = [span for span in find(text) if span.kind is Kind.PAN]
    assert [text[span.start : span.end] for span in numbers] == [IN_FOURS]
    assert numbers[0].action is Action.REDACT


@pytest.mark.parametrize(
    "text",
    [
        f"7946 0958 {IN_FOURS}",
        f"{IN_FOURS} 7946 0958",
        f"1234 5678 9012 3456\n{IN_FOURS}",
        f"{IN_FOURS}\n1234 5678 9012 3456",
    ],
    ids=["telephone before", "telephone behind", "number above", "number below"],
)
def test_a_row_that_may_be_two_numbers_is_told(text: str) -> None:
    (number,) = [span for span in find(text) if span.kind is Kind.PAN]
    assert (text[number.start : number.end], number.action) == (IN_FOURS, Action.REPORT)


@pytest.mark.parametrize("number", [VISA, IN_FOURS])
def test_two_letters_and_digits_begin_an_iban_where_they_are_a_country_s(number: str) -> None:
    assert [span.action for span in find(f"NY05 {number} KIWI")] == [Action.REDACT]
    assert find(f"AT05 {number} KIWI") == []


def test_a_long_row_that_goes_on_in_the_next_line_is_no_number() -> None:
    assert find(f"1111 2222 3333 4444 5555 6666\n{IN_FOURS}") == []


def test_the_colours_of_a_terminal_are_no_part_of_a_number() -> None:
    (span,) = find("charge [36m4539798806542776[0m refused")
    assert span.action is Action.REDACT
    assert find("charge x36m4539798806542776 refused") == []


@pytest.mark.parametrize("line", ["+71<{}+86347812<", "+75 < {} + 86347812 <"])
def test_the_reference_of_a_danish_payment_slip_is_no_card(line: str) -> None:
    slip = line.format("4111111111111111")
    assert find(f"Betal med {slip}, tak") == []
    assert [s.start for s in find(f"Kortnummer 5555555555554444, betal {slip}")] == [11]
    for other in ("+47<4111111111111111+86347812<", "+71<4111111111111111", "<4111111111111111+1<"):
        assert [s.action for s in find(other)] == [Action.REDACT]


@pytest.mark.parametrize(
    "line",
    [
        "vorgang;karte;betrag\n4711-0815-2025;{};89,90",
        "karte\n4711 0815 2025;{}",
        "card,ref\n4711 0815 2025,{}",
        "card|x\n4711-0815-2025|{}",
        "card\tx\n4711-0815-2025\t{}",
        "card: 4711-0815-2025 / {}",
    ],
)
def test_the_number_in_the_cell_before_takes_nothing_of_a_card(line: str) -> None:
    """With the first group of the card it is a number, too."""
    card = "4907 1210 2259 6522"
    text = line.format(card)
    assert [text[span.start : span.end] for span in find(text)] == [card]
