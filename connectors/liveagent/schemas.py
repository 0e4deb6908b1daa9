"""What LiveAgent's answers look like: known fields are checked, unknown ones are dropped.

Absent values are left out by live accounts, so only what we cannot do without is required.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load

from connectors.liveagent.records import (
    AgentRecord,
    ApiKeyRecord,
    CustomField,
    DepartmentRecord,
    GroupRecord,
    MessageRecord,
    PluginRecord,
    PreviewRecord,
    TagRecord,
    TicketRecord,
    as_text,
)
from integration.core.errors import ApiContractChanged

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What may stand in a path and in a surface id."""


class _Text(fields.Field[str]):
    """Text by any means: null is empty, a number or a structure is its JSON."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - JSON
        """Take null for empty, unless there must be a value."""
        return super().deserialize(
            "" if value is None and not self.required else value, *args, **kwargs
        )

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:  # noqa: ANN401 - JSON
        return as_text(value)


class _Id(_Text):
    """An id that is safe in a path: a short word, or a number."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:  # noqa: ANN401 - JSON
        if isinstance(value, float):  # some ids are documented so: 3.0 is the id 3
            value = int(value) if value.is_integer() else ""
        text = as_text(value)
        if not ID.fullmatch(text):
            raise ValidationError("not an id")
        return text


class _List(fields.List[Any]):
    """A list, also where the helpdesk says null for none, or lists as one comma-separated text."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:  # noqa: ANN401 - JSON
        """Take null for none and a text apart."""
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return super().deserialize([] if value is None else value, *args, **kwargs) or []


def _text() -> _Text:
    return _Text(load_default="")


class _Record(Schema):
    """A schema that makes the record named in `MAKES` and drops fields it does not know."""

    MAKES: ClassVar[type]

    class Meta:
        """Options, read by marshmallow."""

        unknown = EXCLUDE

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> Any:  # noqa: ANN401 - the record
        return self.MAKES(**data)


class CustomFieldSchema(_Record):
    """`CustomFields`."""

    MAKES = CustomField
    code = _Text(required=True)
    value = fields.Raw(load_default="", allow_none=True)


class TicketSchema(_Record):
    """`Ticket`, `TicketInformation` and a row of a ticket list."""

    MAKES = TicketRecord
    id = _Id(required=True)
    status = _Text(required=True)
    subject = _text()
    code = _text()
    departmentid = _text()
    agentid = _text()
    owner_contactid = _text()
    owner_name = _text()
    owner_email = _text()
    channel_type = _text()
    tags = _List(_text(), load_default=list)
    date_created = _text()
    date_changed = _text()
    date_due = _text()
    custom_fields = _List(fields.Nested(CustomFieldSchema), load_default=list)


class PreviewSchema(_Record):
    """`TicketRow` of the grid: of all that it holds, the preview."""

    MAKES = PreviewRecord
    conversationid = _Id(required=True)
    preview = _Text(required=True)


class MessageSchema(_Record):
    """`Message`."""

    MAKES = MessageRecord
    id = _Id(required=True)
    type = _Text(required=True)
    message = _text()
    format = _text()
    userid = _text()
    datecreated = _text()


class GroupSchema(_Record):
    """`MessageGroup`."""

    MAKES = GroupRecord
    id = _Id(required=True)
    type = _Text(required=True)
    messages = _List(fields.Nested(MessageSchema), load_default=list)
    userid = _text()
    user_full_name = _text()
    status = _text()
    datecreated = _text()


class AgentSchema(_Record):
    """`Agent`."""

    MAKES = AgentRecord
    id = _Id(required=True)
    name = _text()
    email = _text()
    role = _text()
    status = _text()
    twofactor_auth = _text()
    last_pswd_change = _text()


class AgentRowSchema(_Record):
    """`AgentRow` of the grid: the same facts under other names, and no role."""

    agentid = _Id(required=True)
    firstname = _text()
    lastname = _text()
    username = _text()
    userstatus = _text()
    twofa = _text()
    last_pswd_change = _text()

    @post_load
    def _make(self, row: dict[str, Any], **_: object) -> AgentRecord:
        return AgentRecord(
            id=row["agentid"],
            name=f"{row['firstname']} {row['lastname']}".strip(),
            email=row["username"],
            status=row["userstatus"],
            twofactor_auth=row["twofa"],
            last_pswd_change=row["last_pswd_change"],
        )


class DepartmentSchema(_Record):
    """`Department`."""

    MAKES = DepartmentRecord
    department_id = _Id(required=True)
    name = _text()
    agent_ids = _List(_text(), load_default=list)


class MailAccountSchema(_Record):
    """`MailAccount` of the older published client."""

    MAKES = dict
    email = _text()


class TagSchema(_Record):
    """`Tag`."""

    MAKES = TagRecord
    id = _Id(required=True)
    name = _text()


class PluginSchema(_Record):
    """`PluginRow`."""

    MAKES = PluginRecord
    code_name = _Text(required=True)
    name = _text()
    active = fields.Boolean(
        load_default=None, allow_none=True, truthy={True, "Y", "true"}, falsy={False, "N", "false"}
    )


class PrivilegeSchema(_Record):
    """`ApiPrivilege`: the privileges of one object."""

    MAKES = dict
    object = _Text(required=True)
    privileges = _List(_text(), load_default=list)


class ApiKeySchema(_Record):
    """`ApiKey` and `ApiKeyWithPrivileges`."""

    MAKES = ApiKeyRecord
    id = _Id(required=True)
    name = _text()
    key = _text()
    userid = _text()
    valid_to_date = _text()
    whitelist = fields.Raw(load_default=None, allow_none=True)
    privileges = fields.List(fields.Nested(PrivilegeSchema), load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> ApiKeyRecord:
        rows = data.pop("privileges")
        named = (
            None
            if rows is None
            else frozenset(f"{row['object']}.{name}" for row in rows for name in row["privileges"])
        )
        return ApiKeyRecord(**data, privileges=named)


class TimezoneSchema(_Record):
    """The one row of `GET /settings` that we ask for."""

    MAKES = dict
    name = _text()
    value = _text()


@cache
def one(kind: type[Schema]) -> Schema:
    """What checks one record. Made once: marshmallow copies every field for each schema."""
    return kind()


@cache
def many(kind: type[Schema]) -> Schema:
    """What checks a list of records, made once."""
    return kind(many=True)


def load(schema: Schema, data: Any) -> Any:  # noqa: ANN401 - JSON in, the schema's record out
    """Check an answer. Raises ApiContractChanged, naming the field and nothing of its value."""
    try:
        return schema.load(data)
    except ValidationError as error:
        where = _first_field(error.messages)
    what = type(schema).__name__.removesuffix("Schema")
    raise ApiContractChanged(f"LiveAgent: unexpected {what}: {where}")  # noqa: EM102


def _first_field(messages: Any) -> str:  # noqa: ANN401 - marshmallow's tree of messages
    """Name the first field that failed, as a path."""
    name, below = next(iter(messages.items()))
    if name == "_schema":
        return "not an object"
    return f"{name}.{_first_field(below)}" if isinstance(below, dict) else str(name)
