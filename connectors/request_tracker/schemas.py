"""What REST 2 and our extension answer: known fields are checked, unknown ones are dropped."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load

from connectors.request_tracker.fields import (
    BytesField,
    IdField,
    ReferenceField,
    SizeField,
    TextField,
    TimeField,
)
from connectors.request_tracker.records import (
    Access,
    AttachmentRecord,
    Copies,
    Creator,
    FieldRecord,
    Listed,
    MembersRecord,
    PersonRecord,
    Plugin,
    SubjectRecord,
    TicketRecord,
    TokenRecord,
    TransactionRecord,
    UserRecord,
    ValueRecord,
)
from integration.core.errors import ApiContractChanged


class _Record(Schema):
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


def _named(name: str, kind: type[fields.Field[Any]] = TextField, **more: Any) -> fields.Field[Any]:  # noqa: ANN401
    return kind(data_key=name, **more)


def _many(schema: type[Schema], name: str, **more: Any) -> fields.Field[Any]:  # noqa: ANN401
    return fields.List(fields.Nested(schema), data_key=name, **more)


def _texts(data: dict[str, Any], *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name in names if (text := data.pop(name, "")))


class CreatorSchema(_Record):
    """The writer of a record, with `fields[Creator]=id,Name`."""

    MAKES = Creator
    id = IdField(required=True)
    name = _named("Name", load_default="")
    privileged = fields.Boolean(data_key="Privileged", load_default=None)


class FieldSchema(_Record):
    """A custom field on a ticket."""

    MAKES = FieldRecord
    id = IdField(required=True)
    name = TextField(load_default="")
    # A picture or a binary value is an object here: it is no text.
    values = fields.List(fields.Raw(), load_default=list)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep the texts, in order."""
        return data | {"values": tuple(v if isinstance(v, str) else "" for v in data["values"])}


class TicketSchema(_Record):
    """`GET /ticket/ID`."""

    MAKES = TicketRecord
    id = IdField(required=True)
    subject = _named("Subject", required=True)
    status = _named("Status", required=True)
    queue = _named("Queue", ReferenceField, required=True)
    owner = _named("Owner", ReferenceField, load_default="")
    requestors = fields.List(ReferenceField(), data_key="Requestor", load_default=list)
    fields_ = _many(FieldSchema, "CustomFields", load_default=list)
    created = _named("Created", TimeField, load_default=None)
    due = _named("Due", TimeField, load_default=None)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Lists become tuples."""
        data["fields"] = tuple(data.pop("fields_"))
        return data | {"requestors": tuple(data["requestors"])}


class _Stored(_Record):
    id = IdField(required=True)
    creator = fields.Nested(CreatorSchema, data_key="Creator", required=True)
    created = _named("Created", TimeField, load_default=None)


class TransactionSchema(_Stored):
    """An entry of the history."""

    MAKES = TransactionRecord
    type = _named("Type", required=True)
    OldValue = TextField(load_default="")
    NewValue = TextField(load_default="")
    Data = TextField(load_default="")

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Gather the texts."""
        return {"values": _texts(data, "OldValue", "NewValue", "Data"), **data}


class AttachmentSchema(_Stored):
    """A mail, a part of it, or a file."""

    MAKES = AttachmentRecord
    transaction = _named("TransactionId", ReferenceField, required=True)
    media_type = _named("ContentType", load_default="")
    size = _named("ContentLength", SizeField, load_default=0)
    Subject = TextField(load_default="")
    Headers = TextField(load_default="")
    Filename = TextField(load_default="")
    content = _named("Content", BytesField, load_default=None, allow_none=True)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Gather the texts."""
        return {"texts": _texts(data, "Subject", "Filename", "Headers"), **data}


class ValueSchema(_Stored):
    """A custom field value as a row."""

    MAKES = ValueRecord
    old = fields.Boolean(data_key="Disabled", load_default=False)
    media_type = _named("ContentType", load_default="")
    content = _named("Content", load_default="")
    large = _named("LargeContent", BytesField, load_default=None, allow_none=True)


class SubjectSchema(_Record):
    """A ticket's subject."""

    MAKES = SubjectRecord
    id = IdField(required=True)
    subject = _named("Subject", load_default="")


