"""The tickets of the demo: written from a table, with cards and look-alikes drawn from a seed."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise
from string import Formatter
from typing import Any

from integration.core.cards import luhn

NBSP = "\N{NO-BREAK SPACE}"
ISSUERS: Mapping[str, tuple[str, int]] = {
    "visa": ("4", 16),
    "mc": ("53", 16),
    "amex": ("37", 15),
    "unionpay": ("6212", 16),
}
NAMES = (
    "Kari Nordmann",
    "Ola Hansen",
    "Ingrid Berg",
    "Jonas Lie",
    "Emma Wilson",
    "James Carter",
    "Aisha Khan",
    "Lars Dahl",
    "Sofia Rossi",
    "Nils Bakken",
    "Grace Lee",
    "Henrik Moen",
)


@dataclass(frozen=True, slots=True)
class Card:
    """A generated number and the ways in which people write it. Its repr does not show it."""

    digits: str = field(repr=False)

    def groups(self) -> list[str]:
        """As printed on the card: 4-6-5 for fifteen digits, else fours."""
        cuts = (0, 4, 10, 15) if len(self.digits) == 15 else range(0, len(self.digits) + 1, 4)
        return [self.digits[a:b] for a, b in pairwise(cuts)]

    def __format__(self, style: str) -> str:
        if style == "tags":
            first, *rest = self.groups()
            return f"{first}</b> <b>" + " ".join(rest)
        joint = {"spaced": " ", "dashed": "-", "dotted": ".", "nbsp": NBSP, "grouped": "  "}
        return joint[style].join(self.groups()) if style in joint else self.digits


@dataclass(frozen=True, slots=True)
class Beside:
    """A security code or an expiry date as it was planted. Its repr does not show it.

    So few digits stand elsewhere by chance: it is known by what stands around it.
    """

    written: str = field(repr=False)
    before: str = field(repr=False)
    after: str = field(repr=False)


Pieces = tuple[str, ...]
"""A text in pieces: what must stand and what was planted, in turns; the first and last stand."""


@dataclass(frozen=True, slots=True)
class Story:
    """One ticket from its first message to its last, and what was planted in it."""

    name: str
    email: str
    pieces: Mapping[str, Pieces] = field(repr=False)
    """By part: `subject`, `text` or `html`, `reply`, `answer`, `note`, `quoted`, `custom_field`,
    `file`, `tag`."""
    cards: tuple[Card, ...] = field(repr=False)
    beside: tuple[Beside, ...] = field(repr=False)

    @property
    def parts(self) -> Mapping[str, str]:
        """Each part as it is written."""
        return {part: "".join(pieces) for part, pieces in self.pieces.items()}

    @property
    def planted(self) -> tuple[Card | Beside, ...]:
        """All card data in it, a number once however often it is written."""
        return (*self.cards, *self.beside)


def stories(seed: int, rounds: int = 2) -> Iterator[Story]:
    """Every ticket of the table, so many times over with other people and other numbers."""
    rng = random.Random(seed)  # noqa: S311  a reproducible demo, no secret
    table = tomllib.loads(
        resources.files("integration.demo").joinpath("scenario.toml").read_text(encoding="utf-8")
    )["ticket"]
    for _ in range(rounds):
        for template in rng.sample(table, len(table)):
            yield _write(template, rng)


class _Facts(dict[str, Any]):
    """Draws a fact when a text first asks for it, so that a story plants only what it uses."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self.rng = rng

    def __missing__(self, name: str) -> object:
        if name in ISSUERS:
            value: object = draw_card(self.rng, *ISSUERS[name])
        elif name in LOOKALIKES:
            value = _pattern(self.rng, LOOKALIKES[name])
        else:
            value = {**BESIDE, **PLAIN}[name](self.rng)
        self[name] = value
        return value


def _write(template: Mapping[str, str], rng: random.Random) -> Story:
    facts = _Facts(rng)
    name = facts["name"]
    pieces = {part: _pieces(text, facts) for part, text in template.items()}
    email = f"{name.lower().replace(' ', '.')}@example.com"
    cards = tuple(fact for fact in facts.values() if isinstance(fact, Card))
    short = {facts[name] for name in BESIDE if name in facts}
    return Story(name, email, pieces, cards, tuple(_beside(pieces.values(), short)))


def _pieces(template: str, facts: _Facts) -> Pieces:
    pieces = [""]
    for literal, name, style, _ in Formatter().parse(template):
        pieces[-1] += literal
        if name is None:
            continue
        written = format(facts[name], style or "")
        if name in ISSUERS or name in BESIDE:
            pieces += [written, ""]
        else:
            pieces[-1] += written
    return tuple(pieces)


def _beside(texts: Iterable[Pieces], short: Container[str]) -> Iterator[Beside]:
    for pieces in texts:
        for before, written, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
            if written in short:
                yield Beside(written, before, after)


def draw_card(rng: random.Random, prefix: str, length: int) -> Card:
    """A number that passes Luhn in an issuer's range; no account is behind it."""
    body = prefix + _digits(rng, length - len(prefix) - 1)
    return Card(next(body + d for d in "0123456789" if luhn.is_valid((body + d).encode())))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _pattern(rng: random.Random, pattern: str) -> str:
    """`#` a digit, anything else itself."""
    return "".join(rng.choice("0123456789") if c == "#" else c for c in pattern)


LOOKALIKES: Mapping[str, str] = {
    "order": "10##########",
    "order2": "10######",
    "order3": "2026-######",
    "invoice": "F-2026-####",
    "tracking": "37071234####55####",
    "imei": "35209900176148#",
    "phone": "+47 4## ## ###",
    "kid": "00#########",
    "customer": "K-#######",
    "serial": "SN00######A##",
    "gift": "GC-####-####",
}
BESIDE: Mapping[str, Any] = {
    "expiry": lambda rng: f"{rng.randint(1, 12):02d}/{rng.randint(27, 31)}",
    "cvv": lambda rng: f"{rng.randint(100, 999)}",
    "cid": lambda rng: f"{rng.randint(1000, 9999)}",
}
PLAIN: Mapping[str, Any] = {
    "name": lambda rng: rng.choice(NAMES),
    "date": lambda rng: f"{rng.randint(1, 28):02d}.{rng.randint(1, 11):02d}.2026",
}
