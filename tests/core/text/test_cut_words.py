"""Subjects that a helpdesk cut at so many characters, amid an encoded word."""

from __future__ import annotations

import base64
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask

MAIL = "message/rfc822"
VISA = "4111 1111 1111 1111"
MASK = "[card visa **** 1111]"
WORD = base64.b64encode(f"Kjøp kort {VISA} påske".encode()).decode()


def masked(source: str) -> str:
    return mask(source, find(source, MAIL), media_type=MAIL)


def said(header: str) -> str:
    return str(make_header(decode_header(header)))


@pytest.mark.parametrize("cut", range(1, 9))
def test_the_number_in_a_word_that_was_cut_off_is_removed(cut: int) -> None:
    done = said(masked(f"=?UTF-8?B?{WORD[:-cut]}"))
    assert done.startswith(f"Kjøp kort {MASK} p")
    assert "påske".startswith(done.rpartition(" ")[2])


@pytest.mark.parametrize("tail", ["p=C3=A5", "p=C3=A", "p=C3=", "p=C3", "p=", "p", "p?"])
def test_so_is_one_in_a_word_of_the_other_encoding(tail: str) -> None:
    done = said(masked(f"=?utf-8?Q?kort_4111_1111_1111_1111_{tail}"))
    assert done.rstrip("å") == f"kort {MASK} p"


def test_a_number_that_goes_on_in_the_word_that_was_cut_is_removed() -> None:
    assert said(masked("=?utf-8?q?kort_4111_1111?= =?utf-8?q?_1111_1111_p=C")) == f"kort {MASK} p"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_cut_header_ends_where_the_next_begins(newline: str) -> None:
    source = f"Subject: =?UTF-8?B?{WORD[:-3]}\nFrom: a\n\nhei\n".replace("\n", newline)
    done = masked(source)
    assert done.endswith(f"{newline}From: a{newline}{newline}hei{newline}")
    assert WORD[:-3] not in done


def test_a_mark_of_a_word_amid_a_line_is_no_word() -> None:
    source = f"Subject: why =?UTF-8?B? and {VISA} stand here"
    assert masked(source) == source.replace(VISA, MASK)


@given(st.text(st.sampled_from("=?bq_4111 \r\n"), max_size=60))
def test_no_header_is_cut_so_badly_that_it_is_not_read(end: str) -> None:
    done = masked(f"Subject: =?utf-8?q?{VISA.replace(' ', '_')}{end}")
    assert masked(done) == done
