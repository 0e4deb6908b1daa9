"""What a due row is about, as its table names it: a ticket, an answer, or work that comes again.

A finding about a ticket names it in the same way.
"""

from __future__ import annotations

from typing import Final

TICKET: Final = "ticket"
RECONCILE: Final = "reconcile"
SNAPSHOT: Final = "snapshot"
OUTBOX: Final = "outbox"
JOURNAL: Final = "journal"
UPKEEP: Final = "upkeep"
SWEEP: Final = "sweep"
ANSWER: Final = "answer"
SAMPLE: Final = "sample"

OF_TICKETS: Final = f"{TICKET}:"
"""How the subjects of all tickets begin."""


def of_ticket(ticket_id: str) -> str:
    """The subject of one ticket.

    >>> of_ticket("7f3a")
    'ticket:7f3a'
    """
    return f"{OF_TICKETS}{ticket_id}"


def ticket_of(subject: str) -> str:
    """The id of the ticket that a subject is of; empty for other work."""
    return subject.removeprefix(OF_TICKETS) if subject.startswith(OF_TICKETS) else ""


def of_answer(fingerprint: str) -> str:
    """The subject of the decision ticket of a finding: whether a person has closed it.

    >>> of_answer("khhhbeef")
    'answer:khhhbeef'
    """
    return f"{ANSWER}:{fingerprint}"


def finding_of(subject: str) -> str:
    """The fingerprint of the finding that the subject of an answer is of."""
    return subject.removeprefix(f"{ANSWER}:")


def kind_of(subject: str) -> str:
    """Which kind of work a subject asks for.

    >>> kind_of("ticket:7f3a"), kind_of("sweep")
    ('ticket', 'sweep')
    """
    return subject.partition(":")[0]
