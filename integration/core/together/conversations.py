"""Messages that were written shortly after another, as a reader sees them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

from integration.core.masks import masks_of_cards
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Role, Surface, SurfaceKind, Text
from integration.core.text import BARRIER, Decoded
from integration.core.words.parts import without_joint

WITHIN: Final = timedelta(minutes=15)
"""How far apart the messages may be that hold the parts of one number."""
WITHIN_A_WEEK: Final = timedelta(days=7)
"""The same of one author who speaks of a card: the rest of a number comes when it is asked for."""
GROUP: Final = 4
"""Digits in most groups of a card number."""

_KINDS = frozenset({SurfaceKind.MESSAGE, SurfaceKind.NOTE})
_WHOLE: Final = 13
"""From so many digits on a message is no part of a number. Twelve, for `cards.number` the fewest of
a card, still are: most often they are the first three groups of a longer one."""
_STAND_INS: Final = {
    Kind.PAN: "4111111111111111",  # a published test number
    Kind.CVV: "cvv 123",
    Kind.EXPIRY: "exp 12/30",
}
"""What stands where something was masked: so the code beside a card is seen, and no second one."""
_DIGIT = re.compile(r"\d")
_GATEWAY: Final = re.compile(
    r"\s*\W{0,2}(?:sms|mms|whatsapp|viber|text message|tekstmelding)\b"
    r"(?=[^\n]{0,80}(?:from|to|fra|til|fran|von|part|del|received|mottatt)\b)[^\n]{1,160}\n"
    r"(?=\s*\S)",
    re.IGNORECASE,
)
"""What a gateway writes above a text message: by whom, to which number, which part of how many."""
_NOT_BLANK: Final = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a reader sees it."""

    surface: Surface
    decoded: Decoded = field(repr=False)
    text: str = field(repr=False)
    """What is shown, with something of its kind in place of each mask; offsets as in `decoded`."""
    masked: Sequence[tuple[int, int]]
    """Where the masks stand."""

    @property
    def seconds(self) -> float:
        """When it was written."""
        return _created(self.surface)

    @property
    def author(self) -> tuple[str | None, Role]:
        """Who wrote it."""
        return self.surface.author, self.surface.role

    @property
    def own_words(self) -> str:
        """What it shows, with the message that it may quote."""
        return self.decoded.text.partition(BARRIER)[0]

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but a number, and perhaps a word before it: and 1111."""
        return not any(c.isalpha() for c in without_joint(self.text))

    def is_solid(self, start: int) -> bool:
        """Whether it is a few whole groups of digits from a place on, and nothing between them."""
        digits = self.text[start:].strip()
        return digits.isdecimal() and GROUP <= len(digits) < _WHOLE


class Conversations:
    """What people wrote about a ticket, in the order in which it was written.

    `own`: what each surface gives away by itself.
    """

    def __init__(self, surfaces: Iterable[Surface], own: Mapping[str, Sequence[Span]]) -> None:
        self._surfaces = list(surfaces)
        self._own = own
        self._read: dict[str, Message] = {}

    def of_each(self, within: timedelta = WITHIN) -> Iterator[list[Message]]:
        """Messages of one author that follow each other closely, where two or more hold digits."""
        by_author: dict[tuple[SurfaceKind, str], list[Surface]] = {}
        for surface in self._surfaces:
            if (author := _author(surface)) is not None:
                by_author.setdefault((surface.kind, author), []).append(surface)
        for written in by_author.values():
            yield from self._runs(written, within)

    def of_all(self) -> Iterator[list[Message]]:
        """The same of all who wrote, with the subject before their first message."""
        written = list(filter(_is_dated, self._surfaces))
        subject = next((s for s in self._surfaces if s.kind is SurfaceKind.SUBJECT), None)
        if written and subject and isinstance(subject.content, Text):
            first = min(written, key=_created)
            written.insert(0, replace(subject, created=first.created))
        if len({(surface.kind, _author(surface)) for surface in written}) > 1:
            yield from self._runs(written)

    def messages(self) -> Iterator[Message]:
        """What all wrote, and the subject."""
        for surface in self._surfaces:
            is_text = isinstance(surface.content, Text)
            if is_text and (surface.kind is SurfaceKind.SUBJECT or _is_dated(surface)):
                yield self._message(surface)

    def _runs(self, written: list[Surface], within: timedelta = WITHIN) -> Iterator[list[Message]]:
        for lane in _lanes(written):
            for run in _close(sorted(lane, key=_created), within):
                messages = [self._message(surface) for surface in run]
                if sum(bool(_DIGIT.search(message.text)) for message in messages) > 1:
                    yield messages

    def _message(self, surface: Surface) -> Message:
        if surface.id not in self._read:
            self._read[surface.id] = _read(surface, self._own.get(surface.id, ()))
        return self._read[surface.id]


def _lanes(written: list[Surface]) -> Iterator[list[Surface]]:
    """All of them, and those of each type: a mail may stand there as plain text and as HTML."""
    yield written
    types = {surface.content.media_type for surface in written}
    if len(types) > 1:
        for media_type in sorted(types):
            yield [s for s in written if s.content.media_type == media_type]


def _is_dated(surface: Surface) -> bool:
    is_text = isinstance(surface.content, Text)
    return surface.kind in _KINDS and is_text and surface.created is not None


def _author(surface: Surface) -> str | None:
    """Who wrote it, as far as that is known; None: it is not read together with others."""
    if not _is_dated(surface):
        return None
    if surface.author is None and surface.role is Role.REQUESTER:
        return ""
    return surface.author


def _created(surface: Surface) -> float:
    return surface.created.timestamp() if surface.created else 0.0


def _close(written: list[Surface], within: timedelta) -> Iterator[list[Surface]]:
    run = written[:1]
    for before, surface in pairwise(written):
        if _created(surface) - _created(before) > within.total_seconds():
            yield run
            run = []
        run.append(surface)
    yield run


def _read(surface: Surface, own: Iterable[Span]) -> Message:
    content = surface.content
    assert isinstance(content, Text)  # noqa: S101  no other has an author here
    decoded = content.decoded
    shown = decoded.text.partition(BARRIER)[0]
    taken = [*masks_of_cards(shown), *_cards(decoded, own)]
    pieces: list[str] = []
    at = 0
    for start, end, kind in sorted(taken):
        if at <= start and end <= len(shown) and len(_STAND_INS[kind]) <= end - start:
            pieces += (shown[at:start], _STAND_INS[kind].center(end - start))
            at = end
    shown = "".join((*pieces, shown[at:]))
    gateway = _GATEWAY.match(shown)
    if gateway and all(start >= gateway.end() for start, _, _ in taken):
        shown = f"{_NOT_BLANK.sub(' ', gateway[0])}{shown[gateway.end() :]}"
    return Message(surface, decoded, shown, [(start, end) for start, end, _ in taken])


def _cards(decoded: Decoded, own: Iterable[Span]) -> Iterator[tuple[int, int, Kind]]:
    """Yield where the card numbers of a message are shown that it gives away by itself."""
    for span in own:
        is_card = span.kind is Kind.PAN and span.action is Action.REDACT
        if is_card and (place := decoded.place(span.start, span.end)):
            yield *place, span.kind


def is_one_mail(message: Message, other: Message) -> bool:
    """Whether both are the same message, once as plain text and once as HTML."""
    one, two = message.surface, other.surface
    return (
        one.created == two.created
        and one.parent == two.parent
        and one.content.media_type != two.content.media_type
    )
