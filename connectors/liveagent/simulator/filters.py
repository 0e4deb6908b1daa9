"""The `_filters` of API v3 lists.

Operators: those of the vendor's article on filtering (support.liveagent.com/870644 and 513528),
and the plain signs that integrations use. Date ranges by name (`DP`) were spelled out before.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.liveagent.simulator.errors import ApiError

Row = dict[str, Any]
Params = Mapping[str, str]
Test = Callable[[object, Any], bool]

_BAD = "Incorrect _filters parameter value"


@dataclass(frozen=True)
class Columns:
    """What a list can be sorted and filtered by."""

    names: frozenset[str]
    default: str
    dates: frozenset[str] = frozenset()
    """Columns that take only the date operators (`D>=`), as seen for tickets."""
    contains: frozenset[str] = frozenset()
    """Columns whose equality asks whether the value is contained (the subject of tickets)."""
    aliases: Mapping[str, str] | None = None
    """Other names of columns, as integrations write them."""

    def column(self, name: object) -> str | None:
        """The column of that name, or None."""
        if not isinstance(name, str):
            return None
        known = (self.aliases or {}).get(name, name)
        return known if known in self.names else None


def filtered(rows: Sequence[Row], params: Params, columns: Columns) -> list[Row]:
    """The rows that meet every condition; 400 for filters that do not fit."""
    tests = _conditions(params.get("_filters", ""), columns)
    return [row for row in rows if all(test(row.get(c), value) for c, test, value in tests)]


def _conditions(text: str, columns: Columns) -> list[tuple[str, Test, Any]]:
    if not text:
        return []
    try:
        given = json.loads(text)
    except ValueError:
        raise ApiError(400, _BAD) from None
    if isinstance(given, dict):
        given = [[name, "", value] for name, value in given.items()]
    if not isinstance(given, list):
        raise ApiError(400, _BAD)
    return [_condition(item, columns) for item in given]


def _condition(item: object, columns: Columns) -> tuple[str, Test, Any]:
    if not isinstance(item, list) or len(item) != 3:
        raise ApiError(400, _BAD)
    column, wanted, value = columns.column(item[0]), item[1], item[2]
    if column is None or not isinstance(wanted, str):
        raise ApiError(400, _BAD)
    if wanted and column in columns.dates and not wanted.startswith("D"):
        raise ApiError(400, _BAD)
    name = wanted.removeprefix("D") or "="
    if name in {"=", "E"} and column in columns.contains:
        name = "L"
    if name not in _TESTS:
        raise ApiError(400, _BAD)
    return column, _TESTS[name], value


def _values(stored: object) -> list[object]:
    if isinstance(stored, list):
        return stored
    return [] if stored is None else [stored]


def _options(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [one.strip() for one in str(value).split(",")]


def _compared(compare: Callable[[Any, Any], bool]) -> Test:
    def test(stored: object, value: Any) -> bool:  # noqa: ANN401 - decoded JSON
        return any(_holds(compare, one, value) for one in _values(stored))

    return test


def _holds(compare: Callable[[Any, Any], bool], stored: object, value: object) -> bool:
    if isinstance(stored, bool):
        return compare(str(stored).lower(), str(value).lower())
    if isinstance(stored, int | float):
        return compare(stored, _number(value))
    return compare(str(stored), str(value))


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise ApiError(400, _BAD) from None


def _contains(stored: object, value: object) -> bool:
    # Of a list it asks for every one of the values, of a text for the text itself.
    if isinstance(stored, list):
        return set(_options(value)) <= {str(one) for one in stored}
    return str(value).lower() in str(stored or "").lower()


def _like(stored: object, value: object) -> bool:
    if isinstance(stored, list):
        return any(_like(one, value) for one in stored)
    pattern = ".*".join(re.escape(piece) for piece in str(value).split("%"))
    return bool(re.fullmatch(pattern, str(stored or ""), re.IGNORECASE | re.DOTALL))


def _one_of(stored: object, value: object) -> bool:
    return bool({str(one) for one in _values(stored)} & set(_options(value)))


def _empty(stored: object, _value: object) -> bool:
    return not any(str(one) for one in _values(stored))


def _equal(stored: object, value: object) -> bool:
    if isinstance(stored, list) and "," in str(value):
        return _contains(stored, value)
    return _compared(operator.eq)(stored, value)


def _not(test: Test) -> Test:
    return lambda stored, value: not test(stored, value)


_TESTS: dict[str, Test] = {
    "=": _equal,
    "E": _equal,
    "!=": _not(_equal),
    "NE": _not(_equal),
    ">": _compared(operator.gt),
    ">=": _compared(operator.ge),
    "<": _compared(operator.lt),
    "<=": _compared(operator.le),
    "LIKE": _like,
    "L": _contains,
    "NL": _not(_contains),
    "IN": _one_of,
    "CY": _one_of,
    "NI": _not(_one_of),
    "IE": _empty,
    "INE": _not(_empty),
}
