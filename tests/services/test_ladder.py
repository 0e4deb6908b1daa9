"""The ladder step by step: what is written in which order, and what is known after each step."""

from __future__ import annotations

import pytest
from support.memory_desk import CARD, REPOSTING

from integration.core.capabilities import Method, Outcome
from integration.core.errors import ChangedMeanwhile, RetryableError
from integration.core.masked_copy import compose
from integration.core.mode import Mode
from integration.core.plan import Place, decide, scan
from integration.core.policy import Policy
from integration.core.rows import RedactionRow
from integration.core.surfaces import Blob, Surface, SurfaceKind, Text
from integration.services.ladder import Climb

ENFORCE = Policy(mode=Mode.ENFORCE)


@pytest.fixture
def trail():
    """Steps and saved rows in the order in which they came."""
    return []


@pytest.fixture
def climb(desk, trail, clock):
    def climb(ticket, rows=(), may_write=lambda: None, policy=ENFORCE):
        return Climb(
            connector=desk,
            view=desk.fetch(ticket),
            policy=policy,
            clock=clock,
            rows={row.surface: row for row in rows},
            save=lambda saved: trail.extend(f"saved {row.step}" for row in saved),
            may_write=may_write,
            on_step=trail.append,
        )

    return climb


def decisions(climb):
    return decide(scan(climb.view, ENFORCE).hits, climb.view.ticket, ENFORCE, REPOSTING)


def row(surface, step, outcome=None):
    place = Place.of(surface).to_json()
    return RedactionRow("acme", "t", surface.id, "repost", step, place, outcome)


def acts(desk):
    return [act[0] for act in desk.acts]


def test_every_step_is_stored_before_the_next_is_taken(desk, climb, trail):
    message = desk.message(f"card {CARD}")
    at_work = climb(desk.write_ticket(message))
    at_work.apply(decisions(at_work))
    assert trail == [
        "saved planned",
        "planned",
        "before copied",
        "copied",
        "saved copied",
        "before reread",
        "reread",
        "before deleted",
        "deleted",
        "saved deleted",
        "before reread",
        "reread",
    ]
    assert at_work.rows[message.id].step == "deleted"
    assert at_work.tried == {message.id}


def test_all_copies_stand_before_the_first_original_goes(desk, climb):
    messages = [desk.message(f"card {CARD} {n}") for n in range(3)]
    at_work = climb(desk.write_ticket(*messages))
    at_work.apply(decisions(at_work))
    assert acts(desk) == ["post_note"] * 3 + ["delete"] * 3


def test_writing_is_asked_for_before_each_act(desk, climb):
    allowed = []

    def may_write():
        if len(allowed) == 2:
            raise RetryableError("stop", reason="paused")
        allowed.append("yes")

    at_work = climb(
        desk.write_ticket(desk.message(f"card {CARD}"), desk.message(f"card {CARD}")),
        may_write=may_write,
    )
    with pytest.raises(RetryableError):
        at_work.apply(decisions(at_work))
    assert acts(desk) == ["post_note", "post_note"]


@pytest.mark.parametrize("step", ["planned", "copied", "changed"])
def test_a_copy_that_stands_is_not_posted_again_after_a_crash(desk, climb, step):
    message = desk.message(f"card {CARD}")
    ticket = desk.write_ticket(message)
    copy = compose(message, "card [card visa **** 1111]", files=[], locale="en")
    desk.post_note(ticket, copy.text)
    at_work = climb(ticket, [row(message, step)])
    at_work.apply(decisions(at_work))
    assert acts(desk) == ["post_note", "delete"]


def test_a_copy_that_was_posted_and_is_not_seen_is_waited_for_and_not_doubled(desk, climb):
    message = desk.message(f"card {CARD}")
    at_work = climb(desk.write_ticket(message), [row(message, "copied")])
    with pytest.raises(RetryableError) as caught:
        at_work.apply(decisions(at_work))
    assert caught.value.reason == "copy_not_seen"
    assert desk.acts == []


def test_a_place_that_was_done_once_begins_anew(desk, climb):
    message = desk.message(f"card {CARD}")
    at_work = climb(desk.write_ticket(message), [row(message, "verified", "residual")])
    at_work.apply(decisions(at_work))
    assert acts(desk) == ["post_note", "delete"]
    assert at_work.rows[message.id].outcome is None


def test_a_copy_that_is_cut_keeps_the_original_and_the_reason(desk, climb):
    desk.note_limit = 120
    message = desk.message(f"card {CARD}")
    at_work = climb(desk.write_ticket(message))
    at_work.apply(decisions(at_work))
    assert at_work.failed == {message.id: (Outcome.MANUAL, "copy_not_whole")}
    assert acts(desk) == ["post_note"]


def test_a_refused_copy_beside_a_good_one_stops_only_itself(desk, climb):
    first, second = desk.message(f"card {CARD} one"), desk.message(f"card {CARD} two")
    ticket = desk.write_ticket(first, second)
    post = desk.post_note

    def post_second(ticket_id, text, **rest):
        desk.deny = frozenset({"post_note"}) if "one" in text else frozenset()
        post(ticket_id, text, **rest)

    desk.post_note = post_second
    at_work = climb(ticket)
    at_work.apply(decisions(at_work))
    assert at_work.failed == {first.id: (Outcome.DENIED, "forbidden")}
    assert first in desk.surfaces[ticket]
    assert second not in desk.surfaces[ticket]


def test_one_edited_text_keeps_every_original_of_the_round(desk, climb):
    first, second = desk.message(f"card {CARD} one"), desk.message(f"card {CARD} two")
    ticket = desk.write_ticket(first, second)
    at_work = climb(ticket)
    todo = decisions(at_work)
    desk.surfaces[ticket][0] = Surface(first.id, SurfaceKind.MESSAGE, Text("something else"))
    with pytest.raises(ChangedMeanwhile):
        at_work.apply(todo)
    assert "delete" not in acts(desk)
    assert (at_work.rows[first.id].step, at_work.rows[second.id].step) == ("changed", "copied")


def test_a_file_is_never_rewritten_as_text(desk, climb):
    file = Surface("file:1", SurfaceKind.FILE, Blob("a.txt", "text/plain"))
    at_work = climb(desk.write_ticket(desk.message(f"card {CARD}"), file))
    (decision,) = decisions(at_work)
    hit = type(decision.hit)(file, decision.hit.spans)
    at_work.apply([type(decision)(hit, decision.spans, Method.EDIT)])
    assert desk.acts == []


def test_what_an_edit_may_leave_behind_is_read_again_with_it(desk, climb):
    desk.keeps_old_subject = True
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"card {CARD}"))
    at_work = climb(desk.write_ticket(subject))
    at_work.apply(decisions(at_work))
    assert [s.kind for s in at_work.view.surfaces] == [SurfaceKind.SUBJECT, SurfaceKind.HISTORY]
