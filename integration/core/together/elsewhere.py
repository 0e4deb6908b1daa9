"""Spans of a place that another place of the ticket gives away: how they are made. Pure."""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from integration.core.cards.issuers import FOUR_DIGIT_CODES
from integration.core.cards.luhn import is_valid
from integration.core.cards.number import MAX_DIGITS, MIN_DIGITS
from integration.core.policy import Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import Decoded
from integration.core.words.naming import names_a_field, names_any, speaks_of_card
from integration.core.words.vocabulary import Label, as_read

ACROSS: Final = "across-messages"
"""The reason of every span that the place alone does not show."""

STAND_IN: Final = "4111111111111111"
"""Stands for a number that is gone or elsewhere (published for tests): what is beside it shows."""
_STAND_INS: Final = {FOUR_DIGIT_CODES: "378282246310005"}
"""Of brands whose codes have another length."""
_PAN: Final = re.compile(r"\bPAN\b")
"""In capitals: `pan` is a word of many languages."""
BY_A_WORD: Final = frozenset({"date-word", "code-word", "pin-word"})
"""Reasons by which a date or a code is known where its card stands elsewhere."""

_SENTENCE: Final = 80
"""Characters around digits that tell what they are."""
_WHOLE: Final = range(13, 20)
"""Digits of a number."""
_READ: Final = 480
"""Characters of a place that are looked through for a word."""
_READ_FOR_FIELDS: Final = 2_000
"""The same for a sentence that speaks of a field."""
_NEAR: Final = 120
"""Characters around digits in which a card is spoken of."""
_LONGEST_NUMBER: Final = 1_000
"""Characters of its pieces, also where it is told in words."""
_OF_A_CARD: Final = frozenset({Label.CARD, Label.EXPIRY, Label.EXPIRY_HINT, Label.SECURITY_CODE})
_SENTENCE_ENDS: Final = re.compile(r"[.!?;\n]\s*")
_ENDS: Final = re.compile(r"[.!?]\s|\n[ \t\r]*\n")
_ROW_ENDS: Final = re.compile(r"(?<!\d)\d{1,8}(?:[ .-]\d{1,8}){0,9}[ .-]?\Z")
_ROW_GOES_ON: Final = re.compile(r"[ .-]?\d")
_CONFIDENCE: Final = 0.9
"""Of what several places show together."""
_DOUBTED: Final = 0.45
"""The same where nobody says card: it is told, and not removed."""

Ranges = Sequence[tuple[int, int]]


def stand_in(brand: str | None) -> str:
    """What stands for a number of a brand, so that its code has as many digits."""
    return _STAND_INS.get(brand or "", STAND_IN)


