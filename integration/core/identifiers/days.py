"""The birth dates inside national identity numbers: whether there is such a day."""

from __future__ import annotations

from typing import Final

_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_day(day: int, month: int) -> bool:
    """Return whether some year has this day of this month."""
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def of_norwegian(digits: bytes) -> bool:
    """Return whether DDMM begins a fødselsnummer, a D-number or a number for tests.

    A D-number adds 40 to the day; H-numbers add 40 to the month, synthetic people of Tenor 80
    (Skatteetaten: Tenor testdata).
    """
    day, month = int(digits[:2]), int(digits[2:4])
    return is_day(day - 40 if day > 40 else day, month % 40)


def of_swede(digits: bytes) -> bool:
    """Return whether YYMMDD begins the last ten digits; a coordination number adds 60 to the day.

    With twelve digits the century comes first.
    """
    if len(digits) == 12 and digits[:2] not in {b"18", b"19", b"20"}:
        return False
    month, day = int(digits[-8:-6]), int(digits[-6:-4])
    return is_day(day - 60 if day > 60 else day, month)


def of_dane(digits: bytes) -> bool:
    """Return whether DDMMYY begins a CPR number.

    Since 2007 the check digit means nothing (CPR-kontoret); numbers of replacement add 60.
    """
    day = int(digits[:2])
    return is_day(day - 60 if day > 60 else day, int(digits[2:4]))


def of_finn(digits: bytes) -> bool:
    """Return whether DDMMYY begins a henkilötunnus."""
    return is_day(int(digits[:2]), int(digits[2:4]))
