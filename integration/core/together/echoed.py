"""What belongs to a part of a number that is gone already: said again, or told behind it. Pure.

`and the last [card visa ****]`, and then `5632 4456, yes`: nothing knows those digits any more, but
who answers a part of a number with nothing but digits has repeated it. So has who quotes the line,
`> and the last 5632 4456`: its words are those that stand before the mask. And who has told the
part goes on with `and finally 5632 4456`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from integration.core.masks import masks_of_parts
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Role, Surface, SurfaceKind
from integration.core.together.conversations import GROUP, WITHIN, Conversations, Message
from integration.core.together.elsewhere import Ranges, Taken, number_at
from integration.core.words.correcting import tells_the_end
from integration.core.words.naming import names_no_other
from integration.core.words.parts import Part, is_of_parts, parts_told
from integration.core.words.vocabulary import as_read

ECHOED: Final = "echoed"
"""The reason of every span that is found so."""
_QUOTED: Final = r"(\d(?:[ \xa0.-]{0,2}\d){3,11})(?!\d)"
_FEWEST_LETTERS: Final = 6
_MOST: Final = 20
"""Masks of parts whose lines are looked for."""
_DIGITS: Final = re.compile(
    r"\W{0,3}(?:[^\W\d]{2,6},? (?=\d{5}|\d+[ \xa0.-]))?(\d(?:[ \xa0.-]{0,2}\d){3,11})[?!.,]{0,2}"
    r"(?: [^\W\d]{1,8}){0,2}\W*"
)
"""As many as a part has, and perhaps a word: `ok 5632 4456?`."""
_MORE: Final = re.compile(
    r"((?:[^\W\d]{1,12}[,:.]{0,3} ){0,5})(\d(?:[ \xa0.-]{0,2}\d){3,11})[?!.,]{0,2}"
)
"""What goes on with a number: `and finally 5632 4456`."""
_IN_FOURS: Final = re.compile(r"\d{4}(?:[ \xa0-]\d{4}){1,2}")
_BEHIND: Final = Part.NEXT | Part.LAST
_MOST_BETWEEN: Final = 2
"""Messages without a number between a part and what goes on with it."""


_Told = tuple[Message, str, str]
"""A message, the digits in it that go, and their brand."""


class _Part(NamedTuple):
    """The mask of a part at the end of a message, and how many messages stand before that."""

    message: Message
    brand: str
    at: int


def spans_echoed(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The digits that answer a masked part of a number, by surface id.

    `found`: what is known of each place so far.
    """
    messages = sorted(Conversations(surfaces, found).messages(), key=attrgetter("seconds"))
    written = [each for each in messages if each.surface.kind is not SurfaceKind.SUBJECT]
    told = _quoted(written, found, policy)
    answers = list(_answering(written))
    for message, digits, brand in chain(answers, _going_on(written, answers)):
        start = message.decoded.text.index(digits)
        ranges = message.decoded.source(start, start + len(digits))
        if ranges and not Taken.by(found[message.surface.id]).touches(ranges):
            told[message.surface.id] = [number_at(ranges, brand, policy, ECHOED)]
    return told


def _answering(messages: Sequence[Message]) -> Iterator[_Told]:
    """The messages that answer a part with digits."""
    for before, message in pairwise(messages):
        brand = _ends_with_a_part(before.own_words)
        echo = _DIGITS.fullmatch(message.own_words.strip()) if brand else None
        if not (echo and brand and before.author != message.author and _is_soon(before, message)):
            continue
        # The last four may stand.
        if len(echo[1]) > GROUP or not tells_the_end(as_read(before.own_words)):
            yield message, echo[1], brand


def _going_on(messages: Sequence[Message], answers: Sequence[_Told]) -> Iterator[_Told]:
    """The same of those in which the author of a part tells what comes behind it."""
    answering = {id(message) for message, _, _ in answers}
    parts: dict[tuple[str | None, Role], _Part] = {}
    for at, message in enumerate(messages):
        said = message.own_words.strip()
        part = parts.get(message.author)
        if part and at - part.at <= _MOST_BETWEEN + 1 and _is_soon(part.message, message):
            more = _MORE.fullmatch(said)
            if more and _is_more(as_read(more[1]), more[2]):
                yield message, more[2], part.brand
        if brand := _ends_with_a_part(said):
            parts[message.author] = _Part(message, brand, at)
        elif parts and id(message) not in answering and not _is_talk(said):
            parts.clear()


def _is_talk(said: str) -> bool:
    return not any(map(str.isdecimal, said)) and names_no_other(as_read(said))


def _is_more(words: str, digits: str) -> bool:
    """Whether words that name no other number call some digits a part, or these are in fours."""
    is_part = parts_told(words) & _BEHIND or _IN_FOURS.fullmatch(digits)
    other = " ".join(word for word in words.split() if not is_of_parts(word))
    return bool(is_part) and names_no_other(other)


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


def _is_soon(before: Message, message: Message) -> bool:
    return message.seconds - before.seconds <= WITHIN.total_seconds()
