"""Codes of LiveAgent's API v3, as its published client documents them."""

from __future__ import annotations

TICKET_STATUSES = {
    "I": "init", "N": "new", "T": "chatting", "P": "calling", "R": "resolved", "X": "deleted",
    "B": "spam", "A": "answered", "C": "open", "W": "postponed", "L": "closed",
}  # fmt: skip
CREATE_STATUSES = frozenset("NTPRXBACW")
UPDATE_STATUSES = frozenset("INTPRXBACW")
PURGEABLE_STATUSES = frozenset("XB")

CHANNELS = {
    "E": "email", "B": "chat", "M": "contact form", "C": "call", "F": "facebook", "A": "messenger",
    "T": "twitter", "Q": "forum", "S": "suggestion",
}  # fmt: skip

GROUP_TYPES = {
    "C": "chat", "P": "call", "I": "internal", "T": "transfer", "R": "resolved", "X": "deleted",
    "G": "tags", "3": "incoming email", "4": "outgoing email", "5": "contact form",
    "S": "start", "F": "facebook", "W": "twitter",
}  # fmt: skip
GROUP_TYPE_OF_CHANNEL = {"E": "3", "B": "C", "M": "5", "C": "P", "F": "F", "A": "F", "T": "W"}

GROUP_VISIBLE, GROUP_DELETED = "V", "D"
PUBLIC, INTERNAL = "P", "I"
"""Message visibility: the field is documented, its values are not; these two are ours."""

CUSTOMER_TEXT_TYPES = frozenset("MYQ")
NOTE_TYPE = "N"

SYSTEM_USER = "system00"

_PRIVILEGES = {
    "agent": "own read manage",
    "agent_status": "read own manage",
    "api": "read read_own write write_own delete",
    "button": "read",
    "call": "read write process",
    "canned_message": "read manage",
    "chats": "read",
    "contact": "create read edit delete",
    "contact_group": "read manage",
    "contact_phone": "read",
    "conversation_field": "read",
    "custom_button": "read write",
    "device": "own manage",
    "eventlogs": "read",
    "file": "add",
    "filter": "read write",
    "hosted_account": "read write",
    "hosting": "login",
    "invoice": "read",
    "page_visit": "read write",
    "phone": "read write own",
    "plugin_settings": "read",
    "predefined_answer": "read manage",
    "reindex": "read write",
    "settings": "read write",
    "sip_configuration": "manage",
    "sla": "read",
    "sso": "read read_own write write_own",
    "subscription": "own read write",
    "tag": "read manage",
    "ticket": "answer create close read read_all operate change_state mass",
    "time_report": "read",
    "user": "read write",
    "viber_account": "read write",
    "work_report": "read",
}
"""The privileges that the published client declares."""

_INTEGRATION_PRIVILEGES = {
    "agent": "read",
    "api": "read",
    "call": "read",
    "canned_message": "read",
    "chats": "read",
    "contact": "read edit",
    "eventlogs": "read",
    "file": "add",
    "plugin_settings": "read",
    "predefined_answer": "read",
    "settings": "read",
    "tag": "read manage",
    "ticket": "read read_all create operate change_state",
    "user": "read",
}
"""What an administrator ticks for an integration that reads all and writes little."""


def _scopes(privileges: dict[str, str]) -> frozenset[str]:
    return frozenset(f"{name}.{one}" for name, many in privileges.items() for one in many.split())


SCOPES = _scopes(_PRIVILEGES)
INTEGRATION_SCOPES = _scopes(_INTEGRATION_PRIVILEGES)

SETTING_NAMES = (
    "TIMEZONE", "regional_settings_is_default", "dateformat", "timeformat", "shorttimeformat",
    "thousandsseparator", "decimalseparator",
)  # fmt: skip
"""GET /settings knows these names and no others."""
