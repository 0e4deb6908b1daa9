"""API v1: deprecated, and still the only way to write a note; its own key, its own errors."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, request

from connectors.liveagent.simulator.drafts import Part
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.records import Agent, Ticket
from connectors.liveagent.simulator.vocabulary import INTERNAL, NOTE_TYPE, TICKET_STATUSES
from connectors.liveagent.simulator.web import Context, answer, found
from connectors.liveagent.simulator.wire import Row

PREFIX = "/api"
VERSION = "5.63.7"
MAX_ROWS = 1000

V1View = Callable[..., Any]
_DATE_OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "gt": operator.gt,
    "lt": operator.lt,
    "gte": operator.ge,
    "lte": operator.le,
}


def register_v1(app: Flask, context: Context) -> None:
    """Add the v1 routes."""
    for method, path, view in ROUTES:
        app.add_url_rule(
            PREFIX + path,
            endpoint=f"v1 {method} {path}",
            view_func=_guarded(context, view),
            methods=[method],
            strict_slashes=False,
        )


def _guarded(context: Context, view: V1View) -> Callable[..., Response]:
    def serve(**path: str) -> Response:
        with context.store.lock:
            context.gate.v1(request)
            result = view(context, **path)
            if isinstance(result, Response):
                return result
            return answer({"response": {"status": "OK"} if result is None else result})

    return serve


def _ticket(context: Context, ticket_id: str) -> Ticket:
    return found(context.store.ticket(ticket_id), "Conversation")


def _param(name: str, default: str | None = None) -> str:
    value = request.form.get(name) or request.args.get(name) or default
    if value is None:
        # v1 answers a missing parameter with its most common processing error.
        raise ApiError(500, f"Missing parameter {name}")
    return value


def _add_message(context: Context, ticket_id: str) -> Response | None:
    ticket, message = _ticket(context, ticket_id), _param("message")
    kind = _param("type", "M")
    if kind not in {"M", "N"}:
        raise ApiError(500, "Invalid parameter type")
    layout = "H" if _param("is_html_message", "N") == "Y" else "T"
    agent = context.store.agent(_param("useridentifier", ""))
    if kind == "M" and agent:
        _reply(context, ticket, agent, Part("M", message, layout))
    else:
        # Without a valid agent a reply shows up as a note; seen by integrators.
        author = agent.id if agent else _first_admin(context)
        note = Part(NOTE_TYPE, message, layout, INTERNAL)
        context.desk.add_messages(ticket, author, "I", [note])
    empty = Response("", 200, content_type="application/json")
    return empty if context.switches.v1_empty_body else None


def _reply(context: Context, ticket: Ticket, agent: Agent, part: Part) -> None:
    context.desk.add_messages(ticket, agent.id, "4", [part])
    if _param("do_not_send_mail", "N") != "Y":
        context.desk.mail.to_customer(ticket, part.text, "reply by API")
    context.desk.set_status(ticket, "A", agent.id)


def _first_admin(context: Context) -> str:
    return next((a.id for a in context.store.agents.values() if a.role == "owner"), "system00")


def _conversation(context: Context, ticket: Ticket) -> Row:
    row = context.tickets.ticket_row(ticket)
    stamp = context.store.stamp
    owner = context.store.contacts[ticket.owner_id]
    return {
        "conversationid": ticket.id,
        "code": ticket.code,
        "datecreated": stamp(ticket.created),
        "datechanged": stamp(ticket.changed),
        "datedue": stamp(ticket.due) or "",
        "departmentid": ticket.department_id,
        "departmentname": row["departmentname"],
        "status": ticket.status,
        "ownername": owner.name,
        "owneremail": owner.email,
        "subject": ticket.subject,
        "preview": ticket.preview,
        "publicurlcode": ticket.url_code,
        "tags": ",".join(ticket.tags),
        "channel_type": ticket.channel,
        "messagegroupsin": row["messagegroups_in"],
        "messagegroupsout": row["messagegroups_out"],
    }


def _conversations(context: Context) -> Row:
    rows = [_conversation(context, t) for t in context.store.tickets.values()]
    wanted = request.args.get("datechanged", "")
    if wanted:
        name, _, value = wanted.partition(":")
        if name not in _DATE_OPERATORS:
            raise ApiError(500, "Invalid parameter datechanged")
        rows = [row for row in rows if _DATE_OPERATORS[name](row["datechanged"], value)]
    start, limit = _int("offset", 0), min(_int("limit", 100), MAX_ROWS)
    return {"conversations": rows[start : start + limit]}


def _int(name: str, default: int) -> int:
    try:
        return int(request.args.get(name) or default)
    except ValueError:
        raise ApiError(500, f"Invalid parameter {name}") from None


def _get(context: Context, ticket_id: str) -> Row:
    return _conversation(context, _ticket(context, ticket_id))


def _messages(context: Context, ticket_id: str) -> Row:
    groups = _ticket(context, ticket_id).groups
    return {"groups": [context.tickets.group(g, with_quotes=False) for g in groups]}


def _delete(context: Context, ticket_id: str) -> None:
    context.desk.set_status(_ticket(context, ticket_id), "X", _first_admin(context))


def _set_status(context: Context, ticket_id: str) -> None:
    status = _param("status")
    if status not in TICKET_STATUSES:
        raise ApiError(500, "Invalid parameter status")
    initiator = context.store.agent(_param("useridentifier", ""))
    author = initiator.id if initiator else _first_admin(context)
    context.desk.set_status(_ticket(context, ticket_id), status, author)


def _transfer(context: Context, ticket_id: str) -> None:
    ticket, department_id = _ticket(context, ticket_id), _param("departmentid")
    found(context.store.departments.get(department_id), "Department")
    context.desk.transfer(ticket, department_id, _param("agentidentifier", ""))


def _tags(context: Context, ticket_id: str) -> Row:
    tags = _ticket(context, ticket_id).tags
    return {"tags": [context.account.tag(context.store.tags[t]) for t in tags]}


def _add_tag(context: Context, ticket_id: str) -> None:
    ticket, name = _ticket(context, ticket_id), _param("name")
    tag = next((t for t in context.store.tags.values() if name in {t.name, t.id}), None)
    tags = [*ticket.tags, found(tag, "Tag").id]
    context.desk.set_tags(ticket, tags, _first_admin(context))


def _remove_tag(context: Context, ticket_id: str, name: str) -> None:
    ticket, tags = _ticket(context, ticket_id), context.store.tags
    left = [t for t in ticket.tags if name not in {t, tags[t].name}]
    context.desk.set_tags(ticket, left, _first_admin(context))


def _agent(context: Context, identifier: str) -> Row:
    agent = found(context.store.agent(identifier), "Agent")
    return {"contactid": agent.id, "userid": agent.id, "email": agent.email, "role": agent.role}


def _agents(context: Context) -> Row:
    active = [a for a in context.store.agents.values() if a.status == "A"]
    return {"agents": [_agent(context, agent.id) for agent in active]}


def _departments(context: Context) -> Row:
    rows = context.store.departments.values()
    return {"departments": [{"departmentid": d.id, "name": d.name} for d in rows]}


def _status(_context: Context) -> Row:
    return {"status": "OK", "applicationversion": VERSION}


ROUTES: list[tuple[str, str, V1View]] = [
    ("GET", "/application/status", _status),
    ("GET", "/conversations", _conversations),
    ("GET", "/conversations/<ticket_id>", _get),
    ("DELETE", "/conversations/<ticket_id>", _delete),
    ("GET", "/conversations/<ticket_id>/messages", _messages),
    ("POST", "/conversations/<ticket_id>/messages", _add_message),
    ("PUT", "/conversations/<ticket_id>/status", _set_status),
    ("PUT", "/conversations/<ticket_id>/attendants", _transfer),
    ("GET", "/conversations/<ticket_id>/tags", _tags),
    ("POST", "/conversations/<ticket_id>/tags", _add_tag),
    ("DELETE", "/conversations/<ticket_id>/tags/<name>", _remove_tag),
    ("GET", "/agents", _agents),
    ("GET", "/agents/<identifier>", _agent),
    ("GET", "/departments", _departments),
]
