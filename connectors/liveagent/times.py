"""LiveAgent's times: `2026-04-01 08:12:31` without an offset, in the time zone of the account."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FORMAT = "%Y-%m-%d %H:%M:%S"


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
