"""`account deliveries`: what the last step of `account add` has the admin watch."""

from __future__ import annotations

import pytest

from integration.cli import deliveries
from integration.clock import SystemClock
from integration.core.capabilities import Outcome
from integration.core.errors import StoreUnavailable
from integration.core.models import Priority
from integration.core.rows import ReceivedRow
from webhooks.app import create_app


@pytest.fixture
def web(connected, runtime):
    """The web process of the connected account, and the address that its steps name."""
    services = runtime.web_services()
    with runtime.store.transaction() as tables:
        path = runtime.hook(tables.accounts.get("acme")).url.partition(":8080")[2]
    client = create_app(services).test_client()

    def post(body, **more):
        answer = client.post(path, data=body, **{"content_type": "application/json", **more})
        services.received.write()
        return answer.status_code

    yield post
    services.ingest.close()


def test_before_the_first_delivery_the_admin_is_told_what_to_do(run, connected):
    said = run("account", "deliveries", "acme")
    assert "None has come yet. Write a ticket in LiveAgent" in said.err
    assert run("account", "deliveries", "acme", "--json").rows == []


def test_a_delivered_ticket_is_shown_with_what_comes_of_it(run, web, runtime, simulator):
    ticket = simulator.customer_writes("Parcel", "Where is my parcel?")
    assert web(f'{{"ticket":"{ticket}"}}') == 202
    assert f"{ticket}  waiting for a worker" in run("account", "deliveries", "acme").out
    runtime.processor().run()
    (row,) = run("account", "deliveries", "acme", "--json").rows
    assert (row["ticket"], row["outcome"]) == (ticket, "clean")
    assert f"{ticket}  clean\n" in run("account", "deliveries", "acme").out


def test_a_refused_delivery_is_shown_with_what_to_do(run, web):
    assert web("{}", content_type=None) == 415
    said = run("account", "deliveries", "acme")
    assert "refused: 415 content_type (1 time so far)" in said.out
    assert said.err == "content_type: send it with the header Content-Type: application/json\n"


def test_a_delivery_that_names_no_ticket_is_shown_with_what_to_do(run, web):
    assert web('{"ticket":"{$nothing}"}') == 202
    said = run("account", "deliveries", "acme")
    assert "taken, and named no ticket" in said.out
    assert "unknown_event: send the id of the ticket" in said.err


@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["words", "json"])
def test_what_comes_while_one_watches_is_shown_once(run, connected, runtime, monkeypatch, flags):
    now = runtime.clock.now()
    looks = iter(("t1", None, "busy", "t2"))

    newest, busy = deliveries.newest, []

    def look(*given, **more):
        if busy and busy.pop():
            raise StoreUnavailable("locked")
        return newest(*given, **more)

    def sleep(_clock, _seconds):
        ticket = next(looks, "over")
        busy.append(ticket == "busy")
        if ticket == "over":
            raise KeyboardInterrupt
        with runtime.store.transaction() as tables:
            if ticket == "t2":
                tables.received.add([ReceivedRow("acme", "too_large", 413, 1, now)])
            elif ticket == "t1":
                tables.due.upsert("acme", f"ticket:{ticket}", due_at=now, priority=Priority.LIVE)

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    monkeypatch.setattr(deliveries, "newest", look)
    said = run("account", "deliveries", "acme", "--follow", *flags)
    first, second = said.out.splitlines()
    assert ("t1" in first, "too_large" in second) == (True, True)


def test_every_outcome_has_words(run, connected, runtime):
    for outcome in Outcome:
        record = {"type": "ticket.scanned", "ticket": outcome.value, "source": "live"}
        record |= {"outcome": outcome.value, "outcomes": {"m": outcome.value}}
        with runtime.store.transaction() as tables:
            tables.audit.append("acme", record, at=runtime.clock.now())
    shown = run("account", "deliveries", "acme").out
    assert len(shown.splitlines()) == 2 + len(Outcome)


def test_the_deliveries_of_an_account_that_is_not_connected_are_refused(run, connected):
    assert "No account 'nobody'." in run("account", "deliveries", "nobody", code=2).err
