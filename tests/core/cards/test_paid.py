"""Words that make the label before a number what is paid for: the number is what pays."""

from __future__ import annotations

import pytest

from integration.core.cards.paid import is_paid_for
from integration.core.detection import find
from integration.core.spans import Action, Kind
from integration.core.words.labels import labels_in

VISA = "4111111111111111"


def actions(text: str) -> list[Action]:
    return [span.action for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.parametrize("number", [VISA, "4111 1111 1111 1111"])
@pytest.mark.parametrize(
    "text",
    [
        "charge the order to {}",
        "please pay my booking with {}",
        "for the policy just charge {}",
        "for the order please use {}",
        "betal fakturaen med {}",
        "trekk ordren fra {}",
        "dra fakturan från {}",
        "please move my subscription from {}",
        "switch the order to {}",
        "flytt abonnementet fra {}",
        "træk beløbet for ordren fra {}",
        "bitte die Rechnung von {} abbuchen",
        "für die Bestellung nehmen Sie {}",
        "pour la commande prenez {}",
        "para el pedido use {}",
        "voor de bestelling gebruik {}",
        "zapłać za zamówienie z {}",
        "paga la fattura con {}",
    ],
)
def test_what_an_order_is_paid_with_is_a_card(text: str, number: str) -> None:
    assert actions(text.format(number)) == [Action.REDACT]


@pytest.mark.parametrize(
    "text",
    [
        "new card for my account is {}",
        "card on the order: {}",
        "kortet til kontoen er {}",
        "die Karte für die Bestellung lautet {}",
    ],
)
def test_a_card_for_something_is_told_behind_it(text: str) -> None:
    assert actions(text.format(VISA)) == [Action.REDACT]


@pytest.mark.parametrize(
    "text",
    [
        "the order from {}",
        "I paid the invoice {}",
        "please pay invoice no {}",
        "pay the order with number {}",
        "the card was declined, the order is {}",
        "my card failed. The booking is {}",
        "my card for order {}",
        "the card and the order is {}",
        "the gift card on the order is {}",
    ],
)
def test_a_number_that_nothing_is_paid_with_is_told_of_at_most(text: str) -> None:
    assert actions(text.format(VISA)) == [Action.REPORT]


@pytest.mark.parametrize(
    "text",
    ["for the loyalty points that I lost last year {}", "policy renewal of last week ran on {}"],
)
def test_a_label_far_from_a_number_says_less_of_it(text: str) -> None:
    assert actions(text.format(VISA)) == [Action.REDACT]


def test_what_stands_behind_the_number_may_say_that_it_pays() -> None:
    words = "die rechnung bitte mit "
    labels = labels_in(words)
    assert is_paid_for(words, labels, 0, " bezahlen")
    assert not is_paid_for(words, labels, 0, " ok. bezahlen")


@pytest.mark.parametrize("before", ["please charge", "trekk fra", "belaste", "cargue"])
def test_what_is_to_pay_is_a_card_in_whatever_groups(before: str) -> None:
    for written in ("40000566 55665556", "400005 6655665556"):
        assert [span.action for span in find(f"{before} {written} ok")] == [Action.REDACT]
        assert [span.action for span in find(f"see {written} ok")] == [Action.REPORT]


def test_a_number_of_seldom_used_length_is_one_that_pays() -> None:
    for before, action in (("take the 41.60 from", Action.REDACT), ("see", Action.REPORT)):
        (span,) = find(f"{before} 675999551014810646 manually")
        assert span.action is action


@pytest.mark.parametrize(
    "before",
    [
        "To guarantee the reservation:",
        "for \u00e5 sikre bestillingen:",
        "um die Reservierung zu garantieren:",
    ],
)
def test_what_secures_a_booking_is_not_its_number(before: str) -> None:
    assert [span.action for span in find(f"{before} 4000-0566-5566-5556")] == [Action.REDACT]
    assert [span.action for span in find("the booking: 4000-0566-5566-5556")] == [Action.REPORT]


@pytest.mark.parametrize(
    "text",
    [
        "you asked what to take the yearly fee from. {} please",
        "Hva skal vi trekke avgiften fra? {} takk",
        "Which one shall I charge it to?\n{}",
    ],
)
def test_a_question_what_to_pay_with_is_answered_by_a_card(text: str) -> None:
    assert actions(text.format("41164027 25235551")) == [Action.REDACT]


def test_an_answer_to_no_question_of_what_pays_is_told() -> None:
    assert actions("they charged it twice. 41164027 25235551") == [Action.REPORT]
