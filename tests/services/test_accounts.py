"""Connecting, switching, pausing and removing an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.memory_desk import MemoryDesk

from integration.core.capabilities import Capabilities, Capability, Method
from integration.core.errors import AuthExpired, ConfigError, HelpdeskUnavailable
from integration.core.findings.texts import render
from integration.core.mode import Mode
from integration.core.models import Agent, AgentRole, Priority, Snapshot
from integration.core.policy import Hold, Policy
from integration.core.rows import AccountRow, RecordType
from integration.core.surfaces import Direction, SurfaceKind
from integration.services import (
    accounts,
    chain,
    journal,
    modes,
    periodic,
    proved,
    sample_ticket,
)
from integration.services.publish import publish
from integration.services.selftest import TEST_CARD

MONITOR = Policy(mode=Mode.MONITOR)
MARK = "[DW-selftest-new]"
BOT = Agent("bot", "Bot", "bot@acme.example", AgentRole.AGENT, is_our_bot=True)
NEW = AccountRow("new", "memory", {"place": "Oslo"}, b"sealed")


class Openable(MemoryDesk):
    """A desk that says what it was opened with and whether it was closed again."""

    def __init__(self, clock):
        super().__init__(clock)
        self.opened, self.closed = [], 0

    def open(self, row, facts):
        self.opened.append(dict(facts))
        return self

    def probe(self):
        return {"timezone": "Europe/Oslo"}

    def close(self):
        self.closed += 1


@pytest.fixture
def desk(clock):
    return Openable(clock)


@pytest.fixture
def connect(desk, store, clock):
    def connect(row=NEW, policy=MONITOR, *, new_keys=True):
        seal = (lambda _stored: row.sealed) if new_keys else None
        return accounts.connect(store, clock, row, policy, desk.open, seal=seal)

    return connect


@pytest.fixture
def tables(store):
    with store.transaction() as tables:
        yield tables


def findings(tables, account="acme"):
    return {f.cause: f.state for f in tables.findings.list(account)}


def chatty(desk):
    """A rule of this desk answers every new ticket."""
    create = desk.create_ticket

    def create_and_answer(draft):
        ticket = create(draft)
        reply = desk.message("Thank you!", direction=Direction.OUTBOUND)
        desk.surfaces[ticket].append(reply)
        return ticket

    desk.create_ticket = create_and_answer


def test_a_connected_account_is_stored_with_what_was_proved(connect, store, desk, clock):
    connected = connect()
    with store.transaction() as tables:
        row = tables.accounts.get("new")
        subjects = {r["subject"] for r in tables.due.rows("new")}
        records = [r.record["type"] for r in tables.audit.rows("new")]
        told = findings(tables, "new")
    assert row == connected.row
    assert row.mode is Mode.MONITOR
    assert row.created == clock.now()
    assert row.facts["timezone"] == "Europe/Oslo"
    assert row.facts["delete_erases"] is True
    assert row.facts["differences"] == []
    assert row.facts["scratch_tickets"][-1] == connected.test.ticket_id
    assert subjects >= periodic.EVERY.keys()
    assert records == ["account.tested", "ticket.scanned"]
    assert told == {"residue.standing": "open"}


def test_who_answers_for_standing_residue_is_whom_the_policy_names(connect, store):
    connect(policy=replace(MONITOR, residue_owner="IT security"))
    with store.transaction() as tables:
        (finding,) = tables.findings.list("new")
    assert finding.cause == "residue.standing"
    assert "Owner: IT security" in render(finding, "en").body


def test_a_scratch_ticket_that_could_not_be_cleaned_is_named_and_the_account_is_connected(
    connect, store, desk
):
    def silent_once_proved(row, facts):
        if "scratch_tickets" in facts:
            desk.errors = [HelpdeskUnavailable("no")]
        return Openable.open(desk, row, facts)

    desk.open = silent_once_proved
    with pytest.raises(HelpdeskUnavailable) as caught:
        connect()
    (ticket,) = desk.tickets
    assert f"scratch ticket {ticket} may still hold" in caught.value.__notes__[0]
    with store.transaction() as tables:
        assert tables.accounts.get("new").facts["scratch_tickets"] == [ticket]


def test_what_was_probed_is_given_to_the_test_and_what_was_proved_to_the_matrix(connect, desk):
    connect()
    first, second, third, fourth = desk.opened
    assert first == {}
    assert second == {"timezone": "Europe/Oslo"}
    assert third["delete_erases"] is True
    assert fourth == third
    assert desk.closed == 4


def test_the_test_card_is_removed_from_the_scratch_ticket_though_the_account_only_watches(
    connect, desk
):
    desk.keeps_old_subject = True
    history = {SurfaceKind.HISTORY: Capability((Method.REDACT,))}
    desk.matrix = Capabilities({**desk.matrix.by_kind, **history})
    connected = connect()
    assert connected.row.mode is Mode.MONITOR
    assert TEST_CARD not in desk.text_of(connected.test.ticket_id)


def test_a_wrong_key_stores_nothing_and_closes_the_connector(connect, store, desk):
    desk.errors.append(AuthExpired("no"))
    with pytest.raises(AuthExpired):
        connect()
    with store.transaction() as tables:
        assert tables.accounts.get("new") is None
        assert tables.due.rows("new") == []
    assert desk.closed == len(desk.opened)


def test_the_scratch_ticket_goes_to_the_department_of_findings(connect, desk):
    connect(policy=replace(MONITOR, findings_department="compliance"))
    connect()
    own = [t.department for t in desk.tickets.values()]
    assert own == ["compliance", None], "without one, where the connector was told to write"


def test_an_account_that_leaves_nothing_behind_has_no_residue_finding(connect, store, desk):
    desk.matrix = replace(desk.matrix, standing_residue=())
    connect()
    with store.transaction() as tables:
        assert findings(tables, "new") == {}


@pytest.fixture
def meanwhile(desk, store):
    """Change the stored account while the self-test of the next connection runs."""

    def meanwhile(**changes):
        create = desk.create_ticket

        def create_and_change(draft):
            with store.transaction() as tables:
                tables.accounts.save(replace(tables.accounts.get("new"), **changes))
            return create(draft)

        desk.create_ticket = create_and_change

    return meanwhile


@pytest.mark.parametrize("new_keys", [True, False], ids=["new keys", "test again"])
def test_a_pause_and_a_mode_that_were_set_during_a_self_test_stay(
    connect, store, meanwhile, new_keys
):
    row = connect().row
    meanwhile(paused="admin", mode=Mode.ENFORCE)
    assert connect(row, new_keys=new_keys).row.paused == "admin"
    with store.transaction() as tables:
        stored = tables.accounts.get("new")
    assert (stored.paused, stored.mode) == ("admin", Mode.ENFORCE)


def test_a_switch_to_monitor_during_a_self_test_is_remembered(connect, store, meanwhile, clock):
    row = connect().row
    meanwhile(facts={**row.facts, accounts.WATCHED_SINCE: "2026-05-01"})
    connect(row, new_keys=False)
    with store.transaction() as tables:
        assert tables.accounts.get("new").facts[accounts.WATCHED_SINCE] == "2026-05-01"


def test_keys_and_settings_that_were_given_anew_during_a_self_test_stay(connect, store, meanwhile):
    row = connect().row
    meanwhile(sealed=b"sealed anew", settings={"place": "Bergen"})
    connect(row, new_keys=False)
    with store.transaction() as tables:
        stored = tables.accounts.get("new")
    assert (stored.sealed, stored.settings) == (b"sealed anew", {"place": "Bergen"})


def test_an_account_that_was_removed_during_a_self_test_stays_removed(connect, store, desk):
    row = connect().row
    create = desk.create_ticket

    def create_and_remove(draft):
        with store.transaction() as tables:
            tables.accounts.remove("new")
        return create(draft)

    desk.create_ticket = create_and_remove
    with pytest.raises(ConfigError, match="no account 'new'"):
        connect(row, new_keys=False)
    with store.transaction() as tables:
        assert tables.accounts.get("new") is None


def test_new_keys_end_the_pause_that_the_old_ones_caused(connect, store, meanwhile):
    row = connect().row
    meanwhile(paused="auth_expired", sealed=b"sealed anew")
    assert connect(replace(row, sealed=b"new")).row.paused is None
    with store.transaction() as tables:
        assert tables.accounts.get("new").sealed == b"new"


@pytest.mark.parametrize("reason", ["admin", "breaker"])
def test_no_self_test_writes_to_a_paused_account(connect, desk, reason):
    with pytest.raises(ConfigError, match=f"is paused \\({reason}\\)") as caught:
        connect(replace(NEW, paused=reason))
    assert caught.value.hint == "first: deskwarden account resume new"
    assert desk.tickets == {}


def test_a_tag_that_was_renamed_just_before_a_self_test_still_holds(connect, desk):
    desk.probe = lambda: {"tags": {"d1sp": "quarrel"}}
    policy = replace(MONITOR, hold=Hold(tags=frozenset({"Dispute"})))
    row = replace(NEW, facts={"tags": {"d1sp": "dispute"}})
    assert connect(row, policy).row.facts["renamed_hold_tags"] == {"d1sp": "dispute"}


def test_a_new_self_test_that_shows_a_difference_takes_enforce_back(desk, clock):
    chatty(desk)
    row = replace(NEW, mode=Mode.ENFORCE, created=clock.now())
    again = accounts.prove(clock, row, MONITOR, desk.open, mark=MARK)
    assert again.row.mode is Mode.MONITOR
    assert "selftest.outbox" in again.row.facts["differences"]


def test_a_self_test_that_takes_enforce_back_begins_a_new_time_of_watching(
    connect, store, desk, clock
):
    row = replace(connect().row, mode=Mode.ENFORCE)
    with store.transaction() as tables:
        tables.accounts.save(row)
    chatty(desk)
    again = connect(row, new_keys=False).row
    assert again.mode is Mode.MONITOR
    assert again.facts[accounts.WATCHED_SINCE] == clock.now().isoformat()


def test_a_new_self_test_that_passes_keeps_the_mode_and_the_age(desk, clock):
    created = clock.now() - timedelta(days=40)
    row = replace(NEW, mode=Mode.ENFORCE, created=created, facts={"differences": ["x"], "kept": 1})
    again = accounts.prove(clock, row, MONITOR, desk.open, mark=MARK)
    assert (again.row.mode, again.row.created) == (Mode.ENFORCE, created)
    assert again.row.facts["differences"] == []
    assert again.row.facts["kept"] == 1


@pytest.mark.parametrize(
    ("facts", "mode"),
    [({"mail_checked": {"ticket": "t1", "at": "x"}}, Mode.ENFORCE), ({}, Mode.MONITOR)],
    ids=["looked_before", "never_looked"],
)
def test_where_mails_are_hidden_enforce_stays_only_if_somebody_has_looked_once(
    desk, clock, facts, mode
):
    desk.matrix = replace(desk.matrix, mail_by_hand="liveagent.mail_by_hand")
    row = replace(NEW, mode=Mode.ENFORCE, facts=facts)
    again = accounts.prove(clock, row, MONITOR, desk.open, mark=MARK).row
    assert again.mode is mode
    assert proved.mail_question(again.facts).params == {"ticket": again.facts["scratch_code"]}


def test_an_answer_that_is_given_while_a_self_test_runs_is_kept(connect, desk, store):
    desk.matrix = replace(desk.matrix, mail_by_hand="liveagent.mail_by_hand")
    row = connect().row
    fetch = desk.fetch

    def answer(*args, **rest):
        desk.fetch = fetch
        modes.set_mode(store, "new", Mode.ENFORCE, now=desk.clock.now(), mail_checked=True)
        return fetch(*args, **rest)

    desk.fetch = answer
    again = connect(row, new_keys=False).row
    assert again.mode is Mode.ENFORCE
    assert again.facts["mail_checked"]["ticket"] == row.facts["scratch_tickets"][-1]


def test_pause_and_resume_are_on_record(tables, clock):
    for _ in range(2):  # the second changes nothing, and is no record
        accounts.pause(tables, "acme", now=clock.now())
    assert tables.accounts.get("acme").paused == "admin"
    accounts.resume(tables, "acme", now=clock.now())
    assert tables.accounts.get("acme").paused is None
    assert [r.record["type"] for r in tables.audit.rows("acme")] == [
        "account.paused",
        "account.resumed",
    ]


def test_what_became_due_while_paused_is_worked_after_resume(tables, clock):
    accounts.pause(tables, "acme", now=clock.now())
    tables.due.upsert("acme", "ticket:1", due_at=clock.now(), priority=Priority.LIVE)
    accounts.resume(tables, "acme", now=clock.now())
    (claim,) = tables.due.claim("w", now=clock.now(), lease=60, limit=9, accounts=["acme"])
    assert claim.subject == "ticket:1"


@pytest.mark.parametrize("act", [accounts.pause, accounts.resume, accounts.remove])
def test_an_unknown_account_is_named_with_those_that_are_known(tables, clock, act):
    with pytest.raises(ConfigError, match="no account 'nobody'") as caught:
        act(tables, "nobody", now=clock.now())
    assert caught.value.hint == "connected accounts: acme"


def test_without_any_account_it_says_so(tables):
    tables.accounts.remove("acme")
    with pytest.raises(ConfigError) as caught:
        accounts.known(tables, "acme")
    assert "none yet" in caught.value.hint


def test_a_removed_account_loses_its_keys_and_its_work_but_not_its_record(tables, clock):
    tables.due.upsert("acme", "ticket:1", due_at=clock.now(), priority=Priority.LIVE)
    accounts.remove(tables, "acme", now=clock.now())
    assert tables.accounts.get("acme") is None
    assert tables.due.rows("acme") == []
    assert [r.record["type"] for r in tables.audit.rows("acme")] == ["account.removed"]
    assert tables.audit.broken([*tables.audit.rows("acme")], None) is None


def test_an_account_under_the_name_of_a_removed_one_knows_none_of_its_tickets(
    connect, store, desk, clock
):
    connect()
    with store.transaction() as tables:
        (finding,) = tables.findings.list("new")
        tables.findings.save(replace(finding, ticket_id="17"))
        accounts.remove(tables, "new", now=clock.now())
        assert [f.ticket_id for f in tables.findings.list("new")] == ["17"]
    connect()
    with store.transaction() as tables:
        assert [f.ticket_id for f in tables.findings.list("new")] == [None]
        assert [row.kind for row in tables.outbox.waiting("new")] == ["open"]
    assert chain.verify(store, "new").wrong is None


def test_what_we_made_is_told(connect, store, clock):
    first = connect()
    tested = [first.test.ticket_id, connect(first.row).test.ticket_id]
    with store.transaction() as tables:
        finding = tables.findings.list("new")[0]
        tables.findings.save(replace(finding, ticket_id="t900"))
        tables.values.put("new", sample_ticket.STATE, {"tickets": ["t901"], "rows": []})
    made = accounts.made_by_us(store, "new")
    assert made == {"scratch_tickets": tested, "tickets": ["t900", "t901"]}


def test_a_journal_is_told_when_what_was_sent_to_it_is_long_forgotten(connect, store, desk, clock):
    connect()
    publish("new", desk, store, Policy(), clock)
    clock.forward(days=1)
    assert journal.write("new", store, clock)
    publish("new", desk, store, Policy(), clock)
    (month,) = (ticket for ticket in desk.tickets if "journal" in desk.text_of(ticket).lower())
    clock.forward(days=91)
    assert store.prune(clock.now() - timedelta(days=90))["outbox"]
    assert month in accounts.made_by_us(store, "new")["tickets"]


def test_what_stands_for_an_earlier_account_of_the_name_is_not_told(connect, store, desk, clock):
    connect()
    publish("new", desk, store, Policy(), clock)
    assert accounts.made_by_us(store, "new")["tickets"]
    with store.transaction() as tables:
        accounts.remove(tables, "new", now=clock.now())
    connect()
    assert accounts.made_by_us(store, "new")["tickets"] == []


def test_a_finding_that_was_over_before_it_was_told_has_no_ticket_to_tell(store, clock):
    record = {"type": RecordType.TOLD, "kind": "close", "ticket": "", "ref": "a"}
    with store.transaction() as tables:
        tables.audit.append("acme", record, at=clock.now())
    assert accounts.made_by_us(store, "acme")["tickets"] == []


@pytest.mark.parametrize(
    ("agents", "differences"),
    [
        ((), ["selftest.bot"]),
        ((BOT,), []),
        ((replace(BOT, active=False),), ["selftest.bot"]),
    ],
    ids=["unknown", "active", "deactivated"],
)
def test_a_bot_agent_that_does_not_exist_locks_enforce(connect, desk, clock, agents, differences):
    readable = frozenset({"agents"})
    desk.snapshot = lambda *, now: Snapshot(now, agents=agents, readable=readable)
    assert connect().row.facts["differences"] == differences


def test_where_agents_cannot_be_read_the_bot_is_not_missed(connect):
    assert connect().row.facts["differences"] == []
