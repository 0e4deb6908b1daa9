"""The writes to Request Tracker: none is a reply, or names a requester, watcher or owner."""

from __future__ import annotations

import re
from typing import Any

from connectors.egress import Fields, Write

_ID = "[0-9]{1,20}"
_RECORD = "[a-z]{1,20}"
_UPDATE = frozenset({"Subject", "CustomFields", "Status"})
_NOTE = frozenset({"Content", "ContentType"})
_NEW_TICKET = _NOTE | {"Queue", "Subject"}
_LOGIN = frozenset({"user", "pass", "next"})


def _is_update(fields: Fields) -> bool:
    return bool(fields) and fields.keys() <= _UPDATE


def _is_note(fields: Fields) -> bool:
    return fields.keys() == _NOTE


def _is_own_ticket(fields: Fields) -> bool:
    return fields.keys() == _NEW_TICKET


def _is_redaction(fields: Fields) -> bool:
    return bool(fields) and all(map(_is_exchange, fields.values()))


def _is_exchange(value: Any) -> bool:  # noqa: ANN401  whatever a field holds
    return isinstance(value, dict) and value.keys() == {"expect", "value"}


def _is_login(fields: Fields) -> bool:
    return fields.keys() == _LOGIN


WRITES = (
    Write("POST", re.compile(rf"REST/2\.0/ticket/{_ID}/comment"), _is_note),
    Write("POST", re.compile(r"REST/2\.0/ticket"), _is_own_ticket),
    Write("PUT", re.compile(rf"REST/2\.0/ticket/{_ID}"), _is_update),
    Write("PUT", re.compile(rf"REST/2\.0/redaction/{_RECORD}/{_ID}"), _is_redaction),
    Write("POST", re.compile(r"NoAuth/Login\.html"), _is_login),
)
"""Method, path, and what its fields must be."""
