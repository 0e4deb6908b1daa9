"""Numbers of an account that look like cards and are its own: order series, member numbers.

A format says of such numbers how they begin and how long they are. It takes a number out of what
is removed, so it never speaks against what stands beside the number: a word for a card, a date or
a code, or something that was removed there. Then a person is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from integration.core.cards.issuers import PREFIX, Issuer, issuers
from integration.core.masks import LOCALES, mask_for
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.text.reading import read
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from integration.core.hits import Hit

ALLOWED: Final = "allowed-format"
DOUBTED: Final = "allowed-format-doubted"
NAME: Final = lazy(r"[a-z]+(?:-[a-z]+)*")
"""What a format or a pattern may be called: words that can stand as a reason."""
LONGEST_NAME: Final = 40
PREFIXES: Final = range(2, PREFIX + 1)
LENGTHS: Final = range(12, 20)
_TELLING_PREFIX: Final = 4
_BIN: Final = 6
"""Digits that name one bank's range of a brand (ISO/IEC 7812-1 before 2017)."""
REACH: Final = 48
"""Characters before and behind in which words count."""
_NEAR: Final = 250
"""Characters between a card and what belongs to it."""
OF_A_CARD: Final = frozenset(
    {Label.CARD, Label.CARD_HINT, Label.SECURITY_CODE, Label.EXPIRY, Label.PIN}
)
"""What is said of a card, or of what travels with one."""
_BESIDE_A_CARD: Final = frozenset({Kind.CVV, Kind.EXPIRY, Kind.PIN, Kind.TRACK})
_SAYS_CARD: Final = frozenset({"card-word", "card-hint", "test_card"})
_REACHES: Final = {**dict.fromkeys(_BESIDE_A_CARD, _NEAR), Kind.PAN: REACH}
"""From how far off a hit of such a kind speaks for a card."""
_REMOVED: Final = tuple(
    sorted({mask_for(kind, None, None, locale) for kind in _BESIDE_A_CARD for locale in LOCALES})
)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How numbers of one series begin, and how many digits they have."""

    name: str
    prefix: str
    length: int

    def fits(self, digits: str) -> bool:
        """Whether a number is of this series."""
        return len(digits) == self.length and digits.startswith(self.prefix)


def digits_of(text: str, hit: Hit) -> str:
    """The digits of a hit as they stand in `text`; kept by nobody."""
    folded = read(text[hit.start : hit.end]).folded.decode("latin-1")
    return "".join(re.findall("[0-9]", folded))


def is_own(text: str, hit: Hit, formats: Iterable[NumberFormat]) -> bool:
    """Whether a card number has the form of one of the account's own numbers."""
    if hit.kind is not Kind.PAN or not formats:
        return False
    digits = digits_of(text, hit)
    return any(known.fits(digits) for known in formats)


def looks_like_card(text: str, hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether anything beside an own number says that it is a card after all.

    `others`: what else was found in `text`, in order of place, other own numbers apart. What was
    removed there before counts as well, so that the answer is the same once the rest is masked.
    """
    if not _SAYS_CARD.isdisjoint(hit.why):
        return True
    if any(_apart(hit, other) <= _REACHES.get(other.kind, -1) for other in _beside(hit, others)):
        return True
    low = max(0, hit.start - _NEAR)
    near = text[low : hit.end + _NEAR]
    return any(mask in near for mask in _REMOVED) or _is_called_card(
        near, hit.start - low, hit.end - low
    )


def _beside(hit: Hit, others: Sequence[Hit]) -> Iterator[Hit]:
    first = bisect_left(others, hit.start - _NEAR, key=attrgetter("end"))
    for at in range(first, len(others)):
        if others[at].start > hit.end + _NEAR:
            return
        yield others[at]


def _apart(hit: Hit, other: Hit) -> int:
    return max(other.start - hit.end, hit.start - other.end)


def _is_called_card(near: str, start: int, end: int) -> bool:
    reading = read(near)
    sides = (reading.window(start - REACH, start), reading.window(end, end + REACH))
    return any(found.label in OF_A_CARD for side in sides for found in labels_in(side.text))


def problems(known: NumberFormat) -> list[str]:
    """Why a format cannot be allowed, a sentence each; empty when it can."""
    found = []
    if not NAME.fullmatch(known.name) or len(known.name) > LONGEST_NAME:
        found.append("The name must be lower-case words joined by -, without digits.")
    if not re.fullmatch("[0-9]+", known.prefix) or len(known.prefix) not in PREFIXES:
        found.append(f"The prefix must be {PREFIXES.start} to {PREFIXES.stop - 1} digits.")
    elif known.length in LENGTHS:
        found += _too_wide(known)
    if known.length not in LENGTHS:
        found.append(f"The length must be {LENGTHS.start} to {LENGTHS.stop - 1} digits.")
    return found


def warnings(known: NumberFormat) -> list[str]:
    """What a person should know before allowing it, a sentence each."""
    brands = _names(issuer for issuer, _, _ in _touched(known))
    return [f"Real cards of {brands} may begin with {known.prefix}."] if brands else []


def _too_wide(known: NumberFormat) -> Iterator[str]:
    low, high = _range(known.prefix)
    touched = list(_touched(known))
    if touched and len(known.prefix) < _TELLING_PREFIX:
        brands = _names(issuer for issuer, _, _ in touched)
        least = f"give at least {_TELLING_PREFIX} digits"
        yield f"Cards of {brands} begin with {known.prefix}: {least}."
        return
    covered = [issuer for issuer, first, last in touched if low <= first and last <= high]
    if covered and len(known.prefix) < _BIN:
        brands = _names(covered)
        yield f"All cards of a range of {brands} begin so: give at least {_BIN} digits."


def _names(known: Iterable[Issuer]) -> str:
    return ", ".join(sorted({issuer.brand for issuer in known}))


def _touched(known: NumberFormat) -> Iterator[tuple[Issuer, int, int]]:
    """The ranges of issuers whose cards may have this form; wide ones say nothing."""
    low, high = _range(known.prefix)
    for issuer in issuers():
        if issuer.weak or known.length not in issuer.lengths | issuer.rare:
            continue
        for first, last in issuer.ranges:
            if first <= high and low <= last:
                yield issuer, first, last


def _range(prefix: str) -> tuple[int, int]:
    return int(prefix.ljust(PREFIX, "0")), int(prefix.ljust(PREFIX, "9"))
