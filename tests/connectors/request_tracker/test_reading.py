from __future__ import annotations

import pytest

from connectors.request_tracker.answers import load
from connectors.request_tracker.reading import MAX_BINARY, MAX_TEXT, Place, Reading, latest
from connectors.request_tracker.schemas import CopiesSchema, FieldSchema, TicketSchema
from connectors.request_tracker.texts import encoded
from integration.core.detection import find
from integration.core.policy import Policy
from integration.core.spans import Kind
from integration.core.surfaces import Blob, Direction, Role, SurfaceKind, Text
from tests.connectors.request_tracker.conftest import (
    attachment,
    b64,
    copies,
    creator,
    link,
    ticket,
    transaction,
    value,
)


def surfaces(contents=lambda _id: b"", **changes):
    record = load(TicketSchema, ticket())
    found = Reading(record, load(CopiesSchema, copies(**changes)), contents).surfaces()
    return {s.id: s for s in found}


WIDE = {
    "utf_16_with_an_odd_byte": "kort 4111 1111 1111 1111".encode("utf-16") + b"!",
    "utf_32_without_a_mark": "kort 4111 1111 1111 1111".encode("utf-32-le"),
    "no_text_at_all": b"\x7fELF\0\0\0",
}


@pytest.mark.parametrize("content", WIDE.values(), ids=WIDE)
def test_a_text_file_that_cannot_be_decoded_is_named_as_not_scanned(content):
    part = attachment(ContentLength=str(len(content)), Filename="a.txt", Content=b64(content))
    found = surfaces(lambda _id: content, attachments=[part])
    blob = found["attachment:1:Undecoded"].content
    assert (blob.name, blob.size, blob.open().read()) == ("a.txt", len(content), content)


@pytest.mark.parametrize("content", WIDE.values(), ids=WIDE)
def test_a_long_value_that_cannot_be_decoded_is_named_as_not_scanned(content):
    row = value(5, Content="a.txt", ContentType="text/plain", LargeContent=b64(content))
    assert surfaces(values=[row])["value:5:Undecoded"].content.open().read() == content


def test_the_text_around_a_nul_is_looked_through_all_the_same():
    found = surfaces(attachments=[attachment(Content=b64(b"kort 4111 1111 1111 1111\0"))])
    text = found["attachment:1:Content"].content
    assert [span.kind for span in find(text.text, text.media_type, Policy())] == [Kind.PAN]


def test_what_was_decoded_is_named_once():
    part = attachment(Content=b64("på vei".encode("utf-16")))
    assert "attachment:1:Undecoded" not in surfaces(attachments=[part])


def test_every_text_of_an_attachment_is_a_surface():
    part = attachment(
        Subject="s", Headers="Subject: s\n", Filename="a.txt", MessageId="1@x", Content=b64(b"x")
    )
    found = surfaces(attachments=[part])
    assert {id_: s.kind for id_, s in found.items() if id_.startswith("attachment")} == {
        "attachment:1:Subject": SurfaceKind.HEADER,
        "attachment:1:Headers": SurfaceKind.HEADER,
        "attachment:1:Filename": SurfaceKind.FILE_NAME,
        "attachment:1:MessageId": SurfaceKind.HEADER,
        "attachment:1:Content": SurfaceKind.FILE,
    }
    assert found["attachment:1:Headers"].content.media_type == "message/rfc822"


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Create", SurfaceKind.MESSAGE),
        ("Correspond", SurfaceKind.MESSAGE),
        ("Comment", SurfaceKind.NOTE),
        ("EmailRecord", SurfaceKind.MAIL_COPY),
        ("CommentEmailRecord", SurfaceKind.MAIL_COPY),
        ("Something New", SurfaceKind.MESSAGE),
    ],
)
def test_the_kind_of_a_body_follows_its_transaction(type_, kind):
    found = surfaces(transactions=[transaction(type_=type_)])
    assert found["attachment:1:Content"].kind is kind


@pytest.mark.parametrize(
    ("type_", "who", "role", "direction"),
    [
        ("Create", creator("kari@example.com", 50), Role.REQUESTER, Direction.INBOUND),
        ("Correspond", creator("per@example.com", 51, Privileged=False), Role.REQUESTER, "inbound"),
        ("Correspond", creator(), Role.AGENT, Direction.OUTBOUND),
        ("Create", creator(), Role.AGENT, Direction.INTERNAL),
        ("Comment", creator(), Role.AGENT, Direction.INTERNAL),
        ("EmailRecord", creator("RT_System", 1), Role.SYSTEM, Direction.OUTBOUND),
        ("Correspond", creator("RT_System", 1), Role.SYSTEM, Direction.INTERNAL),
    ],
    ids=["requester", "other_customer", "answer", "by_agent", "note", "mail", "by_system"],
)
def test_who_wrote_it_and_which_way_it_went(type_, who, role, direction):
    found = surfaces(transactions=[transaction(type_=type_, Creator=who)])
    body = found["attachment:1:Content"]
    assert (body.role, body.direction, body.author) == (role, direction, str(who["id"]))


