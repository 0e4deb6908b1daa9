"""The demo account: its people, departments, keys, tags and plugins.

Some of it is deliberately not in order, so that an access review has something to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from connectors.liveagent.simulator.records import (
    Agent,
    Answer,
    ApiKey,
    Department,
    LogLine,
    MailAccount,
    Plugin,
    Tag,
)
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.vocabulary import INTEGRATION_SCOPES, SCOPES

OWNER, ADMIN, ADMIN_WITHOUT_2FA, BOT = "00054iwg", "k6ad7min", "m2ad9min", "b0t00001"
AGENT, AGENT_WITHOUT_2FA, FREE_MAIL, SHARED = "1pkaew79", "a4gent2k", "g8mail3x", "s5hared1"
GONE = "zz88xx11"
DEFAULT, BILLING, COMPLIANCE = "default", "ceb5937b", "c0mpl1an"
SUPPORT_MAIL = "support@acme.example"
BOT_EMAIL = "compliance-bot@acme.example"
CONTACT_EMAIL = "findings@integration.example"
"""No agent and no mail account: whoever creates tickets as a visitor needs such an address."""
INTEGRATION_KEY, LEGACY_KEY, ORPHAN_KEY = 1, 2, 3
ROLE_IDS = {"owner": "owner000", "admin": "admin000", "agent": "agent000"}


@dataclass(frozen=True)
class _Person:
    id: str
    name: str
    email: str
    role: str
    two_factor: str
    password_days: int
    status: str = "A"
    online: str = "F"


_PEOPLE = (
    _Person(OWNER, "Ingrid Berg", "ingrid.berg@acme.example", "owner", "Y", 20, online="N"),
    _Person(ADMIN, "Jonas Lie", "jonas.lie@acme.example", "admin", "Y", 45, online="N"),
    _Person(ADMIN_WITHOUT_2FA, "Silje Haugen", "silje.haugen@acme.example", "admin", "N", 400),
    _Person(AGENT, "Ola Moe", "ola.moe@acme.example", "agent", "Y", 60, online="N"),
    _Person(AGENT_WITHOUT_2FA, "Emma Dahl", "emma.dahl@acme.example", "agent", "N", 210),
    _Person(FREE_MAIL, "Petter Vik", "petter.vik1987@gmail.com", "agent", "N", 30),
    _Person(SHARED, "Support", "helpdesk@acme.example", "agent", "N", 700),
    _Person(GONE, "Nina Strand", "nina.strand@acme.example", "agent", "N", 900, status="X"),
    _Person(BOT, "Compliance Bot", BOT_EMAIL, "agent", "Y", 10),
)

_DEPARTMENTS = (
    Department(
        DEFAULT,
        "Customer Service",
        [OWNER, ADMIN, AGENT, AGENT_WITHOUT_2FA, FREE_MAIL, SHARED, GONE, BOT],
        "c6939032",
    ),
    Department(BILLING, "Billing", [ADMIN, ADMIN_WITHOUT_2FA, AGENT, BOT], "c6939033", 240),
    Department(COMPLIANCE, "Compliance", [OWNER, BOT], "c6939034", None, restricted=True),
)

_MAIL_ACCOUNTS = (
    MailAccount("c6939032", SUPPORT_MAIL),
    MailAccount("c6939033", "billing@acme.example"),
    MailAccount("c6939034", "compliance@acme.example"),
)

_TAGS = (
    Tag("x7f2", "vip", "FFFFFF", "8E44AD"),
    Tag("r3f1", "refund", "FFFFFF", "16A085"),
    Tag("h0ld", "legal-hold", "FFFFFF", "C0392B", public="N"),
    Tag("d1sp", "dispute", "FFFFFF", "D35400", public="N"),
)

_PLUGINS = (
    Plugin(
        "LaSearchAndReplace", "Search and replace", "Replaces text before display", active=False
    ),
    Plugin("LaAuditLog", "Audit log", "Records what agents do", active=False),
    Plugin("LaTimeTracking", "Time tracking", "Tracks time on tickets", active=True),
)
"""The names are LiveAgent's; the code names are not published and are ours."""

_CANNED = (
    Answer("cn000001", "thanks", "Takk for henvendelsen! Vi svarer så snart vi kan."),
    Answer("cn000002", "hours", "We are open on weekdays from 8 to 16."),
)
_ANSWERS = (Answer("pa000001", "Refund", "Your refund comes within 5 days.", subject="Refund"),)


def populate(store: Store) -> None:
    """Fill a new store with the demo account."""
    now = store.now()
    for person in _PEOPLE:
        store.agents[person.id] = Agent(
            person.id,
            person.name,
            person.email,
            person.role,
            ROLE_IDS[person.role],
            person.status,
            person.two_factor == "Y",
            now - timedelta(days=person.password_days),
            person.online,
            password="" if person.two_factor == "Y" else store.names.short(14),
        )
    for department in _DEPARTMENTS:
        copy = Department(**vars(department))
        copy.agent_ids = list(department.agent_ids)
        store.departments[copy.id] = copy
    store.mail_accounts.update({m.id: m for m in _MAIL_ACCOUNTS})
    store.tags.update({t.id: Tag(**vars(t)) for t in _TAGS})
    store.plugins.extend(Plugin(**vars(p)) for p in _PLUGINS)
    store.canned.update({a.id: Answer(**vars(a)) for a in _CANNED})
    store.answers.update({a.id: Answer(**vars(a)) for a in _ANSWERS})
    store.shelves["groups"]["gr000001"] = {"id": "gr000001", "name": "Business customers"}
    company = {"id": "co000001", "name": "Nordlys AS", "type": "V"}
    store.shelves["companies"]["co000001"] = company
    _add_telephony(store)
    _add_keys(store)
    _add_log(store)


def _add_telephony(store: Store) -> None:
    for number, agent in enumerate(store.agents.values(), 1):
        phone = {"id": f"ph{number:06}", "type": "W", "agent_id": agent.id, "reg_status": "F"}
        store.shelves["phones"][f"ph{number:06}"] = phone
        extension = {"id": f"ex{number:06}", "number": str(100 + number), "agent_id": agent.id}
        store.shelves["extensions"][f"ex{number:06}"] = extension | {"status": "E"}
    main = {"id": "pn000001", "type": "S", "number": "+4721000000", "name": "Main line"}
    more = {"departmentid": DEFAULT, "status": "A", "dial_out_prefix": 1}
    store.shelves["phone_numbers"]["pn000001"] = main | more


def _add_keys(store: Store) -> None:
    secret, in_a_year = store.names.hexadecimal, store.now() + timedelta(days=365)
    keys = (
        ApiKey(
            INTEGRATION_KEY,
            secret(),
            "deskwarden",
            BOT,
            INTEGRATION_SCOPES,
            in_a_year,
            "127.0.0.1,::1",
        ),
        ApiKey(LEGACY_KEY, secret(), "warehouse sync", ADMIN, SCOPES),
        ApiKey(ORPHAN_KEY, secret(), "old shop", GONE, frozenset({"ticket.read", "ticket.create"})),
    )
    store.api_keys.update({key.id: key for key in keys})


def _add_log(store: Store) -> None:
    now = store.now()
    for days, level, line in ((3, "INFO", "Mail account checked"), (1, "WARN", "Slow query")):
        number = str(store.next_number("log"))
        store.event_log.append(LogLine(number, now - timedelta(days=days), level, line))
