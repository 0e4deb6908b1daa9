from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.spans import Kind
from integration.core.text import decode

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
VISA = "4111 1111 1111 1111"
MASK = "[card visa **** 1111]"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r'{"a": "b\nc\td\r\f\b\/\"\\x"}', '{"a": "b\nc\td\r\n /"\\x"}'),
        (r'"\u0034\u00a0\u00e5"', '"4\xa0å"'),
        (r'"\ud83d\ude00\ud83d"', '"😀\ufffd"'),
        (r'"\x \u12"', r'"\x \u12"'),
        ("", ""),
    ],
    ids=["short", "hex", "pair", "none", "empty"],
)
@pytest.mark.parametrize("media_type", [JSON, "application/problem+json; charset=utf-8"])
def test_escapes_of_json_are_read(source: str, text: str, media_type: str) -> None:
    assert decode(source, media_type).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a=1+2&b=%33%0A", "a=1 2\nb=3\n"),
        ("%C3%A5%E2%82%AC%F0%9F%98%80%C2%A0", "å€😀\xa0"),
        ("%C3%28%FF%", "\ufffd(\ufffd%"),
    ],
    ids=["ascii", "utf-8", "broken"],
)
def test_fields_of_a_form_are_read_one_on_each_line(source: str, text: str) -> None:
    assert decode(source, FORM).text == text


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_any_json_reads_as_what_it_means(value: object) -> None:
    escaped = json.dumps(value)
    plain = json.dumps(value, ensure_ascii=False)
    assert decode(escaped, JSON).text == decode(plain, JSON).text


def test_a_number_behind_escapes_is_masked_where_it_stands() -> None:
    source = r'{"text": "kort\n4111\u00a01111\u00a01111\u00a0\u0031111\ntakk"}'
    assert mask(source, find(source, JSON)) == rf'{{"text": "kort\n{MASK}\ntakk"}}'


def test_a_number_in_a_field_of_a_form_is_masked_where_it_stands() -> None:
    source = "name=Ola&cardnumber=4111+1111+1111+1111&cvv=123&x=%C3%A5"
    spans = find(source, FORM)
    assert [span.kind for span in spans] == [Kind.PAN, Kind.CVV]
    expected = f"name=Ola&cardnumber={MASK}&cvv=[security code removed]&x=%C3%A5"
    assert mask(source, spans) == expected
