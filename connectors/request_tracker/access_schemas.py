"""What our extension answers about itself and about who has access."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from connectors.request_tracker.answers import Answer, many, named
from connectors.request_tracker.fields import IdField, TextField, TimeField
from connectors.request_tracker.records import (
    Access,
    MembersRecord,
    Plugin,
    TokenRecord,
    UserRecord,
)


class UserSchema(Answer):
    """A user of the access list, or `GET /user/ID`."""

    MAKES = UserRecord
    id = IdField(required=True)
    name = named("Name", required=True)
    email = named("EmailAddress", load_default="")
    disabled = fields.Boolean(data_key="Disabled", load_default=None)
    superuser = fields.Boolean(data_key="SuperUser", load_default=None)
    password_changed = named("PasswordChanged", TimeField, load_default=None)


class MembersSchema(Answer):
    """A queue with its readers, or a group with its members."""

    MAKES = MembersRecord
    id = IdField(required=True)
    name = named("Name", load_default="")
    readers = fields.List(IdField(), data_key="Readers", load_default=list)
    members = fields.List(IdField(), data_key="Members", load_default=list)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Readers of a queue are its members to us."""
        return data | {"members": frozenset(data["members"] + data.pop("readers"))}


class TokenSchema(Answer):
    """An auth token."""

    MAKES = TokenRecord
    id = IdField(required=True)
    owner = named("Owner", IdField, required=True)
    description = named("Description", load_default="")
    expires = named("Expires", TimeField, load_default=None)
    can_expire = fields.Boolean(data_key="CanExpire", load_default=False)


class AccessSchema(Answer):
    """`GET /redaction/access`."""

    MAKES = Access
    users = many(UserSchema, "users", required=True)
    queues = many(MembersSchema, "queues", required=True)
    groups = many(MembersSchema, "groups", required=True)
    tokens = many(TokenSchema, "tokens", required=True)

    def arrange(self, data: dict[str, Any]) -> dict[str, Any]:
        """Lists become tuples."""
        return {name: tuple(rows) for name, rows in data.items()}


class PluginSchema(Answer):
    """`GET /redaction`."""

    MAKES = Plugin
    version = TextField(required=True)
    may_redact = fields.Boolean(data_key="RedactContent", required=True)
    may_audit = fields.Boolean(data_key="AuditAccess", required=True)
