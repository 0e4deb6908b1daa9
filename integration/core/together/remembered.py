"""Where the rest of a number stands whose other part was cleaned first: positions, never text.

A message that holds half a number looks clean once the other half is gone. So its place is stored
before the first write, and looked up until it is clean itself. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from integration.core.findings.model import lettered, unlettered
from integration.core.masks import mask_spans
from integration.core.policy import Policy
from integration.core.spans import Kind, Span
from integration.core.surfaces import Surface, Text
from integration.core.text.fold import fold
from integration.core.together.elsewhere import ACROSS, Taken

_DIGIT = re.compile(r"\d")
_NO_BRAND = "-"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One span as it is stored, and how long the text was in which it stood."""

    kind: Kind
    brand: str | None
    length: int
    pieces: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        """As words: offsets are written in letters, or several could read as a card number."""
        places = [f"{_letters(start)}-{_letters(end)}" for start, end in self.pieces]
        return " ".join((self.kind, self.brand or _NO_BRAND, _letters(self.length), *places))

    @classmethod
    def of(cls, stored: str) -> Remembered:
        """As read back."""
        kind, brand, length, *places = stored.split(" ")
        pieces = tuple(tuple(map(_number, place.split("-"))) for place in places)
        return cls(Kind(kind), None if brand == _NO_BRAND else brand, _number(length), pieces)  # type: ignore[arg-type]


def remember(surface: Surface, spans: Iterable[Span]) -> tuple[str, ...]:
    """What has to be stored of a surface: the spans that it alone does not show."""
    length = len(surface.content.text) if isinstance(surface.content, Text) else 0
    return tuple(
        str(Remembered(span.kind, span.brand, length, span.pieces))
        for span in spans
        if ACROSS in span.why
    )


def recall(surface: Surface, stored: Sequence[str], policy: Policy) -> list[Span]:
    """The stored spans that stand there still: the text is as long as it was, digits in each.

    A text that was cleaned may be as long by chance: then masks stand there.
    """
    if not isinstance(surface.content, Text):
        return []
    text = surface.content.text
    masks = Taken(mask_spans(fold(text)))
    return [
        _span(known, policy)
        for known in map(Remembered.of, stored)
        if known.length == len(text)
        and all(_holds(text[a:b]) for a, b in known.pieces)
        and not masks.touches(known.pieces)
    ]


def is_doubtful(surface: Surface, stored: Sequence[str]) -> bool:
    """Whether somebody else has edited the text, and the rest of the number may stand in it.

    Where a mask of ours stands, or too few digits are left, it is clean.
    """
    if not stored or not isinstance(surface.content, Text):
        return False
    text = surface.content.text
    known = [Remembered.of(one) for one in stored]
    fewest = min(sum(b - a for a, b in one.pieces) for one in known) // 2
    is_edited = any(one.length != len(text) for one in known)
    return is_edited and len(_DIGIT.findall(text)) > fewest and not mask_spans(fold(text))


def _span(known: Remembered, policy: Policy) -> Span:
    return Span(
        start=known.pieces[0][0],
        end=known.pieces[-1][1],
        kind=known.kind,
        confidence=1.0,
        action=policy.action(known.kind, 1.0),
        brand=known.brand,
        why=(ACROSS,),
        segments=known.pieces if len(known.pieces) > 1 else (),
    )


def _holds(piece: str) -> bool:
    return bool(_DIGIT.search(piece))


def _letters(number: int) -> str:
    return lettered(f"{number:x}")


def _number(letters: str) -> int:
    return int(unlettered(letters), 16)
