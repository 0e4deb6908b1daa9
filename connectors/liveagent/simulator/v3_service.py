"""API v3: service levels and what else the configuration pages list: languages, time zones ...

Every department with a deadline is a service level of its own, with the department's id. The units
of the vendor's numbers are not documented; they are seconds here.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import available_timezones

from connectors.liveagent.simulator.query import (
    Columns,
    Page,
    count,
    cursor_style,
    page_style,
    whole,
)
from connectors.liveagent.simulator.records import Department, Ticket
from connectors.liveagent.simulator.v3_tickets import ticket_of, visible_tickets
from connectors.liveagent.simulator.web import Call, Route, found
from connectors.liveagent.simulator.wire import Row

Rows = Callable[[Call], list[Row]]
_WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_COUNTRIES = (("NO", "Norway", False), ("SE", "Sweden", True), ("DK", "Denmark", True))
_MAIL_COLUMNS = Columns(
    frozenset({"mailaccount_id", "fetch_type", "email", "department_id", "status"}),
    "mailaccount_id",
)
_LANGUAGES = (
    ("nb", "Norsk", "Norwegian", "Y"),
    ("en", "English", "English", "N"),
    ("sv", "Svenska", "Swedish", "N"),
)


def _sla_of(call: Call, department: Department) -> Row:
    seconds = (department.sla_minutes or 0) * 60
    hours = {day: {"start": "08:00", "end": "16:00"} for day in _WORKDAYS}
    return {
        "id": department.id,
        "name": f"{department.name} SLA",
        "values": {"first_answer": seconds, "next_answer": seconds},
        "business_hours": {"timezone": call.context.store.settings["TIMEZONE"], **hours},
    }


def _slas(call: Call) -> list[Row]:
    departments = call.context.store.departments.values()
    return [_sla_of(call, d) for d in departments if d.sla_minutes]


def _sla(call: Call, level_id: str) -> Row:
    return found(next((row for row in _slas(call) if row["id"] == level_id), None), "Sla")


def _history(call: Call, ticket_id: str) -> Row:
    ticket = ticket_of(call, ticket_id)
    row = _log_row(call, ticket)
    level = _sla(call, row.get("levelid", ""))
    answered = next((g.created for g in ticket.groups if g.type == "4"), None)
    until = answered or call.context.store.now()
    return {
        "id": row["id"],
        "sla_level_id": level["id"],
        "sla_type": "first_answer",
        **{name: row[name] for name in ("date_created", "date_due", "date_closed") if name in row},
        "total_time": level["values"]["first_answer"],
        "elapsed_time": int((until - ticket.created).total_seconds()),
    }


def _log_row(call: Call, ticket: Ticket) -> Row:
    """`SlaLogRow`, without `sla_type`: the published client would read that text as a time."""
    store = call.context.store
    department = store.departments[ticket.department_id]
    owner, agent = store.contacts.get(ticket.owner_id), store.agents.get(ticket.agent_id)
    answered = next((g.created for g in ticket.groups if g.type == "4"), None)
    row = {
        "id": f"{ticket.id}_sla",
        "conversationid": ticket.id,
        "code": ticket.code,
        "departmentid": department.id,
        "department_name": department.name,
        "levelid": department.id if department.sla_minutes else None,
        "sla_level_name": f"{department.name} SLA",
        "date_created": store.stamp(ticket.created),
        "date_due": store.stamp(ticket.due),
        "date_closed": store.stamp(answered),
        "agentid": agent.id if agent else None,
        "agent_firstname": agent.name.partition(" ")[0] if agent else None,
        "req_contactid": ticket.owner_id,
        "req_systemname": owner.name if owner else None,
    }
    return {name: value for name, value in row.items() if value is not None}


def _logs(*channels: str, other: bool = False) -> Rows:
    """The log rows of some channels, or of all the others."""

    def rows(call: Call) -> list[Row]:
        departments = call.context.store.departments
        return [
            _log_row(call, ticket)
            for ticket in visible_tickets(call)
            if departments[ticket.department_id].sla_minutes
            and (ticket.channel in channels) != other
        ]

    return rows


def _languages(_call: Call) -> list[Row]:
    return [
        {
            "languageid": code,
            "name": name,
            "code": code,
            "eng_name": english,
            "translated": "100",
            "is_default": default,
            "active": "Y",
            "imported": "N",
            "is_custom": "N",
        }
        for code, name, english, default in _LANGUAGES
    ]


def _none(_call: Call) -> list[Row]:
    return []


def _customer_groups(call: Call) -> Page:
    rows = [
        {
            "tagid": group["id"],
            "name": group["name"],
            "color": group.get("color", ""),
            "backgroundcolor": group.get("background_color", ""),
        }
        for group in call.context.store.shelves["groups"].values()
    ]
    return whole(rows, call.params, Columns(frozenset({"tagid", "name", "color"}), "name"))


_INVITE_COLUMNS = Columns(
    frozenset({"agentid", "firstname", "lastname", "system_name", "avatar_url", "chats"}), "agentid"
)


def _invitable(call: Call, department_id: str) -> Page:
    department = found(call.context.store.departments.get(department_id), "Department")
    agents = [call.context.store.agents[a] for a in department.agent_ids]
    chats = [t.agent_id for t in call.context.store.tickets.values() if t.status == "T"]
    rows = [
        {
            "agentid": a.id,
            "firstname": a.name.partition(" ")[0],
            "lastname": a.name.partition(" ")[2],
            "avatar_url": "",
            "chats": chats.count(a.id),
        }
        for a in agents
        if a.online == "N"
    ]
    return cursor_style(rows, call.params, _INVITE_COLUMNS)


def _mail_accounts(call: Call) -> Page:
    return page_style(_mail_rows(call), call.params, _MAIL_COLUMNS)


def _mail_rows(call: Call) -> list[Row]:
    """`MailAccount`, which only older versions of the published client read."""
    departments = {d.mail_account_id: d.id for d in call.context.store.departments.values()}
    return [
        {
            "mailaccount_id": account.id,
            "fetch_type": "F",
            "email": account.address,
            "department_id": departments.get(account.id, ""),
            "status": "A",
        }
        for account in call.context.store.mail_accounts.values()
    ]


def _mail_account(call: Call, account_id: str) -> Row:
    rows = {row["mailaccount_id"]: row for row in _mail_rows(call)}
    return found(rows.get(account_id), "MailAccount")


def _countries(_call: Call) -> list[Row]:
    """`Country` of older versions of the published client: the countries of the account."""
    return [{"code": code, "name": name, "eu": eu} for code, name, eu in _COUNTRIES]


def _time_zones(_call: Call) -> list[Row]:
    names = sorted(available_timezones()) or ["UTC"]
    return [{"code": name, "name": name.replace("_", " ")} for name in names]


def _page_visits(call: Call, contact_id: str) -> Page:
    """The account tracks no visitors: nobody has visited a page."""
    found(call.context.store.contacts.get(contact_id), "Contact")
    return page_style([], call.params, Columns(frozenset({"date_visit", "url"}), "date_visit"))


_LANGUAGE_COLUMNS = Columns(
    frozenset({"languageid", "name", "code", "eng_name", "translated", "is_default", "active"})
    | {"imported", "is_custom"},
    "name",
)
_SLA_COLUMNS = Columns(
    frozenset({"id", "conversationid", "code", "departmentid", "department_name", "levelid"})
    | {"date_created", "date_due", "date_closed", "agentid", "req_contactid", "req_firstname"}
    | {"req_lastname", "req_systemname", "req_avatar_url", "agent_firstname", "agent_lastname"}
    | {"agent_avatar_url", "sla", "sla_ticket_id", "sla_level_id", "sla_level_name"}
    | {"sla_type"},
    "date_created",
)
_GRIDS: list[tuple[str, str, Rows, Columns]] = [
    ("tickets/sla", "sla.read", _logs("B", "C", other=True), _SLA_COLUMNS),
    ("chats/sla", "sla.read", _logs("B"), _SLA_COLUMNS),
    ("calls/sla", "sla.read", _logs("C"), _SLA_COLUMNS),
    ("languages", "", _languages, _LANGUAGE_COLUMNS),
    ("contact-widgets", "button.read", _none, Columns(frozenset({"id", "name", "type"}), "id")),
    ("reports/time", "time_report.read", _none, Columns(frozenset({"id", "agentid"}), "id")),
]
"""No agent reports time and no widget is on a page: two of the grids have no rows."""


def _lister(rows: Rows, columns: Columns) -> Callable[[Call], Page]:
    return lambda call: cursor_style(rows(call), call.params, columns)


def _counter(rows: Rows, columns: Columns) -> Callable[[Call], Row]:
    return lambda call: {"count": count(rows(call), call.params, columns)}


ROUTES: list[Route] = [
    ("GET", "/slas", "sla.read", _slas),
    ("GET", "/slas/<level_id>", "sla.read", _sla),
    ("GET", "/slas/<ticket_id>/history", "sla.read", _history),
    *(("GET", f"/grid/{n}", scope, _lister(rows, cols)) for n, scope, rows, cols in _GRIDS),
    *(("GET", f"/grid/{n}/count", scope, _counter(rows, cols)) for n, scope, rows, cols in _GRIDS),
    ("GET", "/grid/customer_groups", "tag.read contact_group.read", _customer_groups),
    ("GET", "/grid/<department_id>/invite/agents", "user.read agent.read", _invitable),
    ("GET", "/time_zones", None, _time_zones),
    ("GET", "/countries", None, _countries),
    ("GET", "/mail_accounts", "settings.read", _mail_accounts),
    ("GET", "/mail_accounts/<account_id>", "settings.read", _mail_account),
    ("GET", "/page_visits/<contact_id>/contact", "page_visit.read", _page_visits),
]
