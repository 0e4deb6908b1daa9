"""The LiveAgent connector: tickets as surfaces, the ladder, our own tickets, access."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from connectors.address import checked
from connectors.http import Http
from connectors.liveagent import lists, matrix, refusals
from connectors.liveagent.access import Reader
from connectors.liveagent.client import Client
from connectors.liveagent.codes import STATUS_TO_SET
from connectors.liveagent.matrix import TAGS
from connectors.liveagent.own_tickets import OwnTickets
from connectors.liveagent.paging import Listed
from connectors.liveagent.previews import PREVIEWS, are_readable, preview_surfaces
from connectors.liveagent.reading import field_ids, message_surfaces, ticket_of, ticket_surfaces
from connectors.liveagent.records import GroupRecord, TicketRecord
from connectors.liveagent.setup import SPEC, setup_steps, undo_steps
from connectors.liveagent.times import zone
from integration.core.capabilities import Capabilities
from integration.core.errors import (
    ChangedMeanwhile,
    ConfigError,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
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
from integration.core.ports import Budget, Clock
from integration.core.surfaces import Surface, SurfaceKind, Text

__all__ = ["SPEC", "LiveAgent", "build", "setup_steps", "undo_steps"]

_ON_TICKET = frozenset({SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD, SurfaceKind.CONTACT_FIELD})
"""Kinds that `GET /tickets/{id}` gives; all others come with its messages."""
_PREVIEW = frozenset({SurfaceKind.PREVIEW})
_HTML = "text/html"
E_CONTAINS = "e_contains"
"""Fact: whether filter operator E finds a marker in a subject; the self-test proves it."""


@dataclass(slots=True)
class LiveAgent:
    """One LiveAgent account, for one thread. A clean ticket costs two calls."""

    client: Client
    settings: Mapping[str, Any]
    facts: Mapping[str, Any]
    clock: Clock
    v3_key: str = field(repr=False)
    _zone: tuple[tzinfo | None] | None = field(default=None, repr=False)
    _tags: dict[str, str] | None = None
    _last: TicketRecord | None = field(default=None, repr=False)
    """The ticket read last: its facts stand in for a call when only its messages are re-read."""
    _read: tuple[str, frozenset[str]] = ("", frozenset())
    """The ticket whose messages were read last, and their ids."""
    _own: OwnTickets = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """What the self-test proved of searching is known from the start."""
        self._own = OwnTickets(self.client, self.settings, self.facts.get(E_CONTAINS) is True)

    @property
    def calls(self) -> int:
        """How many requests it has sent."""
        return self.client.calls

    def capabilities(self) -> Capabilities:
        """What can be done on this account."""
        return matrix.capabilities(self.facts)

    def probe(self) -> Mapping[str, Any]:
        """Ask for the time zone and the tags: kept with the account, they save calls.

        Both keys are tried, and the name we write in: what is wrong is told before we write.
        """
        facts = {"timezone": self._timezone(), TAGS: self._read_tags()}
        self.client.check_v1()
        self._own.check_contact()
        # What the self-test went by stays so: it says what previews do, where it could read one.
        known = self.facts.get(PREVIEWS)
        previews = are_readable(self.client) if known is None else known
        return {**facts, E_CONTAINS: self._own.e_contains, PREVIEWS: previews}

    def fetch(self, ticket_id: str, *, only: frozenset[SurfaceKind] | None = None) -> TicketView:
        """The ticket with its surfaces: one call for itself, one for its messages.

        Its preview, which shows nothing that its messages do not, costs a third: when asked for.
        """
        with_messages = only is None or not only <= _ON_TICKET | _PREVIEW
        with_ticket = only is None or bool(only & _ON_TICKET) or not self._remembers(ticket_id)
        record = self._ticket(ticket_id, again=with_ticket)
        ticket = self._described(record)
        listed = self._groups(ticket_id) if with_messages else Listed(())
        if with_messages and self._others_wrote(ticket_id, listed.rows) and not with_ticket:
            # A chat may have begun: what is remembered of the ticket does not hold any more.
            record = self._ticket(ticket_id, again=True)
            ticket = self._described(record)
        surfaces = list(ticket_surfaces(record, ticket)) if with_ticket else []
        surfaces += message_surfaces(listed.rows, record, self.zone, download=self.client.download)
        if only is not None and only & _PREVIEW:
            surfaces += preview_surfaces(self.client, ticket_id)
        if only is not None:
            # Only a whole reading may be remembered as the state that was seen.
            ticket = replace(ticket, mark="")
            surfaces = [s for s in surfaces if s.kind in only]
        return TicketView(ticket, tuple(surfaces), self.clock.now(), listed.complete)

    def rewrite(self, view: TicketView, surface: Surface, text: str) -> None:
        """Write a subject or a custom field anew, if it and the ticket still are as read."""
        if surface.kind not in {SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD}:
            raise UnsupportedByHelpdesk("LiveAgent cannot edit a stored message")
        record = self._ticket(view.ticket.id, again=True)
        if surface.content != Text(_text_of(record, surface)):
            raise ChangedMeanwhile("LiveAgent: the text is no longer what was read")
        if self._described(record).grounds != view.ticket.grounds:
            raise ChangedMeanwhile("LiveAgent: the ticket is no longer what was decided upon")
        self.client.update_ticket(view.ticket.id, _rewritten(record, surface, text))

    def delete(self, view: TicketView, surface: Surface) -> None:  # noqa: ARG002 - the port
        """Ask for one message to be deleted; whether that erases it is for the re-read to say."""
        kind, _, message_id = surface.id.partition(":")
        if kind != "message":
            raise UnsupportedByHelpdesk("LiveAgent deletes messages only", reason="unsupported")
        try:
            self.client.delete_message(message_id)
        except NotFound:
            # Gone already, or of a kind this call does not reach ("only for legacy messages").
            raise UnsupportedByHelpdesk("LiveAgent does not know this message by its id") from None

    def post_note(self, ticket_id: str, text: str, *, media_type: str = "text/plain") -> None:
        """Write an internal note as the bot agent."""
        self.client.add_note(
            ticket_id, text, author=str(self.settings["bot_agent"]), is_html=media_type == _HTML
        )

    def create_ticket(self, draft: TicketDraft) -> str:
        """Create a ticket from our own contact to our own mail account; nobody is mailed."""
        return self._own.create(draft)

    def fresh(self, draft: TicketDraft) -> Ticket:
        """What a ticket of ours is like before anybody else acts on it."""
        return self._own.fresh(draft)

    def find_tickets(self, marker: str) -> tuple[str, ...]:
        """Ids of our own tickets with this marker in their subject, newest first."""
        return self._own.find(marker)

    def set_status(self, ticket_id: str, status: TicketStatus) -> None:
        """Open or close one of our own tickets."""
        if status not in STATUS_TO_SET:
            raise UnsupportedByHelpdesk("only open and closed can be set")
        self.client.update_ticket(ticket_id, {"status": STATUS_TO_SET[status]})

    def changed(self, cursor: str | None, *, now: datetime) -> ChangePage:
        """Tickets changed since the cursor, with a day's overlap."""
        return lists.changed(self.client, cursor, now=now, zone=self.zone)

    def history(self, cursor: str | None, *, since: datetime | None) -> ChangePage:
        """All tickets by the time of their creation."""
        return lists.history(
            self.client, cursor, since=since, zone=self.zone, is_ours=self._own.is_one
        )

    def tag_names(self) -> Mapping[str, str]:
        """Of all tags, the archived ones too: one call."""
        return self.client.tags()

    def snapshot(self, *, now: datetime) -> Snapshot:
        """Who has access; keys are compared with ours and let go of."""
        reader = Reader(self.client, self.zone, str(self.settings["bot_agent"]), self.v3_key)
        return reader.snapshot(now)

    def close(self) -> None:
        """Give back sockets."""
        self.client.close()

    @property
    def zone(self) -> tzinfo | None:
        """The account's time zone, asked for once; None when it cannot be known."""
        if self._zone is None:
            name = self.facts["timezone"] if "timezone" in self.facts else self._timezone()
            self._zone = (zone(str(name)),)
        return self._zone[0]

    @property
    def _url(self) -> str:
        return str(self.settings["url"]).rstrip("/")

    def _tag_names(self, tags: Iterable[str]) -> list[str]:
        """The names of these tags; the list is read again for an id that is not known yet.

        A tag made after the account was connected may mean a hold. An id that the list does not
        have either stands for itself, so that it costs one call and not one each time.
        """
        if self._tags is None:
            self._tags = dict(self.facts.get(TAGS) or {})
        unknown = set(tags) - self._tags.keys()
        if unknown and self.facts.get(TAGS, {}) is not None:
            self._tags |= dict.fromkeys(unknown, "") | (self._read_tags() or {})
        return [name for tag in tags if (name := self._tags.get(tag))]

    def _read_tags(self) -> dict[str, str] | None:
        try:
            return self.client.tags()
        except (Forbidden, NotFound):
            return None

    def _timezone(self) -> str:
        try:
            return self.client.timezone()
        except (Forbidden, NotFound):
            return ""

    def _described(self, record: TicketRecord) -> Ticket:
        names = self._tag_names(record.tags)
        return ticket_of(record, self.zone, url=self._url, tag_names=names)

    def _others_wrote(self, ticket_id: str, groups: Iterable[GroupRecord]) -> bool:
        """Whether messages have come in since the last look that are not notes of ours."""
        of, known = self._read
        authors = {m.id: m.userid or g.userid for g in groups for m in g.messages}
        self._read = ticket_id, frozenset(authors)
        fresh = authors.keys() - (known if of == ticket_id else frozenset())
        return any(authors[i] != self.settings["bot_agent"] for i in fresh)

    def _remembers(self, ticket_id: str) -> bool:
        return self._last is not None and self._last.id == ticket_id

    def _groups(self, ticket_id: str) -> Listed:
        """Its messages. Where these are not found, only the ticket says whether it is gone."""
        try:
            return self.client.groups(ticket_id)
        except NotFound:
            self._ticket(ticket_id, again=True)
        raise HelpdeskUnavailable("LiveAgent: its messages are not found", reason="incomplete")

    def _ticket(self, ticket_id: str, *, again: bool) -> TicketRecord:
        if again or self._last is None:
            self._last = self.client.ticket(ticket_id)
        return self._last


