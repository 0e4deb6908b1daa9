"""What holds for every helpdesk of the registry: a new one is held to it without a new test."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import registry
from connectors.base import Hook
from docs.tables import CASES
from integration.clock import SystemClock
from integration.core.capabilities import Capabilities, Capability
from integration.core.errors import RejectedRequest, SignatureInvalid
from integration.core.masks import LOCALES
from integration.core.messages import Message, catalogue, say
from integration.core.models import Delivery, EventKind, Priority
from integration.core.ports import Connector
from integration.queueing import SharedBudget

NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
SECRET = "s3cret-of-the-hook"
CONNECTORS = Path(registry.__file__).parent

helpdesks = pytest.mark.parametrize("key", registry.HELPDESKS)
locales = pytest.mark.parametrize("locale", LOCALES)


def given_settings(key: str) -> dict[str, str]:
    """What a person might answer to `account add`."""
    answers = {s.name: s.default or f"some-{s.name}" for s in registry.spec(key).settings}
    return answers | {"url": "https://helpdesk.example"}


def cases(key: str) -> list[Capabilities]:
    matrix = import_module(f"connectors.{key}.matrix").capabilities
    return [matrix(**case) for case in CASES[key].values()]


def declared(key: str) -> list[Capability]:
    return [capability for case in cases(key) for capability in case.by_kind.values()]


@helpdesks
def test_it_is_called_what_its_folder_is_called(key: str) -> None:
    spec = registry.spec(key)

    assert spec.key == key
    assert (CONNECTORS / key / "README.md").is_file()


@helpdesks
def test_it_asks_for_an_address_and_for_a_key(key: str) -> None:
    asked = registry.spec(key).settings
    names = [s.name for s in asked]

    assert "url" in names
    assert any(s.secret for s in asked)
    assert len(names) == len(set(names))


@helpdesks
@locales
def test_every_question_has_words(key: str, locale: str) -> None:
    for setting in registry.spec(key).settings:
        assert say(setting.prompt, locale)


@helpdesks
@locales
def test_the_admins_steps_have_words_and_hold_the_hook(key: str, locale: str) -> None:
    helpdesk = registry.helpdesk(key)
    url = "https://warden.example/hooks/x/y"
    hook = Hook("acme", f"{url}/{SECRET}" if helpdesk.SPEC.url_token else url, SECRET)
    steps = words(helpdesk.setup_steps(given_settings(key), hook), locale)

    assert hook.url in steps
    assert hook.secret in steps


@helpdesks
@locales
def test_the_last_step_names_the_command_that_shows_whether_it_works(key: str, locale: str) -> None:
    hook = Hook("acme", f"https://warden.example/{SECRET}", SECRET)
    last = words(registry.helpdesk(key).setup_steps(given_settings(key), hook)[-1:], locale)

    assert "deskwarden account deliveries acme --follow" in last


@helpdesks
@locales
def test_how_to_undo_it_has_words_and_holds_no_secret(key: str, locale: str) -> None:
    steps = words(registry.helpdesk(key).undo_steps(given_settings(key)), locale)

    assert steps
    assert SECRET not in steps


def words(steps: tuple[Message, ...], locale: str) -> str:
    return "\n".join(say(step.key, locale, **step.params) for step in steps)


@helpdesks
def test_a_connector_offers_all_that_is_asked_of_one(key: str) -> None:
    asked = {name for name, _ in inspect.getmembers(Connector, inspect.isfunction)}
    keys = {s.name: "key" for s in registry.spec(key).settings if s.secret}
    clock = SystemClock()
    budget = SharedBudget(None, clock=clock).at("acme", Priority.LIVE, per_minute=0)
    connector = registry.helpdesk(key).build(
        given_settings(key), keys, {}, budget=budget, clock=clock
    )

    assert {name for name in asked if not name.startswith("_")} <= set(dir(connector))
    connector.close()


@helpdesks
@locales
def test_every_word_of_the_matrix_is_there(key: str, locale: str) -> None:
    keys = {c.why for c in declared(key)} | {c.steps for c in declared(key)}
    keys |= {residue for c in declared(key) for residue in c.residue}
    keys |= {residue for case in cases(key) for residue in case.standing_residue}
    keys |= {case.mail_by_hand for case in cases(key)}
    for row in (row for case in cases(key) for row in case.not_read):
        keys |= {row.what, f"matrix.why_not.{row.why}"}

    assert sorted(keys - {""} - catalogue(locale).keys()) == []


@helpdesks
def test_where_no_method_is_left_a_person_is_told_why_and_how(key: str) -> None:
    by_hand = [c for c in declared(key) if not c.methods]

    assert all(c.why and c.steps for c in by_hand)


@helpdesks
def test_standing_residue_is_named(key: str) -> None:
    assert all(case.standing_residue for case in cases(key))


@helpdesks
@pytest.mark.parametrize("secrets", [(), ("",), ("s3cret",)], ids=["none", "empty", "another"])
def test_a_delivery_without_proof_is_refused(key: str, secrets: tuple[str, ...]) -> None:
    delivery = Delivery(headers={"content-type": "application/json"}, body=b'{"ticket": 1}')

    with pytest.raises(SignatureInvalid):
        registry.webhook(key).verify(delivery, secrets, now=NOW)


@helpdesks
@given(body=st.binary(max_size=300))
def test_any_body_ends_in_ids_or_in_a_refusal(key: str, body: bytes) -> None:
    delivery = Delivery(headers={}, body=body)
    try:
        events = registry.webhook(key).parse(delivery)
    except RejectedRequest:
        return

    for event in events:
        assert (event.ticket_id is not None) is (event.kind is EventKind.TICKET)
        assert event.ticket_id is None or event.ticket_id.isalnum()


@pytest.mark.parametrize("key", registry.SIMULATORS)
def test_a_simulator_of_the_same_seed_has_the_same_keys(key: str) -> None:
    make = registry.simulator(key)
    first, second = make(7, lambda: NOW), make(7, lambda: NOW)

    assert first.app is not second.app
    assert dict(first.credentials()) == dict(second.credentials())
