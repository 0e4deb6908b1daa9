from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from connectors.request_tracker.setup import SPEC
from integration.core.capabilities import Method, WhyNot
from integration.core.errors import (
    ChangedMeanwhile,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
    UnsupportedByHelpdesk,
)
from integration.core.messages import say
from integration.core.models import AgentRole, TicketDraft, TicketStatus
from integration.core.surfaces import Blob, SurfaceKind, Text
from tests.connectors.request_tracker.conftest import (
    NO_RIGHT,
    PLUGIN,
    URL,
    attachment,
    b64,
    copies,
    page,
    reference,
    ticket,
    transaction,
)

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def whole(server, connect):
    """A ticket read with the extension."""
    server.get("ticket/7", ticket())
    server.get("redaction/copies/7", copies())
    connector = connect(tags_field="Tags")
    return connector, connector.fetch("7")


@pytest.fixture
def plain(server, connect):
    """A ticket read without it."""
    server.get("ticket/7", ticket())
    server.get("ticket/7/history", page(transaction(type_="EmailRecord")))
    server.get("ticket/7/attachments", page(attachment()))
    server.get("attachment/1", {"Content": b64(b"Hello")})
    server.get("transactions", page())
    connector = connect(None, tags_field="Tags")
    return connector, connector.fetch("7")


def test_a_whole_ticket_costs_two_calls_with_the_extension(whole):
    connector, _ = whole
    assert connector.calls == SPEC.calls_per_ticket == 2


def test_the_facts_of_a_ticket(whole):
    _, view = whole
    facts = view.ticket
    assert (facts.id, facts.code, facts.department, facts.assignee) == ("7", "#7", "3", None)
    assert (facts.status, facts.vendor_status) == (TicketStatus.OPEN, "open")
    assert (facts.due, facts.tags, facts.mark) == (None, frozenset({"dispute"}), "93")
    assert facts.url == f"{URL}/Ticket/Display.html?id=7"
    assert view.complete


def test_reading_some_kinds_gives_those_and_no_mark(whole):
    connector, _ = whole
    view = connector.fetch("7", only=frozenset({SurfaceKind.SUBJECT}))
    assert [s.id for s in view.surfaces] == ["subject"]
    assert view.ticket.mark == ""


def test_a_lost_extension_is_not_taken_for_a_lost_ticket(server, connect):
    server.get("ticket/7", ticket())
    server.get("redaction/copies/7", {"message": "Not Found"}, 404)
    with pytest.raises(HelpdeskUnavailable):
        connect().fetch("7")


@pytest.mark.parametrize(
    "lost", ["ticket/7/history", "ticket/7/attachments", "attachment/1", "transactions"]
)
def test_a_part_that_is_not_found_is_not_taken_for_a_lost_ticket(server, connect, lost):
    parts = {
        "ticket/7": ticket(),
        "ticket/7/history": page(transaction()),
        "ticket/7/attachments": page(attachment()),
        "attachment/1": {"Content": b64(b"Hello")},
        "transactions": page(),
    }
    for path, body in parts.items():
        if path == lost:
            server.get(path, {"message": "Not Found"}, 404)
        else:
            server.get(path, body)
    with pytest.raises(HelpdeskUnavailable) as caught:
        connect(None).fetch("7")
    assert caught.value.reason == "incomplete"


def test_a_ticket_that_goes_while_it_is_read_is_not_found(server, connect):
    server.get("ticket/7", ticket())
    server.get("ticket/7/history", {"message": "Not Found"}, 404)
    server.get("ticket/7", {"message": "Not Found"}, 404)
    with pytest.raises(NotFound):
        connect(None).fetch("7")


@pytest.mark.parametrize("ticket_id", ["", "x", "7/history", "٧", "-7"])
def test_an_id_that_is_no_number_is_not_found_without_a_call(server, connect, ticket_id):
    with pytest.raises(NotFound):
        connect().fetch(ticket_id)
    assert len(server.mock.calls) == 0


def test_without_the_extension_fields_and_texts_are_read(plain):
    _, view = plain
    texts = {s.id: s.content.text for s in view.surfaces if isinstance(s.content, Text)}
    assert texts["field:2:1"] == "CD"
    assert texts["attachment:1:Content"] == "Hello"
    assert view.complete


