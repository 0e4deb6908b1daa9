"""The full-text search of GET /tickets: `{"search": "order"}` or `[["search", "L", "order"]]`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from connectors.liveagent.simulator.records import Contact, Ticket

NAME = "search"
_OPERATORS = frozenset({"", "E", "L", "="})


def without_search(params: Mapping[str, str]) -> tuple[Mapping[str, str], list[str]]:
    """The parameters without their search conditions, and what is searched for."""
    if f'"{NAME}"' not in params.get("_filters", ""):
        return params, []
    try:
        given = json.loads(params["_filters"])
    except ValueError:
        return params, []
    if isinstance(given, dict):
        given = [[name, "", value] for name, value in given.items()]
    if not isinstance(given, list):
        return params, []
    words = [str(item[2]) for item in given if _is_search(item)]
    rest = [item for item in given if not _is_search(item)]
    return {**params, "_filters": json.dumps(rest)}, words


def _is_search(item: object) -> bool:
    if not isinstance(item, list) or len(item) != 3 or not isinstance(item[1], str):
        return False
    return item[0] == NAME and item[1] in _OPERATORS


def mentions(ticket: Ticket, owner: Contact | None, word: str) -> bool:
    """Whether a ticket has that text in its owner, subject, messages or custom fields."""
    return any(word.lower() in text.lower() for text in _texts(ticket, owner))


def _texts(ticket: Ticket, owner: Contact | None) -> Iterator[str]:
    yield from (ticket.subject, ticket.code, *ticket.fields.values())
    if owner:
        yield from (owner.name, *owner.emails)
        yield json.dumps(owner.fields, ensure_ascii=False)
    for group in ticket.groups:
        yield from (message.text for message in group.messages)
