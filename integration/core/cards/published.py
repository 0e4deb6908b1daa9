"""The card numbers that payment processors publish for tests (`published.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, starmap
from typing import Final

from integration.core.cards import luhn
from integration.core.cards.slip import is_slip
from integration.core.data import read_toml

_GROUP: Final = 4


@cache
def published() -> frozenset[bytes]:
    """Return every published number; the file holds them without their check digits."""
    table = read_toml(__file__, "published.toml")
    stems = [stem for row in table["published"] for stem in row["stems"]]
    return frozenset(luhn.completed(stem.encode()) for stem in stems)


def is_repeating(parts: Sequence[bytes]) -> bool:
    """Return whether a part of a number is what ends the one before it, said once more.

    Not of a number that is published: 4242 4242, 4242 4242.
    """
    again = any(starmap(_is_again, pairwise(parts)))
    return again and b"".join(parts) not in published()


def _is_again(one: bytes, other: bytes) -> bool:
    size = len(other)
    if size >= _GROUP and one.endswith(other):
        return True
    return size > _GROUP and is_slip(one[-size:].decode(), other.decode())  # and put right
