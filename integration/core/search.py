"""One search through a plain text: every family of kinds looks, the surest hits are kept.

What will be redacted is taken out and the rest is read again, so that the masked text can hold
nothing that would be found then.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core import cards, identifiers, sensitive
from integration.core.cards.spelled import spelled
from integration.core.hits import Hit, pick
from integration.core.masks import mask_spans
from integration.core.spans import Kind
from integration.core.text.reading import Reading, read

if TYPE_CHECKING:
    from integration.core.hits import Redacts

_MAX_ROUNDS: Final = 5
_MARKS: Final = (b":", b"=")
"""What parts a word from a password; the only identifiers without a digit stand behind them."""


class Family(NamedTuple):
    """Kinds that are found together."""

    may_hold: Callable[[Reading, Sequence[Hit]], bool]
    """Quick, and never wrong when it says no; given what the families before it found."""
    find: Callable[[Reading, Sequence[Hit]], list[Hit]]
    """Given the same."""


def _has_digits_beside(reading: Reading, found: Sequence[Hit]) -> bool:
    """Return whether there are digits that no hit holds."""
    count = reading.classes.count
    return reading.digits > sum([count(b"0", hit.start, hit.end) for hit in found])


def _may_identify(reading: Reading, found: Sequence[Hit]) -> bool:
    """Return whether there is more to find than what was found.

    Letters may touch a number of which they make an IBAN.
    """
    folded = reading.folded
    return (
        _has_digits_beside(reading, found)
        or any(mark in folded for mark in _MARKS)
        or any(folded[hit.start - 1 : hit.start].isalpha() for hit in found)
    )


FAMILIES: Final = (
    Family(
        lambda reading, _found: cards.may_hold(reading),
        lambda reading, _found: cards.find(reading),
    ),
    Family(
        lambda reading, found: (
            _has_digits_beside(reading, found)
            and (bool(found) or sensitive.may_stand_alone(reading))
        ),
        sensitive.beside,
    ),
    Family(
        _may_identify,
        lambda reading, _found: identifiers.find(reading),
    ),
)
"""In order: what an earlier family finds, no later one takes away."""


def search(
    text: str, redacts: Redacts, *, spelled_out: bool = True, own: Sequence[Family] = ()
) -> list[Hit]:
    """Return the hits of `text`, in order, not overlapping. Never raises on any text.

    `spelled_out`: card numbers that are written in words are looked for as well. `own`: families
    of an account, which come last.
    """
    reading = read(text)
    if spelled_out:
        reading = spelled(reading)
    if masks := mask_spans(reading.folded):
        reading = reading.without(masks)
    return _rounds(reading, redacts, own)


def _rounds(reading: Reading, redacts: Redacts, own: Sequence[Family]) -> list[Hit]:
    families = (*FAMILIES, *own)
    taken: list[Hit] = []
    left: list[Hit] = []
    for _ in range(_MAX_ROUNDS):
        found = _once(reading, families)
        new = [hit for hit in found if redacts(hit)]
        taken += new
        left = [hit for hit in found if not redacts(hit)] + left
        if not new or not (own or _may_identify(reading, new)):
            break
        reading = reading.without((hit.start, hit.end) for hit in new)
    return [_told(reading.text, hit) for hit in pick(taken, left)]


def _told(text: str, hit: Hit) -> Hit:
    if hit.kind is Kind.PAN and not any(map(str.isdigit, text[hit.start : hit.end])):
        return replace(hit, why=(*hit.why, "spelled-out"))
    return hit


def _once(reading: Reading, families: Sequence[Family]) -> list[Hit]:
    found: list[Hit] = []
    for family in families:
        if family.may_hold(reading, found) and (more := family.find(reading, found)):
            found = pick(_outside_ibans(found, more), more)
    return found


def _outside_ibans(found: list[Hit], more: list[Hit]) -> list[Hit]:
    """Return `found` without what is a part of an IBAN, whose check digits are right."""
    ibans = [(hit.start, hit.end) for hit in more if hit.kind is Kind.IBAN]
    if not ibans:
        return found
    before = [bisect(ibans, (hit.start,)) - 1 for hit in found]
    return [hit for hit, at in zip(found, before, strict=True) if at < 0 or hit.end > ibans[at][1]]
