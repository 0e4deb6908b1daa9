from __future__ import annotations

import base64
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.text import decode
from integration.core.text.transfer import known_charset

MAIL = "message/rfc822"
VISA = "4111 1111 1111 1111"
MASK = "[card visa **** 1111]"


def masked(source: str) -> str:
    return mask(source, find(source, MAIL), media_type=MAIL)


def body(source: str) -> str:
    """The body as Python's own parser reads it: the masked mail must still be a mail."""
    message = message_from_string(source, policy=policy.default)
    part = message.get_body(("plain", "html"))
    assert part is not None
    return part.get_content()


def entity(
    text: str, *, content_type: str = "text/plain; charset=utf-8", encoding: str = "8bit"
) -> str:
    return f"Content-Type: {content_type}\nContent-Transfer-Encoding: {encoding}\n\n{text}"


def test_a_plain_body_is_masked_in_place() -> None:
    source = f"Subject: Hei\n\nMitt kort {VISA}\n"
    assert masked(source) == f"Subject: Hei\n\nMitt kort {MASK}\n"


def test_a_header_is_masked_in_place() -> None:
    assert masked(f"Subject: card {VISA}\n\nx") == f"Subject: card {MASK}\n\nx"


def test_a_mail_without_headers_is_all_body() -> None:
    assert masked(f"\n{VISA}\n\ntext") == f"\n{MASK}\n\ntext"


def test_a_soft_break_inside_a_number_stays_where_it_is() -> None:
    source = entity("Kort 4111 1111 11=\n11 1111 p=C3=A5 vei\n", encoding="quoted-printable")
    done = masked(source)
    assert done.endswith(f"Kort {MASK}=\n p=C3=A5 vei\n")
    assert body(done) == f"Kort {MASK} på vei\n"


def test_a_soft_break_inside_a_character_breaks_nothing() -> None:
    source = entity(
        "Pr=C3=\r\n=BCfnummer 4111=C2=\r\n=A01111=C2=A01111=\r\n=C2=A01111 ok\r\n",
        encoding="quoted-printable",
    )
    assert "Prüfnummer 4111\xa01111\xa01111\xa01111 ok" in decode(source, MAIL).text
    assert body(masked(source)).strip() == f"Prüfnummer {MASK} ok"


def test_escaped_separators_and_digits_are_read() -> None:
    source = entity("4111=C2=A01111=C2=A01111=C2=A0=31=31=31=31\r\n", encoding="quoted-printable")
    assert body(masked(source)).strip() == MASK


def test_html_inside_quoted_printable_maps_back_through_both() -> None:
    source = entity(
        "<p style=3D'x'>4111=20<b>1111</b>=\n 1111&nb=\nsp;1111</p>",
        content_type="text/html; charset=utf-8",
        encoding="quoted-printable",
    )
    done = masked(source)
    assert body(done).startswith(f"<p style='x'>{MASK}<b></b>")
    assert find(done, MAIL) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_base64_body_is_sealed_again(newline: str) -> None:
    text = f"Hei på deg, kort {VISA} og hilsen Åse"
    data = base64.b64encode(text.encode()).decode()
    source = entity(f"{data[:40]}\n{data[40:]}\n", encoding="base64").replace("\n", newline)
    (span,) = find(source, MAIL)
    assert source[span.start : span.end].replace(newline, "") == data
    assert span.inner
    assert body(masked(source)) == f"Hei på deg, kort {MASK} og hilsen Åse"


def test_a_base64_body_in_no_charset_keeps_its_bytes() -> None:
    raw = b"\xff\xfe kort " + VISA.encode()
    source = entity(base64.b64encode(raw).decode(), encoding="base64")
    done = masked(source).rpartition("\n\n")[2]
    assert base64.b64decode(done) == b"\xff\xfe kort " + MASK.encode()


def test_a_base64_file_is_not_text() -> None:
    data = base64.b64encode(VISA.encode()).decode()
    assert find(entity(data, content_type="application/pdf", encoding="base64"), MAIL) == []


@pytest.mark.parametrize(
    "text", [VISA, VISA.replace(" ", ""), "a=b", ""], ids=["groups", "block", "x", "empty"]
)
def test_what_is_no_base64_is_read_as_it_stands(text: str) -> None:
    source = entity(f"{text}=", encoding="base64")
    assert len(find(source, MAIL)) == text.startswith("4")


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_base64_that_was_cut_off_is_opened_as_far_as_it_goes(cut: int) -> None:
    data = base64.b64encode(f"kort {VISA} takk for alt!!!".encode()).decode()
    done = masked(entity(data[:-cut], encoding="base64")).partition("\n\n")[2]
    assert base64.b64decode(done).startswith(f"kort {MASK} takk for alt".encode())


