"""What must never happen to a ticket, whatever people and helpdesks do meanwhile."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from support.memory_desk import CARD, REPOSTING

from integration.core.capabilities import Capabilities, Capability, Method, Outcome
from integration.core.errors import (
    ApiContractChanged,
    ChangedMeanwhile,
    NotFound,
    RetryableError,
    UnsupportedByHelpdesk,
)
from integration.core.masked_copy import marker
from integration.core.mode import Mode
from integration.core.models import Priority, TicketStatus
from integration.core.policy import Hold, Policy
from integration.core.spans import Kind
from integration.core.surfaces import Blob, Role, Surface, SurfaceKind, Text

ENFORCE = Policy(mode=Mode.ENFORCE)
DEBIT = "5555 5555 5555 4444"


def findings(store):
    with store.transaction() as tables:
        return {f.cause: f for f in tables.findings.list("acme")}


def edit(desk, ticket, surface, text):
    place = desk.surfaces[ticket].index(surface)
    desk.surfaces[ticket][place] = replace(surface, content=Text(text))


def acts(desk):
    return [act[0] for act in desk.acts]


def test_a_text_that_is_edited_while_it_is_copied_is_copied_anew_before_it_goes(desk, redactor):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)

    def add(step):
        if step == "copied" and message in desk.surfaces[ticket]:
            edit(desk, ticket, message, f"card {CARD} and please call me back")

    with pytest.raises(ChangedMeanwhile):
        redactor(on_step=add).run(ticket)
    assert "delete" not in acts(desk)
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert acts(desk) == ["post_note", "post_note", "delete"]
    assert "and please call me back" in desk.text_of(ticket)


def test_a_copy_of_an_edited_text_that_stands_already_is_not_posted_again(desk, redactor):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    texts = itertools.cycle([f"other {CARD}", f"card {CARD}"])

    def edit_once(step):
        if step == "copied":
            current = next(s for s in desk.surfaces[ticket] if s.id == message.id)
            edit(desk, ticket, current, next(texts))

    with pytest.raises(ChangedMeanwhile):
        redactor(on_step=edit_once).run(ticket)
    current = next(s for s in desk.surfaces[ticket] if s.id == message.id)
    edit(desk, ticket, current, f"card {CARD}")
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert acts(desk) == ["post_note", "delete"]


def test_an_original_that_is_gone_when_it_is_to_be_deleted_is_no_failure(desk, redactor):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)

    def remove(step):
        if step == "copied":
            desk.surfaces[ticket].remove(message)

    assert redactor(on_step=remove).run(ticket).outcomes == {message.id: Outcome.GONE}
    assert acts(desk) == ["post_note"]


def test_an_original_that_goes_just_before_the_delete_is_no_failure(desk, redactor):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)

    def remove(step):
        if step == "before deleted":
            desk.surfaces[ticket].remove(message)

    assert redactor(on_step=remove).run(ticket).outcomes == {message.id: Outcome.GONE}


def test_a_copy_that_is_taken_away_before_the_delete_stops_it(desk, redactor):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)

    def remove(step):
        if step == "copied":
            desk.surfaces[ticket] = [message]

    with pytest.raises(RetryableError) as caught:
        redactor(on_step=remove).run(ticket)
    assert caught.value.reason == "copy_not_seen"
    assert "delete" not in acts(desk)


def test_a_note_that_forges_our_marker_cannot_get_the_original_deleted(desk, redactor, store):
    message = desk.message(f"card {CARD} and the story")
    forged = Surface(
        "message:9", SurfaceKind.NOTE, Text(f"{marker(message.id)} done"), role=Role.AGENT
    )
    ticket = desk.write_ticket(message, forged)
    assert redactor().run(ticket).outcomes == {message.id: Outcome.MANUAL}
    assert desk.acts == []
    assert "card.not_removed" in findings(store)


def test_a_customer_who_writes_our_marker_is_answered_like_any_other(desk, redactor):
    first, second = desk.message(f"card {CARD}"), desk.message(f"card {DEBIT}")
    forger = desk.message(f"{marker(first.id)} {marker(second.id)} card {CARD}")
    ticket = desk.write_ticket(forger, first, second)
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert acts(desk) == ["post_note"] * 3 + ["delete"] * 3


def test_a_refused_delete_makes_no_second_copy_when_the_ticket_is_looked_at_again(desk, redactor):
    desk.deny = frozenset({"delete"})
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    for _ in range(4):
        redactor().run(ticket)
    assert acts(desk).count("post_note") == 1


def test_a_desk_that_cannot_delete_after_all_asks_a_person(desk, redactor):
    def delete(view, surface):
        raise UnsupportedByHelpdesk("no")

    desk.delete = delete
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    result = redactor().run(ticket)
    assert result.outcomes == {message.id: Outcome.MANUAL}
    assert result.reasons == {message.id: "unsupported"}


def test_a_refused_copy_leaves_the_original(desk, redactor):
    desk.deny = frozenset({"post_note"})
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    assert redactor().run(ticket).outcomes == {message.id: Outcome.DENIED}
    assert message in desk.surfaces[ticket]


def test_a_place_that_can_only_be_deleted_needs_no_copy(desk, redactor):
    desk.matrix = Capabilities(
        {**REPOSTING.by_kind, SurfaceKind.HISTORY: Capability((Method.DELETE,))}
    )
    old = Surface("history:1", SurfaceKind.HISTORY, Text(f"card {CARD}"))
    ticket = desk.write_ticket(old)
    assert redactor().run(ticket).outcome is Outcome.GONE
    assert acts(desk) == ["delete"]


def test_each_write_that_makes_a_new_copy_is_followed_only_so_often_and_then_told(
    desk, redactor, store
):
    """A desk that leaves a copy with every edit, in a place that can be edited."""
    editable = Capability((Method.EDIT,))
    desk.matrix = Capabilities({SurfaceKind.SUBJECT: editable, SurfaceKind.HISTORY: editable})
    rewrite = desk.rewrite

    def and_keep(view, surface, text):
        rewrite(view, surface, text)
        kept = replace(surface, id=f"history:{next(desk.ids)}", kind=SurfaceKind.HISTORY)
        desk.surfaces[view.ticket.id].append(kept)

    desk.rewrite = and_keep
    ticket = desk.write_ticket(Surface("subject", SurfaceKind.SUBJECT, Text(f"card {CARD}")))
    result = redactor().run(ticket)
    assert acts(desk) == ["rewrite"] * 3
    assert result.outcome is Outcome.RESIDUAL
    assert CARD in desk.text_of(ticket)
    assert "card.not_removed" in findings(store)


def test_the_account_can_be_paused_between_the_copy_and_the_delete(desk, redactor, store):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))

    def pause(step):
        if step == "copied":
            with store.transaction() as tables:
                tables.accounts.set_paused("acme", "admin")

    with pytest.raises(RetryableError) as caught:
        redactor(on_step=pause).run(ticket)
    assert caught.value.reason == "paused"
    assert acts(desk) == ["post_note"]


def test_a_switch_to_monitor_holds_for_the_next_write_of_a_running_job(desk, redactor, store):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    with store.transaction() as tables:
        row = tables.accounts.get("acme")
        tables.accounts.save(replace(row, mode=Mode.MONITOR))
    with pytest.raises(RetryableError) as caught:
        redactor().run(ticket)
    assert caught.value.reason == "mode_changed"
    assert desk.acts == []


def test_nothing_is_written_for_an_account_that_was_removed(desk, redactor, store):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    with store.transaction() as tables:
        tables.accounts.remove("acme")
    with pytest.raises(RetryableError):
        redactor().run(ticket)
    assert desk.acts == []


@pytest.mark.parametrize("kind", [kind for kind in SurfaceKind if kind is not SurfaceKind.PREVIEW])
@pytest.mark.parametrize("stop", ["monitor", "hold", "live"])
def test_no_kind_of_place_is_written_in_monitor_under_a_hold_or_in_a_running_chat(
    desk, redactor, kind, stop
):
    desk.matrix = Capabilities({kind: Capability((Method.EDIT,))})
    policy = replace(
        ENFORCE,
        mode=Mode.MONITOR if stop == "monitor" else Mode.ENFORCE,
        hold=Hold(departments=frozenset({"legal"})) if stop == "hold" else Hold(),
    )
    status = TicketStatus.LIVE if stop == "live" else TicketStatus.OPEN
    place = Surface("place:1", kind, Text(f"card {CARD}"))
    ticket = desk.write_ticket(place, department="legal", status=status)
    expected = {"monitor": Outcome.PLANNED, "hold": Outcome.MANUAL, "live": Outcome.PENDING}
    assert redactor(policy).run(ticket).outcomes == {"place:1": expected[stop]}
    assert desk.acts == []


def test_a_code_beside_a_card_goes_with_it_where_only_cards_are_unlocked(desk, redactor):
    policy = replace(ENFORCE, enforce_kinds=frozenset({Kind.PAN}))
    ticket = desk.write_ticket(desk.message(f"card {CARD} cvc 123"))
    assert redactor(policy).run(ticket).outcome is Outcome.GONE
    assert "123" not in desk.text_of(ticket)


def test_a_ticket_that_vanishes_while_it_is_at_work_ends_as_gone(desk, redactor, store, clock):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    with store.transaction() as tables:
        tables.due.upsert("acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE)
        (claim,) = tables.due.claim("w", now=clock.now(), lease=60, limit=1)

    def vanish(step):
        if step == "deleted":
            del desk.tickets[ticket]

    assert redactor(on_step=vanish).run(ticket, claim).outcomes == {message.id: Outcome.GONE}
    with store.transaction() as tables:
        assert tables.due.rows("acme") == []


def test_a_place_that_cannot_be_found_for_a_rewrite_does_not_make_the_ticket_gone(desk, redactor):
    def rewrite(view, surface, text):
        raise NotFound("no such field")

    desk.rewrite = rewrite
    ticket = desk.write_ticket(Surface("subject", SurfaceKind.SUBJECT, Text(f"card {CARD}")))
    assert redactor().run(ticket).outcomes == {"subject": Outcome.RESIDUAL}


def test_what_is_not_found_of_the_account_does_not_make_the_ticket_gone(desk, redactor, store):
    def capabilities():
        raise NotFound("no such list")

    desk.capabilities = capabilities
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    with pytest.raises(NotFound):
        redactor().run(ticket)
    with store.transaction() as tables:
        assert tables.audit.head("acme") is None


def test_part_of_a_ticket_proves_nothing_and_closes_nothing(desk, redactor, store):
    desk.deny = frozenset({"delete"})
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor().run(ticket)
    assert findings(store)["card.not_removed"].state == "open"
    desk.surfaces[ticket] = []
    fetch = desk.fetch
    desk.fetch = lambda *args, **kwargs: replace(fetch(*args, **kwargs), complete=False)
    redactor().run(ticket)
    assert findings(store)["card.not_removed"].state == "open"
    desk.fetch = fetch
    redactor().run(ticket)
    assert findings(store)["card.not_removed"].state == "resolved"


def test_what_was_removed_but_not_wholly_read_again_is_unverified(desk, redactor):
    fetch = desk.fetch
    desk.fetch = lambda *args, **kwargs: replace(fetch(*args, **kwargs), complete=False)
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    result = redactor().run(ticket)
    assert result.outcome is Outcome.UNVERIFIED
    assert set(result.reasons.values()) == {"incomplete"}


def test_an_unexpected_refusal_leaves_the_original_and_is_passed_on(desk, redactor):
    def post_note(*args, **kwargs):
        raise ApiContractChanged("odd")

    desk.post_note = post_note
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    with pytest.raises(ApiContractChanged):
        redactor().run(ticket)
    assert desk.surfaces[ticket] == [message]


def test_names_of_people_and_files_bring_no_number_into_the_copy(desk, redactor):
    message = desk.message(f"card {CARD}", author_name=f"Kari {CARD}", parent="g1")
    name = Surface("file_name:1", SurfaceKind.FILE_NAME, Text(f"{DEBIT}.jpg"), parent="g1")
    ticket = desk.write_ticket(message, name)
    redactor().run(ticket)
    (copy,) = (s for s in desk.surfaces[ticket] if s.kind is SurfaceKind.NOTE)
    assert CARD not in copy.content.text
    assert DEBIT not in copy.content.text
    assert "[card mastercard **** 4444].jpg" in copy.content.text


def test_a_file_without_card_data_beside_it_is_counted_and_no_finding(desk, redactor, store):
    file = Surface("file:1", SurfaceKind.FILE, Blob("a.jpg", "image/jpeg", 20))
    ticket = desk.write_ticket(desk.message("see the picture"), file)
    assert redactor().run(ticket).not_scannable == 1
    assert findings(store) == {}


def test_exposure_is_that_of_the_place_readable_longest_and_only_of_what_is_gone(
    desk, redactor, clock
):
    old = desk.message(f"card {CARD}")
    clock.forward(seconds=100)
    new = desk.message(f"card {DEBIT}")
    undated = desk.message(f"card {CARD}", created=None)
    stuck = replace(old, id="field:1", kind=SurfaceKind.CONTACT_FIELD)
    stuck = replace(stuck, created=old.created.replace(year=2020))
    ticket = desk.write_ticket(old, new, undated, stuck)
    clock.forward(seconds=20)
    result = redactor().run(ticket)
    assert result.outcomes["field:1"] is Outcome.MANUAL
    assert result.exposure_ms == 120_000


def test_our_own_part_runs_from_the_first_time_it_was_due(desk, redactor, store, clock):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    with store.transaction() as tables:
        tables.due.upsert("acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE)
        clock.forward(seconds=3)
        (claim,) = tables.due.claim("w", now=clock.now(), lease=60, limit=1)
    assert redactor().run(ticket, claim).received_ms == 3_000


def test_a_ticket_in_the_future_of_our_clock_has_no_negative_exposure(desk, redactor, clock):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    clock.forward(seconds=-60)
    assert redactor().run(ticket).exposure_ms == 0


@pytest.mark.parametrize("refused", ["delete", "post_note"])
def test_a_refused_write_is_not_counted_as_a_removal(desk, redactor, store, clock, refused):
    desk.deny = frozenset({refused})
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    for _ in range(2):
        redactor().run(ticket)
    with store.transaction() as tables:
        assert tables.redactions.removed_in("acme", clock.now()).tickets == 0
    desk.deny = frozenset()
    redactor().run(ticket)
    with store.transaction() as tables:
        assert tables.redactions.removed_in("acme", clock.now()).tickets == 1
