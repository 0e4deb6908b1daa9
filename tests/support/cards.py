"""Card numbers made for tests: valid, of every scheme, and no one's."""

from __future__ import annotations

import random
from collections.abc import Iterator

from integration.core.cards import luhn
from integration.core.cards.issuers import Issuer, issuers

SEED = 20261125


def completed(stem: str) -> str:
    """Return digits with their check digit."""
    return luhn.completed(stem.encode()).decode()


def number(prefix: str, length: int, pick: random.Random) -> str:
    """Return a valid number with these first digits."""
    stem = prefix + "".join(pick.choices("0123456789", k=length))
    return completed(stem[: length - 1])


def _prefix(issuer: Issuer, pick: random.Random) -> str:
    low, high = pick.choice(issuer.ranges)
    return str(pick.randint(low, high)).rjust(8, "0")


def of_every_scheme(*, weak: bool = True, rare: bool = True) -> Iterator[tuple[str, str]]:
    """Yield a brand and a number for every row of the issuer table and each of its lengths."""
    pick = random.Random(SEED)
    for issuer in issuers():
        for length in sorted(issuer.lengths | (issuer.rare if rare else frozenset())):
            if weak or not issuer.weak:
                yield issuer.brand, number(_prefix(issuer, pick), length, pick)


def in_groups(digits: str) -> list[str]:
    """Return the digits as they are printed on a card."""
    sizes = {15: (4, 6, 5), 14: (4, 6, 4)}.get(len(digits), (4, 4, 4, 4, 4))
    return parts(digits, *sizes)


def parts(digits: str, *sizes: int) -> list[str]:
    """Return the digits in groups of these sizes, the last size again for what is left."""
    found: list[str] = []
    at = 0
    while at < len(digits):
        size = sizes[min(len(found), len(sizes) - 1)]
        found.append(digits[at : at + size])
        at += size
    return found
