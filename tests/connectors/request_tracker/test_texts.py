"""What we say to the admin is there, in both languages, and says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from connectors import request_tracker
from connectors.base import Hook
from connectors.request_tracker.connector import SPEC, setup_steps, undo_steps
from connectors.request_tracker.matrix import capabilities
from connectors.request_tracker.records import Plugin
from connectors.request_tracker.setup import PLUGIN_FOLDER
from integration.core.capabilities import WhyNot
from integration.core.masks import LOCALES
from integration.core.messages import catalogue, say

HERE = Path(request_tracker.__file__).parent
PLUGINS = {
    "none": None,
    "no_right": Plugin("1.0", may_redact=False, may_audit=False),
    "all": Plugin("1.0", may_redact=True, may_audit=True),
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)
@pytest.mark.parametrize("sees_mail", [True, False], ids=["mail", "no_mail"])
def test_every_key_of_the_matrix_has_a_text(locale, plugin, sees_mail):
    matrix = capabilities(plugin, sees_mail=sees_mail)
    keys = [*matrix.standing_residue, *(row.what for row in matrix.not_read)]
    for capability in matrix.by_kind.values():
        keys += [k for k in (capability.why, capability.steps, *capability.residue) if k]
    assert set(keys) <= catalogue(locale).keys()


@pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)
def test_what_we_never_read_is_named_for_every_account(plugin):
    matrix = capabilities(plugin, sees_mail=True)
    named = {row.what.rpartition(".")[2] for row in matrix.not_read if row.why is WhyNot.NOT_YET}
    assert named >= {"user_fields", "refused_senders", "searches", "squelched"}


@pytest.mark.parametrize(
    ("plugin", "is_named"),
    [
        (None, True),
        (Plugin("1.1", may_redact=True, may_audit=True), True),
        (Plugin("1.2", may_redact=False, may_audit=True), True),
        (Plugin("1.2", may_redact=True, may_audit=False), False),
        (Plugin("1.10", may_redact=True, may_audit=False), False),
        (Plugin("2.0-rc", may_redact=True, may_audit=False), False),
        (Plugin("x", may_redact=True, may_audit=False), True),
    ],
)
def test_deleted_tickets_are_read_in_a_sweep_with_an_extension_that_lists_them(plugin, is_named):
    named = {row.what for row in capabilities(plugin, sees_mail=True).not_read}
    assert ("request_tracker.not_read.deleted_tickets" in named) is is_named


@pytest.mark.parametrize(
    ("plugin", "why"), [("none", WhyNot.NO_API), ("no_right", WhyNot.NO_RIGHT), ("all", None)]
)
def test_old_values_are_shown_by_our_extension_with_its_right_alone(plugin, why):
    matrix = capabilities(PLUGINS[plugin], sees_mail=True)
    whys = {row.what: row.why for row in matrix.not_read}
    assert whys.get("request_tracker.not_read.old_values") == why


def test_both_languages_have_the_same_keys():
    en, nb = (
        {key for key in catalogue(locale) if key.startswith("request_tracker.")}
        for locale in LOCALES
    )
    assert en == nb


@pytest.mark.parametrize("locale", LOCALES)
def test_the_steps_are_ready_to_paste(locale):
    hook = Hook("rt", "https://us.example/hooks/request_tracker/rt", "a-secret")
    steps = [*setup_steps({"user": "bot"}, hook), *undo_steps({"user": "bot"})]
    said = [say(step.key, locale, **step.params) for step in steps]
    assert any(hook.url in text and hook.secret in text for text in said)
    assert not [text for text in said if "{" in text]
    assert {s.prompt for s in SPEC.settings} <= catalogue(locale).keys()


def test_the_readme_shows_the_code_of_the_scrip():
    scrip = (PLUGIN_FOLDER / "etc/scrip.pl").read_text(encoding="utf-8")
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    boxes = re.findall(r"<<'CODE';\n(.*?)CODE\n", scrip, re.DOTALL)
    assert len(boxes) == 2
    assert all(f"```perl\n{box}```" in readme for box in boxes)
