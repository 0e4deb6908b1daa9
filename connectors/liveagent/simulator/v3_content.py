"""API v3: tags and contacts."""

from __future__ import annotations

from typing import Any

from connectors.liveagent.simulator.bodies import CONTACT, fits
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, cursor_style, page_style, whole
from connectors.liveagent.simulator.records import Contact, Tag
from connectors.liveagent.simulator.web import Call, Route, found, optional, text
from connectors.liveagent.simulator.wire import Row

_TAG_COLUMNS = Columns(
    frozenset({"id", "name", "color", "background_color", "is_public", "is_archived"}), "id"
)
_CONTACT_DATES = frozenset({"date_created", "date_changed"})
_CONTACT_FIELDS = frozenset(
    [
        "company_id",
        "system_name",
        "description",
        "avatar_url",
        "gender",
        "language",
        "city",
        "countrycode",
        "ip",
        "registration_email",
        "phones",
        "groups",
        "job_position",
        "note",
        "useragent",
        "screen",
        "time_offset",
        "latitude",
        "longitude",
        "custom_fields",
        "type",
    ]
)
_CONTACT_COLUMNS = Columns(
    _CONTACT_DATES
    | (_CONTACT_FIELDS - {"custom_fields"})
    | {"id", "firstname", "lastname", "system_name", "type", "emails"},
    "date_created",
    aliases={"datecreated": "date_created", "datechanged": "date_changed", "email": "emails"},
)
_PHONE_COLUMNS = Columns(
    frozenset({"phone", "id", "firstname", "lastname", "system_name"}), "phone"
)


def _tags(call: Call) -> Page:
    rows = [call.context.account.tag(t) for t in call.context.store.tags.values()]
    return whole(rows, call.params, _TAG_COLUMNS)


def _tag_of(call: Call, tag_id: str) -> Tag:
    return found(call.context.store.tags.get(tag_id), "Tag")


def _tag(call: Call, tag_id: str) -> list[Row]:
    return [call.context.account.tag(_tag_of(call, tag_id))]


def _create_tag(call: Call) -> Row:
    body, store = call.body(), call.context.store
    name = text(body, "name")
    if any(t.name == name for t in store.tags.values()):
        raise ApiError(400, "Tag with this name already exists")
    tag = Tag(store.names.short(4), name)
    _fill_tag(tag, body)
    store.tags[tag.id] = tag
    return call.context.account.tag(tag)


def _update_tag(call: Call, tag_id: str) -> list[Row]:
    tag = _tag_of(call, tag_id)
    _fill_tag(tag, call.body())
    return [call.context.account.tag(tag)]


def _fill_tag(tag: Tag, body: dict[str, Any]) -> None:
    tag.name = text(body, "name", tag.name)
    tag.color = text(body, "color", tag.color)
    tag.background = text(body, "background_color", tag.background)
    tag.public = optional(body, "is_public", tag.public, "Y N", or_empty=True)
    tag.archived = optional(body, "is_archived", tag.archived, "Y N")


def _delete_tag(call: Call, tag_id: str) -> None:
    _tag_of(call, tag_id)
    store = call.context.store
    del store.tags[tag_id]
    for ticket in store.tickets.values():
        ticket.tags = [t for t in ticket.tags if t != tag_id]


def _contacts(call: Call) -> Page:
    rows = [call.context.account.contact(c) for c in _present(call)]
    return page_style(rows, call.params, _CONTACT_COLUMNS)


def _present(call: Call) -> list[Contact]:
    return [c for c in call.context.store.contacts.values() if not c.deleted]


def _contact_of(call: Call, contact_id: str) -> Contact:
    contact = found(call.context.store.contacts.get(contact_id), "Contact")
    return found(None if contact.deleted else contact, "Contact")


def _register(call: Call, contact_id: str) -> Row:
    contact, email = _contact_of(call, contact_id), call.named("registration_email")
    contact.fields |= {"type": "R", "registration_email": email}
    return call.context.account.contact(contact)


def _unregister(call: Call, contact_id: str) -> Row:
    contact = _contact_of(call, contact_id)
    contact.fields |= {"type": "V", "registration_email": ""}
    return call.context.account.contact(contact)


