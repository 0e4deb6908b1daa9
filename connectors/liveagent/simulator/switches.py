"""Known faults and undocumented choices of LiveAgent, each a switch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

MESSAGE_DELETE = ("hard", "soft", "404_for_non_legacy", "no_effect")
RETRY_AFTER = ("none", "seconds", "http_date")
AGENT_MAILS = ("off", "link", "full")


@dataclass
class Switches:
    """The present choices. Defaults are the documented behaviour, or the plainest where none is."""

    message_delete: str = "hard"
    """What DELETE /messages/{id} does: unknown for live accounts. `soft` keeps the text and sets
    the group's status to D; `404_for_non_legacy` refuses messages of today's kind."""
    quoted_hidden_without_flag: bool = True
    """Quoted text is metadata only unless includeQuotedMessages is set (documented)."""
    tags_put_drops: bool = False
    """PUT /tickets ignores `tags` and still answers 200 (fixed in 5.40)."""
    agents_500: bool = False
    """GET /agents fails because of one bad row (fixed in 5.62.15 and 5.63.4)."""
    emit_206: bool = False
    """Paged lists answer 206 while more rows follow (older published client)."""
    v1_empty_body: bool = False
    """v1 answers 200 without a body after a note or reply."""
    tz: str = ""
    """Zone of the times of tickets and messages, when it differs from the TIMEZONE setting."""
    subject_message_kept: bool = False
    """The TITLE message keeps the old subject after PUT /tickets."""
    preview_kept: bool = False
    """The preview keeps its text after the message is deleted."""
    omit_empty: bool = True
    """Fields without a value are left out rather than null."""
    requests_per_minute: int = 180
    """Per key; 0 is no limit."""
    retry_after: str = "none"
    """What a 429 says: undocumented."""
    agent_mails: str = "link"
    """What the notification mail to agents holds about a new customer message."""
    auto_reply: bool = False
    """A customer's new ticket is acknowledged by mail."""
    status_change_mails: bool = False
    """Setting a ticket to resolved mails the customer (an administrator's rule or survey)."""
    latency_ms: int = 0
    """Added to every answer."""
    hook_twice: bool = False
    """Every HTTP request of a rule is sent twice (seen before 5.33.6.18)."""
    hook_message_before_ticket: bool = False
    """For a new ticket the message events go out before the ticket event."""
    hook_drop_every: int = 0
    """Each so-many-th HTTP request of a rule is lost; 0 loses none."""
    hook_delay_ms: int = 0
    """HTTP requests of rules go out so much later."""

    def as_dict(self) -> dict[str, object]:
        """Name -> present value."""
        return asdict(self)

    def update(self, changes: Mapping[str, object]) -> None:
        """Set several at once; ValueError names the first that does not exist or fit."""
        known = {item.name: getattr(self, item.name) for item in fields(self)}
        for name, value in changes.items():
            if name not in known or type(value) is not type(known[name]):
                message = f"no such switch, or the wrong type: {name}"
                raise ValueError(message)
            _check_choice(name, value)
        for name, value in changes.items():
            setattr(self, name, value)


_CHOICES = {
    "message_delete": MESSAGE_DELETE,
    "retry_after": RETRY_AFTER,
    "agent_mails": AGENT_MAILS,
}


def _check_choice(name: str, value: object) -> None:
    if name in _CHOICES and value not in _CHOICES[name]:
        message = f"{name} is one of {', '.join(_CHOICES[name])}"
        raise ValueError(message)
