"""The calls of LiveAgent's API v3 (header `apikey`) and v1 (form `apikey`) that we use.

Source: the vendor's published API v3 client, and its pages on API v1 (deprecated, but the only way
to write a note). Every write passes the egress guard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from marshmallow import Schema

from connectors.egress import check
from connectors.http import Answer, Expect, Http
from connectors.liveagent import egress, paging, refusals
from connectors.liveagent.paging import Listed, Params
from connectors.liveagent.records import (
    AgentRecord,
    ApiKeyRecord,
    DepartmentRecord,
    PluginRecord,
    PreviewRecord,
    TicketRecord,
)
from connectors.liveagent.schemas import (
    ID,
    AgentRowSchema,
    AgentSchema,
    ApiKeySchema,
    DepartmentSchema,
    GroupSchema,
    MailAccountSchema,
    PluginSchema,
    PreviewSchema,
    TagSchema,
    TicketSchema,
    TimezoneSchema,
    load,
    many,
    one,
)
from connectors.liveagent.times import is_over
from integration.core.errors import (
    ApiContractChanged,
    AuthExpired,
    DeskwardenError,
    Forbidden,
    NotFound,
    PermanentError,
)

V1_READ = "api/departments"
"""What the v1 key is tried on: it reads little and changes nothing."""

Filter = tuple[str, str, str]
Filters = Sequence[Filter]


class Client:
    """LiveAgent's API for one account and one thread."""

    def __init__(self, http: Http, *, v3_key: str, v1_key: str, own: frozenset[str]) -> None:
        self._http = http
        self._v3 = {"apikey": v3_key}
        self._v1_key = v1_key
        self._writes = egress.writes(own)

    @property
    def calls(self) -> int:
        """Requests sent so far."""
        return self._http.calls

    def ticket(self, ticket_id: str) -> TicketRecord:
        """`GET /tickets/{id}`."""
        answer = self._get(f"tickets/{_id(ticket_id)}")
        record: TicketRecord = load(one(TicketSchema), answer.data)
        over = is_over(record.date_changed, served=answer.served, seconds=answer.seconds)
        return replace(record, settled=over)

    def groups(self, ticket_id: str) -> Listed:
        """`GET /tickets/{id}/messages`, quoted text included: GroupRecords in order."""
        path = f"tickets/{_id(ticket_id)}/messages"
        return self._pages(path, many(GroupSchema), {"includeQuotedMessages": "true"})

    def tickets(
        self, filters: Filters, *, sort: str, direction: str = "ASC", page: int = 1
    ) -> list[TicketRecord]:
        """One page of `GET /tickets`; `paging.more_may_follow` says whether it is the last."""
        params = {
            **paging.numbered(page),
            "_sortField": sort,
            "_sortDir": direction,
        }
        if filters:
            params["_filters"] = json.dumps(filters)
        rows: list[TicketRecord] = load(many(TicketSchema), self._get("tickets", params).data)
        return rows

    def previews(self, ticket_id: str | None = None) -> list[PreviewRecord]:
        """`GET /grid/tickets`: what lists show of this ticket, or of a few; one call.

        The filter by id is not documented: `previews.are_readable` proves it.
        """
        params = {"_perPage": str(paging.DEFAULT_PER_PAGE)}
        if ticket_id is not None:
            params["_filters"] = json.dumps([("conversationid", "E", _id(ticket_id))])
        rows: list[PreviewRecord] = load(
            many(PreviewSchema), self._get("grid/tickets", params).data
        )
        return rows

    def update_ticket(self, ticket_id: str, fields: Mapping[str, Any]) -> None:
        """`PUT /tickets/{id}` with just these fields. Says nothing about success."""
        self._write("PUT", f"tickets/{_id(ticket_id)}", fields)

    def create_ticket(self, fields: Mapping[str, Any]) -> TicketRecord:
        """`POST /tickets`. After a failure it may stand all the same: look before repeating."""
        answer = self._write("POST", "tickets", fields, expect=Expect.JSON)
        record: TicketRecord = load(one(TicketSchema), answer.data)
        return record

    def delete_message(self, message_id: str) -> None:
        """`DELETE /messages/{id}`. Whether it erases is for the re-read to say."""
        self._write("DELETE", f"messages/{_id(message_id)}", {})

    def add_note(self, ticket_id: str, text: str, *, author: str, is_html: bool) -> None:
        """Post a note over v1 (`type=N`); v3 has no call for it. The answer may be empty."""
        fields = {
            "message": text,
            "type": "N",
            "useridentifier": author,
            "do_not_send_mail": "Y",
            "is_html_message": "Y" if is_html else "N",
        }
        path = f"api/conversations/{_id(ticket_id)}/messages"
        check(self._writes, "POST", path, fields)
        answer = self._v1("POST", path, data={**fields, "apikey": self._v1_key})
        if _is_v1_error(answer.body):
            raise PermanentError("LiveAgent: API v1 refused the note", reason="v1_error")

    def check_v1(self) -> None:
        """Read something with the v1 key. Raises AuthExpired or Forbidden, and names the key.

        The header was seen to be accepted; the address, where the key is documented to stand, is
        tried only after it, because addresses end up in logs.
        """
        key = {"apikey": self._v1_key}
        if self._v1_refuses(headers=key) and (refused := self._v1_refuses(params=key)):
            raise refused

    def _v1_refuses(self, **key: Params) -> DeskwardenError | None:
        try:
            answer = self._v1("GET", V1_READ, **key)
        except NotFound:
            return None  # it let us in and has no such list
        except (AuthExpired, Forbidden) as error:
            return error
        return _refused("v1", f"GET /{V1_READ}") if _is_v1_error(answer.body) else None

    def timezone(self) -> str:
        """`GET /settings`: the name of the account's time zone, or ""."""
        answer = self._get("settings", {"settingsNames": "TIMEZONE"})
        rows: list[dict[str, str]] = load(many(TimezoneSchema), answer.data)
        return next((row["value"] for row in rows if row["name"] == "TIMEZONE"), "")

    def agents(self) -> tuple[AgentRecord, ...]:
        """`GET /agents`. Fails with 500 on one bad row before 5.63.4: see `agents_grid`."""
        return self._whole("agents", many(AgentSchema))

    def agents_grid(self) -> tuple[AgentRecord, ...]:
        """`GET /grid/agents`: the same people without their roles."""
        return tuple(self._cursor("grid/agents", many(AgentRowSchema)))

    def departments(self) -> tuple[DepartmentRecord, ...]:
        """`GET /departments`."""
        return self._whole("departments", many(DepartmentSchema))

    def mail_accounts(self) -> tuple[str, ...]:
        """`GET /mail_accounts`: addresses. Left out of the newer documentation: may be missing."""
        rows = load(many(MailAccountSchema), self._get("mail_accounts").data)
        return tuple(row["email"] for row in rows if row["email"])

    def tags(self) -> dict[str, str]:
        """`GET /tags`: id -> name, of the archived ones too."""
        return {tag.id: tag.name for tag in self._whole("tags", many(TagSchema))}

    def plugins(self) -> tuple[PluginRecord, ...]:
        """`GET /grid/plugins`: installed ones, active or not."""
        return tuple(self._cursor("grid/plugins", many(PluginSchema)))

    def api_keys(self) -> Iterator[ApiKeyRecord]:
        """`GET /apikeys`: the records hold the keys themselves; let go of them at once."""
        return self._cursor("apikeys", many(ApiKeySchema))

    def api_key(self, key_id: str) -> ApiKeyRecord:
        """`GET /apikeys/{id}`: with its privileges."""
        record: ApiKeyRecord = load(one(ApiKeySchema), self._get(f"apikeys/{_id(key_id)}").data)
        return record

    def download(self, path: str) -> bytes:
        """A file by its `download_url`, which is relative to the host."""
        return self._v3_call("GET", path, expect=Expect.BYTES).body

    def close(self) -> None:
        """Give back the sockets."""
        self._http.close()

    def _get(self, path: str, params: Params | None = None) -> Answer:
        return self._v3_call("GET", f"api/v3/{path}", params=params)

    def _write(
        self,
        method: str,
        path: str,
        fields: Mapping[str, Any],
        *,
        expect: Expect = Expect.NOTHING,
    ) -> Answer:
        whole = f"api/v3/{path}"
        check(self._writes, method, whole, fields)
        return self._v3_call(method, whole, json=fields or None, expect=expect)

    def _v3_call(self, method: str, path: str, **parts: Any) -> Answer:  # noqa: ANN401
        return self._call("v3", method, path, headers=self._v3, **parts)

    def _v1(self, method: str, path: str, **parts: Any) -> Answer:  # noqa: ANN401
        try:
            return self._call("v1", method, path, expect=Expect.NOTHING, **parts)
        except Forbidden as error:
            error.hint = refusals.V1_BARRED
            raise

    def _call(self, api: str, method: str, path: str, **parts: Any) -> Answer:  # noqa: ANN401
        """One request; where the key is refused, the error names which of the two it is."""
        try:
            return self._http.request(method, path, **parts)
        except AuthExpired as error:
            said = str(error)
        raise _refused(api, said)

    def _whole(self, path: str, schema: Schema) -> tuple[Any, ...]:
        """All rows of a list in page style. Raises HelpdeskUnavailable where it may be cut off."""
        listed = self._pages(path, schema, {})
        if not listed.complete:
            raise paging.cut_off(path)
        return listed.rows

    def _pages(self, path: str, schema: Schema, params: Params) -> Listed:
        def read(page: Params) -> Sequence[Any]:
            rows: Sequence[Any] = load(schema, self._get(path, {**params, **page}).data)
            return rows

        return paging.by_number(read, key=_key)

    def _cursor(self, path: str, schema: Schema) -> Iterator[Any]:
        def read(page: Params) -> tuple[Sequence[Any], str | None]:
            answer = self._get(path, page)
            return load(schema, answer.data), answer.headers.get(paging.CURSOR_HEADER)

        return paging.by_cursor(read, path)


def _id(value: str) -> str:
    """Let an id into a path. Raises ApiContractChanged for anything else."""
    if not ID.fullmatch(value):
        raise ApiContractChanged("LiveAgent: not an id")
    return value


def _refused(api: str, said: str) -> AuthExpired:
    message = f"LiveAgent does not accept the API {api} key; {said}"
    return AuthExpired(message, hint=refusals.KEYS[api])


def _key(row: Any) -> str:  # noqa: ANN401 - any of the records
    return str(row.department_id if isinstance(row, DepartmentRecord) else row.id)


def _is_v1_error(body: bytes) -> bool:
    """Whether v1 answered 200 and yet `{"response": {"status": "ERROR", ...}}`."""
    try:
        response = json.loads(body)["response"]
        return bool(response["status"] == "ERROR")
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
