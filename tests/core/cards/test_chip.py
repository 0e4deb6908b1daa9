"""Card numbers in the data of a chip."""

from __future__ import annotations

import random

import pytest
from support.cards import number

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("dump", "number"),
    [
        ("5A084111111111111111", "4111111111111111"),
        ("tlv 5A 08 41 11 11 11 11 11 11 11 5F 24 03 31 12 31", "41 11 11 11 11 11 11 11"),
        ("9A   03 25 03 07\n5A   08 41 11 11 11 11 11 11 11", "41 11 11 11 11 11 11 11"),
        ("TAG 5A  len 08  41 11 11 11 11 11 11 11", "41 11 11 11 11 11 11 11"),
        ("5F24033112315A0841111111111111119F26", "4111111111111111"),
        ("5A (Application PAN) 08 41 11 11 11 11 11 11 11", "41 11 11 11 11 11 11 11"),
        ("5A - PAN: 08 4111111111111111", "4111111111111111"),
        (
            "5A (Application Primary Account Number of the card) 0A 67 59 99 25 48 98 80 77 25 4F",
            "67 59 99 25 48 98 80 77 25 4",
        ),
        ("5a08378282246310005f9f", "378282246310005"),
        ("5a 08 37 82 82 24 63 10 00 5F", "37 82 82 24 63 10 00 5"),
        (
            "70 2B 5A 0A 67 59 99 25 48 98 80 77 25 4F 5F 24 03 27 12 31",
            "67 59 99 25 48 98 80 77 25 4",
        ),
        ("5F24032712315A0A6759992548988077254F5F3401", "6759992548988077254"),
    ],
    ids=[
        *("block", "pairs", "in columns", "in words", "amid others"),
        *("named", "named in words", "named, of ten", "filled up"),
        *("pairs filled up", "pairs of 19 digits", "block of 19 digits"),
    ],
)
def test_a_number_behind_its_tag_and_length_is_removed(dump: str, number: str) -> None:
    spans = [span for span in find(dump) if span.kind is Kind.PAN]
    assert [dump[span.start : span.end] for span in spans] == [number]
    assert "emv-tag" in spans[0].why
    assert find(mask(dump, spans)) == []


@pytest.mark.parametrize(
    "text",
    ["House 5A order 06 630429141777", "Apt 5a order 08 4111 1111 1111 1111", "15A card 06 63 04"],
)
def test_a_house_is_no_tag(text: str) -> None:
    assert "emv-tag" not in {why for span in find(text) for why in span.why}


@pytest.mark.parametrize("tag", ["5A (08): ", "5A[08]=", "5A [08] ", "5A (len=08): ", "5A: "])
def test_a_tag_that_is_told_with_its_length_leads_to_pairs(tag: str) -> None:
    dump = f"tags\n {tag}41 11 11 11 11 11 11 11\n 9F02 (06): 00 00 00 00 25 00"
    numbers = [span for span in find(dump) if span.kind is Kind.PAN]
    assert [span.action for span in numbers] == [Action.REDACT]


def test_a_length_of_ten_in_brackets_is_no_digit() -> None:
    dump = "  5A [0A] 6759992548988077254F\n  9F36 [02] 01C4"
    (span,) = find(dump)
    assert (dump[span.start : span.end], span.action) == ("6759992548988077254", Action.REDACT)


@pytest.mark.parametrize(
    "dump",
    [
        "5A074111111111111111",
        "5A08411111111111",
        "5A084111111111111112",
        "5A080000000000000000",
        "5A0841F1111111111111",
        "5B 41 11 11 11 11 11 10 07",
        "5A 11 11 11 11 11 11 11 11",
    ],
    ids=[
        "too short",
        "cut off",
        "wrong check digit",
        "no issuer",
        "filled inside",
        "tag",
        "length",
    ],
)
def test_what_is_not_as_long_as_its_length_says_is_no_number(dump: str) -> None:
    assert not any("emv-tag" in span.why for span in find(dump))


def test_pairs_amid_bytes_with_letters_are_told_and_not_removed() -> None:
    (span,) = find("dump: 6e 05 5d 41 11 11 11 11 11 11 11 c5 5a")
    assert (span.action, span.why[-1]) == (Action.REPORT, "amid-bytes")
    (span,) = find("dump: 41 11 11 11 11 11 11 11 c5 5a")
    assert span.action is Action.REPORT


def test_pairs_without_such_bytes_are_removed() -> None:
    (span,) = find("dump: 41 11 11 11 11 11 11 11 de")
    assert span.action is Action.REDACT


