"""A helpdesk that says yes and does something else, or has not done it yet."""

from __future__ import annotations

from dataclasses import replace

from support.memory_desk import CARD
from support.rig import Rig

from integration.core.surfaces import SurfaceKind, Text


def acts(rig: Rig) -> list[str]:
    return [act[0] for act in rig.desk.acts]


def write(rig: Rig, text: str = f"card {CARD}") -> str:
    ticket = rig.desk.write_ticket(rig.desk.message(text))
    rig.make_due(ticket)
    return ticket


def test_a_delete_that_does_nothing_is_not_believed(rigs):
    rig = rigs()
    rig.desk.delete_erases = False
    ticket = write(rig)
    rig.run_until_done()
    assert CARD in rig.desk.text_of(ticket)
    assert rig.findings() == ["card.not_removed"]


def test_nothing_is_deleted_while_its_copy_is_cut(rigs):
    rig = rigs()
    rig.desk.note_limit = 180
    ticket = write(rig, f"A long story. {'word ' * 40} {CARD} the end")
    rig.run_until_done()
    assert acts(rig) == ["post_note"]
    assert f"{CARD} the end" in rig.desk.text_of(ticket)
    assert rig.findings() == ["card.not_removed"]


def test_what_is_added_while_the_copy_is_made_stands_in_the_end(rigs):
    rig = rigs()
    ticket = write(rig)
    (message,) = rig.desk.surfaces[ticket]
    longer = replace(message, content=Text(f"card {CARD} and please call me back"))

    def add(step: str) -> None:
        if step == "copied" and message in rig.desk.surfaces[ticket]:
            rig.desk.surfaces[ticket][0] = longer

    rig.run(add)
    assert "delete" not in acts(rig)
    rig.run_until_done()
    assert CARD not in rig.desk.text_of(ticket)
    assert "and please call me back" in rig.desk.text_of(ticket)


def test_a_copy_that_is_shown_late_is_posted_once(rigs, monkeypatch):
    rig = rigs()
    ticket = write(rig)
    shown, late = rig.desk.fetch, []

    def fetch(ticket_id, *, only=None):
        view = shown(ticket_id, only=only)
        notes = [s.id for s in view.surfaces if s.kind is SurfaceKind.NOTE]
        if not notes or len(late) > 2:
            return view
        late.append(notes)
        return replace(view, surfaces=tuple(s for s in view.surfaces if s.id not in notes))

    monkeypatch.setattr(rig.desk, "fetch", fetch)
    rig.run_until_done()
    assert late
    assert acts(rig) == ["post_note", "delete"]
    assert CARD not in rig.desk.text_of(ticket)
    assert rig.removals_recorded() == 1
