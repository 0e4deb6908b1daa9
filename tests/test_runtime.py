"""The composition root with everything real: store, receiver, processor, a simulated helpdesk."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from support.access_desk import StaffedDesk, agent
from support.database import make_database
from support.live import wait_until

from connectors.liveagent.simulator import create
from integration.clock import SystemClock
from integration.config import load
from integration.core.errors import (
    ApiContractChanged,
    ConfigError,
    Forbidden,
    LeaseLost,
    PermanentError,
    RateLimited,
    StoreUnavailable,
)
from integration.core.findings.cards import CardRecord, SurfaceRecord, observations
from integration.core.findings.model import State
from integration.core.mode import Mode
from integration.core.models import Priority, TicketStatus
from integration.core.policy import Hold, Policy
from integration.core.rows import AccountRow, Claim, VerdictRow
from integration.queueing import EmbeddedServer
from integration.queueing.jobs import QUEUE
from integration.runtime import HookSecrets, open_runtime, report_failure
from integration.runtime.handlers import Handlers
from integration.services import accounts, modes
from integration.services.access import check_access
from integration.services.evaluate import ASKED
from integration.services.findings import observe
from integration.services.hook_secrets import begin_rotation
from integration.services.process import Desk
from integration.storage import Keyring
from integration.storage.keyring import rotate_key_file
from webhooks.app import create_app

CARD = "4111 1111 1111 1111"


class SteppedClock:
    """The real time, moved on by hand."""

    def __init__(self):
        self.ahead = timedelta(0)

    def now(self):
        return SystemClock().now() + self.ahead

    def sleep(self, seconds):
        self.ahead += timedelta(seconds=seconds)


@pytest.fixture(scope="module")
def simulator():
    made = create(11)
    made.start()
    made.set_switches(requests_per_minute=100_000)
    yield made
    made.stop()


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="dw-") as path:
        yield Path(path)


@pytest.fixture
def clock():
    return SteppedClock()


@pytest.fixture
def runtime(folder, clock):
    config = load({"DESKWARDEN_DATA_FOLDER": str(folder / "data")}, cwd=folder)
    opened = open_runtime(config, clock=clock)
    make_database(config.database_url)
    yield opened
    opened.close()


@pytest.fixture
def row(runtime, simulator):
    """The simulated account, connected."""
    facts = simulator.credentials()
    settings = {
        "url": facts["url"],
        "bot_agent": facts["bot_user"],
        "contact_email": facts["contact_email"],
        "mail_account": facts["mail_account"],
        "findings_department": facts["compliance_department"],
        "requests_per_minute": 100_000,
    }
    keys = {"v3_key": facts["v3_key"], "v1_key": facts["v1_key"]}
    return runtime.connect_account(AccountRow("acme", "liveagent", settings, b""), keys).row


def enforce(runtime, row, simulator):
    """As an admin does who has looked for mails about the scratch ticket."""
    scratch = row.facts["scratch_tickets"][-1]
    mail_checked = not [mail for mail in simulator.outbox() if mail.ticket_id == scratch]
    now = runtime.clock.now()
    modes.set_mode(runtime.store, "acme", Mode.ENFORCE, now=now, mail_checked=mail_checked)


def deliver(runtime, url, ticket):
    """A rule of the helpdesk calls us, through the real receiver and the real store."""
    app = create_app(runtime.web_services())
    path = url.partition("8080")[2]
    return app.test_client().post(path, json={"ticket": ticket}).status_code


def texts(simulator, ticket):
    return [t for place, t in simulator.stored_texts() if place.startswith(f"ticket/{ticket}/")]


def due(runtime):
    with runtime.store.transaction() as tables:
        return {r["subject"] for r in tables.due.rows("acme")}


def test_a_delivery_ends_in_a_ticket_that_is_clean(runtime, row, simulator):
    enforce(runtime, row, simulator)
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    assert deliver(runtime, runtime.hook(row).url, ticket) == 202
    assert f"ticket:{ticket}" in due(runtime)
    report = runtime.processor().run()
    assert (report.retried, report.parked) == (0, 0)
    assert not any(CARD in text for text in texts(simulator, ticket))
    assert any("**** 1111" in text for text in texts(simulator, ticket))
    assert f"ticket:{ticket}" not in due(runtime)


def test_the_mode_is_the_account_s_not_the_configuration_s(runtime, row, simulator):
    assert runtime.config.policy.mode is Mode.MONITOR
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    deliver(runtime, runtime.hook(row).url, ticket)
    runtime.processor().run()
    assert any(CARD in text for text in texts(simulator, ticket))
    assert runtime.open_desk("acme", Priority.LIVE).policy.mode is Mode.MONITOR
    enforce(runtime, row, simulator)
    assert runtime.open_desk("acme", Priority.LIVE).policy.mode is Mode.ENFORCE


def test_every_kind_of_work_is_done_and_asked_for_again(runtime, row):
    before = due(runtime)
    assert {subject.partition(":")[0] for subject in before} <= set(Handlers(runtime).table())
    report = runtime.processor().run()
    assert report.done >= len(before)
    assert (report.retried, report.parked) == (0, 0)
    assert due(runtime) >= before


def test_what_was_checked_and_told_is_a_line_of_the_log(runtime, row, log_lines):
    runtime.processor().run()  # the first run makes the outbox due
    runtime.processor().run()
    said = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    (checked,) = [line for line in said if line["event"] == "access_checked"]
    assert checked["account"] == "acme"
    assert checked["fail"] > 0
    assert sum(line.get("open", 0) for line in said if line["event"] == "published") > 0


class SparingDesk(StaffedDesk):
    """A desk that allows so many readings until it is asked again, and fails for one ticket."""

    left = 0
    broken = ""

    def fetch(self, ticket_id, **only):
        if self.left <= 0:
            raise RateLimited("spent", retry_after=30)
        self.left -= 1
        if ticket_id == self.broken:
            raise Forbidden("not this one")
        return super().fetch(ticket_id, **only)


def test_every_answer_is_read_although_the_budget_is_spent_and_one_ticket_fails(runtime, clock):
    def work(*names):
        with runtime.store.transaction() as tables:
            for name in names:
                tables.due.upsert("acme", name, due_at=clock.now(), priority=Priority.SNAPSHOT)
        connector.left = 5
        processor = runtime.processor()
        processor.open_desk = lambda name, priority: Desk(name, connector, Policy(), priority)
        processor.threads = 1
        processor.run()
        clock.sleep(60)

    look = SurfaceRecord("message:1", "message", kinds=("PAN",))
    records = [CardRecord(f"t{n}", clock.now(), unsure=(look,)) for n in range(12)]
    connector = SparingDesk()
    with runtime.store.transaction() as tables:
        tables.accounts.save(AccountRow("acme", "memory", {}, b"", created=clock.now()))
        observe(tables, [o for r in records for o in observations("acme", r)], now=clock.now())
    work("outbox")
    for ticket in connector.tickets:
        connector.set_status(ticket, TicketStatus.CLOSED)
    connector.broken = min(connector.tickets)
    work("snapshot")
    for _ in range(4):
        work()
    with runtime.store.transaction() as tables:
        asked = [f for f in tables.findings.list("acme") if f.cause == "card.unsure"]
        types = [row.record["type"] for row in tables.audit.rows("acme")]
        parked = [row["subject"] for row in tables.due.rows("acme", parked=True)]
    (unread,) = [f for f in asked if f.state is State.OPEN]
    assert (len(asked), unread.ticket_id) == (12, connector.broken)
    assert parked == [f"answer:{unread.fingerprint}"]
    assert types.count("access.checked") == 1


def test_an_answer_and_the_replies_to_a_sample_are_read_after_the_access_run(
    runtime, row, simulator, log_lines
):
    runtime.processor().run()
    runtime.processor().run()
    with runtime.store.transaction() as tables:
        finding = next(f for f in tables.findings.list("acme") if f.ticket_id)
        tables.verdicts.save(VerdictRow("acme", "t0", "message:1", "PAN", 0, 16, "sure", ASKED))
    connector = runtime.open_desk("acme", Priority.FINDING).connector
    connector.set_status(finding.ticket_id, TicketStatus.CLOSED)
    connector.close()
    with runtime.store.transaction() as tables:
        now = runtime.clock.now()
        tables.due.upsert("acme", "snapshot", due_at=now, priority=Priority.SNAPSHOT)
    runtime.processor().run()
    said = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    closed = [line["finding"] for line in said if line["event"] == "closed_by_hand"]
    assert closed == [finding.fingerprint]
    assert not {s for s in due(runtime) if s == "sample" or s.startswith("answer:")}


def test_a_ticket_with_data_in_it_is_a_line_of_the_log_and_a_clean_one_is_none(
    runtime, row, simulator, log_lines
):
    enforce(runtime, row, simulator)
    for text in (f"my card {CARD}", "hello"):
        ticket = simulator.customer_writes("Payment", text)
        deliver(runtime, runtime.hook(row).url, ticket)
    runtime.processor().run()
    said = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    (found,) = [line for line in said if line["event"] == "data_found"]
    assert (found["outcome"], found["places"]) == ("gone", 1)


def test_only_the_hosts_of_the_configuration_are_answered(folder):
    env = {"DESKWARDEN_DATA_FOLDER": str(folder), "DESKWARDEN_WEB_TRUSTED_HOSTS": "a.example"}
    runtime = open_runtime(load(env, cwd=folder))
    client = create_app(runtime.web_services()).test_client()
    hosts = {"a.example": 204, "localhost": 204, "b.example": 400}
    assert {
        host: client.get("/ping", headers={"Host": host}).status_code for host in hosts
    } == hosts
    runtime.close()


def test_a_worker_whose_outbox_was_taken_over_posts_nothing(runtime, clock):
    def claim():
        with runtime.store.transaction() as tables:
            return tables.due.claim("w", now=clock.now(), lease=60, limit=1)

    def take_over(step):
        if step == "before look":
            clock.sleep(61)
            taken.extend(claim())

    with runtime.store.transaction() as tables:
        tables.accounts.save(AccountRow("acme", "memory", {}, b"", created=clock.now()))
    connector = StaffedDesk(agents=[agent("a1")])
    check_access("acme", connector, runtime.store, Policy(), clock)
    (ours,), taken = claim(), []
    runtime.on_step = take_over
    with pytest.raises(LeaseLost):
        Handlers(runtime).table()["outbox"](
            Desk("acme", connector, Policy(), Priority.FINDING), ours
        )
    assert [claimed.subject for claimed in taken] == ["outbox"]
    assert connector.acts == []


def test_the_self_test_proves_that_one_search_finds_our_own_tickets(runtime, row):
    assert row.facts["finds_own"] is True
    assert row.facts["e_contains"] is True
    connector = runtime.open_connector(row, row.facts)
    assert connector.find_tickets("DW-nothing-of-ours") == ()
    assert connector.client.calls == 1
    connector.close()


def test_a_hold_tag_that_is_renamed_in_the_helpdesk_goes_on_holding(runtime, row, simulator):
    hold = Hold(tags=frozenset({"dispute"}))
    runtime.config = replace(runtime.config, policy=replace(runtime.config.policy, hold=hold))
    (tag,) = (t for t in simulator.store.tags.values() if t.name == "dispute")
    tag.name = "chargeback"
    try:
        runtime.processor().run()
    finally:
        tag.name = "dispute"
    with runtime.store.transaction() as tables:
        stored = tables.accounts.get("acme")
        found = {f.cause for f in tables.findings.list("acme")}
    assert stored.facts["tags"][tag.id] == "chargeback"
    assert runtime.policy(stored).hold.tags == {"dispute", tag.id}
    assert "account.hold_tags" in found


def test_a_wrong_secret_makes_nothing_due(runtime, row):
    url = runtime.hook(row).url
    assert deliver(runtime, url[:-1] + ("a" if url[-1] != "a" else "b"), "t1") == 401
    assert "ticket:t1" not in due(runtime)


def test_a_helpdesk_that_cannot_sign_gets_a_secret_address(runtime, row):
    hook = runtime.hook(row)
    assert hook.url == f"http://127.0.0.1:8080/hooks/liveagent/acme/{hook.secret}"
    assert hook.secret not in repr(hook)


def test_a_helpdesk_that_signs_gets_the_secret_apart(runtime, row):
    signing = replace(row, helpdesk="request_tracker")
    hook = runtime.hook(signing)
    assert hook.secret not in hook.url


def test_the_public_url_is_where_the_helpdesk_calls(runtime, row):
    web = replace(runtime.config.web, public_url="https://dw.example")
    runtime.config = replace(runtime.config, web=web)
    assert runtime.hook(row).url.startswith("https://dw.example/hooks/liveagent/acme/")


def test_secrets_are_read_once_in_a_while(runtime, row, clock):
    known = HookSecrets(runtime)
    secret = runtime.hook(row).secret
    assert known("liveagent", "acme") == (secret,)
    with runtime.store.transaction() as tables:
        tables.accounts.remove("acme")
    assert known("liveagent", "acme") == (secret,)
    clock.sleep(HookSecrets.SECONDS)
    assert known("liveagent", "acme") == ()


def test_a_clock_that_was_set_back_keeps_no_secret_alive(runtime, row, clock):
    known = HookSecrets(runtime)
    known("liveagent", "acme")
    with runtime.store.transaction() as tables:
        tables.accounts.remove("acme")
    clock.sleep(-3600)
    assert known("liveagent", "acme") == ()


@pytest.mark.parametrize(
    ("helpdesk", "account"), [("liveagent", "other"), ("request_tracker", "acme")]
)
def test_no_secret_fits_another_account_or_helpdesk(runtime, row, helpdesk, account):
    assert HookSecrets(runtime)(helpdesk, account) == ()


def test_an_account_that_cannot_be_opened_stops_no_other_and_is_told_once(
    runtime, row, clock, log_lines
):
    other = Keyring([Fernet.generate_key().decode()]).seal({"hook_secrets": ["s"]})
    with runtime.store.transaction() as tables:
        tables.accounts.save(replace(row, id="shut", sealed=other))
    known = HookSecrets(runtime)
    for _ in range(2):
        assert known("liveagent", "acme")
        with pytest.raises(PermanentError) as caught:
            known("liveagent", "shut")
        clock.sleep(HookSecrets.SECONDS)
    assert caught.value.reason == "sealed_with_other_key"
    assert log_lines.getvalue().count('"account": "shut"') == 1


def test_the_deliveries_of_an_account_that_cannot_be_opened_are_to_come_again(runtime, row):
    url = runtime.hook(row).url
    other = Keyring([Fernet.generate_key().decode()]).seal({"hook_secrets": ["s"]})
    with runtime.store.transaction() as tables:
        tables.accounts.save(replace(row, id="shut", sealed=other))
    assert deliver(runtime, url.replace("acme", "shut"), "t1") == 503
    assert deliver(runtime, url, "t1") == 202


@pytest.fixture
def during_a_self_test(monkeypatch):
    """Let something else happen between the self-test of an account and its saving."""

    def during(act):
        prove = accounts.prove

        def prove_and_act(*args, **more):
            proved = prove(*args, **more)
            act()
            return proved

        monkeypatch.setattr(accounts, "prove", prove_and_act)

    return during


def connected_again(runtime, row):
    keys = {k: v for k, v in runtime.keyring.open(row.sealed).items() if k != "hook_secrets"}
    return runtime.connect_account(row, keys, hook_secret="of no use").row


def test_a_change_of_the_secret_key_during_a_self_test_takes_no_keys(
    runtime, row, during_a_self_test
):
    path, before = runtime.config.secret_key_file, runtime.keyring.open(row.sealed)
    during_a_self_test(lambda: rotate_key_file(path, runtime.store))
    again = connected_again(runtime, row)
    assert Keyring.of_file(path).open(again.sealed) == before


def test_a_new_webhook_secret_that_was_made_during_a_self_test_stays(
    runtime, row, during_a_self_test
):
    def begin():
        with runtime.store.transaction() as tables:
            begin_rotation(runtime.keyring, tables, "acme", now=runtime.clock.now())

    (old,) = runtime.keyring.open(row.sealed)["hook_secrets"]
    during_a_self_test(begin)
    again = connected_again(runtime, row)
    new, kept = runtime.keyring.open(again.sealed)["hook_secrets"]
    assert kept == old
    assert runtime.hook(again).secret == new


def test_it_is_ready_when_the_tables_are_of_its_version(runtime):
    ready = runtime.web_services().ready()
    assert (ready.database_writable, ready.migrations_at_head) == (True, True)
    assert ready.queue_reachable is False


def test_a_paused_account_does_not_make_the_receiver_unready_for_the_others(runtime, clock):
    stored = AccountRow("acme", "liveagent", {}, b"", created=clock.now())
    with runtime.store.transaction() as tables:
        tables.accounts.save(stored)
        tables.due.upsert("acme", "ticket:1", due_at=clock.now(), priority=Priority.LIVE)
    client = create_app(runtime.web_services()).test_client()
    clock.sleep(3600)
    assert client.get("/readyz").status_code == 503, "nobody works it"
    with runtime.store.transaction() as tables:
        accounts.pause(tables, "acme", now=clock.now())
    clock.sleep(1)
    answered = client.get("/readyz")
    assert (answered.status_code, answered.json["oldest_seconds"]) == (200, 0)
    page = client.get("/metrics").get_data(as_text=True)
    assert "deskwarden_backlog_due 0.0" in page
    assert "deskwarden_backlog_paused 1.0" in page


def test_it_is_not_ready_without_tables(folder):
    config = load({"DESKWARDEN_DATA_FOLDER": str(folder / "new")}, cwd=folder)
    bare = open_runtime(config)
    ready = bare.web_services().ready()
    assert (ready.database_writable, ready.migrations_at_head) == (False, False)
    bare.close()


def test_a_database_that_is_gone_is_said_to_be_gone(runtime, monkeypatch):
    def fall():
        raise StoreUnavailable("gone")

    services = runtime.web_services()
    monkeypatch.setattr(runtime.store, "transaction", fall)
    assert services.ready().database_writable is False


def test_a_delivery_wakes_the_workers_when_there_is_a_queue(runtime, row):
    server = EmbeddedServer(runtime.config.data_folder)
    server.start()
    opened = open_runtime(runtime.config)
    try:
        assert opened.web_services().ready().queue_reachable is True
        url = opened.hook(row).url
        assert [deliver(opened, url, ticket) for ticket in ("t1", "t2")] == [202, 202]
        # Deliveries are answered before anybody is woken.
        wait_until(lambda: opened.redis.llen(f"rq:queue:{QUEUE}") == 1)
    finally:
        opened.close()
        server.stop()


def test_closing_opens_nothing_and_may_be_done_twice(folder):
    config = load({"DESKWARDEN_DATA_FOLDER": str(folder / "data")}, cwd=folder)
    opened = open_runtime(config)
    opened.close()
    opened.close()
    assert list((folder / "data").iterdir()) == []


def test_an_unknown_account_is_not_opened(runtime):
    with pytest.raises(ConfigError, match="no account 'nobody'"):
        runtime.open_desk("nobody", Priority.LIVE)


@pytest.fixture
def claim(runtime):
    now = runtime.clock.now()
    return Claim("acme", "ticket:t1", 1, Priority.LIVE, 1, "me", now, now, now, now)


def lines_of_work(log: io.StringIO) -> list[str]:
    """The lines that tell of due work; threads of tests before may still write others."""
    return [line for line in log.getvalue().splitlines() if '"event": "due_' in line]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ApiContractChanged(f"unexpected: tags {CARD}"), "unexpected: tags [removed]"),
        (StoreUnavailable("The database did not take the write."), "store_unavailable"),
        (None, "internal"),
    ],
    ids=["contract", "store", "bug"],
)
def test_a_failure_is_one_line_that_says_what_without_card_data(log_lines, claim, error, said):
    report_failure(claim, error)
    (line,) = lines_of_work(log_lines)
    assert said in line
    assert CARD not in log_lines.getvalue()


def test_a_row_that_waits_for_its_turn_is_no_failure(log_lines, claim):
    report_failure(claim, RateLimited("the request budget of the account is spent"))
    (line,) = lines_of_work(log_lines)
    assert '"event": "due_waits"' in line
    assert '"level": "debug"' in line
