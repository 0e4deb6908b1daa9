"""Tickets with published test numbers in every place that RT stores, by mail and by REST 2."""

from __future__ import annotations

import email.policy
import json
import quopri
import re
import sqlite3
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import EmailMessage
from html import unescape
from pathlib import Path

from tests.e2e.rt_server import RtServer, b64

VISA = "4111 1111 1111 1111"
MASTERCARD = "5555-5555-5555-4444"
AMEX = "378282246310005"
DIGITS = tuple(re.sub(r"\D", "", number) for number in (VISA, MASTERCARD, AMEX))
ENCODED_WORDS = re.compile(
    r"=\?[\w-]+\?[BbQq]\?[!->@-~]*\?=(?:\s+=\?[\w-]+\?[BbQq]\?[!->@-~]*\?=)*"
)
CLEAN = "ordre 1234 5678 9012 3456 æøå"


def plant(rt: RtServer) -> list[str]:
    """Every way in; the ids of the tickets."""
    return [
        str(id_)
        for id_ in (_rest(rt), _html(rt), _conversation(rt), *_mails(rt), _merged(rt), _long(rt))
    ]


def _create(rt: RtServer, subject: str, text: str, media_type: str = "text/plain", **more) -> int:
    body = {"Queue": "Support", "Subject": subject, "Content": text, "ContentType": media_type}
    return int(rt.root("POST", "ticket", {"Requestor": "kari@example.com", **body, **more})["id"])


def _rest(rt: RtServer) -> int:
    ticket = _create(
        rt,
        f"Belast kort {VISA} på nytt",
        f"Hei,\nbelast {VISA} utløp 12/29 cvv 123.\nÆrlig talt. {CLEAN}\n",
        CustomFields={"Order": f"kort {MASTERCARD} ø"},
        Attachments=[
            _file("card.txt", "text/plain", f"my card is {AMEX}\n".encode()),
            _file("kort.csv", "text/csv", f"navn,kort\nBjørn,{DIGITS[0]}\n".encode("latin-1")),
            _file(f"scan {VISA}.png", "image/png", bytes(range(256))),
            _file("page.pdf", "application/pdf", f"%PDF-1.4 (kort: {VISA}) Tj".encode() + b"\xff"),
            _file("winmail.dat", "application/ms-tnef", b"\0\1" + MASTERCARD.encode() + b"\0"),
        ],
    )
    rt.root("PUT", f"ticket/{ticket}", {"Subject": f"Kort {MASTERCARD}"})
    rt.root("PUT", f"ticket/{ticket}", {"Subject": "Avklart", "CustomFields": {"Order": "AB-12"}})
    return ticket


def _file(name: str, media_type: str, content: bytes) -> dict[str, str]:
    return {"FileName": name, "FileType": media_type, "FileContent": b64(content)}


def _html(rt: RtServer) -> int:
    split = f"<p>kort <b>4111</b> 1111&nbsp;1111 <i>1111</i>, og {MASTERCARD}. {CLEAN}</p>"
    return _create(rt, "html", split, "text/html")


def _conversation(rt: RtServer) -> int:
    ticket = _create(rt, "Ren sak", CLEAN)
    for way, number in (("correspond", VISA), ("comment", AMEX)):
        body = {"Content": f"{way}: kort {number} æ", "ContentType": "text/plain"}
        rt.root("POST", f"ticket/{ticket}/{way}", body)
    return ticket


def _long(rt: RtServer) -> int:
    """A custom field value over 255 bytes: RT keeps it in another column."""
    return _create(rt, "langt felt", CLEAN, CustomFields={"Order": f"{'x ' * 200} {VISA} æ"})


def _merged(rt: RtServer) -> int:
    ticket = _create(rt, f"Slås sammen, kort {VISA}", CLEAN)
    target = _create(rt, "Hovedsak", CLEAN)
    rt.root("PUT", f"ticket/{ticket}", {"MergeInto": str(target)})
    return target


