"""Card data that is split over messages that were written shortly after another. Pure.

Consecutive messages of an author are read once more as one text; those of all authors, and the
subject, are looked through for pieces of a number. What only that shows is marked in each message,
so that every one of them is cleaned. Once one of them is, the rest would stay unseen: `remember`
keeps where it stands, and `recall` finds it again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from integration.core.detection import find
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface
from integration.core.together.conversations import (
    WITHIN,
    WITHIN_A_WEEK,
    Conversations,
    Message,
    is_one_mail,
)
from integration.core.together.elsewhere import ACROSS, BY_A_WORD, Taken, moved, say_card
from integration.core.together.interjected import GROUPS_END, Cut, Shown, cuts, whole
from integration.core.together.join import Part, join, parts_of

_NEXT_TO: Final = 40
"""White space between two numbers that stand next to each other."""
_TOLD, _LIKELY, _ALMOST_SURE = 0.6, 0.75, 0.95
"""A split number is taken from the second on, out of the middle of words from the last on; where a
word says card and the pieces are a number, whatever words are at its cuts, from the first on."""
_DIGIT = re.compile(r"\d")
_NOTHING: Final = Taken(())
_PLUS: Final = "+"
"""Before a telephone number with its country."""


class _Reading(NamedTuple):
    """One way to read messages together."""

    shown: Shown
    least: float
    """How sure a split number must be."""
    amid_words: float
    """The same where no message is nothing but a number."""
    anywhere: bool = False
    """Whether a number may be cut amid a group."""
    amid_group: range = range(0)
    """The messages that are read on without a gap."""
    within: timedelta = WITHIN


@dataclass(slots=True)
class _Found:
    """What the join of a run shows, and where its cards are."""

    placed: list[tuple[Span, list[Part]]] = field(default_factory=list)
    in_message: dict[int, list[Part]] = field(default_factory=dict)
    cards: set[int] = field(default_factory=set)
    """The messages that hold a whole card number: what stands beside it shows by itself."""
    pieces: set[int] = field(default_factory=set)
    """The messages that hold a part of one."""
    card_times: list[float] = field(default_factory=list)

    def add(self, span: Span, parts: list[Part], run: list[Message]) -> None:
        """Take the next span, in order."""
        self.placed.append((span, parts))
        is_whole = len({part.message for part in parts}) == 1
        for part in parts:
            self.in_message.setdefault(part.message, []).append(part)
            if span.kind is Kind.PAN:
                (self.cards if is_whole else self.pieces).add(part.message)
                self.card_times.append(run[part.message].seconds)

    def has_card_near(self, seconds: float) -> bool:
        """Whether a card was written within so short a time."""
        reach = WITHIN.total_seconds()
        at = bisect_left(self.card_times, seconds - reach)
        return at < len(self.card_times) and self.card_times[at] <= seconds + reach


def spans_across(
    surfaces: Iterable[Surface], own: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The spans that show only when messages are read together, by surface id.

    `own`: what `find` has found in each of them; what of it is to be redacted stays as it is.
    """
    found: dict[str, list[Span]] = {}
    written = Conversations(surfaces, own)
    taken = {surface_id: Taken.by(spans) for surface_id, spans in own.items()}
    of_several = chain.from_iterable(
        _in_cut(cut, taken, policy, within) for cut, within in _told(written)
    )
    for surface_id, span in chain(
        chain.from_iterable(_in_run(run, taken, policy) for run in written.of_each()),
        (each for each in of_several if each[1].kind is Kind.PAN),
    ):
        known = found.setdefault(surface_id, [])
        if not any(_touch(span, other) for other in known):
            known.append(span)
    return found


def _told(written: Conversations) -> Iterator[tuple[Cut, timedelta]]:
    """Where numbers go over messages of several authors, or of one within a week.

    A word must say card: near the pieces, or where one author goes on, anywhere in the ticket.
    """
    for run in written.of_all():
        yield from ((cut, WITHIN) for cut in cuts(run) if cut.says_card)
    is_about_card: bool | None = None
    for run in written.of_each(WITHIN_A_WEEK):
        for cut in cuts(run):
            if not cut.says_card and is_about_card is None:
                is_about_card = say_card(message.text for message in written.messages())
            if cut.says_card or is_about_card:
                yield cut._replace(says_card=True), WITHIN_A_WEEK


def joined(own: Sequence[Span], across: Sequence[Span]) -> tuple[Span, ...]:
    """Both in order of place; no two in one place, for what shows in the join comes first."""
    taken = Taken(piece for span in across for piece in span.pieces)
    kept = [span for span in own if not taken.touches(span.pieces)]
    return tuple(sorted((*kept, *across), key=attrgetter("start")))


def _in_run(
    run: list[Message], taken: Mapping[str, Taken], policy: Policy
) -> Iterator[tuple[str, Span]]:
    yield from _in_join(run, taken, policy, _Reading(whole(run), _LIKELY, _ALMOST_SURE))
    for cut in cuts(run):
        yield from _in_cut(cut, taken, policy)


