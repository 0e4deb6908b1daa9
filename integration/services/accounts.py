"""Connecting, switching and removing an account."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from integration.core.capabilities import Capabilities
from integration.core.errors import (
    AuthExpired,
    ConfigError,
    DeskwardenError,
    Forbidden,
    UnsupportedByHelpdesk,
)
from integration.core.findings import account as account_causes
from integration.core.findings.model import Seen, lettered
from integration.core.mode import Mode
from integration.core.models import Snapshot
from integration.core.policy import Hold, Policy
from integration.core.ports import Clock, Connector
from integration.core.rows import AccountRow, RecordType
from integration.core.tables import Store, Tables
from integration.services import (
    breaker,
    chain,
    holds,
    pausing,
    periodic,
    proved,
    sample_ticket,
    selftest,
    under_test,
)
from integration.services.findings import observe_account
from integration.services.opening import Opener
from integration.services.redact import Redactor
from integration.services.selftest import SelfTest

RESIDUE_REVIEW = timedelta(days=180)
"""How long an accepted standing residue holds before it is asked about again."""
WATCHED_SINCE = "watched_since"
"""Fact of an account that is only watched again: since when."""


@dataclass(frozen=True, slots=True)
class Connected:
    """An account as just connected."""

    row: AccountRow
    test: SelfTest
    capabilities: Capabilities


def connect(
    store: Store,
    clock: Clock,
    row: AccountRow,
    policy: Policy,
    open_with: Opener,
    *,
    seal: Callable[[AccountRow | None], bytes] | None = None,
) -> Connected:
    """Test the keys, prove on a scratch ticket what can be done, and store it; again and again.

    `seal`: the row brings settings of its own and `open_with` new keys, also for an account that is
    not known yet. They are sealed with the account at hand as it is stored by then: the test takes
    minutes. Raises AuthExpired, Forbidden or HelpdeskUnavailable when the keys do not work,
    ConfigError for an account that is paused or was removed meanwhile.
    """
    _refuse_paused(row)
    mark = under_test.mark_of(row.id, lettered(secrets.token_hex(8)))
    with under_test.announced(store, row.id, mark, clock):
        connected = prove(clock, row, policy, open_with, mark=mark)
    now = clock.now()
    with store.transaction() as tables:
        stored = tables.accounts.get(row.id, for_update=True)
        if seal is None:
            stored = known(tables, row.id)
        else:
            connected = replace(connected, row=replace(connected.row, sealed=seal(stored)))
        connected = _with_what_changed(connected, stored, new_keys=seal is not None, now=now)
        if stored is None:
            tables.accounts.begin_anew(row.id)
        tables.accounts.save(connected.row)
        record = {
            "type": RecordType.TESTED,
            "helpdesk": row.helpdesk,
            "facts": connected.row.facts,
        }
        tables.audit.append(row.id, record, at=now)
        periodic.ensure(tables, row.id, now=now)
        observe_residue(tables, row.id, connected.capabilities, policy, now=now)
    _clean_scratch(store, clock, connected.row, policy, open_with)
    return connected


def _refuse_paused(row: AccountRow) -> None:
    """The self-test writes, and a pause stops every write."""
    if row.paused:
        raise ConfigError(
            [f"the account {row.id} is paused ({row.paused}), and the self-test writes"],
            hint=f"first: deskwarden account resume {row.id}",
        )


def _with_what_changed(
    connected: Connected, stored: AccountRow | None, *, new_keys: bool, now: datetime
) -> Connected:
    """What was changed while the test ran stays: a pause, a mode, an answer, keys, settings."""
    row = connected.row
    if stored is None:
        return connected
    paused = paused_still(stored) if new_keys else stored.paused
    facts = {**row.facts, **proved.answered(stored.facts)}
    mode = stored.mode if proved.keeps_enforce(facts) else Mode.MONITOR
    given = row if new_keys else stored
    since = stored.facts.get(WATCHED_SINCE)
    facts |= {WATCHED_SINCE: since} if since else {}
    row = replace(row, paused=paused, facts=facts, sealed=given.sealed, settings=given.settings)
    return replace(connected, row=in_mode(replace(row, mode=stored.mode), mode, now=now))


def in_mode(row: AccountRow, mode: Mode, *, now: datetime) -> AccountRow:
    """The account in this mode; where removing ends, watching begins anew."""
    begins = row.mode is Mode.ENFORCE and mode is Mode.MONITOR
    facts = {**row.facts, WATCHED_SINCE: now.isoformat()} if begins else row.facts
    return replace(row, mode=mode, facts=facts)


def paused_still(row: AccountRow) -> str | None:
    """Why the account stays paused though it is given new keys."""
    return None if row.paused == AuthExpired.reason else row.paused


def _clean_scratch(
    store: Store, clock: Clock, row: AccountRow, policy: Policy, open_with: Opener
) -> None:
    """Remove the test card from wherever the scratch ticket still has it.

    The ticket is ours, so this is done in monitor mode too; what cannot be removed there is a
    finding like any other.
    """
    ours = replace(
        policy, mode=Mode.ENFORCE, hold=Hold(), enforce_departments=None, enforce_kinds=None
    )
    scratch = proved.scratch_ticket(row.facts)
    connector = open_with(row, row.facts)
    try:
        redactor = Redactor(row.id, connector, ours, store, clock, writes_in=frozenset(Mode))
        redactor.run(scratch)
    except DeskwardenError as error:
        error.add_note(
            f"the account {row.id} is connected; its closed scratch ticket "
            f"{scratch} may still hold the published test card"
        )
        raise
    finally:
        connector.close()


def prove(
    clock: Clock, row: AccountRow, policy: Policy, open_with: Opener, *, mark: str
) -> Connected:
    """Run the self-test and give the account the facts that it proved; stores nothing."""
    connector = open_with(row, {})
    try:
        probed = dict(connector.probe())
    finally:
        connector.close()
    connector = open_with(row, probed)
    try:
        snapshot = _who_works_here(connector, clock)
        test = selftest.run(
            connector,
            clock,
            marker=mark,
            department=policy.findings_department,
        )
        # The test itself has taught the connector more about this account.
        probed = dict(connector.probe())
    finally:
        connector.close()
    test = replace(test, differences=(*test.differences, *selftest.missing_bot(snapshot)))
    names = probed.get(holds.TAGS)
    known_so_far = holds.with_names(row.facts, names, policy) if names else row.facts
    facts = {**known_so_far, **probed, **test.facts, proved.DIFFERENCES: list(test.differences)}
    facts[proved.SCRATCH] = [*row.facts.get(proved.SCRATCH, ()), test.ticket_id]
    # What a later self-test shows takes enforce back as surely as it locks it at the start.
    mode = row.mode if proved.keeps_enforce(facts) else Mode.MONITOR
    tested = replace(row, facts=facts, mode=mode, created=row.created or clock.now())
    connector = open_with(tested, facts)
    try:
        return Connected(tested, test, connector.capabilities())
    finally:
        connector.close()


def _who_works_here(connector: Connector, clock: Clock) -> Snapshot:
    """The agents of the account; nothing where this key may not read them."""
    now = clock.now()
    try:
        return connector.snapshot(now=now)
    except (Forbidden, UnsupportedByHelpdesk):
        return Snapshot(now)


def observe_residue(
    tables: Tables, account: str, capabilities: Capabilities, policy: Policy, *, now: datetime
) -> None:
    """One finding per account for the copies that no API can reach, with an owner and an expiry."""
    keys = capabilities.standing_residue
    expires = now + RESIDUE_REVIEW
    facts = account_causes.residue(keys, owner=policy.residue_owner, expires=expires)
    seen = Seen.FAIL if keys else Seen.PASS
    observe_account(tables, account, "residue.standing", facts, now=now, seen=seen)


def pause(tables: Tables, account: str, *, now: datetime) -> None:
    """Stop every write at once; what arrives meanwhile stays due."""
    known(tables, account)
    pausing.pause(tables, account, pausing.ADMIN, now=now)


def resume(tables: Tables, account: str, *, now: datetime) -> None:
    """Allow writes again; the reasons for an automatic pause are taken as answered."""
    known(tables, account)
    tables.accounts.set_paused(account, None)
    breaker.count_anew(tables, account, now=now)
    tables.audit.append(account, {"type": RecordType.RESUMED}, at=now)
    for cause in ("account.breaker", "account.auth_expired"):
        observe_account(tables, account, cause, now=now, seen=Seen.PASS)


def known(tables: Tables, account: str, *, for_update: bool = False) -> AccountRow:
    """The account; ConfigError when there is none of that name."""
    row = tables.accounts.get(account, for_update=for_update)
    if row is None:
        names = ", ".join(r.id for r in tables.accounts.list()) or "none yet"
        raise ConfigError([f"no account {account!r}"], hint=f"connected accounts: {names}")
    return row


def once_known(tables: Tables, account: str) -> None:
    """Raise ConfigError where no account has that name and none had it: removed ones keep a chain.

    A name that was mistyped must not read as one that has nothing to tell.
    """
    if tables.audit.head(account) is None:
        known(tables, account)


def made_by_us(store: Store, account: str) -> Mapping[str, Any]:
    """What stands in the helpdesk because of us: told when an account is removed.

    By the audit chain too, for the outbox forgets what was sent.
    """
    told = chain.told_in(store, account)
    with store.transaction() as tables:
        row = known(tables, account)
        samples = (tables.values.get(account, sample_ticket.STATE) or {}).get("tickets", ())
        tickets = {f.ticket_id for f in tables.findings.list(account) if f.ticket_id}
    return {
        "scratch_tickets": row.facts.get(proved.SCRATCH, []),
        "tickets": sorted(tickets.union(told, samples)),
    }


def remove(tables: Tables, account: str, *, now: datetime) -> None:
    """Forget the account, its sealed keys and its work; its audit chain stays.

    So do its findings, until another account is given its name.
    """
    known(tables, account, for_update=True)
    tables.audit.append(account, {"type": RecordType.REMOVED}, at=now)
    tables.accounts.remove(account)
