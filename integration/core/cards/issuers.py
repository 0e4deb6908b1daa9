"""Which issuer a number belongs to, by its first digits and its length (`issuers.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from integration.core.data import read_toml

PREFIX: Final = 8  # digits of the longest prefix in the table
_INDEX = 3  # digits of the first, quick look-up
FOUR_DIGIT_CODES: Final = "amex"
"""The brand whose security codes have four digits; those of the others have three."""


def digits_of_code(brand: str | None) -> int:
    """Return how many digits a security code of a brand has."""
    return 4 if brand == FOUR_DIGIT_CODES else 3


@dataclass(frozen=True, slots=True)
class Issuer:
    """A range of numbers: `lengths` are usual, `rare` ones allowed; see the data file.

    `told` lengths are reported even with nothing but the number that speaks for a card.
    """

    brand: str
    ranges: tuple[tuple[int, int], ...]
    lengths: frozenset[int]
    rare: frozenset[int]
    told: frozenset[int]
    weak: bool
    wide: bool
    luhn: bool

    def tells(self, length: int) -> bool:
        """Whether its first digits and so many in all are told with nothing else to speak for it.

        >>> issuer_of(b"4111111111111111").tells(16)
        True
        """
        return not self.weak and length in self.told

    def is_usual(self, length: int) -> bool:
        """Whether its first digits say enough, and most of its numbers have so many digits."""
        return not self.weak and length in self.lengths


@cache
def issuers() -> tuple[Issuer, ...]:
    """Return every issuer of the data file, in its order."""
    table = read_toml(__file__, "issuers.toml")
    return tuple(_issuer(row) for row in table["issuer"])


def issuer_of(digits: bytes) -> Issuer | None:
    """Return the issuer of a number of 12 to 19 ASCII digits, None when there is none.

    >>> issuer_of(b"4111111111111111").brand
    'visa'
    """
    for low, high, issuer in _by_first_digits().get((digits[:_INDEX], len(digits)), ()):
        if low <= digits[:PREFIX] <= high:
            return issuer
    return None


@cache
def called() -> dict[str, tuple[str, ...]]:
    """Return how brands are called in other letters, by the brand."""
    names = read_toml(__file__, "issuers.toml")["called"]
    return {brand: tuple(said) for brand, said in names.items()}


@cache
def first_digits() -> frozenset[str]:
    """Return the first digits of the numbers whose ranges say enough.

    >>> sorted(set("0123456789") - first_digits())
    ['0', '7']
    """
    return frozenset(
        f"{low:0{PREFIX}}"[0] for each in issuers() if not each.weak for low, _ in each.ranges
    )


def _range(prefix: str) -> tuple[int, int]:
    low, _, high = prefix.partition("-")
    return int(low.ljust(PREFIX, "0")), int((high or low).ljust(PREFIX, "9"))


def _issuer(row: dict[str, Any]) -> Issuer:
    return Issuer(
        brand=row["brand"],
        ranges=tuple(_range(prefix) for prefix in row["prefixes"]),
        lengths=frozenset(row["lengths"]),
        rare=frozenset(row.get("rare", ())),
        told=frozenset((*row["lengths"], *row.get("told", ()))),
        weak=row.get("weak", False) or row.get("wide", False),
        wide=row.get("wide", False),
        luhn=row.get("luhn", True),
    )


@cache
def _by_first_digits() -> dict[tuple[bytes, int], list[tuple[bytes, bytes, Issuer]]]:
    table: dict[tuple[bytes, int], list[tuple[bytes, bytes, Issuer]]] = {}
    unit = 10 ** (PREFIX - _INDEX)
    for issuer in issuers():
        for low, high in issuer.ranges:
            row = (b"%0*d" % (PREFIX, low), b"%0*d" % (PREFIX, high), issuer)
            for first in range(low // unit, high // unit + 1):
                for length in issuer.lengths | issuer.rare:
                    table.setdefault((b"%0*d" % (_INDEX, first), length), []).append(row)
    return table
