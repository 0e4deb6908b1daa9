"""API v3: canned messages, predefined answers, contact groups and companies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connectors.liveagent.simulator.query import Columns, Page, page_style
from connectors.liveagent.simulator.records import Answer
from connectors.liveagent.simulator.web import Call, Route, found, text
from connectors.liveagent.simulator.wire import Row

_ANSWER_COLUMNS = Columns(
    frozenset({"id", "departmentid", "userid", "name", "subject", "body", "format"})
    | {"messagetext", "keywords"},
    "id",
)
_NAMED_COLUMNS = Columns(
    frozenset({"id", "name", "description", "color", "background_color", "type", "emails"})
    | {"phones", "groups", "date_created", "date_changed"},
    "id",
    aliases={"datecreated": "date_created", "datechanged": "date_changed"},
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
        answer.name = text(body, name_field, answer.name)
        answer.subject = text(body, "subject", answer.subject)
        answer.format = text(body, "format", answer.format)

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


def _named_routes(path: str, shelf_name: str, read: str, write: str) -> list[Route]:
    """List, get, create, update and delete of contact groups or companies."""

    def shelf(call: Call) -> dict[str, Row]:
        rows: dict[str, Row] = getattr(call.context.store, shelf_name)
        return rows

    def of(call: Call, row_id: str) -> Row:
        return found(shelf(call).get(row_id), "Row")

    def list_all(call: Call) -> Page:
        return page_style(list(shelf(call).values()), call.params, _NAMED_COLUMNS)

    def create(call: Call) -> Row:
        body = call.body()
        text(body, "name")
        row = {**body, "id": call.context.store.new_id()}
        shelf(call)[row["id"]] = row
        return row

    def update(call: Call, row_id: str) -> Row:
        row = of(call, row_id)
        row.update({**call.body(), "id": row_id})
        return row

    def delete(call: Call, row_id: str) -> None:
        of(call, row_id)
        del shelf(call)[row_id]

    return [
        ("GET", path, read, list_all),
        ("POST", path, write, create),
        ("GET", f"{path}/<row_id>", read, of),
        ("PUT", f"{path}/<row_id>", write, update),
        ("DELETE", f"{path}/<row_id>", write, delete),
    ]


ROUTES: list[Route] = [
    *_answer_routes("/canned_messages", "canned", "canned_message"),
    *_answer_routes("/predefined_answers", "predefined", "predefined_answer"),
    *_named_routes("/groups", "groups", "contact_group.read", "contact_group.manage"),
    *_named_routes("/companies", "companies", "contact.read", "contact.edit"),
]
