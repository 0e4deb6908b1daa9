from __future__ import annotations

import pytest

from integration.core.sensitive.codes import What, is_code, is_pin, values_in
from integration.core.sensitive.dates import Form


@pytest.mark.parametrize("text", ["KE-0447-120", "PH-0112", "AB-123", "TRV-0423-120"])
def test_digits_of_an_identifier_are_no_date_and_no_code(text: str) -> None:
    values = values_in(text.lower())
    assert all(value.what is What.NUMBER for value in values)
    assert not any(is_code(value, four=True) for value in values)


@pytest.mark.parametrize(
    "text",
    [
        "support code 5512-pg",
        "order zam/2025/01/0042",
        "charge.java:118",
        "line 118, in",
        "5,45e+15",
        "191-d-40417",
        "2025\u201310\u20130092",
        "(495) 123-45-67",
        "page v3.18.2204",
        "vehiculo 4821 kxm",
        "auth 0417b2",
        "flug os 451",
        "letter code l0447/b",
        "de 003   : [n6] 7",
        "wf 612 on sunday",
        "out ezy 8622",
        "label code 0331/hg/77120",
        "error 3ds-104",
        "mcc 4511",
        "pos entry mode 810",
    ],
)
def test_the_digits_of_an_identifier_are_no_code_and_no_date(text: str) -> None:
    assert all(value.form in {None, Form.OTHER} for value in values_in(text))
    assert not any(is_pin(value) or is_code(value, four=True) for value in values_in(text)[:1])


def test_the_end_of_the_number_of_a_pension_is_no_code() -> None:
    assert not any(is_code(value, four=False) for value in values_in("rente 65 170839 w 508"))


def test_the_end_of_a_telephone_number_is_no_date_and_no_code() -> None:
    assert not any(value.lone for value in values_in("+1 647 555 0129")[2:])
    assert values_in("call 555 0129")[1].form is Form.SHORT


def test_the_status_of_an_answer_is_no_code() -> None:
    assert not any(is_code(value, four=False) for value in values_in('get /pay http/1.1" 302 0'))
