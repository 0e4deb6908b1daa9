"""Deciding what goes and how, from what was read, the policy and the matrix."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.binary import BINARY
from integration.core.capabilities import (
    WORST_FIRST,
    Capabilities,
    Capability,
    Method,
    Outcome,
    worst,
)
from integration.core.mode import Mode
from integration.core.models import Ticket, TicketStatus, TicketView
from integration.core.plan import DirtySurface, Place, decide, merge, scan
from integration.core.policy import (
    DEFAULT_ACTIONS,
    SAD,
    USUAL_HOLD_TAGS,
    Hold,
    Policy,
    folded,
)
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Blob, Direction, Role, Surface, SurfaceKind, Text

AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
CARD = "4111 1111 1111 1111"
ENFORCE = Policy(mode=Mode.ENFORCE)
TICKET = Ticket("t1", department="support", requester="r1", tags=frozenset({"vip"}))
EDIT = Capabilities({SurfaceKind.MESSAGE: Capability((Method.EDIT, Method.DELETE))})


def message(text=f"card {CARD}", surface_id="message:1", kind=SurfaceKind.MESSAGE) -> Surface:
    return Surface(surface_id, kind, Text(text), created=AT)


def view(*surfaces: Surface, complete=True) -> TicketView:
    return TicketView(TICKET, surfaces, AT, complete)


def span(kind=Kind.PAN, action=Action.REDACT) -> Span:
    return Span(0, 4, kind, 0.9, action)


def one(policy=ENFORCE, ticket=TICKET, matrix=EDIT, *spans: Span):
    (decision,) = decide([DirtySurface(message(), spans or (span(),))], ticket, policy, matrix)
    return decision


def test_texts_are_scanned_and_files_are_counted():
    file = Surface("file:1", SurfaceKind.FILE, Blob("a.jpg", "image/jpeg"))
    found = scan(view(message(), message("hello", "message:2"), file), ENFORCE)
    assert [h.surface.id for h in found.hits] == ["message:1"]
    assert (found.scanned, found.not_scannable) == (2, (file,))


def test_the_plain_bytes_of_a_file_are_looked_through_and_tell_nothing_of_other_texts():
    page = Surface("file:1", SurfaceKind.FILE, Text(f"%PDF (card: {CARD}) 1227", BINARY))
    halves = (
        message("card 4111 1111", "message:1"),
        replace(page, content=Text("1111 1111", BINARY)),
    )
    assert [h.surface.id for h in scan(view(message("hello"), page), ENFORCE).hits] == ["file:1"]
    assert scan(view(*halves), ENFORCE).hits == ()


@pytest.mark.parametrize("action", [Action.COUNT, Action.IGNORE])
def test_what_the_policy_only_counts_is_no_hit(action):
    policy = replace(ENFORCE, actions={Kind.PAN: action})
    assert scan(view(message()), policy).hits == ()


def test_a_hit_tells_what_goes_from_what_a_person_looks_at():
    hit = DirtySurface(message(), (span(), span(Kind.CVV, Action.REPORT)))
    assert [s.kind for s in hit.removable] == [Kind.PAN]
    assert [s.kind for s in hit.reported] == [Kind.CVV]


def test_a_hit_that_is_only_reported_needs_no_decision():
    assert (
        decide([DirtySurface(message(), (span(action=Action.REPORT),))], TICKET, ENFORCE, EDIT)
        == []
    )


def test_the_strongest_method_is_taken():
    decision = one()
    assert (decision.method, decision.outcome) == (Method.EDIT, None)
    assert next(iter(Method)) is Method.REDACT


@pytest.mark.parametrize("methods", [(), (Method.RESTRICT,)], ids=["nothing", "restrict"])
def test_where_nothing_removes_it_a_person_has_to(methods):
    matrix = Capabilities({SurfaceKind.MESSAGE: Capability(methods, why="desk.why")})
    decision = one(matrix=matrix)
    assert (decision.method, decision.outcome, decision.why) == (None, Outcome.MANUAL, "desk.why")


def test_a_kind_that_was_not_declared_is_for_a_person():
    assert one(matrix=Capabilities()).outcome is Outcome.MANUAL


@pytest.mark.parametrize(
    ("policy", "status", "outcome", "why"),
    [
        (replace(ENFORCE, mode=Mode.MONITOR), "open", Outcome.PLANNED, "monitor"),
        (
            replace(ENFORCE, enforce_departments=frozenset({"x"})),
            "open",
            Outcome.PLANNED,
            "monitor",
        ),
        (
            replace(ENFORCE, enforce_kinds=frozenset({Kind.TRACK})),
            "open",
            Outcome.PLANNED,
            "monitor",
        ),
        (replace(ENFORCE, hold=Hold(tags=frozenset({"vip"}))), "open", Outcome.MANUAL, "hold"),
        (replace(ENFORCE, hold=Hold(tags=frozenset({"vip"}))), "live", Outcome.MANUAL, "hold"),
        (ENFORCE, "live", Outcome.PENDING, "live"),
    ],
    ids=["monitor", "department", "kind", "hold", "hold_of_a_chat", "live"],
)
def test_a_gate_that_is_shut_leaves_no_method(policy, status, outcome, why):
    decision = one(policy, replace(TICKET, status=TicketStatus(status)))
    assert (decision.method, decision.spans) == (None, ())
    assert (decision.outcome, decision.why) == (outcome, why)


def test_only_unlocked_kinds_go():
    policy = replace(ENFORCE, enforce_kinds=frozenset({Kind.TRACK}))
    decision = one(policy, TICKET, EDIT, span(), span(Kind.TRACK))
    assert [s.kind for s in decision.spans] == [Kind.TRACK]


@pytest.mark.parametrize("kind", [Kind.CVV, Kind.EXPIRY, Kind.PIN])
def test_what_stands_beside_a_card_goes_with_it(kind):
    cards = replace(ENFORCE, enforce_kinds=frozenset({Kind.PAN}))
    assert [s.kind for s in one(cards, TICKET, EDIT, span(), span(kind)).spans] == [Kind.PAN, kind]
    codes = replace(ENFORCE, enforce_kinds=frozenset({kind}))
    assert [s.kind for s in one(codes, TICKET, EDIT, span(), span(kind)).spans] == [kind]


@pytest.mark.parametrize(
    ("hold", "covered"),
    [
        (Hold(), False),
        (Hold(tags=frozenset({"dispute"})), False),
        (Hold(tags=frozenset({"vip", "dispute"})), True),
        (Hold(departments=frozenset({"support"})), True),
        (Hold(requesters=frozenset({"r1"})), True),
    ],
)
def test_a_hold_covers_by_tag_department_or_requester(hold, covered):
    assert hold.covers(TICKET) is covered


def test_a_hold_by_department_does_not_cover_a_ticket_without_one():
    hold = Hold(departments=frozenset({"legal"}), requesters=frozenset({"r9"}))
    assert not hold.covers(Ticket("t2"))


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_unsure_find_is_reported_and_never_removed(confidence, limit):
    policy = replace(ENFORCE, redact_from=limit)
    expected = Action.REPORT if confidence < limit else Action.REDACT
    assert policy.action(Kind.PAN, confidence) is expected


def test_a_kind_the_policy_does_not_name_is_reported():
    policy = replace(ENFORCE, actions={Kind.CVV: Action.COUNT})
    assert policy.action(Kind.PAN, 1.0) is Action.REPORT
    assert policy.action(Kind.CVV, 0.1) is Action.COUNT


def test_sensitive_authentication_data_goes_by_default():
    assert {Kind.CVV, Kind.TRACK, Kind.PIN} == SAD
    assert all(DEFAULT_ACTIONS[kind] is Action.REDACT for kind in SAD)


@given(st.lists(st.sampled_from(Outcome)))
def test_a_ticket_is_as_good_as_its_worst_surface(outcomes):
    ticket = worst(outcomes)
    assert ticket in outcomes or (ticket is Outcome.GONE and not outcomes)
    assert all(WORST_FIRST.index(ticket) <= WORST_FIRST.index(o) for o in outcomes)
    assert set(WORST_FIRST) == set(Outcome)


def test_a_place_keeps_ids_and_kinds_and_survives_storage():
    surface = replace(message(), role=Role.AGENT, direction=Direction.OUTBOUND, channel="email")
    place = Place.of(surface, (span(), span(Kind.CVV)), Method.REPOST)
    assert place.kinds == ("CVV", "PAN")
    assert place.method == "repost"
    assert Place.from_json(place.to_json()) == place
    assert CARD not in repr(place) + str(place.to_json())


def test_a_place_without_a_time_or_a_hit_survives_storage():
    bare = Place.of(replace(message(), created=None))
    assert (bare.kinds, bare.method, bare.created) == ((), "", None)
    assert Place.from_json(bare.to_json()) == bare


def test_a_second_reading_replaces_the_kinds_it_read_and_keeps_the_others():
    subject = message("s", "subject", SurfaceKind.SUBJECT)
    later = TicketView(replace(TICKET, status=TicketStatus.CLOSED), (message("new"),), AT)
    merged = merge(view(subject, message("old")), later, frozenset({SurfaceKind.MESSAGE}))
    assert [(s.id, s.content.text) for s in merged.surfaces] == [
        ("subject", "s"),
        ("message:1", "new"),
    ]
    assert merged.ticket.status is TicketStatus.CLOSED


def test_a_surface_that_is_no_longer_there_is_gone_after_a_second_reading():
    merged = merge(view(message()), view(), frozenset({SurfaceKind.MESSAGE}))
    assert merged.surfaces == ()


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False), (True, True)])
def test_one_partial_reading_makes_the_whole_partial(first, second):
    merged = merge(view(complete=first), view(complete=second), frozenset())
    assert merged.complete is (first and second)


@pytest.mark.parametrize("written", ["VIP", " vip ", "Vip"])
def test_a_tag_is_known_however_it_is_written(written):
    assert Hold(tags=frozenset({written})).covers(TICKET)


@pytest.mark.parametrize("tag", ["dispute", "Legal-Hold", "legal_hold", "Police", "Innsynskrav"])
def test_a_tag_that_usually_means_a_hold_holds_without_being_named(tag):
    tagged = replace(TICKET, tags=frozenset({tag}))
    assert Policy().hold.covers(tagged)
    assert not Hold().covers(tagged)


@pytest.mark.parametrize("tag", ["vip", "voucher", "undisputed", "policeman", "legal"])
def test_a_tag_that_only_resembles_one_does_not_hold(tag):
    assert not Policy().hold.covers(replace(TICKET, tags=frozenset({tag})))


@pytest.mark.parametrize(
    ("hold", "is_named"),
    [
        (Hold(), False),
        (Policy().hold, False),
        (Hold(tags=frozenset({"vip"})), True),
        (Hold(departments=frozenset({"support"})), True),
        (Hold(requesters=frozenset({"r1"})), True),
    ],
    ids=["none", "usual", "tags", "departments", "requesters"],
)
def test_only_a_hold_that_the_policy_names_is_looked_for_again(hold, is_named):
    assert hold.is_named is is_named


def test_the_usual_tags_are_written_as_tags_are_compared():
    assert {folded(tag) for tag in USUAL_HOLD_TAGS} == USUAL_HOLD_TAGS
