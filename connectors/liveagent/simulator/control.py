"""Routes for whoever runs the simulator, behind a token of their own: switches, faults, people."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, Response, request

from connectors.liveagent.simulator.customers import People
from connectors.liveagent.simulator.events import Trigger
from connectors.liveagent.simulator.records import Ticket
from connectors.liveagent.simulator.rules import (
    OPERATORS,
    SUBJECTS,
    AddNote,
    AddTag,
    Condition,
    HttpRequest,
    PurgeTicket,
    Rule,
    RuleEngine,
    SendMail,
    SetStatus,
)
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches
from connectors.liveagent.simulator.truth import stored_texts, visible_texts
from connectors.liveagent.simulator.web import answer
from connectors.simulation.faults import Fault, Faults

CONTROL_PREFIX = "/_simulator"
TOKEN_HEADER = "X-Simulator-Token"  # noqa: S105 - the header's name
_PEOPLE = frozenset(
    {"customer_writes", "customer_replies", "agent_replies", "agent_notes"}
    | {"open_chat", "chat_line", "close_chat"}
)
_ACTIONS: Mapping[str, Callable[..., Any]] = {
    "http_request": HttpRequest,
    "add_tag": AddTag,
    "add_note": AddNote,
    "send_mail": SendMail,
    "set_status": SetStatus,
    "purge_ticket": PurgeTicket,
}


@dataclass(frozen=True)
class Control:
    """What the control routes reach."""

    token: str
    store: Store
    switches: Switches
    faults: Faults
    people: People
    rules: RuleEngine


def register_control(app: Flask, control: Control) -> None:
    """Add the control routes."""

    def add(method: str, path: str, view: Callable[..., object]) -> None:
        def serve(**parts: str) -> Response:
            given = request.headers.get(TOKEN_HEADER, "")
            if not hmac.compare_digest(given.encode(), control.token.encode()):
                return answer({"message": "Forbidden"}, 403)
            try:
                return answer(view(control, **parts))
            except (KeyError, TypeError, ValueError) as error:
                return answer({"message": str(error)}, 400)

        app.add_url_rule(CONTROL_PREFIX + path, f"control {method} {path}", serve, methods=[method])

    add("GET", "/switches", lambda c: c.switches.as_dict())
    add("PUT", "/switches", _set_switches)
    add("POST", "/faults", _add_fault)
    add("DELETE", "/faults", lambda c: c.faults.clear())
    add("POST", "/rules", _add_rule)
    add("POST", "/people/<act>", _act)
    add("GET", "/tickets/<ticket_id>", _about)
    add("GET", "/stored", lambda c: [list(pair) for pair in stored_texts(c.store)])
    add("GET", "/visible", lambda c: [list(pair) for pair in visible_texts(c.store)])


def apply_switches(switches: Switches, faults: Faults, changes: Mapping[str, object]) -> None:
    """Set switches; the latency is the middleware's."""
    switches.update(changes)
    faults.latency_ms = switches.latency_ms


def rule_from(given: Mapping[str, Any]) -> Rule:
    """A rule from JSON; ValueError, KeyError or TypeError says what does not fit.

    `{"name", "trigger", "conditions": [[subject, operator, value]], "actions": [{"action", ...}]}`
    """
    conditions = tuple(Condition(*item) for item in given.get("conditions", ()))
    for condition in conditions:
        if condition.subject not in SUBJECTS or condition.operator not in OPERATORS:
            raise ValueError("no such condition")
    actions = []
    for item in given["actions"]:
        values = dict(item)
        actions.append(_ACTIONS[values.pop("action")](**values))
    return Rule(str(given["name"]), Trigger(given["trigger"]), tuple(actions), conditions)


def _set_switches(control: Control) -> dict[str, object]:
    apply_switches(control.switches, control.faults, _body())
    return control.switches.as_dict()


def _add_fault(control: Control) -> None:
    control.faults.add(Fault(**_body()))


def _add_rule(control: Control) -> None:
    control.rules.rules.append(rule_from(_body()))


def _act(control: Control, act: str) -> dict[str, object]:
    """Let people act; files are [name, media type, text], times ISO 8601 with an offset."""
    if act not in _PEOPLE:
        raise ValueError("no such act")
    given = _body()
    if "files" in given:
        given["files"] = [(name, kind, text.encode()) for name, kind, text in given["files"]]
    if "at" in given:
        given["at"] = datetime.fromisoformat(given["at"])
    return {"id": getattr(control.people, act)(**given)}


def _about(control: Control, ticket_id: str) -> dict[str, object]:
    """What agents call a ticket, and how many mails went out about it."""
    ticket = _ticket(control, ticket_id)
    with control.store.lock:
        mails = sum(mail.ticket_id == ticket.id for mail in control.store.outbox)
    return {"code": ticket.code, "mails": mails}


def _ticket(control: Control, ticket_id: str) -> Ticket:
    with control.store.lock:
        ticket = control.store.ticket(ticket_id)
    if ticket is None:
        raise KeyError("no such ticket")
    return ticket


def _body() -> dict[str, Any]:
    given = request.get_json(force=True)
    if not isinstance(given, dict):
        raise TypeError("a JSON object is needed")
    return given
