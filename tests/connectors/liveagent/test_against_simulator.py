from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.liveagent.connector import LiveAgent, build
from connectors.liveagent.simulator import LiveAgentSimulator
from integration.core.errors import (
    AuthExpired,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
    RateLimited,
)
from integration.core.models import TicketDraft, TicketStatus
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.core.surfaces import Direction, Role, SurfaceKind
from integration.services import accounts

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(connect) -> LiveAgent:
    return connect(connect().probe() | {"delete_erases": True})


@pytest.fixture
def ticket(account) -> str:
    ticket_id = account.customer_writes(subject=f"Kort {CARD}", text=f"Kortet er {CARD}")
    account.customer_replies(ticket_id, "Hei igjen")
    return ticket_id


def test_a_customer_cannot_be_the_contact_that_findings_are_written_under(connect, ticket):
    with pytest.raises(PermanentError) as caught:
        connect(contact_email="kari@customer.example").probe()
    assert caught.value.reason == "contact_in_use"
    ours = connect()
    ours.create_ticket(TicketDraft("Card data found", "What to do", "[DW-abc]"))
    ours.probe()


def mailed_customers(account: LiveAgentSimulator) -> list[str]:
    return [mail.to for mail in account.outbox() if mail.audience == "customer"]


def one(view, kind: SurfaceKind, holding: str = CARD):
    return next(s for s in view.surfaces if s.kind is kind and holding in s.content.text)


def test_a_clean_ticket_costs_two_reads(account, desk):
    ticket_id = account.customer_writes(subject="Åpningstid", text="Når åpner dere?")

    view = desk.fetch(ticket_id)

    assert desk.client.calls == 2
    message = one(view, SurfaceKind.MESSAGE, "åpner")
    assert (message.role, message.direction) == (Role.REQUESTER, Direction.INBOUND)
    assert abs(message.created - view.read_at) < timedelta(minutes=1)


def test_a_card_in_one_message_costs_six_calls_from_reading_to_proof(account, desk):
    ticket_id = account.customer_writes(subject="Hei", text=f"Kortet er {CARD}")
    view = desk.fetch(ticket_id)
    dirty = one(view, SurfaceKind.MESSAGE)

    desk.post_note(ticket_id, "Kortet er [kort visa **** 1111]")
    notes = desk.fetch(ticket_id, only=frozenset({SurfaceKind.NOTE}))
    desk.delete(view, dirty)
    after = desk.fetch(ticket_id, only=frozenset({SurfaceKind.MESSAGE}))

    assert one(notes, SurfaceKind.NOTE, "**** 1111").direction is Direction.INTERNAL
    assert after.surface(dirty.id) is None
    assert desk.client.calls == 6
    assert mailed_customers(account) == []


def test_subject_and_fields_are_edited_in_place(account, desk, ticket):
    view = desk.fetch(ticket)

    desk.rewrite(view, view.surface("subject"), "Kort [kort visa **** 1111]")

    again = desk.fetch(ticket, only=frozenset({SurfaceKind.SUBJECT, SurfaceKind.HISTORY}))
    assert [s.id for s in again.surfaces if CARD in s.content.text] == []


def test_quoted_text_that_is_hidden_by_default_is_read(account, desk, ticket):
    account.customer_replies(ticket, "Se under", quoted=f"> {CARD}")

    assert one(desk.fetch(ticket), SurfaceKind.QUOTED).direction is Direction.INBOUND


def test_a_deleted_message_whose_text_is_kept_is_still_a_surface(account, desk, ticket):
    account.set_switches(message_delete="soft")
    view = desk.fetch(ticket)
    dirty = one(view, SurfaceKind.MESSAGE)

    desk.delete(view, dirty)

    assert CARD in desk.fetch(ticket).surface(dirty.id).content.text


def test_our_own_ticket_is_created_found_closed_and_mails_nobody(account, desk):
    ticket_id = desk.create_ticket(TicketDraft("Card data found", "What to do", marker="dw-0001"))

    desk.set_status(ticket_id, TicketStatus.CLOSED)

    assert desk.find_tickets("dw-0001") == (ticket_id,)
    assert desk.find_tickets("dw-0002") == ()
    view = desk.fetch(ticket_id)
    assert view.ticket.status is TicketStatus.CLOSED
    assert view.ticket.department == account.credentials()["compliance_department"]
    assert mailed_customers(account) == []


@pytest.mark.parametrize("zone", ["Europe/Oslo", "", "Nowhere/Known"])
def test_a_due_time_in_an_unknown_zone_is_not_taken_for_none(account, connect, zone):
    account.store.departments["default"].sla_minutes = 60
    ticket_id = account.customer_writes(subject="Hei", text="Hei")

    assert connect({"timezone": zone}).fetch(ticket_id).ticket.due is not None


