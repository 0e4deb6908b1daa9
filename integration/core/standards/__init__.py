"""Standards: which of their requirements name which checks. One TOML file per standard."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, in short words of our own."""

    id: str
    title: Mapping[str, str]
    """By locale."""
    checks: tuple[str, ...]
    cited: Mapping[str, str]
    """By locale, where a language cites it otherwise than by its id."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard and those of its requirements that checks can speak to."""

    id: str
    title: Mapping[str, str]
    requirements: tuple[Requirement, ...]


@cache
def standards() -> tuple[Standard, ...]:
    """All of them, by id."""
    folder = resources.files("integration.core.standards")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_standard(file.read_text(encoding="utf-8")) for file in files)


def _standard(text: str) -> Standard:
    table = tomllib.loads(text)
    requirements = tuple(
        Requirement(row["id"], row["title"], tuple(row["checks"]), row.get("cited", {}))
        for row in table["requirement"]
    )
    return Standard(table["id"], table["title"], requirements)


def naming(check: str, locale: str) -> list[tuple[str, list[str]]]:
    """Which standards ask for this check: its title, and its requirements as they are cited."""
    named = [
        (s.title[locale], [r.cited.get(locale, r.id) for r in s.requirements if check in r.checks])
        for s in standards()
    ]
    return [(title, ids) for title, ids in named if ids]
