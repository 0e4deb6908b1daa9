"""Bookings of bank statements whose text goes on over subfields."""

from __future__ import annotations

from integration.core.detection import find, mask
from integration.core.text import decode

HEAD = ":20:STARTUMSE\n:61:2506040604D57,90N060NONREF\n:86:106?00KARTENZAHLUNG?10447"
END = "?30GENODEF1?32SHOP\n:62F:C250604EUR12445,25\n-"


def test_a_number_goes_on_in_the_next_subfield() -> None:
    text = f"{HEAD}?20VISA 4556 7375 8689?21 9855 04.06.25{END}"
    done = mask(text, find(text))
    assert done == f"{HEAD}?20VISA [card visa **** 9855]?21 04.06.25{END}"
    assert find(done) == []


def test_a_number_that_fills_its_subfield_is_none_with_the_next() -> None:
    text = f"{HEAD}?20VISA?214556737586899855?22123456{END}"
    assert "4556737586899855" not in mask(text, find(text))


def test_a_text_without_subfields_stays_as_it_is() -> None:
    text = ":86:KARTENZAHLUNG\n:62F:C250604EUR12445,25"
    assert decode(text).text == text
