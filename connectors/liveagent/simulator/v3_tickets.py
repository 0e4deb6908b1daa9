"""API v3: tickets, their messages, files and chats.

For postponing the published client declares a form but builds a model, and so sends nothing; the
model's `date_time` is what counts here, as a form or as JSON, and 400 is the answer without it.
"""

from __future__ import annotations

from typing import Any

from flask import request

from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, count, cursor_style, page_style
from connectors.liveagent.simulator.records import Ticket
from connectors.liveagent.simulator.search import mentions, without_search
from connectors.liveagent.simulator.v3_write import create_ticket, update_ticket
from connectors.liveagent.simulator.web import Call, Route, found, text
from connectors.liveagent.simulator.wire import Row

_TICKET_DATES = frozenset(
    [
        "date_created",
        "date_changed",
        "date_resolved",
        "date_due",
        "date_deleted",
        "last_activity",
        "last_activity_public",
    ]
)
TICKET_COLUMNS = Columns(
    _TICKET_DATES
    | {"id", "code", "status", "departmentid", "agentid", "owner_contactid", "owner_email"}
    | {"owner_name", "tags", "channel_type", "subject"},
    "date_created",
    _TICKET_DATES,
    contains=frozenset({"subject"}),
)
_GROUP_COLUMNS = Columns(
    frozenset({"id", "parent_id", "userid", "user_full_name", "type", "status", "datecreated"})
    | {"datefinished", "sort_order", "mail_msg_id", "pop3_msg_id"},
    "sort_order",
)
_HISTORY_COLUMNS = Columns(
    frozenset({"id", "conversation_id", "conversation_code", "department_id", "department_name"})
    | {"agent_id", "status", "date_from", "date_to", "elapsed_time"},
    "date_from",
)
_CHAT_COLUMNS = Columns(
    frozenset(
        {"id", "subject", "preview", "chat_order", "date_created", "status_date_started", "tags"}
        | {"rstatus", "firstname", "lastname", "system_name", "departmentId", "agentId", "status"}
        | {"emails"}
    ),
    "id",
    aliases={"department_id": "departmentId", "agent_id": "agentId"},
)


def visible_tickets(call: Call) -> list[Ticket]:
    """The tickets that a key sees: all of them, or those of its user's departments."""
    return [t for t in call.context.store.tickets.values() if t.status != "I" and _sees(call, t)]


def ticket_of(call: Call, ticket_id: str) -> Ticket:
    """Return the ticket of a path, by id or code."""
    ticket = found(call.context.store.ticket(ticket_id), "Ticket")
    if not _sees(call, ticket):
        raise ApiError(403, "Access denied to ticket")
    return ticket


def _sees(call: Call, ticket: Ticket) -> bool:
    if "ticket.read_all" in call.key.scopes:
        return True
    return call.key.user_id in call.context.store.departments[ticket.department_id].agent_ids


def _list(call: Call) -> Page:
    params, words = without_search(call.params)
    contacts, shown = call.context.store.contacts, call.context.tickets.ticket
    rows = [
        shown(t)
        for t in visible_tickets(call)
        if all(mentions(t, contacts.get(t.owner_id), word) for word in words)
    ]
    return page_style(rows, params, TICKET_COLUMNS)


def _get(call: Call, ticket_id: str) -> Row:
    return call.context.tickets.ticket(ticket_of(call, ticket_id))


def _put(call: Call, ticket_id: str) -> Row:
    ticket = ticket_of(call, ticket_id)
    update_ticket(call, ticket)
    return call.context.tickets.ticket(ticket)


def _delete(call: Call, ticket_id: str) -> None:
    ticket = ticket_of(call, ticket_id)
    call.context.desk.set_status(ticket, "X", call.key.user_id)


def _messages(call: Call, ticket_id: str) -> Page:
    quotes = call.flag("includeQuotedMessages")
    groups = ticket_of(call, ticket_id).groups
    rows = [call.context.tickets.group(g, with_quotes=quotes) for g in groups]
    return page_style(rows, call.params, _GROUP_COLUMNS)


def _attribute(call: Call, ticket_id: str, name: str) -> Row:
    ticket = ticket_of(call, ticket_id)
    value = found(ticket.attributes.get(name), "Attribute")
    return {"id": f"{ticket.id}_{name}", "name": name, "value": value}


def _set_attribute(call: Call, ticket_id: str, name: str) -> None:
    ticket_of(call, ticket_id).attributes[name] = text(call.form(), "value")


