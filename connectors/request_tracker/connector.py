"""Request Tracker 5 as a connector: description, reading, redaction, findings, admin's steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, NoReturn

from connectors.request_tracker import access, lists, matrix
from connectors.request_tracker.client import Client
from connectors.request_tracker.codes import FRESH, MAIL_COPIES, NOBODY, STATUS_TO_SET, STATUSES
from connectors.request_tracker.reading import SUBJECT, Place, Reading, latest
from connectors.request_tracker.records import Access, Copies, Plugin, TicketRecord
from connectors.request_tracker.setup import SPEC, setup_steps, undo_steps
from connectors.request_tracker.texts import encoded
from integration.core.capabilities import Capabilities
from integration.core.errors import (
    ChangedMeanwhile,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
    UnsupportedByHelpdesk,
)
from integration.core.models import (
    ChangePage,
    Snapshot,
    Ticket,
    TicketDraft,
    TicketStatus,
    TicketView,
)
from integration.core.once import once
from integration.core.ports import Budget, Clock
from integration.core.surfaces import Surface, SurfaceKind, Text

__all__ = ["SPEC", "RtConnector", "build", "setup_steps", "undo_steps"]


class RtConnector:
    """One connected Request Tracker, for one thread. See `integration.core.ports.Connector`."""

    def __init__(
        self,
        client: Client,
        settings: Mapping[str, Any],
        facts: Mapping[str, Any],
        clock: Clock,
    ) -> None:
        self.client = client
        self._settings = settings
        self._facts = facts
        self._clock = clock

    @property
    def calls(self) -> int:
        """How many requests it has sent."""
        return self.client.calls

    def capabilities(self) -> Capabilities:
        """With our extension and the right to use it everything stored, else very little."""
        return matrix.capabilities(self._plugin, sees_mail=self._redacts or self._sees_mail)

    def probe(self) -> Mapping[str, Any]:
        """RT's version, and whether our extension answers and what our user may do with it."""
        plugin = self.client.plugin()
        return {"version": self.client.version(), "plugin": asdict(plugin) if plugin else None}

    def fetch(self, ticket_id: str, *, only: frozenset[SurfaceKind] | None = None) -> TicketView:
        """Two calls with the extension, else one per text besides. Deleted tickets are read."""
        record = self._ticket(ticket_id)
        try:
            return self._view(record, only)
        except NotFound:
            self._ticket(ticket_id)
        # The ticket is there: never take a lost part of it for a lost ticket.
        raise HelpdeskUnavailable("a part that is listed is not found", reason="incomplete")

    def rewrite(self, view: TicketView, surface: Surface, text: str) -> None:
        """By the extension, which compares before it writes; else only subject and fields."""
        content = surface.content
        if not isinstance(content, Text):
            raise UnsupportedByHelpdesk("a file that is no text cannot be rewritten")
        record = self._ticket(view.ticket.id)
        if record.id != view.ticket.id:
            raise ChangedMeanwhile("the ticket was merged into another one")
        if self._facts_of(record).grounds != view.ticket.grounds:
            raise ChangedMeanwhile("the ticket is no longer what was decided upon")
        if self._redacts:
            self._redact(view.ticket.id, surface.id, content, text)
        else:
            self._edit(record, surface.id, content.text, text)

    def delete(self, view: TicketView, surface: Surface) -> NoReturn:  # noqa: ARG002  the port's
        """Refuse: what can be removed is replaced in place."""
        raise UnsupportedByHelpdesk("nothing is deleted in Request Tracker")

    def post_note(self, ticket_id: str, text: str, *, media_type: str = "text/plain") -> None:
        """A comment: RT never sends these to requesters."""
        self.client.comment(_checked(ticket_id), text, media_type)

    def create_ticket(self, draft: TicketDraft) -> str:
        """Without a requester, so that there is nobody to reply to."""
        queue = draft.department or self._settings["findings_department"]
        subject = draft.subject
        return self.client.create(
            {
                "Queue": queue,
                "Subject": subject if draft.marker in subject else f"{subject} [{draft.marker}]",
                "Content": draft.body,
                "ContentType": draft.media_type,
            }
        )

    def fresh(self, draft: TicketDraft) -> Ticket:  # noqa: ARG002  all are made alike
        """Nobody's, in RT's first status. Its queue is asked for by name and read by number."""
        return Ticket("", vendor_status=FRESH)

    def set_status(self, ticket_id: str, status: TicketStatus) -> None:
        """Looks again: RT answers 200 to a status that its life cycle refuses."""
        wanted = STATUS_TO_SET.get(status)
        if wanted is None:
            msg = f"a ticket of ours is not set to {status.value}"
            raise UnsupportedByHelpdesk(msg)
        self.client.update(_checked(ticket_id), {"Status": wanted})
        if self._ticket(ticket_id).status != wanted:
            raise PermanentError("Request Tracker did not take the status", reason="not_taken")

    def find_tickets(self, marker: str) -> tuple[str, ...]:
        """By subject, written by us; at most the hundred newest."""
        literal = marker.replace("\\", "\\\\").replace("'", "\\'")
        query = f"Subject LIKE '{literal}' AND Creator = '__CurrentUser__'"
        rows, _ = self.client.tickets(query, order="DESC")
        return tuple(row.ticket for row in rows)

    def changed(self, cursor: str | None, *, now: datetime) -> ChangePage:
        """By transaction id, which only grows; the last minute comes again."""
        return lists.changed(self.client, cursor, now=now)

    def history(self, cursor: str | None, *, since: datetime | None) -> ChangePage:
        """By ticket id; deleted ones where our extension tells of them."""
        deleted = self._plugin is not None and self._plugin.lists_deleted
        return lists.history(self.client, cursor, since=since, deleted=deleted)

    def tag_names(self) -> Mapping[str, str]:
        """With a field for tags they are its values, which have no ids; without one, none."""
        if self._settings.get("tags_field"):
            raise UnsupportedByHelpdesk("tags are the values of a custom field")
        return {}

    def snapshot(self, *, now: datetime) -> Snapshot:
        """By the extension (right AuditAccess); else the privileged users only."""
        errors: dict[str, str] = {}
        found = Access(())
        try:
            found = self._access()
        except (Forbidden, NotFound) as error:
            errors["agents"] = error.reason
        bot = str(self._settings.get("user", ""))
        return access.snapshot(found, bot=bot, plugin=self._plugin, now=now, errors=errors)

    def close(self) -> None:
        """Give back sockets."""
        self.client.close()

    @once
    def _plugin(self) -> Plugin | None:
        if "plugin" not in self._facts:
            return self.client.plugin()
        told = self._facts["plugin"]
        return Plugin(**told) if told else None

    @property
    def _redacts(self) -> bool:
        return self._plugin is not None and self._plugin.may_redact

    @once
    def _sees_mail(self) -> bool:
        return self.client.sees_mail()

    def _access(self) -> Access:
        if self._plugin and self._plugin.may_audit:
            return self.client.access()
        return Access(tuple(self.client.privileged_users()))

    def _ticket(self, ticket_id: str) -> TicketRecord:
        return self.client.ticket(_checked(ticket_id))

    def _view(self, record: TicketRecord, only: frozenset[SurfaceKind] | None) -> TicketView:
        copies = self._copies(record)
        reading = Reading(record, copies, self._content)
        ticket = self._described(record, copies)
        return TicketView(
            # Only a whole reading may be remembered as the state that was seen.
            ticket=ticket if only is None else replace(ticket, mark=""),
            surfaces=tuple(s for s in reading.surfaces() if only is None or s.kind in only),
            read_at=self._clock.now(),
            complete=self._redacts
            or self._sees_mail
            or any(t.type in MAIL_COPIES for t in copies.transactions),
        )

    def _copies(self, record: TicketRecord) -> Copies:
        if not self._redacts:
            return self.client.plain_copies(record)
        try:
            return self.client.copies(record.id)
        except NotFound:
            pass
        # Nor is a lost extension a lost ticket.
        raise HelpdeskUnavailable(
            "the extension does not answer", hint="deskwarden account test looks for it again"
        )

    def _content(self, attachment_id: str) -> bytes:
        return self.client.content(attachment_id, plugin=self._redacts)

    def _described(self, record: TicketRecord, copies: Copies) -> Ticket:
        times = (t.created for t in copies.transactions if t.created)
        return replace(
            self._facts_of(record),
            changed=max(times, default=None),
            mark=latest(copies.transactions),
        )

    def _facts_of(self, record: TicketRecord) -> Ticket:
        tags_field = self._settings.get("tags_field")
        return Ticket(
            id=record.id,
            code=f"#{record.id}",
            status=STATUSES.get(record.status, TicketStatus.OPEN),
            vendor_status=record.status,
            department=record.queue,
            assignee=record.owner if record.owner != NOBODY else None,
            requester=next(iter(record.requestors), None),
            tags=frozenset(v for f in record.fields if f.name == tags_field for v in f.values),
            created=record.created,
            due=record.due,
            url=f"{str(self._settings['url']).rstrip('/')}/Ticket/Display.html?id={record.id}",
        )

    def _redact(self, ticket_id: str, surface_id: str, content: Text, text: str) -> None:
        place = Place.of(surface_id, ticket_id)
        if place is None and surface_id.startswith("field:"):
            raise ChangedMeanwhile("the extension is new here: the ticket must be read again")
        if place is None:
            raise UnsupportedByHelpdesk("the extension does not write this")
        old = encoded(content.text, content.media_type)
        new = encoded(text, content.media_type)
        try:
            self.client.redact(place.kind, place.record, {place.name: (old, new)})
        except NotFound:
            raise ChangedMeanwhile("the record is no longer there") from None

    def _edit(self, record: TicketRecord, surface_id: str, old: str, new: str) -> None:
        if surface_id == SUBJECT:
            if record.subject != old:
                raise ChangedMeanwhile("the subject is another one now")
            self.client.update(record.id, {"Subject": new})
            return
        kind, _, rest = surface_id.partition(":")
        if kind != "field":
            raise UnsupportedByHelpdesk("this needs the extension")
        number, _, at = rest.partition(":")
        values = next((list(f.values) for f in record.fields if f.id == number), [])
        if values[int(at) : int(at) + 1] != [old]:
            raise ChangedMeanwhile("the custom field has another value now")
        values[int(at)] = new
        self.client.update(record.id, {"CustomFields": {number: values}})


def _checked(ticket_id: str) -> str:
    if ticket_id.isascii() and ticket_id.isdigit():
        return ticket_id
    raise NotFound("a ticket id of Request Tracker is a number")


def build(
    settings: Mapping[str, Any],
    secrets: Mapping[str, str],
    facts: Mapping[str, Any],
    *,
    budget: Budget,
    clock: Clock,
) -> RtConnector:
    """A connector for one account and one thread; a password is faster than a token."""
    client = Client(
        str(settings["url"]),
        token=secrets.get("token", ""),
        user=str(settings.get("user", "")),
        password=secrets.get("password", ""),
        budget=budget,
        clock=clock,
    )
    return RtConnector(client, settings, facts, clock)
