"""Checks of the account's API keys.

Ours is held to the same rules, but for what it may do: it needs much, and the capability matrix
says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fnmatch import fnmatchcase

from integration.core.checks.model import CheckFunction, Look, Status, Verdict
from integration.core.models import ApiKey


def keys_expire(look: Look) -> Iterator[Verdict]:
    """Each key ends on a date, and not years from now."""
    latest = look.now + timedelta(days=look.params["max_days"])
    for key in look.snapshot.api_keys:
        if key.never_expires:
            yield _fail(key, reason="never")
        elif key.expires is None:
            yield Verdict(Status.UNKNOWN, _resource(key))
        elif key.expires > latest:
            yield _fail(key, reason="far_off")
        else:
            yield Verdict(Status.PASS, _resource(key))


def keys_work_from_known_addresses(look: Look) -> Iterator[Verdict]:
    """No key is open to any address."""
    answers = {None: Status.UNKNOWN, True: Status.FAIL, False: Status.PASS}
    for key in look.snapshot.api_keys:
        yield Verdict(answers[key.open_to_any_address], _resource(key))


def keys_may_do_little(look: Look) -> Iterator[Verdict]:
    """No key but ours has power over people, keys, settings or everything."""
    for key in look.snapshot.api_keys:
        if key.is_ours:
            continue
        if key.privileges is None:
            yield Verdict(Status.UNKNOWN, _resource(key))
        elif excess := sorted(p for p in key.privileges if _is_too_much(p, look)):
            yield _fail(key, privileges=excess)
        else:
            yield Verdict(Status.PASS, _resource(key))


CHECKS: Mapping[str, CheckFunction] = {
    "keys.expiry": keys_expire,
    "keys.whitelist": keys_work_from_known_addresses,
    "keys.privileges": keys_may_do_little,
}


def _resource(key: ApiKey) -> str:
    return f"api_key:{key.id}"


def _fail(key: ApiKey, **facts: object) -> Verdict:
    return Verdict(Status.FAIL, _resource(key), facts)


def _is_too_much(privilege: str, look: Look) -> bool:
    return any(fnmatchcase(privilege, pattern) for pattern in look.params["too_much"])
