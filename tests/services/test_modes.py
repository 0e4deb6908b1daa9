"""The mode of an account: when monitoring ends, and what enforce makes due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.memory_desk import CARD

from integration.core.errors import ConfigError
from integration.core.findings.account import observe
from integration.core.findings.model import Seen
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.services import findings, modes

MONITOR = Policy(mode=Mode.MONITOR)
PROVED = {"tested_at": "2026-04-01", "differences": [], "mail_by_hand": ""}
HIDES_MAIL = PROVED | {
    "mail_by_hand": "liveagent.mail_by_hand",
    "scratch_tickets": ["t1", "t2"],
    "scratch_code": "OGE-2",
}


@pytest.fixture
def account(store, clock):
    """Account acme: changed, switched and looked after, each in transactions of its own."""
    return Account(store, clock)


class Account:
    def __init__(self, store, clock):
        self._store, self._clock = store, clock
        self.change(facts=PROVED, mode=Mode.MONITOR)

    def change(self, **changes):
        with self._store.transaction() as tables:
            tables.accounts.save(replace(tables.accounts.get("acme"), **changes))

    def switch(self, mode, *, mail_checked=False, **after):
        now = self._clock.now() + timedelta(**after)
        return modes.set_mode(self._store, "acme", mode, now=now, mail_checked=mail_checked)

    def upkeep(self, policy=MONITOR, **after):
        now = self._clock.now() + timedelta(**after)
        modes.upkeep(self._store, "acme", policy, now=now)

    def look(self, ticket, **outcomes):
        """Record a look at a ticket, as a worker would."""
        record = {"type": "ticket.scanned", "ticket": ticket, "outcomes": outcomes}
        with self._store.transaction() as tables:
            tables.audit.append("acme", record, at=self._clock.now())

    @property
    def row(self):
        with self._store.transaction() as tables:
            return tables.accounts.get("acme")

    @property
    def records(self):
        with self._store.transaction() as tables:
            return [row.record for row in tables.audit.rows("acme")]

    @property
    def due(self):
        with self._store.transaction() as tables:
            rows = tables.due.rows("acme")
        return {r["subject"]: r["priority"] for r in rows if r["subject"].startswith("ticket:")}

    @property
    def findings(self):
        with self._store.transaction() as tables:
            return {f.cause: f.state for f in tables.findings.list("acme")}

    @property
    def question(self):
        with self._store.transaction() as tables:
            (found,) = (f for f in tables.findings.list("acme") if f.cause == modes.ENDS)
        return found

    def close_by_hand(self):
        """Close the ticket of the question, as a person would."""
        seen = observe("acme", modes.ENDS, seen=Seen.CLOSED_BY_HAND)
        with self._store.transaction() as tables:
            findings.observe(tables, [seen], now=self._clock.now())


@pytest.mark.parametrize(
    "facts",
    [
        {},
        PROVED | {"differences": ["selftest.outbox"]},
        {"tested_at": "2026-04-01", "differences": []},
    ],
    ids=["never_tested", "with_a_difference", "tested_before_mail_was_asked_about"],
)
def test_enforce_is_locked_until_the_self_test_has_passed(account, facts):
    account.change(facts=facts)
    with pytest.raises(ConfigError, match="self-test has not passed"):
        account.switch(Mode.ENFORCE, mail_checked=True)
    assert account.row.mode is Mode.MONITOR
    assert account.records == []


def test_where_no_api_shows_mails_enforce_waits_for_a_person_to_look(account):
    account.change(facts=HIDES_MAIL)
    with pytest.raises(ConfigError, match="a mail is unknown") as caught:
        account.switch(Mode.ENFORCE)
    assert "Mail outbox and look for mails about ticket OGE-2" in caught.value.hint
    assert caught.value.hint.endswith("deskwarden account mode acme enforce --mail-checked")
    assert (account.row.mode, account.records) == (Mode.MONITOR, [])


def test_who_has_looked_for_mails_is_on_record_with_the_day_and_the_ticket(account, clock):
    account.change(facts=HIDES_MAIL)
    account.switch(Mode.ENFORCE, mail_checked=True)
    assert account.row.mode is Mode.ENFORCE
    assert account.row.facts["mail_checked"] == {"ticket": "t2", "at": clock.now().isoformat()}
    assert account.records == [
        {"type": "account.mail_checked", "ticket": "t2"},
        {"type": "account.mode", "mode": "enforce"},
    ]


def test_an_answer_holds_until_there_is_another_scratch_ticket(account):
    account.change(facts=HIDES_MAIL)
    account.switch(Mode.ENFORCE, mail_checked=True)
    account.switch(Mode.MONITOR)
    account.switch(Mode.ENFORCE)
    tested = account.row.facts | {"scratch_tickets": ["t1", "t2", "t3"], "scratch_code": "OGE-3"}
    account.change(facts=tested)
    with pytest.raises(ConfigError) as caught:
        account.switch(Mode.ENFORCE)
    assert "OGE-3" in caught.value.hint


def test_what_nobody_asked_about_mails_is_not_recorded(account):
    account.switch(Mode.ENFORCE, mail_checked=True)
    assert "mail_checked" not in account.row.facts
    assert [record["type"] for record in account.records] == ["account.mode"]


def test_what_monitor_left_alone_becomes_due_on_enforce_and_nothing_else(account, desk, redactor):
    card = desk.write_ticket(desk.message(f"card {CARD}"))
    file_name = Surface("file_name:1", SurfaceKind.FILE_NAME, Text("a.jpg"))
    desk.write_ticket(desk.message("hello"), file_name)
    for ticket in list(desk.tickets):
        redactor(MONITOR).run(ticket)
    assert account.switch(Mode.ENFORCE) == 1
    assert account.row.mode is Mode.ENFORCE
    assert account.due == {f"ticket:{card}": Priority.RECHECK}


def test_a_planned_place_beside_a_worse_one_is_not_forgotten(account):
    account.look("t1", message="planned", file_name="manual")
    assert account.switch(Mode.ENFORCE) == 1


def test_only_the_last_look_at_a_ticket_counts(account):
    account.look("t1", message="planned")
    account.look("t1", message="gone")
    assert account.switch(Mode.ENFORCE) == 0


def test_a_look_that_is_recorded_while_the_chain_is_read_counts(account, monkeypatch):
    read = modes.planned_tickets

    def read_and_look(*args):
        found = read(*args)
        account.look("t1", message="gone")
        account.look("t2", message="planned")
        return found

    monkeypatch.setattr(modes, "planned_tickets", read_and_look)
    account.look("t1", message="planned")
    assert account.switch(Mode.ENFORCE) == 1
    assert account.due.keys() == {"ticket:t2"}


def test_back_to_monitor_needs_no_proof_and_is_on_record(account):
    account.change(facts={})
    assert account.switch(Mode.MONITOR) == 0
    assert account.row.mode is Mode.MONITOR
    assert account.records == [{"type": "account.mode", "mode": "monitor"}]


def test_monitoring_ends_with_a_question_and_goes_on_until_it_is_answered(account):
    account.upkeep(days=13, hours=23)
    assert account.findings == {}
    account.upkeep(days=14)
    assert account.findings == {"account.monitor_ends": "open"}
    account.switch(Mode.ENFORCE, days=15)
    assert account.findings == {"account.monitor_ends": "resolved"}


def test_what_was_left_alone_is_counted_once_and_not_at_each_upkeep(account, monkeypatch):
    counted = []
    read = modes.planned_tickets
    monkeypatch.setattr(
        modes, "planned_tickets", lambda *args: (counted.append(args), read(*args))[1]
    )
    for days in (13, 14, 15):
        account.upkeep(days=days)
    assert len(counted) == 1


def test_an_account_that_is_switched_while_it_is_counted_is_not_asked(account, monkeypatch):
    read = modes.planned_tickets

    def read_and_switch(*args):
        account.change(mode=Mode.ENFORCE)
        return read(*args)

    monkeypatch.setattr(modes, "planned_tickets", read_and_switch)
    account.upkeep(days=14)
    assert account.findings == {}


def test_an_answered_question_is_not_asked_again_for_the_same_time(account):
    account.upkeep(days=14)
    account.close_by_hand()
    account.upkeep(days=200)
    assert account.findings == {modes.ENDS: "resolved"}


def test_a_later_day_answers_the_question_and_is_asked_about_once_it_has_passed(account):
    account.upkeep(days=14)
    later = replace(MONITOR, monitor_until=date(2026, 6, 1))
    account.upkeep(later, days=15)
    assert account.findings == {modes.ENDS: "resolved"}
    account.upkeep(later, days=62)
    assert account.findings == {modes.ENDS: "open"}
    assert account.question.reopened == 1
    assert account.question.facts["until"].startswith("2026-06-01")


def test_a_day_that_has_passed_too_is_told_on_the_same_ticket(account):
    account.upkeep(days=14)
    account.upkeep(replace(MONITOR, monitor_until=date(2026, 5, 1)), days=62)
    assert (account.question.state, account.question.reopened) == ("open", 0)
    assert account.question.facts["until"].startswith("2026-05-01")


def test_back_in_monitor_an_account_is_watched_as_long_as_at_first_and_asked_about(account):
    account.upkeep(days=14)
    account.switch(Mode.ENFORCE, days=20)
    account.switch(Mode.MONITOR, days=30)
    account.upkeep(days=43, hours=23)
    assert account.findings == {modes.ENDS: "resolved"}
    account.upkeep(days=44)
    assert account.findings == {modes.ENDS: "open"}


def test_to_watch_what_is_watched_already_does_not_put_the_question_off(account):
    account.switch(Mode.MONITOR, days=10)
    account.upkeep(days=14)
    assert account.findings == {modes.ENDS: "open"}


def test_back_in_monitor_after_the_day_of_the_policy_is_asked_about(account):
    policy = replace(MONITOR, monitor_until=date(2026, 5, 1))
    account.upkeep(policy, days=31)
    account.switch(Mode.ENFORCE, days=32)
    account.switch(Mode.MONITOR, days=33)
    account.upkeep(policy, days=34)
    assert account.findings == {modes.ENDS: "open"}


def test_the_question_tells_tickets_and_the_places_in_them(account):
    account.look("t1", message="planned", subject="planned", file="manual")
    account.look("t2", message="planned")
    account.look("t3", message="gone")
    account.upkeep(days=14)
    assert account.question.facts["tickets"] == 2
    assert account.question.facts["surfaces"] == 3


@pytest.mark.parametrize(("mode", "asks"), [(Mode.MONITOR, True), (Mode.ENFORCE, False)])
def test_the_day_of_the_policy_ends_monitoring(account, mode, asks):
    policy = replace(MONITOR, monitor_until=date(2026, 5, 1))
    account.change(mode=mode)
    watched = modes.watching(account.row, policy)
    assert (watched and watched.ends.date()) == (date(2026, 5, 1) if asks else None)
    account.upkeep(policy, days=29)
    assert account.findings == {}
    account.upkeep(policy, days=31)
    assert bool(account.findings) is asks


def test_an_account_of_unknown_age_is_not_asked(account):
    account.change(created=None)
    for policy in (MONITOR, replace(MONITOR, monitor_until=date(2020, 1, 1))):
        account.upkeep(policy)
    assert account.findings == {}
