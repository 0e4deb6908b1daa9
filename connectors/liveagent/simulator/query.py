"""Paging and sorting of API v3 lists."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.filters import Columns, Params, Row, filtered

__all__ = ["Columns", "Page", "count", "cursor_style", "page_style", "whole"]

DEFAULT_PER_PAGE = 10
MAX_PER_PAGE = 1000
"""Not documented; integrations use up to 500."""


_PAGING = frozenset({"_page", "_perPage", "_from"})


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
        start = max(_number(params, "_from", 0), 0)
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


def whole(rows: Sequence[Row], params: Params, columns: Columns) -> Page:
    """Every row, of the lists for which the published client has no paging parameters.

    Who sends paging parameters all the same gets pages.
    """
    if _PAGING & set(params):
        return page_style(rows, params, columns)
    return Page(_arranged(rows, params, columns), more=False)


def count(rows: Sequence[Row], params: Params, columns: Columns) -> int:
    """How many rows the filters leave."""
    return len(filtered(rows, params, columns))


def _arranged(rows: Sequence[Row], params: Params, columns: Columns) -> list[Row]:
    field = columns.column(params.get("_sortField") or columns.default)
    if field is None:
        raise ApiError(400, "Incorrect _sortField parameter value")
    direction = (params.get("_sortDir") or "ASC").upper()
    if direction not in {"ASC", "DESC"}:
        raise ApiError(400, "Incorrect _sortDir parameter value")
    chosen = filtered(rows, params, columns)
    return sorted(chosen, key=lambda row: _sort_key(row.get(field)), reverse=direction == "DESC")


def _sort_key(value: object) -> tuple[int, float, str]:
    if value is None:
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    return (2, 0.0, str(value))


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
        return max(int(json.loads(base64.urlsafe_b64decode(cursor))["offset"]), 0)
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise ApiError(400, "Incorrect _cursor parameter value") from None
