"""Reading a list to its end, or saying that it may go on: by page number or by cursor.

Some versions ignore paging parameters, and the most rows that a page may have is not documented. So
a page shorter than the one that was asked for is not yet the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from integration.core.errors import HelpdeskUnavailable

PER_PAGE = 500
"""Rows of a page: the most that integrations are known to ask for."""
DEFAULT_PER_PAGE = 10
"""What a server gives that ignores paging parameters (messages, before 5.57.1.10)."""
MAX_PAGES = 100
CURSOR_HEADER = "next_page_cursor"
"""Response header of the lists in cursor style; missing on the last page."""

Params = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """All rows of a list, and whether it was surely read to its end."""

    rows: tuple[Any, ...] = field(repr=False)
    complete: bool = True


def numbered(page: int) -> dict[str, str]:
    """The parameters that ask for this page."""
    return {"_page": str(page), "_perPage": str(PER_PAGE)}


def more_may_follow(rows: Sequence[Any]) -> bool:
    """Whether this page may not be the last: only what is shorter than any page surely is."""
    return len(rows) >= min(PER_PAGE, DEFAULT_PER_PAGE)


def may_be_a_part(rows: Sequence[Any]) -> bool:
    """Whether rows that come again for the next page may be just the first of all.

    Then paging is ignored: there are all rows, or as many as a page has, a round number.
    """
    return len(rows) % DEFAULT_PER_PAGE == 0


def cut_off(path: str) -> HelpdeskUnavailable:
    """What to raise where a part of a list must not be taken for the whole."""
    message = f"LiveAgent: the list of {path} was not read to its end"
    return HelpdeskUnavailable(message, reason="broken_answer")


def by_number(read: Callable[[Params], Sequence[Any]], *, key: Callable[[Any], str]) -> Listed:
    """Read a list in page style up to a short, an empty or a repeated page."""
    rows: dict[str, Any] = {}
    for page in range(1, MAX_PAGES + 1):
        got = read(numbered(page))
        fresh = {key(row): row for row in got if key(row) not in rows}
        rows |= fresh
        if got and not fresh:
            paged = page > 2  # the second page was another than the first
            return Listed(tuple(rows.values()), complete=paged or not may_be_a_part(got))
        if not more_may_follow(got):
            return Listed(tuple(rows.values()))
    return Listed(tuple(rows.values()), complete=False)


def by_cursor(
    read: Callable[[Params], tuple[Sequence[Any], str | None]], path: str
) -> Iterator[Any]:
    """Read a list in cursor style up to the page that names no next one.

    Raises HelpdeskUnavailable after the rows where the cursors do not lead to an end.
    """
    params = {"_perPage": str(PER_PAGE)}
    for _ in range(MAX_PAGES):
        rows, cursor = read(params)
        yield from rows
        if not cursor:
            return
        if cursor == params.get("_cursor"):
            break
        params = {**params, "_cursor": cursor}
    raise cut_off(path)
