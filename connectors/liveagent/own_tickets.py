"""The tickets that we write ourselves: made without a mail to anyone, found again by a marker."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from connectors.liveagent import refusals
from connectors.liveagent.client import PER_PAGE, Client, Filter
from connectors.liveagent.records import TicketRecord
from integration.core.errors import DeskwardenError, PermanentError
from integration.core.models import TicketDraft

_OUT_OF_SIGHT = frozenset("XB")
"""Status of tickets that someone deleted or marked as spam: not found again as ours."""
_HTML = "text/html"
MAX_FOUND_PAGES = 20


@dataclass(frozen=True, slots=True)
class OwnTickets:
    """Our own tickets in one account."""

    client: Client
    settings: Mapping[str, Any]

    def create(self, draft: TicketDraft) -> str:
        """Create a ticket from our own contact to our own mail account; nobody is mailed."""
        fields = self._new_ticket(draft)
        try:
            return self.client.create_ticket(fields).id
        except DeskwardenError as error:
            error.hint = error.hint or self._what_to_change(error, fields)
            raise

    def _new_ticket(self, draft: TicketDraft) -> dict[str, str]:
        subject = draft.subject
        return {
            "useridentifier": str(self.settings["contact_email"]),
            "recipient": str(self.settings["mail_account"]),
            "departmentid": draft.department
            or str(self.settings.get("findings_department") or "default"),
            "subject": subject if draft.marker in subject else f"{subject} [{draft.marker}]",
            "message": draft.body,
            "status": "N",
            "do_not_send_mail": "Y",
            "use_template": "N",
            "is_html_message": "Y" if draft.media_type == _HTML else "N",
        }

    def _what_to_change(self, error: DeskwardenError, fields: Mapping[str, str]) -> str:
        settings = {
            "contact_email": fields["useridentifier"],
            "mail_account": fields["recipient"],
            "department": fields["departmentid"],
        }
        known: tuple[str, ...] = ()
        if error.reason in refusals.ABOUT_MAIL_ACCOUNTS:
            with suppress(DeskwardenError):
                known = self.client.mail_accounts()
        return refusals.hint(error, settings, known)

    def find(self, marker: str) -> tuple[str, ...]:
        """Ids of tickets with this marker in their subject, newest first.

        LiveAgent's article on filters lists only E (for a subject: contains) and IN, its own MCP
        server uses LIKE: the second is asked when the first finds nothing. Filters and sorting
        were silently ignored by some versions, so both are done here again.
        """
        try:
            found = self._search(("subject", "E", marker), marker)
        except PermanentError as error:
            if error.reason != "http_400":
                raise
            found = {}  # a version that does not know the operator
        found = found or self._search(("subject", "LIKE", f"%{marker}%"), marker)
        return tuple(sorted(found, key=lambda i: found[i], reverse=True))

    def _search(self, condition: Filter, marker: str) -> dict[str, str]:
        """Id -> time of creation."""
        found: dict[str, str] = {}
        for page in range(1, MAX_FOUND_PAGES + 1):
            rows = self.client.tickets(
                [condition], sort="date_created", direction="DESC", page=page
            )
            found |= {r.id: r.date_created for r in rows if _carries(marker, r) and self._ours(r)}
            if len(rows) < PER_PAGE:
                break
        return found

    def _ours(self, record: TicketRecord) -> bool:
        """Written in our name: a marker in the subject of a customer's ticket proves nothing."""
        own = str(self.settings["contact_email"]).casefold()
        return record.owner_email.casefold() in ("", own)


def _carries(marker: str, record: TicketRecord) -> bool:
    return marker in record.subject and record.status not in _OUT_OF_SIGHT
