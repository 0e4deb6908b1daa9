"""The word lists of all languages, in plain letters (`core.text.reading.plain`).

A text may hold several languages, so a word counts whatever the language of the account is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Any, Final

from integration.core.data import names_of_toml, read_toml
from integration.core.text.fold import fold
from integration.core.text.reading import of_folded


class Label(StrEnum):
    """What a word says of the number beside it; the keys of `[labels]` in every file."""

    CARD = "card"
    """A payment card or its number."""
    CARD_HINT = "card_hint"
    """Goes well with a card and with other things: `pan`, `account number on the front`."""
    OTHER_CARD = "other_card"
    """Holds the word for a card and means something else: gift card, SIM card."""
    SECURITY_CODE = "security_code"
    """The card verification code, beyond doubt: CVV, `sikkerhetskode på kortet`."""
    CODE_HINT = "code_hint"
    """A code only when a card is near: `code`, `three digits on the back`."""
    EXPIRY = "expiry"
    EXPIRY_HINT = "expiry_hint"
    """An expiry only when a card is near: `valid`, `date`, `month/year`."""
    PIN = "pin"
    CASH_MACHINE = "cash_machine"
    """Where a PIN of a card is typed: ATM, terminal, cash withdrawal."""
    TYPED = "typed"
    """What people do with a PIN: entered, tastet, getippt."""
    OTHER_PIN = "other_pin"
    """What has a PIN and is no card: alarm, conference, SIM, locker, parcel."""
    PASSWORD = "password"  # noqa: S105  a label, no secret
    ONE_TIME_CODE = "one_time_code"
    BIRTH_DATE = "birth_date"
    NATIONAL_ID = "national_id"
    BANK_ACCOUNT = "bank_account"
    OTHER_NUMBER = "other_number"
    """A number that is no card: order, invoice, tracking, serial, voucher."""
    REFERENCE = "reference"
    """Lighter than `OTHER_NUMBER`: ref, customer, case, account."""
    TELEPHONE = "telephone"
    MONEY = "money"
    """Currencies and words for sums; they stand before or behind a number."""
    LINK = "link"
    """What may stand between a label and its number: is, er, number, on the back."""


def as_read(text: str) -> str:
    """Return `text` in the letters in which a message is read (`Reading.letters`)."""
    return of_folded(text, fold(text)).letters()


def all_as_read(phrases: Iterable[str]) -> list[str]:
    """Return many phrases at once, in the letters in which a message is read."""
    return as_read("\n".join(phrases)).splitlines()


def each_as_read(listed: Iterable[Iterable[str]], first: int) -> Iterator[tuple[int, str]]:
    """Return the words of lists that are numbered from `first`, each with the number of its list.

    All are read at once: a reading costs more than its words.
    """
    numbered = [(number, word) for number, words in enumerate(listed, first) for word in words]
    read = all_as_read(word for _, word in numbered)
    return zip((number for number, _ in numbered), read, strict=True)


@cache
def files() -> tuple[dict[str, Any], ...]:
    """Return what stands in the file of each language: `<language>.toml`, by its ISO 639-1 code."""
    return tuple(read_toml(__file__, name) for name in names_of_toml(__file__))


@cache
def phrases(label: Label) -> frozenset[str]:
    """Return every phrase of a label, in all languages, in plain letters."""
    written = {phrase for file in files() for phrase in file["labels"].get(label.value, ())}
    return frozenset(all_as_read(written))


ROMAN_MONTHS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
"""Months in Roman figures, as some write them between a day and a year."""


@cache
def months() -> dict[str, int]:
    """Return the names of months, full and short, in plain letters: name to 1..12."""
    listed = (
        numbered
        for file in files()
        for numbered in each_as_read(file.get("dates", {}).get("months", ()), 1)
    )
    return {name: number for number, name in listed}


@cache
def months_of_other_calendars() -> frozenset[str]:
    """Return the names of months that are not those of the Gregorian or the Persian year."""
    written = (name for file in files() for name in file.get("dates", {}).get("other_months", ()))
    return frozenset(all_as_read(written))


@cache
def words_for_born(*, long_ago: bool) -> frozenset[str]:
    """Return the short words that mean `born` only right before a full date, in plain letters.

    `long_ago`: those that have other meanings there, so that the date must be an old one.
    """
    key = "born_long_ago" if long_ago else "born"
    written = (word for file in files() for word in file.get("dates", {}).get(key, ()))
    return frozenset(all_as_read(written))
