"""API v3: canned messages, predefined answers, contact groups, companies and filters.

The published client reads one contact group as a list with one item, as it does for tags.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connectors.liveagent.simulator.bodies import COMPANY, FILTER, GROUP, Fields, fits
from connectors.liveagent.simulator.query import Columns, Page, page_style
from connectors.liveagent.simulator.records import Answer
from connectors.liveagent.simulator.web import Call, Route, found, optional, text
from connectors.liveagent.simulator.wire import Row

_ANSWER_COLUMNS = Columns(
    frozenset({"id", "departmentid", "userid", "name", "subject", "body", "format"})
    | {"messagetext", "keywords"},
    "id",
)


def _answer_views(kind: str) -> tuple[Callable[..., Any], ...]:
    """List, get, create, update and delete of canned messages or predefined answers."""
    text_field = "messagetext" if kind == "canned" else "body"
    name_field = "keywords" if kind == "canned" else "name"

    def shelf(call: Call) -> dict[str, Answer]:
        store = call.context.store
        return store.canned if kind == "canned" else store.answers

    def shown(call: Call, answer: Answer) -> Row:
        account = call.context.account
        return account.canned(answer) if kind == "canned" else account.predefined(answer)

    def fill(answer: Answer, body: dict[str, Any]) -> None:
        answer.text = text(body, text_field, answer.text or None)
        # Keywords may be left out; the name of a predefined answer may not.
        named = answer.name if kind == "canned" else answer.name or None
        answer.name = text(body, name_field, named)
        answer.subject = text(body, "subject", answer.subject)
        answer.format = optional(body, "format", answer.format, "T H")
        answer.user_id = text(body, "userid", answer.user_id)
        answer.department_id = text(body, "departmentid", answer.department_id)

    def of(call: Call, answer_id: str) -> Answer:
        return found(shelf(call).get(answer_id), "Row")

    def list_all(call: Call) -> Page:
        rows = [shown(call, answer) for answer in shelf(call).values()]
        return page_style(rows, call.params, _ANSWER_COLUMNS)

    def get(call: Call, answer_id: str) -> Row:
        return shown(call, of(call, answer_id))

    def create(call: Call) -> Row:
        answer = Answer(call.context.store.new_id(), "", "")
        fill(answer, call.body())
        shelf(call)[answer.id] = answer
        return shown(call, answer)

    def update(call: Call, answer_id: str) -> Row:
        fill(of(call, answer_id), call.body())
        return get(call, answer_id)

    def delete(call: Call, answer_id: str) -> None:
        of(call, answer_id)
        del shelf(call)[answer_id]

    return list_all, get, create, update, delete


def _answer_routes(path: str, kind: str, scope: str) -> list[Route]:
    list_all, get, create, update, delete = _answer_views(kind)
    return [
        ("GET", path, f"{scope}.read", list_all),
        ("POST", path, f"{scope}.manage", create),
        ("GET", f"{path}/<answer_id>", f"{scope}.read", get),
        ("PUT", f"{path}/<answer_id>", f"{scope}.manage", update),
        ("DELETE", f"{path}/<answer_id>", f"{scope}.manage", delete),
    ]


_MADE: dict[str, Callable[[Call], Row]] = {
    "groups": lambda _call: {},
    "companies": lambda call: {
        "type": "V",
        "date_created": call.context.store.stamp(call.context.store.now()),
    },
    "filters": lambda call: {"rtype": "C", "is_public": False, "user_id": call.key.user_id},
}
"""What a new row has before the fields of the request."""


def _one(shelf_name: str, row: Row) -> Row | list[Row]:
    return [row] if shelf_name == "groups" else row


def _row_routes(
    path: str, shelf_name: str, fields: Fields, scopes: tuple[str, str], key: str = "id"
) -> list[Route]:
    """List, get, create, update and delete of contact groups, companies or filters."""
    read, write = scopes
    columns = Columns(frozenset(fields), key, aliases={"datecreated": "date_created"})

    def taken(body: Row) -> Row:
        fits(body, fields)
        return {name: value for name, value in body.items() if name in fields and value is not None}

    def shelf(call: Call) -> dict[str, Row]:
        rows: dict[str, Row] = getattr(call.context.store, shelf_name)
        return rows

    def of(call: Call, row_id: str) -> Row:
        return found(shelf(call).get(row_id), "Row")

    def get(call: Call, row_id: str) -> Row | list[Row]:
        return _one(shelf_name, of(call, row_id))

    def list_all(call: Call) -> Page:
        return page_style(list(shelf(call).values()), call.params, columns)

    def create(call: Call) -> Row:
        body = call.body()
        text(body, "name")
        row = {**_MADE[shelf_name](call), **taken(body), key: call.context.store.new_id()}
        shelf(call)[row[key]] = row
        return row

    def update(call: Call, row_id: str) -> Row | list[Row]:
        row = of(call, row_id)
        row.update({**taken(call.body()), key: row_id})
        return _one(shelf_name, row)

    def delete(call: Call, row_id: str) -> None:
        of(call, row_id)
        if shelf_name == "companies":
            call.named("deleteTickets")
        del shelf(call)[row_id]

    return [
        ("GET", path, read, list_all),
        ("POST", path, write, create),
        ("GET", f"{path}/<row_id>", read, get),
        ("PUT", f"{path}/<row_id>", write, update),
        ("DELETE", f"{path}/<row_id>", write, delete),
    ]


def _register(call: Call, row_id: str) -> Row:
    row: Row = found(call.context.store.companies.get(row_id), "Row")
    call.named("registration_email")
    row["type"] = "R"
    return row


def _unregister(call: Call, row_id: str) -> Row:
    row: Row = found(call.context.store.companies.get(row_id), "Row")
    row["type"] = "V"
    return row


ROUTES: list[Route] = [
    *_answer_routes("/canned_messages", "canned", "canned_message"),
    *_answer_routes("/predefined_answers", "predefined", "predefined_answer"),
    *_row_routes("/groups", "groups", GROUP, ("contact_group.read", "contact_group.manage")),
    *_row_routes("/companies", "companies", COMPANY, ("contact.read", "contact.edit")),
    *_row_routes("/filters", "filters", FILTER, ("filter.read", "filter.write"), "filter_id"),
    ("PUT", "/companies/<row_id>/_register", "contact.edit", _register),
    ("DELETE", "/companies/<row_id>/_unregister", "contact.edit", _unregister),
]
