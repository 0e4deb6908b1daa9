"""A hold names tags as people write them: what they are called now, and which there are none of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from integration.core.errors import Forbidden, NotFound, UnsupportedByHelpdesk
from integration.core.findings import account as account_causes
from integration.core.findings.model import Seen
from integration.core.policy import Policy, folded
from integration.core.ports import Clock, Connector
from integration.core.rows import AccountRow
from integration.core.tables import Store
from integration.services.findings import observe_account

TAGS = "tags"
"""Fact of an account: tag id -> name, None where the key may not read them."""
RENAMED = "renamed_hold_tags"
"""Fact: id of a tag -> the name by which the policy still holds it, though it has another now."""


def with_renamed(policy: Policy, row: AccountRow) -> Policy:
    """The policy of an account, which also holds by their ids the tags that were renamed."""
    renamed = frozenset(row.facts.get(RENAMED) or ())
    if not renamed:
        return policy
    return replace(policy, hold=replace(policy.hold, tags=policy.hold.tags | renamed))


def refresh_tags(
    account: str, connector: Connector, store: Store, policy: Policy, clock: Clock
) -> None:
    """Read the names of the tags anew; a tag of the hold that is not among them is a finding."""
    try:
        names: Mapping[str, str] | None = connector.tag_names()
    except UnsupportedByHelpdesk:
        return
    except (Forbidden, NotFound):
        names = None
    now = clock.now()
    with store.transaction() as tables:
        row = tables.accounts.get(account, for_update=True)
        if row is None:
            return
        facts = row.facts if names is None else with_names(row.facts, names, policy)
        if facts != row.facts:
            tables.accounts.save(replace(row, facts=facts))
        held = _held(facts, policy)
        missing = sorted(tag for tag in held if not _is_known(tag, names or {}))
        seen = Seen.FAIL if missing else Seen.PASS
        told = account_causes.hold_tags(missing)
        observe_account(tables, account, "account.hold_tags", told, now=now, seen=seen)


def with_names(
    facts: Mapping[str, Any], names: Mapping[str, str], policy: Policy
) -> Mapping[str, Any]:
    """The facts with the new names, and with what a rename must not take out of a hold."""
    before = {**(facts.get(TAGS) or {}), **(facts.get(RENAMED) or {})}
    wanted = {folded(tag) for tag in _held(facts, policy) | policy.hold.usual}
    renamed = {
        tag: name
        for tag, name in before.items()
        if folded(name) in wanted and folded(names.get(tag, "")) not in wanted
    }
    kept = {name: fact for name, fact in facts.items() if name != RENAMED}
    return {**kept, TAGS: dict(names)} | ({RENAMED: renamed} if renamed else {})


def _held(facts: Mapping[str, Any], policy: Policy) -> frozenset[str]:
    """The tags of the hold as people named them; of the usual ones those that were renamed."""
    renamed: Mapping[str, str] = facts.get(RENAMED) or {}
    usual = {name for name in renamed.values() if folded(name) in policy.hold.usual}
    return (policy.hold.tags - renamed.keys()) | usual


def _is_known(tag: str, names: Mapping[str, str]) -> bool:
    return tag in names or folded(tag) in map(folded, names.values())


def tags_of(policy: Policy, row: AccountRow) -> list[str]:
    """The tags that hold in this account, as its people call them."""
    names: Mapping[str, str] = row.facts.get(TAGS) or {}
    usual = {name for name in names.values() if folded(name) in policy.hold.usual}
    return sorted({names.get(tag, tag) for tag in policy.hold.tags} | usual)
