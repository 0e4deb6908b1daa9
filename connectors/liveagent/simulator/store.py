"""The account in memory, behind one lock, with its own clock and ids."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from connectors.liveagent.simulator.records import (
    Agent,
    Answer,
    ApiKey,
    Ban,
    Contact,
    Department,
    Group,
    LogLine,
    Mail,
    MailAccount,
    Message,
    PhoneCall,
    Plugin,
    StoredFile,
    Tag,
    Ticket,
)
from connectors.simulation.base import Names, Now

_STAMP = "%Y-%m-%d %H:%M:%S"
FIRST_MESSAGE_ID = 501
SHELVES = (
    "groups", "companies", "filters", "custom_buttons", "devices", "device_departments",
    "device_plans", "phones", "phone_numbers", "extensions", "viber_accounts",
)  # fmt: skip
"""Kinds of records that are kept as the wire has them: shelf -> id -> record."""


class Store:
    """Everything the account holds. Take `lock` around what belongs together."""

    def __init__(self, names: Names, now: Now) -> None:
        self.lock = threading.RLock()
        self.names = names
        self._clock = now
        self._moment: datetime | None = None
        self._counters: dict[str, int] = {"message": FIRST_MESSAGE_ID - 1}
        self.settings: dict[str, str] = {"TIMEZONE": "Europe/Oslo"}
        self.purge_after = timedelta(days=30)
        self.v1_key = names.hexadecimal()
        self.sso_key = names.hexadecimal()
        self.tickets: dict[str, Ticket] = {}
        self.ids_by_code: dict[str, str] = {}
        self.messages: dict[str, tuple[Ticket, Group, Message]] = {}
        self.contacts: dict[str, Contact] = {}
        self.agents: dict[str, Agent] = {}
        self.departments: dict[str, Department] = {}
        self.mail_accounts: dict[str, MailAccount] = {}
        self.tags: dict[str, Tag] = {}
        self.files: dict[str, StoredFile] = {}
        self.api_keys: dict[int, ApiKey] = {}
        self.plugins: list[Plugin] = []
        self.event_log: list[LogLine] = []
        self.canned: dict[str, Answer] = {}
        self.answers: dict[str, Answer] = {}
        self.bans: dict[int, Ban] = {}
        self.outbox: list[Mail] = []
        self.shelves: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SHELVES}
        self.calls: dict[str, PhoneCall] = {}
        self.custom_domain = ""

    def now(self) -> datetime:
        """The present time of the account, UTC, whole seconds as the helpdesk stores them."""
        return (self._moment or self._clock()).astimezone(UTC).replace(microsecond=0)

    def local_now(self) -> datetime:
        """The present time in the zone of the account."""
        return self.now().astimezone(_zone(self.settings["TIMEZONE"]))

    def instant(self) -> datetime:
        """The present time with its microseconds, for rate limits."""
        return self._clock()

    @contextmanager
    def at(self, moment: datetime | None) -> Iterator[None]:
        """Do what follows as if it were that moment; used to write a past."""
        with self.lock:
            before, self._moment = self._moment, moment or self._moment
            try:
                yield
            finally:
                self._moment = before

    def next_number(self, kind: str) -> int:
        """1, 2, 3 ... for each kind."""
        with self.lock:
            self._counters[kind] = self._counters.get(kind, 0) + 1
            return self._counters[kind]

    def new_id(self) -> str:
        """A short id that nothing has yet."""
        return self.names.short()

    def new_code(self) -> str:
        """A ticket code as people read it out: `OGE-KXVGJ-459`."""
        letters = self.names.letters
        return f"{letters(3)}-{letters(5)}-{self.names.random.randrange(100, 1000)}"

    def ticket(self, id_or_code: str) -> Ticket | None:
        """A ticket by id or, as the API allows, by code."""
        return self.tickets.get(self.ids_by_code.get(id_or_code, id_or_code))

    def add_ticket(self, ticket: Ticket) -> None:
        """Keep a new ticket."""
        self.tickets[ticket.id] = ticket
        self.ids_by_code[ticket.code] = ticket.id

    def forget_ticket(self, ticket: Ticket) -> None:
        """Remove a ticket with its messages and files, for good."""
        for group in ticket.groups:
            for message in group.messages:
                self.messages.pop(message.id, None)
                self.files.pop(message.file_id, None)
        self.ids_by_code.pop(ticket.code, None)
        self.tickets.pop(ticket.id, None)

    def agent(self, identifier: str) -> Agent | None:
        """An active agent by id or address."""
        people = (a for a in self.agents.values() if a.status == "A")
        return next((a for a in people if identifier in {a.id, a.email}), None)

    def contact(self, identifier: str) -> Contact | None:
        """A customer by id or any of its addresses."""
        found = self.contacts.get(identifier)
        if found or "@" not in identifier:
            return found
        return next(
            (c for c in self.contacts.values() if identifier in c.emails and not c.deleted), None
        )

    def is_mail_account(self, address: str) -> bool:
        """Whether the helpdesk itself receives mail there."""
        return any(m.address == address.lower() for m in self.mail_accounts.values())

    def user_name(self, user_id: str) -> str:
        """The name beside a message: an agent's, a customer's, or System."""
        person = self.agents.get(user_id) or self.contacts.get(user_id)
        return person.name if person else "System"

    def stamp(self, moment: datetime | None, override: str = "") -> str | None:
        """A time as the API writes it: local to the account, without an offset."""
        return _stamp(moment, override or self.settings["TIMEZONE"]) if moment else None

    def parse_stamp(self, text: str) -> datetime | None:
        """Read such a time, or as the published client writes one: ISO 8601; else None."""
        try:
            local = datetime.fromisoformat(text)
            zone = local.tzinfo or _zone(self.settings["TIMEZONE"])
            return local.replace(tzinfo=zone, microsecond=0).astimezone(UTC)
        except (ValueError, OverflowError):
            return None


def _zone(name: str) -> tzinfo:
    # UTC must work where no zone database is installed.
    return UTC if name == "UTC" else ZoneInfo(name)


@lru_cache(maxsize=100_000)
def _stamp(moment: datetime, zone: str) -> str:
    # Lists write the same few times of every ticket again and again.
    return moment.astimezone(_zone(zone)).strftime(_STAMP)
