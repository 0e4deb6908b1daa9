"""Durations as the tables say them."""

from __future__ import annotations

from datetime import timedelta

UNITS = (
    (timedelta(days=1), "day", timedelta(days=4)),
    (timedelta(hours=1), "hour", timedelta(hours=1)),
    (timedelta(minutes=1), "minute", timedelta()),
)
"""Unit, its name, and from how long on it is used: the law counts 72 hours, not three days."""


def spoken(time: timedelta) -> str:
    """A duration in words.

    >>> spoken(timedelta(hours=72)), spoken(timedelta(days=7)), spoken(timedelta(seconds=60))
    ('72 hours', '7 days', '1 minute')
    """
    size, name = next((size, name) for size, name, least in UNITS if time >= least)
    count = time // size
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