@pytest.mark.parametrize("blank", [" ", "\t", "  \r"])
def test_blanks_behind_lines_of_base64_are_none_of_it(blank: str) -> None:
    data = base64.b64encode(f"kort {VISA}!".encode()).decode()
    source = entity(f"{data[:20]}{blank}\n{data[20:]}{blank}\n", encoding="base64")
    assert base64.b64decode(masked(source).partition("\n\n")[2]) == f"kort {MASK}!".encode()


def test_text_that_a_mailing_list_adds_behind_base64_stays() -> None:
    data = base64.b64encode(f"kort {VISA}!".encode()).decode()
    footer = "_____________\nlist, card 5555 5555 5555 4444\n"
    source = entity(f"{data}\n{footer}", encoding="base64")
    done = masked(source)
    assert base64.b64decode(done.split("\n")[3]) == f"kort {MASK}!".encode()
    assert done.endswith("_____________\nlist, card [card mastercard **** 4444]\n")


def test_lines_that_only_look_like_base64_are_read_as_text() -> None:
    assert masked(entity(f"Hello\n{VISA} and so on", encoding="base64")).endswith(
        f"Hello\n{MASK} and so on"
    )


def test_lines_of_base64_stay_as_long_as_they_were() -> None:
    data = base64.b64encode(f"kort {VISA} {'x' * 50}".encode()).decode()
    source = entity(
        "\n".join(data[at : at + 60] for at in range(0, len(data), 60)), encoding="base64"
    )
    lines = masked(source).partition("\n\n")[2].split("\n")
    assert [len(line) for line in lines[:-1]] == [60]


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-16-le"])
def test_a_byte_order_mark_goes_back_as_it_was(codec: str) -> None:
    raw = f"\ufeffkort {VISA}".encode(codec)
    data = base64.b64encode(raw).decode()
    source = entity(data, content_type="text/plain; charset=utf-16", encoding="base64")
    done = base64.b64decode(masked(source).partition("\n\n")[2])
    assert done == f"\ufeffkort {MASK}".encode(codec)


def test_wide_characters_with_only_half_of_them_escaped_are_read() -> None:
    source = entity(
        "4=001=001=001=00 =00" + "1=001=001=001=00 =00" * 3,
        content_type="text/plain; charset=utf-16",
        encoding="quoted-printable",
    )
    assert [span.last4 for span in find(source, MAIL)] == ["1111"]


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("koi8-r", "код карты"),
        ("utf-8", "kort\xa0på"),
        ("shift_jis", "カード番号ー"),
        ("big5", "信用卡號"),
    ],
)
@pytest.mark.parametrize("read_as", ["latin-1", "ascii"])
def test_eight_bit_text_is_read_in_its_own_charset(charset: str, words: str, read_as: str) -> None:
    raw = entity("", content_type=f"text/plain; charset={charset}").encode()
    raw += f"{words} {VISA}".encode(charset)
    source = raw.decode(read_as, "surrogateescape")
    assert f"{words} {VISA}" in decode(source, MAIL).text
    done = masked(source).encode(read_as, "surrogateescape")
    assert done == raw.replace(VISA.encode(), MASK.encode())


def test_bytes_that_are_not_of_the_charset_are_read_as_they_stand() -> None:
    source = entity("bl\xe5 kort", content_type="text/plain; charset=utf-8")
    assert "bl\xe5 kort" in decode(source, MAIL).text


def test_text_that_was_decoded_already_is_not_decoded_again() -> None:
    source = entity("é – kort", content_type="text/plain; charset=koi8-r")
    assert "é – kort" in decode(source, MAIL).text


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("application/json", '{"a": "4111\\u00a01111\\u00a01111\\u00a01111"}'),
        ("text/xml", "<Kort>4111<b/>1111<b/>1111<b/>1111</Kort>"),
        ("text/csv", f"a;{VISA};b"),
    ],
    ids=["json", "xml", "csv"],
)
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_each_part_is_read_by_its_media_type(content_type: str, text: str, encoding: str) -> None:
    body = base64.b64encode(text.encode()).decode() if encoding == "base64" else text
    assert len(find(entity(body, content_type=content_type, encoding=encoding), MAIL)) == 1


@pytest.mark.parametrize("declared", ["; boundary=other", ""], ids=["another", "none"])
def test_parts_are_found_when_their_boundary_is_not_the_declared_one(declared: str) -> None:
    data = base64.b64encode(f"kort {VISA}".encode()).decode()
    part = entity(data, encoding="base64")
    source = f"Content-Type: multipart/mixed{declared}\n\n--real\n{part}\n--real--\n"
    (span,) = find(source, MAIL)
    assert span.inner


def test_encoded_words_of_a_header_are_read_together_and_sealed_again() -> None:
    source = "Subject: =?utf-8?q?Kj=C3=B8p_4111_1111?=\n =?utf-8?q?_1111_1111?= ok\n\nhello\n"
    done = masked(source)
    message = message_from_string(done, policy=policy.default)
    assert message["subject"] == f"Kjøp {MASK} ok"


