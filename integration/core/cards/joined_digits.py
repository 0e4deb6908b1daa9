"""Card numbers in scripts without gaps that more than digits are said of, or figures stand in.

`사오육삼 다시 사일공칠 ...` says the dashes, `六二四七，然后是四八四九 ...` what comes next, and in
`4111영영1111...` some digits are words. What of it is a number tells the check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from integration.core.cards.counting import counts_up
from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.said import Atom, Run, digits_of
from integration.core.cards.shape import PRINTED_GROUPS
from integration.core.words.listed import any_of, unparted_digits, unparted_joints

MARKS: Final = r"\s,，、.。．・·の\-－–—ー「」『』\"“”…"
"""What may stand between two digits, for a class of a pattern."""
_NOUGHT: Final = "〇"
"""The one digit that is no letter."""
_SIZES: Final = range(13, 20)
_USUAL: Final = PRINTED_GROUPS | {(16,), (15,), (8, 8)}
"""How figures are grouped in a number that they have a part in."""


def joined_digits(text: str) -> Iterator[Run]:
    """The card numbers of a text that are said with more than digits, or half in figures."""
    for row in _row().finditer(text):
        if not any(char.isalpha() or char in _NOUGHT for char in row[0]):
            continue  # nothing is said
        digits = (step.span("digit") for step in _step().finditer(text, *row.span()))
        said = ((start, end, text[start:end]) for start, end in digits)
        yield from _numbers(text, [Atom(a, b, unparted_digits().get(s, s)) for a, b, s in said])


def _numbers(text: str, row: Run) -> Iterator[Run]:
    """What of a row is a number, from one bound to another."""
    inner = (at for at in range(1, len(row)) if _is_bound(text, row[at - 1], row[at]))
    bounds = {0, *inner, len(row)}
    done = 0
    for first in sorted(bounds):
        for end in bounds.intersection(first + size for size in _SIZES):
            number = row[first:end]
            if first >= done and _is_told(text, number) and _is_of_a_card(number):
                yield number
                done = end


def _is_bound(text: str, before: Atom, atom: Atom) -> bool:
    """Whether anything stands between two digits, or they are written in different ways."""
    one, other = text[before.start], text[atom.start]
    return before.end < atom.start or one.isnumeric() is not other.isnumeric()


def _is_of_a_card(number: Run) -> bool:
    digits = digits_of(number)
    issuer = issuer_of(digits)
    is_told = issuer is not None and not issuer.wide and len(digits) in issuer.told
    return is_told and is_valid(digits) and not counts_up(digits.decode())


def _is_told(text: str, number: Run) -> bool:
    """Whether it needs to be read here; with figures, whether it is grouped as cards are."""
    figures = sum(text[atom.start].isdigit() for atom in number)
    if not figures:
        return True
    joints = {text[one.end : other.start] for one, other in pairwise(number)} - {""}
    is_said = any(map(str.isalpha, "".join(joints)))
    if figures == len(number) and not (is_said and len(joints) == 1):
        return False
    return _sizes(number) in _USUAL


def _sizes(number: Run) -> tuple[int, ...]:
    """How many digits stand together, a group behind the other."""
    starts = [at for at in range(1, len(number)) if number[at - 1].end < number[at].start]
    return tuple(end - start for start, end in pairwise([0, *starts, len(number)]))


@cache
def _row() -> re.Pattern[str]:
    # No way back: a text of nothing but joints takes no longer.
    step = _step().pattern.replace("?P<digit>", "?:")
    return re.compile(f"{_digit()}(?>{step}){{12,}}+")


@cache
def _step() -> re.Pattern[str]:
    joint = f"(?:(?:{any_of(unparted_joints())})[{MARKS}]{{0,6}}){{0,3}}"
    return re.compile(f"[{MARKS}]{{0,6}}{joint}(?P<digit>{_digit()})")


@cache
def _digit() -> str:
    return f"(?:{any_of(unparted_digits())}|[0-9])"
