"""What Request Tracker stores in ways of its own: found, and every other byte stands."""

from __future__ import annotations

import base64
import quopri
import sqlite3
from pathlib import Path

import pytest

from integration.core.detection import find, mask
from integration.core.errors import UnsupportedByHelpdesk
from integration.core.plan import scan
from integration.core.policy import Policy
from integration.core.surfaces import Blob, SurfaceKind, Text
from tests.e2e.rt_server import b64

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]

VISA = "4111 1111 1111 1111"
MASTERCARD = "5555 5555 5555 4444"
AMEX = "3782 822463 10005"
WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in VISA.replace(" ", ""))
MAIL = b"From: kari@example.com\r\nSubject: kort\r\nMIME-Version: 1.0\r\n"


def new_ticket(rt, **more):
    body = {"Queue": "Support", "Subject": "x", "Content": "x", "ContentType": "text/plain"}
    return str(rt.root("POST", "ticket", {**body, "Requestor": "row@example.com", **more})["id"])


def with_file(rt, name, media_type, content):
    file = {"FileName": name, "FileType": media_type, "FileContent": b64(content)}
    return new_ticket(rt, Attachments=[file])


def by_mail(rt, headers, body, sender="Kari <rows@example.com>"):
    sender = f"From: {sender}\r\nSubject: kort\r\nMIME-Version: 1.0\r\n"
    rt.mail("Support", sender.encode() + headers.encode() + b"\r\n" + body)
    return newest(rt)


def newest(rt):
    """The last ticket or reminder."""
    query = "tickets?query=Type!='x'&orderby=id&order=DESC&per_page=1"
    return str(rt.root("GET", query)["items"][0]["id"])


def dirty(view):
    return {
        s: spans
        for s in view.surfaces
        if isinstance(s.content, Text) and (spans := find(s.content.text, s.content.media_type))
    }


def clean(connector, ticket):
    """Mask what is found until nothing is; the places where it was."""
    places = set()
    for _ in range(3):
        view = connector.fetch(ticket)
        for surface, spans in dirty(view).items():
            places.add(surface.id.rpartition(":")[2])
            content = surface.content
            masked = mask(content.text, spans, media_type=content.media_type)
            connector.rewrite(view, surface, masked)
    assert dirty(connector.fetch(ticket)) == {}
    return places


def stored(rt, name):
    """The bytes of a file as they lie in the database."""
    query = "SELECT CAST(Content AS BLOB), ContentEncoding FROM Attachments WHERE Filename = ?"
    with sqlite3.connect(f"file:{rt.database}?mode=ro", uri=True) as database:
        content, encoding = database.execute(query, (name,)).fetchone()
    undo = {"base64": base64.b64decode, "quoted-printable": quopri.decodestring}
    return undo.get(encoding, bytes)(content)


def test_every_byte_of_an_attached_mail_stands_but_those_of_the_number(rt, connect):
    before, after = "r\xf8d gr\xf8t, kort ".encode("latin-1"), " p\xe5 vei\r\n".encode("latin-1")
    head = MAIL + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    ticket = with_file(
        rt, "latin.eml", "message/rfc822", head + before + MASTERCARD.encode() + after
    )
    clean(connect(), ticket)
    content = stored(rt, "latin.eml")
    assert MASTERCARD.encode() not in content
    assert content.startswith(head + before)
    assert content.endswith(after)


def test_an_attached_mail_is_read_in_its_own_character_set(rt, connect):
    head = MAIL + b"Content-Type: text/plain; charset=gb2312\r\n\r\n"
    ticket = with_file(rt, "gb.eml", "message/rfc822", head + f"卡号{WIDE}".encode("gb2312"))
    clean(connect(), ticket)
    content = stored(rt, "gb.eml")
    assert "卡号".encode("gb2312") in content
    assert WIDE.encode("gb2312") not in content


def test_a_file_is_read_and_written_in_the_character_set_that_it_declares(rt, connect):
    text = f"卡号;{WIDE};谢谢".encode("gb2312")
    boundary = 'Content-Type: multipart/mixed; boundary="b"\r\n'
    part = (
        b"--b\r\nContent-Type: text/csv; charset=gb2312\r\n"
        b'Content-Disposition: attachment; filename="gb.csv"\r\n\r\n' + text + b"\r\n--b--\r\n"
    )
    clean(connect(), by_mail(rt, boundary, part))
    content = stored(rt, "gb.csv")
    assert content.startswith("卡号;".encode("gb2312"))
    assert content.rstrip().endswith(";谢谢".encode("gb2312"))
    assert WIDE.encode("gb2312") not in content