def test_the_channel_is_told_by_a_header():
    parts = [attachment(Headers="To: x\nX-RT-Interface: Email\n"), attachment("2")]
    assert surfaces(attachments=parts)["attachment:1:Headers"].channel == "email"


def test_old_values_are_history_and_present_ones_are_fields():
    rows = [value(5), value(6, Disabled=True), value(8, Content="", LargeContent=b64(b"long"))]
    rows[2]["ContentType"] = "text/plain"
    rows.append(value(9, Content="a.png", ContentType="image/png", LargeContent=b64(b"\x89")))
    found = surfaces(values=rows)
    assert found["value:5:Content"].kind is SurfaceKind.CUSTOM_FIELD
    assert found["value:6:Content"].kind is SurfaceKind.HISTORY
    assert found["value:8:LargeContent"].content == Text("long")
    assert found["value:9:LargeContent"].content.open().read() == b"\x89"


def test_a_field_that_was_emptied_is_a_field_without_text():
    emptied = {"id": "3", "name": "Order", "values": [None]}
    (field,) = FieldSchema(many=True).load([emptied])
    assert field.values == ("",)


def test_the_history_and_merged_subjects_are_surfaces():
    change = transaction(OldValue="old", NewValue="new", Data=None)
    subjects = [{"id": 7, "Subject": "a"}, {"id": 6, "Subject": "b"}]
    found = surfaces(transactions=[change], tickets=subjects)
    assert {i for i, s in found.items() if s.kind is SurfaceKind.HISTORY} == {
        "transaction:93:OldValue",
        "transaction:93:NewValue",
    }
    assert {i for i, s in found.items() if s.kind is SurfaceKind.SUBJECT} == {
        "subject",
        "ticket:6:Subject",
    }


def test_names_and_address_of_the_people_are_contact_fields():
    kari = {"id": 50, "RealName": "Kari", "EmailAddress": "k@x.test", "Name": "k@x.test"}
    alice = {"id": 30, "RealName": "", "EmailAddress": None, "Name": "alice"}
    found = surfaces(people=[kari], agents=[alice])
    contacts = {i: s for i, s in found.items() if s.kind is SurfaceKind.CONTACT_FIELD}
    assert {i: (s.content.text, s.role) for i, s in contacts.items()} == {
        "user:50:RealName": ("Kari", Role.REQUESTER),
        "user:50:EmailAddress": ("k@x.test", Role.REQUESTER),
        "agent:30:Name": ("alice", Role.AGENT),
    }


def test_the_history_of_a_customer_is_read_and_is_no_change_of_the_ticket():
    rows = copies(people_transactions=[transaction("999", "Set", OldValue="Kari K")])
    assert surfaces(**rows)["transaction:999:OldValue"].kind is SurfaceKind.HISTORY
    assert latest(load(CopiesSchema, rows).transactions) == "93"


def test_containers_and_empty_texts_are_no_surfaces():
    parts = [
        attachment("1", ContentType="multipart/mixed", ContentLength=0, Textual=False),
        attachment("2", ContentLength=0, Textual=True),
        attachment("3", ContentType="image/png", ContentLength=0, Textual=False),
        attachment("4", ContentType="multipart/mixed", ContentLength="0"),
        attachment("5", ContentLength="0"),
    ]
    assert not [i for i in surfaces(attachments=parts) if i.endswith(":Content") and "att" in i]


def test_the_length_that_a_mail_claims_is_not_believed():
    parts = [
        attachment("1", ContentType="application/octet-stream", ContentLength="0"),
        attachment("2", ContentLength="0"),
    ]
    found = surfaces(lambda _id: b"kort", attachments=parts)
    assert found["attachment:1:Content"].content.open().read() == b"kort"
    assert found["attachment:2:Content"].content.text == "kort"


@pytest.mark.parametrize(
    "headers",
    [
        {"ContentType": "application/vnd.ms-excel", "Filename": "a.csv", "Textual": True},
        {"ContentType": "application/octet-stream", "Textual": True},
        {"ContentType": "application/ld+json"},
        {"ContentType": "image/svg+xml"},
        {"ContentType": "application/x-yaml"},
        {"ContentType": "text"},
        {"ContentType": "plain"},
        {
            "ContentType": "application/octet-stream",
            "Headers": "X-RT-Original-Content-Type: text/plain\n",
        },
    ],
)
def test_what_reads_as_text_is_a_text_whatever_its_type_says(headers):
    part = attachment(Content=b64(b"kort"), ContentLength=4, **headers)
    assert surfaces(attachments=[part])["attachment:1:Content"].content.text == "kort"


