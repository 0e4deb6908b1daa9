from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from integration.core.errors import PermanentError
from integration.core.findings.model import Finding, Severity, State
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.rows import AccountRow, OutboxRow, RedactionRow

HOUR = timedelta(hours=1)
CARD = "4111 1111 1111 1111"


@pytest.fixture
def now(clock):
    return clock.now()


@pytest.fixture
def tables(store):
    with store.transaction() as tables:
        yield tables


@pytest.fixture
def account(now):
    return AccountRow(
        id="acme",
        helpdesk="liveagent",
        settings={"url": "https://acme.example", "requests_per_minute": 180},
        sealed=b"\x00sealed",
        mode=Mode.ENFORCE,
        facts={"delete_erases": True},
        created=now,
    )


@pytest.fixture
def finding(now):
    return Finding(
        account="acme",
        fingerprint="00ff",
        cause="card.sad",
        resource="ticket:1",
        severity=Severity.HIGH,
        facts={"surfaces": ["message:1"]},
        first_seen=now,
        last_seen=now + HOUR,
        due=now + 72 * HOUR,
    )


@pytest.fixture
def letter(now):
    return OutboxRow("acme", "open:00ff", "open", {"key": "finding.card.sad"}, created=now)


@pytest.fixture
def redaction(now):
    return RedactionRow(
        account="acme",
        ticket="1",
        surface="message:1",
        method="repost",
        step="planned",
        place={"id": "message:1", "kinds": ["CVV", "PAN"]},
        started=now,
        updated=now,
    )


def test_an_account_is_read_as_it_was_saved(tables, account):
    tables.accounts.save(account)
    tables.accounts.save(replace(account, id="other", mode=Mode.MONITOR, created=None))
    assert tables.accounts.get("acme") == account
    assert [row.id for row in tables.accounts.list()] == ["acme", "other"]
    assert tables.accounts.get("nobody") is None


def test_saving_an_account_again_replaces_it(tables, account):
    tables.accounts.save(account)
    changed = replace(account, sealed=b"other", facts={})
    tables.accounts.save(changed)
    assert tables.accounts.list() == [changed]


def test_an_account_is_paused_and_resumed(tables, account):
    tables.accounts.save(account)
    tables.accounts.set_paused("acme", "breaker")
    assert tables.accounts.get("acme") == replace(account, paused="breaker")
    tables.accounts.set_paused("acme", None)
    assert tables.accounts.get("acme") == account


def test_a_removed_account_leaves_its_audit_rows_and_no_work(tables, account, now):
    tables.accounts.save(account)
    tables.due.upsert("acme", "ticket:1", due_at=now, priority=Priority.LIVE)
    tables.due.upsert("other", "ticket:1", due_at=now, priority=Priority.LIVE)
    tables.values.put("acme", "cursor", {"at": 1})
    link = tables.audit.append("acme", {"what": "removed"}, at=now)
    tables.accounts.remove("acme")
    assert tables.accounts.get("acme") is None
    assert [row["account"] for row in tables.due.rows()] == ["other"]
    assert tables.values.get("acme", "cursor") is None
    assert tables.audit.head("acme") == link


def filled(tables, account, redaction, now):
    """All that is remembered of an account beside its row, its due rows and its audit chain."""
    name = account.id
    tables.seen.record(name, "1", changed="a", scanned_with="rules 1")
    tables.swept.add(name, {"1": None})
    tables.outbox.put(OutboxRow(name, "ref", "open", {}, now))
    tables.results.replace(name, [{"check": "c", "status": "fail", "resource": "r"}], at=now)
    tables.findings.save(Finding(name, "f", "card.sad", "ticket:1", Severity.HIGH, ticket_id="9"))
    tables.redactions.save(replace(redaction, account=name))


def remembered(tables, name):
    """What of it is left: the names of the tables."""
    found = {
        "seen": tables.seen.is_seen(name, "1", changed="a", scanned_with="rules 1"),
        "swept": tables.swept.counts(name).tickets,
        "outbox": tables.outbox.waiting(name),
        "results": tables.results.list(name),
        "findings": tables.findings.list(name),
        "redactions": tables.redactions.of_ticket(name, "1"),
    }
    return {table for table, rows in found.items() if rows}


def test_what_a_removed_account_was_to_do_and_had_read_is_forgotten(
    tables, account, redaction, now
):
    for each in (account, replace(account, id="other")):
        filled(tables, each, redaction, now)
    tables.accounts.remove("acme")
    assert remembered(tables, "acme") == {"findings", "redactions"}
    assert len(remembered(tables, "other")) == 6