def test_without_mail_copies_a_reading_proves_nothing(server, connect):
    server.get("ticket/7", ticket())
    server.get("ticket/7/history", page(transaction()))
    server.get("ticket/7/attachments", page())
    server.get("transactions", page())
    connector = connect(NO_RIGHT)
    assert not connector.fetch("7").complete
    not_read = connector.capabilities().not_read
    assert ("request_tracker.not_read.mail_copies", WhyNot.NO_RIGHT) in not_read


def test_seeing_mail_copies_elsewhere_makes_it_complete(server, connect):
    server.get("ticket/7", ticket())
    server.get("ticket/7/history", page(transaction()))
    server.get("ticket/7/attachments", page())
    server.get("transactions", page(transaction("5", "EmailRecord")))
    assert connect(None).fetch("7").complete


def test_a_redaction_goes_to_the_place_of_the_surface(server, whole):
    connector, view = whole
    server.on("PUT", "redaction/ticket/7", {})
    connector.rewrite(view, view.surface("subject"), "masked")
    (body,) = server.sent("PUT")
    assert body["Subject"] == {"expect": b64("Kort på vei".encode()), "value": b64(b"masked")}


def test_a_record_that_vanished_is_a_change(server, whole):
    connector, view = whole
    server.on("PUT", "redaction/ticket/7", {"message": "Not Found"}, 404)
    with pytest.raises(ChangedMeanwhile):
        connector.rewrite(view, view.surface("subject"), "masked")


@pytest.mark.parametrize("how", ["whole", "plain"])
@pytest.mark.parametrize(
    "change",
    [
        {"Queue": reference("9")},
        {"id": 8},
        {"CustomFields": []},
        {"Requestor": [reference("ola@example.com")]},
    ],
    ids=["queue", "merged", "tags", "requester"],
)
def test_a_ticket_that_may_be_under_a_hold_now_or_was_merged_is_decided_upon_anew(
    server, request, how, change
):
    connector, view = request.getfixturevalue(how)
    server.mock.replace("GET", f"{URL}/REST/2.0/ticket/7", json=ticket(**change))
    with pytest.raises(ChangedMeanwhile):
        connector.rewrite(view, view.surface("subject"), "masked")
    assert server.sent("PUT") == []


def test_a_view_read_without_the_extension_must_be_read_again(plain, connect):
    _, view = plain
    with pytest.raises(ChangedMeanwhile):
        connect().rewrite(view, view.surface("field:2:0"), "masked")


@pytest.mark.parametrize("id_", ["agent:30:RealName", "user:50:EmailAddress"])
def test_names_of_agents_and_addresses_are_left_to_a_person(whole, id_):
    connector, view = whole
    with pytest.raises(UnsupportedByHelpdesk):
        connector.rewrite(view, replace(view.surface("subject"), id=id_), "x")


def test_a_file_that_is_no_text_cannot_be_rewritten(whole):
    connector, view = whole
    blob = replace(view.surface("subject"), content=Blob("a.png", "image/png"))
    with pytest.raises(UnsupportedByHelpdesk):
        connector.rewrite(view, blob, "x")


@pytest.mark.parametrize(
    ("surface", "body"),
    [
        ("subject", {"Subject": "masked"}),
        ("field:2:1", {"CustomFields": {"2": ["AB", "masked"]}}),
    ],
)
def test_without_the_extension_subject_and_fields_are_edited(server, plain, surface, body):
    connector, view = plain
    server.on("PUT", "ticket/7", ["changed"])
    connector.rewrite(view, view.surface(surface), "masked")
    assert server.sent("PUT") == [body]


def order(*values):
    """The fields of the ticket, with these values of the order."""
    fields = ticket()["CustomFields"]
    return {"CustomFields": [{**fields[0], "values": list(values)}, *fields[1:]]}


