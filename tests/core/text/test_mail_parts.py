"""Parts of mails that say oddly how they are written, and files that are texts."""

from __future__ import annotations

import base64
import binascii

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind, Span
from integration.core.text import decode, holds_files

MAIL = "message/rfc822"
VISA = "4111 1111 1111 1111"
MASK = "[card visa **** 1111]"
TEXT = f"kort {VISA}\n"


def in_base64(raw: str | bytes) -> str:
    return base64.encodebytes(raw.encode() if isinstance(raw, str) else raw).decode()


def part(body: str, content_type: str = "text/plain", encoding: str = "base64") -> str:
    return f"Content-Type: {content_type}\nContent-Transfer-Encoding: {encoding}\n\n{body}"


def masked(source: str, media_type: str = MAIL) -> str:
    return mask(source, find(source, media_type), media_type=media_type)


def unopened(source: str) -> list[Span]:
    return [span for span in find(source, MAIL) if span.unread]


FILES = ["application/octet-stream", "application/vnd.ms-excel", "application/x-any; name=a.csv"]


@pytest.mark.parametrize("content_type", FILES)
def test_a_file_that_is_a_text_is_read_whatever_it_is_called(content_type: str) -> None:
    done = masked(part(in_base64(TEXT), content_type)).partition("\n\n")[2]
    assert base64.b64decode(done).decode() == f"kort {MASK}\n"


@pytest.mark.parametrize("content_type", FILES)
def test_so_is_one_that_is_quoted(content_type: str) -> None:
    source = part("4111=20\n1111=C2=A01111 1111\n", content_type, "quoted-printable")
    assert masked(source) == part(f"{MASK}\n", content_type, "quoted-printable")


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "latin-1"])
def test_a_file_in_another_charset_goes_back_in_it(charset: str) -> None:
    mark = "\ufeff" if charset.startswith("utf") else ""
    raw = f"{mark}kjøp {VISA}".encode(charset)
    done = masked(part(in_base64(raw), FILES[0])).partition("\n\n")[2]
    assert base64.b64decode(done) == f"{mark}kjøp {MASK}".encode(charset)


@pytest.mark.parametrize(
    ("content_type", "raw"),
    [
        (FILES[0], b"PK\x03\x04" + TEXT.encode()),
        (FILES[0], TEXT.encode() * 400 + b"\0"),
        ("application/pdf", TEXT.encode()),
        ("image/png", TEXT.encode()),
    ],
    ids=["archive", "late zero byte", "pdf", "picture"],
)
def test_a_file_that_is_none_is_not_read_and_told_of(content_type: str, raw: bytes) -> None:
    source = part(in_base64(raw), content_type)
    assert find(source, MAIL) == []
    assert holds_files(source, MAIL)
    assert holds_files(part(in_base64(source), MAIL), MAIL)
    assert not holds_files(source, "text/plain")


def test_a_mail_without_files_holds_none() -> None:
    assert not holds_files(part(in_base64(TEXT), FILES[0]), MAIL)
    assert not holds_files("Subject: x\nContent-Type: image/png", MAIL)


def test_what_is_declared_a_file_in_base64_and_is_none_is_read_as_it_stands() -> None:
    assert masked(part(TEXT, FILES[0])) == part(f"kort {MASK}\n", FILES[0])


@pytest.mark.parametrize("encoding", ["base64 (rfc2045)", "(a) BASE64", '"base64"', "base64; x"])
def test_what_stands_beside_the_name_of_an_encoding_is_none_of_it(encoding: str) -> None:
    (span,) = find(part(in_base64(TEXT), encoding=encoding.replace("; x", " x")), MAIL)
    assert span.inner


@pytest.mark.parametrize("name", ["charset*=utf-8''utf-16le", "charset*=''\"utf-16le\""])
def test_the_charset_may_be_named_with_its_language(name: str) -> None:
    raw = f"kort {VISA}".encode("utf-16-le")
    (span,) = find(part(in_base64(raw), f"text/plain; {name}"), MAIL)
    assert span.kind is Kind.PAN


@pytest.mark.parametrize("subtype", ["digest", "Digest"])
def test_the_parts_of_a_digest_are_mails(subtype: str) -> None:
    inner = f"Subject: x\nContent-Transfer-Encoding: base64\n\n{in_base64(TEXT)}"
    source = f"Content-Type: multipart/{subtype}; boundary=a\n\n--a\n\n{inner}\n--a--\n"
    (span,) = find(source, MAIL)
    assert span.inner


