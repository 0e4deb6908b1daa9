"""API v3: phones, phone numbers, extensions and Viber accounts.

The published client writes most of this as forms or query parameters, so all of them are read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connectors.liveagent.simulator.bodies import EXTENSION, PHONE, PHONE_NUMBER, VIBER
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, count, cursor_style
from connectors.liveagent.simulator.rows import Shelf, shelf_routes, typed
from connectors.liveagent.simulator.web import Call, Route, found, optional, text
from connectors.liveagent.simulator.wire import Row

_VIEWS = dict[tuple[str, str], Callable[..., Any]]


def _number_made(call: Call, row: Row) -> None:
    row["dial_out_prefix"] = _free_prefix(call)


def _phone_made(_call: Call, row: Row) -> None:
    row |= {"type": "S", "reg_status": "F"}


def _viber_made(_call: Call, row: Row) -> None:
    row["status"] = "A"


_PHONES = Shelf(
    "phones",
    "/phones",
    PHONE,
    "phone.read",
    "phone.write",
    ("number",),
    made=_phone_made,
    # "Special filters": the phones that an agent may use.
    aliases={"userId": "agent_id"},
)
_NUMBERS = Shelf(
    "phone_numbers",
    "/phone_numbers",
    PHONE_NUMBER,
    "phone.read call.read",
    "phone.write call.write",
    ("type", "number", "status"),
    cursor=True,
    made=_number_made,
)
_EXTENSIONS = Shelf(
    "extensions", "/extensions", EXTENSION, "phone.read", "phone.write", cursor=True
)
_VIBER = Shelf(
    "viber_accounts",
    "/viber_accounts",
    VIBER,
    "viber_account.read",
    "viber_account.write",
    ("department_id",),
    cursor=True,
    made=_viber_made,
)
_VIBER_COLUMNS = Columns(frozenset(VIBER) | {"department_name"}, "id", aliases={"uri": "viber_uri"})


def _given(call: Call, shelf: Shelf) -> Row:
    return typed({**call.form(), **call.params}, shelf.fields)


def _add_phone(call: Call) -> Row:
    return _PHONES.add(call, _given(call, _PHONES))


def _set_phone(call: Call, row_id: str) -> Row:
    return _PHONES.change(_PHONES.one(call, row_id), _given(call, _PHONES))


def _setter(*names: str) -> Callable[..., None]:
    """A call that sets these required fields of a phone."""

    def view(call: Call, row_id: str) -> None:
        row = _PHONES.one(call, row_id)
        _PHONES.change(row, {name: call.named(name) for name in names})

    return view


def _special_phone(call: Call, row_id: str) -> Row:
    """A phone by id; `_web_` and `_app_` are those of the key's own agent."""
    kind = {"_web_": "W", "_app_": "A"}.get(row_id)
    if kind is None:
        return _PHONES.one(call, row_id)
    mine = (p for p in _PHONES.rows(call).values() if p.get("agent_id") == call.key.user_id)
    return found(next((p for p in mine if p["type"] == kind), None), "Phone")


def _agent_id(call: Call, agent_id: str) -> str:
    wanted = call.key.user_id if agent_id == "me" else agent_id
    return found(call.context.store.agents.get(wanted), "Agent").id


def _agent_phone(call: Call, agent_id: str) -> Row:
    wanted = _agent_id(call, agent_id)
    mine = [p for p in _PHONES.rows(call).values() if p.get("agent_id") == wanted]
    # The one that was chosen last stands last.
    return found(mine[-1] if mine else None, "Phone")


def _choose_phone(call: Call, agent_id: str) -> None:
    wanted, phones = _agent_id(call, agent_id), _PHONES.rows(call)
    row = _PHONES.one(call, call.named("phoneId"))
    row["agent_id"] = wanted
    phones[row["id"]] = phones.pop(row["id"])


def _free_prefix(call: Call) -> int:
    used = {row.get("dial_out_prefix") for row in _NUMBERS.rows(call).values()}
    free = next((n for n in range(1, 1000) if n not in used), None)
    if free is None:
        raise ApiError(400, "No dial out prefix is available")
    return free


def _prefix(call: Call) -> Row:
    return {"prefix": _free_prefix(call)}


