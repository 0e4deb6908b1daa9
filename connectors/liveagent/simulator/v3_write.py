"""API v3: creating and updating a ticket, with the rules for who writes to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.liveagent.simulator.drafts import NewTicket, Part
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.records import Contact, Ticket
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.vocabulary import CREATE_STATUSES, UPDATE_STATUSES
from connectors.liveagent.simulator.web import Call, found, text
from connectors.liveagent.simulator.wire import Row

VISITOR_RECIPIENT = (
    "Visitor user can only create conversation addressed to application mail account."
)
_REQUIRED = ("useridentifier", "subject", "departmentid", "recipient", "message")
_COPIES = ("carbon_copies", "blind_carbon_copies")


@dataclass(frozen=True)
class _Sides:
    """Who writes and whose ticket it is."""

    author: str
    owner: Contact
    by_agent: bool


def create_ticket(call: Call) -> Row:
    """POST /tickets: TicketListItem in, TicketInformation out. Nothing is made on a 400."""
    body = call.body()
    for name in _REQUIRED:
        text(body, name)
    silent, template = _yes(body, "do_not_send_mail", "N"), _yes(body, "use_template", "Y")
    status = _one_of(text(body, "status", "N"), CREATE_STATUSES, "status")
    department_id = _department(call.context.store, body["departmentid"])
    tags = _tags(call.context.store, body.get("tags"))
    fields = _fields(body.get("custom_fields"))
    copies = [one for name in _COPIES for one in _addresses(body, name)]
    parts = _parts(call, body)
    sides = _sides(call, body)
    agent_id = sides.author if sides.by_agent else ""
    new = NewTicket(
        sides.owner, body["subject"], department_id, "E", status, agent_id, tags, fields
    )
    ticket = call.context.desk.create_ticket(new, sides.author, parts)
    if not silent:
        _send(call, ticket, sides, body["message"], acknowledge=template)
        for address in copies:
            call.context.desk.mail.to_customer(ticket, body["message"], "copy", address)
    return call.context.tickets.ticket_information(ticket, sides.author)


def _parts(call: Call, body: Mapping[str, Any]) -> list[Part]:
    html = _yes(body, "is_html_message", "N")
    named = text(body, "attachments", "").replace(" ", "").split(",")
    files = [found(call.context.store.files.get(one), "File") for one in named if one]
    message = Part("M", body["message"], "H" if html else "T")
    return [message, *map(call.context.desk.file_part, files)]


def update_ticket(call: Call, ticket: Ticket) -> None:
    """PUT /tickets/{id}: TicketUpdatable; what is not named stays. Nothing changes on a 400."""
    body = call.body()
    store, desk, user = call.context.store, call.context.desk, call.key.user_id
    status = _one_of(
        text(body, "status", ticket.status), UPDATE_STATUSES | {ticket.status}, "status"
    )
    department_id = _department(store, text(body, "departmentid", ticket.department_id))
    agent_id = text(body, "agentid", ticket.agent_id)
    if agent_id and agent_id != ticket.agent_id:
        found(store.agent(agent_id), "Agent")
    owner_id = text(body, "owner_contactid", ticket.owner_id)
    found(store.contacts.get(owner_id), "Contact")
    subject = text(body, "subject", ticket.subject)
    tags = _tags(store, body["tags"]) if body.get("tags") is not None else None
    fields = _fields(body.get("custom_fields"))
    ticket.owner_id = owner_id
    if (department_id, agent_id) != (ticket.department_id, ticket.agent_id):
        desk.transfer(ticket, department_id, agent_id)
    if subject != ticket.subject:
        desk.set_subject(ticket, subject)
    if fields:
        desk.set_fields(ticket, fields)
    if tags is not None and not call.context.switches.tags_put_drops:
        desk.set_tags(ticket, tags, user)
    desk.set_status(ticket, status, user)


def _sides(call: Call, body: Mapping[str, Any]) -> _Sides:
    store, desk = call.context.store, call.context.desk
    identifier, recipient = body["useridentifier"], body["recipient"]
    if store.is_mail_account(identifier):
        raise ApiError(400, "Mail account can not be used as user identifier")
    agent = store.agent(identifier)
    if agent:
        if store.is_mail_account(recipient):
            raise ApiError(400, "Agent can only create conversation addressed to visitor.")
        name = text(body, "recipient_name", "")
        return _Sides(agent.id, desk.ensure_contact(_address(recipient), name), by_agent=True)
    if not store.is_mail_account(recipient):
        raise ApiError(400, VISITOR_RECIPIENT)
    visitor = store.contact(identifier) or desk.ensure_contact(_address(identifier))
    return _Sides(visitor.id, visitor, by_agent=False)


def _send(call: Call, ticket: Ticket, sides: _Sides, message: str, *, acknowledge: bool) -> None:
    mail = call.context.desk.mail
    if sides.by_agent:
        mail.to_customer(ticket, message, "ticket created by agent")
        return
    mail.to_agents(ticket, message)
    if acknowledge:
        mail.acknowledge(ticket)


def _addresses(body: Mapping[str, Any], name: str) -> list[str]:
    return [one for one in text(body, name, "").replace(" ", "").split(",") if one]


def _address(identifier: str) -> str:
    if "@" not in identifier:
        raise ApiError(400, "User not found")
    return identifier


def _department(store: Store, department_id: str) -> str:
    if department_id not in store.departments:
        raise ApiError(400, "Department not found")
    return department_id


def _tags(store: Store, given: object) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or any(tag not in list(store.tags) for tag in given):
        raise ApiError(400, "Missing or invalid parameter: tags")
    return tuple(given)


def _fields(given: object) -> dict[str, str]:
    rows = given if given is not None else []
    if not isinstance(rows, list) or not all(_is_field(row) for row in rows):
        raise ApiError(400, "Missing or invalid parameter: custom_fields")
    return {row["code"]: row["value"] for row in rows}


def _is_field(row: object) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("code"), str)
        and isinstance(row.get("value"), str)
    )


def _one_of(value: str, allowed: frozenset[str], name: str) -> str:
    if value not in allowed:
        raise ApiError(400, f"Missing or invalid parameter: {name}")
    return value


def _yes(body: Mapping[str, Any], name: str, default: str) -> bool:
    return _one_of(text(body, name, default), frozenset("YN"), name) == "Y"
