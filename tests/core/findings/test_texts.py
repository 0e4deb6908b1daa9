"""The words of our tickets: complete, calm, in both languages, and never a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.capabilities import Method, Outcome
from integration.core.checks.catalogue import METADATA
from integration.core.detection import contains_card, find
from integration.core.findings import account as causes
from integration.core.findings.cards import CardRecord, SurfaceRecord, observations
from integration.core.findings.causes import CAUSES
from integration.core.findings.lifecycle import advance
from integration.core.findings.model import Finding, Observation, Seen, Severity
from integration.core.findings.texts import (
    marker,
    names_people,
    reference,
    render,
    render_note,
    subject_of,
)
from integration.core.findings.wording import duration, kinds, reason, time
from integration.core.masks import LOCALES
from integration.core.spans import Kind
from integration.core.surfaces import Direction, Role, SurfaceKind

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")

ACCOUNT_FACTS = {
    "residue.standing": causes.residue(["matrix.unknown_place"], owner="a1", expires=NOW),
    "account.breaker": causes.breaker(tickets=300, limit=200),
    "account.auth_expired": {},
    "account.hold_tags": causes.hold_tags(["dispute", "police"]),
    "account.monitor_ends": causes.monitor_ends(begun=NOW, until=NOW, tickets=1, surfaces=3),
    "account.text_refused": causes.text_refused(reference="abcdefgh"),
    "due.parked": causes.parked({"ticket:7": "unavailable", "ticket:8": "never_heard_of"}),
}


def finding_of(seen: Observation) -> Finding:
    finding, _ = advance(None, replace(seen, seen=Seen.FAIL), now=NOW)
    assert finding is not None
    return finding


def card_finding(record: CardRecord, cause: str) -> Finding:
    return finding_of(next(o for o in observations("acme", record) if o.cause == cause))


def account_finding(cause: str) -> Finding:
    return finding_of(causes.observe("acme", cause, ACCOUNT_FACTS[cause]))


def check_finding(check: str, *rows: dict) -> Finding:
    facts = {"rows": list(rows), "members": [r["resource"] for r in rows], "examined": 9}
    return finding_of(Observation("acme", check, "account", Seen.FAIL, Severity.HIGH, facts))


def note(finding: Finding, kind: str, locale: str = "en", **changes: list[str]) -> str:
    return render_note(finding, {"note": kind, "at": NOW.isoformat(), **changes}, locale)


@pytest.fixture
def sad(record: CardRecord, message: SurfaceRecord) -> Finding:
    return card_finding(
        replace(record, surfaces=(replace(message, kinds=("PAN", "CVV")),)), "card.sad"
    )


def test_a_ticket_about_authentication_data_is_the_record_that_pci_asks_for(sad: Finding) -> None:
    text = render(sad, "en")
    assert text.subject == "Security code or other authentication data in ticket OGE-KXVGJ-459"
    for line in (
        "Record of the response (PCI DSS 12.10.7)",
        "- Ticket: OGE-KXVGJ-459",
        "- Link: https://desk.example/agent#k6citev3",
        "- Kinds of data: card number, security code",
        "- Sensitive authentication data: yes",
        "- Disposition: removed, verified by reading again",
        "- Came from: requester, received, by e-mail (message 502)",
        "- Agents who could read it: 12",
        "- Readable for: 2 min 5 s",
        "- message 502: posted as a masked copy, original deleted, gone, as read back",
        "Nothing that we can read.",
        "By 2026-03-05 09:00 UTC.",
    ):
        assert line in text.body.splitlines()


def test_a_note_did_not_come_by_mail(record: CardRecord, message: SurfaceRecord) -> None:
    facts = {"kind": "note", "id": "note:3", "role": "agent", "direction": "internal"}
    note = replace(message, kinds=("CVV",), **facts)
    body = render(card_finding(replace(record, surfaces=(note,)), "card.sad"), "en").body
    assert "- Came from: agent, internal (internal note 3)\n" in body


@pytest.mark.parametrize(
    ("named_by", "kind", "locale", "named"),
    [
        ("message:608", "note", "en", "internal note 608"),
        ("message:608", "note", "nb", "internt notat 608"),
        ("field:order_id", "custom_field", "en", "custom field order_id"),
        ("attachment:45:Content", "message", "en", "message 45:Content"),
        ("subject", "subject", "en", "subject"),
    ],
)
def test_a_place_is_called_by_what_it_is_and_not_by_what_its_id_begins_with(
    record: CardRecord, message: SurfaceRecord, named_by: str, kind: str, locale: str, named: str
) -> None:
    place = replace(message, id=named_by, kind=kind, kinds=("CVV",), outcome="manual", method="")
    finding = card_finding(replace(record, surfaces=(place,)), "card.sad")
    body = render(finding, locale).body
    assert f"({named})\n" in body
    assert f"- {named}: " in body
    told = note(finding, "changed", locale, added=sorted(finding.members))
    assert named_by == named or named_by not in body + told
    assert told.count(f"\n- {named}: ") == 3, "as a member, as what is left, as what was done"


def test_what_is_still_there_is_still_readable(record: CardRecord, message: SurfaceRecord) -> None:
    left = replace(record, surfaces=(replace(message, outcome="manual"),))
    body = render(card_finding(left, "card.not_removed"), "en").body
    assert "- Readable for: 2 min 5 s when it was found, and still readable\n" in body


def test_until_it_was_found_and_so_far_are_two_times(
    record: CardRecord, message: SurfaceRecord
) -> None:
    left = replace(record, surfaces=(replace(message, outcome="manual"),), exposure_seconds=1)
    first = card_finding(left, "card.not_removed")
    assert "so far" not in render(first, "en").body
    (later,) = (
        observation
        for observation in observations("acme", replace(left, exposure_seconds=63))
        if observation.cause == first.cause
    )
    after, _ = advance(first, later, now=NOW)
    assert after is not None
    lines = render(after, "en").body.splitlines()
    assert "- Readable for: 1 s when it was found, and still readable" in lines
    assert "- Readable so far, as last seen: 63 s" in lines
    unknown = replace(after, facts={**after.facts, "found_after_seconds": None})
    lines = render(unknown, "en").body.splitlines()
    assert [line for line in lines if "Readable" in line] == [
        "- Readable so far, as last seen: 63 s"
    ]


def test_nobody_is_asked_to_remove_by_hand_what_a_hold_keeps(
    record: CardRecord, message: SurfaceRecord, now: datetime
) -> None:
    kept = replace(message, outcome="manual", why="hold")
    held = replace(record, surfaces=(kept,), held_until=now + timedelta(days=30))
    body = render(card_finding(held, "card.held"), "en").body
    assert "- message 502: kept under a hold\n" in body
    assert "a person" not in body


@pytest.mark.parametrize(
    ("locale", "asked", "answer", "no_answer"),
    [
        ("en", "say by then why it is still needed", "Write why the hold", "You need not answer"),
        ("nb", "si hvorfor den fortsatt trengs", "Skriv som et internt notat", "ikke svare"),
    ],
)
def test_who_is_asked_why_a_hold_lasts_is_told_to_answer(
    record: CardRecord, message: SurfaceRecord, locale: str, asked: str, answer: str, no_answer: str
) -> None:
    held = replace(record, surfaces=(replace(message, outcome="manual", why="hold"),))
    held = replace(held, held_until=NOW + timedelta(days=30))
    body = render(card_finding(held, "card.held"), locale).body
    assert asked in body
    assert answer in body
    assert no_answer not in body
    stuck = replace(held, held_until=None)
    assert no_answer in render(card_finding(stuck, "card.not_removed"), locale).body


def test_authentication_data_that_still_stands_is_to_be_removed_first(
    record: CardRecord, message: SurfaceRecord
) -> None:
    watched = replace(message, kinds=("PAN", "CVV"), outcome="planned", why="monitor")
    body = render(card_finding(replace(record, surfaces=(watched,)), "card.sad"), "en").body
    assert "What to do\nIt still stands in the places above. First see that it is removed" in body
    gone = replace(watched, outcome="gone", why="")
    body = render(card_finding(replace(record, surfaces=(gone,)), "card.sad"), "en").body
    assert "What to do\nFind out why it was written here" in body


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "Tickets in which data was left alone so far: 1. Places in them: 3."),
        ("nb", "Saker der opplysninger hittil er blitt stående: 1. Steder i dem: 3."),
    ],
)
def test_a_question_about_one_ticket_reads_well(locale: str, said: str) -> None:
    assert said in render(account_finding("account.monitor_ends"), locale).body


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        ("again", "We still only watch, or do so again, and the time for that is over"),
        ("fixed", "Answered, as seen at 2026-03-02 09:00 UTC: we now remove, or go on watching"),
        ("changed", "The date has changed since the last note"),
    ],
)
def test_a_note_on_the_end_of_watching_speaks_of_nothing_found(kind: str, begins: str) -> None:
    question = account_finding("account.monitor_ends")
    said = note(question, kind, added=sorted(question.members), removed=["earlier"])
    assert said.startswith(begins)
    assert "Found since" not in said
    assert "No longer there" not in said


def test_what_was_sent_out_is_said_to_stand_with_who_received_it(
    record: CardRecord, message: SurfaceRecord
) -> None:
    sent = replace(message, role="agent", direction="outbound")
    body = render(card_finding(replace(record, surfaces=(sent,)), "card.outbound"), "en").body
    assert "What is left\n- what was sent out: it stands in the mailbox of whoever" in body
    assert "Nothing that we can read" not in body


def test_the_card_number_is_named_first() -> None:
    assert kinds(["EXPIRY", "PAN"], "en") == "card number, expiry date"
    assert kinds([], "en") == "-"


def test_of_what_was_not_read_nothing_is_known(record: CardRecord, message: SurfaceRecord) -> None:
    file = replace(message, kinds=(), outcome="manual")
    unread = replace(record, surfaces=(), not_scanned=(file,))
    body = render(card_finding(unread, "card.not_scanned"), "en").body
    assert "- Sensitive authentication data: not known\n" in body


@pytest.mark.parametrize("locale", ["en", "nb"])
@pytest.mark.parametrize("check", sorted(METADATA))
def test_what_we_write_about_access_is_nothing_that_we_would_report(check, locale) -> None:
    text = render(check_finding(check, {"resource": "agent:a1"}), locale)
    assert find(f"{text.subject}\n{text.body}") == []


def test_it_asks_whether_it_is_a_breach_and_gives_the_clock(sad: Finding) -> None:
    body = render(sad, "en").body
    assert "Is this a personal-data breach? yes / no" in body
    assert "2026-03-02 09:00 UTC to 2026-03-05 09:00 UTC" in body


def test_it_reads_the_same_in_norwegian(sad: Finding) -> None:
    text = render(sad, "nb")
    assert text.subject == "Sikkerhetskode eller andre autentiseringsdata i sak OGE-KXVGJ-459"
    assert "Er dette et brudd på personopplysningssikkerheten? ja / nei" in text.body
    assert "- Kom fra: kunde, mottatt, på e-post (melding 502)" in text.body


def test_only_what_may_be_a_breach_asks_for_it(record: CardRecord, message: SurfaceRecord) -> None:
    left = replace(record, surfaces=(replace(message, outcome="manual"),))
    assert "breach" not in render(card_finding(left, "card.not_removed"), "en").body


def test_what_is_left_is_named_with_why_and_how(record: CardRecord, message: SurfaceRecord) -> None:
    left = replace(
        message, id="file_name:9", kind="file_name", outcome="manual", why="unsupported", method=""
    )
    found = replace(
        record,
        surfaces=(message, replace(left, steps="matrix.unknown_steps")),
        residue=("matrix.unknown_mailbox",),
        readers=None,
        url="",
    )
    body = render(card_finding(found, "card.not_removed"), "en").body
    assert "- file name 9: only a person can remove it (the helpdesk cannot do it)" in body
    assert "  Steps: matrix.unknown_steps" in body
    assert "Copies may stand where we cannot look:\n- matrix.unknown_mailbox\n" in body
    assert "Part of it was removed" in body
    assert "Agents who could read it: not known" in body
    assert "Link:" not in body


def test_a_channel_without_a_word_is_left_out(record: CardRecord, message: SurfaceRecord) -> None:
    sent = replace(message, channel="Q", direction="outbound", role="agent")
    body = render(card_finding(replace(record, surfaces=(sent,)), "card.outbound"), "en").body
    assert "- Came from: agent, sent out (message 502)" in body


def test_an_automatic_answer_that_repeats_a_card_is_changed_in_its_template(
    record: CardRecord, message: SurfaceRecord
) -> None:
    by_agent, by_itself = (
        render(
            card_finding(
                replace(record, surfaces=(replace(message, direction="outbound", role=role),)),
                "card.outbound",
            ),
            "en",
        ).body
        for role in ("agent", "system")
    )
    assert "how the data came into the answer" in by_agent
    assert "take the quoted text out of its template" in by_itself


@pytest.mark.parametrize("outcome", ["manual", "denied", "planned"])
def test_of_a_place_that_stayed_as_it_is_no_method_is_told(
    record: CardRecord, message: SurfaceRecord, outcome: str
) -> None:
    left = replace(message, outcome=outcome, method="redact")
    body = render(card_finding(replace(record, surfaces=(left,)), "card.not_removed"), "en").body
    assert "- message 502: nothing was changed, " in body
    assert "replaced by a mask" not in body


def test_files_that_could_not_be_read_are_counted_and_named_by_id(record: CardRecord) -> None:
    files = tuple(SurfaceRecord(f"file:{n}", "file") for n in (7, 8))
    body = render(card_finding(replace(record, not_scanned=files), "card.not_scanned"), "en").body
    assert "has files or texts that we could not read to their end: 2." in body
    assert "- file 7" in body
    assert "a person decides first" in body


def test_what_is_unsure_says_why(record: CardRecord) -> None:
    unsure = SurfaceRecord("note:3", "note", kinds=("PAN",), why="unsure")
    found = replace(record, surfaces=(), unsure=(unsure,))
    body = render(card_finding(found, "card.unsure"), "en").body
    assert "- internal note 3" in body
    assert "It may be: card number." in body


def test_a_failed_check_lists_its_rows_by_name(now: datetime) -> None:
    finding = check_finding(
        "access.deleted_agents",
        {"resource": "agent:a1", "reason": "deactivated", "departments": ["department:d1"]},
        {"resource": "agent:a2"},
    )
    body = render(finding, "en", people={"agent:a1": "Ola N", "department:d1": "Sales"}).body
    assert "It fails for 2 of 9." in body
    assert "- Ola N: deactivated, in Sales" in body
    assert "- agent:a2\n" in body
    assert "- PCI DSS 4.0.1: 8.2.5" in body
    assert names_people(finding)


def test_a_check_of_the_account_as_a_whole_says_so() -> None:
    finding = check_finding(
        "access.admin_count", {"resource": "account", "members": ["agent:a1"], "limit": 5}
    )
    body = render(finding, "en", people={"agent:a1": "Ola N"}).body
    assert "- the account as a whole: admins: Ola N, at most: 5" in body


@pytest.mark.parametrize("check", sorted(METADATA))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_check_has_its_words(check: str, locale: str) -> None:
    text = render(check_finding(check, {"resource": "agent:a1"}), locale)
    assert METADATA[check].say("title", locale) in text.subject
    assert METADATA[check].say("fix", locale) in text.body


@pytest.mark.parametrize("cause", sorted(ACCOUNT_FACTS))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_cause_of_an_account_has_its_words(cause: str, locale: str) -> None:
    text = render(account_finding(cause), locale)
    assert text.subject == subject_of(cause, {}, locale)
    assert "{" not in text.body


@pytest.mark.parametrize(
    ("cause", "command"),
    [
        ("account.auth_expired", "deskwarden account add HELPDESK --name acme --replace"),
        ("account.auth_expired", "deskwarden account resume acme"),
        ("account.breaker", "deskwarden account resume acme"),
        ("account.monitor_ends", "deskwarden account mode acme enforce"),
    ],
)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_command_that_is_asked_for_names_its_account(
    cause: str, command: str, locale: str
) -> None:
    assert command in render(account_finding(cause), locale).body


def test_every_cause_is_rendered_here() -> None:
    assert set(ACCOUNT_FACTS) == {cause for cause in CAUSES if not cause.startswith("card.")}


def test_the_owner_of_standing_residue_is_named() -> None:
    finding = account_finding("residue.standing")
    assert "Owner: Kari" in render(finding, "en", people={"agent:a1": "Kari"}).body
    assert "until 2026-03-02 09:00 UTC" in render(finding, "en").body
    assert names_people(finding)


def test_parked_work_is_listed_with_its_reason() -> None:
    body = render(account_finding("due.parked"), "en").body
    assert "- ticket:7: the helpdesk does not answer" in body
    assert "- ticket:8: see the log" in body


def test_a_change_is_told_with_who_is_new_and_how_it_stands() -> None:
    finding = check_finding("access.free_mail", {"resource": "agent:a3"})
    payload = {
        "note": "changed",
        "at": NOW.isoformat(),
        "added": ["agent:a3"],
        "removed": ["agent:a1"],
    }
    text = render_note(finding, payload, "en", people={"agent:a3": "Ola"})
    assert text.startswith("This has changed since the last note.\n\nFound since:\n- Ola\n")
    assert "No longer there:\n- agent:a1" in text
    assert "It fails for 1 of 9." in text


def test_a_changed_place_is_told_with_its_outcome(sad: Finding) -> None:
    text = note(sad, "changed", added=["message:502=manual"], removed=[])
    assert "- message 502: only a person can remove it" in text


@pytest.mark.parametrize("kind", ["fixed", "vanished"])
def test_a_last_note_is_one_sentence(sad: Finding, kind: str) -> None:
    assert note(sad, kind).count("\n") == 0
    assert "2026-03-02 09:00 UTC" in note(sad, kind)


@pytest.mark.parametrize("kind", ["again", "too_early"])
def test_a_ticket_that_is_opened_again_tells_how_it_stands(sad: Finding, kind: str) -> None:
    assert "What to do" in note(sad, kind)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "not known"),
        (0, "under 1 s"),
        (119, "119 s"),
        (120, "2 min"),
        (7_199, "119 min 59 s"),
        (7_200, "2 h"),
        (7_201, "2 h 1 min"),
        (172_799, "48 h"),
        (172_800, "2 days"),
        (172_801, "2 days 1 h"),
    ],
)
def test_durations_are_told_in_their_natural_unit(seconds: int | None, words: str) -> None:
    assert duration(seconds, "en") == words


def test_a_time_that_is_not_known_is_a_dash() -> None:
    assert time(None) == "-"


def test_a_reason_may_be_a_slug_or_a_key() -> None:
    assert reason("hold", "en") == reason("reason.hold", "en") == "the ticket is under a hold"


def test_markers_and_references_hold_no_digit(sad: Finding) -> None:
    assert not any(c.isdigit() for c in marker(sad.fingerprint))
    assert reference("abc", "en") == "(ref abc)"


ids = st.one_of(
    st.integers(1, 9_999_999).map(str), st.text("abcdefghij0123456789", min_size=8, max_size=8)
)
places = st.builds(
    SurfaceRecord,
    id=st.builds("{}:{}".format, st.sampled_from(["message", "note", "file"]), ids),
    kind=st.sampled_from([k.value for k in SurfaceKind]),
    outcome=st.sampled_from([o.value for o in Outcome]),
    method=st.sampled_from(["", *(m.value for m in Method)]),
    role=st.sampled_from([r.value for r in Role]),
    direction=st.sampled_from([d.value for d in Direction]),
    channel=st.sampled_from(["email", "chat", "Z", ""]),
    kinds=st.sets(st.sampled_from([k.value for k in Kind]), min_size=1).map(tuple),
    why=st.sampled_from(["", "hold", "forbidden", "elsewhere"]),
)
records = st.builds(
    CardRecord,
    ticket=ids,
    found_at=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
        lambda at: at.replace(tzinfo=NOW.tzinfo)
    ),
    code=st.one_of(st.just(""), st.from_regex(r"[A-Z]{3}-[A-Z]{5}-[0-9]{3}", fullmatch=True)),
    surfaces=st.lists(places, max_size=4).map(tuple),
    unsure=st.lists(places, max_size=2).map(tuple),
    not_scanned=st.lists(places, max_size=2).map(tuple),
    readers=st.none() | st.integers(0, 500),
    exposure_seconds=st.none() | st.integers(0, 10**9),
    held_until=st.none() | st.just(NOW + timedelta(days=30)),
)


@given(records, st.sampled_from(LOCALES), st.sampled_from(["changed", "again", "fixed"]))
def test_no_text_about_a_ticket_is_ever_like_a_card(
    record: CardRecord, locale: str, kind: str
) -> None:
    for seen in observations("acme", record):
        finding = finding_of(seen)
        text = render(finding, locale)
        assert not contains_card(f"{text.subject} {marker(finding.fingerprint)}\n{text.body}")
        assert not contains_card(note(finding, kind, locale, added=sorted(finding.members)))


def test_standing_residue_without_an_owner_asks_for_one() -> None:
    facts = causes.residue(["matrix.unknown_place"], owner="", expires=NOW)
    finding = replace(account_finding("residue.standing"), facts=facts)
    assert "Owner: nobody yet" in render(finding, "en").body