class PersonSchema(_Record):
    """A customer of the ticket."""

    MAKES = PersonRecord
    id = IdField(required=True)
    name = _named("RealName", load_default="")


class CopiesSchema(_Record):
    """`GET /redaction/copies/ID`."""

    MAKES = Copies
    subjects = _many(SubjectSchema, "tickets", required=True)
    transactions = _many(TransactionSchema, "transactions", required=True)
    attachments = _many(AttachmentSchema, "attachments", required=True)
    values_ = _many(ValueSchema, "values", required=True)
    people = _many(PersonSchema, "people", required=True)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Lists become tuples."""
        data["values"] = data.pop("values_")
        return {name: tuple(rows) for name, rows in data.items()}


class ListedSchema(_Record):
    """A ticket or transaction in a list."""

    MAKES = Listed
    id = IdField(required=True)
    ticket = _named("ObjectId", load_default="")
    created = _named("Created", TimeField, load_default=None)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """A ticket in a list is its own."""
        return data | {"id": int(data["id"]), "ticket": data["ticket"] or data["id"]}


class UserSchema(_Record):
    """A user of the access list, or `GET /user/ID`."""

    MAKES = UserRecord
    id = IdField(required=True)
    name = _named("Name", required=True)
    email = _named("EmailAddress", load_default="")
    disabled = fields.Boolean(data_key="Disabled", load_default=None)
    superuser = fields.Boolean(data_key="SuperUser", load_default=None)
    password_changed = _named("PasswordChanged", TimeField, load_default=None)


class MembersSchema(_Record):
    """A queue with its readers, or a group with its members."""

    MAKES = MembersRecord
    id = IdField(required=True)
    name = _named("Name", load_default="")
    readers = fields.List(IdField(), data_key="Readers", load_default=list)
    members = fields.List(IdField(), data_key="Members", load_default=list)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Readers of a queue are its members to us."""
        return data | {"members": frozenset(data["members"] + data.pop("readers"))}


class TokenSchema(_Record):
    """An auth token."""

    MAKES = TokenRecord
    id = IdField(required=True)
    owner = _named("Owner", IdField, required=True)
    description = _named("Description", load_default="")
    expires = _named("Expires", TimeField, load_default=None)
    can_expire = fields.Boolean(data_key="CanExpire", load_default=False)


class AccessSchema(_Record):
    """`GET /redaction/access`."""

    MAKES = Access
    users = _many(UserSchema, "users", required=True)
    queues = _many(MembersSchema, "queues", required=True)
    groups = _many(MembersSchema, "groups", required=True)
    tokens = _many(TokenSchema, "tokens", required=True)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Lists become tuples."""
        return {name: tuple(rows) for name, rows in data.items()}


class PluginSchema(_Record):
    """`GET /redaction`."""

    MAKES = Plugin
    version = TextField(required=True)
    may_redact = fields.Boolean(data_key="RedactContent", required=True)
    may_audit = fields.Boolean(data_key="AuditAccess", required=True)


class ContentSchema(Schema):
    """The content of one attachment."""

    class Meta:
        """Options, read by marshmallow."""

        unknown = EXCLUDE

    content = _named("Content", BytesField, load_default=b"", allow_none=True)


def load(schema: type[Schema], data: object) -> Any:  # noqa: ANN401 - the schema's record
    """Check an answer. Raises ApiContractChanged, which names fields and never values."""
    try:
        return schema().load(data)  # type: ignore[arg-type]
    except ValidationError as error:
        places = _places(error.messages)
    msg = f"{schema.__name__}: {', '.join(sorted(places))[:200]}"
    raise ApiContractChanged(msg)


def _places(messages: object, prefix: str = "") -> set[str]:
    if not isinstance(messages, dict):
        return {prefix}
    # Positions in a list are left out: ten thousand rows with one fault are one fault.
    steps = (
        (prefix if isinstance(name, int) else f"{prefix}.{name}".strip("."), inner)
        for name, inner in messages.items()
    )
    return set().union(*(_places(inner, name) for name, inner in steps))
