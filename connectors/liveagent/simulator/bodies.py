"""What the bodies of API v3 may hold: the fields of the published models and their types."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from connectors.liveagent.simulator.errors import ApiError

Fields = Mapping[str, str]
"""Field -> its documented type, or the letters that it may be, separated by `|`."""


def _all(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(isinstance(one, kind) for one in value)


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def _is_time(value: object) -> bool:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def _are_custom_fields(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and all(isinstance(one.get(k), str) for k in ("code", "value"))
        for one in value
    )


_TYPES: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "float": _is_number,
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float or str": lambda value: isinstance(value, str) or _is_number(value),
    "datetime": _is_time,
    "list[str]": _all(str),
    "list[dict]": _all(dict),
    "fields": _are_custom_fields,
}


def _fields(kinds: Mapping[str, str]) -> Fields:
    return {name: kind for kind, names in kinds.items() for name in names.split()}


_PERSON = {
    "str": "id system_name description avatar_url language city countrycode ip note useragent "
    "screen",
    "list[str]": "emails phones groups",
    "float": "time_offset latitude longitude",
    "fields": "custom_fields",
    "V|R": "type",
    "datetime": "date_created date_changed",
}
CONTACT = _fields(
    _PERSON
    | {
        "str": _PERSON["str"] + " company_id firstname lastname registration_email job_position",
        "M|F|O|X": "gender",
    }
)
COMPANY = _fields(_PERSON | {"str": _PERSON["str"] + " name"})
GROUP = _fields({"str": "id name color background_color"})
FILTER = _fields(
    {
        "str": "filter_id name description filter_type user_id",
        "C|S|P": "rtype",
        "bool": "is_public",
        "list[str]": "user_ids department_ids",
        "list[dict]": "conditions",
    }
)
BAN = _fields(
    {"str": "start_ip end_ip reason contact_id conversation_id", "datetime": "date_valid"}
)
BUTTON = _fields(
    {
        "str": "id name url image_url parameters",
        "GET|POST": "method",
        "E|B": "type",
        "A|I": "status",
    }
)
DEVICE = _fields(
    {
        "float": "id",
        "str": "agent_id phone_id",
        "W|A|S|E|I": "type",
        "M|T|P": "service_type",
        "N|F": "online_status preset_status",
        "Y|N": "route_if_offline",
    }
)
DEVICE_DEPARTMENT = _fields(
    {
        "float": "device_id",
        "str": "department_id user_id department_name online_status preset_status",
        "bool": "work_allocation_allowed",
    }
)
PLAN = _fields(
    {
        "float": "device_id day",
        # A number in the Python client, a string in the JavaScript one.
        "float or str": "plan_id_start plan_id_end",
        "str": "department_id start end title",
    }
)
PHONE = _fields(
    {
        "str": "id number name connection_host connection_user connection_pass last_modified "
        "user_agent agent_id pass_original_caller_id params",
        "A|S|E|W|I|R": "type",
        "F|N": "reg_status",
        "float": "trunk_id",
    }
)
PHONE_NUMBER = _fields(
    {
        "str": "id number name departmentid status_message host_settings host port user auth_user "
        "password proxy_host proxy_port proxy_user providerid ivr dial_out_prefix_formatted",
        "A|C|D|T|T-O|S": "type",
        "A|I": "status",
        "int": "dial_out_prefix",
        "bool": "record_in_call record_out_call",
    }
)
EXTENSION = _fields({"str": "id number agent_id departmentId", "A|E|D": "status"})
VIBER = _fields(
    {"str": "id viber_account_id department_id name icon_url viber_uri", "A|I": "status"}
)
CALL_MESSAGE = _fields({"str": "message from_number", "T|H|A|S|N|NF": "type"})


def fits(body: Mapping[str, Any], fields: Fields) -> None:
    """Raise 400 for the first field of another type than documented; null is as good as none."""
    for name, kind in fields.items():
        value = body.get(name)
        if value is not None and not _fits(value, kind):
            raise ApiError(400, f"Missing or invalid parameter: {name}")


def _fits(value: object, kind: str) -> bool:
    test = _TYPES.get(kind)
    return test(value) if test else value in kind.split("|")