def _phone_rows(call: Call) -> list[Row]:
    return [
        {"phone": phone, "contact": call.context.account.contact(contact)}
        for contact in _present(call)
        for phone in contact.fields.get("phones") or []  # type: ignore[attr-defined]
    ]


def _phones(call: Call) -> Page:
    """Sorted by what they hold of their contacts, too."""
    rows = [row["contact"] | row for row in _phone_rows(call)]
    page = cursor_style(rows, call.params, _PHONE_COLUMNS)
    shown = [{"phone": row["phone"], "contact": row["contact"]} for row in page.rows]
    return Page(shown, page.more, page.cursor)


def _phone(call: Call, phone: str) -> Row:
    return found(next((r for r in _phone_rows(call) if r["phone"] == phone), None), "Phone")


def _contact(call: Call, contact_id: str) -> Row:
    return call.context.account.contact(_contact_of(call, contact_id))


def _create_contact(call: Call) -> Row:
    body, store = call.body(), call.context.store
    fits(body, CONTACT)
    for email in body.get("emails") or []:
        other = store.contact(email)
        if other:
            message = f"Contact with this Contact information already exist. Id: {other.id}"
            raise ApiError(400, message)
    contact = Contact(store.new_id(), [], store.now(), store.now())
    _fill_contact(call, contact, body)
    store.contacts[contact.id] = contact
    return call.context.account.contact(contact)


def _put_contact(call: Call, contact_id: str) -> Row:
    contact = _contact_of(call, contact_id)
    fits(call.body(), CONTACT)
    contact.fields.clear()
    contact.firstname = contact.lastname = ""
    return _patch_contact(call, contact_id)


def _patch_contact(call: Call, contact_id: str) -> Row:
    contact = _contact_of(call, contact_id)
    _fill_contact(call, contact, call.body())
    return call.context.account.contact(contact)


def _fill_contact(call: Call, contact: Contact, body: dict[str, Any]) -> None:
    fits(body, CONTACT)
    contact.firstname = text(body, "firstname", contact.firstname)
    contact.lastname = text(body, "lastname", contact.lastname)
    if body.get("emails") is not None:
        contact.emails = list(body["emails"])
    contact.fields.update({k: v for k, v in body.items() if k in _CONTACT_FIELDS and v is not None})
    contact.changed = call.context.store.now()


def _delete_contact(call: Call, contact_id: str) -> None:
    contact = _contact_of(call, contact_id)
    if "deleteTickets" not in call.params:
        raise ApiError(400, "Missing or invalid parameter: deleteTickets")
    if call.flag("deleteTickets"):
        for ticket in list(call.context.store.tickets.values()):
            if ticket.owner_id == contact.id:
                call.context.desk.set_status(ticket, "X", call.key.user_id)
    else:
        contact.firstname = contact.lastname = ""
    contact.fields.clear()
    contact.deleted = True


ROUTES: list[Route] = [
    ("GET", "/tags", "tag.read", _tags),
    ("POST", "/tags", "tag.manage", _create_tag),
    ("GET", "/tags/<tag_id>", "tag.read", _tag),
    ("PUT", "/tags/<tag_id>", "tag.manage", _update_tag),
    ("DELETE", "/tags/<tag_id>", "tag.manage", _delete_tag),
    ("GET", "/contacts", "contact.read", _contacts),
    ("POST", "/contacts", "contact.create", _create_contact),
    ("GET", "/contacts/<contact_id>", "contact.read", _contact),
    ("PUT", "/contacts/<contact_id>", "contact.edit", _put_contact),
    ("PATCH", "/contacts/<contact_id>", "contact.edit", _patch_contact),
    ("DELETE", "/contacts/<contact_id>", "contact.delete", _delete_contact),
    ("PUT", "/contacts/<contact_id>/_register", "contact.edit", _register),
    ("DELETE", "/contacts/<contact_id>/_unregister", "contact.edit", _unregister),
    ("GET", "/contact_phones", "contact_phone.read", _phones),
    ("GET", "/contact_phones/<phone>", "contact_phone.read", _phone),
]
