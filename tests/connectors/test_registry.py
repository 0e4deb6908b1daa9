from __future__ import annotations

import subprocess
import sys

import pytest

from connectors import registry
from connectors.base import Hook
from integration.core.errors import ConfigError
from integration.core.messages import say

EVERY = pytest.mark.parametrize("key", registry.HELPDESKS)


@EVERY
def test_a_helpdesk_is_what_its_key_says(key):
    spec = registry.spec(key)
    assert spec.key == key
    assert all(part.isalnum() for part in key.split("_"))
    assert {"verify", "parse"} <= set(dir(registry.webhook(key)))


@EVERY
@pytest.mark.parametrize("locale", ["en", "nb"])
def test_every_question_is_asked_in_both_languages(key, locale):
    questions = [say(setting.prompt, locale) for setting in registry.spec(key).settings]
    assert all(questions)
    assert len(set(questions)) == len(questions)


@EVERY
def test_no_key_of_a_helpdesk_has_a_default(key):
    settings = registry.spec(key).settings
    assert any(setting.secret for setting in settings)
    assert all(setting.default is None for setting in settings if setting.secret)


@pytest.mark.parametrize("load", [registry.helpdesk, registry.webhook, registry.simulator])
def test_an_unknown_helpdesk_is_named_with_those_that_are_known(load):
    with pytest.raises(ConfigError, match="unknown helpdesk: 'zendesk'") as caught:
        load("zendesk")
    assert "liveagent" in caught.value.hint


@pytest.mark.parametrize("key", ["../x", "os", "liveagent.client", "", "l" * 5000])
def test_nothing_else_is_ever_imported(key):
    with pytest.raises(ConfigError) as caught:
        registry.helpdesk(key)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize("key", registry.SIMULATORS)
def test_a_simulator_is_made_without_a_socket(key):
    assert registry.simulator(key)(1).app is not None


def test_helpdesks_are_loaded_when_asked_for_and_not_before():
    code = "import sys, connectors.registry; print([m for m in sys.modules if '.liveagent' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_address_and_secret_of_a_webhook_do_not_show():
    hook = Hook("y", "https://dw.example/hooks/x/y/secret", "secret")
    assert repr(hook) == "Hook(account='y')"