def test_a_name_in_several_pieces_is_read_as_one() -> None:
    source = 'Content-Type: a/b;\n name*0="4111 1111 ";\n name*1="1111 1111.txt"\n\nx'
    done = source.replace("4111 1111 ", MASK).replace("1111 1111.txt", ".txt")
    assert masked(source) == done
    quoted = "Content-Disposition: attachment; filename*0*=''4111%20;\n filename*1*=11111111%201111"
    assert len(find(f"{quoted}\n\n", MAIL)) == 1


def uuencoded(raw: bytes, newline: str = "\n") -> str:
    lines = [binascii.b2a_uu(raw[at : at + 45]).decode() for at in range(0, len(raw), 45)]
    return "".join(["begin 644 a.txt\n", *lines, "`\n", "end\n"]).replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("encoding", ["x-uuencode", "uuencode", "x-uue"])
def test_uuencode_is_opened_and_written_again(encoding: str, newline: str) -> None:
    words = "og mange ord til som fyller flere linjer " * 3
    source = part(uuencoded((TEXT + words).encode(), newline), encoding=encoding)
    begin, *lines = masked(source).partition("\n\n")[2].split(newline)
    assert begin == "begin 644 a.txt"
    assert lines[-3:] == ["`", "end", ""]
    raw = b"".join(map(binascii.a2b_uu, lines[:-3]))
    assert raw.decode() == f"kort {MASK}\n{words}"


def test_uuencode_that_was_cut_off_is_opened_as_far_as_it_goes() -> None:
    whole = uuencoded(TEXT.encode() * 3)
    (span,) = find(part(whole[: whole.index("\n", 30) - 5], encoding="x-uuencode"), MAIL)
    assert span.action is Action.REDACT


def test_a_file_in_uuencode_that_is_no_text_is_not_read() -> None:
    source = part(uuencoded(b"\0\1" + TEXT.encode()), encoding="x-uuencode")
    assert find(source, MAIL) == []
    assert holds_files(source, MAIL)


@pytest.mark.parametrize(
    "body",
    [TEXT, f"begin 644 x\n\xff {TEXT}", "begin 644 x\nend\n"],
    ids=["no lines", "no letters", "empty"],
)
def test_lines_that_are_no_uuencode_are_read_as_they_stand_and_told_of(body: str) -> None:
    source = part(body, encoding="x-uuencode")
    assert [span.why for span in unopened(source)] == [("not-opened",)]
    assert (VISA in masked(source)) is False


DEEP = "Content-Type: message/rfc822\n\n" * 11


def test_what_is_encoded_deeper_than_we_look_is_told_of() -> None:
    assert unopened(DEEP + part(in_base64(TEXT)))
    assert unopened(DEEP + "Subject: =?utf-8?q?a?=\n\nx")
    assert unopened(DEEP + part("x", encoding="quoted-printable"))
    assert unopened(DEEP[: len(DEEP) // 11 * 9] + part(part("x"), "message/rfc822", "x-uue"))


def test_what_is_plain_there_is_read_and_nothing_is_told() -> None:
    source = DEEP + part(TEXT, encoding="7bit")
    assert unopened(source) == []
    assert masked(source) == DEEP + part(f"kort {MASK}\n", encoding="7bit")


@pytest.mark.parametrize("media_type", ["text/rfc822-headers", "text/x-mail", "message/global"])
def test_headers_that_a_bounce_sends_back_are_read_as_those_of_a_mail(media_type: str) -> None:
    headers = "Subject: =?utf-8?q?4111_1111?=\n =?utf-8?q?_1111_1111?=\nTo: a@example.com\n"
    assert find(headers, media_type)[0].inner
    report = f"Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: {media_type}\n\n"
    assert find(f"{report}{headers}\n--a--", MAIL)[0].inner


def test_every_mail_of_a_box_is_read() -> None:
    box = (
        f"From a@example.com Mon\nSubject: a\n\nFrom me, {VISA}\n\n"
        f"From b@example.com Tue\n{part(in_base64(TEXT))}\n"
    )
    first, second = find(box, "application/mbox")
    assert (first.inner, bool(second.inner)) == ((), True)
    assert find(masked(box, "application/mbox"), "application/mbox") == []
    assert "4111" not in masked(f"From {VISA}\n\nx", "application/mbox")


def test_a_part_that_is_whole_and_one_that_is_not_are_both_told() -> None:
    source = f"Content-Type: multipart/mixed; boundary=a\n\n--a\n\n{VISA}\n--a\n"
    source += part("hei\n", encoding="x-uuencode")
    assert [span.unread for span in find(source, MAIL)] == [True, False]
    assert not decode(source, MAIL).is_whole
