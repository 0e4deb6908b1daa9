"""What the other side repeats of a number when the part that it repeats is gone already. Pure.

`and the last [card visa ****]`, and then `5632 4456, yes`: nothing knows those digits any more, but
who answers a part of a number with nothing but digits has repeated it. So has who quotes the line,
`> and the last 5632 4456`: its words are those that stand before the mask.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.text import BARRIER
from integration.core.together.conversations import WITHIN, Conversations, Message
from integration.core.together.elsewhere import Ranges, Taken, number_at

ECHOED: Final = "echoed"
"""The reason of every span that is found so."""
_PART: Final = re.compile(r"\[\w+ (?P<brand>[a-z]{2,20}) \*{4}\]\W*\Z")
"""The mask of a part ends the message: no last four digits stand in it."""
_ANY_PART: Final = re.compile(
    r"^[> \t]*(?P<lead>[^\n\[> \t][^\n\[]{7,200})\[\w+ (?P<brand>[a-z]{2,20}) \*{4}\]", re.MULTILINE
)
_QUOTED: Final = r"(\d(?:[ \xa0.-]{0,2}\d){3,11})(?!\d)"
_FEWEST_LETTERS: Final = 6
_MOST: Final = 20
"""Masks of parts whose lines are looked for."""
_DIGITS: Final = re.compile(
    r"\W{0,3}(?:[^\W\d]{2,6},? )?(\d(?:[ \xa0.-]{0,2}\d){4,11})[?!.,]{0,2}(?: [^\W\d]{1,8}){0,2}\W*"
)
"""As many as a part has, and perhaps a word: `ok 5632 4456?`."""


def spans_echoed(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The digits that answer a masked part of a number, by surface id.

    `found`: what is known of each place so far.
    """
    messages = sorted(Conversations(surfaces, found).messages(), key=attrgetter("seconds"))
    written = [each for each in messages if each.surface.kind is not SurfaceKind.SUBJECT]
    told = _quoted(written, found, policy)
    for before, message in pairwise(written):
        part = _PART.search(_own_words(before).rstrip())
        echo = _DIGITS.fullmatch(_own_words(message).strip()) if part else None
        if part is None or echo is None or not _answers(before, message):
            continue
        start = message.decoded.text.index(echo[1])
        ranges = message.decoded.source(start, start + len(echo[1]))
        if ranges and not Taken.by(found[message.surface.id]).touches(ranges):
            told[message.surface.id] = [number_at(ranges, part["brand"], policy, ECHOED)]
    return told


def _quoted(
    messages: Sequence[Message], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The digits behind the words that stand before the mask of a part in an earlier message."""
    told: defaultdict[str, dict[Ranges, Span]] = defaultdict(dict)
    masks = [(at, mask) for at, each in enumerate(messages) for mask in _masks_in(each)]
    for at, mask in masks[:_MOST]:
        pattern = re.compile(rf"^[> \t]*{re.escape(mask['lead'])}{_QUOTED}", re.MULTILINE)
        for message in messages[at + 1 :]:
            quoted = pattern.search(message.decoded.text)
            ranges = message.decoded.source(*quoted.span(1)) if quoted else ()
            if ranges and not Taken.by(found[message.surface.id]).touches(ranges):
                span = number_at(ranges, mask["brand"], policy, ECHOED)
                told[message.surface.id][tuple(ranges)] = span
    return {surface_id: list(spans.values()) for surface_id, spans in told.items()}


def _masks_in(message: Message) -> Iterator[re.Match[str]]:
    """The masks of parts with words before them."""
    for mask in _ANY_PART.finditer(message.decoded.text):
        if sum(map(str.isalpha, mask["lead"])) >= _FEWEST_LETTERS:
            yield mask


def _own_words(message: Message) -> str:
    """What a message says above the one that it quotes."""
    return message.decoded.text.partition(BARRIER)[0]


def _answers(before: Message, message: Message) -> bool:
    """Whether another one wrote it, soon after."""
    is_soon = message.seconds - before.seconds <= WITHIN.total_seconds()
    authors = [(each.surface.author, each.surface.role) for each in (before, message)]
    return is_soon and authors[0] != authors[1]
