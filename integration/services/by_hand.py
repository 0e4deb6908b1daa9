"""One ticket redacted now because a person asked: under a lease, like every other."""

from __future__ import annotations

from dataclasses import replace

from integration.core import subjects
from integration.core.errors import DeskwardenError, LeaseLost, PermanentError, RetryableError
from integration.core.models import Priority
from integration.core.rows import Claim, Upserted
from integration.services.handback import hand_back
from integration.services.redact import Redactor
from integration.services.result import Result

LEASE = 600.0
"""Seconds: a command renews its lease before each write only, so the longest look must fit in."""
SOURCE = "command"
"""What the record names as the cause of the look."""


def redact_now(redactor: Redactor, ticket: str, *, owner: str) -> Result:
    """Bring it to its outcome. Raises LeaseLost while a worker has it, and as `run` does."""
    result = _look(redactor, ticket, owner)
    return _look(redactor, result.merged_into, owner) if result.merged_into else result


def _look(redactor: Redactor, ticket: str, owner: str) -> Result:
    claim, found = _claim(redactor, subjects.of_ticket(ticket), owner)
    try:
        return replace(redactor, lease=LEASE, source=SOURCE).run(ticket, claim)
    except BaseException as error:
        _give_back(redactor, claim, found, error)
        raise


def _claim(redactor: Redactor, subject: str, owner: str) -> tuple[Claim, Upserted]:
    account, now = redactor.account, redactor.clock.now()
    with redactor.store.transaction() as tables:
        found = tables.due.upsert(account, subject, due_at=now, priority=Priority.LIVE)
        claim = tables.due.claim_one(owner, account, subject, now=now, lease=LEASE)
    if claim is None:
        raise LeaseLost(
            "another worker has this ticket in hand right now",
            hint="it looks at the ticket once more after that; or try again in a minute",
        )
    return claim, found


def _give_back(redactor: Redactor, claim: Claim, found: Upserted, error: BaseException) -> None:
    with redactor.store.transaction() as tables:
        if found is Upserted.NEW and isinstance(error, PermanentError):
            # Nobody but the person at the terminal has asked, and they are told: a ticket id that
            # was mistyped is no work to set aside.
            tables.due.finish(claim)
            return
        if not isinstance(error, DeskwardenError):
            error = RetryableError("the command was broken off", reason="internal")
        hand_back(tables, claim, error, now=redactor.clock.now())
