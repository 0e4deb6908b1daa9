"""A number with one wrong digit goes with the right one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.read_together import begun, cleaned, place

from integration.core.cards.slip import is_slip
from integration.core.surfaces import SurfaceKind

CARD = "4111 1111 1111 1111"
RIGHT = f"so it is {CARD}, sorry"


@pytest.mark.parametrize(
    "slip",
    [
        "4111 1111 1111 1112",  # another digit
        "4111-1111-1111-7111",
        "4111111111111117",
        "1411 1111 1111 1111",  # two that changed places
        "4111 1111 1111 111",  # one missing
        "4111 1111 1111 11111",  # one too many
    ],
)
def test_a_slip_is_removed_with_the_right_number(slip):
    one, other = place(f"my card is {slip}.", "m1"), place(RIGHT, "m2")
    assert cleaned(one, other)["m1"] == "my card is [card visa ****]."
    assert cleaned(place(f"card {slip}\n\n{RIGHT}", "m1"))["m1"].startswith(
        "card [card visa ****]\n\n"
    )


def test_a_slip_that_the_next_line_touches_goes_too():
    one = place("card is 4111 1111 1111 1112Ugh sorry", "m1")
    assert cleaned(one, place(RIGHT, "m2"))["m1"] == "card is [card visa ****]Ugh sorry"


def test_a_slip_alone_is_no_card():
    assert cleaned(place("my number is 4111 1111 1111 1112")) == {}


@pytest.mark.parametrize(
    "other",
    ["4111 1111 1111 1122", "4111 1111 2222 1111", "411111111111", "AB4111111111111112", "4111 11"],
)
def test_what_is_further_off_or_part_of_a_word_stays(other):
    assert cleaned(place(f"order {other}", "m1"), place(RIGHT, "m2")).keys() == {"m2"}


@pytest.mark.parametrize("slip", ["4111 1111 1111 0000", "4111 2222 1111 1111"])
def test_a_number_with_another_group_goes_with_the_right_one(slip):
    assert cleaned(place(f"refund to {slip} please", "m1"), place(RIGHT, "m2"))["m1"] == (
        "refund to [card visa ****] please"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("By card. 411111111111", "By card. [card visa ****]"),
        ("attempt 1: 4111 1111 1111 ??", "attempt 1: [card visa ****] ??"),
        ("the end is 1111 1111 1111", "the end is [card visa ****]"),
        ("41111111 11... no, once more:", "[card visa ****]... no, once more:"),
    ],
)
def test_the_beginning_or_the_end_of_a_number_goes_with_the_whole_one(text, left):
    assert cleaned(place(text, "m1"), place(RIGHT, "m2"))["m1"] == left


@pytest.mark.parametrize("text", ["first eight: 4111 1111", "order 411111111111"])
def test_what_may_be_kept_of_a_number_or_is_named_otherwise_stays(text):
    assert cleaned(place(text, "m1"), place(RIGHT, "m2")).keys() == {"m2"}


@pytest.mark.parametrize("size", [11, 13, 16, 18])
def test_a_subject_that_the_helpdesk_cut_off_goes_with_the_number_in_the_header(size):
    header = place(f"Subject: charge {CARD} for my order\nFrom: kari@example.com\n", "header")
    cut = f"charge {CARD[:size]}"
    reply = place(f'We have "{cut}" from you.', "copy", SurfaceKind.MAIL_COPY)
    done = cleaned(header, place(cut, "subject", SurfaceKind.SUBJECT), reply)
    assert done["subject"] == "charge [card visa ****]"
    assert done["copy"] == 'We have "charge [card visa ****]" from you.'


def test_a_beginning_is_still_known_when_the_number_is_gone():
    subject = place(f"charge {CARD[:16]}", "subject", SurfaceKind.SUBJECT)
    stored = begun(place(RIGHT, "m1"), subject)
    assert cleaned(subject, begun=stored) == {"subject": "charge [card visa ****]"}


def test_a_longer_number_that_begins_alike_stays():
    other = place(f"order {CARD[:13]}2345678 of May", "m2")
    assert cleaned(place(RIGHT, "m1"), other).keys() == {"m1"}


def test_a_slip_that_the_right_number_touches_goes_too():
    copy = place("5155 1706 3077 65695155 1796 3077 6569 exp 07/29", "copy", SurfaceKind.MAIL_COPY)
    page = "<s>5155 1706 3077 6569</s><b>5155 1796 3077 6569</b>"
    left = cleaned(place(page, "m1", media="text/html"), copy)["copy"]
    assert not re.search("5155|3077|6569", left)


def test_numbers_in_a_row_are_a_list_and_no_slips():
    rows = "\n".join(f"voucher 411111111111111{last}" for last in range(2, 8))
    assert cleaned(place(rows, "m1"), place(RIGHT, "m2")).keys() == {"m2"}


def test_a_slip_between_other_numbers_goes_alone():
    text = "card 4111 1111 1111 1112 01/28, order 77"
    assert cleaned(place(text, "m1"), place(RIGHT, "m2"))["m1"] == (
        "card [card visa ****] [expiry removed], order 77"
    )


def test_the_date_and_the_code_beside_a_slip_go_with_it():
    one = place("card no 4111 1111 1111 1112 exp 04/28, code 123, order 77", "m1")
    assert cleaned(one, place(RIGHT, "m2"))["m1"] == (
        "card no [card visa ****] exp [expiry removed], code [security code removed], order 77"
    )


def test_a_slip_in_html_goes_with_its_entities():
    html = place("<p>4111&nbsp;1111&nbsp;1111&nbsp;1112</p>", "m1", media="text/html")
    assert cleaned(html, place(RIGHT, "m2"))["m1"] == "<p>[card visa ****]</p>"


def test_a_slip_is_still_known_when_the_right_number_is_gone():
    """The process died between the two writes."""
    one, other = place("my card is 4111 1111 1111 1112", "m1"), place(RIGHT, "m2")
    stored = begun(one, other)
    assert cleaned(one, begun=stored) == {"m1": "my card is [card visa ****]"}


NUMBERS = st.text("0123456789", min_size=12, max_size=19)


@given(NUMBERS, st.integers(0, 18), st.sampled_from("0123456789"))
def test_every_single_slip_is_known(number, at, digit):
    at %= len(number)
    changed = number[:at] + digit + number[at + 1 :]
    assert is_slip(changed, number) is (changed != number)
    assert is_slip(number[:at] + number[at + 1 :], number)
    assert is_slip(number[:at] + digit + number[at:], number)
    swapped = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
    assert is_slip(swapped, number) is (swapped != number)


@given(NUMBERS, NUMBERS)
def test_a_slip_works_both_ways(one, other):
    assert is_slip(one, other) is is_slip(other, one)
