"""Checks of API keys: what fails, what passes, what cannot be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from integration.core.models import ApiKey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def key(**facts):
    return ApiKey("k1", "shop", **facts)


@pytest.mark.parametrize(
    ("facts", "status", "reason"),
    [
        ({"never_expires": True}, "fail", "never"),
        ({"expires": NOW + timedelta(days=401)}, "fail", "far_off"),
        ({"expires": NOW + timedelta(days=400)}, "pass", None),
        ({"expires": NOW - timedelta(days=1)}, "pass", None),
        ({"never_expires": False}, "unknown", None),
        ({}, "unknown", None),
    ],
    ids=["never", "far-off", "in-time", "over", "some-day", "not-told"],
)
def test_a_key_ends_on_a_date_in_sight(answers, facts, status, reason):
    found, said = answers("keys.expiry", key(**facts))["api_key:k1"]
    assert (found, said.get("reason")) == (status, reason)


@pytest.mark.parametrize(
    ("open_to", "status"), [(True, "fail"), (False, "pass"), (None, "unknown")]
)
def test_a_key_works_from_known_addresses_only(statuses, open_to, status):
    assert statuses("keys.whitelist", key(open_to_any_address=open_to)) == {"api_key:k1": status}


@pytest.mark.parametrize(
    ("privileges", "excess"),
    [
        ({"ticket.read", "agent.manage"}, ["agent.manage"]),
        ({"*"}, ["*"]),
        ({"role.create", "hosting.login", "tag.read"}, ["hosting.login", "role.create"]),
    ],
    ids=["agents", "everything", "several"],
)
def test_power_over_people_and_settings_is_too_much(answers, privileges, excess):
    found = answers("keys.privileges", key(privileges=frozenset(privileges)))
    assert found == {"api_key:k1": ("fail", {"privileges": excess})}


def test_a_key_that_reads_and_writes_tickets_is_fine(statuses):
    fine = key(privileges=frozenset({"ticket.read_all", "ticket.create", "agent.read", "api.read"}))
    assert statuses("keys.privileges", fine) == {"api_key:k1": "pass"}


def test_privileges_that_are_not_told_are_unknown(statuses):
    assert statuses("keys.privileges", key()) == {"api_key:k1": "unknown"}


def test_our_own_key_is_known_to_need_much_but_must_end_and_be_fenced(statuses):
    ours = key(
        is_ours=True,
        never_expires=True,
        open_to_any_address=True,
        privileges=frozenset({"agent.manage"}),
    )
    assert statuses("keys.privileges", ours) == {}
    assert statuses("keys.expiry", ours) == {"api_key:k1": "fail"}
    assert statuses("keys.whitelist", ours) == {"api_key:k1": "fail"}