def test_a_running_chat_is_live(account, desk):
    ticket_id = account.open_chat("Kari Nordmann", "Hei")

    assert desk.fetch(ticket_id).ticket.status is TicketStatus.LIVE


def test_changes_after_a_cursor_are_seen(account, desk, clock):
    cursor = desk.changed(None, now=clock.now()).cursor
    clock.sleep(60)
    ticket_id = account.customer_writes(subject="Ny", text="Ny sak")

    page = desk.changed(cursor, now=clock.now())

    assert ticket_id in {t.id for t in page.tickets}
    mark = next(t.changed for t in page.tickets if t.id == ticket_id)
    clock.sleep(10)
    assert desk.fetch(ticket_id).ticket.mark == mark


def test_a_message_in_the_second_of_our_reading_leaves_the_ticket_to_be_read_again(
    account, desk, clock
):
    ticket_id = account.customer_writes(subject="Ny", text="Ny sak")
    assert desk.fetch(ticket_id).ticket.mark == ""

    account.customer_replies(ticket_id, "Og en til")
    clock.sleep(10)

    assert desk.fetch(ticket_id).ticket.mark != ""


def test_history_names_every_ticket_once(account, desk):
    written = account.seed_tickets(12)

    first = desk.history(None, since=None)
    last = desk.history(first.cursor, since=None)

    ids = [t.id for page in (first, last) for t in page.tickets]
    assert set(written) <= set(ids)
    assert len(ids) == len(set(ids))
    assert not last.more


def test_a_snapshot_reads_everything_that_is_supported(account, desk, clock):
    snapshot = desk.snapshot(now=clock.now())

    assert snapshot.readable == snapshot.supported
    assert [k.is_ours for k in snapshot.api_keys].count(True) == 1
    assert [a.is_our_bot for a in snapshot.agents].count(True) == 1


def test_a_snapshot_survives_the_agent_list_that_fails(account, desk, clock):
    account.set_switches(agents_500=True)

    snapshot = desk.snapshot(now=clock.now())

    assert snapshot.agents
    assert "agents.role" not in snapshot.readable


def test_partial_content_and_empty_answers_of_v1_are_successes(account, desk, ticket):
    account.set_switches(emit_206=True, v1_empty_body=True)

    desk.post_note(ticket, "a note")

    assert one(desk.fetch(ticket), SurfaceKind.NOTE, "a note").role is Role.AGENT


@pytest.mark.parametrize("said", ["none", "seconds", "http_date"])
def test_a_spent_quota_says_when_to_come_back(account, desk, ticket, budget, said):
    account.set_switches(requests_per_minute=1, retry_after=said)

    with pytest.raises(RateLimited) as caught:
        desk.fetch(ticket)

    assert 0 <= caught.value.retry_after <= 70
    assert budget.drained == [caught.value.retry_after]


def test_a_ticket_that_was_never_there_is_not_found(desk):
    with pytest.raises(NotFound):
        desk.fetch("zzzzzzzz")


def test_a_note_whose_answer_was_lost_is_there_to_be_found(account, desk, ticket):
    account.fail_next(500, path="/api/conversations", after=True)

    with pytest.raises(HelpdeskUnavailable):
        desk.post_note(ticket, "posted once")

    notes = [s for s in desk.fetch(ticket).surfaces if s.kind is SurfaceKind.NOTE]
    assert len(notes) == 1


@pytest.mark.parametrize(("wrong", "named"), [("v3_key", "API v3 key"), ("v1_key", "API v1 key")])
@pytest.mark.parametrize("other", ["unknown", "exchanged"])
def test_a_wrong_key_is_named_before_a_scratch_ticket_exists(
    account, budget, clock, wrong, named, other
):
    given = account.credentials()
    keys = {"v3_key": given["v3_key"], "v1_key": given["v1_key"]}
    right = keys["v1_key" if wrong == "v3_key" else "v3_key"]
    before = set(account.store.tickets)
    settings = {name: given[name] for name in ("url", "contact_email", "mail_account")}
    settings["bot_agent"] = given["bot_user"]

    def open_with(row, facts):
        secrets = keys | {wrong: "nonsense" if other == "unknown" else right}
        return build(settings, secrets, facts, budget=budget, clock=clock)

    row = AccountRow("acme", "liveagent", settings, b"")
    with pytest.raises(AuthExpired, match=named) as caught:
        accounts.prove(clock, row, Policy(), open_with, mark="[DW-selftest-acme]")

    assert "Copy it again" in caught.value.hint
    assert set(account.store.tickets) == before


def test_a_mail_account_that_is_none_is_named_and_nothing_is_made(account, connect):
    before = set(account.store.tickets)
    desk = connect(mail_account="nobody@acme.example")

    with pytest.raises(PermanentError) as caught:
        desk.create_ticket(TicketDraft("s", "b", marker="dw-1"))

    assert caught.value.reason == "mail_account"
    assert "change mail_account" in caught.value.hint
    assert set(account.store.tickets) == before
