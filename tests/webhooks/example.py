from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from integration.core.errors import MalformedDelivery, SignatureInvalid, StoreUnavailable
from integration.core.models import Event, EventKind
from integration.core.rows import Upserted
from integration.core.web import WebServices, WebSettings
from webhooks.app import create_app

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECRET = "correct horse battery staple"
TOLERANCE = 300


@dataclass
class FixedClock:
    at: datetime = NOW

    def now(self):
        return self.at

    def sleep(self, seconds):
        self.at += timedelta(seconds=seconds)


def signature(body, *, at=NOW, secret=SECRET):
    """Headers by which the example helpdesk proves a body."""
    stamp = str(int(at.timestamp()))
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Timestamp": stamp, "X-Signature": mac}


class ExampleWebhook:
    """A helpdesk that signs time and body; its events name a ticket."""

    @staticmethod
    def verify(delivery, secrets, *, now):
        stamp = delivery.headers.get("x-timestamp", "")
        if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            raise SignatureInvalid("no timestamp")
        if abs(int(stamp) - now.timestamp()) > TOLERANCE:
            raise SignatureInvalid("too old or too new", reason="timestamp")
        given = delivery.headers.get("x-signature", "").encode()
        at = datetime.fromtimestamp(int(stamp), UTC)
        expected = [signature(delivery.body, at=at, secret=s)["X-Signature"] for s in secrets]
        if not any(hmac.compare_digest(e.encode(), given) for e in expected):
            raise SignatureInvalid("no secret fits")

    @staticmethod
    def parse(delivery):
        try:
            events = json.loads(delivery.body)["events"]
            return [
                Event(EventKind(e["kind"]), e.get("ticket"), delivery_id=e.get("id"))
                for e in events
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MalformedDelivery("not what the example sends") from error


@dataclass
class MemoryIngest:
    """Keeps what was submitted; can be told that the database is gone."""

    rows: list = field(default_factory=list)
    down: bool = False

    def submit(self, account, subject, *, due_at, priority, delivery_id=None):
        if self.down:
            raise StoreUnavailable("disk full")
        found = any(row[:2] == (account, subject) for row in self.rows)
        self.rows.append((account, subject, due_at, priority, delivery_id))
        return Upserted.ALREADY_DUE if found else Upserted.NEW

    @property
    def subjects(self):
        return [row[1] for row in self.rows]


@dataclass
class MemoryReceived:
    """Keeps what was counted."""

    counted: list = field(default_factory=list)

    def count(self, account, result, *, status, at):
        self.counted.append((account, str(result), status, at))


def body_of(*events):
    return json.dumps({"events": list(events)}).encode()


def ticket(ticket_id="42", **more):
    return {"kind": "ticket", "ticket": ticket_id, **more}


@dataclass
class Web:
    """The application over fakes, and a sender that signs."""

    services: WebServices
    clock: FixedClock
    ingest: MemoryIngest
    received: MemoryReceived
    backlog: dict
    readiness: list

    def __post_init__(self):
        self.client = create_app(self.services).test_client()

    def with_settings(self, **settings):
        changed = replace(self.services, settings=WebSettings(**settings))
        return replace(self, services=changed)

    def post(self, body, *, path="/hooks/example/acme", headers=None, **more):
        headers = signature(body, at=self.clock.at) if headers is None else headers
        more.setdefault("content_type", "application/json")
        return self.client.post(path, data=body, headers=headers, **more)

    def metrics(self):
        return self.client.get("/metrics").get_data(as_text=True)
