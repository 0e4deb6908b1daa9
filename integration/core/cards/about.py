"""Whether a text speaks of a card further from a number than a label reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.lazy import lazy
from integration.core.words.naming import speaks_of_card

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

REACH: Final = 400
"""Characters."""
_LONGEST_SENTENCE: Final = 160
_ENDS_A_SENTENCE = lazy(r"(?<=[^\W\d_]{3})[.!?]\s|[0-9][.!?]\s|[;\n]")


def is_about_card(reading: Reading, start: int, end: int) -> bool:
    """Return whether a card is spoken of around a number: its holder disputes a payment."""
    around = (max(0, start - REACH), start), (end, end + REACH)
    return any(speaks_of_card(reading.window(*stretch).text) for stretch in around)


def is_about_card_in_its_sentence(reading: Reading, start: int) -> bool:
    """Return whether its sentence speaks of one: `my card is 4111... and my wife's is 8172`."""
    words = reading.window(max(0, start - _LONGEST_SENTENCE), start).text
    return speaks_of_card(_ENDS_A_SENTENCE.split(words)[-1])
