"""Parts of a card number that stand once more in the ticket, without the rest. Pure.

A reply quotes the half of a number that its author had sent. The part alone is no number; it is
known by the whole one, which stands over two messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.reasons import BROKEN, INTERRUPTED
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface
from integration.core.together.conversations import GROUP
from integration.core.together.elsewhere import ACROSS, Taken, moved, text_of
from integration.core.together.interjected import ROW

_HALF: Final = 8
"""Digits of a part that another message completes, from which on it is known by itself."""
_WHOLE: Final = 14
"""Digits of a part that is a number of its own, with a wrong group: a date may stand behind it."""
_LEAD: Final = 12
"""Characters before a shorter part by which it is known."""
_PARTED: Final = frozenset({INTERRUPTED.name, BROKEN.why})
_DIGIT: Final = re.compile(r"\d")


def spans_of_parts(
    surfaces: Sequence[Surface],
    own: Mapping[str, Sequence[Span]],
    across: Mapping[str, Sequence[Span]],
) -> dict[str, list[Span]]:
    """Where else the parts stand that show over several messages (`across`), by surface id.

    And the halves of a number that words or lines part in one text (`own`).
    """
    parts = {
        pattern: span
        for surface in surfaces
        for span in across.get(surface.id, ())
        if span.kind is Kind.PAN and len(span.pieces) == 1
        for pattern in _as_repeated(text_of(surface), span)
    }
    halves = {
        pattern: span
        for surface in surfaces
        for span in own[surface.id]
        if span.kind is Kind.PAN and span.action is Action.REDACT and _PARTED & set(span.why)
        for start, end in span.pieces
        for half in ROW.finditer(text_of(surface), start, end)
        for pattern in _as_repeated_half(half[0])
    }
    return _everywhere(halves | parts, surfaces, own)


def _as_repeated(text: str, span: Span) -> Iterator[str]:
    """How a part is known where it is repeated.

    By itself from eight digits on; fewer with what leads to them, or where they are a line that
    somebody may have put a word behind: `144093 ok`.
    """
    written, lead = text[span.start : span.end], text[: span.start].rpartition("\n")[2]
    digits, part = len(_DIGIT.findall(written)), re.escape(written)
    if digits >= _WHOLE:
        yield rf"(?<!\d)({part})(?!\d)"
        return
    if digits >= _HALF:
        yield _apart(_in_any_groups(written))
        return
    if any(map(str.isalpha, lead)):
        yield re.escape(lead[-_LEAD:]) + _apart(part)
    if digits > GROUP:
        yield _as_a_line(part)


def _as_repeated_half(written: str) -> Iterator[str]:
    """The same for a part that words or lines part from the rest."""
    digits = len(_DIGIT.findall(written))
    if digits >= _HALF:
        yield _apart(_in_any_groups(written))
    elif digits > GROUP:
        yield _as_a_line(re.escape(written))


def _as_a_line(part: str) -> str:
    """A part on a line, behind who says it: `Kari (10:22): 144093 ok`."""
    head = r"(?:[^\n]{0,60}[:>)\]-][ \t])?"
    return rf"(?:^|>){head}[> \t]*+({part})[?!.,]?(?: [^\W\d]{{1,4}})?[ \t\r]*+(?:$|<)"


def _in_any_groups(written: str) -> str:
    """The digits of a part, as the other side may write them when it repeats them."""
    return r"[ \xa0.-]{0,2}".join(_DIGIT.findall(written))


def _apart(part: str) -> str:
    return rf"(?<!\d)({part})(?![^\w\n]{{0,2}}\d(?!\d?/))"  # its date may follow


def _everywhere(
    parts: Mapping[str, Span], surfaces: Sequence[Surface], own: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    found: dict[str, dict[tuple[int, int], Span]] = {}
    taken = {surface.id: Taken.by(own[surface.id]) for surface in surfaces if parts}
    for pattern, span in parts.items():
        for surface in surfaces:
            for match in re.finditer(pattern, text_of(surface), re.MULTILINE):
                if not taken[surface.id].touches([match.span(1)]):
                    here = moved(span, [match.span(1)], ACROSS)
                    found.setdefault(surface.id, {})[match.span(1)] = here  # 1111 may come twice
    return {surface_id: list(spans.values()) for surface_id, spans in found.items()}
