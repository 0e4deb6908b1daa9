"""What REST 2 and our extension answer about tickets and what is stored of them."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from connectors.request_tracker.answers import Answer, many, named, texts
from connectors.request_tracker.fields import (
    BytesField,
    IdField,
    ReferenceField,
    SizeField,
    TextField,
    TimeField,
)
from connectors.request_tracker.records import (
    AttachmentRecord,
    Copies,
    Creator,
    FieldRecord,
    LinkRecord,
    Listed,
    PersonRecord,
    SubjectRecord,
    TicketRecord,
    TransactionRecord,
    ValueRecord,
)


class CreatorSchema(Answer):
    """The writer of a record, with `fields[Creator]=id,Name`."""

    MAKES = Creator
    id = IdField(required=True)
    name = named("Name", load_default="")
    privileged = fields.Boolean(data_key="Privileged", load_default=None)


class FieldSchema(Answer):
    """A custom field on a ticket."""

    MAKES = FieldRecord
    id = IdField(required=True)
    name = TextField(load_default="")
    # A picture or a binary value is an object here, and one that was emptied null: no text either.
    values = fields.List(fields.Raw(allow_none=True), load_default=list)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep the texts, in order."""
        return data | {"values": tuple(v if isinstance(v, str) else "" for v in data["values"])}


class TicketSchema(Answer):
    """`GET /ticket/ID`."""

    MAKES = TicketRecord
    id = IdField(required=True)
    subject = named("Subject", required=True)
    status = named("Status", required=True)
    queue = named("Queue", ReferenceField, required=True)
    owner = named("Owner", ReferenceField, load_default="")
    requestors = fields.List(ReferenceField(), data_key="Requestor", load_default=list)
    fields_ = many(FieldSchema, "CustomFields", load_default=list)
    created = named("Created", TimeField, load_default=None)
    due = named("Due", TimeField, load_default=None)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Lists become tuples."""
        data["fields"] = tuple(data.pop("fields_"))
        return data | {"requestors": tuple(data["requestors"])}


class _Stored(Answer):
    id = IdField(required=True)
    creator = fields.Nested(CreatorSchema, data_key="Creator", required=True)
    created = named("Created", TimeField, load_default=None)


class TransactionSchema(_Stored):
    """An entry of the history."""

    MAKES = TransactionRecord
    type = named("Type", required=True)
    OldValue = TextField(load_default="")
    NewValue = TextField(load_default="")
    Data = TextField(load_default="")

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Gather the texts."""
        return {"values": texts(data, "OldValue", "NewValue", "Data"), **data}


class AttachmentSchema(_Stored):
    """A mail, a part of it, or a file."""

    MAKES = AttachmentRecord
    transaction = named("TransactionId", ReferenceField, required=True)
    media_type = named("ContentType", load_default="")
    size = named("ContentLength", SizeField, load_default=0)
    Subject = TextField(load_default="")
    Headers = TextField(load_default="")
    Filename = TextField(load_default="")
    MessageId = TextField(load_default="")
    textual = fields.Boolean(data_key="Textual", load_default=None)
    numbers = fields.Boolean(data_key="Numbers", load_default=False)
    content = named("Content", BytesField, load_default=None, allow_none=True)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Gather the texts."""
        return {"texts": texts(data, "Subject", "Filename", "Headers", "MessageId"), **data}


class ValueSchema(_Stored):
    """A custom field value as a row."""

    MAKES = ValueRecord
    old = fields.Boolean(data_key="Disabled", load_default=False)
    media_type = named("ContentType", load_default="")
    content = named("Content", load_default="")
    textual = fields.Boolean(data_key="Textual", load_default=None)
    large = named("LargeContent", BytesField, load_default=None, allow_none=True)


class LinkSchema(_Stored):
    """A link to something outside."""

    MAKES = LinkRecord
    Base = TextField(load_default="")
    Target = TextField(load_default="")

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Gather the texts."""
        return {"texts": texts(data, "Base", "Target"), **data}


class SubjectSchema(Answer):
    """A ticket's subject."""

    MAKES = SubjectRecord
    id = IdField(required=True)
    subject = named("Subject", load_default="")


class PersonSchema(Answer):
    """A customer of the ticket, or an agent."""

    MAKES = PersonRecord
    id = IdField(required=True)
    RealName = TextField(load_default="")
    EmailAddress = TextField(load_default="")
    Name = TextField(load_default="")

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Gather the texts. The name of a customer is its address, as a rule."""
        if data["Name"] == data["EmailAddress"]:
            data["Name"] = ""
        return {"texts": texts(data, "RealName", "EmailAddress", "Name"), **data}


class CopiesSchema(Answer):
    """`GET /redaction/copies/ID`."""

    MAKES = Copies
    subjects = many(SubjectSchema, "tickets", required=True)
    transactions = many(TransactionSchema, "transactions", required=True)
    attachments = many(AttachmentSchema, "attachments", required=True)
    values_ = many(ValueSchema, "values", required=True)
    links = many(LinkSchema, "links", load_default=list)
    people = many(PersonSchema, "people", required=True)
    agents = many(PersonSchema, "agents", load_default=list)
    people_transactions = many(TransactionSchema, "people_transactions", load_default=list)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Lists become tuples."""
        data["values"] = data.pop("values_")
        return {name: tuple(rows) for name, rows in data.items()}


class ListedSchema(Answer):
    """A ticket or transaction in a list."""

    MAKES = Listed
    id = IdField(required=True)
    ticket = named("ObjectId", load_default="")
    created = named("Created", TimeField, load_default=None)
    subject = named("Subject", TextField, load_default="")

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """A ticket in a list is its own."""
        return data | {"id": int(data["id"]), "ticket": data["ticket"] or data["id"]}


class ContentSchema(Schema):
    """The content of one attachment."""

    class Meta:
        """Options, read by marshmallow."""

        unknown = EXCLUDE

    content = named("Content", BytesField, load_default=b"", allow_none=True)