@pytest.mark.parametrize("charset", ["cp932", "gb18030", "euc_kr", "big5", "iso2022_jp"])
def test_a_file_is_read_in_a_character_set_that_nothing_declares(rt, connect, charset):
    before, number, behind = (part.encode(charset) for part in ("abc;中;", WIDE, ";中\r\n"))
    name = f"{charset}.csv"
    boundary = 'Content-Type: multipart/mixed; boundary="b"\r\n'
    head = f'Content-Type: text/csv\r\nContent-Disposition: attachment; filename="{name}"'
    part = b"--b\r\n" + head.encode() + b"\r\n\r\n" + before + number + behind + b"--b--\r\n"
    assert "Content" in clean(connect(), by_mail(rt, boundary, part))
    content = stored(rt, name)
    for form in (number, number.decode("latin-1").encode()):  # RT may take it for Latin-1
        assert form not in content


def test_the_source_of_a_mail_is_opened_in_the_copies_that_show_it(rt, connect):
    source = base64.encodebytes(f"mitt kort er {VISA}, og takk for at dere svarer".encode())
    head = b"Se her:\r\n\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ticket = by_mail(rt, "Content-Type: text/plain\r\n", head + source + b"\r\n\r\nHilsen")
    rt.root("POST", f"ticket/{ticket}/correspond", quoting(head + source))
    clean(connect(), ticket)
    line = source.splitlines()[0]
    assert line not in quopri.decodestring(rt.database.read_bytes())


def quoting(text):
    body = f"<pre>{text.decode()}</pre>".replace("\r", "")
    return {"Content": body, "ContentType": "text/html"}


