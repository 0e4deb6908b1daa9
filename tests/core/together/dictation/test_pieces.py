"""What may be a piece of a card number that is told piece by piece, and what is something else."""

from __future__ import annotations

import pytest

from integration.core.text.reading import read
from integration.core.together.dictation.pieces import in_figures, in_words


def groups(text: str) -> list[str]:
    return [piece.digits for piece in in_figures(read(text).window(0, len(text)).text)]


def words(text: str) -> list[list[str]]:
    plain = read(text).window(0, len(text)).text
    return [[piece.digits for piece in found] for found in in_words(plain)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4111", ["4111"]),
        ("4111 1111 and 1111-1111", ["4111", "1111", "1111", "1111"]),
        ("starts 411111, ends 1111", ["411111", "1111"]),
        ("it is 3782 822463 10005", ["3782", "822463", "10005"]),
        ("26, 59", ["2659"]),
        ("26 59", ["2659"]),
        ("26 59 11", ["265911"]),
        ("40 00, 05 66", ["4000", "0566"]),
        ("40000566 55665556", ["40000566", "55665556"]),
        ("7, 1, 8", ["718"]),
        ("4 1 1 1", ["4111"]),
        ("3-7-8-2-8-2-2-4-6-3-1-0-0-0-5", ["3782", "822463", "10005"]),
        ("41 / 11 / 11 / 11 / 11 / 11 / 11 / 11", ["4111", "1111", "1111", "1111"]),
        ("|4|1|1|1| |1|1|1|1|", ["4111", "1111"]),
        ("last 4 1111", ["1111"]),
        ("4111 1111 450 kr, nok 1 200 and 1111", ["4111", "1111", "1111"]),
        ("1234 5678 901", ["1234", "5678", "901"]),
        ("card of the customer 4111", ["4111"]),
        ("the customer began with 4111", ["4111"]),
        ("66 5566", ["66", "5566"]),
        ("11111111 1227", ["11111111"]),
        ("6138 3246 0329 551", ["6138", "3246"]),
        ("2463100", ["2463100"]),
        ("mcc 5812, ts 1739212399120, 1111", ["5812", "1111"]),
        ("and the last 0529395649", ["0529395649"]),
        ("Kari: 0529395649", ["0529395649"]),
        ("sek\n4111 in may", ["4111"]),
        ("Gjest 4471 (18:20): 4111\nGjest 4471 (18:21): 1111", ["4111", "1111"]),
        ("Brandon (NV-344120): 4111\nBrandon (NV-344120): 1111", ["4111", "1111"]),
        ("Guest 4471 18:20\n4111\nGuest 4471 18:21\n1111", ["4111", "1111"]),
        ("\t14:33\t\tClient\t\t41111111\t\n", ["41111111"]),
        ("14:33  Client  41111111  \n", ["41111111"]),
    ],
)
def test_groups_of_digits_are_pieces(text: str, found: list[str]) -> None:
    assert groups(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "at 14:20 or 14:20:05",
        "22 Jul 2002 19:50:45 -0000",
        "on 2026-11-27, 27.11.2026, 11/27 and 11/2027",
        "£1200, $ 1200, NOK 1200, 1200 kr, 1 200,00 and 4.50",
        "100 % or 4500%",
        "+47 4111 1111, 022334455",
        "my number: call 0223344556",
        "on 01.03. at noon",
        "ticket #4111",
        "term 30118867 nok 418,00 auth 118204 tid:411111",
        "https://example.com/4111 and 4111@example.com",
        "A4111 4111x",
        "4111 11** **** 1111, •••• •••• •••• 4242, 545454******5454, 4060 32XX XXXX 7741",
        "45 71 75 75",
        "412 77 118",
        "order 4111, customer: 1111, kundenr 1111 1111",
        "kundenr. 5512098, ordrenr. 4111, policy no. 4111",
        "call me when you can on 4111 1111",
        "1 4111",
        "in 41800522 a\nout 41800522 b\nin 41800522 c\nout 41800522 d\nin 41800522 e",
        "1234567890123",
        "9F 36 02 00 1B, 26 08 C3 4A 19 F0",
    ],
)
def test_what_is_something_else_is_none(text: str) -> None:
    assert groups(text) == []


def test_a_row_knows_where_it_begins_and_ends() -> None:
    pieces = in_figures("4111 1111 1111, then 1111")
    assert [(piece.is_first, piece.is_last) for piece in pieces] == [
        (True, False),
        (False, False),
        (False, True),
        (True, True),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("four one one one, okay? one one double one", ["4111", "1111"]),
        ("førti elleve", ["4011"]),
        ("the last four one two three four", ["1234"]),
        ("og de siste fire en to tre fire", ["1234"]),
        ("four one two three four", ["41234"]),
    ],
)
def test_number_words_are_pieces(text: str, found: list[str]) -> None:
    assert found in words(text)


@pytest.mark.parametrize("text", ["one", "twenty two", "", "4111 1111", "one two " * 10])
def test_too_few_words_or_too_many_are_none(text: str) -> None:
    assert not any(words(text))


def test_a_nought_that_is_said_alone_counts_nothing() -> None:
    assert words("the card: first zero. Then four one one one") == [["4111"]]


def test_a_group_right_behind_the_name_of_another_number_is_none() -> None:
    assert groups("virtual card for booking 2288190533, first six 424242") == ["424242"]
    assert groups("virtual card for booking 2288") == ["2288"]


@pytest.mark.parametrize("said", ["2221-2720", "2221 to 2720", "222100 til 272099"])
def test_the_range_of_an_issuer_is_no_two_groups(said: str) -> None:
    assert groups(f"Mastercard begins with {said}, mine with 4925") == ["4925"]
    assert groups("my card: 2221 2720 4925 0011") == ["2221", "2720", "4925", "0011"]