def test_what_is_no_text_stays_a_file_whatever_its_type_says():
    part = attachment(ContentType="application/ld+json", Textual=False)
    assert isinstance(surfaces(attachments=[part])["attachment:1:Content"].content, Blob)


def test_a_file_with_a_number_in_its_plain_bytes_is_looked_through_and_not_scanned():
    page = b"%PDF-1.4 (Card: 4111 1111 1111 1111) \x00\xff"
    part = attachment(ContentType="application/pdf", ContentLength=len(page), Filename="a.pdf")
    found = surfaces(lambda _id: page, attachments=[{**part, "Textual": False, "Numbers": True}])
    content = found["attachment:1:Content"].content
    assert encoded(content.text, content.media_type) == page
    assert [span.kind for span in find(content.text, content.media_type)] == [Kind.PAN]
    assert found["attachment:1:Undecoded"].content.name == "a.pdf"


def test_a_long_file_is_not_looked_through():
    part = attachment(ContentType="application/pdf", ContentLength=MAX_BINARY + 1, Numbers=True)
    found = surfaces(attachments=[{**part, "Textual": False}])
    assert isinstance(found["attachment:1:Content"].content, Blob)


@pytest.mark.parametrize("shown", [b"4111 1111 1111 1111", b"**** **** **** 1111"])
def test_a_long_value_that_is_no_text_is_looked_through_where_a_number_stands_or_stood(shown):
    row = value(5, ContentType="application/pdf", LargeContent=b64(b"\x00" + shown), Textual=False)
    found = surfaces(values=[row])
    assert shown.decode() in found["value:5:LargeContent"].content.text
    assert "value:5:Undecoded" in found


def test_a_long_value_that_reads_as_text_is_a_text_whatever_its_type_says():
    octets = {"ContentType": "application/octet-stream", "LargeContent": b64(b"kort")}
    found = surfaces(values=[value(5, Textual=True, **octets), value(6, **octets)])
    assert found["value:5:LargeContent"].content.text == "kort"
    assert isinstance(found["value:6:LargeContent"].content, Blob)


def test_a_mail_that_was_kept_whole_is_read_as_a_mail():
    part = attachment(ContentType="multipart/mixed", Content=b64(b"kort"), Textual=True)
    assert surfaces(attachments=[part])["attachment:1:Content"].content == Text(
        "kort", "message/rfc822"
    )


def test_the_character_set_that_a_part_declares_is_used():
    content = "卡号".encode("gb2312")
    headers = 'Subject: x\nContent-Type: text/csv;\n charset="gb2312"\n'
    part = attachment(ContentType="text/csv", Headers=headers, Content=b64(content))
    text = surfaces(attachments=[part])["attachment:1:Content"].content
    assert text == Text("卡号", "text/csv; charset=gb2312")


def test_a_link_to_another_site_is_a_surface():
    found = surfaces(links=[link(9), link(10, "Base")])
    assert found["link:9:Target"].content == found["link:10:Base"].content
    assert found["link:9:Target"].content == Text("https://pay.test/")


def test_a_text_that_did_not_come_with_the_list_is_fetched():
    found = surfaces(lambda id_: f"text {id_}".encode(), attachments=[attachment("4")])
    assert found["attachment:4:Content"].content.text == "text 4"


def test_files_are_opened_only_when_asked():
    opened = []

    def contents(id_):
        opened.append(id_)
        return b"\x89PNG"

    image = attachment("1", ContentType="image/png", Filename="a.png")
    huge = attachment("2", ContentLength=str(MAX_TEXT + 1))
    found = surfaces(contents, attachments=[image, huge])
    assert opened == []
    assert isinstance(found["attachment:2:Content"].content, Blob)
    assert found["attachment:1:Content"].content.open().read() == b"\x89PNG"
    assert opened == ["1"]


def test_an_attachment_whose_transaction_is_hidden_is_read_all_the_same():
    found = surfaces(transactions=[])
    assert found["attachment:1:Content"].content.text == "Hello"


@pytest.mark.parametrize(
    ("surface", "place"),
    [
        ("subject", Place("ticket", "7", "Subject")),
        ("ticket:6:Subject", Place("ticket", "6", "Subject")),
        ("attachment:2:Headers", Place("attachment", "2", "Headers")),
        ("link:2:Target", Place("link", "2", "Target")),
        ("attachment:2:Creator", None),
        ("user:2:EmailAddress", None),
        ("agent:2:RealName", None),
        ("field:2:0", None),
    ],
)
def test_a_surface_id_tells_where_its_text_is_stored(surface, place):
    assert Place.of(surface, "7") == place


def test_the_mark_of_a_ticket_is_its_highest_transaction():
    rows = load(CopiesSchema, copies(transactions=[transaction("99"), transaction("100")]))
    assert latest(rows.transactions) == "100"
    assert latest([]) == ""
