"""An account's own number formats: an admin proposes, another person confirms, all is recorded.

A format takes numbers out of what is removed, so one person alone cannot make it count. Both are
agents of the helpdesk, as it says itself at that moment. To remove one, any agent is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from integration.core import subjects
from integration.core.errors import ConfigError
from integration.core.findings.model import State
from integration.core.formats import NumberFormat, problems
from integration.core.models import Agent, AgentRole, Priority, Snapshot
from integration.core.rows import RecordType
from integration.core.spans import Kind
from integration.core.tables import Store, Tables
from integration.services.chain import LastLooks
from integration.services.due import make_all_due

STATE = "formats"
READ_AGENTS = "give our key the right to read the agents, then: deskwarden account test"


@dataclass(frozen=True, slots=True)
class Entry:
    """One format and who stands for it: ids of agents, and when."""

    format: NumberFormat
    proposed_by: str
    proposed_at: str
    confirmed_by: str = ""
    confirmed_at: str = ""

    @property
    def counts(self) -> bool:
        """Whether two different persons stand for it."""
        return bool(self.confirmed_by) and self.confirmed_by != self.proposed_by

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Entry:
        """As read back."""
        return cls(**{**value, "format": NumberFormat(**value["format"])})


def propose(
    tables: Tables, account: str, wanted: NumberFormat, mail: str, who: Snapshot, *, now: datetime
) -> Entry:
    """An admin asks for a format; it counts for nothing yet. Raises ConfigError."""
    if wrong := problems(wanted):
        raise ConfigError(wrong)
    admin = _admin(who, mail)
    _record(tables, account, RecordType.FORMAT_PROPOSED, wanted, admin, now)
    known = _read(tables, account)
    if wanted.name in known:
        raise ConfigError(
            [f"there is a format {wanted.name} already"],
            hint=f"deskwarden formats remove {account} {wanted.name} --by MAIL",
        )
    entry = Entry(wanted, admin.id, now.isoformat())
    _write(tables, account, {**known, wanted.name: entry})
    return entry


def confirm(
    tables: Tables, account: str, name: str, mail: str, who: Snapshot, *, now: datetime
) -> int:
    """A second person confirms it: from now on it counts. Raises ConfigError.

    The one who proposed it must still be an admin. Tickets in which something is unsure are looked
    at again; how many.
    """
    person = _person(who, mail)
    entry = _known(_read(tables, account), name)
    if entry.confirmed_by:
        raise ConfigError([f"the format {name} is confirmed already"])
    if person.id == entry.proposed_by:
        raise ConfigError(
            [f"{mail} has proposed the format {name}: another person must confirm it"]
        )
    if not any(a.id == entry.proposed_by and _is_active_admin(a, who) for a in who.agents):
        raise ConfigError(
            [f"who has proposed the format {name} is no longer an active admin"],
            hint=f"remove it, and let an admin propose it anew: deskwarden formats remove {account}"
            f" {name} --by MAIL",
        )
    _record(tables, account, RecordType.FORMAT_CONFIRMED, entry.format, person, now)
    known = _read(tables, account)
    if known.get(name) != entry:
        raise ConfigError([f"the format {name} was changed meanwhile: look at it again"])
    confirmed = replace(entry, confirmed_by=person.id, confirmed_at=now.isoformat())
    _write(tables, account, {**known, name: confirmed})
    return _look_again(tables, account, _unsure(tables, account), now)


def remove(
    store: Store, account: str, name: str, mail: str, who: Snapshot, *, now: datetime
) -> int:
    """Take a format back: its numbers are treated as cards again. Raises ConfigError.

    Tickets in which card-like numbers were counted are looked at again; how many.
    """
    person = _person(who, mail)
    counted = LastLooks(account, lambda look: Kind.PAN in look.get("counted", {}))
    counted.read(store)
    with store.transaction() as tables:
        entry = _known(_read(tables, account), name)
        _record(tables, account, RecordType.FORMAT_REMOVED, entry.format, person, now)
        _write(tables, account, {n: e for n, e in _read(tables, account).items() if n != name})
        counted.read_on(tables)
        again = list(map(subjects.of_ticket, sorted(counted.tickets)))
        return _look_again(tables, account, again, now)


def entries(tables: Tables, account: str) -> list[Entry]:
    """All formats of an account, in order of their names."""
    known = _read(tables, account)
    return [known[name] for name in sorted(known)]


def allowed(tables: Tables, account: str) -> tuple[NumberFormat, ...]:
    """The formats that count: what goes into the policy."""
    return tuple(entry.format for entry in entries(tables, account) if entry.counts)


def _unsure(tables: Tables, account: str) -> list[str]:
    standing = tables.findings.list(account, states=(State.OPEN,))
    return [finding.resource for finding in standing if finding.cause == "card.unsure"]


def _look_again(tables: Tables, account: str, subjects: list[str], now: datetime) -> int:
    make_all_due(tables, account, subjects, Priority.RECHECK, now=now)
    return len(subjects)


def _read(tables: Tables, account: str) -> dict[str, Entry]:
    stored = (tables.values.get(account, STATE) or {}).get("entries", [])
    found = map(Entry.from_json, stored)
    return {entry.format.name: entry for entry in found}


def _write(tables: Tables, account: str, known: Mapping[str, Entry]) -> None:
    stored = [known[name].to_json() for name in sorted(known)]
    tables.values.put(account, STATE, {"entries": stored})


def _known(known: Mapping[str, Entry], name: str) -> Entry:
    if name not in known:
        names = ", ".join(sorted(known)) or "none yet"
        raise ConfigError([f"there is no format {name!r}"], hint=f"formats: {names}")
    return known[name]


def _record(
    tables: Tables, account: str, step: RecordType, of: NumberFormat, by: Agent, now: datetime
) -> None:
    # First in its transaction: the chain lets one writer of an account in at a time, so what is
    # read after it cannot be changed by another before the commit.
    record = {"type": step, **asdict(of), "by": by.id}
    tables.audit.append(account, record, at=now)


def _admin(who: Snapshot, mail: str) -> Agent:
    person = _person(who, mail)
    if "agents.role" not in who.readable:
        raise ConfigError(["the helpdesk does not tell us who its admins are"], hint=READ_AGENTS)
    if not _is_active_admin(person, who):
        raise ConfigError([f"{mail} is no admin of the helpdesk: only an admin may propose"])
    return person


def _is_active_admin(agent: Agent, who: Snapshot) -> bool:
    told = "agents.role" in who.readable
    return told and agent.active is True and agent.role is not AgentRole.AGENT


def _person(who: Snapshot, mail: str) -> Agent:
    """The one active agent with this address; what the helpdesk does not tell is a no."""
    if "agents" not in who.readable:
        raise ConfigError(["the helpdesk does not tell us who its agents are"], hint=READ_AGENTS)
    found = [a for a in who.agents if _folded(a.email) == _folded(mail)]
    if len(found) != 1 or not _folded(mail):
        what = "more than one agent" if len(found) > 1 else "no agent"
        raise ConfigError([f"{what} of the helpdesk has the address {mail!r}"])
    if found[0].active is not True:
        raise ConfigError([f"{mail} is no active agent of the helpdesk"])
    if found[0].is_our_bot:
        raise ConfigError([f"{mail} is the agent that deskwarden works as, and no person"])
    return found[0]


def _folded(mail: str) -> str:
    return mail.strip().casefold()
