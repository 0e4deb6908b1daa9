"""API v3: agents: who they are, whether they are there, and what they are busy with."""

from __future__ import annotations

from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, page_style
from connectors.liveagent.simulator.records import Agent
from connectors.liveagent.simulator.web import Call, Route, found, optional, text
from connectors.liveagent.simulator.wire import Row

_AGENT_COLUMNS = Columns(
    frozenset({"id", "name", "email", "role", "roleId", "online_status", "status", "gender"})
    | {"last_pswd_change", "twofactor_auth", "voice_status", "avatar_url"}
    | {"sip_phone_id", "api_phone_id"},
    "id",
)
_ACTIVITY_COLUMNS = Columns(frozenset({"id", "agent_status"}), "id")
_ACTIVE_STATUSES = {"T": "J", "P": "C"}
"""Status of a ticket -> what its agent does: chats or calls."""


def _agents(call: Call) -> Page:
    if call.context.switches.agents_500:
        raise ApiError(500, "Internal server error: Row does not exist")
    rows = [call.context.account.agent(a) for a in call.context.store.agents.values()]
    return page_style(rows, call.params, _AGENT_COLUMNS)


def _agent_of(call: Call, agent_id: str) -> Agent:
    wanted = call.key.user_id if agent_id == "me" else agent_id
    return found(call.context.store.agents.get(wanted), "Agent")


def _agent(call: Call, agent_id: str) -> Row:
    return call.context.account.agent(_agent_of(call, agent_id))


def _agent_status(call: Call, agent_id: str) -> list[Row]:
    agent = _agent_of(call, agent_id)
    departments = [d for d in call.context.store.departments.values() if agent.id in d.agent_ids]
    return [call.context.account.agent_status(agent, d.id) for d in departments]


def _agents_activity(call: Call) -> Page:
    online = [a for a in call.context.store.agents.values() if a.online == "N"]
    return page_style([_activity(call, a) for a in online], call.params, _ACTIVITY_COLUMNS)


def _activity(call: Call, agent: Agent) -> Row:
    """`AgentActivity`: busy is who chats or calls."""
    busy = [
        {
            "ticket_id": ticket.id,
            "ticket_code": ticket.code,
            "date_joined": call.context.store.stamp(ticket.created),
            "department_id": ticket.department_id,
            "status": _ACTIVE_STATUSES[ticket.status],
            "ticket_status": ticket.status,
        }
        for ticket in call.context.store.tickets.values()
        if ticket.agent_id == agent.id and ticket.status in _ACTIVE_STATUSES
    ]
    return {"id": agent.id, "agent_status": "B" if busy else "A", "active_tickets": busy}


def _convert_visitor(call: Call) -> Row:
    """A registered customer becomes an agent; tickets keep the customer's record."""
    body, store = call.body(), call.context.store
    name, email = text(body, "name"), text(body, "email")
    contact = found(store.contact(text(body, "id", email)), "Contact")
    if contact.fields.get("type") != "R" or contact.deleted:
        raise ApiError(400, "Contact is not a registered visitor")
    role = optional(body, "role", "agent", "owner admin agent")
    agent = Agent(store.new_id(), name, email, role, f"{role}000", two_factor=False)
    store.agents[agent.id] = agent
    contact.deleted = True
    return call.context.account.agent(agent)


def _login_key(call: Call, agent_id: str) -> Row:
    _agent_of(call, agent_id)
    return {"login_key": call.context.store.names.hexadecimal()}


def _set_voice(call: Call, agent_id: str) -> None:
    agent = _agent_of(call, agent_id)
    given = {"voiceStatus": call.named("voiceStatus")}
    agent.voice_status = optional(given, "voiceStatus", "", "N F")


def _undelete_agent(call: Call) -> Row:
    body = call.body()
    text(body, "name")
    wanted = {text(body, "id", ""), text(body, "email")} - {""}
    agents = call.context.store.agents.values()
    agent = found(next((a for a in agents if wanted & {a.id, a.email}), None), "Agent")
    agent.status = "A"
    return call.context.account.agent(agent)


def _delete_agent(call: Call, agent_id: str) -> None:
    _agent_of(call, agent_id).status = "X"


def _update_agent(call: Call, agent_id: str) -> Row:
    agent, body = _agent_of(call, agent_id), call.body()
    name, email = text(body, "name", agent.name), text(body, "email", agent.email)
    gender = optional(body, "gender", agent.gender, "M F X")
    role = optional(body, "role", agent.role, "owner admin agent")
    agent.name, agent.email, agent.gender, agent.role = name, email, gender, role
    return call.context.account.agent(agent)


def _agent_goes_offline(call: Call, agent_id: str) -> None:
    _agent_of(call, agent_id).online = "F"


def _agent_comes_online(call: Call, agent_id: str) -> Row:
    """Only in older versions of the published client, which read an `ErrorResponse` even so."""
    _agent_of(call, agent_id).online = "N"
    return {"message": "OK"}


def _agent_pauses(call: Call, agent_id: str) -> None:
    _agent_of(call, agent_id).online = "P"


ROUTES: list[Route] = [
    ("GET", "/agents", "agent.read", _agents),
    ("GET", "/agents/activity", "agent.manage agent.read", _agents_activity),
    ("POST", "/agents/undelete", "agent.manage", _undelete_agent),
    ("GET", "/agents/<agent_id>", "agent.read", _agent),
    ("DELETE", "/agents/<agent_id>", "agent.manage", _delete_agent),
    ("PUT", "/agents/<agent_id>", "agent.manage", _update_agent),
    ("POST", "/agents/<agent_id>/_logout", "agent_status.manage", _agent_goes_offline),
    ("POST", "/agents/<agent_id>/_pause", "agent_status.manage", _agent_pauses),
    ("GET", "/agents/<agent_id>/status", "agent_status.read agent.read", _agent_status),
    ("POST", "/agents/convert", "agent.manage", _convert_visitor),
    ("POST", "/agents/<agent_id>/_login", "hosting.login agent_status.manage", _agent_comes_online),
    ("GET", "/agents/<agent_id>/login_key", "hosting.login", _login_key),
    (
        "POST",
        "/agents/<agent_id>/updateVoiceStatus",
        "agent.manage agent_status.manage",
        _set_voice,
    ),
]
