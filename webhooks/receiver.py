"""The one way in for webhooks: bytes, proof, ids, a durable row, an answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request

from integration.core import subjects
from integration.core.errors import (
    DeskwardenError,
    MalformedDelivery,
    PayloadTooLarge,
    RateLimited,
    RejectedRequest,
    UnknownAccount,
    UnsupportedContentType,
)
from integration.core.models import Delivery, Event, EventKind, Priority
from integration.core.rows import Upserted
from integration.core.web import HookSource, Taken, WebServices
from webhooks.answers import answer_in_bytes, in_bytes, refusal
from webhooks.ids import is_plain_id
from webhooks.metrics import Metrics
from webhooks.nesting import too_deep
from webhooks.scheduling import let_answers_go_first
from webhooks.window import Window

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

MAX_SUBJECTS = 20
"""More tickets than this in one delivery are left to the reconciler: a commit each would hold up
the sender."""

RETRY_AFTER = 5.0
"""Seconds we ask a sender to wait when the database did not take the row."""

_ACCEPTED = {
    result: (status, in_bytes({"status": word}))
    for result, status, word in (
        (Taken.NEW, 202, "accepted"),
        (Taken.ALREADY_DUE, 200, "already_due"),
        (Taken.UNKNOWN_EVENT, 202, "accepted"),
        (Taken.PING, 200, "ok"),
    )
}


@dataclass(frozen=True, slots=True)
class _Due:
    """What one delivery makes due."""

    subject: str
    priority: Priority
    delivery_id: str | None = None


class Receiver:
    """Takes deliveries for every helpdesk; vendor knowledge is in the source's two functions."""

    def __init__(self, services: WebServices, metrics: Metrics) -> None:
        self._services = services
        self._metrics = metrics
        self._window = Window(services.settings.deliveries_per_minute)
        # Stands in for the secrets of an account that does not exist: a stranger gets the same
        # answer after the same work, and cannot tell which accounts there are.
        self._decoys = (secrets.token_urlsafe(32),)

    def mount(self, app: Flask) -> None:
        """Add the two forms of the route."""
        for rule in ("/hooks/<helpdesk>/<account>", "/hooks/<helpdesk>/<account>/<token>"):
            app.add_url_rule(
                rule,
                endpoint="hook",
                view_func=self.receive,
                methods=["POST"],
                provide_automatic_options=False,
            )

    def receive(self, helpdesk: str, account: str, token: str | None = None) -> Response:
        """Answer one delivery: 202 new, 200 already due, 4xx refused, 503 when not committed."""
        source = self._services.sources.get(helpdesk)
        if source is None:
            abort(404)
        began = time.perf_counter()
        response = self._answer(source, helpdesk, account, token)
        self._metrics.observe(helpdesk, time.perf_counter() - began)
        return response

    def _answer(
        self, source: HookSource, helpdesk: str, account: str, token: str | None
    ) -> Response:
        try:
            result = self._take(source, helpdesk, account, token)
        except DeskwardenError as error:
            return self._refuse(helpdesk, account, error)
        status, content = _ACCEPTED[result]
        self._metrics.delivery(helpdesk, result)
        now = self._services.clock.now()
        self._services.received.count(account, result, status=status, at=now)
        return answer_in_bytes(status, content)

    def _refuse(self, helpdesk: str, account: str, error: DeskwardenError) -> Response:
        result, status, retry_after = _refusal_of(error)
        self._metrics.delivery(helpdesk, result, error.reason)
        now, known = self._services.clock.now(), self._known(helpdesk, account)
        self._services.received.count(known, error.reason, status=status, at=now)
        return refusal(status, retry_after=retry_after)

    def _known(self, helpdesk: str, account: str) -> str:
        """The account, or nothing for one that is not connected: a stranger may name anything."""
        try:
            return account if self._services.secrets_for(helpdesk, account) else ""
        except DeskwardenError:
            return ""

    def _take(self, source: HookSource, helpdesk: str, account: str, token: str | None) -> Taken:
        now = self._services.clock.now()
        delivery = self._delivery(source, token)
        self._prove(source, helpdesk, account, delivery, now=now)
        let_answers_go_first()
        self._window.count(account, now=now)
        if too_deep(delivery.body):
            raise MalformedDelivery("nested too deep", reason="too_deep")
        events = source.webhook.parse(delivery)
        if events and all(event.kind is EventKind.PING for event in events):
            return Taken.PING
        return self._submit(account, events, now=now)

    def _delivery(self, source: HookSource, token: str | None) -> Delivery:
        environ = request.environ
        if _media_type(environ) not in source.content_types:
            raise UnsupportedContentType("not a content type of this helpdesk")
        return Delivery(
            headers=_Headers(environ),
            body=_body(environ, self._services.settings.body_limit),
            token=token,
            query=request.args.to_dict() if environ.get("QUERY_STRING") else {},
        )

    def _prove(
        self, source: HookSource, helpdesk: str, account: str, delivery: Delivery, *, now: datetime
    ) -> None:
        known = self._services.secrets_for(helpdesk, account)
        try:
            source.webhook.verify(delivery, known or self._decoys, now=now)
        except RejectedRequest:
            if known:
                raise
        if not known:
            raise UnknownAccount("no such account")

    def _submit(self, account: str, events: Sequence[Event], *, now: datetime) -> Taken:
        dues, are_plain = _dues(events)
        results = [
            self._services.ingest.submit(
                account,
                due.subject,
                due_at=now,
                priority=due.priority,
                delivery_id=due.delivery_id,
            )
            for due in dues
        ]
        if not are_plain:
            return Taken.UNKNOWN_EVENT
        return Taken.NEW if Upserted.NEW in results else Taken.ALREADY_DUE


