"""Paging, sorting and filters of API v3 lists."""

from __future__ import annotations

import base64
import binascii
import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.liveagent.simulator.errors import ApiError

Row = dict[str, Any]
Params = Mapping[str, str]

DEFAULT_PER_PAGE = 10
MAX_PER_PAGE = 1000
"""Not documented; integrations use up to 500."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_BAD_FILTERS = "Incorrect _filters parameter value"


@dataclass(frozen=True)
class Columns:
    """What a list can be sorted and filtered by."""

    names: frozenset[str]
    default: str
    dates: frozenset[str] = frozenset()
    """Columns that take only the date operators (`D>=`), as seen for tickets."""


@dataclass(frozen=True)
class Page:
    """Rows of one page, whether more follow, and the cursor that leads to them."""

    rows: list[Row]
    more: bool
    cursor: str = ""


def page_style(rows: Sequence[Row], params: Params, columns: Columns) -> Page:
    """`_page` and `_perPage`, or `_from` and `_to`, which win."""
    chosen = _arranged(rows, params, columns)
    per_page = _per_page(params)
    if "_from" in params:
        start = _number(params, "_from", 0)
        end = _number(params, "_to", 0)
        end = end if end > start else start + per_page
    else:
        start = (max(_number(params, "_page", 1), 1) - 1) * per_page
        end = start + per_page
    return Page(chosen[start:end], len(chosen) > end)


def cursor_style(rows: Sequence[Row], params: Params, columns: Columns) -> Page:
    """`_cursor` and `_perPage`; the next cursor is missing on the last page."""
    chosen = _arranged(rows, params, columns)
    start = _offset(params.get("_cursor", ""))
    end = start + _per_page(params)
    more = len(chosen) > end
    return Page(chosen[start:end], more, _cursor(end) if more else "")


def count(rows: Sequence[Row], params: Params, columns: Columns) -> int:
    """How many rows the filters leave."""
    return len(_filtered(rows, params, columns))


def _arranged(rows: Sequence[Row], params: Params, columns: Columns) -> list[Row]:
    field = params.get("_sortField") or columns.default
    if field not in columns.names:
        raise ApiError(400, "Incorrect _sortField parameter value")
    direction = (params.get("_sortDir") or "ASC").upper()
    if direction not in {"ASC", "DESC"}:
        raise ApiError(400, "Incorrect _sortDir parameter value")
    chosen = _filtered(rows, params, columns)
    return sorted(chosen, key=lambda row: _sort_key(row.get(field)), reverse=direction == "DESC")


def _sort_key(value: object) -> tuple[int, float, str]:
    if value is None:
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    return (2, 0.0, str(value))


def _filtered(rows: Sequence[Row], params: Params, columns: Columns) -> list[Row]:
    conditions = _conditions(params.get("_filters", ""), columns)
    return [row for row in rows if all(_matches(row.get(c), op, v) for c, op, v in conditions)]


def _conditions(text: str, columns: Columns) -> list[tuple[str, str, Any]]:
    if not text:
        return []
    try:
        given = json.loads(text)
    except ValueError:
        raise ApiError(400, _BAD_FILTERS) from None
    if isinstance(given, dict):
        given = [[column, "", value] for column, value in given.items()]
    if not isinstance(given, list):
        raise ApiError(400, _BAD_FILTERS)
    return [_condition(item, columns) for item in given]


def _condition(item: object, columns: Columns) -> tuple[str, str, Any]:
    if not isinstance(item, list) or len(item) != 3:
        raise ApiError(400, _BAD_FILTERS)
    column, wanted, value = item
    if column not in columns.names or not isinstance(wanted, str):
        raise ApiError(400, _BAD_FILTERS)
    if wanted and column in columns.dates and not wanted.startswith("D"):
        raise ApiError(400, _BAD_FILTERS)
    name = wanted.removeprefix("D") or "="
    if name not in _COMPARE and name not in {"LIKE", "IN"}:
        raise ApiError(400, _BAD_FILTERS)
    return column, name, value


def _matches(stored: object, wanted: str, value: Any) -> bool:  # noqa: ANN401 - decoded JSON
    if isinstance(stored, list):
        return any(_matches(item, wanted, value) for item in stored)
    if wanted == "LIKE":
        return bool(_like(str(value)).fullmatch(str(stored or "")))
    if wanted == "IN":
        options = value if isinstance(value, list) else str(value).split(",")
        return str(stored) in [str(option) for option in options]
    if stored is None:
        return wanted == "!="
    if isinstance(stored, int | float) and not isinstance(value, int | float):
        value = _as_number(value)
    return _COMPARE[wanted](stored, value if isinstance(stored, int | float) else str(value))


def _like(pattern: str) -> re.Pattern[str]:
    expression = ".*".join(re.escape(piece) for piece in pattern.split("%"))
    return re.compile(expression, re.IGNORECASE | re.DOTALL)


def _as_number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise ApiError(400, _BAD_FILTERS) from None


def _per_page(params: Params) -> int:
    return min(max(_number(params, "_perPage", DEFAULT_PER_PAGE), 1), MAX_PER_PAGE)


def _number(params: Params, name: str, default: int) -> int:
    try:
        return int(params.get(name) or default)
    except ValueError:
        raise ApiError(400, f"Incorrect {name} parameter value") from None


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(json.dumps({"offset": offset}).encode()).decode()


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(json.loads(base64.urlsafe_b64decode(cursor))["offset"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise ApiError(400, "Incorrect _cursor parameter value") from None
