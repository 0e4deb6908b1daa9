"""The writes to LiveAgent: none is a reply, sends a mail or names anyone but ourselves."""

from __future__ import annotations

import re
from functools import partial

from connectors.egress import Fields, Write, has_no_body

Own = frozenset[str]
"""The addresses that are ours: the integration's contact and the mail account it writes to."""

_ID = r"[A-Za-z0-9_-]{1,64}"
_NOTE = frozenset({"message", "type", "useridentifier", "do_not_send_mail", "is_html_message"})
_NEW_TICKET = frozenset(
    {"useridentifier", "subject", "departmentid", "recipient", "message", "status"}
    | {"do_not_send_mail", "use_template", "is_html_message"}
)
_UPDATE = frozenset({"subject", "custom_fields", "status"})


def _is_note(fields: Fields) -> bool:
    return (
        fields.get("type") == "N"
        and fields.get("do_not_send_mail") == "Y"
        and fields.keys() <= _NOTE | {"apikey"}
    )


def _is_own_ticket(own: Own, fields: Fields) -> bool:
    return (
        fields.get("do_not_send_mail") == "Y"
        and fields.get("use_template") == "N"
        and {fields.get("useridentifier"), fields.get("recipient")} <= own
        # Copies, attachments and anything else that is not listed could carry it to others.
        and fields.keys() <= _NEW_TICKET
    )


def _is_quiet_update(fields: Fields) -> bool:
    return bool(fields) and fields.keys() <= _UPDATE


def writes(own: Own) -> tuple[Write, ...]:
    """Method, path, and what its fields must be, for an account with these addresses."""
    return (
        Write("POST", re.compile(rf"api/conversations/{_ID}/messages"), _is_note),
        Write("POST", re.compile(r"api/v3/tickets"), partial(_is_own_ticket, own)),
        Write("PUT", re.compile(rf"api/v3/tickets/{_ID}"), _is_quiet_update),
        Write("DELETE", re.compile(rf"api/v3/messages/{_ID}"), has_no_body),
    )
