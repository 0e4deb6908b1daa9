"""Which issuer a number belongs to, by its first digits and its length (`issuers.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PREFIX = 6  # digits that tell issuers apart in the table
_INDEX = 4  # digits of the first, quick look-up


@dataclass(frozen=True, slots=True)
class Issuer:
    """A range of numbers: `lengths` are usual, `rare` ones allowed; see the data file."""

    brand: str
    ranges: tuple[tuple[int, int], ...]
    lengths: frozenset[int]
    rare: frozenset[int]
    weak: bool
    luhn: bool


def _range(prefix: str) -> tuple[int, int]:
    low, _, high = prefix.partition("-")
    return int(low.ljust(_PREFIX, "0")), int((high or low).ljust(_PREFIX, "9"))


def _issuer(row: dict[str, Any]) -> Issuer:
    return Issuer(
        brand=row["brand"],
        ranges=tuple(_range(prefix) for prefix in row["prefixes"]),
        lengths=frozenset(row["lengths"]),
        rare=frozenset(row.get("rare", ())),
        weak=row.get("weak", False),
        luhn=row.get("luhn", True),
    )


def _load() -> tuple[Issuer, ...]:
    with Path(__file__).with_name("issuers.toml").open("rb") as file:
        return tuple(_issuer(row) for row in tomllib.load(file)["issuer"])


def _index(issuers: tuple[Issuer, ...]) -> list[tuple[Issuer, ...]]:
    unit = 10 ** (_PREFIX - _INDEX)
    table: list[list[Issuer]] = [[] for _ in range(10**_INDEX)]
    for issuer in issuers:
        for low, high in issuer.ranges:
            for first in range(low // unit, high // unit + 1):
                table[first].append(issuer)
    return [tuple(row) for row in table]


ISSUERS = _load()
"""Every issuer of the data file, in its order."""

_BY_FIRST_DIGITS = _index(ISSUERS)


def issuer_of(digits: bytes) -> Issuer | None:
    """Return the issuer of a number of 12 to 19 ASCII digits, None when there is none.

    >>> issuer_of(b"4111111111111111").brand
    'visa'
    """
    prefix, length = int(digits[:_PREFIX]), len(digits)
    for issuer in _BY_FIRST_DIGITS[int(digits[:_INDEX])]:
        if length in issuer.lengths or length in issuer.rare:
            for low, high in issuer.ranges:
                if low <= prefix <= high:
                    return issuer
    return None
