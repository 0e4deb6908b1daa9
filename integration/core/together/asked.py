"""Codes and dates that come once the card was told: asked for, put right, or named. Pure.

`Could you check the expiry date?`, and the answer: `sorry, 10/28`. The card may be gone by then; a
mask stands where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from integration.core.cards.heard import digits_in_words
from integration.core.cards.issuers import digits_of_code
from integration.core.policy import Policy
from integration.core.spans import Kind, Span
from integration.core.surfaces import Role, Surface, SurfaceKind
from integration.core.text import BARRIER
from integration.core.text.reading import read
from integration.core.together.conversations import Conversations, Message
from integration.core.together.elsewhere import BY_A_WORD, STAND_IN, Taken, stand_in
from integration.core.together.quoted import own_part
from integration.core.together.told_apart import read_below
from integration.core.words.correcting import corrects
from integration.core.words.naming import names_any, names_no_other
from integration.core.words.vocabulary import Label, as_read

_NAMES: Final = frozenset({Label.SECURITY_CODE, Label.CODE_HINT, Label.EXPIRY, Label.EXPIRY_HINT})
"""What a question asks for."""
_CODES: Final = frozenset({Label.SECURITY_CODE, Label.CODE_HINT})
_DIGITS: Final = re.compile(r"(?:[^\d]*[^\w./:-])?(\d{3})(?!\w|[.,:/-]\w|[ \xa0]?%)[^\d]*")
_NAMED: Final = f"card {STAND_IN}\ncvv"
_FIGURES: Final = re.compile(r"\d+")
_LABEL: Final = 12
"""Characters before the only number of an answer in which another is named."""
_LONGEST_QUESTION: Final = 160
"""Characters of a line."""
_ANSWER: Final = 120
"""Characters of a message before the end of an answer."""
_READ: Final = 400
"""Characters of a message that are read."""
_SURE: Final = 0.8
"""How sure a code or a date must be that nobody asked for."""

_FIRST_LINE: Final = re.compile(r"\s*(?:[^\W\d]{1,12}[ :,]{1,3}){0,3}(\d{3,4})[ \t.!]*(?:\n|\Z)")
_TOUCHING: Final = 3
"""Characters between digits and a mask behind them."""
_PAIR: Final = 24
"""Characters between a date and the code that goes with it."""

Placed = tuple[Span, tuple[int, int]]
Author = tuple[str | None, Role]


def spans_asked_for(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The codes and dates of a card that stands, or stood, in another message, by surface id.

    `found`: what is known of each place so far.
    """
    messages = sorted(Conversations(surfaces, found).messages(), key=attrgetter("seconds"))
    tellers = {message.author for message in messages if message.masked}
    if not tellers:
        return {}
    brands = {span.brand for spans in found.values() for span in spans if span.brand}
    # A card whose code is longer than others' comes first.
    brand = max(sorted(brands), key=digits_of_code, default=None)
    told: dict[str, list[Span]] = {}
    last: dict[Author, Message] = {}
    before: Message | None = None
    for message in messages:
        if message.surface.kind is SurfaceKind.SUBJECT:
            continue
        others = [each for author, each in last.items() if author != message.author]
        question = _question_of(max(others, key=attrgetter("seconds"))) if others else ""
        own = found[message.surface.id]
        taken = Taken.by(own)
        tells = message.author in tellers or any(span.kind is Kind.CVV for span in own)
        below = _below(message, question, policy, tells=tells)
        spans = [span for span in below if not taken.touches(span.pieces)]
        if not (spans or taken):
            spans = list(_only_number(message, question, policy))
        if not (spans or taken) and before and _promises(before, message, found):
            spans = list(_promised(message, policy, brand))
        if spans:
            told[message.surface.id] = spans
        last[message.author] = before = message
    return told


def _promises(before: Message, message: Message, found: Mapping[str, Sequence[Span]]) -> bool:
    """Whether who told a card told it right before, spoke of its code, and did not tell that."""
    if before.author != message.author or not before.masked:
        return False
    has_code = any(span.kind is Kind.CVV for span in found[before.surface.id])
    return not has_code and names_any(as_read(_question_of(before)), _CODES)


