"""Running checks, and the order among checks, their texts and the standards."""

from __future__ import annotations

import pytest

from integration.core.checks.catalogue import METADATA
from integration.core.checks.model import Status
from integration.core.checks.run import CHECKS, failed_reading
from integration.core.masks import LOCALES
from integration.core.messages import catalogue
from integration.core.standards import naming, standards

CHECK = "access.two_factor.agents"


def test_a_fact_that_this_key_cannot_read_is_unknown(answers):
    found = answers(CHECK, hidden=["agents.two_factor"])
    assert found == {"account": ("unknown", {"fact": "agents.two_factor"})}


def test_a_fact_that_this_helpdesk_does_not_have_is_not_supported(answers):
    found = answers(CHECK, missing=["agents.two_factor"])
    assert found == {"account": ("not_supported", {"fact": "agents.two_factor"})}


def test_a_fact_that_could_not_be_read_this_time_is_an_error(answers, agent):
    found = answers(CHECK, agent(), errors={"agents": "unavailable"})
    assert found == {"account": ("error", {"fact": "agents", "reason": "unavailable"})}


def test_no_snapshot_is_an_error_of_every_check():
    results = failed_reading("forbidden")
    assert [r.check for r in results] == list(CHECKS)
    assert {r.status for r in results} == {Status.ERROR}


def test_every_check_has_an_entry_and_every_entry_a_check():
    assert list(CHECKS) == list(METADATA)


@pytest.mark.parametrize("check", sorted(METADATA))
@pytest.mark.parametrize("locale", LOCALES)
def test_the_texts_of_a_check_are_whole(check, locale):
    texts = METADATA[check].texts
    assert all(texts[what][locale].strip() for what in ("title", "why", "fix"))
    assert len(texts["title"][locale]) <= 80
    assert not texts["title"][locale].endswith(".")


@pytest.mark.parametrize("check", sorted(METADATA))
def test_a_title_states_what_holds_and_does_not_order(check):
    first = METADATA[check].say("title", "en").split()[0].lower()
    assert first not in {"ensure", "make", "no", "check", "verify", "avoid"}


def test_a_text_in_an_unknown_language_is_english():
    check = METADATA[CHECK]
    assert check.say("title", "xx") == check.say("title", "en")


def test_every_check_is_named_by_a_standard_and_every_named_check_exists():
    named = {check for s in standards() for r in s.requirements for check in r.checks}
    assert named == set(CHECKS)


def test_requirements_are_named_once_and_in_both_languages():
    for standard in standards():
        ids = [r.id for r in standard.requirements]
        assert len(set(ids)) == len(ids)
        assert all(set(r.title) == set(LOCALES) for r in standard.requirements)
        assert set(standard.title) == set(LOCALES)


def test_the_checklist_has_its_ten_points():
    checklist = next(s for s in standards() if s.id == "checklist")
    assert [r.id for r in checklist.requirements] == [str(n) for n in range(1, 11)]


def test_the_standards_that_ask_for_a_check_are_named_with_their_numbers():
    asked = dict(naming("access.password_age", "en"))
    assert asked["PCI DSS 4.0.1"] == ["8.3.9"]
    assert naming("no.such.check", "en") == []


def test_articles_are_cited_as_each_language_cites_them():
    english, norwegian = (dict(naming("access.shared_accounts", locale)) for locale in LOCALES)
    assert english["GDPR"] == ["Art. 32(1)(b)", "Art. 32(4)"]
    cited = ["artikkel 32 nr. 1 bokstav b", "artikkel 32 nr. 4"]
    assert norwegian["Personvernforordningen"] == cited


def test_every_status_has_a_word():
    assert {f"check.status.{s.value}" for s in Status} <= set(catalogue("en"))
