from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.errors import PermanentError
from integration.storage.columns import from_micros, to_micros
from integration.storage.records import canonical, from_record, to_record

VISA = "4111 1111 1111 1111"


@given(st.datetimes(timezones=st.timezones()))
def test_a_stored_time_is_the_same_instant_in_utc(at):
    stored = from_micros(to_micros(at))
    assert stored == at.astimezone(UTC)
    assert stored.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stored_times_are_ordered_as_the_times_are(one, other):
    assert (to_micros(one) < to_micros(other)) == (one < other)


def test_the_canonical_text_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": {"d": "ø", "c": None}}) == '{"a":{"c":null,"d":"ø"},"b":1}'


def test_times_become_utc_text_and_sets_sorted_lists():
    at = datetime(2026, 3, 1, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    assert canonical({"at": at, "kinds": frozenset({"PAN", "CVV"})}) == (
        '{"at":"2026-03-01T12:00:00.000000+00:00","kinds":["CVV","PAN"]}'
    )


def test_what_is_no_json_is_refused_by_its_type_only():
    class Secret:
        def __repr__(self):
            return "the secret itself"

    with pytest.raises(TypeError, match="Secret") as caught:
        canonical({"key": Secret()})
    assert "itself" not in str(caught.value)


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        canonical({"share": math.nan})


@pytest.mark.parametrize(
    "value",
    [
        {"text": f"my card is {VISA}"},
        {"deep": [{"er": {"text": VISA.replace(" ", "-")}}]},
        {"number": int(VISA.replace(" ", ""))},
        {VISA: "as a name"},
    ],
    ids=["in a text", "deep inside", "as a number", "as a name"],
)
def test_card_data_is_not_stored_and_not_in_the_error(value):
    with pytest.raises(PermanentError) as caught:
        to_record(value)
    assert caught.value.reason == "card_in_record"
    assert "1111" not in repr(caught.value)


def test_a_mac_with_digits_like_a_card_is_not_mistaken():
    value = {
        "mac": "fc7a99672e87446f30c5e0f64e205c3669718452178240cc5193556110042fcf",
        "id": "c2a5203d-6578-6458-9582-668b1cc79291",
    }
    assert from_record(to_record(value)) == value


def test_a_card_in_the_place_of_a_mac_is_not_stored():
    with pytest.raises(PermanentError):
        to_record({"mac": f"{VISA} {VISA}"})


def test_a_key_in_hex_is_no_card_number() -> None:
    assert to_record({"seed": "e372977583771109"})


def test_a_number_of_a_record_is_no_security_code_without_a_card() -> None:
    assert to_record({"cvv": 123, "code": "4321", "expires": "12/27"})
