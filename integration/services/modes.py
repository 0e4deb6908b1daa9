"""The mode of an account: how monitoring ends, and what is looked at again once it may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from integration.core import subjects
from integration.core.capabilities import Outcome
from integration.core.errors import ConfigError
from integration.core.findings import account as account_causes
from integration.core.findings.account import watched_time
from integration.core.findings.model import Seen, fingerprint
from integration.core.messages import Message, say
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.rows import AccountRow, RecordType
from integration.core.tables import Store, Tables
from integration.services import proved
from integration.services.accounts import WATCHED_SINCE, in_mode, known
from integration.services.chain import LastLooks
from integration.services.due import make_all_due
from integration.services.findings import observe_account, observe_parked

ENDS = "account.monitor_ends"
"""Cause of the question with which monitoring ends."""
MONITOR_DAYS = timedelta(days=14)
"""How long monitoring goes on before it ends with a question, when the policy names no date."""


def set_mode(
    store: Store, account: str, mode: Mode, *, now: datetime, mail_checked: bool = False
) -> int:
    """Switch the mode; how many tickets are looked at again, now that they may be written to.

    Enforce is locked while the self-test showed that our writes set something off, and where it
    cannot see mails until a person has looked: `mail_checked` says so, and is on record. Raises
    ConfigError.
    """
    if mode is Mode.MONITOR:
        with store.transaction() as tables:
            _switch(tables, account, mode, now=now)
        return 0
    planned = planned_tickets(store, account)
    with store.transaction() as tables:
        _unlock(tables, account, now=now, mail_checked=mail_checked)
        _switch(tables, account, mode, now=now)
        observe_account(tables, account, ENDS, now=now, seen=Seen.PASS)
        planned.read_on(tables)
        again = map(subjects.of_ticket, planned.tickets)
        make_all_due(tables, account, again, Priority.RECHECK, now=now)
    return len(planned.tickets)


def _switch(tables: Tables, account: str, mode: Mode, *, now: datetime) -> None:
    row = known(tables, account, for_update=True)
    tables.accounts.save(in_mode(row, mode, now=now))
    tables.audit.append(account, {"type": RecordType.MODE, "mode": mode.value}, at=now)


def _unlock(tables: Tables, account: str, *, now: datetime, mail_checked: bool) -> None:
    row = known(tables, account, for_update=True)
    if not proved.has_passed(row.facts):
        raise ConfigError(
            [f"enforce is locked for {account}: the self-test has not passed"],
            hint=f"see what to change: deskwarden account test {account}",
        )
    question = proved.mail_question(row.facts)
    if question is None:
        return
    if not mail_checked:
        raise ConfigError(
            [f"enforce is locked for {account}: whether the self-test set off a mail is unknown"],
            hint=how_to_answer(account, question),
        )
    tables.accounts.save(replace(row, facts=proved.with_mail_checked(row.facts, now=now)))
    record = {"type": RecordType.MAIL_CHECKED, "ticket": proved.scratch_ticket(row.facts)}
    tables.audit.append(account, record, at=now)


def how_to_answer(account: str, question: Message) -> str:
    """Where a person looks for mails, and the command that puts on record that there are none."""
    where = say(question.key, "en", **question.params)
    return f"{where} If there is none: deskwarden account mode {account} enforce --mail-checked"


def planned_tickets(store: Store, account: str) -> LastLooks:
    """Tickets whose last look found something that monitor mode left alone."""
    looks = LastLooks(account, lambda look: [*look["outcomes"].values()].count(Outcome.PLANNED))
    looks.read(store)
    return looks


class Watching(NamedTuple):
    """The time in which an account is only watched."""

    begun: datetime
    ends: datetime
    """When a question asks how to go on."""


def upkeep(store: Store, account: str, policy: Policy, *, now: datetime) -> None:
    """What time alone changes: parked rows, and a monitor phase that has come to its end."""
    with store.transaction() as tables:
        row = known(tables, account)
        observe_parked(tables, account, now=now)
        watched = watching(row, policy)
        if watched and now < watched.ends:  # a question that is open was answered by a later day
            observe_account(tables, account, ENDS, now=now, seen=Seen.PASS)
        asked = tables.findings.get(account, fingerprint(account, ENDS, "account"))
    # Once asked, it is not counted anew: nothing more would be told.
    if watched and now >= watched.ends and not (asked and watched_time(*watched) in asked.members):
        _ask(store, account, watched, now=now)


def _ask(store: Store, account: str, watched: Watching, *, now: datetime) -> None:
    left = planned_tickets(store, account).tickets
    facts = account_causes.monitor_ends(
        begun=watched.begun,
        until=watched.ends,
        tickets=len(left),
        surfaces=sum(left.values()),
    )
    with store.transaction() as tables:
        if known(tables, account, for_update=True).mode is Mode.MONITOR:
            observe_account(tables, account, ENDS, facts, now=now)


def monitor_ends(row: AccountRow, policy: Policy) -> datetime | None:
    """When monitoring ends with a question; None where there is none."""
    watched = watching(row, policy)
    return watched.ends if watched else None


def watching(row: AccountRow, policy: Policy) -> Watching | None:
    """Since when an account is only watched, and until when; None where it is not, or not known.

    The day that the policy names counts for whenever it was begun.
    """
    if row.mode is not Mode.MONITOR or row.created is None:
        return None
    since = row.facts.get(WATCHED_SINCE)
    begun = datetime.fromisoformat(since) if since else row.created
    day = policy.monitor_until
    if day is None:
        return Watching(begun, begun + MONITOR_DAYS)
    return Watching(begun, row.created.replace(year=day.year, month=day.month, day=day.day))