def _in_cut(
    cut: Cut, taken: Mapping[str, Taken], policy: Policy, within: timedelta = WITHIN
) -> Iterator[tuple[str, Span]]:
    sure = _TOLD if cut.says_card else _LIKELY if cut.is_bare else _ALMOST_SURE
    reading = _Reading(cut.shown, sure, sure, cut.says_card, cut.amid_group, within)
    yield from _in_join(cut.messages, taken, policy, reading)


def _in_join(
    run: list[Message],
    taken: Mapping[str, Taken],
    policy: Policy,
    reading: _Reading,
) -> Iterator[tuple[str, Span]]:
    """What one way to read the messages shows."""
    text, stretches = join(run, reading.shown, reading.amid_group)
    spans = [span for span in find(text, policy=policy) if span.action is Action.REDACT]
    found = _Found()
    for span in spans:
        found.add(span, parts_of(span, run, stretches), run)
    for span, parts in found.placed:
        if _is_split(span, parts, run, reading) or _is_beside(span, parts, run, found):
            made = [_made(span, part, run[part.message]) for part in parts]
            ids = [run[part.message].surface.id for part in parts]
            if all(_is_new(one, taken.get(i, _NOTHING)) for i, one in zip(ids, made, strict=True)):
                yield from ((i, one) for i, one in zip(ids, made, strict=True) if one)


def _is_split(span: Span, parts: list[Part], run: list[Message], reading: _Reading) -> bool:
    """A card number that goes on in the next message: valid, in its groups, at the very border."""
    if span.kind is not Kind.PAN or len(parts) < 2 or span.confidence < reading.least:
        return False
    if not _are_close(parts, run, reading.within):
        return False
    if any(is_one_mail(run[a.message], run[b.message]) for a, b in pairwise(parts)):
        return False
    if any(_cuts(part, mask) for part in parts for mask in run[part.message].masked):
        return False
    if any(run[part.message].text[: part.start].endswith(_PLUS) for part in parts):
        return False
    bare = [run[part.message].is_bare for part in parts]
    in_groups = _break_between_groups(parts, run)
    sure = any(bare) or span.confidence >= reading.amid_words
    is_cut_well = all(bare) or reading.anywhere or (in_groups and sure)
    return is_cut_well and _stand_at_borders(parts, run, reading.shown)


def _stand_at_borders(parts: list[Part], run: list[Message], shown: Shown) -> bool:
    behind = [run[p.message].text[p.end : shown[p.message][1]] for p in parts[:-1]]
    before = [run[p.message].text[shown[p.message][0] : p.start] for p in parts[1:]]
    return not any(map(str.isalnum, "".join((*behind, *before))))


def _break_between_groups(parts: list[Part], run: list[Message]) -> bool:
    digits = 0
    for part in parts[:-1]:
        digits += len(_DIGIT.findall(run[part.message].text[part.start : part.end]))
        if digits not in GROUPS_END:
            return False
    return True


def _is_beside(span: Span, parts: list[Part], run: list[Message], found: _Found) -> bool:
    """A code or a date whose card stands in another message, and none in its own."""
    if span.kind not in BESIDE_CARD or len(parts) != 1 or parts[0].message in found.cards:
        return False
    here = run[parts[0].message]
    if parts[0].message in found.pieces and BY_A_WORD.isdisjoint(span.why):
        return False
    if any(_cuts(parts[0], mask) for mask in here.masked):
        return False
    return found.has_card_near(here.seconds) and _stands_apart(
        parts[0], here.text, found.in_message[parts[0].message]
    )


def _stands_apart(part: Part, text: str, found: list[Part]) -> bool:
    """Whether no digit that belongs to nothing stands next to it: it is no piece of a number."""
    first, last = max(part.start - _NEXT_TO, 0), part.end + _NEXT_TO
    before, behind = text[first : part.start].rstrip(), text[part.end : last].lstrip()
    beside = [first + len(before) - 1] if before[-1:].isdigit() else []
    if behind[:1].isdigit():
        beside.append(min(last, len(text)) - len(behind))
    return all(any(one.start <= at < one.end for one in found) for at in beside)


def _are_close(parts: list[Part], run: list[Message], within: timedelta) -> bool:
    times = [run[part.message].seconds for part in parts]
    return max(times) - min(times) <= within.total_seconds()


def _cuts(part: Part, mask: tuple[int, int]) -> bool:
    return mask[0] < part.end and part.start < mask[1]


def _made(span: Span, part: Part, message: Message) -> Span | None:
    """The span of one message; None where nothing of it stands in the raw text."""
    ranges = message.decoded.source(part.start, part.end)
    return moved(span, ranges, ACROSS) if ranges else None


def _is_new(span: Span | None, taken: Taken) -> bool:
    return span is not None and not taken.touches(span.pieces)


def _touch(span: Span, other: Span) -> bool:
    return any(a < d and c < b for a, b in span.pieces for c, d in other.pieces)
