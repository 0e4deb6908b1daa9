"""The source of a mail that somebody pasted into a message."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.spans import Action
from integration.core.text import decode

VISA = "4111 1111 1111 1111"
MASK = "[card visa **** 1111]"
BODY = base64.encodebytes(f"kort {VISA} og mange andre ord som folger\n".encode()).decode()
HEAD = "Subject: x\nContent-Type: text/plain;\n charset=utf-8\nContent-Transfer-Encoding: "


def masked(source: str) -> str:
    return mask(source, find(source))


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", ["base64", "BASE64", '"base64"'])
@pytest.mark.parametrize("behind", ["\n\nThanks\n", "--b--\nThanks\n", "", "\n \nBye 5555\n"])
def test_its_body_in_base64_is_opened(newline: str, name: str, behind: str) -> None:
    before = f"Hi, it says:\n\n{HEAD}{name}\nX-Other: y\n\n"
    done = masked(f"{before}{BODY}{behind}".replace("\n", newline)).replace(newline, "\n")
    assert done.startswith(before)
    assert done.endswith(behind)
    body = done[len(before) : len(done) - len(behind)]
    assert base64.b64decode(body).decode() == f"kort {MASK} og mange andre ord som folger\n"


def test_many_headers_may_stand_above_it() -> None:
    headers = "".join(f"X-Header-{at}: y\n" for at in range(80))
    assert find(f"{headers}{HEAD}base64\n\n{BODY}")[0].inner


def test_its_quoted_body_is_read_in_its_charset() -> None:
    head = HEAD.replace("utf-8", "iso-8859-1")
    body = "4111=A01111=A0=\n1111=A01111 ok\n"
    assert masked(f"{head}quoted-printable\n\n{body}") == (
        f"{head}quoted-printable\n\n{MASK}=\n ok\n"
    )


def test_every_part_of_it_is_opened() -> None:
    html = (
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<b>5555</b>=A0=\n"
    )
    parts = f"--b\n{HEAD}base64\n\n{BODY}--b\n{html}5555 5555 4444\n--b--\nand 378282246310005"
    assert [span.brand for span in find(parts)] == ["visa", "mastercard", "amex"]
    assert find(masked(parts)) == []


def test_a_file_in_it_is_no_text() -> None:
    head = HEAD.replace("text/plain", "image/png")
    assert find(f"{head}base64\n\n{BODY}") == []


@pytest.mark.parametrize(
    "source",
    [
        f"We send with\nContent-Transfer-Encoding: base64\n{VISA}",
        f"We send with\nContent-Transfer-Encoding: base64\n\n{VISA} is mine",
        f"the line Content-Transfer-Encoding: base64\n\n{VISA}",
        f"Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit\n\n{VISA}",
        f"encoding: {VISA}",
    ],
    ids=["no body", "no base64", "amid a line", "twice", "another word"],
)
def test_what_only_looks_like_it_is_read_as_it_stands(source: str) -> None:
    assert masked(source) == source.replace(VISA, MASK)


LONG = base64.encodebytes(f"{'en lang linje ' * 5}{VISA} og {'mange ord ' * 9}\n".encode()).decode()
"""The number stands in its second line."""


def written(html: str) -> str:
    return mask(html, find(html, "text/html"), media_type="text/html")


def opened(html: str, line_end: str) -> str:
    """What the lines of base64 say that stand right behind the headers."""
    lines = (
        html.split(f"base64{line_end}{line_end}")[1]
        .split(line_end * 2, maxsplit=1)[0]
        .split(line_end)
    )
    return base64.b64decode("".join(lines)).decode()


@pytest.mark.parametrize(
    ("before", "line_end", "behind"),
    [("<pre>", "\n", "</pre>"), ("<pre>", "\r\n", "</pre>"), ("<p>", "<br>", f"</p>{VISA}")],
    ids=["kept lines", "crlf", "breaks"],
)
def test_it_is_opened_in_html_that_shows_it(before: str, line_end: str, behind: str) -> None:
    html = f"{before}Hi\n\n{HEAD}base64\n\n{LONG}\nBye{behind}".replace("\n", line_end)
    done = written(html)
    assert opened(done, line_end) == opened(html, line_end).replace(VISA, MASK)
    assert find(done, "text/html") == []
    assert done.endswith(f"Bye{behind}".replace(VISA, MASK))


def test_what_cannot_be_written_in_html_again_is_told_of() -> None:
    html = f"<p>{HEAD}base64\n\n".replace("\n", "<br>") + LONG.replace("\n", "<br >", 1)
    (span,) = find(html.replace("\n", "<br>") + "<br>more", "text/html")
    assert span.action is Action.REPORT


def test_lines_that_are_elements_of_their_own_are_told_of_too() -> None:
    html = f"<p>{HEAD}base64\n\n".replace("\n", "<br>") + LONG.strip().replace("\n", "<li>")
    (span,) = find(f"{html}<br><br>more", "text/html")
    assert span.action is Action.REPORT


def test_html_that_names_an_encoding_is_read_as_it_stands() -> None:
    assert written(f"<b>Encoding: base64</b> {VISA}") == f"<b>Encoding: base64</b> {MASK}"


def test_a_reader_sees_one_text_without_walls() -> None:
    shown = decode(f"before\n\n{HEAD}base64\n\n{BODY}\nafter").text
    assert shown.startswith(f"before\n\n{HEAD}base64")
    assert shown.endswith("\nafter")
    assert "\0" not in shown


PARTS = [
    *("Content-Transfer-Encoding: base64", "\nContent-Transfer-Encoding: x-uue"),
    *("quoted-printable", "Content-Type: text/html", BODY, VISA, "4111", "1111", "<b>", "&nbsp;"),
    *("\n", "\n\n", "\r\n", "--b\n", "=\n", "=C2=A0", "hei"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_no_pasted_source_is_found_again_when_it_was_masked(parts: list[str]) -> None:
    done = masked("".join(parts))
    assert [span for span in find(done) if span.action is Action.REDACT] == []
