"""The sentences in which somebody may say what is wrong with a number. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.words.correcting import corrects
from integration.core.words.vocabulary import as_read

_LINE: Final = re.compile(r"[^\n\x00]+")
_SENTENCE_ENDS: Final = re.compile(r"(?<=[^\W\d][.!?])\s+(?=[A-ZÀ-Þ¿¡])|(?<=[。！？])(?=.)")
_LONGEST: Final = 160
"""Characters of a line that is read whole; of a longer one, two sentences at a time."""
_PAIR_OF_LINES: Final = re.compile(
    r"^[^\n\d]{1,24}\d{3,6}[^\n\d]{0,24}\n[^\n\d]{1,24}\d{3,6}[^\n\d]{0,24}$", re.MULTILINE
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand: first those that go over two lines."""
    yield from _pairs_of_lines(text)
    yield from _sentences(text)


def _pairs_of_lines(text: str) -> Iterator[tuple[int, int]]:
    """A group and the right one, each on a line of its own: wrong: 7078, right: 0778."""
    pairs = (pair for pair in _PAIR_OF_LINES.finditer(text) if corrects(as_read(pair[0])))
    yield from (pair.span() for pair in pairs)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        if len(line[0]) <= _LONGEST:
            yield line.span()
            continue
        ends = [found.end() for found in _SENTENCE_ENDS.finditer(text, *line.span())]
        bounds = [line.start(), *ends, line.end()]
        yield from zip(bounds, bounds[2:] or bounds[1:], strict=False)
