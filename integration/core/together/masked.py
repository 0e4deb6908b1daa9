"""What is left of a card number that was removed elsewhere, known by its mask. Pure.

`[card visa **** 1111]` stands in one message, and a later one shows the number in a way that tells
nothing by itself: with no word for a card, its last groups as a reply quotes them, or with one
digit misread where somebody reads it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.named import AGAINST
from integration.core.cards.slip import is_slip
from integration.core.masks import masked_numbers, masks_of_parts
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.together.digit_rows import Row, rows
from integration.core.together.elsewhere import Taken, decoded_of, number_at
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import as_read

MASKED: Final = "masked-elsewhere"
"""The reason of every span that is found so."""
_LAST: Final = 4
_WHOLE: Final = range(12, 20)
_TAIL: Final = range(8, 16)
"""Digits of the end of a number, in groups of four."""
_LABEL: Final = 24
"""Characters before digits in which another number is named."""

Mask = tuple[str | None, str]
"""The brand of a number, and its last four digits; none where a part of it was removed."""


def spans_of_masked_numbers(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """What goes with the masks of a ticket, by surface id; `found`: what is known of each place."""
    masks = {mask for surface in surfaces for mask in _masks(decoded_of(surface).text)}
    if not masks:
        return {}
    told = {
        surface.id: list(_told(surface, found[surface.id], masks, policy)) for surface in surfaces
    }
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _masks(text: str) -> Iterator[Mask]:
    yield from masked_numbers(text)
    yield from ((brand, "") for _, _, brand in masks_of_parts(text))


def _told(
    surface: Surface, found: Sequence[Span], masks: set[Mask], policy: Policy
) -> Iterator[Span]:
    decoded, taken = decoded_of(surface), Taken.by(found, BESIDE_CARD)
    for row in rows(decoded.text, _TAIL.start):
        mask = next((mask for mask in masks if _is_of(row, mask)), None)
        before = decoded.text[max(0, row.start - _LABEL) : row.start]
        if mask is None or not (_is_whole(row.digits, mask) or _names_no_other(before)):
            continue
        ranges = tuple(decoded.source(row.start, row.end))
        if ranges and not taken.touches(ranges):
            yield number_at(ranges, mask[0], policy, MASKED)


def _is_of(row: Row, mask: Mask) -> bool:
    """Whether some digits are the masked number, its end, or the number with a slip at the end."""
    return _is_whole(row.digits, mask) or _is_slip(row.digits, mask) or _is_tail(row, mask)


def _is_whole(digits: str, mask: Mask) -> bool:
    brand, last = mask
    issuer = _issuer(digits)
    if issuer is None or not is_valid(digits.encode()):
        return False
    return digits.endswith(last) if last else issuer.brand == brand


def _is_slip(digits: str, mask: Mask) -> bool:
    brand, last = mask
    issuer = _issuer(digits)
    is_usual = issuer is not None and issuer.brand == brand and len(digits) in issuer.lengths
    return is_usual and bool(last) and is_slip(digits[-_LAST:], last)


def _issuer(digits: str) -> Issuer | None:
    return issuer_of(digits.encode()) if len(digits) in _WHOLE else None


def _is_tail(row: Row, mask: Mask) -> bool:
    is_tail = len(row.digits) in _TAIL and all(len(group) == _LAST for group in row.groups)
    return is_tail and bool(mask[1]) and row.digits.endswith(mask[1])


def _names_no_other(before: str) -> bool:
    return all(found.label not in AGAINST for found in labels_in(as_read(before)))
