"""A card number that is told in a chat goes, in whatever pieces and whoever speaks between.

The chats are made of parts that people write; the same each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import pytest
from support.cards import number
from support.read_together import cleaned, place

from integration.core.surfaces import SurfaceKind

OPENED = ("can you charge my card?", "I want to pay by card", "kan du trekke kortet mitt?")
ASKED = ("What's the card number?", "Sure, go ahead please.", "Ja, bare kjør på", None)
FIRST = ("", "it's ", "det er ", "ok ")
LAST = ("", "and the last ", "the end is ", "slutter på ", "og til slutt ")
BETWEEN = (
    *("ok", "next please", "mhm", "videre", "og neste?", "👍", None),
    *("Please don't send card numbers here", "Vennligst ikke send kortnummer her"),
    *("sorry, the system is slow today", "beklager, systemet er tregt i dag"),
)
REPEATED = ("{}", "{}?", "{} ok", "{}, yes", None)
NAMES = (("Sara", "Tom"), ("Guest 4471", "Kim (Acme)"), ("Ola N", "Kundeservice"))
LINES = (
    "{name}: {said}",
    "[{clock}] {name}: {said}",
    "{clock} {name}: {said}",
    "{name} ({clock}): {said}",
    "{name} {clock}\n{said}\n",
    "<{name}> {said}",
    "[03/11/2026, {clock}] {name}: {said}",
    "- {said}",
)
SIZES = ((4, 4, 4, 4), (8, 8), (4, 8, 4), (4, 12), (12, 4), (6, 6, 4), (6, 10), (10, 6))
JOINTS = ("", " ", "-", ". ")


def pieces_of(digits: str, rnd: random.Random) -> list[str]:
    """The number cut, each piece as one block or in fours."""
    starts, at = [], 0
    for size in rnd.choice(SIZES):
        starts.append(digits[at : at + size])
        at += size
    return [
        rnd.choice(JOINTS).join(re.findall(".{4}", piece)) if len(piece) % 4 == 0 else piece
        for piece in starts
    ]


def told(pieces: Sequence[str], rnd: random.Random) -> Iterator[tuple[int, str | None]]:
    """What the customer (0) and the agent (1) say, or nothing."""
    yield 0, rnd.choice(OPENED)
    yield 1, rnd.choice(ASKED)
    for piece in pieces:
        yield 0, rnd.choice(LAST if piece is pieces[-1] else FIRST) + piece
        repeated = rnd.choice(REPEATED) if rnd.random() < 0.3 else None
        yield 1, repeated.format(piece) if repeated else rnd.choice(BETWEEN)
    yield 1, "Thank you, done."


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(150))
def test_nothing_of_a_number_that_is_told_in_a_chat_stays(seed: int) -> None:
    rnd = random.Random(seed)
    digits = number(rnd.choice(("4", "51", "2221", "6011", "5019")), 16, rnd)
    pieces = pieces_of(digits, rnd)
    names, line = rnd.choice(NAMES), rnd.choice(LINES)
    lines = [
        line.format(name=names[who], said=said, clock=f"14:{10 + minute}")
        for minute, (who, said) in enumerate(told(pieces, rnd))
        if said is not None
    ]
    chat = "\n".join(lines)
    subject = place("Chat 90210", kind=SurfaceKind.SUBJECT)
    left = cleaned(subject, place(chat, "chat")).get("chat", chat)
    assert not [piece for piece in pieces[:-1] if piece in left]
    assert len(pieces[-1]) == 4 or pieces[-1] not in left
