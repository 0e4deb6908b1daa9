"""What a message shows under a subject that speaks of a card. Pure.

`My card number`, and then `first four 4111, next four 1111 ...`: only both say what the groups are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.number import MIN_DIGITS
from integration.core.detection import find
from integration.core.elsewhere import ACROSS, Taken, decoded_of, moved
from integration.core.policy import Policy
from integration.core.spans import CARD_DATA, Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.words.labels import speaks_of_card
from integration.core.words.vocabulary import as_read

_WRITTEN: Final = frozenset(
    {SurfaceKind.MESSAGE, SurfaceKind.QUOTED, SurfaceKind.NOTE, SurfaceKind.MAIL_COPY}
)
_LONGEST_SUBJECT: Final = 200


def spans_titled(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers that show under the subject only, with what belongs to them, by surface id.

    `found`: what is known of each place so far.
    """
    subject = next((decoded_of(s).text for s in surfaces if s.kind is SurfaceKind.SUBJECT), "")
    subject = subject[:_LONGEST_SUBJECT]
    if not subject or not speaks_of_card(as_read(subject)):
        return {}
    told = {
        surface.id: list(_under(subject, surface, found[surface.id], policy))
        for surface in surfaces
        if surface.kind in _WRITTEN and _holds_digits(surface)
    }
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _holds_digits(surface: Surface) -> bool:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    return sum(map(str.isdigit, surface.content.text)) >= MIN_DIGITS


def _under(subject: str, surface: Surface, found: Sequence[Span], policy: Policy) -> Iterator[Span]:
    decoded, taken = decoded_of(surface), Taken.by(found)
    head = f"{subject}\n"
    new: list[Span] = []
    for span in find(head + decoded.text, policy=policy):
        if span.action is not Action.REDACT or span.kind not in CARD_DATA:
            continue
        places = [(start - len(head), end - len(head)) for start, end in span.pieces]
        if places[0][0] < 0:
            continue
        ranges = [each for place in places for each in decoded.source(*place)]
        if ranges and not taken.touches(ranges):
            new.append(moved(span, ranges, ACROSS))
    if any(span.kind is Kind.PAN for span in new):
        yield from new
