"""Card data in the plain bytes of a file that is no text. Pure.

A page of a PDF that is not compressed, an old `winmail.dat`: what is written there in plain letters
can be read as it stands. A file breaks when its length changes, so every digit becomes a star.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.spans import CARD_DATA, Action, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BINARY: Final = "application/x-binary"
"""The media type of a text that is the bytes of such a file, each as its Latin-1 character."""
_SURE: Final = 0.8
"""How sure a number must be: there are many digits in a file, and few of them are of cards."""
_FIRST, _BEHIND = 0x20, 0x7F
_LEGIBLE: Final = {
    code: " " for code in (*range(_FIRST), *range(_BEHIND, 0x100)) if chr(code) not in "\t\r\n"
}
_SHOWN: Final = 4
"""Digits of a number that a mask shows."""
_STAR: Final = "*"


def is_binary(media_type: str) -> bool:
    """Whether a text is the bytes of a file that is none."""
    return media_type.startswith(BINARY)


def legible(text: str) -> str:
    """What of it a person could read, each character in its place."""
    return text.translate(_LEGIBLE)


def sure(spans: Sequence[Span]) -> list[Span]:
    """The card data among what was found, where a number is that can hardly be anything else."""
    removed = [span for span in spans if span.action is Action.REDACT and span.kind in CARD_DATA]
    numbers = (span for span in removed if span.kind in (Kind.PAN, Kind.TRACK))
    return removed if any(span.confidence >= _SURE for span in numbers) else []


def starred(text: str, spans: Iterable[Span]) -> str:
    """The text, as long, with stars for the digits of the spans that are to be removed."""
    letters = list(text)
    for span in spans:
        if span.action is Action.REDACT:
            places = [at for piece in span.pieces for at in range(*piece) if letters[at].isalnum()]
            shown = _SHOWN if span.kind is Kind.PAN and span.last4 else 0
            for at in places[: len(places) - shown]:
                letters[at] = _STAR
    return "".join(letters)
