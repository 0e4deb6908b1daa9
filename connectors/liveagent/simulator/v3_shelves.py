"""API v3: canned messages, answers, contact groups, companies, filters and custom buttons.

The published client reads one contact group as a list with one item, as it does for tags.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connectors.liveagent.simulator.bodies import BUTTON, COMPANY, FILTER, GROUP
from connectors.liveagent.simulator.query import Columns, Page, page_style
from connectors.liveagent.simulator.records import Answer
from connectors.liveagent.simulator.rows import Shelf, shelf_routes
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


def _dated(call: Call, row: Row) -> None:
    row |= {"type": "V", "date_created": call.context.store.stamp(call.context.store.now())}


def _owned(call: Call, row: Row) -> None:
    row |= {"rtype": "C", "is_public": False, "user_id": call.key.user_id}


def _asked_about_tickets(call: Call, _row: Row) -> None:
    call.named("deleteTickets")


def _clickable(_call: Call, row: Row) -> None:
    row |= {"name": "", "status": "A"}


_COMPANIES = Shelf(
    "companies",
    "/companies",
    COMPANY,
    "contact.read",
    "contact.edit contact.create contact.delete",
    made=_dated,
    going=_asked_about_tickets,
    aliases={"datecreated": "date_created"},
)
_SHELVES = (
    Shelf(
        "groups",
        "/groups",
        GROUP,
        "user.read contact_group.read",
        "user.write contact_group.manage",
        listed=True,
    ),
    _COMPANIES,
    Shelf(
        "filters",
        "/filters",
        FILTER,
        "settings.read filter.read",
        "settings.write filter.write",
        key="filter_id",
        made=_owned,
    ),
    Shelf(
        "custom_buttons",
        "/custom_buttons",
        BUTTON,
        "custom_button.read",
        "custom_button.write",
        required=("url", "method", "type"),
        made=_clickable,
    ),
)


def _register(call: Call, row_id: str) -> Row:
    row = _COMPANIES.one(call, row_id)
    call.named("registration_email")
    row["type"] = "R"
    return row


def _unregister(call: Call, row_id: str) -> Row:
    row = _COMPANIES.one(call, row_id)
    row["type"] = "V"
    return row


ROUTES: list[Route] = [
    *_answer_routes("/canned_messages", "canned", "canned_message"),
    *_answer_routes("/predefined_answers", "predefined", "predefined_answer"),
    *(route for shelf in _SHELVES for route in shelf_routes(shelf)),
    ("PUT", "/companies/<row_id>/_register", "contact.edit", _register),
    ("DELETE", "/companies/<row_id>/_unregister", "contact.edit", _unregister),
]
