"""Letters that stand for digits: `4111 1111 llll 1111`, `6OO5`, a bar for a one.

Only where digits stand beside them, and only for what then is a number of a known issuer: the
check digit decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.lazy import lazy
from integration.core.text.reading import of_folded

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

LETTERS: Final = b"OoQlISBZ"
"""What is mistaken for a digit, by people and by machines that read pictures."""
BAR: Final = b"|"
"""A one, or what parts two numbers."""
_MEANT = bytes.maketrans(LETTERS, b"00011582")
_MEANT_WITH_BAR = bytes.maketrans(LETTERS + BAR, b"000115821")
_MOST_LETTERS: Final = 13
"""A page that is read by a machine has few true digits left: 5lOl l8OO OOOO OOO7."""
_BEFORE_A_RUN: Final = 5
"""A run begins with a digit; such letters may stand before it, as a group of four and a blank."""

# Digits and such letters; what begins or ends with a letter is no part of a word.
_STRETCH = lazy(
    rb"(?:(?<![0-9])[0-9]|(?<![A-Za-z0-9])[OoQlISBZ|])"
    rb"(?:[ .\xad\xa0-]{0,2}[0-9OoQlISBZ|]){10,80}"
    rb"[ .\xad\xa0-]{0,2}(?:[0-9]|[OoQlISBZ|](?![A-Za-z0-9]))"
)


def with_digits(
    reading: Reading, runs: list[tuple[int, int]], *, bars: bool
) -> tuple[Reading, list[tuple[int, int]]]:
    """Return the reading with digits for such letters, and the stretches where there were any.

    `bars`: an upright bar is read as a one too.
    """
    meant, letters = (_MEANT_WITH_BAR, LETTERS + BAR) if bars else (_MEANT, LETTERS)
    changed: list[tuple[int, int]] = []
    folded = bytearray(reading.folded)
    for start, end in runs:
        for match in _STRETCH.finditer(reading.folded, max(start - _BEFORE_A_RUN, 0), end):
            count = len(match[0]) - len(match[0].translate(None, letters))
            if 0 < count <= _MOST_LETTERS:
                folded[match.start() : match.end()] = match[0].translate(meant)
                changed.append(match.span())
    return of_folded(reading.text, bytes(folded)), changed
