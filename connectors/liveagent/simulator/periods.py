"""Date ranges by name in `_filters`: `["date_created", "DP", "TW"]` is this week.

The operator is documented (support.liveagent.com/513528 and 870644), with TW and LM as examples;
the other names follow them and are ours. Days begin at midnight of the account, weeks on Monday;
the last 7 days end with today.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from connectors.liveagent.simulator.errors import ApiError

Range = tuple[datetime, datetime]
_DAY = timedelta(days=1)


def _days(first: int, count: int) -> Callable[[datetime], Range]:
    return lambda today: (today + first * _DAY, today + (first + count) * _DAY)


def _week(ago: int, days: int = 7, weeks: int = 1) -> Callable[[datetime], Range]:
    def of(today: datetime) -> Range:
        monday = today - today.weekday() * _DAY - 7 * ago * _DAY
        return monday, monday + (days + 7 * (weeks - 1)) * _DAY

    return of


def _month(day: datetime) -> Range:
    first = day.replace(day=1)
    return first, (first + 31 * _DAY).replace(day=1)


def _year(day: datetime, ago: int) -> Range:
    first = day.replace(month=1, day=1, year=day.year - ago)
    return first, first.replace(year=first.year + 1)


_PERIODS: Mapping[str, Callable[[datetime], Range]] = {
    "T": _days(0, 1),
    "Y": _days(-1, 1),
    "L7D": _days(-6, 7),
    "L30D": _days(-29, 30),
    "L90D": _days(-89, 90),
    "TW": _week(0),
    "LW": _week(1),
    "L2W": _week(2, weeks=2),
    "LWW": _week(1, days=5),
    "TM": _month,
    "LM": lambda today: _month(today.replace(day=1) - _DAY),
    "TY": lambda today: _year(today, 0),
    "LY": lambda today: _year(today, 1),
}


def spelled_out(filters: str, now: datetime) -> str:
    """The filters with each named range as two comparisons; 400 for a name there is not.

    `now` is the account's local time. What is no list of conditions is left to the reader.
    """
    if '"DP"' not in filters:
        return filters
    try:
        given = json.loads(filters)
    except ValueError:
        return filters
    if not isinstance(given, list):
        return filters
    return json.dumps([one for item in given for one in _conditions(item, now)])


def _conditions(item: object, now: datetime) -> list[object]:
    if not isinstance(item, list) or len(item) != 3 or item[1] != "DP":
        return [item]
    period = _PERIODS.get(str(item[2]))
    if period is None:
        raise ApiError(400, "Incorrect _filters parameter value")
    begin, end = period(now.replace(hour=0, minute=0, second=0, microsecond=0))
    return [[item[0], "D>=", f"{begin:%Y-%m-%d} 00:00:00"],
            [item[0], "D<", f"{end:%Y-%m-%d} 00:00:00"]]  # fmt: skip