def test_a_new_account_begins_with_nothing_but_the_chain_of_an_earlier_one_of_its_name(
    tables, account, redaction, now
):
    for each in (account, replace(account, id="other")):
        filled(tables, each, redaction, now)
    link = tables.audit.append("acme", {"what": "removed"}, at=now)
    tables.accounts.begin_anew("acme")
    assert remembered(tables, "acme") == set()
    assert tables.audit.head("acme") == link
    assert len(remembered(tables, "other")) == 6


def test_only_the_newest_state_of_a_ticket_is_seen(tables):
    tables.seen.record("acme", "1", changed="a", scanned_with="rules 1")
    assert tables.seen.is_seen("acme", "1", changed="a", scanned_with="rules 1")
    assert not tables.seen.is_seen("acme", "1", changed="a", scanned_with="rules 2")
    assert not tables.seen.is_seen("other", "1", changed="a", scanned_with="rules 1")
    tables.seen.record("acme", "1", changed="b", scanned_with="rules 1")
    assert tables.seen.is_seen("acme", "1", changed="b", scanned_with="rules 1")
    assert not tables.seen.is_seen("acme", "1", changed="a", scanned_with="rules 1")


def test_a_redaction_is_read_as_it_was_saved(tables, redaction):
    tables.redactions.save(redaction)
    other = replace(redaction, surface="subject", outcome="gone", started=None)
    tables.redactions.save(other)
    tables.redactions.save(replace(redaction, ticket="2"))
    assert tables.redactions.of_ticket("acme", "1") == {"message:1": redaction, "subject": other}
    advanced = replace(redaction, step="copied")
    tables.redactions.save(advanced)
    assert tables.redactions.of_ticket("acme", "1")["message:1"] == advanced


def test_a_redaction_is_moved_to_another_ticket_with_the_time_of_its_removal(
    tables, redaction, clock
):
    done = replace(redaction, step="deleted", updated=clock.now())
    tables.redactions.save(done)
    tables.redactions.save(replace(redaction, surface="subject"))
    tables.redactions.move(done, ticket="2", surface="other", place={"id": "other"})
    moved = replace(done, ticket="2", surface="other", place={"id": "other"})
    assert tables.redactions.of_ticket("acme", "2") == {"other": moved}
    assert set(tables.redactions.of_ticket("acme", "1")) == {"subject"}
    assert tables.redactions.removed_in("acme", clock.now()) == (1, 1)


def test_a_redaction_saved_without_a_time_gets_the_time_now(tables, redaction, clock):
    tables.redactions.save(replace(redaction, updated=None))
    assert tables.redactions.of_ticket("acme", "1")["message:1"].updated == clock.now()


def test_a_removal_is_counted_once_at_the_time_it_was_made(tables, redaction, now):
    def step(name, at):
        tables.redactions.save(replace(redaction, step=name, updated=at))

    def removed(since):
        return tables.redactions.removed_in("acme", since).tickets

    step("planned", now)
    step("copied", now)
    assert removed(now) == 0
    step("deleted", now + HOUR)
    assert (removed(now), removed(now + HOUR)) == (1, 1)
    step("verified", now + 2 * HOUR)
    assert (removed(now + HOUR), removed(now + 2 * HOUR)) == (1, 0)
    step("planned", now + 3 * HOUR)
    step("written", now + 4 * HOUR)
    assert removed(now + 4 * HOUR) == 1
    assert tables.redactions.removed_in("other", now) == (0, 0)


def test_tickets_are_counted_once_however_many_texts_they_have_and_by_hours_of_the_clock(
    tables, redaction, now
):
    assert now.minute == 0
    for ticket, surface, minutes in (
        ("1", "a", 0),
        ("1", "b", 59),
        ("2", "a", 61),
        ("3", "a", 300),
    ):
        at = now + timedelta(minutes=minutes)
        row = replace(redaction, ticket=ticket, surface=surface, step="written", updated=at)
        tables.redactions.save(row)
    assert tables.redactions.removed_in("acme", now) == (3, 3)
    assert tables.redactions.removed_in("acme", now, besides="2") == (2, 2)
    assert tables.redactions.removed_in("acme", now + timedelta(minutes=59)) == (3, 3)
    assert tables.redactions.removed_in("acme", now + timedelta(minutes=60)) == (2, 2)


def test_a_finding_is_read_as_it_was_saved(tables, finding):
    tables.findings.save(finding)
    assert tables.findings.get("acme", "00ff") == finding
    assert tables.findings.get("other", "00ff") is None
    resolved = replace(finding, state=State.RESOLVED, ticket_id="T-1", reopened=1, due=None)
    tables.findings.save(resolved)
    assert tables.findings.list() == [resolved]


