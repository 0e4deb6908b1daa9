from __future__ import annotations

import pytest

from connectors.base import Hook
from connectors.liveagent import connector, matrix
from connectors.liveagent.webhook import parse
from integration.core.capabilities import WhyNot
from integration.core.messages import say
from integration.core.models import Delivery, EventKind

SETTINGS = {
    "url": "https://acme.ladesk.com/",
    "bot_agent": "b0t00001",
    "contact_email": "deskwarden@acme.no",
    "mail_account": "support@acme.no",
}
HOOK = Hook("acme", "https://hooks.acme.no/hooks/liveagent/acme/s3cret", "s3cret")


@pytest.mark.parametrize("locale", ["en", "nb"])
def test_every_step_has_its_words_and_all_its_facts(locale):
    settings = SETTINGS | {"findings_department": "c0mpl1an"}
    steps = (*connector.setup_steps(settings, HOOK), *connector.undo_steps(settings))

    said = [say(step.key, locale, **step.params) for step in steps]

    assert len(said) == 13
    assert any('{"ticket":"{$conversation_id}"}' in text for text in said)
    assert sum("https://hooks.acme.no/hooks/liveagent/acme/s3cret" in text for text in said) == 1


def test_nobody_is_told_to_delete_a_department_that_was_not_made_for_us():
    assert "liveagent.undo.department" not in [s.key for s in connector.undo_steps(SETTINGS)]


@pytest.mark.parametrize("locale", ["en", "nb"])
@pytest.mark.parametrize(
    "facts", [{"tags": None}, {"delete_erases": True}], ids=["unproved", "proved"]
)
def test_every_part_of_the_matrix_has_its_words(locale, facts):
    capabilities = matrix.capabilities(facts)
    keys = {*capabilities.standing_residue, *(row.what for row in capabilities.not_read)}
    for capability in capabilities.by_kind.values():
        keys |= {capability.why, capability.steps, *capability.residue} - {""}

    assert all(say(key, locale) for key in keys)


@pytest.mark.parametrize(
    ("facts", "is_said"), [({"tags": None}, True), ({"tags": {}}, False), ({}, False)]
)
def test_a_key_that_may_not_read_tags_is_said_to_lack_the_right(facts, is_said):
    not_read = matrix.capabilities(facts).not_read
    assert (("liveagent.not_read.tags", WhyNot.NO_RIGHT) in not_read) is is_said


@pytest.mark.parametrize("locale", ["en", "nb"])
def test_every_setting_has_a_question(locale):
    assert all(say(setting.prompt, locale) for setting in connector.SPEC.settings)


def test_secrets_are_settings_that_are_never_options():
    assert {s.name for s in connector.SPEC.settings if s.secret} == {"v3_key", "v1_key"}


def test_the_body_we_give_the_admin_is_one_that_we_can_read():
    body = connector.setup_steps(SETTINGS, HOOK)[0].params["body"]
    sent = body.replace("{$conversation_id}", "k6citev3").encode()

    (event,) = parse(Delivery({}, sent))

    assert (event.kind, event.ticket_id) == (EventKind.TICKET, "k6citev3")
