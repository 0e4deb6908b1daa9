from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from connectors.request_tracker import webhook
from integration.clock import SystemClock
from integration.core.capabilities import Method, Outcome
from integration.core.detection import find, mask
from integration.core.errors import ChangedMeanwhile, Forbidden, NotFound
from integration.core.models import AgentRole, Delivery, Priority, TicketDraft, TicketStatus
from integration.core.surfaces import SurfaceKind, Text
from tests.e2e import rt_planting as planting
from tests.e2e.rt_server import PLUGINS

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SCRIP = PLUGINS / "RT-Extension-Deskwarden/etc/scrip.pl"
REMOVE_SCRIP = SCRIP.with_name("remove_scrip.pl")


def dirty(view):
    """Surface -> spans, of every text that holds something."""
    return {
        s: spans
        for s in view.surfaces
        if isinstance(s.content, Text) and (spans := find(s.content.text, s.content.media_type))
    }


def masked(surface, spans):
    return mask(surface.content.text, spans, media_type=surface.content.media_type)


def new_ticket(rt, subject, text, queue="Support"):
    body = {"Queue": queue, "Subject": subject, "Content": text, "ContentType": "text/plain"}
    return rt.root("POST", "ticket", body)["id"]


def work_until_done(product):
    """Tickets of one customer share a name: whoever comes second looks again."""
    for _ in range(30):
        product.processor().run()
        with product.store.transaction() as tables:
            if not [row for row in tables.due.rows("rt") if row["subject"].startswith("ticket:")]:
                return
        product.clock.sleep(0.5)


def test_no_planted_number_is_left_anywhere_that_we_name_gone(rt, product):
    tickets = planting.plant(rt)
    before = {place[:2] for place in planting.left_in_rows(rt.database)}
    assert {
        ("Tickets", "Subject"),
        ("Users", "RealName"),
        ("Transactions", "OldValue"),
        ("Attachments", "Content"),
        ("Attachments", "Headers"),
        ("Attachments", "Subject"),
        ("Attachments", "Filename"),
        ("ObjectCustomFieldValues", "Content"),
        ("ObjectCustomFieldValues", "LargeContent"),
    } <= before

    now = product.clock.now()
    with product.store.transaction() as tables:
        tickets += tables.accounts.get("rt").facts["scratch_tickets"]
        for ticket in tickets:
            tables.due.upsert("rt", f"ticket:{ticket}", due_at=now, priority=Priority.LIVE)
    work_until_done(product)

    with product.store.transaction() as tables:
        scans = {
            row.record["ticket"]: row.record
            for row in tables.audit.rows("rt")
            if row.record["type"] == "ticket.scanned"
        }
    assert {scans[ticket]["outcome"] for ticket in tickets} == {Outcome.GONE}
    assert planting.left_in_rows(rt.database) == []
    assert planting.found_in(rt.database.read_bytes()) == set()
    assert [ticket for ticket in tickets if planting.left_in_api(rt, ticket)] == []


def test_what_is_not_a_card_number_stands_as_it_was(rt, connect):
    ticket = new_ticket(
        rt, "Kort 4111 1111 1111 1111 på", f"{planting.CLEAN}, kort 4111111111111111"
    )
    connector = connect()
    view = connector.fetch(ticket)
    for surface, spans in dirty(view).items():
        connector.rewrite(view, surface, masked(surface, spans))
    after = connector.fetch(ticket)
    assert dirty(after) == {}
    assert after.surface("subject").content.text.endswith(" på")
    assert any(planting.CLEAN in s.content.text for s in after.surfaces)
    assert [s.id for s in after.surfaces] == [s.id for s in view.surfaces]


def test_the_mail_spool_still_holds_it_and_is_named(rt, product, connect):
    new_ticket(rt, "x", "kort 4111111111111111")
    body = {"Queue": "Support", "Requestor": "a@example.com", "Content": "4111111111111111"}
    rt.root("POST", "ticket", {**body, "Subject": "y", "ContentType": "text/plain"})
    assert planting.found_in(rt.spool())
    residue = connect().capabilities().standing_residue
    assert {"request_tracker.residue.sent_mail", "request_tracker.residue.mailbox"} <= set(residue)