def _mails(rt: RtServer) -> Iterator[int]:
    for number, encoding in ((VISA, "base64"), (MASTERCARD, "quoted-printable")):
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"], mail["To"] = f"Ola {number} <ola@example.com>", "support@rt.test"
        mail["Subject"] = f"Spørsmål om kort {number}"  # sent as encoded words
        mail.set_content(f"Hei, kortet er {number} æøå.\n", cte=encoding)
        mail.add_alternative(
            f"<p>Hei, kortet er <b>{number}</b> å</p>", subtype="html", cte=encoding
        )
        mail.add_attachment(
            f"kort;{number}\n".encode(), maintype="text", subtype="csv", filename=f"{number}.csv"
        )
        mail.add_attachment(_inner(number))
        rt.mail("Support", bytes(mail))
        yield _newest(rt)
    reply = EmailMessage(policy=email.policy.SMTP)
    reply["From"], reply["Subject"] = "ola@example.com", f"Re: [rt.test #{_newest(rt)}] kort"
    reply.set_content(f"> {CLEAN}\nDet nye kortet: {AMEX}\n", cte="base64")
    rt.mail("Support", bytes(reply))


def _inner(number: str) -> EmailMessage:
    """A forwarded mail inside the mail."""
    inner = EmailMessage(policy=email.policy.SMTP)
    inner["From"], inner["Subject"] = "per@example.com", f"Æ: {number}"
    inner.set_content(f"videresendt: {number} ø\n", cte="base64")
    return inner


def _newest(rt: RtServer) -> int:
    query = "tickets?query=id>0&orderby=id&order=DESC&per_page=1"
    return int(rt.root("GET", query)["items"][0]["id"])


def found_in(data: bytes) -> set[str]:
    """The planted numbers in bytes, written in any way that a person would read as one."""
    text = _readable(data.decode("utf-8", "replace"))
    return {digits for digits in DIGITS if _pattern(digits).search(text)}


def _readable(text: str) -> str:
    text = unescape(text)
    tagless = re.sub(r"<[^>]{1,200}>", "", text)
    words = (str(make_header(decode_header(run))) for run in ENCODED_WORDS.findall(text))
    return "\n".join((text, tagless, *words)).replace("\xa0", " ")


def _pattern(digits: str) -> re.Pattern[str]:
    return re.compile(r"[ -]?".join(digits))


def left_in_rows(database: Path) -> list[tuple[str, str, int]]:
    """Table, column and row of every planted number, with base64 and quoted-printable undone."""
    left = []
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        db.text_factory = bytes
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            rows = db.execute(f'SELECT rowid, * FROM "{table.decode()}"')  # noqa: S608
            names = [column[0] for column in rows.description]
            left += [
                (table.decode(), name, row[0])
                for row in rows
                for name, value in zip(names[1:], row[1:], strict=True)
                if isinstance(value, bytes) and any(map(found_in, _decodings(value)))
            ]
    return left


def _decodings(value: bytes) -> Iterator[bytes]:
    yield value
    yield quopri.decodestring(value)
    for run in re.findall(rb"[A-Za-z0-9+/\r\n]{16,}={0,2}", value):
        try:
            yield b64decode(run)
        except NotBase64:
            continue


def left_in_dump(dump: bytes) -> list[bytes]:
    """The same for a PostgreSQL dump: the beginnings of the rows."""
    rows = (row.split(b"\t") for row in dump.splitlines())
    return [
        row[0] for row in rows if any(found_in(text) for cell in row for text in _decodings(cell))
    ]


def left_in_api(rt: RtServer, ticket: str) -> set[str]:
    """The planted numbers in what root sees of a ticket over REST 2."""
    texts = [rt.root("GET", f"ticket/{ticket}")]
    fields = "Type,OldValue,NewValue,Data"
    texts.append(rt.root("GET", f"ticket/{ticket}/history?per_page=100&fields={fields}"))
    fields = "Subject,Filename,Headers,Content"
    texts.append(rt.root("GET", f"ticket/{ticket}/attachments?per_page=100&fields={fields}"))
    return found_in(json.dumps(texts, ensure_ascii=False).encode())
