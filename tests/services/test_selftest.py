"""The self-test believes nothing but its own reading, and leaves the scratch ticket closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import REPOSTING

from integration.core.capabilities import Capabilities, Capability, Method
from integration.core.errors import AuthExpired, HelpdeskUnavailable, UnsupportedByHelpdesk
from integration.core.models import Ticket, TicketStatus
from integration.core.surfaces import Direction, Surface, SurfaceKind, Text
from integration.services import selftest
from integration.services.selftest import TEST_CARD

EDITING = Capabilities(
    {
        SurfaceKind.SUBJECT: Capability((Method.EDIT,)),
        SurfaceKind.MESSAGE: Capability((Method.REDACT,)),
    }
)


@pytest.fixture
def run(desk, clock):
    return lambda: selftest.run(desk, clock, marker="[DW-selftest-acme]", department="compliance")


def after_fetch(desk, number, act):
    """Let something happen on the scratch ticket before the n-th reading."""
    fetch, count = desk.fetch, []

    def fetch_later(ticket_id, **rest):
        count.append(ticket_id)
        if len(count) == number:
            act(ticket_id)
        return fetch(ticket_id, **rest)

    desk.fetch = fetch_later


def changed(desk, **facts):
    def act(ticket_id):
        desk.tickets[ticket_id] = replace(desk.tickets[ticket_id], **facts)

    return act


def arrives(desk, kind=SurfaceKind.MESSAGE, direction=Direction.INTERNAL):
    def act(ticket_id):
        extra = desk.message("made by a rule", kind=kind, direction=direction)
        desk.surfaces[ticket_id].append(extra)

    return act


def test_a_quiet_account_that_erases_allows_enforce(desk, run):
    test = run()
    assert test.is_quiet
    assert test.facts["delete_erases"] is True
    assert test.facts["edit_subject"] is True
    assert test.facts["edit_message"] is False
    assert test.facts["left_on_scratch"] == []
    assert all(passed for _, passed in test.steps)
    assert test.mail_by_hand == ""
    assert test.ticket_code == f"#{test.ticket_id}"
    assert TEST_CARD not in desk.text_of(test.ticket_id)


def test_the_scratch_ticket_is_found_by_its_marker_in_its_department_and_closed(desk, run):
    test = run()
    assert desk.find_tickets("DW-selftest-acme") == (test.ticket_id,)
    assert desk.tickets[test.ticket_id].department == "compliance"
    assert desk.tickets[test.ticket_id].status is TicketStatus.CLOSED


@pytest.mark.parametrize("call", ["fetch", "rewrite", "delete"])
def test_the_scratch_ticket_is_closed_when_the_test_breaks_off(desk, run, call):
    def fail(*args, **kwargs):
        raise HelpdeskUnavailable("no")

    setattr(desk, call, fail)
    with pytest.raises(HelpdeskUnavailable) as caught:
        run()
    (ticket,) = desk.tickets.values()
    assert ticket.status is TicketStatus.CLOSED
    (note,) = caught.value.__notes__
    assert f"scratch ticket {ticket.id} was closed" in note


def test_a_scratch_ticket_that_cannot_be_closed_is_named_with_the_first_failure(desk, run):
    def refuse(*args, **kwargs):
        raise AuthExpired("the key was revoked meanwhile")

    desk.post_note = desk.set_status = refuse
    with pytest.raises(AuthExpired, match="revoked") as caught:
        run()
    (ticket,) = desk.tickets.values()
    (note,) = caught.value.__notes__
    assert f"scratch ticket {ticket.id} could not be closed" in note


def test_when_only_the_closing_fails_the_scratch_ticket_is_named(desk, run):
    def refuse(*args, **kwargs):
        raise HelpdeskUnavailable("no")

    desk.set_status = refuse
    with pytest.raises(HelpdeskUnavailable) as caught:
        run()
    (ticket,) = desk.tickets.values()
    assert ticket.id in caught.value.__notes__[0]


def test_a_delete_that_does_not_erase_is_not_believed(desk, run):
    desk.delete_erases = False
    test = run()
    assert test.facts["delete_erases"] is False
    assert ("selftest.delete_erases", False) in test.steps
    assert test.facts["left_on_scratch"] == ["message"]


@pytest.mark.parametrize("shown", ["self-test", TEST_CARD], ids=["follows", "keeps the text"])
def test_whether_the_preview_follows_is_read_where_it_can_be(desk, run, shown):
    kinds = {SurfaceKind.PREVIEW: Capability(why="desk.preview", steps="desk.write_a_note")}
    desk.matrix = replace(REPOSTING, by_kind={**REPOSTING.by_kind, **kinds})
    create = desk.create_ticket

    def with_preview(draft):
        ticket_id = create(draft)
        preview = Surface("preview", SurfaceKind.PREVIEW, Text(shown))
        desk.surfaces[ticket_id].append(preview)
        return ticket_id

    desk.create_ticket = with_preview
    follows = shown != TEST_CARD
    test = run()
    assert test.facts["preview_follows"] is follows
    assert ("selftest.preview_follows", follows) in test.steps


@pytest.mark.parametrize("error", ["forbidden", "unsupported"])
def test_a_refused_delete_proves_nothing(desk, run, error):
    if error == "forbidden":
        desk.deny = frozenset({"delete"})
    else:

        def delete(view, surface):
            raise UnsupportedByHelpdesk("no")

        desk.delete = delete
    assert run().facts["delete_erases"] is False


def test_a_rewrite_that_does_not_stick_is_not_believed(desk, run):
    desk.rewrite = lambda view, surface, text: None
    test = run()
    assert test.facts["edit_subject"] is False
    assert ("selftest.subject", False) in test.steps


def test_a_refused_rewrite_proves_nothing(desk, run):
    desk.deny = frozenset({"rewrite"})
    assert run().facts["edit_subject"] is False


def test_a_place_that_cannot_be_edited_is_not_tried(desk, run):
    desk.matrix = replace(REPOSTING, by_kind={})
    assert run().facts["edit_subject"] is False
    assert "rewrite" not in [act[0] for act in desk.acts]


def test_where_messages_can_be_edited_nothing_is_deleted(desk, run):
    desk.matrix = EDITING
    test = run()
    assert test.facts["edit_message"] is True
    assert test.facts["delete_erases"] is False
    assert ("selftest.edit_message", True) in test.steps
    assert "delete" not in [act[0] for act in desk.acts]


def test_a_helpdesk_that_does_not_show_what_was_written_fails_the_first_step(desk, run):
    def lose(ticket_id):
        desk.surfaces[ticket_id] = []

    after_fetch(desk, 1, lose)
    test = run()
    assert ("selftest.reads_back", False) in test.steps
    assert test.facts["delete_erases"] is False


def test_a_copy_that_an_edit_leaves_is_named(desk, run):
    desk.keeps_old_subject = True
    assert run().facts["left_on_scratch"] == ["history"]


ARRIVAL, CLOSING = 1, 5
"""The readings just after we made the ticket, and just after we closed it."""
READINGS = range(ARRIVAL, CLOSING + 2)
FACTS = {
    "selftest.status": {"vendor_status": "other"},
    "selftest.assignee": {"assignee": "a1"},
    "selftest.department": {"department": "sales"},
    "selftest.due": {"due": "soon"},
    "selftest.tags": {"tags": frozenset({"vip"})},
}


OF_CLOSING = {"selftest.status", "selftest.due", "selftest.rule_made"}
"""What may come of our closing: another status, no due time, a line of the helpdesk's own."""