@pytest.mark.parametrize(
    ("dump", "date"),
    [
        ("5F24033112315A0841111111111111119F26", "311231"),
        ("5A   08 41 11 11 11 11 11 11 11\n5F24 03 31 12 31", "31 12 31"),
        ("5A 08 41 11 11 11 11 11 11 11\n5F24 03 31 12 31\n5F34 01 01", "31 12 31"),
        ("icc: 5A=4111111111111111 5F24=311231 5F34=01", "311231"),
    ],
    ids=["before the number", "in columns", "behind it", "in a log"],
)
def test_the_date_behind_its_tag_is_removed_with_the_number(dump: str, date: str) -> None:
    found = [dump[span.start : span.end] for span in find(dump) if span.kind is Kind.EXPIRY]
    assert found == [date]


def test_a_date_behind_its_tag_stays_where_no_number_is() -> None:
    assert find("5F24 03 31 12 31") == []


def test_a_number_that_is_not_as_long_as_its_field_says_is_none() -> None:
    assert find("MTI=0100 F2=174111111111111111 F14=3004") == []
    assert find("MTI=0100 F2=164111111111111112 F14=3004") == []


def test_the_length_of_a_number_may_stand_before_it_where_the_field_is_called_pan() -> None:
    text = "DE2 is LLVAR, so the length and then the PAN: 16{}"
    (span,) = find(text.format("4111111111111111"))
    assert (span.brand, span.action, span.last4) == ("visa", Action.REDACT, "1111")
    assert find(text.format("4111111111111112")) == []
    assert find(text.format("411111111111111")) == []


def test_bitmap_22_of_a_german_terminal_is_the_number() -> None:
    girocard = number("672", 19, random.Random(6))
    pairs = " ".join(f"{girocard}F"[at : at + 2] for at in range(0, 20, 2))
    for log in (f"  BMP 22 F1 F0 {pairs}  (PAN)\n  BMP 8A 05", "BMP22 F0F84111111111111111"):
        assert [(span.brand, span.action) for span in find(log)] == [
            ("girocard" if "8A" in log else "visa", Action.REDACT)
        ]
    raw = f"<< 04 0F 35 27 00 04 22 F1 F0 {pairs} 0E 27 11 17 00 01"
    assert [span.brand for span in find(raw) if "emv-tag" in span.why] == ["girocard"]
    for other in (f"BMP 22 F0 F9 {pairs}", f"BMP 29 F1 F0 {pairs}", f"BMP 22 F1 F0 {pairs[3:]} 11"):
        assert not any("emv-tag" in span.why for span in find(other))


@pytest.mark.parametrize(
    "log",
    [
        "DE 2  4111111111111111\nDE 3  000000\nDE 7  0923083146\nDE 14  3004",
        '<field id="2" value="4111111111111111"/>\n<field id="14" value="3004"/>',
        "F002=4111111111111111 F014=3004",
        "MTI=0100 F2=164111111111111111 F14=3004",
        "MTI 0200\nDE002 164111111111111111\nDE003 000000\nDE014 3004",
    ],
    ids=["data elements", "xml", "keys", "length before", "length and lines"],
)
def test_field_14_of_a_payment_message_is_until_when_the_card_is_good(log: str) -> None:
    assert [(span.kind, log[span.start : span.end]) for span in find(log)] == [
        (Kind.PAN, "4111111111111111"),
        (Kind.EXPIRY, "3004"),
    ]


def test_what_is_in_another_field_is_no_card_of_a_weak_scheme() -> None:
    log = "F002 [LLVAR 16] 4111111111111111\nF014 2809\nF022 051\n{} 504214771207\nF041 TERM0042"
    for field, count in (("F037", 1), ("F037 an12", 1), ("F037 LLVAR(12)", 1), ("F002", 2)):
        numbers = [span for span in find(log.format(field)) if span.kind is Kind.PAN]
        assert len(numbers) == count


def test_field_14_is_no_date_where_field_2_is_no_number() -> None:
    log = "DE 2  000000\nDE 14  3004\nDE 48  4111111111111111"
    assert [span.kind for span in find(log)] == [Kind.PAN]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("MTI 0110\nDE 2  4222222222222\nDE 3  000000", "4222222222222"),
        ("TAG 5A 6761415637637\nTAG 95 80", "6761415637637"),
        ("BKP84000013260404000001CCCA5555555555554444    0000043190EUR2", "5555555555554444"),
        ("FPCCTP135410014004955/1229*A", "135410014004955"),
        ("4 FP CCVI4111110000000000008", "4111110000000000008"),
        ("RES# 1180772 PMT VI#4111110000000000008#0929", "4111110000000000008"),
        ("FP CCUP621203718031001139/1227", "621203718031001139"),
        ("SSR FOID LH HK1 CCVI4111111111111111-1BRANDT/KLAUS MR", "4111111111111111"),
    ],
    ids=["field 2", "tag", "BSP", "UATP", "Visa", "of a hotel", "UnionPay", "of one passenger"],
)
def test_where_only_a_card_can_stand_its_length_matters_little(text: str, number: str) -> None:
    spans = [span for span in find(text) if span.kind is Kind.PAN]
    assert [(text[span.start : span.end], span.action) for span in spans] == [
        (number, Action.REDACT)
    ]
