"""Number words that are written without a gap: `beşdörtiki`, `mastercardfiveoneseven...expires`.

Only where so many of them touch each other that they are a card number, with its check digit.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.mixed import FEWEST, is_number
from integration.core.cards.touching import touching
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy
from integration.core.text.reading import of_folded
from integration.core.words.index import FIRST_UNPARTED
from integration.core.words.numbers import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.cards.said import Run
    from integration.core.text.reading import Reading, Window

_LONG: Final = 30
"""Letters of so many number words: few languages have words of two letters for all of them."""
_LONG_LETTERS: Final = lazy(rb" [^ ]{%d}" % _LONG)
_MOST_LETTERS: Final = 300
"""Of a sentence that is written so; what is longer is data."""
_MOST_WORDS: Final = 40
"""So long ones that are looked at; where there are more they are data, or another language."""
_LONG_WORD: Final = lazy(rf"[^\W\d_{FIRST_UNPARTED}-\U0010ffff]{{{_LONG},}}")
_SHORTEST: Final = 2
"""Letters of a number word; a single one is a letter of a word."""


def read_run_together(reading: Reading, letters: bytes) -> Reading:
    """Return the reading with digits in place of such words, or as it is.

    `letters` are those of the whole text (`heard.letters_of`).
    """
    if not _LONG_LETTERS.search(b" " + letters):
        return reading
    window = reading.window(0, len(reading.text))
    numbers = list(_numbers(window.text))
    if not numbers:
        return reading
    folded = bytearray(reading.folded)
    for run in numbers:
        _write(folded, window, run)
    return of_folded(reading.text, bytes(folded))


def _numbers(text: str) -> Iterator[Run]:
    """Yield the numbers in the long words of a text, each in the first language that has it."""
    words = (match.span() for match in _LONG_WORD.finditer(text))
    long = list(islice((span for span in words if span[1] - span[0] <= _MOST_LETTERS), _MOST_WORDS))
    joined = " ".join(text[slice(*span)] for span in long)
    behind = 0
    spoken = [units for units in _units() if sum(map(joined.count, units)) >= FEWEST]
    for start, end in long:
        runs = (run for units in spoken for run in touching(text, start, end, units))
        for run in filter(is_number, runs):
            if run[0].start >= behind:
                behind = run[-1].end
                yield run


@cache
def _units() -> list[dict[str, str]]:
    """Return the words for digits of each language, those of a single letter left out."""
    return [
        {word: digit for word, digit in language.units.items() if len(word) >= _SHORTEST}
        for language in languages()
    ]


def _write(folded: bytearray, window: Window, run: Run) -> None:
    """Put the digits where the words begin, and the last where they end; what is left unseen."""
    start, end = window.span(run[0].start, run[-1].end)
    digits = "".join(atom.digits for atom in run).encode()
    folded[start:end] = digits[:-1].ljust(end - start - 1, INVISIBLE) + digits[-1:]
