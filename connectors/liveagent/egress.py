"""The egress guard: the only writes this client can make, checked on their way out.

A write that is not in the table, or that could reach anyone but ourselves, raises EgressRefused
before a byte is sent. Reads are free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from integration.core.errors import EgressRefused

Fields = Mapping[str, Any]
Own = frozenset[str]
"""The addresses that are ours: the integration's contact and the mail account it writes to."""

_ID = r"[A-Za-z0-9_-]{1,64}"
_NOTE = frozenset({"message", "type", "useridentifier", "do_not_send_mail", "is_html_message"})
_NEW_TICKET = frozenset(
    {"useridentifier", "subject", "departmentid", "recipient", "message", "status"}
    | {"do_not_send_mail", "use_template", "is_html_message"}
)
_UPDATE = frozenset({"subject", "custom_fields", "status"})


def _is_note(fields: Fields, _own: Own) -> bool:
    return (
        fields.get("type") == "N"
        and fields.get("do_not_send_mail") == "Y"
        and fields.keys() <= _NOTE | {"apikey"}
    )


def _is_own_ticket(fields: Fields, own: Own) -> bool:
    return (
        fields.get("do_not_send_mail") == "Y"
        and fields.get("use_template") == "N"
        and {fields.get("useridentifier"), fields.get("recipient")} <= own
        # Copies, attachments and anything else that is not listed could carry it to others.
        and fields.keys() <= _NEW_TICKET
    )


def _is_quiet_update(fields: Fields, _own: Own) -> bool:
    return bool(fields) and fields.keys() <= _UPDATE


def _has_no_body(fields: Fields, _own: Own) -> bool:
    return not fields


WRITES: tuple[tuple[str, re.Pattern[str], Callable[[Fields, Own], bool]], ...] = (
    ("POST", re.compile(rf"api/conversations/{_ID}/messages"), _is_note),
    ("POST", re.compile(r"api/v3/tickets"), _is_own_ticket),
    ("PUT", re.compile(rf"api/v3/tickets/{_ID}"), _is_quiet_update),
    ("DELETE", re.compile(rf"api/v3/messages/{_ID}"), _has_no_body),
)
"""Method, path, and what its fields must be."""


def check(method: str, path: str, fields: Fields, own: Own) -> None:
    """Raise EgressRefused unless this write is in the table and reaches nobody else."""
    if method == "GET":
        return
    for known, pattern, permits in WRITES:
        if method == known and pattern.fullmatch(path) and permits(fields, own):
            return
    raise EgressRefused("LiveAgent: a call was not sent, because it could reach someone")
