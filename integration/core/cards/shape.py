"""How a number is written: its digit groups, what separates them, and how usual that looks."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.reasons import (
    BLOCK,
    EVEN,
    LISTED,
    MERGED,
    ODD,
    ODD_LISTED,
    ODD_MIXED,
    ODD_OF_FOUR,
    PAIRS,
    PAIRS_ON_LINES,
    SLIPPED,
    SPACED,
    SPACED_IN_FOURS,
    THOUSANDS,
    USUAL,
    USUAL_MESSY,
    USUAL_MIXED,
    WRAPPED,
    Form,
)
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

JOIN: Final = ""  # nothing a reader can see
WIDE: Final = "wide"
TAB: Final = "tab"  # between cells; also between those that hold a group each
LINE: Final = "line"
SLASH: Final = " / "
MARKS: Final = "marks"  # brackets or quotes around each group

_MAX_RAW = 480  # with what markup leaves invisible
_MAX_SEPARATOR = 24
_MAX_INDENTED = 72  # over lines, where the second one begins below the first
_MAX_MARKS = 8
_SPACES = b" \xa0\t"
_QUOTE_MARKS = bytes.maketrans(b"\r\t\xa0>", b"    ")  # "> " before each quoted line
_WRAPPERS = b"()[]{}\"'`*_"

PRINTED_GROUPS: Final = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4)})
"""The groups on most cards, on those of Amex, and on those of Diners."""
_USUAL = PRINTED_GROUPS | frozenset(
    {
        (4, 5, 6),  # UATP
        (6, 13),  # UnionPay
        (4, 4, 4),
        (4, 4, 5),
        (8, 5),
        (3, 5, 10, 1),  # girocard
        (8, 10),  # Maestro of 18 digits
        (4, 4, 10),
        (4, 4, 4, 6),
        (4, 3, 3, 3),  # Visa, once
        (4, 4, 4, 1),
        (4, 4, 4, 2),
        (4, 4, 4, 3),
        (4, 4, 4, 4, 1),
        (4, 4, 4, 4, 2),
        (4, 4, 4, 4, 3),
    }
)
_OF_MOST_CARDS = frozenset({(4, 4, 4, 4), (4, 6, 5)})
# Some groups run together; not 8-8, which two telephone numbers are too.
_MERGED_SIZES = frozenset(
    {(4, 12), (12, 4), (4, 4, 8), (4, 8, 4), (8, 4, 4), (4, 4, 7), (4, 11), (4, 15), (10, 5)}
    | {(4, 4, 4, 7), (4, 4, 11), (10, 4), (4, 10), (11, 4), (4, 4, 6)}
    # What is asked for so: the first six, the next six, the last four.
    | {(6, 6, 4)}
    # An Amex or a Diners in fours that was cut where its second group ends.
    | {(4, 4, 2, 4, 1), (4, 4, 2, 5), (4, 4, 2, 4)}
)
_IN_THOUSANDS: Final = (1, 3, 3, 3, 3, 3)
_OF_THOUSANDS: Final = frozenset({" ", ".", ",", "'"})
_PLAIN = frozenset({" ", "-", WIDE, TAB, LINE, ".", "_", "+"})
_CLEAN = _PLAIN - {WIDE} | {"/", SLASH, MARKS}
_NUMERIC = frozenset({".", ","})  # they also build decimals, lists and addresses
_OF_TYPISTS = frozenset({" ", "-", ".", "_"})
_OF_OTHERS = frozenset({LINE, TAB, "/"})
"""What parts dates and the cells of tables, among other separators."""
_TWO_TELEPHONES = ([" ", SLASH, " "], [WIDE, SLASH, WIDE])
"""How two numbers of eight digits that have gaps of their own are parted."""
_ON_TWO_LINES = [*"   ", LINE, *"   "]
"""What parts the same two in pairs, each on a line of its own."""
_MAX_ODD_GROUPS = 8
_MOST_GROUPS = 19  # as many as the longest number has digits
_GROUPS_OF_A_CARD = 4
_BORDERS_OF_FOURS = [4, 8, 12]
_MAX_SPOKEN_GROUPS = 10
_LARGEST_EVEN = 5
_WHOLE = 15
"""Digits before a remark; fewer may lack their end."""
_PAIR = 2


class Group(NamedTuple):
    """A run of digits and the separator before it (None: it does not belong to the one before)."""

    start: int
    end: int
    separator: str | None
    before: int
    """How many digits of the run stand before it."""

    @property
    def size(self) -> int:
        """How many digits."""
        return self.end - self.start


def separator(between: bytes) -> str | None:
    """Return the kind of a separator between two digits, None when it parts them."""
    return _separator(between) if len(between) <= _MAX_RAW else None


def _is_slash_with_blanks(seen: bytes) -> bool:
    return seen.strip(_SPACES) == b"/" and seen[:1] != b"/" != seen[-1:]


@lru_cache(maxsize=512)
def _separator(between: bytes) -> str | None:
    seen = between.replace(INVISIBLE, b"")
    if not seen:
        return JOIN
    is_break = b"\n" in seen or b"\r" in seen
    if len(seen) > (_MAX_INDENTED if is_break else _MAX_SEPARATOR):
        return None
    if is_break:
        left = seen.translate(_QUOTE_MARKS).replace(b" ", b"").strip(b"\n")
        return LINE if len(left) <= 1 else None
    core = seen.strip(_SPACES)
    if not core:
        return TAB if b"\t" in seen else " " if len(seen) == 1 else WIDE
    if core in (core[:1], core[:1] * 2, b"..."):
        return SLASH if _is_slash_with_blanks(seen) else chr(core[0])
    left = core.translate(None, _WRAPPERS + _SPACES)
    return MARKS if len(core) <= _MAX_MARKS and len(left) <= 1 else None


_DIGITS = lazy(rb"[0-9]+")


class Shape(NamedTuple):
    """How a run of digits is written, whatever digits they are."""

    groups: tuple[Group, ...]
    """As if the run began at 0."""
    whole: Form | None
    """How all of its digits are grouped; None for what no one writes."""


_ANY_DIGIT = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_LONGEST_REMEMBERED: Final = 80


def shape_of(folded: bytes, start: int, end: int) -> Shape:
    """Return the shape of a run; the usual ones are remembered, without their digits."""
    written = folded[start:end].translate(_ANY_DIGIT)
    return (_shape if end - start <= _LONGEST_REMEMBERED else _shape.__wrapped__)(written)


@lru_cache(maxsize=1024)
def _shape(written: bytes) -> Shape:
    found = tuple(groups(written, 0, len(written)))
    parted = any(group.separator is None for group in found[1:])
    return Shape(found, None if parted else form_of(found))


def groups(folded: bytes, start: int, end: int) -> list[Group]:
    """Return the digit groups of `start`..`end` in order."""
    found: list[Group] = []
    last, count = start, 0
    for match in _DIGITS.finditer(folded, start, end):
        low, high = match.span()
        between = separator(folded[last:low]) if found else None
        found.append(Group(low, high, between, count))
        count += high - low
        last = high
    if len(found) > 1 and _begins_a_remark(folded, found[-2], found[-1], end):
        found[-1] = found[-1]._replace(separator=None)
    return found


def _begins_a_remark(folded: bytes, before: Group, last: Group, end: int) -> bool:
    """Return whether the last figure is the first word in brackets: `1111 (16 digits)`."""
    opens = folded[before.end : last.start].strip(_SPACES) == b"("
    is_said = opens and last.size <= _PAIR and b")" not in folded[last.end : end]
    return is_said and last.before >= _WHOLE


def form_of(window: Sequence[Group]) -> Form | None:
    """Return how the digits of a window are grouped, None for what no one writes."""
    if len(window) > _MOST_GROUPS:
        return None
    return _form(
        tuple([group.end - group.start for group in window]),
        tuple([group.separator or JOIN for group in window[1:]]),
    )


@lru_cache(maxsize=512)
def _form(groups: tuple[int, ...], separators: tuple[str, ...]) -> Form | None:
    sizes, kinds = _visible(groups, separators)
    # A border that no reader sees may be one all the same (tags, zero-width spaces).
    if len(sizes) == 1:
        return USUAL if groups in _USUAL else BLOCK
    within = set(kinds) - ({LINE, WIDE} if " " in kinds else {LINE})
    if sizes in _USUAL or groups in _USUAL:
        return _usual(sizes, kinds, within)
    if set(sizes) == {1}:
        return _apart(kinds, within)
    return _seldom(sizes, kinds, within)


def _seldom(sizes: tuple[int, ...], kinds: list[str], within: set[str]) -> Form | None:
    if len(within) > 1:
        return _mixed(sizes, kinds)
    if sizes == _IN_THOUSANDS and within <= _OF_THOUSANDS:
        return THOUSANDS
    if within <= _PLAIN or within == {MARKS}:
        return _unusual(sizes, kinds)
    return ODD_LISTED if len(sizes) <= _MAX_SPOKEN_GROUPS else None


def _mixed(sizes: tuple[int, ...], kinds: list[str]) -> Form | None:
    if set(sizes) == {_PAIR}:
        return PAIRS if _are_in_fours(kinds) else None
    of_others = not _OF_OTHERS.isdisjoint(kinds) or set(kinds) >= _NUMERIC
    return None if of_others or len(sizes) > _MAX_ODD_GROUPS else ODD_MIXED


def _are_in_fours(kinds: list[str]) -> bool:
    """Return whether pairs are parted in one way within groups of four, in another between them."""
    within, between = set(kinds[::2]), set(kinds[1::2])
    return len(within) == len(between) == 1 and within != between


def _joined(sizes: tuple[int, ...], at: int) -> tuple[int, ...]:
    return (*sizes[:at], sizes[at] + sizes[at + 1], *sizes[at + 2 :])


def _visible(
    groups: tuple[int, ...], separators: tuple[str, ...]
) -> tuple[tuple[int, ...], list[str]]:
    sizes: list[int] = [groups[0]]
    kinds: list[str] = []
    for size, separator in zip(groups[1:], separators, strict=True):
        if separator:
            kinds.append(separator)
            sizes.append(size)
        else:
            sizes[-1] += size
    return tuple(sizes), kinds


def _usual(sizes: tuple[int, ...], kinds: list[str], within: set[str]) -> Form:
    if len(within) <= 1:
        return USUAL if within <= _CLEAN else USUAL_MIXED
    if kinds in _TWO_TELEPHONES:
        return USUAL_MESSY
    if len(within) == len(kinds) and within <= _OF_TYPISTS:
        return USUAL_MIXED  # each gap is another: no two numbers are written so
    slip = len(kinds) - Counter(kinds).most_common(1)[0][1] == 1  # one is not like the others
    telling = len(kinds) > 2 or 6 in sizes
    return USUAL_MIXED if (slip and telling) or not within & _NUMERIC else USUAL_MESSY


def _apart(kinds: list[str], within: set[str]) -> Form | None:
    (usual, _), *_ = Counter(kinds).most_common(1)
    if [at for at, kind in enumerate(kinds, 1) if kind != usual] == _BORDERS_OF_FOURS:
        return SPACED_IN_FOURS
    if within & {",", ";", "/", SLASH, "|"}:
        return LISTED if len(within) == 1 else ODD_MIXED
    return SPACED if len(within) <= 2 else None


def _unusual(sizes: tuple[int, ...], kinds: list[str]) -> Form | None:
    if LINE in kinds and len(sizes) == 2:
        return WRAPPED
    if sizes in _MERGED_SIZES:
        return MERGED
    if len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] <= _LARGEST_EVEN:
        if sizes[0] != _PAIR:
            return EVEN
        return PAIRS_ON_LINES if kinds == _ON_TWO_LINES else PAIRS
    if any(_joined(sizes, at) in _OF_MOST_CARDS for at in range(len(sizes) - 1)):
        return SLIPPED
    return _odd(sizes, kinds) if len(sizes) <= _MAX_ODD_GROUPS else None


def _odd(sizes: tuple[int, ...], kinds: list[str]) -> Form:
    if LINE in kinds:
        return ODD_LISTED
    return ODD_OF_FOUR if len(sizes) == _GROUPS_OF_A_CARD else ODD
