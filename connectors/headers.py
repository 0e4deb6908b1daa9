"""What a helpdesk says in the headers of its answers. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT = 3600.0
"""Seconds: the longest Retry-After that is taken at its word."""


def retry_after(value: str | None, *, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, in both its forms; None without a usable one.

    >>> retry_after("Wed, 21 Oct 2026 07:28:00 GMT", now=datetime(2026, 10, 21, 7, 27, tzinfo=UTC))
    60.0
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MAX_WAIT)
    at = http_date(text)
    return None if at is None else min(max((at - now).total_seconds(), 0.0), MAX_WAIT)


def http_date(value: str | None) -> datetime | None:
    """Read the time of a header, aware; None when there is none or it is no time.

    >>> http_date("Wed, 21 Oct 2026 07:28:00 GMT")
    datetime.datetime(2026, 10, 21, 7, 28, tzinfo=datetime.timezone.utc)
    """
    try:
        at = parsedate_to_datetime(value or "")
        return at.replace(tzinfo=at.tzinfo or UTC)
    except (ValueError, OverflowError):
        return None
