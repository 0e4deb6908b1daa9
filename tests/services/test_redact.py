"""One ticket, from a number in it to "verified gone"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD, OTHER_CARD, REPOSTING
from support.rig import Crash

from integration.core.capabilities import Capabilities, Capability, Method, Outcome
from integration.core.errors import HelpdeskUnavailable, RetryableError
from integration.core.findings.model import State
from integration.core.mode import Mode
from integration.core.models import Priority, TicketStatus
from integration.core.policy import Hold, Policy
from integration.core.surfaces import Blob, Direction, Role, Surface, SurfaceKind, Text

ENFORCE = Policy(mode=Mode.ENFORCE)


def subject(text: str) -> Surface:
    return Surface("subject", SurfaceKind.SUBJECT, Text(text))


def findings(store):
    with store.transaction() as tables:
        return {f.cause: f for f in tables.findings.list("acme")}


def audit(store):
    with store.transaction() as tables:
        return [row.record for row in tables.audit.rows("acme")]


def test_a_clean_ticket_costs_one_look_and_no_write(desk, redactor, store):
    ticket = desk.write_ticket(subject("Hello"), desk.message("Where is my parcel?"))
    result = redactor().run(ticket)
    assert desk.calls == 1
    assert desk.acts == []
    assert result.outcome is Outcome.GONE
    assert audit(store)[-1]["hits"] == {}
    assert findings(store) == {}


def test_a_card_in_a_message_is_copied_masked_then_the_original_deleted(desk, redactor):
    message = desk.message(f"My card is {CARD}, thanks")
    ticket = desk.write_ticket(subject("Payment"), message)
    result = redactor().run(ticket)
    assert result.outcomes == {message.id: Outcome.GONE}
    assert [act[0] for act in desk.acts] == ["post_note", "delete"]
    text = desk.text_of(ticket)
    assert CARD not in text
    assert "My card is [card visa **** 1111], thanks" in text
    assert "Kari Nordmann" in text


PREVIEW = Surface("preview", SurfaceKind.PREVIEW, Text(f"My card is {CARD}"))


@pytest.fixture
def previewing(desk):
    """A desk whose lists show what a message held, until somebody sees to it."""
    kinds = {SurfaceKind.PREVIEW: Capability(why="desk.preview", steps="desk.write_a_note")}
    desk.matrix = replace(REPOSTING, by_kind={**REPOSTING.by_kind, **kinds})
    return desk


def test_a_preview_that_still_shows_it_is_told_and_not_called_gone(previewing, redactor, store):
    ticket = previewing.write_ticket(previewing.message(f"card {CARD}"), PREVIEW)
    result = redactor().run(ticket)
    assert result.outcomes["preview"] is Outcome.MANUAL
    assert result.outcome is Outcome.MANUAL
    assert findings(store)


def test_a_preview_is_looked_at_again_until_it_shows_it_no_more(previewing, redactor):
    ticket = previewing.write_ticket(previewing.message(f"card {CARD}"), PREVIEW)
    redactor().run(ticket)
    assert redactor().run(ticket).outcome is Outcome.MANUAL
    previewing.surfaces[ticket].remove(PREVIEW)
    assert redactor().run(ticket).outcome is Outcome.GONE


def test_a_clean_ticket_costs_no_look_at_its_preview(previewing, redactor):
    ticket = previewing.write_ticket(previewing.message("Where is my parcel?"))
    redactor().run(ticket)
    assert previewing.calls == 1


def test_a_card_in_one_message_takes_a_look_before_between_and_after(desk, redactor):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor().run(ticket)
    assert desk.calls == 5  # read, copy, read, delete, read


def test_a_subject_is_rewritten_in_place(desk, redactor):
    ticket = desk.write_ticket(subject(f"Charge {CARD} please"))
    result = redactor().run(ticket)
    assert result.outcome is Outcome.GONE
    assert desk.text_of(ticket) == "Charge [card visa **** 1111] please"


def test_the_copy_that_an_edit_leaves_in_the_history_is_found_and_named(desk, redactor, store):
    desk.keeps_old_subject = True
    ticket = desk.write_ticket(subject(f"Charge {CARD}"))
    result = redactor().run(ticket)
    assert result.outcomes["subject"] is Outcome.GONE
    assert result.outcome is Outcome.MANUAL
    assert "card.not_removed" in findings(store)


def test_the_copy_that_an_edit_leaves_is_removed_where_that_is_possible(desk, redactor):
    desk.keeps_old_subject = True
    desk.matrix = Capabilities(
        {**REPOSTING.by_kind, SurfaceKind.HISTORY: Capability((Method.REDACT,))}
    )
    ticket = desk.write_ticket(subject(f"Charge {CARD}"))
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert CARD not in desk.text_of(ticket)


def test_html_keeps_its_tags_in_the_copy(desk, redactor):
    html = "<p>Card <b>4111</b> 1111 1111 1111</p><p>Bye</p>"
    ticket = desk.write_ticket(desk.message(html, "text/html"))
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert "<p>Bye</p>" in desk.text_of(ticket)


def test_nothing_is_deleted_when_the_copy_did_not_come_out_whole(desk, redactor, store):
    desk.note_limit = 180
    message = desk.message(f"A long story. {'word ' * 40} {CARD} the end")
    ticket = desk.write_ticket(message)
    result = redactor().run(ticket)
    assert result.outcomes == {message.id: Outcome.MANUAL}
    assert ("delete", message.id) not in desk.acts
    assert message in desk.surfaces[ticket]
    assert "card.not_removed" in findings(store)


def test_a_refused_delete_leaves_the_copy_and_asks_a_person(desk, redactor, store):
    desk.deny = frozenset({"delete"})
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    assert redactor().run(ticket).outcomes == {message.id: Outcome.DENIED}
    assert "[card visa **** 1111]" in desk.text_of(ticket)
    assert "card.not_removed" in findings(store)


def test_a_delete_that_answers_well_and_does_nothing_is_not_believed(desk, redactor, store):
    desk.delete_erases = False
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    assert redactor().run(ticket).outcomes == {message.id: Outcome.RESIDUAL}
    assert "card.not_removed" in findings(store)


def test_monitor_mode_writes_nothing_and_says_what_it_would_do(desk, redactor, store):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    result = redactor(Policy(mode=Mode.MONITOR)).run(ticket)
    assert result.outcomes == {message.id: Outcome.PLANNED}
    assert desk.acts == []


def test_a_security_code_is_told_at_once_even_in_monitor_mode(desk, redactor, store):
    ticket = desk.write_ticket(desk.message(f"card {CARD} cvc 123"))
    redactor(Policy(mode=Mode.MONITOR)).run(ticket)
    assert "card.sad" in findings(store)


def test_a_card_sent_out_by_an_agent_is_a_finding_though_it_was_removed(desk, redactor, store):
    ticket = desk.write_ticket(desk.message(f"card {CARD}", direction=Direction.OUTBOUND))
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert "card.outbound" in findings(store)


def test_nothing_is_deleted_from_a_ticket_under_a_hold(desk, redactor, store):
    policy = replace(ENFORCE, hold=Hold(tags=frozenset({"dispute"})))
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message, tags=frozenset({"dispute"}))
    assert redactor(policy).run(ticket).outcomes == {message.id: Outcome.MANUAL}
    assert desk.acts == []
    held = findings(store)["card.held"]
    assert held.due is not None


def test_the_deadline_of_a_hold_does_not_move_when_the_ticket_is_looked_at_again(
    desk, redactor, store, clock
):
    policy = replace(ENFORCE, hold=Hold(tags=frozenset({"dispute"})))
    ticket = desk.write_ticket(desk.message(f"card {CARD}"), tags=frozenset({"dispute"}))
    redactor(policy).run(ticket)
    due = findings(store)["card.held"].due
    clock.forward(days=3)
    redactor(policy).run(ticket)
    assert findings(store)["card.held"].due == due


def test_a_running_chat_is_left_alone_until_it_ends(desk, redactor, store, clock):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message, status=TicketStatus.LIVE)
    with store.transaction() as tables:
        tables.due.upsert("acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE)
        (claim,) = tables.due.claim("w", now=clock.now(), lease=60, limit=1)
    assert redactor().run(ticket, claim).outcomes == {message.id: Outcome.PENDING}
    assert desk.acts == []
    with store.transaction() as tables:
        (row,) = tables.due.rows("acme")
    assert row["subject"] == f"ticket:{ticket}"


def test_an_unsure_find_is_reported_and_left_alone(desk, redactor, store):
    policy = replace(ENFORCE, redact_from=1.1)
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor(policy).run(ticket)
    assert desk.acts == []
    assert "card.unsure" in findings(store)


def test_what_a_masked_copy_keeps_is_said_to_come_from_who_wrote_it(desk, redactor, store):
    text = f"My card is {CARD}. My password: Sommer2026!kort"
    message = replace(
        desk.message(text), role=Role.REQUESTER, direction=Direction.INBOUND, channel="email"
    )
    ticket = desk.write_ticket(message)
    redactor().run(ticket)
    first = findings(store)["card.unsure"]
    (place,) = first.facts["unsure"]
    assert place["kind"] == "note", "it stands in our copy now"
    assert (place["role"], place["direction"], place["channel"]) == (
        "requester",
        "inbound",
        "email",
    )
    redactor().run(ticket)
    assert findings(store)["card.unsure"].members == first.members, "nothing new to tell"
    assert findings(store)["card.unsure"].facts["unsure"][0]["role"] == "requester"


def test_a_file_beside_a_card_is_named_for_a_person(desk, redactor, store):
    file = Surface("file:1", SurfaceKind.FILE, Blob("card.jpg", "image/jpeg", 20))
    ticket = desk.write_ticket(desk.message(f"card {CARD}"), file)
    result = redactor().run(ticket)
    assert result.not_scannable == 1
    assert "card.not_scanned" in findings(store)
    redactor().run(ticket)
    named = findings(store)["card.not_scanned"]
    assert named.state is State.OPEN, "the card is gone, and the file is still there unread"


def test_a_file_that_was_taken_away_is_asked_about_no_more(desk, redactor, store):
    file = Surface("file:1", SurfaceKind.FILE, Blob("card.jpg", "image/jpeg", 20))
    ticket = desk.write_ticket(desk.message(f"card {CARD}"), file)
    redactor().run(ticket)
    desk.surfaces[ticket] = [s for s in desk.surfaces[ticket] if s.kind is not SurfaceKind.FILE]
    redactor().run(ticket)
    assert findings(store)["card.not_scanned"].state is State.RESOLVED


def test_a_second_run_changes_nothing(desk, redactor, store):
    ticket = desk.write_ticket(subject(f"x {CARD}"), desk.message(f"card {OTHER_CARD}"))
    redactor().run(ticket)
    text, acts = desk.text_of(ticket), list(desk.acts)
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert desk.text_of(ticket) == text
    assert desk.acts == acts


def test_a_write_that_failed_after_it_took_effect_is_not_done_twice(desk, redactor):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    post = desk.post_note

    def post_and_time_out(*args, **kwargs):
        post(*args, **kwargs)
        desk.post_note = post
        raise HelpdeskUnavailable("timed out")

    desk.post_note = post_and_time_out
    with pytest.raises(HelpdeskUnavailable):
        redactor().run(ticket)
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert [act[0] for act in desk.acts] == ["post_note", "delete"]


def test_a_paused_account_is_not_written_to(desk, redactor, store):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    with store.transaction() as tables:
        tables.accounts.set_paused("acme", "admin")
    with pytest.raises(RetryableError) as caught:
        redactor().run(ticket)
    assert caught.value.reason == "paused"
    assert desk.acts == []


def test_too_many_removals_pause_the_account_and_ask(desk, redactor, store):
    policy = replace(ENFORCE, max_tickets_per_hour=1)
    first = desk.write_ticket(desk.message(f"card {CARD}"))
    second = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor(policy).run(first)
    with pytest.raises(RetryableError) as caught:
        redactor(policy).run(second)
    assert caught.value.reason == "breaker"
    assert "account.breaker" in findings(store)
    with store.transaction() as tables:
        assert tables.accounts.get("acme").paused == "breaker"
    assert CARD in desk.text_of(second)


def test_a_ticket_that_is_gone_closes_what_was_told_of_it(desk, redactor, store):
    desk.delete_erases = False
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor().run(ticket)
    del desk.tickets[ticket]
    redactor().run(ticket)
    assert findings(store)["card.not_removed"].state == "resolved"


def test_a_ticket_that_is_gone_ends_what_was_begun_on_it(desk, redactor, store):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)

    def crash(step):
        if step == "copied":
            raise Crash

    with pytest.raises(Crash):
        redactor(on_step=crash).run(ticket)
    del desk.tickets[ticket]
    assert redactor().run(ticket).outcomes == {message.id: Outcome.GONE}
    with store.transaction() as tables:
        rows = tables.redactions.of_ticket("acme", ticket)
    assert {surface: row.outcome for surface, row in rows.items()} == {message.id: "gone"}


def test_exposure_runs_from_the_writing_of_the_text_to_the_reading_that_proves_it_gone(
    desk, redactor, clock
):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    clock.forward(seconds=90)
    assert redactor().run(ticket).exposure_ms == 90_000


def test_no_number_reaches_our_own_tables(desk, redactor, store, tmp_path):
    ticket = desk.write_ticket(subject(f"x {CARD}"), desk.message(f"card {OTHER_CARD} cvc 987"))
    redactor().run(ticket)
    stored = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    for number in (CARD, OTHER_CARD):
        assert number.encode() not in stored
        assert number.replace(" ", "").encode() not in stored
        assert number[-4:].encode() not in stored