@pytest.mark.parametrize(
    ("surface", "change"),
    [
        ("subject", {"Subject": "x"}),
        ("field:2:1", order("AB", "EF")),
        ("field:2:1", order("CD")),
        ("field:2:1", {"CustomFields": ticket()["CustomFields"][1:]}),
    ],
    ids=["subject", "other_value", "fewer_values", "no_field"],
)
def test_an_edit_looks_again_just_before(server, plain, surface, change):
    connector, view = plain
    server.on("PUT", "ticket/7", ["changed"])
    server.mock.replace("GET", f"{URL}/REST/2.0/ticket/7", json=ticket(**change))
    with pytest.raises(ChangedMeanwhile):
        connector.rewrite(view, view.surface(surface), "masked")
    assert server.sent("PUT") == []


def test_a_message_needs_the_extension(plain):
    connector, view = plain
    with pytest.raises(UnsupportedByHelpdesk):
        connector.rewrite(view, view.surface("attachment:1:Content"), "masked")


def test_nothing_is_deleted(whole):
    connector, view = whole
    for surface in view.surfaces:
        with pytest.raises(UnsupportedByHelpdesk):
            connector.delete(view, surface)


def test_our_ticket_has_a_queue_a_marker_and_no_requester(server, connect):
    server.on("POST", "ticket", {"id": "8", "type": "ticket"}, 201)
    assert connect().create_ticket(TicketDraft("Funn", "Tekst", "DW-1")) == "8"
    (body,) = server.sent("POST")
    assert (body["Queue"], body["Subject"]) == ("Compliance", "Funn [DW-1]")
    assert not body.keys() & {"Requestor", "Requestors", "Cc", "AdminCc"}


def test_our_ticket_is_new_and_nobodys_until_somebody_acts(connect):
    fresh = connect().fresh(TicketDraft("Funn", "Tekst", "DW-1"))
    assert (fresh.vendor_status, fresh.assignee, fresh.department) == ("new", None, None)


@pytest.mark.parametrize(
    ("plugin", "shown", "asks"),
    [(PLUGIN, [], False), (None, [{"id": "1"}], False), (NO_RIGHT, [], True), (None, [], True)],
    ids=["extension", "right", "no_right_to_redact", "nothing"],
)
def test_a_person_looks_for_mails_only_where_no_copies_are_shown(
    server, connect, plugin, shown, asks
):
    server.get("transactions", page(*shown))
    asked = connect(plugin).capabilities().mail_by_hand
    assert bool(asked) is asks
    assert not asks or "ticket #7" in say(asked, "en", ticket="#7")


def test_a_note_is_a_comment(server, connect):
    server.on("POST", "ticket/8/comment", ["Comments added"], 201)
    connect().post_note("8", "Notat")
    assert server.sent("POST") == [{"Content": "Notat", "ContentType": "text/plain"}]


def test_a_status_that_was_not_taken_is_an_error(server, connect):
    server.on("PUT", "ticket/8", ["Status 'resolved' isn't a valid status"])
    server.get("ticket/8", ticket(id=8))
    with pytest.raises(PermanentError) as refused:
        connect().set_status("8", TicketStatus.CLOSED)
    assert refused.value.reason == "not_taken"


def test_a_status_is_set_and_looked_at(server, connect):
    server.on("PUT", "ticket/8", ["ok"])
    server.get("ticket/8", ticket(id=8, Status="resolved"))
    connect().set_status("8", TicketStatus.CLOSED)
    assert server.sent("PUT") == [{"Status": "resolved"}]


def test_our_tickets_are_not_marked_as_spam(connect):
    with pytest.raises(UnsupportedByHelpdesk):
        connect().set_status("8", TicketStatus.SPAM)


def test_a_marker_cannot_break_out_of_the_query(server, connect):
    server.get("tickets", page({"id": "9"}, {"id": "8"}))
    assert connect().find_tickets("a' OR id>0 \\") == ("9", "8")
    wanted = r"Subject LIKE 'a\' OR id>0 \\' AND Creator = '__CurrentUser__'"
    assert server.mock.calls[0].request.params["query"] == wanted


def row(id_, ticket_id, age):
    created = (NOW - timedelta(seconds=age)).isoformat()
    return {"id": str(id_), "ObjectId": ticket_id, "Created": created}


def test_polling_starts_at_the_newest_transaction(server, connect):
    server.get("transactions", page({"id": "120"}))
    page_ = connect().changed(None, now=NOW)
    assert (page_.tickets, page_.cursor, page_.more) == ((), "120", False)


