"""Dates and codes in the row of a card, by the heads of their columns."""

from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("table", "date", "code"),
    [
        (f"CVC,Valid until,Card number\n421,10/32,{CARD}", "10/32", "421"),
        (f"Sicherheitscode,Gültig bis,Karten-Nr.\n421,1032,{CARD}", "1032", "421"),
        (f"Card number,CVV,Exp. date,Name\n{CARD},364,2028-01,Ann Lee", "2028-01", "364"),
        (f"> CVC;Utløper;Kortnummer\n> 421;10/32;{CARD}\n> \n> Ann", "10/32", "421"),
        (f"Name\tCVV\tExpiry\tCard\nAnn\t421\t31/10/2032\t{CARD}", "31/10/2032", "421"),
    ],
    ids=["commas", "date without a mark", "year first", "quoted", "tabs, and a date to the day"],
)
def test_a_head_says_what_stands_below_it_on_either_side_of_the_card(
    found, table: str, date: str, code: str
) -> None:
    assert (found(table, Kind.EXPIRY), found(table, Kind.CVV)) == ([date], [code])


@pytest.mark.parametrize(
    "table",
    [
        f"CVC and expiry,Nights,Card\n421,3,{CARD}",  # which of the two is not said
        f"Room,Guests,Card\n421,1032,{CARD}",
        f"CVC,Valid until,Card number\nn/a,n/a,{CARD}",
    ],
    ids=["two labels in one head", "no label", "nothing below"],
)
def test_other_heads_say_nothing(found, table: str) -> None:
    assert (found(table, Kind.EXPIRY), found(table, Kind.CVV)) == ([], [])


def test_each_row_has_its_own(found) -> None:
    other = "5555 5555 5555 4444"
    table = f"CVC;Exp;Card\n421;10/32;{CARD}\n387;11/31;{other}"
    assert found(table, Kind.EXPIRY) == ["10/32", "11/31"]
    assert found(table, Kind.CVV) == ["421", "387"]


def test_the_limit_of_a_card_is_no_code(found) -> None:
    assert found(f"Driver\tCard no\tExpiry\tLimit\nAnn\t{CARD}\t09/27\t500", Kind.CVV) == []
