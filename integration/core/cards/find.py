"""Find card numbers and tracks in a reading.

One pass over the classes finds runs with enough digits; only those are looked at. Inside a run
every window of whole digit groups is weighed: issuer and length, check digit, grouping,
surroundings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from integration.core.cards.number import MIN_DIGITS, numbers_in, same_numbers
from integration.core.cards.track import tracks_at
from integration.core.hits import Hit, pick

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_RUN = re.compile(rb"0[0 ]{11,}")


def may_hold(reading: Reading) -> bool:
    """Return whether there is a run of digits that is long enough."""
    return reading.digits >= MIN_DIGITS and bool(_runs(reading.classes))


def find(reading: Reading) -> list[Hit]:
    """Return card numbers and tracks, in order, not overlapping."""
    folded = reading.folded
    runs = _runs(reading.classes)
    tracks = [hit for start, end in runs for hit in tracks_at(folded, start, end)]
    numbers = [hit for start, end in runs for hit in numbers_in(folded, start, end)]
    return pick(tracks, same_numbers(folded, numbers))


def _runs(classes: bytes) -> list[tuple[int, int]]:
    """Return the stretches of digits and separators that hold enough digits."""
    spans = (match.span() for match in _RUN.finditer(classes))
    return [span for span in spans if classes.count(b"0", *span) >= MIN_DIGITS]
