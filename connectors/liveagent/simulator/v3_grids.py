"""API v3: the grids of the agent panel, read with cursors."""

from __future__ import annotations

from collections.abc import Callable

from connectors.liveagent.simulator.query import Columns, Page, count, cursor_style, whole
from connectors.liveagent.simulator.v3_tickets import visible_tickets
from connectors.liveagent.simulator.web import Call, Route
from connectors.liveagent.simulator.wire import Row

Rows = Callable[[Call], list[Row]]


def _tickets(call: Call) -> list[Row]:
    return [call.context.tickets.ticket_row(t) for t in visible_tickets(call)]


def _chats(call: Call) -> list[Row]:
    return [call.context.tickets.chat_row(t) for t in visible_tickets(call) if t.status == "T"]


def _agents(call: Call) -> list[Row]:
    return [call.context.account.agent_row(a) for a in call.context.store.agents.values()]


def _departments(call: Call) -> list[Row]:
    return [
        {"id": d.id, "name": d.name, "agent_count": len(d.agent_ids)}
        for d in call.context.store.departments.values()
    ]


def _plugins(call: Call) -> list[Row]:
    return [call.context.account.plugin(p) for p in call.context.store.plugins]


def _event_log(call: Call) -> list[Row]:
    return [call.context.account.log_line(line) for line in call.context.store.event_log]


def _tags(call: Call) -> list[Row]:
    return [
        {
            "tagid": t.id,
            "name": t.name,
            "color": t.color,
            "backgroundcolor": t.background,
            "is_public": t.public,
        }
        for t in call.context.store.tags.values()
    ]


_TICKET_COLUMNS = Columns(
    frozenset(
        {"conversationid", "code", "datecreated", "datechanged", "status", "departmentid"}
        | {"agentid", "subject", "tags", "contactid", "channel_type", "last_activity"}
        | {"dateresolved", "datedue", "statuschanged", "departmentname", "agentname", "preview"}
        | {"firstname", "lastname", "emails", "tagnames", "messagegroups_in", "messagegroups_out"}
        | {"phones", "note", "groupnames", "is_department_archived", "enqueuedAt", "rorder"}
        | {"datereopen", "rstatus"}
    ),
    "datecreated",
)
_AGENT_COLUMNS = Columns(
    frozenset({"agentid", "firstname", "lastname", "username", "roleid", "twofa", "userstatus"})
    | {"last_pswd_change", "system_name", "countrycode", "avatar_url"},
    "agentid",
)
_GRIDS: list[tuple[str, str, Rows, Columns]] = [
    ("tickets", "ticket.read", _tickets, _TICKET_COLUMNS),
    (
        "chats",
        "ticket.read chats.read",
        _chats,
        Columns(frozenset({"conversationid", "datechanged", "status", "subject"}), "datechanged"),
    ),
    ("agents", "agent.read", _agents, _AGENT_COLUMNS),
    (
        "departments",
        "user.read agent.read",
        _departments,
        Columns(frozenset({"id", "name", "agent_count"}), "id"),
    ),
    (
        "plugins",
        "plugin_settings.read",
        _plugins,
        Columns(frozenset({"code_name", "name", "description", "active"}), "code_name"),
    ),
    (
        "eventlogs",
        "eventlogs.read",
        _event_log,
        Columns(
            frozenset(
                {"id", "logid", "created", "level", "type", "message", "ip", "line", "filename"}
                | {"groupid"}
            ),
            "created",
        ),
    ),
    (
        "tags",
        "tag.read",
        _tags,
        Columns(frozenset({"tagid", "name", "color", "is_public"}), "tagid"),
    ),
]


def _lister(rows: Rows, columns: Columns) -> Callable[[Call], Page]:
    return lambda call: cursor_style(rows(call), call.params, columns)


def _whole_lister(rows: Rows, columns: Columns) -> Callable[[Call], Page]:
    return lambda call: whole(rows(call), call.params, columns)


def _counter(rows: Rows, columns: Columns) -> Callable[[Call], Row]:
    return lambda call: {"count": count(rows(call), call.params, columns)}


def _tickets_new(call: Call) -> Row:
    page = cursor_style(_tickets(call), call.params, _TICKET_COLUMNS)
    return {"cursor": page.cursor, "rows": page.rows}


_UNPAGED = frozenset({"plugins", "tags"})


ROUTES: list[Route] = [
    ("GET", "/grid/tickets_new", "ticket.read", _tickets_new),
    *(
        ("GET", f"/grid/{n}", scope, (_whole_lister if n in _UNPAGED else _lister)(rows, cols))
        for n, scope, rows, cols in _GRIDS
    ),
    *(("GET", f"/grid/{n}/count", scope, _counter(rows, cols)) for n, scope, rows, cols in _GRIDS),
]
