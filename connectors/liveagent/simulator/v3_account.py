"""API v3: users, departments, settings and keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from connectors.liveagent.simulator.auth import allowed_from
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, count, cursor_style, page_style
from connectors.liveagent.simulator.records import ApiKey
from connectors.liveagent.simulator.vocabulary import SCOPES, SETTING_NAMES
from connectors.liveagent.simulator.web import Call, Route, found, optional, text
from connectors.liveagent.simulator.wire import Row
from connectors.liveagent.simulator.wire_account import grouped_privileges

_DEPARTMENT_COLUMNS = Columns(
    frozenset({"department_id", "name", "agent_count", "online_status", "mailaccount_id"})
    | {"agent_ids"},
    "department_id",
)
_KEY_COLUMNS = Columns(
    frozenset({"id", "name", "userid", "type", "role", "valid_to_date", "installid", "whitelist"}),
    "id",
)
KEY_TYPES = "A C P T W"


def _ping(_call: Call) -> None:
    return None


def _user(call: Call, user_id: str) -> list[Row]:
    return [found(call.context.account.user(user_id), "User")]


def _departments(call: Call) -> Page:
    rows = [call.context.account.department(d) for d in call.context.store.departments.values()]
    return page_style(rows, call.params, _DEPARTMENT_COLUMNS)


def _department(call: Call, department_id: str) -> Row:
    department = found(call.context.store.departments.get(department_id), "Department")
    return call.context.account.department(department)


def _agent_in_department(call: Call, department_id: str, agent_id: str) -> None:
    department = found(call.context.store.departments.get(department_id), "Department")
    if agent_id not in department.agent_ids:
        raise ApiError(404, "Agent is not in department")


def _settings(call: Call) -> list[Row]:
    # The published client joins the names with pipes.
    wanted = call.params.get("settingsNames", "").replace(",", "|").split("|")
    names = [name for name in wanted if name] or list(SETTING_NAMES)
    if not set(names) <= set(SETTING_NAMES):
        raise ApiError(400, "Missing or invalid parameter: settingsNames")
    stored = call.context.store.settings
    return [{"name": name, "value": stored.get(name, "")} for name in names]


def _keys(call: Call) -> Page:
    rows = [call.context.account.api_key(k) for k in call.context.store.api_keys.values()]
    return cursor_style(rows, call.params, _KEY_COLUMNS)


def _key_of(call: Call, key_id: str) -> ApiKey:
    # The id is documented as a float: the published client may write `3.0`.
    try:
        number = int(float(key_id))
    except (ValueError, OverflowError):
        raise ApiError(400, "Missing or invalid parameter: apikeyId") from None
    return found(call.context.store.api_keys.get(number), "ApiKey")


def _key(call: Call, key_id: str) -> Row:
    return call.context.account.api_key(_key_of(call, key_id), privileges=True)


def _create_key(call: Call) -> Row:
    store, body = call.context.store, call.body()
    number = max(store.api_keys, default=0) + 1
    key = ApiKey(
        number, store.names.hexadecimal(), text(body, "name", ""), call.key.user_id, frozenset()
    )
    _fill_key(call, key, body)
    store.api_keys[number] = key
    return call.context.account.api_key(key, privileges=True)


def _update_key(call: Call, key_id: str) -> Row:
    key = _key_of(call, key_id)
    _fill_key(call, key, call.body())
    return call.context.account.api_key(key, privileges=True)


def _fill_key(call: Call, key: ApiKey, body: dict[str, Any]) -> None:
    key.name = text(body, "name", key.name)
    key.type = optional(body, "type", key.type, KEY_TYPES)
    key.install_id = text(body, "installid", key.install_id)
    key.role = text(body, "role", key.role)
    key.whitelist = _whitelist(text(body, "whitelist", key.whitelist))
    key.valid_to = _valid_to(call, body, key.valid_to)
    user = text(body, "userid", key.user_id) or key.user_id
    key.user_id = found(call.context.store.agents.get(user), "User").id
    if body.get("privileges") is not None:
        key.scopes = _scopes(body["privileges"])


def _whitelist(given: str) -> str:
    try:
        allowed_from(given, "127.0.0.1")
    except ValueError:
        raise ApiError(400, "Missing or invalid parameter: whitelist") from None
    return given


def _valid_to(call: Call, body: dict[str, Any], present: datetime | None) -> datetime | None:
    given = body.get("valid_to_date")
    if given is None:
        return present
    moment = call.context.store.parse_stamp(str(given))
    if given and moment is None:
        raise ApiError(400, "Missing or invalid parameter: valid_to_date")
    return moment


def _scopes(rows: object) -> frozenset[str]:
    if not isinstance(rows, list):
        raise ApiError(400, "Missing or invalid parameter: privileges")
    try:
        wanted = frozenset(f"{r['object']}.{one}" for r in rows for one in r["privileges"] or [])
    except (TypeError, KeyError):
        raise ApiError(400, "Missing or invalid parameter: privileges") from None
    if not wanted <= SCOPES:
        raise ApiError(400, "Missing or invalid parameter: privileges")
    return wanted


def _delete_key(call: Call, key_id: str) -> None:
    call.context.store.api_keys.pop(_key_of(call, key_id).id)


def _generate_key(call: Call) -> Row:
    """A proposal for a form: nothing is made, hence `api.read`."""
    return {"key": call.context.store.names.hexadecimal()}


def _regenerate(call: Call, key_id: str) -> Row:
    key = _key_of(call, key_id)
    key.key = call.context.store.names.hexadecimal()
    return call.context.account.api_key(key)


def _key_count(call: Call) -> Row:
    rows = [call.context.account.api_key(k) for k in call.context.store.api_keys.values()]
    return {"count": count(rows, call.params, _KEY_COLUMNS)}


def _privileges(_call: Call) -> list[Row]:
    return grouped_privileges(SCOPES)


def _api_info(call: Call, version: str) -> Row:
    if version not in {"v1", "v3"}:
        raise ApiError(404, "Api version not found")
    key = call.context.account.api_key(call.key)
    return {"url": "/api/v3" if version == "v3" else "/api", "apikey": key}


def _new_v1_key(call: Call) -> Row:
    store = call.context.store
    store.v1_key = store.names.hexadecimal()
    return {"key": store.v1_key}


def _new_sso(call: Call) -> Row:
    call.context.store.sso_key = call.context.store.names.hexadecimal()
    return _sso(call)


def _sso(call: Call) -> Row:
    return {"key": call.context.store.sso_key}


ROUTES: list[Route] = [
    ("GET", "/ping", "", _ping),
    ("GET", "/users/<user_id>", "user.read", _user),
    ("GET", "/departments", "user.read agent.read", _departments),
    ("GET", "/departments/<department_id>", "user.read agent.read", _department),
    (
        "GET",
        "/departments/<department_id>/<agent_id>",
        "user.read agent.read",
        _agent_in_department,
    ),
    ("GET", "/settings", "settings.read", _settings),
    ("GET", "/apikeys", "api.read", _keys),
    ("POST", "/apikeys", "api.write", _create_key),
    ("GET", "/apikeys/<key_id>", "api.read", _key),
    ("PUT", "/apikeys/<key_id>", "api.write", _update_key),
    ("DELETE", "/apikeys/<key_id>", "api.write api.delete", _delete_key),
    ("POST", "/apikeys/_generate", "api.read", _generate_key),
    ("POST", "/apikeys/regenerateApiV3/<key_id>", "api.write", _regenerate),
    ("GET", "/api/v3/count", "api.read", _key_count),
    ("GET", "/api/privileges", "api.read", _privileges),
    ("GET", "/api/info/<version>", "api.read", _api_info),
    ("POST", "/apikeys/regenerateApiV1", "api.write", _new_v1_key),
    ("GET", "/sso", "sso.read", _sso),
    ("POST", "/sso", "sso.write", _new_sso),
]
