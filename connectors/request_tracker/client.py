"""The calls of REST 2 and of our extension that we use.

https://docs.bestpractical.com/rt/5.0.7/RT/REST2.html. RT checks a token or a password with bcrypt
on every request (a quarter of a second); a session cookie is ten times faster. With a password we
log in once, and Basic authentication stands in whenever the session has ended.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from connectors.egress import Fields, check
from connectors.http import Answer, Error, Expect, Http
from connectors.request_tracker.access_schemas import AccessSchema, PluginSchema, UserSchema
from connectors.request_tracker.answers import load
from connectors.request_tracker.egress import WRITES
from connectors.request_tracker.records import (
    Access,
    AttachmentRecord,
    Copies,
    Listed,
    Plugin,
    SubjectRecord,
    TicketRecord,
    TransactionRecord,
    UserRecord,
)
from connectors.request_tracker.schemas import (
    AttachmentSchema,
    ContentSchema,
    CopiesSchema,
    ListedSchema,
    TicketSchema,
    TransactionSchema,
)
from integration.core.errors import (
    ApiContractChanged,
    AuthExpired,
    ChangedMeanwhile,
    Forbidden,
    NotFound,
    PermanentError,
    UnsupportedByHelpdesk,
)
from integration.core.ports import Budget, Clock

REST = "REST/2.0"
LOGIN = "NoAuth/Login.html"
PER_PAGE = "100"
"""The most that RT gives."""
MAX_PAGES = 200
MOST_USERS = 500
"""Users of whom each is asked for whether he is privileged; an RT with more needs the extension."""
MORE_RIGHTS = "our user needs the rights of the manual for all queues"
_INTERNAL = "SystemInternal"
SESSION = timedelta(minutes=20)
"""How long a session is used before a new one is begun."""
STATUSES: Mapping[int, Error] = MappingProxyType(
    {405: UnsupportedByHelpdesk, 409: UnsupportedByHelpdesk, 412: ChangedMeanwhile}
)

Changes = Mapping[str, tuple[bytes, bytes]]
"""Field -> what it must hold, and what it shall hold."""


class Client:
    """One Request Tracker, from one thread, with a token or with a user and a password."""

    def __init__(
        self, url: str, *, token: str, user: str, password: str, budget: Budget, clock: Clock
    ) -> None:
        self._clock = clock
        self._user, self._password = user, password
        self._login_due = clock.now() if password else None
        basic = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._http = Http(
            url,
            headers={"Authorization": f"Basic {basic}" if password else f"token {token}"},
            budget=budget,
            clock=clock,
            statuses=STATUSES,
        )

    @property
    def calls(self) -> int:
        """Requests sent so far."""
        return self._http.calls

    def close(self) -> None:
        """Give back the sockets."""
        self._http.close()

    def version(self) -> str:
        """RT's version: `5.0.7`."""
        return str(self._get("rt").get("Version", ""))[:40]

    def plugin(self) -> Plugin | None:
        """Our extension, or None where it is not installed."""
        try:
            data = self._get("redaction")
        except NotFound:
            return None
        found: Plugin = load(PluginSchema, data)
        return found

    def ticket(self, ticket_id: str) -> TicketRecord:
        """Status, queue, people, subject and custom fields. Raises NotFound."""
        found: TicketRecord = load(TicketSchema, self._get(f"ticket/{ticket_id}"))
        return found

    def copies(self, ticket_id: str) -> Copies:
        """What is stored of a ticket and its people, in one call of the extension."""
        found: Copies = load(CopiesSchema, self._get(f"redaction/copies/{ticket_id}"))
        return found

    def plain_copies(self, ticket: TicketRecord) -> Copies:
        """What RT itself shows of a ticket's history: no old values, and mails only by right."""
        creator = {"fields[Creator]": "id,Name"}
        transactions = self._all(
            f"ticket/{ticket.id}/history",
            {"fields": "Type,OldValue,NewValue,Data,Creator,Created", **creator},
        )
        # `Parent` among the fields makes RT 5 answer 500.
        attachments = self._all(
            f"ticket/{ticket.id}/attachments",
            {
                "fields": "ContentType,ContentLength,Subject,Filename,Headers,MessageId,"
                "TransactionId,Creator,Created",
                **creator,
            },
        )
        return Copies(
            subjects=(SubjectRecord(ticket.id, ticket.subject),),
            transactions=tuple(self._transaction(row) for row in transactions),
            attachments=tuple(self._attachment(row) for row in attachments),
        )

    def content(self, attachment_id: str, *, plugin: bool) -> bytes:
        """The bytes of one attachment, its transfer encoding undone."""
        path = "redaction/attachment" if plugin else "attachment"
        data = load(ContentSchema, self._get(f"{path}/{attachment_id}"))
        return data["content"] or b""

    def sees_mail(self) -> bool:
        """Whether copies of sent mails are shown to us anywhere (right ShowOutgoingEmail)."""
        query = json.dumps([{"field": "Type", "value": "EmailRecord"}])
        return bool(self._get("transactions", {"query": query, "per_page": "1"}).get("items"))

    def redact(self, kind: str, record_id: str, changes: Changes) -> None:
        """Replace fields of one record. Raises ChangedMeanwhile when one is not as expected."""
        body = {
            name: {"expect": _base64(old), "value": _base64(new)}
            for name, (old, new) in changes.items()
        }
        self._send("PUT", f"redaction/{kind}/{record_id}", body)

    def update(self, ticket_id: str, body: Fields) -> None:
        """Change a ticket. RT answers 200 to a value it refuses: look again."""
        self._send("PUT", f"ticket/{ticket_id}", body)

    def comment(self, ticket_id: str, text: str, media_type: str) -> None:
        """Write an internal note."""
        body = {"Content": text, "ContentType": media_type}
        self._send("POST", f"ticket/{ticket_id}/comment", body)

    def create(self, body: Fields) -> str:
        """Create a ticket; its id."""
        answer = self._send("POST", "ticket", body, expect=Expect.JSON)
        return str(load(ListedSchema, answer.data).id)

    def tickets(self, query: str, *, order: str = "ASC") -> tuple[list[Listed], bool]:
        """One page of tickets by TicketSQL and id, and whether there is more."""
        return self._page(
            "tickets",
            {"query": query, "orderby": "id", "order": order, "fields": "Created,Subject"},
        )

    def deleted_tickets(self, after: int) -> tuple[list[Listed], bool]:
        """One page of deleted tickets by id, and whether there is more; by the extension."""
        return self._page("redaction/deleted", {"after": str(after)})

    def one_page(
        self, path: str, params: Mapping[str, str], page: int = 1
    ) -> tuple[list[Listed], bool]:
        """What we may see of one page, and whether RT tells of more: it looks two pages ahead."""
        data = self._get(path, {"per_page": PER_PAGE, **params, "page": str(page)})
        rows: list[Listed] = [load(ListedSchema, row) for row in _items(data)]
        return rows, bool(data.get("next_page"))

    def access(self) -> Access:
        """Who has access and how, by the extension."""
        found: Access = load(AccessSchema, self._get("redaction/access"))
        return found

    def privileged_users(self) -> Iterator[UserRecord]:
        """The members of RT's internal group Privileged: a call for each. Raises Forbidden.

        An RT with the security patches of November 2026 shows no internal group (Debian
        5.0.7+dfsg-4+deb13u4): there every user is asked for, if they are not too many.
        """
        query = json.dumps([{"field": "Domain", "value": _INTERNAL}])
        groups = self._all("groups", {"query": query, "fields": "Name,Domain"})
        ids = [
            group.get("id")
            for group in groups
            if group.get("Name") == "Privileged" and group.get("Domain") in {None, "", _INTERNAL}
        ]
        if not ids:
            yield from self._privileged_of_all()
            return
        for member in self._all(f"group/{ids[0]}/members", {}):
            yield load(UserSchema, self._get(f"user/{member.get('id')}"))

    def _privileged_of_all(self) -> Iterator[UserRecord]:
        query = json.dumps([{"field": "id", "operator": ">", "value": "0"}])
        names = [
            user.get("id") for user in islice(self._all("users", {"query": query}), MOST_USERS + 1)
        ]
        if not names or len(names) > MOST_USERS:  # RT leaves out what we may not see
            raise Forbidden("Request Tracker does not show who is privileged")
        for name in names:
            user = self._get(f"user/{quote(str(name), safe='')}")
            if user.get("Privileged"):
                yield load(UserSchema, user)

    def _transaction(self, row: object) -> TransactionRecord:
        found: TransactionRecord = load(TransactionSchema, row)
        return found

    def _attachment(self, row: object) -> AttachmentRecord:
        found: AttachmentRecord = load(AttachmentSchema, row)
        return found

    def _page(self, path: str, params: Mapping[str, str]) -> tuple[list[Listed], bool]:
        """The first page that shows something: RT leaves out rows that we may not see."""
        for page in range(1, MAX_PAGES + 1):
            rows, more = self.one_page(path, params, page)
            if rows or not more:
                return rows, more
        raise Forbidden("Request Tracker lists only what our user may not see", hint=MORE_RIGHTS)

    def _all(self, path: str, params: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Every row of a list. `total` and `pages` may be null; `next_page` is the only truth."""
        for page in range(1, MAX_PAGES + 1):
            data = self._get(path, {"per_page": PER_PAGE, **params, "page": str(page)})
            yield from _items(data)
            if not data.get("next_page"):
                return
        raise PermanentError("the list has too many pages", reason="too_big")

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        data = self._http.request("GET", self._path(path), params=params).data
        if not isinstance(data, dict):
            raise ApiContractChanged("an object was expected")
        return data

    def _send(
        self, method: str, path: str, body: Fields, *, expect: Expect = Expect.NOTHING
    ) -> Answer:
        """Write. The answer to a change quotes old and new values: it is not looked at."""
        check(WRITES, method, f"{REST}/{path}", body)
        return self._http.request(method, self._path(path), json=body or None, expect=expect)

    def _path(self, path: str) -> str:
        self._log_in_when_due(self._clock.now())
        return f"{REST}/{path}"

    def _log_in_when_due(self, now: datetime) -> None:
        if self._login_due is None or now < self._login_due:
            return
        # `next` makes RT answer a right password with a redirect, and a wrong one with the form.
        form = {"user": self._user, "pass": self._password, "next": "1"}
        check(WRITES, "POST", LOGIN, form)
        try:
            self._http.request("POST", LOGIN, data=form, expect=Expect.NOTHING)
        except PermanentError as error:
            if error.reason != "redirected":
                raise
        else:
            raise AuthExpired("Request Tracker did not accept the user and password")
        self._login_due = now + SESSION


def _items(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = data.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ApiContractChanged("items: a list of objects was expected")
    return items


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
