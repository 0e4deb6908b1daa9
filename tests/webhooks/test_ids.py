from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.ids import is_plain_id

CARDS = ["4111111111111111", "5555555555554444", "378282246310005", "4222222222222"]
around = st.text("abcXYZ", max_size=5)


@given(st.sampled_from(CARDS), around, around, st.sampled_from(["", "-", "_", "--"]))
def test_a_card_number_never_passes_for_an_id(card, before, after, separator):
    assert not is_plain_id(before + separator.join(card) + after)


@given(st.sampled_from(CARDS), st.text("0123456789", max_size=4), st.text("0123456789", max_size=4))
def test_a_card_number_among_more_digits_never_passes_for_an_id(card, before, after):
    assert not is_plain_id(before + card + after)


@given(st.text("abcdefXYZ0123456789-_", min_size=1, max_size=12))
def test_whatever_is_short_and_plain_is_an_id(value):
    assert is_plain_id(value)


@given(st.text(max_size=80))
def test_nothing_but_letters_digits_and_dashes_is_an_id(value):
    if is_plain_id(value):
        assert value.isascii()
        assert value.replace("-", "").replace("_", "").isalnum() or set(value) <= {"-", "_"}
        assert len(value) <= 64


@pytest.mark.parametrize("value", [None, "", "a/b", "a b", "a\n", "é"], ids=range(6))
def test_what_is_no_id_is_refused(value):
    assert not is_plain_id(value)


@pytest.mark.parametrize("value", ["215468970431201", "0f8fad5b-d9cb-469f-a165-70867728950e"])
def test_long_numbers_that_are_no_card_are_ids(value):
    assert is_plain_id(value)
