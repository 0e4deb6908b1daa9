"""The digits that a masked number lacks, where somebody tells them. Pure.

`411111******1111`, and in another message `the six digits in the middle are 111111`: what was
masked is a whole number again, so what fills it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, Text
from integration.core.together.elsewhere import Taken, decoded_of, number_at, sentence_around
from integration.core.words.listed import Listed, says
from integration.core.words.parts import Part, counts, parts_told

_MASKED: Final = re.compile(
    r"(\d(?<![\w*].)\d{3}[ -]?\d{0,4}) ?-?((?:[*xX•.·#][ -]?){4,9})(\d{4})(?![\w*])"
)
_OPEN: Final = re.compile(
    r"(\d(?<![\w*].)\d{3}(?:[ -]?\d{1,4}){1,2}) ?-?((?:[ -]?[*xX•·#]){4,9})(?![\w*]|[ -]?\d)"
)
"""One that lacks its end: `4111111111xxxxxx`."""
_MARKS: Final = ("*", "•", "·", "#", "xx", "XX", "..", "x x", "X X", "x-x", "X-X", ". .", ".-.")
"""One of them is in every masked number: so it is looked for where there may be one."""
_FILLING: Final = re.compile(r"(?<![\w.,:/-])\d{2,4}[ \u200b-]{0,2}\d{2,4}(?![\w:/*•-]|[.,]\d)")
_NO_DIGIT: Final = re.compile(r"\D")
_GAPS: Final = re.compile(r"[ -]")


class _Mask(NamedTuple):
    """What is shown of a masked number, and how many digits are not."""

    first: str
    lacks: int
    last: str

    def brand(self, filling: str) -> str | None:
        """The brand of the number that the digits make of it; None where they make none."""
        number = f"{self.first}{filling}{self.last}".encode()
        issuer = issuer_of(number) if len(filling) == self.lacks and is_valid(number) else None
        return issuer.brand if issuer else None


def spans_filled_in(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The digits that fill a masked number of the ticket, by surface id.

    `found`: what is known of each place so far.
    """
    masks = {mask for surface in surfaces for mask in _masks(surface)}
    if not masks:
        return {}
    told = {s.id: list(_filling(s, masks, found[s.id], policy)) for s in surfaces}
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _masks(surface: Surface) -> Iterator[_Mask]:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    text = surface.content.text
    if not any(mark in text for mark in _MARKS):
        return
    for match in (*_MASKED.finditer(text), *_OPEN.finditer(text)):
        first, hidden, *last = match.groups()
        yield _Mask(_NO_DIGIT.sub("", first), len(_GAPS.sub("", hidden)), "".join(last))


def _filling(
    surface: Surface, masks: set[_Mask], found: Sequence[Span], policy: Policy
) -> Iterator[Span]:
    decoded, taken = decoded_of(surface), Taken.by(found)
    for match in _FILLING.finditer(decoded.text):
        digits = _NO_DIGIT.sub("", match[0])
        brands = (
            brand
            for mask in masks
            if (brand := mask.brand(digits)) and _is_told(mask, decoded.text, *match.span())
        )
        brand = next(brands, None)
        if brand is None:
            continue
        ranges = decoded.source(*match.span())
        if ranges and not taken.touches(ranges):
            yield number_at(ranges, brand, policy)


def _is_told(mask: _Mask, text: str, start: int, end: int) -> bool:
    """Whether the sentence of some digits says that they were missing, or that they are the end."""
    said = sentence_around(text, start, end)
    is_end = not mask.last and Part.LAST in parts_told(said) and counts(said, mask.lacks)
    return is_end or says(said, Listed.MASKED)
