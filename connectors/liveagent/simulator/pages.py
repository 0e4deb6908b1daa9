"""The agent panel: what a person sees of the account. Read-only, nothing loaded from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, abort, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from connectors.liveagent.simulator.records import Group, Message, Ticket
from connectors.liveagent.simulator.sanitise import clean
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.vocabulary import (
    CHANNELS,
    GROUP_DELETED,
    GROUP_TYPES,
    SYSTEM_USER,
    TICKET_STATUSES,
)

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_TEXT_TYPES = frozenset("MYQNIAOKXCZ")
PER_PAGE = 50


@dataclass(frozen=True)
class PartView:
    """One message as the page shows it."""

    kind: str
    text: str
    html: Markup | None


@dataclass(frozen=True)
class GroupView:
    """One message group as the page shows it."""

    author: str
    side: str
    label: str
    at: str
    parts: list[PartView]


def register_pages(app: Flask, store: Store) -> None:
    """Add the pages under /agent/."""
    panel = _Panel(store)

    def home() -> BaseResponse:
        return redirect("/agent/")

    app.add_url_rule("/", "home", home)
    app.add_url_rule("/agent/", "agent list", panel.tickets)
    app.add_url_rule("/agent/index.php", "agent index", panel.tickets)
    app.add_url_rule("/agent/tickets/<ticket_id>", "agent ticket", panel.ticket)
    app.add_url_rule("/agent/outbox", "agent outbox", panel.outbox)


class _Panel:
    def __init__(self, store: Store) -> None:
        self._store = store

    def tickets(self) -> Response:
        """The list, newest change first, by department and status."""
        chosen = request.args.get("department", ""), request.args.get("status", "")
        with self._store.lock:
            rows = [t for t in self._store.tickets.values() if _shown(t, *chosen)]
            rows.sort(key=lambda t: (t.changed, t.created), reverse=True)
            page = max(request.args.get("page", 1, int), 1)
            start = (page - 1) * PER_PAGE
            return self._page(
                "tickets.html",
                tickets=[self._summary(t) for t in rows[start : start + PER_PAGE]],
                total=len(rows),
                page=page,
                more=len(rows) > start + PER_PAGE,
                department=chosen[0],
                status=chosen[1],
            )

    def ticket(self, ticket_id: str) -> Response:
        """One ticket with all that an agent sees of it."""
        with self._store.lock:
            ticket = self._store.ticket(ticket_id)
            if ticket is None:
                abort(404)
            owner = self._store.contacts.get(ticket.owner_id)
            return self._page(
                "ticket.html",
                ticket=self._summary(ticket),
                email=owner.email if owner else "",
                fields=ticket.fields,
                groups=[v for g in ticket.groups if (v := self._group(g)).parts],
                department=ticket.department_id,
                status="",
            )

    def outbox(self) -> Response:
        """The newest mail that would have gone out, to customers or to agents."""
        audience = request.args.get("audience", "customer")
        with self._store.lock:
            sent = [mail.audience for mail in self._store.outbox]
            chosen = [mail for mail in self._store.outbox if mail.audience == audience]
            return self._page(
                "outbox.html",
                mails=[{"mail": m, "at": self._time(m.at)} for m in chosen[: -PER_PAGE - 1 : -1]],
                counts={name: sent.count(name) for name in ("customer", "agent")},
                audience=audience,
                department="",
                status="",
            )

    def _page(self, template: str, **values: object) -> Response:
        text = render_template(
            template,
            departments=[(d, self._open_count(d.id)) for d in self._store.departments.values()],
            statuses=self._status_counts(),
            outbox_count=len(self._store.outbox),
            **values,
        )
        headers = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"}
        return Response(text, headers=headers, content_type="text/html; charset=utf-8")

    def _open_count(self, department_id: str) -> int:
        tickets = self._store.tickets.values()
        return sum(1 for t in tickets if t.department_id == department_id and t.status in "NCTW")

    def _status_counts(self) -> list[tuple[str, str, int]]:
        present = [t.status for t in self._store.tickets.values()]
        counted = ((code, name, present.count(code)) for code, name in TICKET_STATUSES.items())
        return [entry for entry in counted if entry[2]]

    def _summary(self, ticket: Ticket) -> dict[str, object]:
        owner = self._store.contacts.get(ticket.owner_id)
        agent = self._store.agents.get(ticket.agent_id)
        return {
            "id": ticket.id,
            "code": ticket.code,
            "subject": ticket.subject or "(no subject)",
            "preview": ticket.preview,
            "status": ticket.status,
            "status_name": TICKET_STATUSES[ticket.status],
            "channel": CHANNELS.get(ticket.channel, ticket.channel),
            "owner": owner.name if owner else "",
            "agent": agent.name if agent else "",
            "department": self._store.departments[ticket.department_id].name,
            "tags": [self._store.tags[t] for t in ticket.tags if t in self._store.tags],
            "created": self._time(ticket.created),
            "changed": self._time(ticket.changed),
            "due": self._time(ticket.due),
        }

    def _group(self, group: Group) -> GroupView:
        parts = [] if group.status == GROUP_DELETED else list(_parts(group.messages))
        return GroupView(
            author=group.user_name,
            side=self._side(group),
            label=GROUP_TYPES.get(group.type, "message"),
            at=self._time(group.created),
            parts=parts,
        )

    def _side(self, group: Group) -> str:
        if group.type in {"I", "U", "Z"}:
            return "note"
        if group.user_id == SYSTEM_USER:
            return "system"
        return "agent" if group.user_id in self._store.agents else "customer"

    def _time(self, moment: datetime | None) -> str:
        return (self._store.stamp(moment) or "")[:16]


def _shown(ticket: Ticket, department: str, status: str) -> bool:
    if department and ticket.department_id != department:
        return False
    return ticket.status == status if status else ticket.status not in "XBI"


def _parts(messages: Iterable[Message]) -> Iterable[PartView]:
    for message in messages:
        if message.type in {"F", "L"}:
            yield PartView("file", _file_name(message.text), None)
        elif message.type in _TEXT_TYPES and message.text:
            kind = "quote" if message.type == "Q" else "text"
            html = Markup(clean(message.text)) if message.format in "HY" else None  # noqa: S704 - cleaned
            yield PartView(kind, message.text, html)


def _file_name(rows: str) -> str:
    values = {row[0]: row[1] for row in json.loads(rows)[1:]}
    return str(values.get("name", "file"))
