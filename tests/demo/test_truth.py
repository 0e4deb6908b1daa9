from __future__ import annotations

from dataclasses import replace

import pytest

from integration.core.findings.model import Finding, Severity
from integration.demo.counts import COUNTS
from integration.demo.play import Played
from integration.demo.progress import Line
from integration.demo.scenario import Beside, Card, Story
from integration.demo.summary import summary
from integration.demo.truth import Truth

NUMBER = "4111 1111 1111 1111"
PIECES = (
    "Order 10203040 with ",
    NUMBER,
    ", expires ",
    "05/28",
    ", CVC ",
    "123",
    ". Order 10203040",
)
STORY = Story(
    "Kari Nordmann",
    "kari.nordmann@example.com",
    {"subject": ("Order 10203040",), "text": PIECES, "tag": ("vip",)},
    (Card("4111111111111111"),),
    (Beside("05/28", ", expires ", ", CVC "), Beside("123", ", CVC ", ". Order 10203040")),
)
MASKS = ("[card visa **** 1111]", "[expiry removed]", "[security code removed]")
CLEAN = "Order 10203040 with {}, expires {}, CVC {}. Order 10203040".format(*MASKS)
GONE = Line({"PAN": 1}, {"message:502": "gone"}, 400, 1)
RESIDUE = {"residue": ("liveagent.residue.preview",)}


def truth(text, *, line=GONE, findings=(), more=(), subject="Order 10203040"):
    texts = [("ticket/t1/subject", subject), ("ticket/t1/message/502", text), *more]
    return Truth([Played(STORY, "t1", "ABC")], texts, texts, {"t1": line}, findings, 3)


def finding(cause, resource, **facts):
    return Finding("demo", "f", cause, resource, Severity.HIGH, facts)


def counts(found):
    report = found.report(leaks=0)
    assert report["planted"] == report["redacted"] + report["missed"] + report["manual"] == 3
    keys = ("redacted", "verified_gone", "missed", "manual", "false_redactions")
    return tuple(report[key] for key in keys)


def test_every_count_is_explained():
    report = truth(CLEAN).report(leaks=2)
    assert list(report) == list(COUNTS)
    assert (report["tickets"], report["findings_posted"], report["leaks"]) == (1, 3, 2)


def test_a_ticket_that_is_clean_is_redacted_and_verified_gone():
    assert counts(truth(CLEAN)) == (3, 3, 0, 0, 0)


@pytest.mark.parametrize("place", range(3), ids=["number", "date", "code"])
def test_whatever_is_left_of_it_is_missed(place):
    text = CLEAN.replace(MASKS[place], PIECES[1::2][place])
    assert counts(truth(text)) == (2, 2, 1, 0, 0)


def test_what_an_open_finding_names_is_left_to_a_person():
    surfaces = [{"id": "message:502", "outcome": "manual"}]
    named = finding("card.held", "ticket:t1", surfaces=surfaces)
    preview = ("ticket/t1/preview", "".join(PIECES))
    residue = finding("residue.standing", "account", **RESIDUE)
    line = replace(GONE, outcomes={"message:502": "manual"})
    given = {"line": line, "more": [preview]}
    assert counts(truth("".join(PIECES), findings=[named, residue], **given)) == (0, 0, 0, 3, 0)
    assert counts(truth("".join(PIECES), findings=[named], **given)) == (0, 0, 3, 0, 0)


def test_what_is_gone_in_a_ticket_of_which_the_record_says_less_is_not_verified():
    line = replace(GONE, outcomes={"message:502": "gone", "message:503": "unverified"})
    assert counts(truth(CLEAN, line=line)) == (3, 0, 0, 0, 0)


def test_a_number_in_another_ticket_is_missed_and_a_code_there_means_nothing():
    other = ("ticket/t2/message/900", "".join(PIECES))
    assert counts(truth(CLEAN, more=[other])) == (2, 2, 1, 0, 0)


@pytest.mark.parametrize("place", range(3), ids=["number", "date", "code"])
def test_what_stands_in_a_mail_that_had_gone_out_is_counted_apart(place):
    text = CLEAN.replace(MASKS[place], PIECES[1::2][place])
    found = truth(CLEAN, more=[("outbox/m1/body", text), ("outbox/m2/body", text)])
    assert counts(found) == (3, 3, 0, 0, 0)
    assert found.report(leaks=0)["in_sent_mails"] == 1


def test_what_a_held_ticket_and_a_mail_hold_counts_as_both():
    surfaces = [{"id": "message:502", "outcome": "manual"}]
    held = finding("card.held", "ticket:t1", surfaces=surfaces)
    mail = ("outbox/m1/body", "".join(PIECES))
    found = truth("".join(PIECES), findings=[held], more=[mail])
    assert counts(found) == (0, 0, 0, 3, 0)
    assert found.report(leaks=0)["in_sent_mails"] == 3


def test_mails_that_hold_masks_alone_count_for_nothing():
    found = truth(CLEAN, more=[("outbox/m1/body", CLEAN)])
    assert found.report(leaks=0)["in_sent_mails"] == 0


def test_the_summary_says_of_the_tickets_that_they_are_clean_and_not_of_sent_mails():
    mail = ("outbox/m1/body", CLEAN.replace(MASKS[0], NUMBER))
    said = summary(truth(CLEAN, more=[mail]).report(leaks=0))
    assert "Can no longer be read in the tickets: 3." in said
    mails = "Still stand in mails that had gone out before, which nobody can call back: 1."
    assert mails in said


def test_one_of_two_look_alikes_that_is_removed_is_counted():
    text = CLEAN.replace("10203040", "[card]", 1)
    assert counts(truth(text)) == (3, 3, 0, 0, 1)


def test_what_is_removed_from_a_message_is_not_excused_by_the_subject_or_the_preview():
    more = [("ticket/t1/preview", CLEAN)]
    found = truth("", more=more, subject="Order [card]")
    assert found.false_redactions() == [("t1", "subject"), ("t1", "text")]
