"""Mails that are stored whole: files in them, and parts that are not opened."""

from __future__ import annotations

import base64

from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.findings.texts import render

MAIL = "message/rfc822"
PICTURE = base64.encodebytes(b"\x89PNG\r\n\x1a\n\0\0").decode()
DEEP = "Content-Type: message/rfc822\n\n" * 11


def with_file(text: str) -> str:
    picture = f"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n{PICTURE}"
    return f"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}\n--b\n{picture}--b--\n"


def findings(store):
    with store.transaction() as tables:
        return {f.cause: f for f in tables.findings.list("acme") if f.state == "open"}


def test_a_file_in_a_mail_is_counted_and_no_ticket_is_written_for_it(desk, redactor, store):
    result = redactor().run(desk.write_ticket(desk.message(with_file("hei"), MAIL)))
    assert (result.scanned, result.not_scannable) == (1, 1)
    assert findings(store) == {}


def test_beside_card_data_a_person_looks_at_it(desk, redactor, store):
    message = desk.message(with_file(f"card {CARD}"), MAIL)
    result = redactor().run(desk.write_ticket(message))
    assert result.outcomes == {message.id: Outcome.GONE}
    assert "card.not_scanned" in findings(store)


def test_a_part_that_is_not_opened_is_told_of(desk, redactor, store):
    source = f"{DEEP}Content-Transfer-Encoding: base64\n\n{PICTURE}"
    result = redactor().run(desk.write_ticket(desk.message(source, MAIL)))
    assert (result.scanned, result.not_scannable) == (0, 1)
    finding = findings(store)["card.not_scanned"]
    assert "encoded in a way" in render(finding, "en").body
    assert "kodet på en måte" in render(finding, "nb").body
