"""What the schemas of answers share: known fields are checked, unknown ones are dropped."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load

from connectors.request_tracker.fields import TextField
from integration.core.errors import ApiContractChanged


class Answer(Schema):
    """A schema that makes the record named in `MAKES` and drops fields it does not know."""

    MAKES: ClassVar[type]

    class Meta:
        """Options, read by marshmallow."""

        unknown = EXCLUDE

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """From RT's fields to those of the record."""
        return data

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> Any:  # noqa: ANN401 - the record
        return self.MAKES(**self.arrange(data))


def named(name: str, kind: type[fields.Field[Any]] = TextField, **more: Any) -> fields.Field[Any]:  # noqa: ANN401
    """A field that RT calls by this name."""
    return kind(data_key=name, **more)


def many(schema: type[Schema], name: str, **more: Any) -> fields.Field[Any]:  # noqa: ANN401
    """A list of records."""
    return fields.List(fields.Nested(schema), data_key=name, **more)


def texts(data: dict[str, Any], *names: str) -> tuple[tuple[str, str], ...]:
    """Take these texts out of an answer, those that are there."""
    return tuple((name, text) for name in names if (text := data.pop(name, "")))


def load(schema: type[Schema], data: object) -> Any:  # noqa: ANN401 - the schema's record
    """Check an answer. Raises ApiContractChanged, which names fields and never values."""
    try:
        return _made(schema).load(data)  # type: ignore[arg-type]
    except ValidationError as error:
        places = _places(error.messages)
    msg = f"{schema.__name__}: {', '.join(sorted(places))[:200]}"
    raise ApiContractChanged(msg)


@cache
def _made(schema: type[Schema]) -> Schema:
    """Once: marshmallow copies every field for each schema."""
    return schema()


def _places(messages: object, prefix: str = "") -> set[str]:
    if not isinstance(messages, dict):
        return {prefix}
    # Positions in a list are left out: ten thousand rows with one fault are one fault.
    steps = (
        (prefix if isinstance(name, int) else f"{prefix}.{name}".strip("."), inner)
        for name, inner in messages.items()
    )
    return set().union(*(_places(inner, name) for name, inner in steps))
