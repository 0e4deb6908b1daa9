"""Records of fixed width in one place, and their layout in another. Pure.

A message says `type (2), shop (10), card number (19)`; the file beside it holds the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.laid_out import is_about_card, numbers_in_fields
from integration.core.cards.layouts import Field, fields_told
from integration.core.cards.reasons import IN_RECORDS
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.text.reading import Reading, read
from integration.core.together.elsewhere import Taken, decoded_of, number_at, text_of
from integration.core.words.digit_groups import sizes_of_groups

_BLOCK: Final = 17
"""Digits: in a shorter one a number stands by itself, or none does."""
_LONGEST: Final = 20_000
"""Characters of a text that may tell of a layout."""


def spans_laid_out(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers in those columns of records that another place calls the card number.

    By surface id; `found`: what is known of each place so far.
    """
    records = [
        surface.id
        for surface in surfaces
        if max(sizes_of_groups(text_of(surface)), default=0) >= _BLOCK
    ]
    if not records or len(surfaces) == 1:
        return {}
    texts = {surface.id: decoded_of(surface) for surface in surfaces}
    read_as = {name: read(texts[name].text) for name in records}
    told: dict[str, list[Span]] = {}
    for teller, decoded in texts.items():
        said = read(decoded.text[:_LONGEST])
        if not (fields := fields_told(said)):
            continue
        is_sure = is_about_card(said, fields)
        for name in records:
            if name != teller:
                new = _numbers(texts[name], read_as[name], fields, policy, is_sure=is_sure)
                told.setdefault(name, []).extend(new)
    taken = {name: Taken.by(found[name]) for name in told}
    left = {
        name: [span for span in spans if not taken[name].touches(span.pieces)]
        for name, spans in told.items()
    }
    return {name: spans for name, spans in left.items() if spans}


def _numbers(
    decoded: Decoded, reading: Reading, fields: Sequence[Field], policy: Policy, *, is_sure: bool
) -> Iterator[Span]:
    for hit in numbers_in_fields(reading, fields, is_sure=is_sure):
        if places := decoded.source(hit.start, hit.end):
            span = number_at(places, hit.brand, policy, IN_RECORDS.name, is_sure=is_sure)
            yield span._replace(last4=hit.last4)
