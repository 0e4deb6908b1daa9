"""What each operation is called with: values that the busy account of the tests can take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.connectors.liveagent.simulator.official.published import Field, Operation

Models = Mapping[str, tuple[Field, ...]]

_OF_KIND: dict[str, Any] = {
    "string": "abc",
    "number": 1,
    "boolean": True,
    "Date": {"$date": "2026-05-01T10:00:00Z"},
    "Blob": {"$file": "hello"},
}
_OF_NAME: dict[str, Any] = {
    "agentid": "1pkaew79",
    "avatarUrl": "https://acme.example/a.png",
    "conditions": [],
    "cursor": "",
    "dateTime": "2026-05-01 10:00:00",
    "deleteTickets": True,
    "departmentid": "default",
    "email": "nina.strand@acme.example",
    "emails": ["a@b.example"],
    "endIp": "203.0.113.9",
    "filters": "[]",
    "from": 0,
    "fromNumber": "4799999997",
    "gender": "F",
    "groups": ["gr000001"],
    "id": None,
    "ipAddress": "203.0.113.1",
    "privileges": [{"object": "ticket", "privileges": ["read"]}],
    "recipient": "support@acme.example",
    "registrationEmail": "a@b.example",
    "roleId": "agent000",
    "secCallId": "c1",
    "settingsNames": ["TIMEZONE"],
    "startIp": "203.0.113.7",
    "tags": ["x7f2"],
    "to": 9,
    "toCallId": "c1",
    "toNumber": "4721000000",
    "useridentifier": "kari@customer.example",
    "userid": "1pkaew79",
    "validToDate": "2027-05-01",
    "whitelist": "127.0.0.1",
}
"""None: it is left out, as an id that the answer gives."""
_OF_OPERATION: dict[tuple[str, str], Any] = {
    ("callCreate", "callId"): "new",
    ("callTransfer", "to"): "ceb5937b",
    ("createTicket", "attachments"): None,
    ("getConversation", "id"): "x1",
    ("getSlackUser", "id"): "x1",
    ("getTemplate", "id"): "x1",
    ("saveTemplate", "id"): "x1",
    ("updatePhoneParams", "params"): "{}",
}


_UNDECLARED = {"sortField"}
"""Free words of which only some fit, and the client does not say which."""


@dataclass(frozen=True)
class Case:
    """One way to call an operation: as little as it takes, and one thing beside or instead."""

    operation: Operation
    parameter: str = ""
    """An optional parameter to give, or the body that `field` belongs to."""
    field: str = ""
    value: Any = None
    """One of the values that the client lists; None for a sample."""
    alone: bool = False
    """The field is all that the body has."""

    def __str__(self) -> str:
        what = self.field or self.parameter
        said = f"{what}={self.value}" if self.value is not None else what
        return f"{self.operation.name}-{'only ' if self.alone else ''}{said or 'required'}"

    def parameters(self, models: Models, ids: Mapping[str, Any]) -> dict[str, Any]:
        """What the client is given, in an account with these ids."""
        samples = _Samples(self.operation.name, models, ids)
        given = {
            one.name: samples.of(one)
            for one in self.operation.parameters
            if not one.optional or one.kind in models or one.name == self.parameter
        }
        if self.field:
            body = {} if self.alone else given[self.parameter]
            given[self.parameter] = body | {self.field: given[self.parameter].get(self.field)}
        if self.value is not None:
            (given[self.parameter] if self.field else given)[self.field or self.parameter] = (
                self.value
            )
        return given


def cases(operation: Operation, models: Models) -> Iterator[Case]:
    """Each operation with each of its optional parameters and each listed value."""
    yield Case(operation)
    for one in operation.parameters:
        if one.kind in models:
            yield from _of_body(operation, one, models[one.kind])
        elif one.optional and (one.values or one.name not in _UNDECLARED):
            for value in one.values or (None,):
                yield Case(operation, one.name, value=value)


def _of_body(operation: Operation, body: Field, fields: tuple[Field, ...]) -> Iterator[Case]:
    for one in fields:
        for value in one.values:
            yield Case(operation, body.name, one.name, value)
        if operation.verb != "POST" and not one.values:
            yield Case(operation, body.name, one.name, alone=True)


class _Samples:
    def __init__(self, operation: str, models: Models, ids: Mapping[str, Any]) -> None:
        self._own = {name: value for (of, name), value in _OF_OPERATION.items() if of == operation}
        self._known = _OF_NAME | dict(ids)
        self._models = models

    def of(self, one: Field) -> Any:
        """A value that the busy account takes; None where it is better left out."""
        known = self._known.get(one.name)
        if one.name in self._own:
            return self._own[one.name]
        if one.values:
            return known if known in one.values else one.values[0]
        if one.kind in self._models:
            return self._body(one.kind)
        if one.name in self._known and one.kind != "Date":
            return known
        return self._plain(one.kind)

    def _body(self, model: str) -> dict[str, Any]:
        fields = {field.name: self.of(field) for field in self._models[model]}
        return {name: value for name, value in fields.items() if value is not None}

    def _plain(self, kind: str) -> Any:
        inner = re.fullmatch(r"Array<(.+)>", kind)
        if inner:
            return [self.of(Field("", inner[1], optional=False))]
        return _OF_KIND.get(kind, {})