class Taken:
    """Ranges of a text, to be asked about many times."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def __bool__(self) -> bool:
        return bool(self._starts)

    @classmethod
    def by(cls, own: Iterable[Span], but: Container[Kind] = ()) -> Taken:
        """What is removed of a text; spans of some kinds do not count."""
        return cls(
            piece
            for span in own
            if span.action is Action.REDACT and span.kind not in but
            for piece in span.pieces
        )

    def touches(self, ranges: Ranges) -> bool:
        """Whether any of these ranges overlaps what is taken."""
        for start, end in ranges:
            at = bisect_left(self._starts, end)
            if at and self._ends[at - 1] > start:
                return True
        return False


def text_of(surface: Surface) -> str:
    """The text of a place as it stands."""
    return surface.content.text if isinstance(surface.content, Text) else ""


def decoded_of(surface: Surface) -> Decoded:
    """The text of a place as a reader sees it, and the way back."""
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    return surface.content.decoded


def says_card(text: str) -> bool:
    """Whether a text speaks of a card, or of its PAN."""
    return speaks_of_card(as_read(text)) or _PAN.search(text) is not None


def is_titled(surfaces: Iterable[Surface]) -> bool:
    """Whether the subject of a ticket speaks of a card."""
    return any(
        surface.kind is SurfaceKind.SUBJECT and says_card(decoded_of(surface).text)
        for surface in surfaces
    )


def say_card(texts: Iterable[str]) -> bool:
    """Whether any of some texts speaks of a card near its beginning."""
    return any(says_card(text[:_READ]) for text in texts)


def is_about_card(surfaces: Iterable[Surface]) -> bool:
    """Whether any place speaks of a card near its beginning."""
    return say_card(decoded_of(each).text for each in surfaces)


def is_near_card(text: str, start: int, end: int) -> bool:
    """Whether a card, or what belongs to one, is spoken of near some digits of a text."""
    return names_any(as_read(text[max(0, start - _NEAR) : end + _NEAR]), _OF_A_CARD)


def whole_numbers(surface: Surface, found: Sequence[Span]) -> Iterator[tuple[Span, Sequence[str]]]:
    """The card numbers that a place shows whole and that are removed, as their pieces read."""
    spans = [span for span in found if _is_whole_number(span)]
    if not spans:
        return
    decoded = decoded_of(surface)
    for span in spans:
        places = [decoded.place(*piece) for piece in span.pieces]
        pieces = [decoded.text[slice(*place)] for place in places if place]
        if ACROSS not in span.why or _is_number(pieces):
            yield span, pieces


def whole_digits(surface: Surface, found: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """The same as digits, but for those that are told in words."""
    for span, pieces in whole_numbers(surface, found):
        digits = "".join(filter(str.isdecimal, "".join(pieces)))
        if MIN_DIGITS <= len(digits) <= MAX_DIGITS:
            yield digits, span


def _is_number(pieces: Sequence[str]) -> bool:
    """Whether the pieces of a place are more than a part of a number."""
    if sum(map(len, pieces)) > _LONGEST_NUMBER:
        return False  # from one part of a dump to another
    digits = bytes(ord(each) for each in "".join(pieces) if each in string.digits)
    return len(digits) in _WHOLE and is_valid(digits)


def _is_whole_number(span: Span) -> bool:
    return span.kind is Kind.PAN and span.action is Action.REDACT and not span.inner


def moved(span: Span, ranges: Ranges, *why: str) -> Span:
    """The span as it stands at other ranges of a raw text, for more reasons.

    It has no last four digits: they may stand elsewhere, or be others.
    """
    return span._replace(
        start=ranges[0][0],
        end=ranges[-1][1],
        segments=tuple(ranges) if len(ranges) > 1 else (),
        why=tuple(dict.fromkeys((*span.why, *why))),
        last4=None,
    )


def whole_words(text: str, start: int, end: int) -> int:
    """Where a stretch from `start` to about `end` ends that cuts no word and no row of digits."""
    if end >= len(text):
        return len(text)
    while end > start and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    row = _ROW_ENDS.search(text, start, end) if _ROW_GOES_ON.match(text, end) else None
    return row.start() if row else end


def sentences_on_fields(surface: Surface) -> Iterator[tuple[str, str]]:
    """What a place says of a field: `he has put his card number in the Order field`.

    Each sentence with the one behind it.
    """
    read = as_read(decoded_of(surface).text[:_READ_FOR_FIELDS])
    sentences = [*_SENTENCE_ENDS.split(read), ""]
    return (pair for pair in pairwise(sentences) if names_a_field(pair[0]))


def sentence_around(
    text: str, start: int, end: int, reach: int = _SENTENCE, sentences: int = 1
) -> str:
    """What is said around some digits, in the letters in which a message is read.

    `sentences`: how many up to the digits, the one before theirs included.
    """
    before = ", ".join(_ENDS.split(text[max(0, start - reach) : start])[-sentences:])
    behind = _ENDS.split(text[end : end + reach])[0]
    return as_read(f"{before}, {behind}")


def number_at(
    ranges: Ranges, brand: str | None, policy: Policy, *why: str, is_sure: bool = True
) -> Span:
    """A card number, or a part of one, that this place and others show together."""
    confidence = _CONFIDENCE if is_sure else _DOUBTED
    return Span(
        start=ranges[0][0],
        end=ranges[-1][1],
        kind=Kind.PAN,
        confidence=confidence,
        action=policy.action(Kind.PAN, confidence),
        brand=brand,
        why=(*why, ACROSS),
        segments=tuple(ranges) if len(ranges) > 1 else (),
    )
