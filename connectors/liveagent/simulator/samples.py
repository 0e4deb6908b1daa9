"""Tickets of the past for a demo account: everyday mail, a few of them with test card numbers.

The numbers are those that card schemes publish for testing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from connectors.liveagent.simulator.people import BILLING, DEFAULT

if TYPE_CHECKING:
    from connectors.liveagent.simulator.customers import People

SPAN = timedelta(days=21)


@dataclass(frozen=True)
class Sample:
    """One exchange: what the customer wrote, and what followed."""

    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: bool = False
    reply: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    quoted: str = field(default="", repr=False)
    department: str = DEFAULT
    channel: str = "E"
    fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)


_CUSTOMERS = (
    ("Kari Nordmann", "kari.nordmann@customer.example"),
    ("Lars Hansen", "lars.hansen@customer.example"),
    ("Emily Carter", "emily.carter@customer.example"),
    ("Maja Solberg", "maja.solberg@customer.example"),
    ("Tom Reed", "tom.reed@customer.example"),
    ("Sofie Lund", "sofie.lund@customer.example"),
)

SAMPLES = (
    Sample("Hvor er pakken min?", "Hei, ordre 7781 skulle kommet fredag. Sporing 70438101234567."),
    Sample(
        "Opening hours",
        "Hello, are you open on Saturday? My number is +47 912 34 567.",
        reply="We are open from 10 to 16 on Saturdays.",
    ),
    Sample(
        "Betaling feilet",
        "Kortet mitt 4111 1111 1111 1111 ble avvist, utløper 12/28. Kan dere prøve igjen?",
        department=BILLING,
    ),
    Sample(
        "Refund please",
        "<p>Please refund to <b>5555 5555 5555 4444</b>.</p><p>Thanks,<br>Emily</p>",
        html=True,
        note="Customer confirmed the amount by phone.",
    ),
    Sample(
        "Invoice 2024-1187",
        "Our accounting needs a copy of invoice 2024-1187, KID 1234567890128.",
        channel="M",
        fields=(("order_id", "7795"),),
    ),
    Sample(
        "Bytte adresse",
        "Jeg har flyttet til Storgata 5, 0155 Oslo.",
        reply="Takk, adressen er endret.",
        quoted="> Jeg har flyttet til Storgata 5, 0155 Oslo.",
    ),
    Sample(
        "Charged twice",
        "I was charged twice on the card 3782 822463 10005. Order 7802.",
        department=BILLING,
        note="Checked with the bank: one charge was a reservation.",
    ),
    Sample("Takk!", "<p>Tusen takk for rask hjelp &#128512;</p>", html=True),
    Sample(
        "Warranty",
        "The lamp has stopped working. Serial 356938035643809, bought in March.",
        reply="We will send you a new one.",
    ),
)


def write(people: People, source: random.Random, now: datetime, count: int) -> list[str]:
    """Write tickets over the last weeks, oldest first; their ids."""
    step = SPAN / max(count, 1)
    return [
        _one(people, source, SAMPLES[number % len(SAMPLES)], now - SPAN + step * number)
        for number in range(count)
    ]


def _one(people: People, source: random.Random, sample: Sample, at: datetime) -> str:
    name, email = source.choice(_CUSTOMERS)
    later = _clock(at, source)
    ticket_id = people.customer_writes(
        sample.subject,
        sample.text,
        email,
        name=name,
        html=sample.html,
        department=sample.department,
        channel=sample.channel,
        custom_fields=dict(sample.fields),
        at=at,
    )
    if sample.note:
        people.agent_notes(ticket_id, sample.note, at=later())
    if sample.reply:
        people.agent_replies(ticket_id, sample.reply, at=later())
    if sample.quoted:
        people.customer_replies(ticket_id, "Supert!", quoted=sample.quoted, at=later())
    return ticket_id


def _clock(start: datetime, source: random.Random) -> Callable[[], datetime]:
    moment = start

    def later() -> datetime:
        nonlocal moment
        moment += timedelta(minutes=source.randint(2, 90))
        return moment

    return later
