"""Messages that are read as one text, and where in them stands what is found in it. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from integration.core.spans import Span
from integration.core.text import BARRIER
from integration.core.together.conversations import GROUP, Message
from integration.core.together.interjected import Shown

REACH: Final = 240
"""Characters that are read at the beginning and at the end of a long message."""


class Stretch(NamedTuple):
    """So many characters of the join that stand in one message."""

    at: int
    size: int
    message: int
    start: int


class Part(NamedTuple):
    """What of a hit stands in one message."""

    message: int
    start: int
    end: int


def join(run: list[Message], shown: Shown, amid_group: Container[int]) -> tuple[str, list[Stretch]]:
    """The text of what is shown of each, and where each stands in it.

    `amid_group`: the messages that are read on without a gap.
    """
    pieces: list[str] = []
    stretches: list[Stretch] = []
    at = 0
    for number, message in enumerate(run):
        is_next = number and number not in amid_group
        beside = slice(number - 1, number + 1)
        border = _border(run[beside], shown[beside]) if is_next else ""
        pieces.append(border)
        at += len(border)
        for start, end in _ends(*shown[number]):
            if start > shown[number][0]:
                pieces.append(BARRIER)
                at += 1
            pieces.append(message.text[start:end])
            stretches.append(Stretch(at, end - start, number, start))
            at += end - start
    return "".join(pieces), stretches


def _border(messages: Sequence[Message], shown: Shown) -> str:
    """A number without any gap goes on without one; else the next message is the next line."""
    are_solid = all(one.is_solid(at) for one, (at, _) in zip(messages, shown, strict=True))
    begun = messages[0].text[shown[0][0] :].strip()
    return "" if are_solid and len(begun) % GROUP == 0 else "\n"


def _ends(start: int, end: int) -> list[tuple[int, int]]:
    """The whole of a short text; the beginning and the end of a long one."""
    if end - start <= 2 * REACH:
        return [(start, end)]
    return [(start, start + REACH), (end - REACH, end)]


def parts_of(span: Span, run: list[Message], stretches: list[Stretch]) -> list[Part]:
    """What of a span of the join stands where; white space and marks around it left out."""
    return [
        part for start, end in span.pieces for part in _parts_of_piece(start, end, run, stretches)
    ]


def _parts_of_piece(
    low: int, high: int, run: list[Message], stretches: list[Stretch]
) -> Iterator[Part]:
    first = max(bisect_right(stretches, low, key=attrgetter("at")) - 1, 0)
    for stretch in stretches[first : bisect_right(stretches, high - 1, key=attrgetter("at"))]:
        start = stretch.start + max(low - stretch.at, 0)
        end = stretch.start + min(high - stretch.at, stretch.size)
        text = run[stretch.message].text
        inside = [at for at in range(start, end) if text[at].isalnum()]
        if inside:
            yield Part(stretch.message, inside[0], inside[-1] + 1)
