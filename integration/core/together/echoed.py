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

from integration.core.masks import masks_of_parts
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.together.conversations import WITHIN, Conversations, Message
from integration.core.together.elsewhere import Ranges, Taken, number_at

ECHOED: Final = "echoed"
"""The reason of every span that is found so."""
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
        brand = _ends_with_a_part(before.own_words)
        echo = _DIGITS.fullmatch(message.own_words.strip()) if brand else None
        if echo is None or brand is None or not _answers(before, message):
            continue
        start = message.decoded.text.index(echo[1])
        ranges = message.decoded.source(start, start + len(echo[1]))
        if ranges and not Taken.by(found[message.surface.id]).touches(ranges):
            told[message.surface.id] = [number_at(ranges, brand, policy, ECHOED)]
    return told


def _ends_with_a_part(text: str) -> str | None:
    """The brand of the masked part with which a text ends."""
    parts = masks_of_parts(text)
    if not parts or any(map(str.isalnum, text[parts[-1][1] :])):
        return None
    return parts[-1][2]


def _quoted(
    messages: Sequence[Message], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The digits behind the words that stand before the mask of a part in an earlier message."""
    told: defaultdict[str, dict[Ranges, Span]] = defaultdict(dict)
    leads = [(at, *lead) for at, each in enumerate(messages) for lead in _leads_in(each)]
    for at, lead, brand in leads[:_MOST]:
        pattern = re.compile(rf"^[> \t]*{re.escape(lead)}{_QUOTED}", re.MULTILINE)
        for message in messages[at + 1 :]:
            quoted = pattern.search(message.decoded.text)
            ranges = message.decoded.source(*quoted.span(1)) if quoted else ()
            if ranges and not Taken.by(found[message.surface.id]).touches(ranges):
                span = number_at(ranges, brand, policy, ECHOED)
                told[message.surface.id][tuple(ranges)] = span
    return {surface_id: list(spans.values()) for surface_id, spans in told.items()}


def _leads_in(message: Message) -> Iterator[tuple[str, str]]:
    """The words from the beginning of a line to the mask of a part in it, and its brand."""
    text = message.decoded.text
    for start, _, brand in masks_of_parts(text):
        lead = text[:start].rpartition("\n")[2].lstrip("> \t")
        if "[" not in lead and sum(map(str.isalpha, lead)) >= _FEWEST_LETTERS:
            yield lead, brand


def _answers(before: Message, message: Message) -> bool:
    """Whether another one wrote it, soon after."""
    is_soon = message.seconds - before.seconds <= WITHIN.total_seconds()
    return is_soon and before.author != message.author
