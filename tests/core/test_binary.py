"""A card number in the plain bytes of a file that is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.binary import BINARY
from integration.core.detection import find, mask
from integration.core.policy import Policy
from integration.core.spans import Action, Kind

TYPE = f"{BINARY}; charset=latin-1"
PAGE = "%PDF-1.4\n4 0 obj\nstream\nBT (Card: {} exp 05/29, cvv 123) Tj ET\nendstream\n%%EOF"
NUMBER = "4000 0566 5566 5556"


def cleaned(text: str) -> str:
    return mask(text, find(text, TYPE), media_type=TYPE)


def test_its_digits_become_stars_but_for_the_last_four() -> None:
    page = PAGE.format(NUMBER)
    left = cleaned(page)
    assert left == PAGE.format("**** **** **** 5556").replace("05/29", "**/**").replace(
        "123", "***"
    )
    assert find(left, TYPE) == []


def test_bytes_that_no_reader_sees_part_and_hide_nothing() -> None:
    left = cleaned(f"\x00\xff\x03card {NUMBER}\x00\x9f\x01")
    assert left == "\x00\xff\x03card **** **** **** 5556\x00\x9f\x01"


@pytest.mark.parametrize(
    "text",
    [
        "/Widths [ 250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 ]",
        "xref\n0 6\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n ",
        "exp 05/29, cvv 123, 22 33 44 55",
        f"phone, order no. {NUMBER.replace(' ', '')}",
        "fnr 01010112345, card to follow",
    ],
)
def test_anything_less_sure_stays(text: str) -> None:
    assert find(text, TYPE) == []


def test_what_is_only_reported_beside_a_number_stays() -> None:
    page = PAGE.format(NUMBER)
    spans = [
        s._replace(action=Action.REPORT) if s.kind is Kind.CVV else s for s in find(page, TYPE)
    ]
    assert "cvv 123" in mask(page, spans, media_type=TYPE)


def test_what_the_policy_leaves_stays() -> None:
    policy = Policy(actions={Kind.PAN: Action.REPORT})
    assert find(PAGE.format(NUMBER), TYPE, policy) == []


@given(noise=st.binary(max_size=200), behind=st.binary(max_size=200))
def test_a_file_keeps_its_length_and_all_bytes_but_digits(noise: bytes, behind: bytes) -> None:
    text = f"{noise.decode('latin-1')} card {NUMBER} {behind.decode('latin-1')}"
    left = cleaned(text)
    assert len(left) == len(text)
    assert all(
        old == new or (old.isalnum() and new == "*") for old, new in zip(text, left, strict=True)
    )
    assert cleaned(left) == left
