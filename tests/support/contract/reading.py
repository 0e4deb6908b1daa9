"""Reading: every place, the same each time, whole or in part."""

from __future__ import annotations

import re

import pytest
from support.contract.ground import Ground, changes, text_of

from integration.core.errors import (
    NotFound,
)
from integration.core.surfaces import SurfaceKind


class Reading(Ground):
    """What `fetch` promises."""

    def test_every_place_with_text_is_a_surface(self, connector, planted):
        ticket, places = planted
        view = connector.fetch(ticket)
        assert view.complete
        for kind, texts in places.items():
            read = [text_of(s) for s in view.surfaces if s.kind is kind]
            for text in texts:
                assert any(text in one for one in read), (kind, len(read))

    def test_ids_are_unique_stable_and_hold_nothing_a_person_wrote(self, connector, planted):
        ticket, places = planted
        first, second = connector.fetch(ticket), connector.fetch(ticket)
        ids = [s.id for s in first.surfaces]
        assert ids == [s.id for s in second.surfaces]
        assert len(ids) == len(set(ids))
        written = {word for texts in places.values() for text in texts for word in text.split()}
        assert [i for i in ids if not re.fullmatch(r"[\w:#.-]+", i)] == []
        assert [i for i in ids if i.partition(":")[2] in written] == []

    def test_reading_twice_reads_the_same(self, connector, planted):
        ticket, _ = planted
        assert connector.fetch(ticket).surfaces == connector.fetch(ticket).surfaces

    def test_no_surface_shows_its_text_when_it_is_printed(self, connector, planted):
        ticket, places = planted
        shown = repr(connector.fetch(ticket))
        assert [t for texts in places.values() for t in texts if t in shown] == []

    def test_a_partial_reading_is_that_part_of_the_whole(self, connector, planted):
        ticket, _ = planted
        whole = connector.fetch(ticket)
        kinds = {s.kind for s in whole.surfaces}
        for wanted in [{kind} for kind in kinds] + [{SurfaceKind.SUBJECT, SurfaceKind.NOTE}, kinds]:
            part = connector.fetch(ticket, only=frozenset(wanted))
            assert list(part.surfaces) == [s for s in whole.surfaces if s.kind in wanted]
            assert part.ticket.mark == ""
            assert part.ticket.id == ticket

    def test_a_first_reading_may_be_a_partial_one(self, desk, budget, planted):
        ticket, _ = planted
        for kind in SurfaceKind:
            fresh = desk.connect(budget)
            part = fresh.fetch(ticket, only=frozenset({kind}))
            assert {s.kind for s in part.surfaces} <= {kind}
            assert part.ticket.department == fresh.fetch(ticket).ticket.department
            fresh.close()

    def test_a_whole_reading_bears_the_mark_of_the_list(self, desk, connector):
        start = connector.changed(None, now=desk.clock.now())
        ticket = desk.write("hello")
        desk.clock.sleep(10)  # where marks are in seconds, one that still runs is none
        marks = dict(changes(desk, connector, start.cursor))
        assert connector.fetch(ticket).ticket.mark == marks[ticket]

    def test_a_ticket_that_is_not_there_is_not_found(self, desk, connector):
        with pytest.raises(NotFound):
            connector.fetch(desk.missing)