AGENT_PAGE = "/agent"
"""What the address of the panel ends with, as a browser shows it."""


def build(
    settings: Mapping[str, Any],
    secrets: Mapping[str, str],
    facts: Mapping[str, Any],
    *,
    budget: Budget,
    clock: Clock,
) -> LiveAgent:
    """A connector for one account, for one thread. Opens no socket yet.

    Raises ConfigError for an address with the agents' page: every call would be a 404.
    """
    if checked(str(settings["url"])).path.endswith(AGENT_PAGE):
        raise ConfigError([f"leave out {AGENT_PAGE} at the end of the address"])
    http = Http(
        str(settings["url"]), headers={}, budget=budget, clock=clock, classify=refusals.classify
    )
    own = {str(settings.get(name) or "") for name in ("contact_email", "mail_account")}
    client = Client(
        http, v3_key=secrets["v3_key"], v1_key=secrets["v1_key"], own=frozenset(own - {""})
    )
    return LiveAgent(client, settings, facts, clock, secrets["v3_key"])


def _text_of(record: TicketRecord, surface: Surface) -> str:
    """The present text of a subject or custom field; empty when the field is gone."""
    if surface.kind is SurfaceKind.SUBJECT:
        return record.subject
    custom = field_ids(record.custom_fields).get(surface.id)
    return custom.text if custom else ""


def _rewritten(record: TicketRecord, surface: Surface, text: str) -> dict[str, Any]:
    """The fields to send: the list of custom fields is replaced as a whole, so all are sent."""
    if surface.kind is SurfaceKind.SUBJECT:
        return {"subject": text}
    fields = field_ids(record.custom_fields)
    return {
        "custom_fields": [
            {"code": custom.code, "value": text if surface_id == surface.id else custom.value}
            for surface_id, custom in fields.items()
        ]
    }