def _refusal_of(error: DeskwardenError) -> tuple[str, int, float | None]:
    """How it is counted, the status, and the seconds to wait before sending it again."""
    if isinstance(error, RejectedRequest):
        return "rejected", error.status, None
    if isinstance(error, RateLimited):
        return "rejected", 429, error.retry_after
    return "failed", 503, RETRY_AFTER


class _Headers(Mapping[str, str]):
    """The headers of a request by their lower-case names, looked up in WSGI when asked for.

    A proof reads two; in WSGI they stand among all the variables of this process.
    """

    def __init__(self, environ: WSGIEnvironment) -> None:
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        value: str = self._environ[f"HTTP_{name.upper().replace('-', '_')}"]
        return value

    def __iter__(self) -> Iterator[str]:
        for name in self._environ:
            if name.startswith("HTTP_"):
                yield name[5:].replace("_", "-").lower()

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _media_type(environ: WSGIEnvironment) -> str:
    """The declared type without its parameters; the framework would read those, too."""
    declared: str = environ.get("CONTENT_TYPE", "")
    return declared.partition(";")[0].strip().lower()


def _body(environ: WSGIEnvironment, limit: int) -> bytes:
    """The raw body, read no further than the limit, whether its length was declared or not."""
    declared = request.content_length
    if declared is None:
        return _undeclared_body(limit)
    if declared > limit:
        raise PayloadTooLarge("body over the limit")
    # One read, where the framework reads until nothing comes: each may switch threads.
    body: bytes = environ["wsgi.input"].read(declared)
    if len(body) != declared:
        raise MalformedDelivery("body cut short", reason="cut_short")
    return body


def _undeclared_body(limit: int) -> bytes:
    # Cut one byte over the limit: see `MAX_CONTENT_LENGTH` in `app`.
    body = request.get_data(cache=False)
    if len(body) > limit:
        raise PayloadTooLarge("body over the limit")
    return body


def _delivery_id(event: Event) -> str | None:
    """The vendor's id of the delivery, which may say of what kind it is: `transaction:17`."""
    given = event.delivery_id
    return given if given and is_plain_id(given.replace(":", "-")) else None


def _dues(events: Sequence[Event]) -> tuple[list[_Due], bool]:
    """What the events make due, and whether all of them name something we can look at.

    Each ticket once; anything else makes the account reconcile.
    """
    dues: dict[str, _Due] = {}
    are_plain = bool(events)
    for event in events or (Event(EventKind.UNKNOWN),):
        if event.kind is EventKind.PING:
            continue
        subject, priority = subjects.RECONCILE, Priority.RECONCILE
        is_plain = event.kind is EventKind.TICKET and is_plain_id(event.ticket_id)
        if is_plain and event.ticket_id:
            subject, priority = subjects.of_ticket(event.ticket_id), Priority.LIVE
        are_plain = are_plain and is_plain
        dues.setdefault(subject, _Due(subject, priority, _delivery_id(event)))
    if len(dues) > MAX_SUBJECTS:
        return [_Due(subjects.RECONCILE, Priority.RECONCILE)], are_plain
    return list(dues.values()), are_plain
