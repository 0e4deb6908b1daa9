"""How a number is written: its digit groups, what separates them, and how usual that looks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from integration.core.text.fold import INVISIBLE

JOIN: Final = ""  # nothing a reader can see
WIDE: Final = "wide"
LINE: Final = "line"

_MAX_SEPARATOR = 24
_SPACES = b" \xa0\t"
_QUOTE_MARKS = bytes.maketrans(b"\r\t\xa0>", b"    ")  # "> " before each quoted line

_USUAL = frozenset(
    {
        (4, 4, 4, 4),
        (4, 6, 5),  # Amex
        (4, 6, 4),  # Diners
        (6, 13),  # UnionPay
        (4, 4, 4),
        (4, 4, 5),
        (8, 5),
        (4, 4, 4, 1),
        (4, 4, 4, 2),
        (4, 4, 4, 3),
        (4, 4, 4, 4, 1),
        (4, 4, 4, 4, 2),
        (4, 4, 4, 4, 3),
    }
)
# Some groups run together; not 8-8, which two telephone numbers are too.
_MERGED_SIZES = frozenset(
    {(4, 12), (12, 4), (4, 4, 8), (4, 8, 4), (8, 4, 4), (4, 4, 7), (4, 11), (4, 15), (10, 5)}
)
_PLAIN_SEPARATORS = frozenset({" ", "-", WIDE, LINE, ".", "_", "+"})
_SPOKEN = frozenset({","})  # how a transcript parts what was said
_NUMERIC = frozenset({".", ","})  # they also build decimals, lists and addresses
_MAX_ODD_GROUPS = 7
_MAX_SPOKEN_GROUPS = 9
_LARGEST_EVEN = 5


class Group(NamedTuple):
    """A run of digits and the separator before it (None: it does not belong to the one before)."""

    start: int
    end: int
    separator: str | None


class Form(NamedTuple):
    """A name for how the digits are grouped, and the worth of that as evidence (0 to 1)."""

    name: str
    worth: float


BLOCK = Form("block", 0.8)
_REGULAR = Form("usual-groups", 0.9)
_RARELY = Form("usual-groups", 0.7)
_SPACED = Form("single-digits", 0.75)
_EVEN = Form("even-groups", 0.45)  # telephone numbers side by side are written so
_WRAPPED = Form("wrapped", 0.3)
_MERGED = Form("merged-groups", 0.6)
_ODD = Form("odd-groups", 0.3)


@lru_cache(maxsize=1024)
def separator(between: bytes) -> str | None:
    """Return the kind of a separator between two digits, None when it parts them."""
    seen = between.replace(INVISIBLE, b"")
    core = seen.strip(_SPACES)
    if not seen:
        return JOIN
    if len(seen) > _MAX_SEPARATOR:
        return None
    if b"\n" in seen or b"\r" in seen:
        return (
            LINE if len(seen.translate(_QUOTE_MARKS).replace(b" ", b"").strip(b"\n")) <= 1 else None
        )
    if not core:
        return " " if len(seen) == 1 else WIDE
    return chr(core[0]) if core in (core[:1], core[:1] * 2, b"...") else None


_DIGITS = re.compile(rb"[0-9]+")


def groups(folded: bytes, start: int, end: int) -> list[Group]:
    """Return the digit groups of `start`..`end` in order."""
    found: list[Group] = []
    last = start
    for match in _DIGITS.finditer(folded, start, end):
        between = separator(folded[last : match.start()]) if found else None
        found.append(Group(match.start(), match.end(), between))
        last = match.end()
    return found


def form_of(window: list[Group]) -> Form | None:
    """Return how the digits of a window are grouped, None for what no one writes."""
    sizes, kinds = _visible(window)
    if len(sizes) == 1:
        return BLOCK
    within = kinds - ({LINE, WIDE} if " " in kinds else {LINE})
    # A border that no reader sees may be one all the same (tags, zero-width spaces).
    if sizes in _USUAL or tuple(group.end - group.start for group in window) in _USUAL:
        return _usual(within)
    if len(within) > 1:
        return None
    if kinds <= _PLAIN_SEPARATORS:
        return _unusual(sizes, kinds)
    return _ODD if kinds <= _SPOKEN and len(sizes) <= _MAX_SPOKEN_GROUPS else None


def _visible(window: list[Group]) -> tuple[tuple[int, ...], set[str]]:
    sizes: list[int] = [window[0].end - window[0].start]
    kinds: set[str] = set()
    for group in window[1:]:
        if group.separator:
            kinds.add(group.separator)
            sizes.append(group.end - group.start)
        else:
            sizes[-1] += group.end - group.start
    return tuple(sizes), kinds


def _usual(within: set[str]) -> Form | None:
    if len(within) > 1:
        return None if within & _NUMERIC or len(within) > 2 else _RARELY
    return _REGULAR if within <= _PLAIN_SEPARATORS - {WIDE} | {"/"} else _RARELY


def _unusual(sizes: tuple[int, ...], kinds: set[str]) -> Form | None:
    if set(sizes) == {1}:
        return _SPACED
    if LINE in kinds and len(sizes) == 2:
        return _WRAPPED
    if sizes in _MERGED_SIZES:
        return _MERGED
    if len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] <= _LARGEST_EVEN:
        return _EVEN
    return _ODD if len(sizes) <= _MAX_ODD_GROUPS else None