def test_the_last_minute_is_read_again(server, connect):
    server.get("transactions", page(row(121, "7", 90), row(122, "8", 61), row(123, "7", 5)))
    page_ = connect().changed("120", now=NOW)
    assert [(t.id, t.changed) for t in page_.tickets] == [("7", "123"), ("8", "122")]
    assert (page_.cursor, page_.more) == ("122", False)


def test_a_full_page_always_moves_on(server, connect):
    server.get("transactions", page(row(121, "7", 5), more=True))
    page_ = connect().changed("120", now=NOW)
    assert page_.more
    connect().changed(page_.cursor, now=NOW)
    assert '"operator": ">", "value": "121"' in server.mock.calls[1].request.params["query"]


def test_an_empty_poll_stays_where_it_is(server, connect):
    server.get("transactions", page())
    server.get("tickets", page())
    assert connect().changed("120", now=NOW).cursor == "120"


def test_history_goes_by_ticket_number(server, connect):
    server.get("tickets", page({"id": "8", "Created": "2026-01-01T00:00:00Z"}, more=True))
    page_ = connect().history("7", since=datetime(2026, 1, 1, tzinfo=UTC))
    assert ([t.id for t in page_.tickets], page_.cursor, page_.more) == (["8"], "8", True)
    query = server.mock.calls[0].request.params["query"]
    # A day earlier: RT takes it for a time in the zone of our user.
    assert query == "id > 7 AND Type != 'x' AND Created >= '2025-12-31 00:00:00'"


def test_history_knows_the_tickets_that_we_wrote(server, connect):
    rows = ({"id": "8", "Subject": "Card data [DW-abcd]"}, {"id": "9", "Subject": "Parcel"})
    server.get("tickets", page(*rows))
    found = connect().history(None, since=None).tickets
    assert [(ref.id, ref.ours) for ref in found] == [("8", True), ("9", False)]
    assert "Subject" in server.mock.calls[0].request.params["fields"]


def listed(*ids):
    return [{"id": str(number), "Created": "2026-01-01T00:00:00Z"} for number in ids]


@pytest.mark.parametrize(
    ("shown", "deleted", "told", "more"),
    [
        (page(*listed(3, 9)), page(*listed(4, 12)), "3 4 9 12", False),
        (page(*listed(3, 9), more=True), page(*listed(4, 12)), "3 4 9", True),
        (page(*listed(3, 9)), page(*listed(4, 5), more=True), "3 4 5", True),
        (page(*listed(3, 9), more=True), page(*listed(4, 5), more=True), "3 4 5", True),
        (page(), page(*listed(4)), "4", False),
        (page(), page(), "", False),
    ],
)
def test_deleted_tickets_come_in_their_place(server, connect, shown, deleted, told, more):
    server.get("tickets", shown)
    server.get("redaction/deleted", deleted)
    found = connect({**PLUGIN, "version": "1.2"}).history("2", since=None)
    assert [ref.id for ref in found.tickets] == told.split()
    assert (found.cursor, found.more) == ((told.split() or ["2"])[-1], more)
    assert server.mock.calls[1].request.params["after"] == "2"


def test_tickets_that_were_deleted_before_the_first_day_are_left_out(server, connect):
    server.get("tickets", page())
    server.get("redaction/deleted", page(*listed(4)))
    found = connect({**PLUGIN, "version": "1.2"}).history(None, since=NOW + timedelta(days=99))
    assert (found.tickets, found.cursor) == ((), "4")


def test_an_empty_history_ends(server, connect):
    server.get("tickets", page())
    page_ = connect().history(None, since=None)
    assert (page_.tickets, page_.cursor, page_.more) == ((), "0", False)


ACCESS = {
    "users": [
        {"id": 14, "Name": "root", "SuperUser": True, "Disabled": False, "PasswordChanged": None},
        {"id": 38, "Name": "bot", "Disabled": True},
    ],
    "queues": [{"id": 3, "Name": "Support", "Readers": [14, 99]}],
    "groups": [{"id": 27, "Name": "Agents", "Members": [14]}],
    "tokens": [{"id": 1, "Owner": 38, "Description": "d", "Expires": None, "CanExpire": True}],
}