def test_our_own_stores_hold_no_planted_number(product):
    folder = Path(product.config.data_folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert {path.name: planting.found_in(path.read_bytes()) for path in files} == {
        path.name: set() for path in files
    }


def test_a_text_that_changed_meanwhile_is_not_overwritten(rt, connect):
    ticket = new_ticket(rt, "Kort 4111 1111 1111 1111", "x")
    connector = connect()
    view = connector.fetch(ticket)
    subject = view.surface("subject")
    rt.root("PUT", f"ticket/{ticket}", {"Subject": "Another one"})
    with pytest.raises(ChangedMeanwhile):
        connector.rewrite(view, subject, "masked")
    assert connector.fetch(ticket).surface("subject").content.text == "Another one"


def test_a_clean_ticket_costs_two_calls(rt, connect):
    ticket = new_ticket(rt, "Ren", planting.CLEAN)
    connector = connect()
    connector.fetch(ticket)
    before = connector.client.calls
    connector.fetch(ticket)
    assert connector.client.calls - before == 2


def test_a_file_is_opened_by_the_extension(rt, connect):
    attachment = {"FileName": "a.png", "FileType": "image/png", "FileContent": "AAEC"}
    body = {"Queue": "Support", "Subject": "f", "Content": "x", "ContentType": "text/plain"}
    ticket = rt.root("POST", "ticket", {**body, "Attachments": [attachment]})["id"]
    connector = connect()
    view = connector.fetch(ticket)
    (file,) = (s for s in view.surfaces if s.kind is SurfaceKind.FILE)
    assert file.content.open().read() == b"\x00\x01\x02"


def test_a_deleted_ticket_is_still_read_and_cleaned(rt, connect):
    ticket = new_ticket(rt, "Slettet", "kort 4111111111111111")
    rt.root("DELETE", f"ticket/{ticket}")
    connector = connect()
    view = connector.fetch(ticket)
    assert view.ticket.status is TicketStatus.DELETED
    for surface, spans in dirty(view).items():
        connector.rewrite(view, surface, masked(surface, spans))
    assert dirty(connector.fetch(ticket)) == {}


def test_a_sweep_finds_deleted_tickets_in_their_place(rt, connect):
    first, *_, last = tickets = [new_ticket(rt, name, "Hei") for name in ("a", "b", "c", "d")]
    for deleted in tickets[1:3]:
        rt.root("DELETE", f"ticket/{deleted}")
    before = str(int(first) - 1)

    def listed(connector):
        refs = [ref.id for ref in connector.history(before, since=None).tickets]
        return refs[: refs.index(last) + 1]

    assert listed(connect()) == tickets
    alice = connect("alice", "alice-pass-1")
    assert listed(alice) == [first, last]
    assert alice.client.deleted_tickets(int(before)) == ([], False)


@pytest.mark.parametrize("size", ["1", "2"])
def test_a_sweep_leaves_out_no_ticket_between_two_pages(rt, connect, monkeypatch, size):
    tickets = [new_ticket(rt, name, "Hei") for name in "abcdefg"]
    for deleted in (*tickets[1:4], tickets[6]):
        rt.root("DELETE", f"ticket/{deleted}")
    monkeypatch.setattr("connectors.request_tracker.client.PER_PAGE", size)
    connector, cursor, told = connect(), str(int(tickets[0]) - 1), []
    for _ in range(20):
        page = connector.history(cursor, since=None)
        told += [ref.id for ref in page.tickets]
        cursor = page.cursor
        if not page.more:
            break
    assert told == tickets


def test_an_unknown_ticket_is_not_found(connect):
    with pytest.raises(NotFound):
        connect().fetch("999999")


def test_a_token_works_as_well_as_a_password(rt, connect):
    ticket = new_ticket(rt, "Token", planting.CLEAN)
    assert connect(token=rt.token).fetch(ticket).surface("subject").content.text == "Token"


def test_without_the_right_only_subject_and_fields_can_be_edited(rt, connect):
    ticket = new_ticket(rt, "Kort 4111 1111 1111 1111", "kort 4111111111111111")
    connector = connect("alice", "alice-pass-1")
    capabilities = connector.capabilities()
    assert capabilities.of(SurfaceKind.SUBJECT).strongest is Method.EDIT
    assert capabilities.of(SurfaceKind.MESSAGE).strongest is None
    not_read = {row.what for row in capabilities.not_read}
    assert "request_tracker.not_read.mail_copies" in not_read
    view = connector.fetch(ticket)
    assert not view.complete
    subject = view.surface("subject")
    connector.rewrite(view, subject, masked(subject, dirty(view)[subject]))
    left = {s.kind for s in dirty(connector.fetch(ticket))}
    assert SurfaceKind.SUBJECT not in left
    assert {SurfaceKind.MESSAGE, SurfaceKind.HISTORY} <= left


def test_the_extension_refuses_a_user_without_the_right(rt, connect):
    ticket = new_ticket(rt, "Kort", "kort 4111111111111111")
    view = connect().fetch(ticket)
    surface = next(iter(dirty(view)))
    record = surface.id.split(":")[1]
    alice = connect("alice", "alice-pass-1").client
    change = {"Content": (surface.content.text.encode(), b"x")}
    with pytest.raises(Forbidden):
        alice.redact("attachment", record, change)
    with pytest.raises(Forbidden):
        alice.copies(ticket)
    with pytest.raises(Forbidden):
        alice.access()


def test_users_of_request_tracker_itself_are_no_customers(rt, connect):
    body = {"Queue": "Support", "Subject": "x", "Requestor": "c@example.com", "Content": "y"}
    ticket = rt.root("POST", "ticket", {**body, "ContentType": "text/plain"})["id"]
    connector = connect()
    people = [s for s in connector.fetch(ticket).surfaces if s.kind is SurfaceKind.CONTACT_FIELD]
    assert not [s for s in people if "RT System" in s.content.text]
    with pytest.raises(Forbidden):
        connector.client.redact("user", "1", {"RealName": (b"The RT System itself", b"x")})


def test_every_write_is_noted_without_its_content(rt, connect):
    ticket = new_ticket(rt, "Kort", "kort 4111111111111111")
    connector = connect()
    view = connector.fetch(ticket)
    ((surface, spans),) = dirty(view).items()
    connector.rewrite(view, surface, masked(surface, spans))
    fields = "Type,OldValue,NewValue,Data"
    history = rt.root("GET", f"ticket/{ticket}/history?fields={fields}")["items"]
    assert [(t["Type"], t["OldValue"], t["NewValue"], t["Data"]) for t in history[1:]] == [
        ("Munge", "", "", "")
    ]


def test_changed_tickets_are_found_by_transaction_and_by_number(rt, connect):
    connector = connect()
    start = connector.changed(None, now=SystemClock().now())
    ticket = new_ticket(rt, "Endret", "x")
    page = connector.changed(start.cursor, now=SystemClock().now())
    assert ticket in [ref.id for ref in page.tickets]
    assert connector.fetch(ticket).ticket.mark == {r.id: r.changed for r in page.tickets}[ticket]
    assert ticket in [ref.id for ref in connector.history(str(int(ticket) - 1), since=None).tickets]


def test_our_own_tickets_mail_nobody(rt, connect):
    connector = connect()
    spool = rt.spool()
    draft = TicketDraft("Funn (DW-abc)", "Æ ø å", "DW-abc")
    ticket = connector.create_ticket(draft)
    connector.post_note(ticket, "Notat")
    connector.set_status(ticket, TicketStatus.CLOSED)
    assert connector.find_tickets("DW-abc") == (ticket,)
    view = connector.fetch(ticket)
    assert view.ticket.status is TicketStatus.CLOSED
    assert "Notat" in [s.content.text for s in view.surfaces if s.kind is SurfaceKind.NOTE]
    assert rt.spool() == spool


def test_who_has_access_is_read(connect):
    snapshot = connect().snapshot(now=SystemClock().now())
    agents = {agent.name: agent for agent in snapshot.agents}
    assert agents["olga"].role is AgentRole.ADMIN
    assert agents["carol"].active is False
    assert agents["deskwarden"].is_our_bot
    assert agents["bob"].password_changed is not None
    support = next(d for d in snapshot.departments if d.name == "Support")
    assert {agents["alice"].id, agents["bob"].id} <= support.agent_ids
    assert [key.is_ours for key in snapshot.api_keys] == [True]
    assert "agents.two_factor" not in snapshot.supported


def test_the_scrip_tells_of_a_ticket_by_ids_and_signs_it(rt):
    deliveries = []
    arrived = threading.Event()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            deliveries.append(Delivery(headers, body))
            self.send_response(202)
            self.end_headers()
            arrived.set()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/hooks/request_tracker/rt"
        rt.insert(SCRIP, DESKWARDEN_HOOK_URL=url, DESKWARDEN_HOOK_SECRET="a-secret")
        ticket = new_ticket(rt, "Kort 4111 1111 1111 1111", "kort 4111111111111111")
        assert arrived.wait(10)
        server.shutdown()
    # The receiver is gone now: the ticket must be taken all the same.
    assert new_ticket(rt, "Uten mottaker", "x")
    rt.insert(REMOVE_SCRIP)
    delivery = deliveries[0]
    webhook.verify(delivery, ["a-secret"], now=SystemClock().now())
    assert [event.ticket_id for event in webhook.parse(delivery)] == [ticket]
    assert json.loads(delivery.body).keys() == {"ticket", "transaction"}
