"""What a machine or a form calls a value: the number of something else is told of, not removed."""

from __future__ import annotations

import pytest

from integration.core.cards.keys import names_another
from integration.core.detection import find
from integration.core.spans import Action, Kind

NUMBER = "4929000000000000"
OTHERS = {
    "json": '{{"reqId":"{}"}}',
    "json with a blank": '{{"ext_ref" : "{}"}}',
    "log": "rc=0 trace_id={} t=12",
    "sign": "ticket TR# {}, bought",
}
CARDS = {
    "card in the key": '{{"card_id":"{}"}}',
    "the key of any record": "off=8 key={} ts=1",
    "a bare number": '{{"number":"{}"}}',
    "parameter without a meaning": "x={} y=2",
    "number sign": "no# {}, please",
    "sign of a card": "card# {}",
}


def actions(text: str) -> list[Action]:
    return [span.action for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.parametrize("written", OTHERS.values(), ids=OTHERS)
def test_the_key_of_another_number_is_told_of(written: str) -> None:
    assert actions(written.format(NUMBER)) == [Action.REPORT]


@pytest.mark.parametrize("written", CARDS.values(), ids=CARDS)
def test_other_keys_take_nothing_away(written: str) -> None:
    assert actions(written.format(NUMBER)) == [Action.REDACT]


@pytest.mark.parametrize("before", ["?id=", "&req_id=", "id: ", "paid ", "id"])
def test_parameters_and_words_are_no_keys(before: str) -> None:
    assert not names_another(before)


@pytest.mark.parametrize(
    "name", ["Claim", "Lizenz", "Prøvenummer", "Klucz licencyjny", "номер убытка", "reisekort"]
)
def test_claims_samples_licences_and_transport_cards_are_told_of(name: str) -> None:
    assert actions(f"{name}: {NUMBER}") == [Action.REPORT]