def _postpone(call: Call, ticket_id: str) -> None:
    ticket = ticket_of(call, ticket_id)
    until = call.context.store.parse_stamp(text(call.form(), "date_time"))
    if until is None:
        raise ApiError(400, "Missing or invalid parameter: date_time")
    call.context.desk.set_status(ticket, "W", call.key.user_id)
    ticket.due = until


def _history(call: Call, ticket_id: str) -> list[Row]:
    ticket = ticket_of(call, ticket_id)
    return [call.context.tickets.history(ticket, entry) for entry in ticket.history]


def _history_rows(call: Call) -> list[Row]:
    wire = call.context.tickets
    return [wire.history(t, entry) for t in visible_tickets(call) for entry in t.history]


def _all_history(call: Call) -> Page:
    return cursor_style(_history_rows(call), call.params, _HISTORY_COLUMNS)


def _all_history_count(call: Call) -> Row:
    return {"count": count(_history_rows(call), call.params, _HISTORY_COLUMNS)}


def _sla(call: Call, ticket_id: str) -> Row:
    ticket = ticket_of(call, ticket_id)
    due = call.context.store.stamp(ticket.due, call.context.switches.tz)
    row: Row = {"conversationid": ticket.id}
    if call.context.store.departments[ticket.department_id].sla_minutes:
        row["sla_level_id"] = ticket.department_id
    return row | ({"next_answer": due} if due else {})


def _message(call: Call, message_id: str) -> Row:
    _, _, message = _message_of(call, message_id)
    if call.context.switches.message_delete == "404_for_non_legacy" and not message.legacy:
        raise ApiError(404, "Message not found")
    row = call.context.tickets.message(message, with_quotes=True)
    begin, length = _position(call, "subString_Start"), _position(call, "subString_Length")
    end = begin + length if length else None
    return row | {"message": row["message"][begin:end]}


def _position(call: Call, name: str) -> int:
    given = call.params.get(name) or "0"
    if not given.isdecimal():
        raise ApiError(400, f"Missing or invalid parameter: {name}")
    return int(given)


def _delete_message(call: Call, message_id: str) -> None:
    _message_of(call, message_id)
    if not call.context.desk.delete_message(str(int(message_id))):
        raise ApiError(404, "Message not found")


def _message_of(call: Call, message_id: str) -> Any:  # noqa: ANN401 - the store's triple
    if not message_id.isdecimal():
        raise ApiError(400, "Missing or invalid parameter: messageId")
    return found(call.context.store.messages.get(str(int(message_id))), "Message")


def _upload(call: Call) -> Row:
    given = request.files.get("file")
    if given is None:
        raise ApiError(400, "Missing or invalid parameter: file")
    stored = call.context.desk.store_file(
        given.filename or "file", given.mimetype or "application/octet-stream", given.read()
    )
    return {
        "id": stored.id,
        "name": stored.name,
        "type": stored.media_type,
        "size": len(stored.content),
    }


def _chats(call: Call) -> Page:
    running = [t for t in visible_tickets(call) if t.status == "T"]
    rows = [call.context.tickets.chat(t) for t in running]
    return page_style(rows, call.params, _CHAT_COLUMNS)


ROUTES: list[Route] = [
    ("GET", "/tickets", "ticket.read", _list),
    ("POST", "/tickets", "ticket.create", create_ticket),
    ("GET", "/tickets/history", "ticket.read", _all_history),
    ("GET", "/tickets/history/count", "ticket.read", _all_history_count),
    ("GET", "/tickets/<ticket_id>", "ticket.read", _get),
    ("PUT", "/tickets/<ticket_id>", "ticket.operate", _put),
    ("DELETE", "/tickets/<ticket_id>", "ticket.operate ticket.change_state", _delete),
    ("GET", "/tickets/<ticket_id>/messages", "ticket.read", _messages),
    ("GET", "/tickets/<ticket_id>/history", "ticket.read", _history),
    ("GET", "/tickets/<ticket_id>/sla", "ticket.read", _sla),
    ("PUT", "/tickets/<ticket_id>/postpone", "ticket.operate ticket.change_state", _postpone),
    ("GET", "/tickets/<ticket_id>/attributes/<name>", "ticket.read", _attribute),
    ("PUT", "/tickets/<ticket_id>/attributes/<name>", "ticket.operate", _set_attribute),
    ("GET", "/messages/<message_id>", "ticket.read", _message),
    ("DELETE", "/messages/<message_id>", "ticket.operate", _delete_message),
    ("POST", "/files", "file.add", _upload),
    ("GET", "/chats", "chats.read", _chats),
]
