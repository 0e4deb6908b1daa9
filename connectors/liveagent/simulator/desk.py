"""What can be done in the helpdesk, whoever asks: agent panel, customers, API v3, API v1, rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from connectors.liveagent.simulator.drafts import NewTicket, Part
from connectors.liveagent.simulator.events import Happened, Listener, Trigger
from connectors.liveagent.simulator.mail import Mailer
from connectors.liveagent.simulator.records import (
    Contact,
    Group,
    HistoryEntry,
    Message,
    StoredFile,
    Ticket,
)
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches
from connectors.liveagent.simulator.texts import file_rows, preview_of
from connectors.liveagent.simulator.vocabulary import (
    CUSTOMER_TEXT_TYPES,
    GROUP_DELETED,
    GROUP_TYPE_OF_CHANNEL,
    GROUP_VISIBLE,
    INTERNAL,
    PUBLIC,
    PURGEABLE_STATUSES,
)


class Desk:
    """The acts. Each is atomic and tells the listener afterwards what happened."""

    def __init__(self, store: Store, switches: Switches, mailer: Mailer) -> None:
        self.store = store
        self.switches = switches
        self.mail = mailer
        self.listener: Listener = lambda _events: None

    def create_ticket(self, new: NewTicket, author: str, parts: Iterable[Part]) -> Ticket:
        """A ticket with its first message group."""
        with self.store.lock:
            ticket = self._blank(new)
            self.store.add_ticket(ticket)
            self._enter_state(ticket)
            titled = [Part("T", new.subject), *parts]
            group_type = "4" if author in self.store.agents else _group_type(new.channel)
            group = self._append(ticket, author, group_type, titled)
            self._start_clock(ticket)
            told = [Happened(Trigger.TICKET_CREATED, ticket, author)]
            self.listener(told + self._message_events(ticket, group, author))
            return ticket

    def add_messages(
        self, ticket: Ticket, author: str, group_type: str, parts: list[Part]
    ) -> Group:
        """A message group on a ticket that exists."""
        with self.store.lock:
            group = self._append(ticket, author, group_type, parts)
            self.listener(self._message_events(ticket, group, author))
            return group

    def extend_group(self, ticket: Ticket, group: Group, author: str, parts: list[Part]) -> None:
        """More messages in a group that is still open, as in a chat."""
        with self.store.lock:
            added = [self._message(ticket, group, author, part) for part in parts]
            group.finished = self.store.now()
            self._touch(ticket, public=True)
            self.listener([Happened(Trigger.MESSAGE_ADDED, ticket, author, m) for m in added])

    def set_status(self, ticket: Ticket, status: str, initiator: str) -> None:
        """Change the status, with all that hangs on it."""
        with self.store.lock:
            if status == ticket.status:
                return
            if status == "X":
                ticket.status_before_deletion = ticket.status
            ticket.status = status
            now = self.store.now()
            ticket.deleted = now if status == "X" else None
            ticket.resolved = now if status == "R" else None
            if status in "RXBA":
                ticket.due = None
            self._enter_state(ticket)
            self._touch(ticket)
            if status == "R":
                self.mail.resolved(ticket)
            self.listener([Happened(Trigger.STATUS_CHANGED, ticket, initiator)])

    def restore(self, ticket: Ticket, initiator: str) -> None:
        """Take a deleted ticket back to the status that it had."""
        self.set_status(ticket, ticket.status_before_deletion or "C", initiator)

    def set_tags(self, ticket: Ticket, tags: Iterable[str], initiator: str) -> None:
        """Replace the tags."""
        with self.store.lock:
            wanted = list(dict.fromkeys(tags))
            if wanted == ticket.tags:
                return
            ticket.tags = wanted
            self._touch(ticket)
            self.listener([Happened(Trigger.TAGS_CHANGED, ticket, initiator)])

    def set_subject(self, ticket: Ticket, subject: str) -> None:
        """Overwrite the subject, and its TITLE message unless the account keeps that."""
        with self.store.lock:
            if not self.switches.subject_message_kept:
                for group in ticket.groups:
                    for message in group.messages:
                        if message.type == "T" and message.text == ticket.subject:
                            message.text = subject
            ticket.subject = subject
            self._touch(ticket)

    def set_fields(self, ticket: Ticket, values: Mapping[str, str]) -> None:
        """Write custom fields; others keep their values."""
        with self.store.lock:
            ticket.fields.update(values)
            self._touch(ticket)

    def transfer(self, ticket: Ticket, department_id: str, agent_id: str) -> None:
        """Hand the ticket to a department and perhaps an agent."""
        with self.store.lock:
            ticket.department_id, ticket.agent_id = department_id, agent_id
            self._enter_state(ticket)
            self._touch(ticket)

    def delete_message(self, message_id: str) -> bool:
        """DELETE a message as the switch says; False when there is no such message."""
        with self.store.lock:
            found = self.store.messages.get(message_id)
            how = self.switches.message_delete
            if found is None or (how == "404_for_non_legacy" and not found[2].legacy):
                return False
            ticket, group, message = found
            if how == "soft":
                group.status = GROUP_DELETED
            elif how != "no_effect":
                self._erase(group, message)
            if how != "no_effect":
                self._after_deletion(ticket)
            return True

    def purge(self, ticket: Ticket) -> None:
        """Remove a ticket for good. ValueError unless it is deleted or spam."""
        with self.store.lock:
            if ticket.status not in PURGEABLE_STATUSES:
                raise ValueError(
                    "Conversation is not in DELETED or SPAM state and therefore can not be purged"
                )
            self.store.forget_ticket(ticket)

    def purge_due(self) -> list[str]:
        """Purge what was deleted long enough ago; the ids. LiveAgent runs this as a task."""
        with self.store.lock:
            limit = self.store.now() - self.store.purge_after
            due = [t for t in self.store.tickets.values() if t.deleted and t.deleted <= limit]
            for ticket in due:
                self.store.forget_ticket(ticket)
            return [t.id for t in due]

    def ensure_contact(self, email: str, name: str = "") -> Contact:
        """The customer with that address, made if new."""
        with self.store.lock:
            found = self.store.contact(email)
            if found:
                return found
            now = self.store.now()
            first, _, last = name.partition(" ")
            contact = Contact(self.store.new_id(), [email], now, now, first, last)
            self.store.contacts[contact.id] = contact
            return contact

    def store_file(self, name: str, media_type: str, content: bytes) -> StoredFile:
        """Keep a file; a message may then name it."""
        with self.store.lock:
            names = self.store.names
            stored = StoredFile(self.store.new_id(), name, media_type, content, names.hexadecimal())
            self.store.files[stored.id] = stored
            return stored

    def file_part(self, stored: StoredFile, *, note: bool = False) -> Part:
        """The message that attaches a stored file."""
        visibility = INTERNAL if note else PUBLIC
        return Part("L" if note else "F", file_rows(stored), "J", visibility, stored.id)

    def start_clock(self, ticket: Ticket) -> None:
        """A customer waits from now on: the deadline of the department runs."""
        with self.store.lock:
            self._start_clock(ticket)

    def _start_clock(self, ticket: Ticket) -> None:
        minutes = self.store.departments[ticket.department_id].sla_minutes
        if minutes and ticket.status in "NC" and ticket.owner_id in self.store.contacts:
            ticket.due = self.store.now() + timedelta(minutes=minutes)

    def _blank(self, new: NewTicket) -> Ticket:
        now = self.store.now()
        return Ticket(
            id=self.store.new_id(),
            code=self.store.new_code(),
            owner_id=new.owner.id,
            department_id=new.department_id,
            status=new.status,
            channel=new.channel,
            subject=new.subject,
            created=now,
            changed=now,
            url_code=self.store.names.hexadecimal(),
            agent_id=new.agent_id,
            tags=list(new.tags),
            fields=dict(new.fields),
        )

    def _append(self, ticket: Ticket, author: str, group_type: str, parts: Iterable[Part]) -> Group:
        now = self.store.now()
        group = Group(
            id=self.store.new_id(),
            user_id=author,
            user_name=self.store.user_name(author),
            type=group_type,
            created=now,
            finished=now,
            sort_order=len(ticket.groups),
            messages=[],
            inbound=author in self.store.contacts,
        )
        if group_type == "3":
            group.mail_id = f"<{self.store.names.short(12)}@mail.example>"
        ticket.groups.append(group)
        for part in parts:
            self._message(ticket, group, author, part)
        self._touch(ticket, public=group_type not in "IUZTRXBG")
        return group

    def _message(self, ticket: Ticket, group: Group, author: str, part: Part) -> Message:
        number = str(self.store.next_number("message"))
        message = Message(
            number,
            author,
            part.type,
            self.store.now(),
            part.format,
            part.text,
            part.visibility,
            part.file_id,
        )
        group.messages.append(message)
        self.store.messages[number] = (ticket, group, message)
        if part.type in CUSTOMER_TEXT_TYPES - {"Q"}:
            ticket.preview = preview_of(message)
        return message

    def _erase(self, group: Group, message: Message) -> None:
        group.messages.remove(message)
        self.store.messages.pop(message.id)
        self.store.files.pop(message.file_id, None)
        if not group.messages:
            group.status = GROUP_DELETED

    def _after_deletion(self, ticket: Ticket) -> None:
        self._touch(ticket)
        if self.switches.preview_kept:
            return
        left = [
            message
            for group in ticket.groups
            if group.status == GROUP_VISIBLE
            for message in group.messages
            if message.type in CUSTOMER_TEXT_TYPES - {"Q"}
        ]
        ticket.preview = preview_of(left[-1]) if left else ""

    def _enter_state(self, ticket: Ticket) -> None:
        now = self.store.now()
        if ticket.history:
            ticket.history[-1].until = now
        number = str(self.store.next_number("history"))
        ticket.history.append(
            HistoryEntry(number, ticket.department_id, ticket.agent_id, ticket.status, now)
        )

    def _touch(self, ticket: Ticket, *, public: bool = False) -> None:
        ticket.changed = ticket.last_activity = self.store.now()
        if public:
            ticket.last_public_activity = ticket.changed

    def _message_events(self, ticket: Ticket, group: Group, author: str) -> list[Happened]:
        first = group.messages[-1] if group.messages else None
        group_event = Happened(Trigger.MESSAGE_GROUP_ADDED, ticket, author, first)
        texts = [m for m in group.messages if m.type != "T"]
        return [group_event, *(Happened(Trigger.MESSAGE_ADDED, ticket, author, m) for m in texts)]


def _group_type(channel: str) -> str:
    return GROUP_TYPE_OF_CHANNEL.get(channel, "3")
