"""One thing that was looked at, as the rows of `doctor` tell it."""

from __future__ import annotations

from datetime import datetime

from integration.core.errors import DeskwardenError
from integration.core.explained import explained
from integration.core.findings import wording
from integration.core.rows import ReceivedRow

Row = dict[str, str]


def row(state: str, what: str, detail: str, fix: str = "") -> Row:
    """`state` is ok, warn or fail; `fix` says what to do, and is there unless the state is ok."""
    return {"state": state, "what": what, "detail": detail, "fix": fix}


def failed(what: str, error: DeskwardenError, fix: str) -> Row:
    """A row of what an error says; `fix` where neither it nor its kind says what to do."""
    happened, remedy = explained(error)
    detail = f"{happened} ({error})" if happened else str(error)
    return row("fail", what, detail, error.hint or remedy or fix)


def ago(received: ReceivedRow, now: datetime) -> str:
    """How long since a delivery, in words."""
    seconds = max(0, round((now - received.at).total_seconds()))
    return f"{wording.duration(seconds, 'en')} ago"
