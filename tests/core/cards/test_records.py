"""Card numbers that nothing parts from the other fields of a line."""

from __future__ import annotations

import random

import pytest
from support.cards import number

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

CARDS = ("4000056655665556", "5555555555554444", "378282246310005", "6011111111111117")
HEAD = "type, account, card, amount:\n"


def batch(*cards: str, head: str = HEAD) -> str:
    lines = (f"DT00004819{at:02}{card:<19}0000{at}410\n" for at, card in enumerate(cards, 20))
    return f"{head}FH20260206UTIL\n{''.join(lines)}FT0000004000000048243\n"


def removed(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find(text) if s.action is Action.REDACT]


def test_the_numbers_in_one_place_of_all_lines_go_and_nothing_else() -> None:
    text = batch(*CARDS)
    assert removed(text) == list(CARDS)
    assert mask(text, find(text)).count("DT00004819") == len(CARDS)


def test_two_lines_will_do_where_blanks_fill_up_the_field() -> None:
    assert removed(batch(*CARDS[:2])) == list(CARDS[:2])


def test_a_number_goes_that_was_copied_with_its_extension() -> None:
    text = "the account number of the card and its extension: 4000056655665556000, id 12"
    assert removed(text) == ["4000056655665556"]
    assert removed(text.replace("card", "bill")) == []
    assert removed(text.replace("556000", "557000")) == []


def test_numbers_of_one_length_may_stand_amid_other_digits() -> None:
    cards = [card for card in CARDS if len(card) == 16]
    text = HEAD + "".join(f"{card[::-1][:3]}41{card}27060000\n" for card in cards)
    assert removed(text) == cards


@pytest.mark.parametrize(
    "text",
    [
        batch(*CARDS, head="type, account, reference, amount:\n"),  # nobody says card
        batch(*CARDS[:2]).replace("  ", ""),  # two may be chance
        batch(CARDS[0]),
        batch(*(["4000056655665556"] * 4)),  # one number
        batch(*CARDS[:3], *(f"40000566556655{at}" for at in (40, 41, 42))),  # half of them
    ],
    ids=["no card", "two", "one", "one number", "half"],
)
def test_anything_else_stays(text: str) -> None:
    assert removed(text) == []


PAYMENTS = "HDR0001\n{}TRL00004\n"


def payments(*cards: str, behind: str = "AUTH439167") -> str:
    lines = (f"DTL{at:05}{card:<19}000000028309978{behind}\n" for at, card in enumerate(cards, 1))
    return PAYMENTS.format("".join(lines))


def test_no_word_for_a_card_is_needed_in_a_file_of_authorised_payments() -> None:
    nineteen = number("621", 19, random.Random(7))  # it touches the sum behind it
    assert removed(payments(*CARDS, nineteen)) == [*CARDS, nineteen]
    assert removed(payments(*CARDS, behind="")) == []
    assert removed(payments(*CARDS[:2], nineteen)) == [*CARDS[:2], nineteen]
    assert removed(payments(*CARDS[:2])) == []
    others = "4000056655665550", "4000056655665551"
    assert removed(payments(*CARDS, others[0])) == list(CARDS)
    assert removed(payments(*CARDS, *others)) == []  # too few of them are cards


def filled(*cards: str) -> str:
    lines = (f"0220250314{at:08}{card:>19}00000000310082{at}\n" for at, card in enumerate(cards))
    return f"PAN right aligned, 19\n{''.join(lines)}"


@pytest.mark.parametrize("filling", ["0", " "])
def test_a_field_that_is_filled_up_to_its_right_end_needs_two_lines_only(filling: str) -> None:
    cards = [card.rjust(19, filling) for card in (CARDS[0], CARDS[2])]
    assert removed(filled(*cards)) == [CARDS[0], CARDS[2]]
    assert removed(filled(cards[0])) == []
    assert removed(filled(*cards, "5555".rjust(19, filling), "12".rjust(19, filling))) == []
    assert removed(filled(*cards).replace("PAN", "IBAN")) == []
    assert removed(filled(*cards).replace("PAN", "HDR20250503ACQ0417")) == [CARDS[0], CARDS[2]]


@pytest.mark.exhaustive
def test_a_long_file_takes_no_time() -> None:
    text = HEAD + "".join(f"{line:030}\n" for line in range(3_000))
    assert [span for span in find(text) if span.kind is Kind.PAN] == []


def test_a_draft_of_any_scheme_is_known_by_the_reference_of_its_acquirer() -> None:
    line = f"1500{CARDS[1]}   75416575087556851685295 000000004990 978"
    (span,) = find(f"out of the file:\n{line}\n")
    assert span.last4 == CARDS[1][-4:]
    assert find(f"out of the file:\n{line.replace('7541', '8541')}\n") == []


def test_a_single_draft_of_visa_needs_no_other_line() -> None:
    text = f"reject 0031:\n....+....1....+....2\n0500{CARDS[0]}000Z  74537604072\n"
    assert removed(text) == [CARDS[0]]


@pytest.mark.parametrize(
    "line",
    [
        f"0500{CARDS[0][:-1]}0000Z",
        f"0500{CARDS[0]}0001Z",
        f"0480{CARDS[0]}000Z",
        f"x 0500{CARDS[0]}000Z",
        f"0500{CARDS[1]}000Z",
    ],
    ids=["check digit", "longer", "no draft", "amid a line", "another scheme"],
)
def test_what_is_laid_out_otherwise_is_no_draft(line: str) -> None:
    assert removed(f"reject 0031:\n{line}\n") == []