@pytest.mark.parametrize(
    ("reading", "difference"),
    [(r, d) for r in READINGS for d in FACTS if r != CLOSING or d not in OF_CLOSING],
)
def test_a_fact_that_changes_without_our_doing_blocks_enforce(desk, run, reading, difference):
    after_fetch(desk, reading, changed(desk, **FACTS[difference]))
    test = run()
    assert test.differences == (difference,)
    assert not test.is_quiet


OPEN = {"status": TicketStatus.OPEN, "vendor_status": "open"}


def test_a_rule_that_had_set_the_status_before_the_first_reading_is_seen(desk, run):
    create = desk.create_ticket

    def create_and_open(draft):
        ticket = create(draft)
        changed(desk, **OPEN)(ticket)
        return ticket

    desk.create_ticket = create_and_open
    assert run().differences == ("selftest.status",)


def test_a_rule_that_opens_closed_tickets_on_our_note_is_seen_and_the_ticket_closed(desk, run):
    note = desk.post_note

    def note_and_open(ticket_id, text):
        note(ticket_id, text)
        if desk.tickets[ticket_id].status is TicketStatus.CLOSED:
            changed(desk, **OPEN)(ticket_id)

    desk.post_note = note_and_open
    test = run()
    assert test.differences == ("selftest.status", "selftest.reopened")
    assert ("selftest.note_when_closed", False) in test.steps
    assert desk.tickets[test.ticket_id].status is TicketStatus.CLOSED


