"""What happens in the helpdesk without any API: customers write, agents answer in the panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from connectors.liveagent.simulator.desk import Desk
from connectors.liveagent.simulator.drafts import NewTicket, Part
from connectors.liveagent.simulator.people import AGENT, DEFAULT
from connectors.liveagent.simulator.records import Agent, Group, Ticket
from connectors.liveagent.simulator.vocabulary import (
    GROUP_TYPE_OF_CHANNEL,
    INTERNAL,
    NOTE_TYPE,
    SYSTEM_USER,
)

FileSpec = tuple[str, str, bytes]
"""Name, media type, content."""


class People:
    """Injects what people do. Every method returns the id of what it made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._store = desk.store

    def customer_writes(  # noqa: PLR0913 - a ticket has that many parts
        self,
        subject: str,
        text: str,
        email: str = "kari@customer.example",
        *,
        name: str = "",
        html: bool = False,
        department: str = DEFAULT,
        channel: str = "E",
        files: Iterable[FileSpec] = (),
        custom_fields: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        tags: Iterable[str] = (),
        at: datetime | None = None,
    ) -> str:
        """A new ticket from a customer; its id. `form` holds the labels and answers of a form."""
        with self._store.at(at):
            owner = self._desk.ensure_contact(email, name)
            new = NewTicket(
                owner,
                subject,
                department,
                channel,
                tags=tuple(self._tag_id(tag) for tag in tags),
                fields=dict(custom_fields or {}),
            )
            # How a form field is written in its message is not published.
            answers = [Part("Z", f"{label}: {value}") for label, value in (form or {}).items()]
            parts = [Part("M", text, _format(html=html)), *answers, *self._files(files)]
            ticket = self._desk.create_ticket(new, owner.id, parts)
            self._desk.mail.to_agents(ticket, text)
            self._desk.mail.acknowledge(ticket)
            return ticket.id

    def customer_replies(
        self,
        ticket_id: str,
        text: str,
        *,
        quoted: str = "",
        html: bool = False,
        files: Iterable[FileSpec] = (),
        at: datetime | None = None,
    ) -> str:
        """An answer of the customer, with the quoted history below it; the message's id."""
        with self._store.at(at):
            ticket = self._ticket(ticket_id)
            parts = [Part("M", text, _format(html=html)), *self._files(files)]
            if quoted:
                parts.append(Part("Q", quoted, "X"))
            group_type = GROUP_TYPE_OF_CHANNEL.get(ticket.channel, "3")
            group = self._desk.add_messages(ticket, ticket.owner_id, group_type, parts)
            self._desk.set_status(ticket, "C" if ticket.agent_id else "N", ticket.owner_id)
            self._desk.start_clock(ticket)
            self._desk.mail.to_agents(ticket, text)
            return group.messages[0].id

    def agent_replies(
        self,
        ticket_id: str,
        text: str,
        agent: str = AGENT,
        *,
        html: bool = False,
        quoted: str = "",
        at: datetime | None = None,
    ) -> str:
        """An answer that goes out to the customer, and a copy to the outbox; the message's id."""
        with self._store.at(at):
            ticket, author = self._ticket(ticket_id), self._agent(agent)
            parts = [Part("M", text, _format(html=html))]
            if quoted:
                parts.append(Part("Q", quoted, "X"))
            ticket.agent_id = ticket.agent_id or author.id
            group = self._desk.add_messages(ticket, author.id, "4", parts)
            self._desk.mail.to_customer(ticket, text, "reply")
            ticket.due = None
            self._desk.set_status(ticket, "A", author.id)
            return group.messages[0].id

    def agent_notes(
        self,
        ticket_id: str,
        text: str,
        agent: str = AGENT,
        *,
        files: Iterable[FileSpec] = (),
        at: datetime | None = None,
    ) -> str:
        """An internal note; the message's id."""
        with self._store.at(at):
            ticket, author = self._ticket(ticket_id), self._agent(agent)
            note = Part(NOTE_TYPE, text, visibility=INTERNAL)
            parts = [note, *self._files(files, note=True)]
            return self._desk.add_messages(ticket, author.id, "I", parts).messages[0].id

    def open_chat(
        self,
        text: str,
        email: str = "chat@customer.example",
        *,
        name: str = "",
        subject: str = "Chat",
    ) -> str:
        """A chat that runs (status T) until it is closed; the ticket's id."""
        with self._store.lock:
            owner = self._desk.ensure_contact(email, name)
            new = NewTicket(owner, subject, channel="B", status="T", agent_id=AGENT)
            return self._desk.create_ticket(new, owner.id, [Part("M", text)]).id

    def chat_line(self, ticket_id: str, text: str, agent: str = "") -> str:
        """One more line in a running chat, the customer's unless an agent is named; its id."""
        with self._store.lock:
            ticket = self._ticket(ticket_id)
            author = self._agent(agent).id if agent else ticket.owner_id
            chat = self._chat(ticket)
            self._desk.extend_group(ticket, chat, author, [Part("M", text)])
            return chat.messages[-1].id

    def close_chat(self, ticket_id: str) -> None:
        """End the chat: the ticket is answered."""
        with self._store.lock:
            ticket = self._ticket(ticket_id)
            self._desk.extend_group(ticket, self._chat(ticket), SYSTEM_USER, [Part("E", "")])
            self._desk.set_status(ticket, "A", SYSTEM_USER)

    def _chat(self, ticket: Ticket) -> Group:
        return next(group for group in reversed(ticket.groups) if group.type == "C")

    def _files(self, files: Iterable[FileSpec], *, note: bool = False) -> list[Part]:
        stored = [self._desk.store_file(*spec) for spec in files]
        return [self._desk.file_part(one, note=note) for one in stored]

    def _tag_id(self, tag: str) -> str:
        return next(t.id for t in self._store.tags.values() if tag in {t.id, t.name})

    def _ticket(self, ticket_id: str) -> Ticket:
        ticket = self._store.ticket(ticket_id)
        if ticket is None:
            message = f"no such ticket: {ticket_id}"
            raise KeyError(message)
        return ticket

    def _agent(self, identifier: str) -> Agent:
        agent = self._store.agent(identifier)
        if agent is None:
            message = f"no such active agent: {identifier}"
            raise KeyError(message)
        return agent


def _format(*, html: bool) -> str:
    return "H" if html else "T"
