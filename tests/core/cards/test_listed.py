"""What stands in a list beside a card, or where like records have one, is a card as well."""

from __future__ import annotations

import random

import pytest
from support.cards import completed, number

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA, MASTERCARD, AMEX = "4111111111111111", "5555555555554444", "378282246310005"
OF_18 = number("633189", 18, random.Random(3))
OF_17 = number("67613777", 17, random.Random(5))


def removed(text: str) -> list[str]:
    spans = find(text)
    return [
        text[s.start : s.end] for s in spans if s.kind is Kind.PAN and s.action is Action.REDACT
    ]


@pytest.mark.parametrize("one", [OF_18, OF_17], ids=["18 digits", "17 digits"])
@pytest.mark.parametrize(
    "text",
    [
        "WHERE pan IN ('{0}',\n              '{1}')\n  AND issuer_id = 45710002",
        "WHERE pan IN ('{1}', '{0}')",
        "cards: {0}, {1}, {2}",
        "Cards from the slips of Saturday:\n\n{0}\n{1}\n{2}\n\nSlip numbers 000441 to 000444",
        "Cards from the slips of Saturday:\n\n{0}\n\n{1}\n",
        "INSERT INTO \"vault\" VALUES (1,'{0}','2104'),(2,'{2}','2203'),(13,'{1}','1911');",
        '[{{"pan":"{0}","x":1}},{{"pan":"{2}","x":2}},{{"pan":"{1}","x":3}}]',
        "Two cards for the hotel:\n - CUP {0} , valid 2028-07\n - CUP {1} , valid 2027-01",
    ],
)
def test_one_of_a_length_that_is_seldom_used_goes_with_the_others(text: str, one: str) -> None:
    told = text.format(VISA, one, MASTERCARD)
    assert one not in removed(f"{one} is our reference")
    assert {VISA, one} <= set(removed(told))


@pytest.mark.parametrize(
    "text",
    [
        "cards: {0}, order {1}",
        "cards: {0}, A{1}",
        "card {0}\nparcel:\n{1}",
        "card {0}. WHERE order_id IN ('{0}', '{1}')",
        "(1,'{0}','2104'),(2,'{2}','2203'),('{1}','1911')",
        '[{{"pan":"{0}"}},{{"ref":"{1}"}}]',
    ],
)
def test_what_other_words_or_marks_lead_to_is_no_part_of_a_list(text: str) -> None:
    assert OF_18 not in removed(text.format(VISA, OF_18, AMEX))


def test_a_number_whose_check_digit_is_wrong_stays() -> None:
    wrong = f"{OF_18[:-1]}{(int(OF_18[-1]) + 1) % 10}"
    assert removed(f"cards: {VISA}, {wrong}, {MASTERCARD}") == [VISA, MASTERCARD]


def test_groups_of_twelve_digits_below_a_card_are_none() -> None:
    short = completed("56789012345")
    assert len(short) == 12
    assert removed(f"{VISA}\n{short[:4]} {short[4:8]} {short[8:]}") == [VISA]


@pytest.mark.parametrize("word", ["and", "un", "és", "и"])
def test_a_number_that_a_word_for_and_joins_to_a_card_is_one_as_well(word: str) -> None:
    text = f"Kartes kontā: 5018877781507 {word} 5555 5555 5555 4444."
    assert sum(span.kind is Kind.PAN for span in find(text)) == 2
    assert sum(span.kind is Kind.PAN for span in find(text.replace(f" {word} ", " next to "))) == 1
