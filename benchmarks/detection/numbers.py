"""Card numbers of every scheme, made up: prefix, length, check digit; and numbers that are none."""

from __future__ import annotations

import random
from typing import NamedTuple


class Scheme(NamedTuple):
    """How the numbers of a scheme begin and how long they are."""

    name: str
    prefixes: tuple[str, ...]
    length: int


SCHEMES = (
    Scheme("visa", ("4",), 16),
    Scheme("visa-13", ("4",), 13),
    Scheme("visa-19", ("4",), 19),
    Scheme("mastercard", ("51", "52", "53", "54", "55"), 16),
    Scheme("mastercard-2", ("2221", "2350", "2599", "2720"), 16),
    Scheme("amex", ("34", "37"), 15),
    Scheme("diners", ("300", "305", "36", "38"), 14),
    Scheme("discover", ("6011", "644", "65"), 16),
    Scheme("jcb", ("3528", "3540", "3589"), 16),
    Scheme("unionpay", ("620", "625"), 16),
    Scheme("unionpay-19", ("620", "625"), 19),
    Scheme("maestro", ("5018", "5020", "6304", "6759", "6761"), 16),
    Scheme("maestro-18", ("5018", "6759"), 18),
    Scheme("mir", ("2200", "2202", "2204"), 16),
    Scheme("rupay", ("6521", "6078"), 16),
    Scheme("dankort", ("5019",), 16),
    Scheme("elo", ("636368", "438935", "504175"), 16),
    Scheme("troy", ("9792",), 16),
)


def check_digit(stem: str) -> str:
    """Return the Luhn digit (ISO/IEC 7812-1 annex B) that follows `stem`."""
    doubled = (int(digit) * 2 for digit in stem[::-2])
    plain = (int(digit) for digit in stem[-2::-2])
    return str(-(sum(sum(divmod(each, 10)) for each in doubled) + sum(plain)) % 10)


def digits(pick: random.Random, count: int) -> str:
    """Return `count` random digits, the first not a zero."""
    return str(pick.randint(1, 9)) + "".join(pick.choices("0123456789", k=count - 1))


def number(pick: random.Random, scheme: Scheme) -> str:
    """Return a number that the scheme could have given out."""
    prefix = pick.choice(scheme.prefixes)
    stem = prefix + "".join(pick.choices("0123456789", k=scheme.length - len(prefix) - 1))
    return stem + check_digit(stem)


def grouped(card: str) -> list[str]:
    """Return the groups that are embossed on a card of this length."""
    sizes = {14: (4, 6, 4), 15: (4, 6, 5)}.get(len(card), (4,) * (len(card) // 4 + 1))
    groups, at = [], 0
    for size in sizes:
        groups.append(card[at : at + size])
        at += size
    return [group for group in groups if group]