def test_findings_are_listed_oldest_first_by_account_and_state(tables, finding, now):
    old = replace(finding, fingerprint="ff", first_seen=now - HOUR)
    closed = replace(finding, fingerprint="01", state=State.RESOLVED, first_seen=now + HOUR)
    other = replace(finding, account="other", first_seen=now + 2 * HOUR)
    for saved in (closed, other, finding, old):
        tables.findings.save(saved)
    assert tables.findings.list() == [old, finding, closed, other]
    assert tables.findings.list("acme") == [old, finding, closed]
    assert tables.findings.list("acme", states=[State.RESOLVED]) == [closed]
    assert tables.findings.list(states=["open"]) == [old, finding, other]


def test_the_outbox_takes_a_key_once(tables, letter):
    assert tables.outbox.put(letter)
    assert not tables.outbox.put(replace(letter, kind="note"))
    assert tables.outbox.put(replace(letter, account="other"))
    assert tables.outbox.waiting("acme") == [letter]


def test_the_outbox_gives_the_oldest_first(tables, letter, now):
    older = replace(letter, dedupe_key="older", created=now - HOUR)
    tables.outbox.put(letter)
    tables.outbox.put(older)
    assert tables.outbox.waiting("acme") == [older, letter]
    assert tables.outbox.waiting("acme", limit=1) == [older]


def test_what_was_sent_no_longer_waits_and_is_still_known(tables, letter, now):
    tables.outbox.put(letter)
    tables.outbox.failed("acme", letter.dedupe_key)
    assert tables.outbox.waiting("acme") == [replace(letter, attempts=1)]
    tables.outbox.sent("acme", letter.dedupe_key, ticket_id="T-1", now=now)
    assert tables.outbox.waiting("acme") == []
    assert not tables.outbox.put(letter)


def test_a_named_value_is_replaced(tables):
    assert tables.values.get("acme", "cursor") is None
    tables.values.put("acme", "cursor", {"at": "a"})
    tables.values.put("other", "cursor", {"at": "c"})
    tables.values.put("acme", "cursor", {"at": "b", "deep": [1, None]})
    assert tables.values.get("acme", "cursor") == {"at": "b", "deep": [1, None]}


def test_a_result_that_did_not_change_keeps_its_since(tables, now):
    def result(check, status):
        return {"check": check, "status": status, "resource": "agent:1", "facts": {"n": 1}}

    tables.results.replace("acme", [result("a", "fail"), result("b", "fail")], at=now)
    tables.results.replace("other", [result("a", "pass")], at=now)
    tables.results.replace("acme", [result("a", "fail"), result("b", "pass")], at=now + HOUR)
    first, second = "2026-03-01T12:00:00.123456+00:00", "2026-03-01T13:00:00.123456+00:00"
    assert tables.results.list("acme") == [
        result("a", "fail") | {"since": first, "at": second},
        result("b", "pass") | {"since": second, "at": second},
    ]
    tables.results.replace("acme", [], at=now)
    assert tables.results.list("acme") == []
    assert len(tables.results.list("other")) == 1


@pytest.mark.parametrize(
    "table", ["findings", "outbox", "values", "accounts", "results", "redactions"]
)
def test_no_table_takes_card_data(tables, table, finding, letter, account, redaction, now):
    facts = {"note": CARD}
    save = {
        "findings": lambda: tables.findings.save(replace(finding, facts=facts)),
        "outbox": lambda: tables.outbox.put(replace(letter, payload=facts)),
        "values": lambda: tables.values.put("acme", "cursor", facts),
        "redactions": lambda: tables.redactions.save(replace(redaction, place=facts)),
        "accounts": lambda: tables.accounts.save(replace(account, facts=facts)),
        "results": lambda: tables.results.replace(
            "acme", [{"check": "a", "status": "fail", "resource": "r", "facts": facts}], at=now
        ),
    }[table]
    with pytest.raises(PermanentError) as caught:
        save()
    assert caught.value.reason == "card_in_record"


def test_pruning_forgets_only_what_is_old_and_done(store, letter, now, clock):
    with store.transaction() as tables:
        tables.seen.record("acme", "old", changed="a", scanned_with="r")
        tables.outbox.put(letter)
        tables.outbox.put(replace(letter, dedupe_key="sent"))
        tables.outbox.sent("acme", "sent", ticket_id="T-1", now=now)
        clock.sleep(60)
        tables.seen.record("acme", "young", changed="a", scanned_with="r")
    assert store.prune(clock.now()) == {"seen": 1, "deliveries": 0, "outbox": 1}
    with store.transaction() as tables:
        assert tables.seen.is_seen("acme", "young", changed="a", scanned_with="r")
        assert tables.outbox.waiting("acme") == [letter]
