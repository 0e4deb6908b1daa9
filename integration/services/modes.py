"""The mode of an account: how monitoring ends, and what is looked at again once it may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from integration.core import subjects
from integration.core.capabilities import Outcome
from integration.core.errors import ConfigError
from integration.core.findings import account as account_causes
from integration.core.findings.model import Seen, fingerprint
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.rows import AccountRow, RecordType
from integration.core.tables import Store, Tables
from integration.services.accounts import known
from integration.services.chain import LastLooks
from integration.services.due import make_all_due
from integration.services.findings import observe_account, observe_parked

ENDS = "account.monitor_ends"
"""Cause of the question with which monitoring ends."""
MONITOR_DAYS = timedelta(days=14)
"""How long monitoring goes on before it ends with a question, when the policy names no date."""


def set_mode(store: Store, account: str, mode: Mode, *, now: datetime) -> int:
    """Switch the mode; how many tickets are looked at again, now that they may be written to.

    Enforce is locked while the self-test showed that our writes set something off.
    """
    if mode is Mode.MONITOR:
        with store.transaction() as tables:
            _switch(tables, account, mode, now=now)
        return 0
    planned = planned_tickets(store, account)
    with store.transaction() as tables:
        _switch(tables, account, mode, now=now)
        observe_account(tables, account, ENDS, now=now, seen=Seen.PASS)
        planned.read_on(tables)
        again = map(subjects.of_ticket, planned.tickets)
        make_all_due(tables, account, again, Priority.RECHECK, now=now)
    return len(planned.tickets)


def _switch(tables: Tables, account: str, mode: Mode, *, now: datetime) -> None:
    row = known(tables, account, for_update=True)
    if mode is Mode.ENFORCE and (row.facts.get("differences") or "tested_at" not in row.facts):
        raise ConfigError(
            [f"enforce is locked for {account}: the self-test has not passed"],
            hint=f"see what to change: deskwarden account test {account}",
        )
    tables.accounts.save(replace(row, mode=mode))
    tables.audit.append(account, {"type": RecordType.MODE, "mode": mode.value}, at=now)


def planned_tickets(store: Store, account: str) -> LastLooks:
    """Tickets whose last look found something that monitor mode left alone."""
    looks = LastLooks(account, lambda look: Outcome.PLANNED in look["outcomes"].values())
    looks.read(store)
    return looks


def upkeep(store: Store, account: str, policy: Policy, *, now: datetime) -> None:
    """What time alone changes: parked rows, and a monitor phase that has come to its end."""
    with store.transaction() as tables:
        row = known(tables, account)
        observe_parked(tables, account, now=now)
        asked = tables.findings.get(account, fingerprint(account, ENDS, "account"))
    ends = monitor_ends(row, policy)
    # Once asked, it is not counted anew: nothing more would be told.
    if row.mode is not Mode.MONITOR or ends is None or now < ends or asked:
        return
    tickets = len(planned_tickets(store, account).tickets)
    facts = account_causes.monitor_ends(until=ends, tickets=tickets, surfaces=tickets)
    with store.transaction() as tables:
        if known(tables, account, for_update=True).mode is Mode.MONITOR:
            observe_account(tables, account, ENDS, facts, now=now)


def monitor_ends(row: AccountRow, policy: Policy) -> datetime | None:
    """When monitoring ends with a question."""
    if policy.monitor_until is not None and row.created is not None:
        day = policy.monitor_until
        return row.created.replace(year=day.year, month=day.month, day=day.day)
    return row.created + MONITOR_DAYS if row.created else None
