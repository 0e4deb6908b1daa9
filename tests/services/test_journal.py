"""The journal: one note for each day that has news, covering all since the last one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.memory_desk import CARD

from integration.core.findings.journal_texts import render_day
from integration.core.findings.model import State, lettered
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import ReceivedRow
from integration.services import journal
from integration.services.publish import publish
from integration.storage import audit

ENFORCE = Policy(mode=Mode.ENFORCE, findings_department="security")


@pytest.fixture
def scan(store, clock):
    def make(ticket="t1", *, hits=None, outcomes=None, exposure_ms=None, not_scannable=0, **more):
        record = {
            "type": "ticket.scanned",
            "ticket": ticket,
            "surfaces": 3,
            "not_scannable": not_scannable,
            "hits": hits or {},
            "outcome": "gone",
            "outcomes": outcomes or {},
            "exposure_ms": exposure_ms,
            **more,
        }
        with store.transaction() as tables:
            tables.audit.append("acme", record, at=clock.now())

    return make


@pytest.fixture
def write(store, clock):
    return lambda: journal.write("acme", store, clock)


@pytest.fixture
def note(store):
    def read():
        with store.transaction() as tables:
            return tables.outbox.waiting("acme")[-1].payload

    return read


def test_a_day_without_news_has_no_note(write, scan):
    assert not write()
    scan()
    assert not write()


def test_a_day_with_a_removal_has_one_note(write, scan, note):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"}, exposure_ms=1800)
    scan("t2")
    assert write()
    assert not write()
    assert note()["gone"] == 1
    assert note()["tickets"] == 2
    assert note()["surfaces"] == 6
    assert note()["tickets_with_data"] == 1
    assert note()["exposure_ms"] == {"p50": 1800, "p95": 1800}


def test_files_that_cannot_be_scanned_are_news(write, scan, note):
    scan(not_scannable=2)
    assert write()
    assert note()["not_scannable"] == 2
    assert note()["exposure_ms"] is None


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "could not be scanned: "), ("nb", "ikke kunne leses: ")],
    ids=["en", "nb"],
)
def test_files_that_cannot_be_scanned_are_told_where_there_are_any(write, scan, note, locale, said):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    none = note()
    assert said not in render_day(none, locale)
    assert f"{said}2. " in render_day(none | {"not_scannable": 2}, locale)


@pytest.mark.parametrize(("locale", "ticket"), [("en", "(ticket "), ("nb", "(sak ")])
def test_a_deadline_whose_ticket_is_not_written_yet_is_told_without_one(
    write, scan, note, locale, ticket
):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    due = {"cause": "residue.standing", "due": "2026-09-01T10:00:00+00:00", "facts": {}}
    lines = render_day(
        note() | {"due": [{**due, "ticket": ""}, {**due, "ticket": "t9"}]}, locale
    ).splitlines()
    alone, told = (line for line in lines if line.startswith("- 2026-09-01"))
    assert told == f"{alone} {ticket}t9)"
    assert "(" not in alone


def test_tickets_with_documents_are_named_by_what_people_call_them(write, scan, note):
    scan("t1", not_scannable=3, unread={"document": 1, "image": 2}, code="AB-1")
    scan("t2", not_scannable=1, unread={"image": 1}, code="AB-2")
    scan("t3", not_scannable=1, unread={"document": 1}, code="")
    assert write()
    assert note()["unread"] == {"document": 2, "image": 3}
    assert note()["documents_more"] == 0
    tickets = [{"ticket": "AB-1", "documents": 1}, {"ticket": "t3", "documents": 1}]
    assert note()["documents"] == tickets
    said = render_day(note(), "en")
    assert "Of these: documents 2, images 3." in said
    assert "- Ticket AB-1: documents 1\n- Ticket t3: documents 1\n" in said


def test_no_more_tickets_with_documents_are_named_than_a_note_can_hold(write, scan, note):
    for number in range(25):
        scan(f"t{number}", not_scannable=1, unread={"document": 1})
    assert write()
    assert (len(note()["documents"]), note()["documents_more"]) == (20, 5)
    assert "- og i 5 saker til." in render_day(note(), "nb")


def test_a_daily_check_is_no_news_but_a_decision_ticket_is(write, store, clock):
    with store.transaction() as tables:
        tables.audit.append("acme", {"type": "access.checked", "results": {}}, at=clock.now())
    assert not write()
    with store.transaction() as tables:
        tables.audit.append("acme", {"type": "told", "kind": "open"}, at=clock.now())
    assert write()


def test_a_note_covers_all_since_the_last_one(write, scan, note, clock):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    first = note()
    clock.forward(hours=2)
    scan("t2", hits={"PAN": 1}, outcomes={"message:9": "manual"})
    assert not write()
    clock.forward(days=1)
    assert write()
    assert note()["since"] == first["until"]
    assert (note()["gone"], note()["left"]) == (0, 1)


def test_a_note_that_was_put_off_covers_what_came_meanwhile(write, scan, note, store, clock):
    def put_off():
        with store.transaction() as tables:
            journal.put_off(tables, "acme", until=clock.now())

    put_off()
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    assert not write()
    clock.forward(days=1)
    assert write()
    clock.forward(days=1)
    scan("t2", hits={"PAN": 1}, outcomes={"message:9": "manual"})
    put_off()
    assert not write()
    clock.forward(days=1)
    assert write()
    assert (note()["gone"], note()["left"]) == (0, 1)


def test_a_record_that_waited_to_be_written_is_in_the_next_note(write, scan, note, store, clock):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    taken = clock.now()
    clock.forward(seconds=1)
    write()
    record = {"type": "ticket.not_found", "ticket": "t2"}
    with store.transaction() as tables:
        tables.audit.append("acme", record, at=taken)
    clock.forward(days=1)
    assert write()
    assert note()["head"]["seq"] == 2


@pytest.fixture
def meanwhile(store, monkeypatch):
    """What others do between two transactions of the journal, in turn."""
    begin, acts = store.transaction, []

    def transaction():
        if acts:
            now, later = acts[0], acts[1:]
            acts.clear()  # it has transactions of its own
            now()
            acts.extend(later)
        return begin()

    monkeypatch.setattr(type(store), "transaction", lambda _self: transaction())
    return acts


def test_others_write_while_a_long_day_is_read_and_the_next_note_tells_of_it(
    write, scan, note, store, clock, meanwhile, monkeypatch
):
    monkeypatch.setattr(audit, "_PAGE", 2)
    for number in range(5):
        scan(f"t{number}", hits={"PAN": 1}, outcomes={"message:1": "gone"})
    clock.forward(minutes=1)

    def come(ticket):
        scan(ticket, hits={"PAN": 1}, outcomes={"message:1": "manual"})

    meanwhile += [lambda: None, lambda: come("t8"), lambda: come("t9")]
    assert write()
    assert meanwhile == []
    assert (note()["tickets"], note()["left"], note()["head"]["seq"]) == (5, 0, 5)
    clock.forward(days=1)
    assert write()
    assert (note()["tickets"], note()["left"], note()["head"]["seq"]) == (2, 2, 7)


def test_a_note_that_was_put_off_while_its_records_were_read_is_not_written(
    write, scan, store, clock, meanwhile
):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})

    def put_off():
        with store.transaction() as tables:
            journal.put_off(tables, "acme", until=clock.now())

    meanwhile += [lambda: None, put_off]
    assert not write()
    clock.forward(days=1)
    assert write()


def test_the_journal_is_no_news_of_its_own(write, scan, clock, desk, store):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    publish("acme", desk, store, ENFORCE, clock)
    clock.forward(days=1)
    assert not write()


def test_a_place_that_was_looked_at_twice_counts_once_with_its_last_outcome(scan, write, note):
    scan(hits={"PAN": 1}, outcomes={"message:1": "manual", "message:2": "planned"})
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    assert (note()["gone"], note()["left"], note()["planned"]) == (1, 0, 1)


def test_the_head_of_the_chain_is_anchored_in_the_note_and_remembered(
    write, scan, note, store, clock
):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    clock.forward(minutes=1)
    write()
    with store.transaction() as tables:
        head = tables.audit.head("acme")
        remembered = tables.values.get("acme", journal.NAME)
    assert note()["head"] == {"seq": head.seq, "mac": lettered(head.mac)}
    assert (remembered["seq"], remembered["mac"]) == (head.seq, head.mac)


@pytest.fixture
def receive(store, clock):
    """Count deliveries by what became of them, as the web process does."""

    def make(*counts, account="acme"):
        rows = [ReceivedRow(account, *count, clock.now()) for count in counts]
        with store.transaction() as tables:
            tables.received.add(rows)

    return make


def test_the_deliveries_since_the_last_note_are_counted(write, scan, note, receive, clock):
    receive(("new", 202, 5), ("already_due", 200, 2), ("unknown_event", 202, 1))
    receive(("content_type", 415, 3), ("store_unavailable", 503, 1))
    receive(("new", 202, 100), account="other")
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    assert write()
    assert note()["deliveries"] == {"taken": 8, "unnamed": 1, "refused": 4}
    clock.forward(days=1)
    receive(("new", 202, 2))
    scan("t2", hits={"PAN": 1}, outcomes={"message:2": "gone"})
    assert write()
    assert note()["deliveries"] == {"taken": 2, "unnamed": 0, "refused": 0}


def test_a_day_that_was_put_off_does_not_lose_the_count(write, scan, note, receive, store, clock):
    receive(("new", 202, 5))
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    receive(("new", 202, 1))
    with store.transaction() as tables:
        journal.put_off(tables, "acme", until=clock.now())
    clock.forward(days=1)
    scan("t2", hits={"PAN": 1}, outcomes={"message:2": "gone"})
    assert write()
    assert note()["deliveries"]["taken"] == 1


@pytest.mark.parametrize(
    ("locale", "received", "refused", "read"),
    [
        (
            "en",
            "8 received, 1 of them without a ticket (then we asked what had changed); 4 refused.",
            "Why they were refused: deskwarden account deliveries acme",
            "Tickets read: 2",
        ),
        (
            "nb",
            "8 mottatt, 1 av dem uten sak (da spurte vi hva som var endret); 4 avvist.",
            "Hvorfor de ble avvist: deskwarden account deliveries acme",
            "Saker lest: 2",
        ),
    ],
    ids=["en", "nb"],
)
def test_what_was_received_is_told_apart_from_what_was_read(
    write, scan, note, receive, locale, received, refused, read
):
    receive(("new", 202, 7), ("unknown_event", 202, 1), ("too_large", 413, 4))
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    scan("t2")
    write()
    lines = render_day(note(), locale).splitlines()
    (place,) = (number for number, line in enumerate(lines) if line.endswith(received))
    assert lines[place + 1 : place + 3] == [refused, read]


def test_where_nothing_was_refused_no_reason_is_offered(write, scan, note, receive):
    receive(("new", 202, 1))
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    assert "Why they were refused" not in render_day(note(), "en")


def test_a_note_that_waits_since_an_earlier_version_is_written_without_the_count(write, scan, note):
    scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
    write()
    earlier = {name: value for name, value in note().items() if name != "deliveries"}
    said = render_day(earlier, "en")
    assert "Tickets read: 1" in said
    assert "Deliveries" not in said


def test_a_month_is_one_ticket_with_a_note_a_day(redactor, desk, store, clock, write):
    for _ in range(2):
        ticket = desk.write_ticket(desk.message(f"card {CARD}"))
        redactor(ENFORCE).run(ticket)
        assert write()
        publish("acme", desk, store, ENFORCE, clock)
        clock.forward(days=1)
    created = [act for act in desk.acts if act[0] == "create_ticket"]
    assert len(created) == 1
    (journal_ticket,) = [t for t in desk.tickets.values() if t.department == "security"]
    text = desk.text_of(journal_ticket.id)
    assert text.count("Places from which it was removed, verified by reading again: 1.") == 2
    assert "--account acme --anchor " in text
    assert CARD not in text


def test_the_next_month_has_a_ticket_of_its_own(desk, store, clock, write, scan):
    for _ in range(2):
        scan(hits={"PAN": 1}, outcomes={"message:1": "gone"})
        write()
        publish("acme", desk, store, ENFORCE, clock)
        clock.forward(days=31)
    assert len(desk.tickets) == 2


def test_what_is_due_next_is_named_with_its_ticket(redactor, desk, store, clock, write):
    ticket = desk.write_ticket(desk.message(f"card {CARD} cvc 123"))
    redactor(ENFORCE).run(ticket)
    publish("acme", desk, store, ENFORCE, clock)
    write()
    publish("acme", desk, store, ENFORCE, clock)
    (journal_ticket,) = [t for t in desk.tickets if "Due next" in desk.text_of(t)]
    assert f"authentication data in ticket #{ticket}" in desk.text_of(journal_ticket)


def test_the_note_is_written_in_norwegian(desk, store, clock, write, scan):
    scan(hits={"PAN": 1}, outcomes={"a": "gone", "b": "planned", "c": "denied"}, exposure_ms=1)
    write()
    publish("acme", desk, store, Policy(locale="nb"), clock)
    (ticket,) = desk.tickets
    text = desk.text_of(ticket)
    assert "Kortdatajournal 2026-04" in text
    assert "- Ingen." in text
    assert "halvparten innen 1 s" in text


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_percentiles_are_values_that_occurred_and_in_order(values):
    found = journal.percentiles(values)
    assert found["p50"] in values
    assert found["p50"] <= found["p95"] <= max(values)
    assert sum(v <= found["p95"] for v in values) >= 0.95 * len(values)


def test_how_many_deadlines_lie_beyond_those_listed_is_said(redactor, desk, store, clock, write):
    for _ in range(12):
        ticket = desk.write_ticket(desk.message(f"card {CARD}, cvv 123"))
        redactor(ENFORCE).run(ticket)
    assert write()
    publish("acme", desk, store, ENFORCE, clock)
    with store.transaction() as tables:
        open_ones = len(tables.findings.list("acme", states=(State.OPEN,)))
    (text,) = (desk.text_of(t.id) for t in desk.tickets.values() if "journal" in desk.text_of(t.id))
    assert f"- and {open_ones - 10} more." in text
