"""The card numbers that payment processors publish for tests (`published.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from integration.core.cards import luhn


@cache
def published() -> frozenset[bytes]:
    """Return every published number; the file holds them without their check digits."""
    with Path(__file__).with_name("published.toml").open("rb") as file:
        stems = [stem for row in tomllib.load(file)["published"] for stem in row["stems"]]
    return frozenset(luhn.completed(stem.encode()) for stem in stems)