def _add_number(call: Call) -> Row:
    return _NUMBERS.add(call, _given(call, _NUMBERS))


def _status(shelf: Shelf) -> Callable[..., Row]:
    def view(call: Call, row_id: str) -> Row:
        row = shelf.one(call, row_id)
        status = optional({"status": call.named("status")}, "status", "", "A I")
        return shelf.change(row, {"status": status})

    return view


def _extension(call: Call, row: Row) -> Row:
    store, account = call.context.store, call.context.account
    shown = {name: row[name] for name in ("id", "number", "status")}
    if row.get("departmentId"):
        department = store.departments.get(row["departmentId"])
        return shown | ({"department": account.department(department)} if department else {})
    agent = store.agents.get(row.get("agent_id", ""))
    return shown | ({"agent": account.agent(agent)} if agent else {})


def _extensions(call: Call) -> Page:
    rows = list(_EXTENSIONS.rows(call).values())
    page = _EXTENSIONS.page(call, rows)
    return Page([_extension(call, row) for row in page.rows], page.more, page.cursor)


def _one_extension(call: Call, row_id: str) -> Row:
    return _extension(call, _EXTENSIONS.one(call, row_id))


def _set_extension(call: Call, row_id: str) -> Row:
    row, given = _EXTENSIONS.one(call, row_id), _given(call, _EXTENSIONS)
    department = text(given, "departmentId", "")
    if department:
        found(call.context.store.departments.get(department), "Department")
    return _extension(call, _EXTENSIONS.change(row, given))


def _viber_accounts(call: Call) -> Page:
    rows = [_with_department(call, row) for row in _VIBER.rows(call).values()]
    return cursor_style(rows, call.params, _VIBER_COLUMNS)


def _with_department(call: Call, row: Row) -> Row:
    department = call.context.store.departments.get(row["department_id"])
    return row | ({"department_name": department.name} if department else {})


def _counter(shelf: Shelf) -> Callable[[Call], Row]:
    def view(call: Call) -> Row:
        return {"count": count(list(shelf.rows(call).values()), call.params, shelf.columns())}

    return view


def _connect_viber(call: Call) -> Row:
    call.named("token")
    department = call.named("department_id")
    found(call.context.store.departments.get(department), "Department")
    return _VIBER.add(call, {"department_id": department, "name": "Viber"})


def _with(shelf: Shelf, own: _VIEWS) -> list[Route]:
    """The calls of a shelf, some of them answered by views of their own."""
    return [
        (method, path, scope, own.get((method, path.removeprefix(shelf.path)), view))
        for method, path, scope, view in shelf_routes(shelf)
    ]


_ONE = "/<row_id>"
ROUTES: list[Route] = [
    ("GET", "/agent_phone/<agent_id>", "phone.read", _agent_phone),
    ("PUT", "/agent_phone/<agent_id>", "phone.write", _choose_phone),
    *_with(
        _PHONES,
        {("POST", ""): _add_phone, ("PUT", _ONE): _set_phone, ("GET", _ONE): _special_phone},
    ),
    ("PUT", "/phones/<row_id>/_updateParams", "phone.write", _setter("params")),
    ("PUT", "/phones/<row_id>/_updateRegStatus", "phone.write", _setter("reg_status")),
    (
        "PUT",
        "/phones/<row_id>/_updateBrowserRegistration",
        "phone.write",
        _setter("reg_status", "user_agent"),
    ),
    ("GET", "/phone_numbers/availablePrefix", "phone.read call.read", _prefix),
    *_with(_NUMBERS, {("POST", ""): _add_number}),
    ("PUT", "/phone_numbers/<row_id>/status", "phone.write call.write", _status(_NUMBERS)),
    ("GET", "/extensions", "phone.read", _extensions),
    ("GET", "/extensions/count", "phone.read", _counter(_EXTENSIONS)),
    ("GET", "/extensions/<row_id>", "phone.read", _one_extension),
    ("PUT", "/extensions/<row_id>", "phone.write", _set_extension),
    ("GET", "/viber_accounts/count", "viber_account.read", _counter(_VIBER)),
    *_with(_VIBER, {("GET", ""): _viber_accounts, ("POST", ""): _connect_viber}),
    ("PUT", "/viber_accounts/<row_id>/status", "viber_account.write", _status(_VIBER)),
]
