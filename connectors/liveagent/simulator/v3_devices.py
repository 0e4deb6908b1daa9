"""API v3: where agents take chats and calls: devices, their departments and their plans.

A device serves the departments of its agent. The published client writes its number as a float.
"""

from __future__ import annotations

from typing import Any

from connectors.liveagent.simulator.bodies import DEVICE, DEVICE_DEPARTMENT, PLAN
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, page_style
from connectors.liveagent.simulator.records import Department
from connectors.liveagent.simulator.rows import Shelf, shelf_routes, taken
from connectors.liveagent.simulator.web import Call, Route, found
from connectors.liveagent.simulator.wire import Row

_READ = "device.manage agent_status.read agent.manage agent_status.manage"
_WRITE = "device.manage agent_status.manage"
_SETTABLE = {
    name: kind
    for name, kind in DEVICE_DEPARTMENT.items()
    if name in {"online_status", "preset_status", "work_allocation_allowed"}
}


def _fresh(_call: Call, row: Row) -> None:
    row |= {"online_status": "N", "route_if_offline": "Y"}


def _leave(call: Call, row: Row) -> None:
    prefix = f"{row['id']}/"
    for name in ("device_departments", "device_plans"):
        kept = call.context.store.shelves[name]
        call.context.store.shelves[name] = {
            key: value for key, value in kept.items() if not key.startswith(prefix)
        }


_DEVICES = Shelf(
    "devices",
    "/devices",
    DEVICE,
    _READ,
    _WRITE,
    required=("agent_id", "type", "service_type", "preset_status"),
    numbered=True,
    made=_fresh,
    going=_leave,
)
_DEPARTMENT_COLUMNS = Columns(frozenset(DEVICE_DEPARTMENT), "department_id")


def _departments_of(call: Call, device: Row) -> list[Department]:
    departments = call.context.store.departments.values()
    return [d for d in departments if device["agent_id"] in d.agent_ids]


def _department_row(call: Call, device: Row, department: Department) -> Row:
    row: Row = {
        "device_id": device["id"],
        "department_id": department.id,
        "user_id": device["agent_id"],
        "department_name": department.name,
        "online_status": device["online_status"],
        "preset_status": device["preset_status"],
        "work_allocation_allowed": True,
    }
    changed = call.context.store.shelves["device_departments"]
    return row | changed.get(_key(device, department), {})


def _key(device: Row, department: Department) -> str:
    return f"{device['id']}/{department.id}"


def _pair(call: Call, device_id: str, department_id: str) -> tuple[Row, Department]:
    device = _DEVICES.one(call, device_id)
    mine = {d.id: d for d in _departments_of(call, device)}
    return device, found(mine.get(department_id), "Department")


def _departments(call: Call, device_id: str) -> Page:
    device = _DEVICES.one(call, device_id)
    rows = [_department_row(call, device, d) for d in _departments_of(call, device)]
    return page_style(rows, call.params, _DEPARTMENT_COLUMNS)


def _department(call: Call, device_id: str, department_id: str) -> Row:
    return _department_row(call, *_pair(call, device_id, department_id))


def _set_department(call: Call, device_id: str, department_id: str) -> Row:
    return _change(call, *_pair(call, device_id, department_id), call.body())


def _change(call: Call, device: Row, department: Department, given: dict[str, Any]) -> Row:
    kept = call.context.store.shelves["device_departments"]
    kept.setdefault(_key(device, department), {}).update(taken(given, _SETTABLE))
    return _department_row(call, device, department)


def _department_devices(call: Call, department_id: str) -> list[Row]:
    department = found(call.context.store.departments.get(department_id), "Department")
    devices = _DEVICES.rows(call).values()
    mine = [d for d in devices if d["agent_id"] in department.agent_ids]
    return [_department_row(call, device, department) for device in mine]


def _items(call: Call) -> list[dict[str, Any]]:
    items = call.body().get("DeviceDepartments")
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise ApiError(400, "Missing or invalid parameter: DeviceDepartments")
    return items


def _set_departments(call: Call) -> list[Row]:
    pairs = [(_pair(call, str(i.get("device_id")), str(i.get("department_id"))), i)
             for i in _items(call)]  # fmt: skip
    return [_change(call, *pair, item) for pair, item in pairs]


def _plans(call: Call, device_id: str) -> list[Row]:
    device = _DEVICES.one(call, device_id)
    return [
        {"department_id": d.id, "plans": _plans_of(call, device, d)}
        for d in _departments_of(call, device)
    ]


def _plans_of(call: Call, device: Row, department: Department) -> list[Row]:
    kept = call.context.store.shelves["device_plans"].get(_key(device, department), {})
    plans: list[Row] = kept.get("plans", [])
    return plans


def _make_plans(call: Call, device_id: str, department_id: str) -> list[Row]:
    device, department = _pair(call, device_id, department_id)
    ids = {"device_id": device["id"], "department_id": department.id}
    plans = [taken(item, PLAN) | ids for item in _items(call)]
    call.context.store.shelves["device_plans"][_key(device, department)] = {"plans": plans}
    return plans


def _plans_here(call: Call, device_id: str, department_id: str) -> list[Row]:
    return _plans_of(call, *_pair(call, device_id, department_id))


def _drop_plans(call: Call, device_id: str, department_id: str) -> None:
    pair = _pair(call, device_id, department_id)
    call.context.store.shelves["device_plans"].pop(_key(*pair), None)


def _mobile(call: Call) -> list[Row]:
    """The mobile devices of the key's agent; the first call makes one, as documented."""
    mine = [d for d in _DEVICES.rows(call).values()
            if (d["agent_id"], d["type"]) == (call.key.user_id, "A")]  # fmt: skip
    wanted = {"agent_id": call.key.user_id, "type": "A", "service_type": "T", "preset_status": "N"}
    return mine or [_DEVICES.add(call, wanted)]


_PLANS = "/devices/<device_id>/departments/<department_id>/plans"
ROUTES: list[Route] = [
    ("GET", "/devices/_app_", "device.own device.manage", _mobile),
    ("GET", "/devices/departments/<department_id>", _READ, _department_devices),
    ("PUT", "/devices/departments/update", _WRITE, _set_departments),
    *shelf_routes(_DEVICES),
    ("GET", "/devices/<device_id>/plans", _READ, _plans),
    ("GET", "/devices/<device_id>/departments", _READ, _departments),
    ("GET", "/devices/<device_id>/departments/<department_id>", _READ, _department),
    ("PUT", "/devices/<device_id>/departments/<department_id>", _WRITE, _set_department),
    ("GET", _PLANS, _READ, _plans_here),
    ("POST", _PLANS, _WRITE, _make_plans),
    ("DELETE", _PLANS, _WRITE, _drop_plans),
]