def test_the_extension_tells_who_has_access(server, connect):
    server.get("redaction/access", ACCESS)
    found = connect().snapshot(now=NOW)
    root, bot = found.agents
    assert (root.role, root.active, bot.active, bot.is_our_bot) == ("admin", True, False, True)
    assert found.departments[0].agent_ids == {"14"}
    assert (found.api_keys[0].never_expires, found.api_keys[0].is_ours) == (True, True)
    assert found.readable == found.supported


def test_a_token_of_an_older_version_has_no_expiry_to_read(server, connect):
    tokens = [{"id": 1, "Owner": 38, "CanExpire": False}]
    server.get("redaction/access", ACCESS | {"tokens": tokens})
    found = connect().snapshot(now=NOW)
    assert found.api_keys[0].never_expires is None
    assert "api_keys.expiry" not in found.readable


def test_without_the_extension_agents_have_no_known_rights(server, connect):
    server.get("groups", page({"id": 4, "Name": "Privileged"}, {"id": 5, "Name": "Unprivileged"}))
    server.get("group/4/members", page(reference(30)))
    server.get("user/30", {"id": 30, "Name": "alice", "Disabled": "0", "EmailAddress": "a@b.no"})
    found = connect(None).snapshot(now=NOW)
    assert [(a.name, a.active, a.role) for a in found.agents] == [("alice", True, AgentRole.AGENT)]
    assert found.readable == {"agents"}


def test_where_no_internal_group_is_shown_every_user_is_asked_for(server, connect):
    server.get("groups", page({"id": 5, "Name": "Privileged", "Domain": "UserDefined"}))
    server.get("users", page({"id": "alice"}, {"id": "kari@b.no"}))
    server.get("user/alice", {"id": 30, "Name": "alice", "Disabled": "0", "Privileged": 1})
    server.get("user/kari%40b.no", {"id": 31, "Name": "kari@b.no", "Privileged": 0})
    found = connect(None).snapshot(now=NOW)
    assert [a.name for a in found.agents] == ["alice"]
    assert found.readable == {"agents"}


def test_too_many_users_are_not_asked_for(server, connect, monkeypatch):
    monkeypatch.setattr("connectors.request_tracker.client.MOST_USERS", 1)
    server.get("groups", page())
    server.get("users", page({"id": "alice"}, {"id": "kari@b.no"}))
    assert connect(None).snapshot(now=NOW).errors == {"agents": "forbidden"}


def test_what_we_may_not_read_is_named(server, connect):
    server.get("groups", {"message": "Forbidden"}, 403)
    found = connect(None).snapshot(now=NOW)
    assert (found.errors, found.readable) == ({"agents": "forbidden"}, frozenset())


def test_agents_that_are_not_shown_are_not_taken_for_none(server, connect):
    server.get("groups", page({"id": 5, "Name": "Unprivileged"}))
    server.get("users", page())
    found = connect(None).snapshot(now=NOW)
    assert (found.errors, found.readable) == ({"agents": "forbidden"}, frozenset())


def test_a_withdrawn_right_leaves_nothing_readable(server, connect):
    server.get("redaction/access", {"message": "Forbidden"}, 403)
    found = connect().snapshot(now=NOW)
    assert (found.errors, found.readable) == ({"agents": "forbidden"}, frozenset())


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, {"message": "Not Found"}, None),
        (200, {"version": "1.0", "RedactContent": True, "AuditAccess": True}, PLUGIN),
    ],
    ids=["missing", "there"],
)
def test_probing_tells_of_version_and_extension(server, connect, status, body, told):
    server.get("redaction", body, status)
    server.get("rt", {"Version": "5.0.7"})
    assert connect(facts={}).probe() == {"version": "5.0.7", "plugin": told}


def test_an_account_that_was_never_probed_asks_once(server, connect):
    server.get("redaction", {"version": "1", "RedactContent": True, "AuditAccess": False})
    connector = connect(facts={})
    for _ in range(2):
        assert connector.capabilities().of(SurfaceKind.MAIL_COPY).strongest is Method.REDACT
    assert len(server.mock.calls) == 1
    connector.close()


def test_tags_are_values_of_their_field_and_there_are_none_without_one(connect):
    with pytest.raises(UnsupportedByHelpdesk):
        connect(tags_field="Tags").tag_names()
    assert connect().tag_names() == {}
