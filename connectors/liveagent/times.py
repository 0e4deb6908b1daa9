"""LiveAgent's times: `2026-04-01 08:12:31` without an offset, in the time zone of the account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FORMAT = "%Y-%m-%d %H:%M:%S"
MARGIN = 2.0
"""Seconds by which the machines of a platform may differ, the second of a time itself included."""
QUARTER = timedelta(minutes=15).total_seconds()


def zone(name: str) -> tzinfo | None:
    """The time zone of that name; None when it is not known here."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def to_utc(text: str, account: tzinfo | None) -> datetime | None:
    """Read a time as UTC; None when there is none, or when the account's zone is not known.

    >>> to_utc("2026-07-01 12:00:00", ZoneInfo("Europe/Oslo"))
    datetime.datetime(2026, 7, 1, 10, 0, tzinfo=datetime.timezone.utc)
    """
    if account is None:
        return None
    try:
        local = datetime.strptime(text, FORMAT).replace(tzinfo=account)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def to_local(moment: datetime, account: tzinfo | None) -> str:
    """Write a time as the account does; in UTC when its zone is not known."""
    return moment.astimezone(account or UTC).strftime(FORMAT)


def is_over(text: str, *, served: datetime, seconds: float) -> bool:
    """Whether that second had passed when a ticket was read, so that no more can change in it.

    `served` is the helpdesk's time at the answer, for which we waited that many seconds. In which
    zone the text is does not matter: all zones are some quarters of an hour apart. What is no time
    is not known to be over.
    """
    try:
        changed = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return False
    ago = (served - changed).total_seconds()
    return (ago + MARGIN) % QUARTER >= seconds + 2 * MARGIN
