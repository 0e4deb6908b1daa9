"""The card numbers that payment processors publish for tests (`published.toml`)."""

from __future__ import annotations

from functools import cache

from integration.core.cards import luhn
from integration.core.data import read_toml


@cache
def published() -> frozenset[bytes]:
    """Return every published number; the file holds them without their check digits."""
    table = read_toml(__file__, "published.toml")
    stems = [stem for row in table["published"] for stem in row["stems"]]
    return frozenset(luhn.completed(stem.encode()) for stem in stems)


def is_said_twice(digits: bytes) -> bool:
    """Return whether a number is a half that is said twice; 4242 4242 4242 4242 is published."""
    half = len(digits) // 2
    return digits[:half] == digits[half:] and digits not in published()