def test_a_subject_that_was_cut_amid_a_number_is_cleaned(rt, connect):
    subject = f"{'belast kortet ' * 13}{'x' * 4} {VISA} snarest"
    mail = f"From: Kari <rows@example.com>\r\nSubject: {subject}\r\n\r\nHei\r\n"
    rt.mail("Support", mail.encode())
    ticket, connector = newest(rt), connect()
    view = connector.fetch(ticket)
    (cut,) = (s for s in view.surfaces if s.kind is SurfaceKind.SUBJECT and s.id == "subject")
    assert cut.content.text.endswith(VISA[:13])
    for hit in scan(view, Policy()).hits:
        masked = mask(
            hit.surface.content.text, hit.removable, media_type=hit.surface.content.media_type
        )
        connector.rewrite(view, hit.surface, masked)
    left = [s for s in connector.fetch(ticket).surfaces if isinstance(s.content, Text)]
    assert [s.id for s in left if VISA[:13] in s.content.text] == []


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: text/plain\r\nContent-Length: 0\r\n",
        "Content-Type: text/plain\r\nContent-Length: 99999999\r\n",
        "Content-Type: application/octet-stream\r\nContent-Length: 0\r\n",
        "Content-Type: text/plain; charset=x-never-heard-of\r\n",
        "Content-Type: multipart/mixed\r\n",
        "Content-Type: text\r\n",
        "Content-Type: application/vnd.ms-excel\r\n",
    ],
)
def test_the_content_of_a_mail_is_read_whatever_its_headers_say(rt, connect, headers):
    ticket = by_mail(rt, headers, f"mitt kort er {VISA} takk\r\n".encode())
    connector = connect()
    assert "Content" in clean(connector, ticket)
    files = [s for s in connector.fetch(ticket).surfaces if isinstance(s.content, Blob)]
    assert files == []


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/octet-stream", f"navn;kort\nBjørn;{VISA}\n".encode("latin-1")),
        ("application/octet-stream", f"kort {VISA}\n".encode("utf-16")),
        ("application/vnd.ms-excel", f"navn;kort\nKari;{VISA}\n".encode()),
        ("image/svg+xml", f"<svg><text>kort {VISA}</text></svg>".encode()),
    ],
)
def test_a_file_that_reads_as_text_is_cleaned(rt, connect, media_type, content):
    assert "Content" in clean(connect(), with_file(rt, "a.dat", media_type, content))


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/octet-stream", b"PK\x03\x04\0\0"),
        ("application/octet-stream", b"%PDF 1.4"),
        ("application/octet-stream", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA0111\n"),
        ("application/pkcs7-mime", b"0\x82MIIB"),
        ("image/png", b"\x89PNG"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_its_true_size(rt, connect, media_type, content):
    ticket = with_file(rt, "a.bin", media_type, content)
    connector = connect()
    view = connector.fetch(ticket)
    (file,) = (s for s in view.surfaces if s.kind is SurfaceKind.FILE)
    assert (type(file.content), file.content.size) == (Blob, len(content))


@pytest.mark.parametrize("head", [b"PK\x03\x04\0\0", b"%PDF "], ids=["zip", "pdf"])
def test_a_number_in_the_plain_bytes_of_a_file_goes_and_the_file_keeps_its_size(rt, connect, head):
    content = head + b" kort " + VISA.encode() + b"\xff"
    ticket = with_file(rt, "a.bin", "application/octet-stream", content)
    connector = connect()
    assert "Content" in clean(connector, ticket)
    surfaces = connector.fetch(ticket).surfaces
    (file,) = (s.content for s in surfaces if isinstance(s.content, Blob))
    assert file.size == len(content)
    assert file.open().read() == head + b" kort **** **** **** 1111\xff"


def test_a_mail_as_octets_is_read_as_a_mail(rt, connect):
    head = MAIL + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    mail = head + base64.encodebytes(f"kort {VISA} takk".encode())
    ticket = with_file(rt, "octets.eml", "application/octet-stream", mail)
    assert "Content" in clean(connect(), ticket)


def test_the_id_of_a_message_is_cleaned(rt, connect):
    message_id = f"Message-ID: <card-{VISA.replace(' ', '-')}@example.com>\r\n"
    assert "MessageId" in clean(connect(), by_mail(rt, message_id, b"hei\r\n"))


def test_links_to_other_sites_are_cleaned_and_links_to_tickets_stand(rt, connect):
    other = new_ticket(rt)
    url = f"https://pay.example.com/receipt?card={VISA.replace(' ', '')}"
    ticket = new_ticket(rt, RefersTo=[url, other], ReferredToBy=[url])
    assert {"Target", "Base"} <= clean(connect(), ticket)
    links = [link["_url"] for link in rt.root("GET", f"ticket/{ticket}")["_hyperlinks"]]
    assert [url for url in links if url.endswith(f"/ticket/{other}")]


def people(connector, ticket):
    surfaces = connector.fetch(ticket).surfaces
    return [s.content.text for s in surfaces if s.kind is SurfaceKind.CONTACT_FIELD]


@pytest.mark.parametrize("role", ["Requestor", "Cc", "AdminCc"])
def test_names_of_people_are_found_though_they_left_the_ticket(rt, connect, role):
    who = f"left.{role.lower()}@example.com"
    ticket = new_ticket(rt, **{role: f'"Per {VISA}" <{who}>'})
    rt.root("PUT", f"ticket/{ticket}", {role: []})
    rt.root("PUT", f"user/{who}", {"Disabled": 1})
    assert f"Per {VISA}" in people(connect(), ticket)
    assert "RealName" in clean(connect(), ticket)


def test_names_in_custom_roles_merged_tickets_and_one_time_copies_are_found(rt, connect):
    ticket, target = new_ticket(rt), new_ticket(rt)
    payer = f'"Payer {MASTERCARD}" <payer@example.com>'
    rt.insert(
        Path(__file__).with_name("rt_rows.pl"),
        RT_TICKET=ticket,
        RT_PAYER=payer,
        RT_REMINDER=f"ring om kort {VISA}",
        RT_COPIED_ONCE=f'"Once {AMEX}" <once@example.com>',
    )
    reminder = newest(rt)
    connector = connect()
    assert {f"Payer {MASTERCARD}", f"Once {AMEX}"} <= set(people(connector, ticket))
    rt.root("PUT", f"ticket/{ticket}", {"MergeInto": target})
    assert f"Payer {MASTERCARD}" in people(connector, target)
    clean(connector, target)
    listed = connector.history(str(int(ticket) - 1), since=None).tickets
    assert connector.fetch(reminder).surface("subject").content.text == f"ring om kort {VISA}"
    assert reminder in [ref.id for ref in listed]
    clean(connector, reminder)


def test_the_old_name_of_a_customer_is_cleaned_in_its_history(rt, connect):
    ticket = by_mail(rt, "", b"hei\r\n", sender=f'"Kari {AMEX}" <renamed@example.com>')
    rt.root("PUT", "user/renamed@example.com", {"RealName": "Kari"})
    assert "OldValue" in clean(connect(), ticket)


def test_the_name_of_an_agent_is_named_and_left_to_a_person(rt, connect):
    ticket = new_ticket(rt, Cc=f'"Ola {VISA}" <promoted@example.com>')
    rt.root("PUT", "user/promoted@example.com", {"Privileged": 1})
    connector = connect()
    view = connector.fetch(ticket)
    (name,) = (s for s in dirty(view) if s.kind is SurfaceKind.CONTACT_FIELD)
    assert name.id.startswith("agent:")
    with pytest.raises(UnsupportedByHelpdesk):
        connector.rewrite(view, name, "x")
    rt.root("PUT", "user/promoted@example.com", {"Privileged": 0})
    assert "RealName" in clean(connector, ticket)
