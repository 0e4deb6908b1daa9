"""Find card numbers, and what travels with them, in plain text.

One pass over the bytes finds runs with enough digits; only those are looked at. Inside a run every
window of whole digit groups is weighed: issuer and length, check digit, grouping, surroundings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from integration.core.cards import sensitive
from integration.core.cards.fold import (
    WRITTEN_STARTS,
    digits_of_entities,
    digits_of_escapes,
    fold,
    open_written,
    zeros_for_o,
)
from integration.core.cards.hit import Hit, pick
from integration.core.cards.masks import blank_masks
from integration.core.cards.number import MIN_DIGITS, numbers_in, same_numbers
from integration.core.cards.track import tracks_at

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_ROUNDS = 5
_FEWEST = 3  # digits of a security code
_FEWEST_WITH_O = 8

_SEPARATORS = b" \t\r\n\xa0\xad-./_>,+*~\xb7|:"


def _classes() -> bytes:
    table = bytearray(b"x" * 256)
    for bytes_, kind in (
        (b"0123456789", b"0"),
        (_SEPARATORS, b" "),
        (WRITTEN_STARTS, b"e"),
        (b"Oo", b"o"),
    ):
        for byte in bytes_:
            table[byte] = kind[0]
    return bytes(table)


_CLASSES = _classes()
_RUN = re.compile(rb"0[0 ]{11,}")


def find(text: str, redacts: Callable[[Hit], bool]) -> list[Hit]:
    """Return the hits of `text`, in order, not overlapping.

    What will be redacted is taken out and the rest is read again, so that the masked text can hold
    nothing that would be found then.
    """
    folded = fold(text)
    if b"&#" in folded:
        folded = digits_of_entities(folded)
    if b"%" in folded or b"\\u00" in folded:
        folded = digits_of_escapes(folded)
    classes = folded.translate(_CLASSES)
    digits = classes.count(b"0")
    if b"0o" in classes and digits >= _FEWEST_WITH_O:
        folded = zeros_for_o(folded)
        classes = folded.translate(_CLASSES)
        digits = classes.count(b"0")
    if digits >= MIN_DIGITS and (b"0e" in classes or b"0 e" in classes):
        folded = open_written(folded, classes)
        classes = folded.translate(_CLASSES)
    if not _runs(classes) and (digits < _FEWEST or not sensitive.worth_reading(folded)):
        return []
    return _rounds(blank_masks(folded), redacts)


def _runs(classes: bytes) -> list[tuple[int, int]]:
    """Return the stretches of digits and separators that hold enough digits."""
    spans = (match.span() for match in _RUN.finditer(classes))
    return [span for span in spans if classes.count(b"0", *span) >= MIN_DIGITS]


def _rounds(folded: bytes, redacts: Callable[[Hit], bool]) -> list[Hit]:
    taken: list[Hit] = []
    left: list[Hit] = []
    for _ in range(_MAX_ROUNDS):
        found = _scan(folded)
        new = [hit for hit in found if redacts(hit)]
        taken += new
        left = [hit for hit in found if not redacts(hit)] + left
        if not new:
            break
        folded = _without(folded, new)
    return pick(taken, left)


def _scan(folded: bytes) -> list[Hit]:
    runs = _runs(folded.translate(_CLASSES))
    tracks = [hit for start, end in runs for hit in tracks_at(folded, start, end)]
    numbers = [hit for start, end in runs for hit in numbers_in(folded, start, end)]
    cards = pick(tracks, same_numbers(folded, numbers))
    return pick(cards, sensitive.beside(folded, cards))


def _without(folded: bytes, hits: list[Hit]) -> bytes:
    blanked = bytearray(folded)
    for hit in hits:
        blanked[hit.start : hit.end] = b"\x00" * (hit.end - hit.start)
    return bytes(blanked)
