"""What is really stored, and what an agent can see: for judging an integration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from connectors.liveagent.simulator.records import Contact, Group, Message, Ticket
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.vocabulary import GROUP_VISIBLE

Place = str
"""Where a text stands: `ticket/<id>/subject`, `ticket/<id>/message/<id>`, `outbox/<id>/body` ..."""


def stored_texts(store: Store) -> list[tuple[Place, str]]:
    """Every text that the account holds, deleted and hidden ones and sent mail too."""
    with store.lock:
        return [(place, text) for place, text in _everything(store) if text]


def visible_texts(store: Store) -> list[tuple[Place, str]]:
    """Every text that an agent can read in the panel, deleted tickets included."""
    with store.lock:
        return [(place, text) for place, text in _on_screen(store) if text]


def _everything(store: Store) -> Iterator[tuple[Place, str]]:
    for ticket in store.tickets.values():
        yield from _ticket_facts(ticket)
        yield f"ticket/{ticket.id}/preview", ticket.preview
        for name, value in ticket.attributes.items():
            yield f"ticket/{ticket.id}/attribute/{name}", value
        for group in ticket.groups:
            yield from _group_texts(ticket, group)
    for stored in store.files.values():
        yield f"file/{stored.id}/name", stored.name
        yield f"file/{stored.id}/content", stored.content.decode("utf-8", "replace")
    for mail in store.outbox:
        yield f"outbox/{mail.id}/subject", mail.subject
        yield f"outbox/{mail.id}/body", mail.body
    for line in store.event_log:
        yield f"log/{line.id}", line.text
    yield from _account_texts(store)


def _on_screen(store: Store) -> Iterator[tuple[Place, str]]:
    for ticket in store.tickets.values():
        yield from _ticket_facts(ticket)
        yield f"ticket/{ticket.id}/preview", ticket.preview
        for group in ticket.groups:
            if group.status == GROUP_VISIBLE:
                yield from _group_texts(ticket, group)
    yield from _account_texts(store)


def _ticket_facts(ticket: Ticket) -> Iterator[tuple[Place, str]]:
    yield f"ticket/{ticket.id}/subject", ticket.subject
    for code, value in ticket.fields.items():
        yield f"ticket/{ticket.id}/field/{code}", value


def _group_texts(ticket: Ticket, group: Group) -> Iterable[tuple[Place, str]]:
    return [(_place(ticket, message), message.text) for message in group.messages]


def _place(ticket: Ticket, message: Message) -> Place:
    return f"ticket/{ticket.id}/message/{message.id}"


def _account_texts(store: Store) -> Iterator[tuple[Place, str]]:
    for contact in store.contacts.values():
        yield from _contact_texts(contact)
    for name, rows in store.shelves.items():
        for row_id, row in rows.items():
            yield f"{name}/{row_id}", json.dumps(row, ensure_ascii=False)
    for shelf, answers in (("canned", store.canned), ("answer", store.answers)):
        for answer in answers.values():
            yield f"{shelf}/{answer.id}/subject", answer.subject
            yield f"{shelf}/{answer.id}/text", answer.text


def _contact_texts(contact: Contact) -> Iterator[tuple[Place, str]]:
    yield f"contact/{contact.id}/name", contact.name
    for name, value in contact.fields.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"contact/{contact.id}/{name}", text
