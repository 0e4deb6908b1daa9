"""The countries whose accounts have an IBAN, and how long each is (ISO 13616)."""

from __future__ import annotations

from functools import cache

from integration.core.data import read_toml


@cache
def lengths() -> dict[bytes, int]:
    """Return by the code of each country how many characters an IBAN has there."""
    tables = read_toml(__file__, "iban.toml")
    listed = {**tables["unregistered"], **tables["lengths"]}
    return {country.encode(): length for country, length in listed.items()}
