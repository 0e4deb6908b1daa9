"""An administrator's rules: on an event, if the conditions hold, act.

Rules are made in LiveAgent's configuration pages; no API reads or writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from connectors.liveagent.simulator.desk import Desk
from connectors.liveagent.simulator.drafts import Part
from connectors.liveagent.simulator.events import Happened, Trigger
from connectors.liveagent.simulator.hooks import HookSender, HttpCall
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.vocabulary import INTERNAL, NOTE_TYPE, SYSTEM_USER

_PLACEHOLDER = re.compile(r"\{\$(\w+)\}")


@dataclass(frozen=True)
class Condition:
    """`subject operator value`: tag, department, status or initiator; is, is not."""

    subject: str
    operator: str
    value: str


@dataclass(frozen=True)
class HttpRequest:
    """Action "HTTP request": every part is a template with `{$variable}` placeholders.

    Values are put in as they are, never escaped for JSON; names that the rule editor does not know
    stay in the text literally. Both were seen in deliveries from live accounts.
    """

    url: str = field(repr=False)
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: str = field(default="", repr=False)


@dataclass(frozen=True)
class AddTag:
    """Action: add a tag by its id."""

    tag_id: str


@dataclass(frozen=True)
class RemoveTag:
    """Action: take a tag off by its id."""

    tag_id: str


@dataclass(frozen=True)
class AddNote:
    """Action: write a note as the system."""

    text: str


@dataclass(frozen=True)
class SendMail:
    """Action: mail the customer."""

    text: str


@dataclass(frozen=True)
class SetStatus:
    """Action: change the status."""

    status: str


@dataclass(frozen=True)
class PurgeTicket:
    """Action "purge ticket and stop rules execution": only deleted tickets and spam."""


Action = HttpRequest | AddTag | RemoveTag | AddNote | SendMail | SetStatus | PurgeTicket


@dataclass(frozen=True)
class Rule:
    """One rule; they run in the order in which they were made."""

    name: str
    trigger: Trigger
    actions: tuple[Action, ...]
    conditions: tuple[Condition, ...] = ()


class RuleEngine:
    """Listens to the desk. What an action causes runs no rules again."""

    def __init__(self, desk: Desk, sender: HookSender) -> None:
        self._desk = desk
        self._store = desk.store
        self._sender = sender
        self._running = False
        self.rules: list[Rule] = []
        desk.listener = self.on_events

    def on_events(self, events: list[Happened]) -> None:
        """Run the rules for the events of one act. The desk holds the lock."""
        if self._running:
            return
        self._running = True
        try:
            for event in self._ordered(events):
                self._run(event)
        finally:
            self._running = False

    def _ordered(self, events: list[Happened]) -> list[Happened]:
        if not self._desk.switches.hook_message_before_ticket:
            return events
        return sorted(events, key=lambda event: event.trigger is Trigger.TICKET_CREATED)

    def _run(self, event: Happened) -> None:
        for rule in self.rules:
            if rule.trigger is event.trigger and self._holds(rule, event):
                for action in rule.actions:
                    if event.ticket.id not in self._store.tickets:
                        return
                    self._act(action, event)

    def _holds(self, rule: Rule, event: Happened) -> bool:
        return all(_holds(condition, self._store, event) for condition in rule.conditions)

    def _act(self, action: Action, event: Happened) -> None:
        desk, ticket = self._desk, event.ticket
        match action:
            case HttpRequest():
                self._sender.send(self._filled(action, event))
            case AddTag(tag_id):
                desk.set_tags(ticket, [*ticket.tags, tag_id], SYSTEM_USER)
            case RemoveTag(tag_id):
                desk.set_tags(ticket, [t for t in ticket.tags if t != tag_id], SYSTEM_USER)
            case AddNote(text):
                note = Part(NOTE_TYPE, text, visibility=INTERNAL)
                desk.add_messages(ticket, SYSTEM_USER, "I", [note])
            case SendMail(text):
                desk.mail.to_customer(ticket, text, "rule")
            case SetStatus(status):
                desk.set_status(ticket, status, SYSTEM_USER)
            case PurgeTicket():
                if ticket.status in {"X", "B"}:
                    desk.purge(ticket)

    def _filled(self, action: HttpRequest, event: Happened) -> HttpCall:
        values = variables(self._store, event)
        return HttpCall(
            method=action.method,
            url=fill(action.url, values),
            headers={name: fill(value, values) for name, value in action.headers.items()},
            body=fill(action.body, values),
        )


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put the values in, unescaped; unknown names stay as they are."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)


def variables(store: Store, event: Happened) -> dict[str, str]:
    """The placeholder values of one event.

    Seen in live accounts: contact_email, contact_phone, firstname, user_id, user_firstname,
    user_lastname, conversationOwnerName. The names for ids, codes and texts of tickets and
    messages (conversation_*, message*, status, department_*) were found in no public page: they
    are this simulator's own and must be picked from the rule editor's list in a live account.
    user_* exist only when an agent acted; otherwise they stay in the text literally, as seen.
    """
    ticket, message = event.ticket, event.message
    owner = store.contacts.get(ticket.owner_id)
    department = store.departments[ticket.department_id]
    values = {
        "conversation_id": ticket.id,
        "conversation_code": ticket.code,
        "subject": ticket.subject,
        "status": ticket.status,
        "tags": ",".join(ticket.tags),
        "department_id": department.id,
        "department_name": department.name,
        "message_id": message.id if message else "",
        "message_type": message.type if message else "",
        "message": message.text if message else "",
    }
    if owner:
        phones = owner.fields.get("phones")
        values |= {
            "contact_id": owner.id,
            "contact_email": owner.email,
            "contact_phone": str(phones[0]) if isinstance(phones, list) and phones else "",
            "firstname": owner.firstname,
            "conversationOwnerName": owner.name,
        }
    agent = store.agents.get(event.initiator)
    if agent:
        first, _, last = agent.name.partition(" ")
        values |= {"user_id": agent.id, "user_firstname": first, "user_lastname": last}
    return values


def _tag_values(store: Store, event: Happened) -> set[str]:
    names = {store.tags[t].name for t in event.ticket.tags if t in store.tags}
    return names | set(event.ticket.tags)


def _department_values(store: Store, event: Happened) -> set[str]:
    department_id = event.ticket.department_id
    return {department_id, store.departments[department_id].name}


_SUBJECTS: Mapping[str, Callable[[Store, Happened], set[str]]] = {
    "tag": _tag_values,
    "department": _department_values,
    "status": lambda _store, event: {event.ticket.status},
    "initiator": lambda _store, event: {event.initiator},
}
SUBJECTS = frozenset(_SUBJECTS)
OPERATORS = frozenset({"is", "is not"})


def _holds(condition: Condition, store: Store, event: Happened) -> bool:
    present = condition.value in _SUBJECTS[condition.subject](store, event)
    return present is (condition.operator == "is")