def _promised(message: Message, policy: Policy, brand: str | None) -> Iterator[Span]:
    """The code that a message begins with, as its first line: `8126`, and a name below."""
    number = _FIRST_LINE.match(own_part(message.own_words))
    if number and len(number[1]) == digits_of_code(brand):
        head = f"card {stand_in(brand)}\ncvv"
        yield from read_below(head, message.decoded, number.span(1), policy, joint=" ")


def _question_of(message: Message) -> str:
    """The last line of a message that names a code or a date; nothing where none does.

    What it quotes counts where its own words name none.
    """
    shown = list(message.text)
    for start, end in message.masked:  # a mask asks for nothing
        shown[start:end] = " " * (end - start)
    text = "".join(shown)
    texts = (own_part(text), text.partition(BARRIER)[0])
    lines = (line for text in texts for line in reversed(text.splitlines()))
    return next((line for line in lines if _asks(line)), "")


def _asks(line: str) -> bool:
    short = 0 < len(line) <= _LONGEST_QUESTION
    return short and names_any(as_read(line), _NAMES)


def _below(message: Message, question: str, policy: Policy, *, tells: bool) -> Iterator[Span]:
    """What a message shows below a card and a question.

    `tells`: whether its author told a card in this ticket, or a code in this message.
    """
    text = own_part(message.own_words)[:_READ]
    if not _tells_a_number(message, text, policy):
        return
    head, decoded = f"card {STAND_IN}\n{question}", message.decoded
    found = read_below(head, decoded, (0, len(text)), policy, shown=message.text)
    placed = [(span, place) for span in found if (place := decoded.place(span.start, span.end))]
    gone = Taken(message.masked)
    paired = _pairs(placed, gone, tells=tells)
    for span, place in placed:
        if "word-behind" in span.why and _touches_a_mask(message, place[1]):
            continue
        is_answer = bool(question) and place[1] <= _ANSWER
        is_told = is_answer or span in paired or _stands_alone(span, text, place, tells=tells)
        if is_told and not gone.touches([place]):
            yield span


def _tells_a_number(message: Message, text: str, policy: Policy) -> bool:
    """Whether digits stand in the beginning of a message, in figures or in words, but for masks."""
    gone = Taken(message.masked)
    figures = _FIGURES.finditer(text)
    if any(not gone.touches([figure.span()]) for figure in figures):
        return True
    reading = read(text)
    in_words = digits_in_words(reading)[0] > 0 or not reading.in_bytes(0, len(text))
    return policy.spelled_out and in_words


def _touches_a_mask(message: Message, end: int) -> bool:
    """Whether one stands right behind: its words name what was there, and nothing before it."""
    return any(0 <= start - end <= _TOUCHING for start, _ in message.masked)


def _pairs(placed: Sequence[Placed], gone: Taken, *, tells: bool) -> set[Span]:
    """The dates that a code stands right behind, and those codes: `valid to 07/27, code 290`."""
    return {
        span
        for (date, place), (code, behind) in pairwise(placed)
        if date.kind is Kind.EXPIRY
        and code.kind is Kind.CVV
        and behind[0] - place[1] <= _PAIR
        and (tells or gone.touches([place]) or date.confidence >= _SURE)
        for span in (date, code)
    }


def _only_number(message: Message, question: str, policy: Policy) -> Iterator[Span]:
    """The only number of an answer where a code was asked for: `no need to ring dear it's 508`."""
    if not names_any(as_read(question), _CODES):
        return
    text = own_part(message.own_words)[:_ANSWER]
    number = _DIGITS.fullmatch(text)
    if number and names_no_other(as_read(text[: number.start(1)])[-_LABEL:]):
        yield from read_below(_NAMED, message.decoded, number.span(1), policy, joint=" ")


def _stands_alone(span: Span, text: str, place: tuple[int, int], *, tells: bool) -> bool:
    """Whether a code or a date needs no question: its word says it, or it is put right."""
    is_named = not BY_A_WORD.isdisjoint(span.why)
    by_a_word = is_named and span.confidence >= _SURE
    if span.kind is Kind.CVV:
        # As promised before: `here is the code: 375`, and no other number.
        is_all = tells and len(text) <= _ANSWER and _DIGITS.fullmatch(text) is not None
        return by_a_word or (is_named and is_all)
    # Four digits that are put right may be a group of the number.
    is_date = not text[slice(*place)].isdecimal() and corrects(as_read(text[: place[0]]))
    return span.kind is Kind.EXPIRY and tells and (by_a_word or is_date)