def test_a_helpdesk_that_does_not_take_the_closing_is_seen(desk, run):
    desk.set_status = lambda ticket_id, status: None
    assert run().differences == ("selftest.reopened",)


def test_a_note_that_is_refused_on_a_closed_ticket_is_told_and_nothing_else(desk, run):
    close = desk.set_status

    def close_and_lock(ticket_id, status):
        close(ticket_id, status)
        desk.deny = frozenset({"post_note"})

    desk.set_status = close_and_lock
    test = run()
    assert test.is_quiet
    assert ("selftest.note", True) in test.steps
    assert ("selftest.note_when_closed", False) in test.steps


def test_a_department_whose_id_is_not_known_beforehand_is_taken_as_it_comes(desk, run):
    desk.fresh = lambda draft: Ticket("")
    assert run().is_quiet
    after_fetch(desk, 2, changed(desk, department="sales"))
    assert run().differences == ("selftest.department",)


def test_where_no_reading_shows_mails_a_person_is_told_where_to_look(desk, run):
    desk.matrix = replace(REPOSTING, mail_by_hand="desk.mail_by_hand")
    test = run()
    assert test.mail_by_hand == test.facts["mail_by_hand"] == "desk.mail_by_hand"


MADE = {
    "rule_note": (SurfaceKind.NOTE, Direction.INTERNAL, {"selftest.rule_made"}),
    "answer": (SurfaceKind.MESSAGE, Direction.OUTBOUND, {"selftest.outbox", "selftest.rule_made"}),
    "mail_copy": (SurfaceKind.MAIL_COPY, Direction.OUTBOUND, {"selftest.outbox"}),
    "mail_to_staff": (SurfaceKind.MAIL_COPY, Direction.INTERNAL, {"selftest.outbox"}),
}


@pytest.mark.parametrize(
    ("reading", "made"),
    [(r, m) for r in READINGS for m in MADE if r != CLOSING or MADE[m][2] - OF_CLOSING],
)
def test_a_message_that_a_rule_makes_blocks_enforce(desk, run, reading, made):
    kind, direction, differences = MADE[made]
    after_fetch(desk, reading, arrives(desk, kind, direction))
    own = OF_CLOSING if reading == CLOSING else set()
    assert set(run().differences) == differences - own


def test_the_removal_of_our_own_message_is_no_difference(desk):
    subject = Surface("subject", SurfaceKind.SUBJECT, Text("x"))
    ticket = desk.write_ticket(subject, desk.message("y"))
    before = desk.fetch(ticket)
    desk.surfaces[ticket] = [subject]
    assert selftest.compare(before, desk.fetch(ticket)) == ()


def test_our_own_ticket_is_looked_for_by_its_marker(desk, run):
    assert run().facts["finds_own"] is True
    desk.find_tickets = lambda marker: ()
    assert run().facts["finds_own"] is False


@pytest.mark.parametrize(("error", "breaks"), [(UnsupportedByHelpdesk, False), (AuthExpired, True)])
def test_a_search_that_is_refused_breaks_the_test_only_when_the_key_is(desk, run, error, breaks):
    def refuse(marker):
        raise error("no")

    desk.find_tickets = refuse
    if breaks:
        with pytest.raises(error):
            run()
    else:
        assert run().facts["finds_own"] is False