@pytest.mark.parametrize("word", ["=?x-none?q?a?=", "=?utf-8?b?a?=", "=?utf-8?b?====?="])
def test_an_odd_encoded_word_is_no_reason_to_fail(word: str) -> None:
    assert find(f"Subject: {word} {VISA}\n\n", MAIL)


def test_every_part_of_a_multipart_is_read_on_its_own() -> None:
    html = entity(f"<b>{VISA}</b>", content_type="text/html")
    inner = "Content-Type: message/rfc822\n\nSubject: 5555 5555 5555 4444\n\nx"
    source = (
        'Content-Type: multipart/mixed;\n boundary="a b"\n\npreamble 4242424242424242\n'
        f"--a b\n{html}\n--a b\n{inner}\n--a b--\nepilogue 378282246310005\n"
    )
    assert [span.brand for span in find(source, MAIL)] == ["visa", "visa", "mastercard", "amex"]
    assert find(masked(source), MAIL) == []


def test_a_boundary_that_looks_like_a_card_holds_the_mail_together() -> None:
    boundary = "===============4917610000000000003=="
    source = (
        f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
        f"--{boundary}\n\n{VISA}\n--{boundary}--\n"
    )
    assert masked(source) == source.replace(VISA, MASK)
    assert find(f"Subject: x; boundary={VISA}\n\n", MAIL)


def test_a_boundary_may_look_like_an_encoded_word() -> None:
    source = f"Content-Type: multipart/mixed; boundary==?utf-8?q?a?=\n\n--=?utf-8?q?a?=\n\n{VISA}"
    assert masked(source) == source.replace(VISA, MASK)


def test_a_multipart_without_boundary_is_read_as_text() -> None:
    assert find(f"Content-Type: multipart/mixed\n\n{VISA}", MAIL)


def test_deep_nesting_ends_in_plain_text() -> None:
    source = "Content-Type: message/rfc822\n\n" * 50 + VISA
    assert [span.last4 for span in find(source, MAIL)] == ["1111"]


@pytest.mark.parametrize("name", ["idna", "unicode_escape", "rot13", "no-such", "undefined", "a\0"])
def test_a_codec_that_is_no_charset_is_not_used(name: str) -> None:
    assert known_charset(name) == "latin-1"


def test_a_half_character_at_the_end_is_replaced() -> None:
    assert "\ufffd" in decode(entity("x=C3", encoding="quoted-printable"), MAIL).text


PARTS = """
Content-Type:|multipart/mixed; boundary=a|text/html|message/rfc822|Content-Transfer-Encoding:|base64
multipart/digest; boundary=a|x-uuencode|begin 644 a|#4111|a; a*1="4111|From a|application/zip
--a|--a--|quoted-printable|=C3|NDExMTExMTExMTExMTExMQ==|<b>|=?utf-8?q?4111?=|=?x?b?MQ==?=|&#52;
""".strip().replace("\n", "|")
MAIL_PARTS = [*PARTS.split("|"), VISA, " ", "\n", "\r\n", "\n\n", "=\n"]


@given(st.lists(st.sampled_from(MAIL_PARTS), max_size=30).map("".join))
def test_no_mail_is_too_broken_to_be_read_and_masked(source: str) -> None:
    done = masked(source)
    assert [span for span in find(done, MAIL) if span.action == "redact"] == []


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("linesep", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_mail_made_by_a_mail_program_keeps_all_but_the_number(
    encoding: str, linesep: str
) -> None:
    plain = f"Hei på deg,\n\nmitt kort er {VISA} – trekk gjerne beløpet.\n\n" + "Hilsen Åse " * 20
    rich = f"<p>Hei på deg,</p><p>mitt kort er <b>{VISA}</b></p><p>{'Hilsen Åse ' * 20}</p>"
    message = EmailMessage(policy.default.clone(linesep=linesep))
    message["Subject"] = (
        f"Spørsmål om kort {VISA} og en lang tekst om påskeferien som ikke tar slutt"
    )
    message["From"] = "Åse <ase@example.com>"
    message.set_content(plain, cte=encoding)
    message.add_alternative(rich, subtype="html", cte=encoding)
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream")
    source = message.as_bytes().decode("utf-8", "surrogateescape")

    done = message_from_bytes(
        masked(source).encode("utf-8", "surrogateescape"), policy=policy.default
    )
    assert str(done["subject"]) == str(message["subject"]).replace(VISA, MASK)
    assert [part.get_content_type() for part in done.walk()] == [
        part.get_content_type() for part in message.walk()
    ]
    for kind, text in (("plain", plain), ("html", rich)):
        part = done.get_body((kind,))
        assert part is not None
        assert part.get_content().splitlines() == text.replace(VISA, MASK).splitlines()
