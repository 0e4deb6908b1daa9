"""Answers that are numbered as the questions of another message are: `2) 4111 ...`. Pure.

`1) Card number 2) Expiry date 3) CVV`, and the answer: each item is read behind the question that
has its number, as if both stood in one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final

from integration.core.detection import find
from integration.core.policy import Policy
from integration.core.spans import CARD_DATA, Action, Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.together.conversations import Conversations, Message
from integration.core.together.elsewhere import ACROSS, Taken, moved
from integration.core.together.quoted import own_part
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label, as_read

_ITEM: Final = re.compile(
    r"(?:^|(?<=[ \t\xa0]))[ \t>*]*\(?([1-9])[).:][ \t\xa0]+(?=\S)", re.MULTILINE
)
_END: Final = re.compile(r"[ \t\xa0]*(?:\n|\Z)")
_READ: Final = 4_000
"""Characters of a message that are read."""
_LONGEST: Final = 80
"""Characters of a question, and of an answer."""
_FEWEST: Final = 2
"""Items of a list."""
_OF_A_CARD: Final = frozenset({Label.CARD, Label.SECURITY_CODE, Label.EXPIRY})
"""What one question of a list asks for at least."""

Items = Mapping[int, tuple[int, int]]
"""Where the text of each stands, by its number."""


def spans_of_numbered_answers(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """What answers give away behind the questions that have their number, by surface id.

    `found`: what is known of each place so far.
    """
    messages = [
        message
        for message in Conversations(surfaces, found).messages()
        if message.surface.kind is not SurfaceKind.SUBJECT and _ITEM.search(message.text)
    ]
    told: dict[str, list[Span]] = {}
    asked: list[tuple[Message, Mapping[int, str]]] = []
    for message in sorted(messages, key=attrgetter("seconds")):
        others = [questions for other, questions in asked if other.author != message.author]
        text = own_part(message.text)[:_READ]
        items = _items(text)
        if others and (spans := list(_answers(message, items, others[-1], found, policy))):
            told[message.surface.id] = spans
        questions = {number: text[start:end] for number, (start, end) in items.items()}
        if _ask_for_a_card(questions.values()):
            asked.append((message, questions))
    return told


def _items(text: str) -> Items:
    """The items of the list that a text holds; of those with one number the last."""
    found = list(_ITEM.finditer(text))
    bounds = [each.start() for each in found] + [len(text)]
    items: dict[int, tuple[int, int]] = {}
    for item, behind in zip(found, bounds[1:], strict=True):
        line = _END.search(text, item.end())
        end = min(behind, line.start() if line else behind)
        if end - item.end() <= _LONGEST:
            items[int(item[1])] = item.end(), end
    return items if len(items) >= _FEWEST else {}


def _ask_for_a_card(questions: Iterable[str]) -> bool:
    return any(
        found.label in _OF_A_CARD
        for question in questions
        if not any(map(str.isdigit, question))
        for found in labels_in(as_read(question))
    )


def _answers(
    message: Message,
    items: Items,
    questions: Mapping[int, str],
    found: Mapping[str, Sequence[Span]],
    policy: Policy,
) -> Iterator[Span]:
    """What the items of a message give away, read as a form with the questions for labels."""
    form = ""
    places: list[tuple[int, int, int]] = []
    for number in sorted(items.keys() & questions.keys()):
        start, end = items[number]
        form += f"{questions[number]}: "
        places.append((len(form), len(form) + end - start, start))
        form += f"{message.text[start:end]}\n"
    taken, masked = Taken.by(found[message.surface.id]), Taken(message.masked)
    for span in find(form, policy=policy) if places else ():
        if span.action is not Action.REDACT or span.kind not in CARD_DATA:
            continue
        shown = [
            (start - low + at, end - low + at)
            for start, end in span.pieces
            for low, high, at in places
            if low <= start and end <= high
        ]
        ranges = [each for place in shown for each in message.decoded.source(*place)]
        if ranges and not (taken.touches(ranges) or masked.touches(shown)):
            yield moved(span, ranges, ACROSS)
