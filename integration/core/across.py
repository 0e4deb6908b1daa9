"""Card data that is split over messages which one author wrote shortly after another. Pure.

Consecutive messages of an author are read once more as one text. What only that text shows is
marked in each message, so that every one of them is cleaned. Once one of them is, the rest would
stay unseen: `remember` keeps where it stands, and `recall` finds it again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from integration.core.detection import find
from integration.core.masks import card_masks
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Role, Surface, SurfaceKind, Text
from integration.core.text import BARRIER, Decoded, decode

WITHIN: Final = timedelta(minutes=15)
"""How far apart the messages may be that hold the parts of one number."""
REACH: Final = 240
"""Characters that are read at the beginning and at the end of a long message."""
ACROSS: Final = "across-messages"
"""The reason of every span that the message alone does not show."""

_KINDS = frozenset({SurfaceKind.MESSAGE, SurfaceKind.NOTE})
_GROUPS_END = frozenset({4, 8, 10, 12, 16})
"""After so many digits a group of a card number ends (4-4-4-4, 4-6-5, 4-4-4-4-3)."""
_ALMOST_SURE: Final = 0.95
_WHOLE: Final = 13
"""The fewest digits that are a card number of their own."""
_GROUP: Final = 4
_STAND_IN = "4111111111111111"
"""A published test number: it stands where one was masked, so that the code beside it is seen."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Message:
    """A message as a reader sees it."""

    surface: Surface
    decoded: Decoded = field(repr=False)
    text: str = field(repr=False)
    """What is shown, with a number in place of each card mask; offsets are those of `decoded`."""
    masked: Sequence[tuple[int, int]]

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but a number."""
        return not any(c.isalpha() for c in self.text)

    @property
    def is_solid(self) -> bool:
        """Whether it is a few whole groups of digits and nothing between them."""
        digits = self.text.strip()
        return digits.isdecimal() and _GROUP <= len(digits) < _WHOLE


class _Stretch(NamedTuple):
    """So many characters of the join that stand in one message."""

    at: int
    size: int
    message: int
    start: int


class _Part(NamedTuple):
    """What of a hit stands in one message."""

    message: int
    start: int
    end: int


_Placed: TypeAlias = tuple[Span, list[_Part]]


def spans_across(
    surfaces: Iterable[Surface], own: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The spans that show only when messages are read together, by surface id.

    `own`: what `find` has found in each of them; what of it is to be redacted stays as it is.
    """
    found: dict[str, list[Span]] = {}
    for run in _runs(surfaces):
        for surface_id, span in _in_run(run, own, policy):
            found.setdefault(surface_id, []).append(span)
    return found


def joined(own: Sequence[Span], across: Sequence[Span]) -> tuple[Span, ...]:
    """Both in order of place; no two in one place, for what shows in the join comes first."""
    kept = [span for span in own if not any(_touch(span, other) for other in across)]
    return tuple(sorted((*kept, *across), key=attrgetter("start")))


def _runs(surfaces: Iterable[Surface]) -> Iterator[list[_Message]]:
    """Messages of one author that follow each other closely, where two or more hold digits."""
    by_author: dict[tuple[SurfaceKind, str], list[Surface]] = {}
    for surface in surfaces:
        if (author := _author(surface)) is not None:
            by_author.setdefault((surface.kind, author), []).append(surface)
    for written in by_author.values():
        for run in _close(sorted(written, key=_created)):
            messages = [_read(surface) for surface in run]
            if sum(bool(_DIGIT.search(message.text)) for message in messages) > 1:
                yield messages


def _author(surface: Surface) -> str | None:
    """Who wrote it, as far as that is known; None: it is not read together with others."""
    if surface.kind not in _KINDS or surface.created is None:
        return None
    if not isinstance(surface.content, Text):
        return None
    if surface.author is None and surface.role is Role.REQUESTER:
        return ""
    return surface.author


def _created(surface: Surface) -> float:
    return surface.created.timestamp() if surface.created else 0.0


def _close(written: list[Surface]) -> Iterator[list[Surface]]:
    run = written[:1]
    for before, surface in pairwise(written):
        if _created(surface) - _created(before) > WITHIN.total_seconds():
            yield run
            run = []
        run.append(surface)
    yield run


def _read(surface: Surface) -> _Message:
    content = surface.content
    assert isinstance(content, Text)  # noqa: S101  no other has an author here
    decoded = decode(content.text, content.media_type)
    shown = decoded.text.partition(BARRIER)[0]
    masked = card_masks(shown)
    for start, end in masked:
        shown = shown[:start] + _STAND_IN.center(end - start) + shown[end:]
    return _Message(surface, decoded, shown, masked)


def _in_run(
    run: list[_Message], own: Mapping[str, Sequence[Span]], policy: Policy
) -> Iterator[tuple[str, Span]]:
    text, stretches = _join(run)
    spans = [span for span in find(text, policy=policy) if span.action is Action.REDACT]
    placed = [(span, _parts(span, run, stretches)) for span in spans]
    for span, parts in placed:
        if not (_is_split(span, parts, run) or _is_beside(span, parts, run, placed)):
            continue
        made = [(run[part.message], part) for part in parts]
        ids = [(message.surface.id, _made(span, part, message)) for message, part in made]
        if not any(_is_known(one, own.get(surface_id, ())) for surface_id, one in ids):
            yield from ids


