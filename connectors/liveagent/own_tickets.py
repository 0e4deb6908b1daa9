"""The tickets that we write ourselves: made without a mail to anyone, found again by a marker."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from connectors.liveagent import refusals
from connectors.liveagent.client import Client, Filter
from connectors.liveagent.paging import more_may_follow
from connectors.liveagent.records import TicketRecord
from integration.core.errors import DeskwardenError, PermanentError
from integration.core.models import OUR_MARK, Ticket, TicketDraft

_OUT_OF_SIGHT = frozenset("XB")
"""Status of tickets that someone deleted or marked as spam: not found again as ours."""
_HTML = "text/html"
MAX_FOUND_PAGES = 20


@dataclass(slots=True)
class OwnTickets:
    """Our own tickets in one account."""

    client: Client
    settings: Mapping[str, Any]
    e_contains: bool = False
    """Whether E was seen to find a marker within a subject: then one search is enough."""

    def create(self, draft: TicketDraft) -> str:
        """Create a ticket from our own contact to our own mail account; nobody is mailed."""
        fields = self._new_ticket(draft)
        try:
            return self.client.create_ticket(fields).id
        except DeskwardenError as error:
            error.hint = error.hint or self._what_to_change(error, fields)
            raise

    def fresh(self, draft: TicketDraft) -> Ticket:
        """As it is asked for: in a status and a department, nobody's, no tags, no due time."""
        fields = self._new_ticket(draft)
        return Ticket("", vendor_status=fields["status"], department=fields["departmentid"])

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

        LiveAgent's article on ticket filters (870644) lists E, which for a subject means that it
        contains the value, and not LIKE, which its own MCP server sends. Before 5.43 E meant
        equality and LIKE was understood. So both are asked, until E was seen to find a marker.
        """
        refused: PermanentError | None = None
        answers = 0
        for operator, value in (("E", marker), ("LIKE", f"%{marker}%")):
            try:
                found, heeded = self._search(("subject", operator, value), marker)
            except PermanentError as error:
                if error.reason != "http_400":
                    raise
                refused = error  # a version that does not know the operator
                continue
            answers += 1
            if operator == "E" and found and heeded:
                self.e_contains = True
            if found or (operator == "E" and self.e_contains):
                return tuple(sorted(found, key=lambda i: found[i], reverse=True))
        if refused and not answers:
            raise refused
        return ()

    def _search(self, condition: Filter, marker: str) -> tuple[dict[str, str], bool]:
        """Id -> time of creation, and whether the condition was heeded at all.

        Some versions ignore filters and sorting: both are done here again.
        """
        found: dict[str, str] = {}
        read: set[str] = set()
        heeded = True
        for page in range(1, MAX_FOUND_PAGES + 1):
            rows = self.client.tickets(
                [condition], sort="date_created", direction="DESC", page=page
            )
            found |= {r.id: r.date_created for r in rows if _carries(marker, r) and self._ours(r)}
            heeded = heeded and all(marker.casefold() in r.subject.casefold() for r in rows)
            fresh = {r.id for r in rows} - read
            if not fresh or not more_may_follow(rows):
                break
            read |= fresh
        return found, heeded

    def check_contact(self) -> None:
        """Raise ContactIsInUse when someone else's tickets stand under our contact's address.

        Where this version knows no such filter only the newest tickets are looked at.
        """
        own = str(self.settings["contact_email"])
        try:
            rows = self.client.tickets(
                [("owner_email", "E", own)], sort="date_created", direction="DESC"
            )
        except PermanentError as error:
            if error.reason != "http_400":
                raise
            rows = self.client.tickets([], sort="date_created", direction="DESC")
        if any(_is_of(own, row) and OUR_MARK not in row.subject for row in rows):
            in_use = refusals.ContactIsInUse("tickets of someone else stand under our address")
            in_use.hint = refusals.hint(in_use, {"contact_email": own}, ())
            raise in_use

    def is_one(self, record: TicketRecord) -> bool:
        """Whether a ticket in a list is one of ours, whatever it is about."""
        return OUR_MARK in record.subject and self._ours(record)

    def _ours(self, record: TicketRecord) -> bool:
        """Written in our name: a marker in the subject of a customer's ticket proves nothing."""
        own = str(self.settings["contact_email"]).casefold()
        return record.owner_email.casefold() in ("", own)


def _is_of(address: str, record: TicketRecord) -> bool:
    written = record.owner_email.casefold() == address.casefold()
    return written and record.status not in _OUT_OF_SIGHT


def _carries(marker: str, record: TicketRecord) -> bool:
    return marker in record.subject and record.status not in _OUT_OF_SIGHT
