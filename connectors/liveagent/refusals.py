"""Why LiveAgent refuses a call, as far as its answer tells, and what the admin can do about it.

The sentences are those of its articles on API keys and on creating tickets (916372, 840770). Only
what they mean goes on from here: an answer never stands in an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from connectors.http import Answer, Error
from integration.core.errors import AuthExpired, DeskwardenError, PermanentError


class NotAMailAccount(PermanentError):
    """The recipient of our ticket is not one of the account's mail accounts."""

    reason = "mail_account"


class ContactIsAnAgent(PermanentError):
    """The sender of our ticket is an agent: it would go out to a customer."""

    reason = "contact_is_agent"


class ContactIsAMailAccount(PermanentError):
    """The sender of our ticket is a mail account."""

    reason = "contact_is_mail_account"


class ContactIsInUse(PermanentError):
    """The sender of our tickets is a person who writes tickets: ours would stand among theirs."""

    reason = "contact_in_use"


SENTENCES: tuple[tuple[int, bytes, Error], ...] = (
    (403, b"apikey not found", AuthExpired),
    (400, b"addressed to application mail account", NotAMailAccount),
    (400, b"addressed to visitor", ContactIsAnAgent),
    (400, b"used as user identifier", ContactIsAMailAccount),
)
"""Status, what stands in the answer in lower case, and what it means."""

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "v3": "Copy it again (Configuration > System > API): it may have expired, or be the v1 key",
        "v1": "Copy it again (Configuration > System > API > Settings for API v1): a v3 key is "
        "not accepted in its place",
    }
)
"""API -> what to do when its key is refused."""
V1_BARRED = "put this server's address on the whitelist of the v1 key (Settings for API v1)"

_ANY = (
    "look at three settings: findings_department, now {department}, must be the id of a "
    "department, as in the address of its page; contact_email, now {contact_email}, an address "
    "that is neither an agent's nor a mail account's; mail_account, now {mail_account}, one of "
    "LiveAgent's own mail accounts"
)
"""Where the answer says nothing that we know; it has a sentence of its own for the last two."""
_HINTS: Mapping[str, str] = MappingProxyType(
    {
        NotAMailAccount.reason: "change mail_account, now {mail_account}: it must be the address "
        "of one of LiveAgent's own mail accounts",
        ContactIsAnAgent.reason: "change contact_email, now {contact_email}: it belongs to an "
        "agent; give an address that is nobody's",
        ContactIsAMailAccount.reason: "change contact_email, now {contact_email}: it is a mail "
        "account; give an address that is nobody's",
        ContactIsInUse.reason: "change contact_email, now {contact_email}: it is that of "
        "someone who has tickets and might see ours; give an address that is nobody's",
        "http_400": _ANY,
        "not_found": "change findings_department, now {department}: it must be the id of a "
        "department, as in the address of its page",
        "server_error": "LiveAgent answers so when none of its mail accounts is active: look at "
        "mail_account, now {mail_account}",
    }
)
"""Reason -> which setting to look at when a ticket of ours could not be created."""
ABOUT_MAIL_ACCOUNTS = frozenset({NotAMailAccount.reason, "http_400", "server_error"})


def classify(answer: Answer) -> Error | None:
    """LiveAgent's own words on a failed answer; None where they say nothing that we know."""
    said = answer.body[:1000].lower()
    return next((e for status, s, e in SENTENCES if status == answer.status and s in said), None)


def hint(error: DeskwardenError, settings: Mapping[str, str], known: tuple[str, ...]) -> str:
    """What to do when our ticket was refused; names the mail accounts where they can be read."""
    text = _HINTS.get(error.reason, "").format_map(settings)
    return f"{text}; there are: {', '.join(known)}" if text and known else text
