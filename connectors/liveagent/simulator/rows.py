"""Shelves of plain records in API v3: list, get, create, update and delete, from a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.liveagent.simulator.bodies import Fields, fits
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, cursor_style, page_style
from connectors.liveagent.simulator.web import TRUE_WORDS, Call, Route, found, text
from connectors.liveagent.simulator.wire import Row

Act = Callable[[Call, Row], None]


def _nothing(_call: Call, _row: Row) -> None:
    return None


@dataclass(frozen=True)
class Shelf:
    """One kind of record: where it is served, its fields, and who may read and write it."""

    name: str
    """Of the shelf in the store."""
    path: str
    fields: Fields
    read: str
    write: str
    required: tuple[str, ...] = ("name",)
    key: str = "id"
    numbered: bool = False
    """Ids are numbers; the published client may write `3.0`."""
    listed: bool = False
    """The published client reads one record as a list with one item."""
    cursor: bool = False
    """Its list is read with cursors rather than pages."""
    made: Act = _nothing
    """Fills what a new record has before the fields of the request."""
    going: Act = _nothing
    """Runs before a record is deleted, and may refuse."""
    aliases: Mapping[str, str] | None = None

    def rows(self, call: Call) -> dict[str, Row]:
        """Every record by its id."""
        return call.context.store.shelves[self.name]

    def one(self, call: Call, row_id: str) -> Row:
        """A record; 404 when there is none, 400 for what is no id."""
        return found(self.rows(call).get(whole_id(row_id) if self.numbered else row_id), "Row")

    def shown(self, row: Row) -> Row | list[Row]:
        """One record as the published client reads it."""
        return [row] if self.listed else row

    def columns(self) -> Columns:
        """What its list can be sorted and filtered by."""
        return Columns(frozenset(self.fields) | {self.key}, self.key, aliases=self.aliases)

    def page(self, call: Call, rows: list[Row]) -> Page:
        """Some of its records, as its list is read."""
        style = cursor_style if self.cursor else page_style
        return style(rows, call.params, self.columns())

    def add(self, call: Call, given: Mapping[str, Any]) -> Row:
        """A new record from the fields of a request."""
        for name in self.required:
            text(given, name)
        row: Row = {}
        self.made(call, row)
        store = call.context.store
        new_id = store.next_number(self.name) if self.numbered else store.new_id()
        row |= {**taken(given, self.fields), self.key: new_id}
        self.rows(call)[str(new_id)] = row
        return row

    def change(self, row: Row, given: Mapping[str, Any]) -> Row:
        """A record with the fields of a request; its id stays."""
        row.update({**taken(given, self.fields), self.key: row[self.key]})
        return row


def shelf_routes(shelf: Shelf) -> list[Route]:
    """The five calls of a shelf whose bodies are JSON."""

    def list_all(call: Call) -> Page:
        return shelf.page(call, list(shelf.rows(call).values()))

    def create(call: Call) -> Row:
        return shelf.add(call, call.body())

    def get(call: Call, row_id: str) -> Row | list[Row]:
        return shelf.shown(shelf.one(call, row_id))

    def update(call: Call, row_id: str) -> Row | list[Row]:
        return shelf.shown(shelf.change(shelf.one(call, row_id), call.body()))

    def delete(call: Call, row_id: str) -> None:
        row = shelf.one(call, row_id)
        shelf.going(call, row)
        del shelf.rows(call)[str(row[shelf.key])]

    return [
        ("GET", shelf.path, shelf.read, list_all),
        ("POST", shelf.path, shelf.write, create),
        ("GET", f"{shelf.path}/<row_id>", shelf.read, get),
        ("PUT", f"{shelf.path}/<row_id>", shelf.write, update),
        ("DELETE", f"{shelf.path}/<row_id>", shelf.write, delete),
    ]


def taken(given: Mapping[str, Any], fields: Fields) -> Row:
    """The documented fields of a request that have a value; 400 for one of another type."""
    fits(given, fields)
    return {name: value for name, value in given.items() if name in fields and value is not None}


def whole_id(given: str) -> str:
    """A numeric id without the decimals that the published client writes; 400 for other texts."""
    try:
        return str(int(float(given)))
    except (ValueError, OverflowError):
        raise ApiError(400, "Missing or invalid parameter: id") from None


def typed(given: Mapping[str, Any], fields: Fields) -> Row:
    """What came as texts in a form or a query, in the types of the fields; 400 if it cannot be."""
    return {name: _typed(name, value, fields.get(name, "str")) for name, value in given.items()}


_PARSED: Mapping[str, Callable[[str], Any]] = {
    "bool": lambda value: value.lower() in TRUE_WORDS,
    "float": float,
    "int": int,
}


def _typed(name: str, value: object, kind: str) -> object:
    if not isinstance(value, str) or kind not in _PARSED:
        return value
    try:
        return _PARSED[kind](value)
    except ValueError:
        raise ApiError(400, f"Missing or invalid parameter: {name}") from None
