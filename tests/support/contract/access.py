"""Access and facts: what is called readable is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from support.contract.ground import Ground

from integration.core.models import Snapshot


class Access(Ground):
    """What `snapshot` and `probe` promise."""

    def test_a_snapshot_holds_what_it_calls_readable(self, desk, connector):
        snapshot = connector.snapshot(now=desk.clock.now())
        assert snapshot.readable
        assert snapshot.readable <= snapshot.supported
        assert snapshot.supported <= FILLED.keys()
        assert not snapshot.readable & snapshot.errors.keys()
        assert [fact for fact in sorted(snapshot.readable) if not FILLED[fact](snapshot)] == []
        assert [a.is_our_bot for a in snapshot.agents].count(True) == 1
        assert [secret for secret in desk.secrets if secret in repr(snapshot)] == []

    def test_what_is_probed_can_be_stored_and_given_back(self, desk, budget, connector):
        facts = connector.probe()
        stored = json.dumps(dict(facts))
        assert facts
        assert [secret for secret in desk.secrets if secret in stored] == []
        again = desk.connect(budget, json.loads(stored))
        assert again.probe() == facts
        again.close()


FILLED: Mapping[str, Callable[[Snapshot], bool]] = {
    "agents": lambda s: bool(s.agents),
    "agents.two_factor": lambda s: any(a.two_factor is not None for a in s.agents),
    "agents.password_changed": lambda s: any(a.password_changed for a in s.agents),
    "agents.role": lambda s: len({a.role for a in s.agents}) > 1,
    "departments": lambda s: bool(s.departments),
    "departments.members": lambda s: any(d.agent_ids for d in s.departments),
    "api_keys": lambda s: bool(s.api_keys),
    "api_keys.expiry": lambda s: any(k.never_expires is not None for k in s.api_keys),
    "api_keys.whitelist": lambda s: any(k.open_to_any_address is not None for k in s.api_keys),
    "api_keys.privileges": lambda s: any(k.privileges for k in s.api_keys),
    "api_keys.owner": lambda s: any(k.owner_id for k in s.api_keys),
    "plugins": lambda s: any(p.active is not None for p in s.plugins),
}
"""Fact that a snapshot can call readable -> whether it is there (see `models.Snapshot`)."""
