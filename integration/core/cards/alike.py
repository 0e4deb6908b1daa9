"""Numbers on lines that begin alike, where others have a card.

`a) 4111 1111 1111 1111` and, two lines below, `c) 45435 17132 082131`: in a list whose lines are
written in one way, what stands where others have a card is one, of a length that is seldom used or
grouped as no card is. One card is enough where the words before it are the same: `- CUP 6225...`.
Where a name stands before each, the names are as long as they are: `- Jan: ...`, `- Marek: ...`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from integration.core.cards.headed import line_at, lines_beside
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.cards.number import SURE, numbers_in
from integration.core.cards.reasons import LIKELY, SAME_COLUMN
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_FEWEST: Final = 2
"""Lines with a card, or one whose words are those of the others."""
_WIDEST: Final = 60
"""Characters of a line before its card."""
_OTHERS: Final = frozenset({Label.NATIONAL_ID, Label.TELEPHONE})
"""Names of what stands beside a card in a form. References may be those of cards in a list."""
_NUMBER: Final = lazy(rb"[0-9](?:[ .\xa0\xad-]?[0-9]){12,39}(?![0-9])")
_ITEM: Final = lazy(
    rb"(?P<mark>[ \t>]{0,4}(?:[-*\xb7+] ?)?)[A-Za-z\x80-\xff][A-Za-z\x80-\xff .'-]{0,31}"
    rb"(?P<end>:[ \t]{0,4}|[ ]-[ ])(?=[0-9])"
)
"""A name before a number."""
_IN_WORDS: Final = bytes(48 if chr(byte).isdigit() else byte for byte in range(256))
"""Digits are alike."""
_SHAPE: Final = bytes(97 if chr(byte).isalpha() else byte for byte in _IN_WORDS)
"""Digits are alike, and letters."""


def on_lines_alike(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers above and below likely ones; they may overlap what was found."""
    likely = {hit.start: hit for hit in hits if hit.kind is Kind.PAN and hit.confidence >= LIKELY}
    folded = reading.folded
    sure = [
        start
        for start, hit in likely.items()
        if hit.confidence >= SURE and not _is_named(reading, start, AGAINST)
    ]
    places = {*_begun(folded, likely, _SHAPE, _FEWEST), *_begun(folded, sure, _IN_WORDS, 1)}
    if not any(_is_named(reading, start, _OTHERS) for start in likely):
        places = {at for at in places if not _is_named(reading, at, _OTHERS)}
    named = {at for at in _beside_names(folded, likely) if not _is_named(reading, at, AGAINST)}
    return [
        hit
        for at in sorted(places | named)
        if (number := _NUMBER.match(folded, at))
        for hit in numbers_in(reading, *number.span(), (SAME_COLUMN,))
    ]


def _is_named(reading: Reading, start: int, others: Container[Label]) -> bool:
    """Return whether the words before a number on its line are those of another: `- ref 4111`."""
    line, _ = line_at(reading.folded, start)
    said = reading.window(max(line, start - _WIDEST), start).text
    return names_another(said, others)


def _begun(folded: bytes, starts: Iterable[int], alike: bytes, fewest: int) -> Iterator[int]:
    """Yield where numbers may begin on lines that begin as those of the known ones do."""
    by_shape: defaultdict[bytes, set[int]] = defaultdict(set)
    for start in starts:
        line, _ = line_at(folded, start)
        if start - line <= _WIDEST:
            by_shape[folded[line:start].translate(alike)].add(start)
    for shape, known in by_shape.items():
        if len(known) >= fewest:
            for start in known:
                yield from _beside(folded, shape, start, known, alike)


def _beside(
    folded: bytes, shape: bytes, start: int, known: Container[int], alike: bytes
) -> Iterator[int]:
    """Yield where a number may begin on the lines above and below, as far as they are alike.

    Or up to one that is known, from which it goes on.
    """
    for step in (-1, 1):
        for begin, _ in lines_beside(folded, start, step):
            low = begin + len(shape)
            if low in known or folded[begin:low].translate(alike) != shape:
                break
            yield low


def _beside_names(folded: bytes, likely: Iterable[int]) -> Iterator[int]:
    """Yield where numbers may begin behind a name, on lines beside two others that have a card."""
    by_marks: defaultdict[tuple[bytes, ...], set[int]] = defaultdict(set)
    for start in likely:
        line, _ = line_at(folded, start)
        item = _ITEM.match(folded, line)
        if item and item.end() == start:
            by_marks[item.groups()].add(start)
    for marks, known in by_marks.items():
        if len(known) >= _FEWEST:
            for start in known:
                yield from _behind_names(folded, marks, start, known)


def _behind_names(
    folded: bytes, marks: tuple[bytes, ...], start: int, known: Container[int]
) -> Iterator[int]:
    for step in (-1, 1):
        for line, _ in lines_beside(folded, start, step):
            item = _ITEM.match(folded, line)
            if item is None or item.groups() != marks or item.end() in known:
                break
            yield item.end()