def _join(run: list[_Message]) -> tuple[str, list[_Stretch]]:
    pieces: list[str] = []
    stretches: list[_Stretch] = []
    at = 0
    for number, message in enumerate(run):
        border = _border(run[number - 1], message) if number else ""
        pieces.append(border)
        at += len(border)
        for start, end in _ends(message.text):
            if start:
                pieces.append(BARRIER)
                at += 1
            pieces.append(message.text[start:end])
            stretches.append(_Stretch(at, end - start, number, start))
            at += end - start
    return "".join(pieces), stretches


def _border(before: _Message, after: _Message) -> str:
    """A number without any gap goes on without one; else the next message is the next line."""
    is_cut = before.is_solid and after.is_solid and len(before.text.strip()) % _GROUP == 0
    return "" if is_cut else "\n"


def _ends(text: str) -> list[tuple[int, int]]:
    """The whole of a short text; the beginning and the end of a long one."""
    if len(text) <= 2 * REACH:
        return [(0, len(text))]
    return [(0, REACH), (len(text) - REACH, len(text))]


def _parts(span: Span, run: list[_Message], stretches: list[_Stretch]) -> list[_Part]:
    """What of a span of the join stands where; white space and marks around it left out."""
    first = max(bisect_right(stretches, span.start, key=attrgetter("at")) - 1, 0)
    parts: list[_Part] = []
    for stretch in stretches[first : bisect_right(stretches, span.end - 1, key=attrgetter("at"))]:
        start = stretch.start + max(span.start - stretch.at, 0)
        end = stretch.start + min(span.end - stretch.at, stretch.size)
        text = run[stretch.message].text
        inside = [at for at in range(start, end) if text[at].isalnum()]
        if inside:
            parts.append(_Part(stretch.message, inside[0], inside[-1] + 1))
    return parts


def _is_split(span: Span, parts: list[_Part], run: list[_Message]) -> bool:
    """A card number that goes on in the next message: valid, in its groups, at the very border."""
    if span.kind is not Kind.PAN or len(parts) < 2 or not _are_close(parts, run):
        return False
    if any(_cuts(part, mask) for part in parts for mask in run[part.message].masked):
        return False
    bare = [run[part.message].is_bare for part in parts]
    in_groups = _break_between_groups(parts, run)
    sure = any(bare) or span.confidence >= _ALMOST_SURE
    return _stand_at_borders(parts, run) and (all(bare) or (in_groups and sure))


def _stand_at_borders(parts: list[_Part], run: list[_Message]) -> bool:
    behind = [run[part.message].text[part.end :] for part in parts[:-1]]
    before = [run[part.message].text[: part.start] for part in parts[1:]]
    return not any(map(str.isalnum, "".join((*behind, *before))))


def _break_between_groups(parts: list[_Part], run: list[_Message]) -> bool:
    digits = 0
    for part in parts[:-1]:
        digits += len(_DIGIT.findall(run[part.message].text[part.start : part.end]))
        if digits not in _GROUPS_END:
            return False
    return True


def _is_beside(span: Span, parts: list[_Part], run: list[_Message], placed: list[_Placed]) -> bool:
    """A code or a date whose card stands in another message, and none in its own."""
    if span.kind not in BESIDE_CARD or len(parts) != 1:
        return False
    here = parts[0]
    cards = [part for other, there in placed if other.kind is Kind.PAN for part in there]
    found = [part for _, there in placed for part in there if part.message == here.message]
    return (
        all(card.message != here.message for card in cards)
        and any(_are_close([card, here], run) for card in cards)
        and _stands_apart(here, run[here.message].text, found)
    )


def _stands_apart(part: _Part, text: str, found: list[_Part]) -> bool:
    """Whether no digit that belongs to nothing stands next to it: it is no piece of a number."""
    before, behind = text[: part.start].rstrip(), text[part.end :].lstrip()
    beside = [len(before) - 1] if before[-1:].isdigit() else []
    beside += [len(text) - len(behind)] if behind[:1].isdigit() else []
    return all(any(one.start <= at < one.end for one in found) for at in beside)


def _are_close(parts: list[_Part], run: list[_Message]) -> bool:
    times = [_created(run[part.message].surface) for part in parts]
    return max(times) - min(times) <= WITHIN.total_seconds()


def _cuts(part: _Part, mask: tuple[int, int]) -> bool:
    return mask[0] < part.end and part.start < mask[1]


def _made(span: Span, part: _Part, message: _Message) -> Span:
    """The span of one message. Without last four digits: they may stand in another one."""
    ranges = message.decoded.source(part.start, part.end)
    return replace(
        span,
        start=ranges[0][0],
        end=ranges[-1][1],
        segments=ranges if len(ranges) > 1 else (),
        why=(*span.why, ACROSS),
        last4=None,
    )


def _is_known(span: Span, own: Sequence[Span]) -> bool:
    return any(_touch(span, other) for other in own if other.action is Action.REDACT)


def _touch(span: Span, other: Span) -> bool:
    return any(a < d and c < b for a, b in span.pieces for c, d in other.pieces)
