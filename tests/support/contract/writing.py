"""Writing: what is declared works, what is not is refused, and nobody is mailed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from support.contract.ground import Ground, text_of

from integration.core.capabilities import Method
from integration.core.errors import (
    ChangedMeanwhile,
    UnsupportedByHelpdesk,
)
from integration.core.models import TicketDraft, TicketStatus, TicketView
from integration.core.plan import IN_PLACE
from integration.core.surfaces import Blob, Direction, Surface, SurfaceKind, Text
from integration.services import selftest

REMOVING = frozenset({Method.REPOST, Method.DELETE})
KEPT_COPIES = frozenset({SurfaceKind.HISTORY, SurfaceKind.MAIL_COPY})
"""What may come or change by itself when something else is edited."""
ABOUT_IT = frozenset({SurfaceKind.HEADER, SurfaceKind.HISTORY})
"""What a helpdesk may store of a note besides its text."""


class Writing(Ground):
    """What the writes promise."""

    def test_what_can_be_written_in_place_is_and_nothing_else_changes(self, connector, planted):
        ticket, _ = planted
        for surface in the_first_of_each_kind(connector.fetch(ticket)):
            method = connector.capabilities().of(surface.kind).strongest
            if method not in IN_PLACE or isinstance(surface.content, Blob):
                continue
            before = connector.fetch(ticket)
            connector.rewrite(before, before.surface(surface.id), "masked text")
            after = connector.fetch(ticket)
            assert after.surface(surface.id).content.text == "masked text", surface.kind
            assert others(after, surface) == others(before, surface), surface.kind

    def test_what_changed_meanwhile_is_not_overwritten(self, desk, connector, planted):
        ticket, _ = planted
        view = connector.fetch(ticket)
        desk.rename(ticket, "An edited subject")
        with pytest.raises(ChangedMeanwhile):
            connector.rewrite(view, view.surface("subject"), "masked text")
        after = connector.fetch(ticket)
        assert after.surface("subject").content.text == "An edited subject"
        assert not any("masked text" in text_of(s) for s in after.surfaces)

    def test_what_was_not_declared_is_refused_and_nothing_changes(self, connector, planted):
        ticket, _ = planted
        before = connector.fetch(ticket)
        refused = 0
        for surface in before.surfaces:
            methods = frozenset(connector.capabilities().of(surface.kind).methods)
            if not methods & IN_PLACE:
                with pytest.raises(UnsupportedByHelpdesk):
                    connector.rewrite(before, surface, "masked text")
                refused += 1
            if not methods & REMOVING:
                with pytest.raises(UnsupportedByHelpdesk):
                    connector.delete(before, surface)
                refused += 1
        assert refused
        assert connector.fetch(ticket).surfaces == before.surfaces

    def test_what_can_be_deleted_is_gone_and_nothing_else_is(self, connector, planted):
        ticket, _ = planted
        for surface in the_first_of_each_kind(connector.fetch(ticket)):
            if not frozenset(connector.capabilities().of(surface.kind).methods) & REMOVING:
                continue
            before = connector.fetch(ticket)
            connector.delete(before, before.surface(surface.id))
            after = connector.fetch(ticket)
            left = after.surface(surface.id)
            assert left is None or left.content != surface.content, surface.kind
            assert others(after, surface) == others(before, surface), surface.kind

    def test_a_ticket_of_ours_is_as_it_was_asked_for_and_stays_closed_under_a_note(self, connector):
        draft = TicketDraft("Fresh", "Text", f"[DW-{uuid4().hex}]")
        ticket = connector.create_ticket(draft)
        first = connector.fetch(ticket)
        assert selftest.on_arrival(connector.fresh(draft), first) == ()
        connector.post_note(ticket, "on an open ticket")
        opened = connector.fetch(ticket)
        connector.set_status(ticket, TicketStatus.CLOSED)
        closed = connector.fetch(ticket)
        connector.post_note(ticket, selftest.NOTE)
        assert selftest.when_closed(opened, closed, connector.fetch(ticket)) == ()

    @pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
    def test_a_note_is_read_back_internal_and_mails_nobody(
        self, desk, connector, planted, media_type
    ):
        ticket, _ = planted
        before, mails = connector.fetch(ticket), desk.mails()
        text = "<p>Kari, ærlig &amp; talt</p>" if "html" in media_type else "Kari, ærlig & talt"
        connector.post_note(ticket, text, media_type=media_type)
        after = connector.fetch(ticket)
        new = [s for s in after.surfaces if before.surface(s.id) is None]
        (note,) = [s for s in new if s.kind is SurfaceKind.NOTE]
        assert {s.direction for s in new} == {Direction.INTERNAL}
        assert {s.kind for s in new} <= {SurfaceKind.NOTE, *ABOUT_IT}
        assert note.content == Text(text, media_type)
        assert desk.mails() == mails
        assert facts_of(after) == facts_of(before)

    @pytest.fixture
    def marker(self):
        """New each time: a real server remembers the tickets of other tests."""
        return f"dw-{uuid4().hex[:12]}"

    def test_our_ticket_is_found_by_its_marker_and_mails_nobody(self, desk, connector, marker):
        mails = desk.mails()
        draft = TicketDraft("Card data found", "What to do, æøå", marker)
        ticket = connector.create_ticket(draft)
        view = connector.fetch(ticket)
        assert desk.mails() == mails
        assert connector.find_tickets(marker) == (ticket,)
        assert connector.find_tickets(f"{marker}-b") == ()
        assert "Card data found" in view.surface("subject").content.text
        assert any("What to do, æøå" in text_of(s) for s in view.surfaces)
        assert view.ticket.status is TicketStatus.OPEN

    def test_our_ticket_is_closed_and_opened_again(self, desk, connector, marker):
        ticket = connector.create_ticket(TicketDraft("s", "b", marker))
        mails = desk.mails()
        for status in (TicketStatus.CLOSED, TicketStatus.OPEN):
            connector.set_status(ticket, status)
            assert connector.fetch(ticket).ticket.status is status
        assert desk.mails() == mails
        assert connector.find_tickets(marker) == (ticket,)

    @pytest.mark.parametrize("status", [TicketStatus.LIVE, TicketStatus.SPAM, TicketStatus.DELETED])
    def test_no_other_status_is_set(self, connector, marker, status):
        ticket = connector.create_ticket(TicketDraft("s", "b", marker))
        with pytest.raises(UnsupportedByHelpdesk):
            connector.set_status(ticket, status)


def the_first_of_each_kind(view: TicketView) -> list[Surface]:
    """One surface of each kind."""
    return list({s.kind: s for s in reversed(view.surfaces)}.values())


def others(view: TicketView, surface: Surface) -> dict[str, str]:
    """What stands elsewhere, copies that a helpdesk keeps by itself apart."""
    return {
        s.id: stands(s) for s in view.surfaces if s.id != surface.id and s.kind not in KEPT_COPIES
    }


def stands(surface: Surface) -> str:
    """The text, or what can be told of a file without its name, which is a surface of its own."""
    content = surface.content
    return f"{content.media_type} {content.size}" if isinstance(content, Blob) else content.text


def facts_of(view: TicketView) -> tuple[object, ...]:
    """What our writes must not change."""
    ticket = view.ticket
    return (ticket.vendor_status, ticket.assignee, ticket.department, ticket.due, ticket.tags)
