"""Numbers that only their form puts in doubt, in a ticket of which some place speaks of a card."""

from __future__ import annotations

import pytest
from support.cards import completed
from support.read_together import cleaned, place

from integration.core.surfaces import SurfaceKind

LONG = "6304010566299904068"
EIGHTS = "41164027 25235551"
VISA = completed("455673296926533")


@pytest.mark.parametrize(("number", "masked"), [(LONG, "4068"), (EIGHTS, "5551")])
@pytest.mark.parametrize("kind", [SurfaceKind.SUBJECT, SurfaceKind.MESSAGE, SurfaceKind.NOTE])
def test_such_a_number_is_removed_where_another_place_speaks_of_a_card(
    number: str, masked: str, kind: SurfaceKind
) -> None:
    words = place("Kan ik met een Maestro betalen?", "words", kind)
    text = cleaned(words, place(f"Top! Dit is hem: {number}"))["message"]
    assert text.startswith("Top! Dit is hem: [card ")
    assert text.endswith(f"{masked}]")


@pytest.mark.parametrize(
    "words", ["Payment declined", "Vi ble trukket to ganger", "Die Zahlung", "shows as unpaid"]
)
def test_it_is_enough_that_somebody_speaks_of_a_payment(words: str) -> None:
    assert EIGHTS not in cleaned(place(words, "words"), place(f"{EIGHTS} please"))["message"]


@pytest.mark.parametrize("card", ["4111 1111 1111 1111", "[card visa **** 1111]"])
def test_it_is_enough_that_the_ticket_holds_or_held_a_card(card: str) -> None:
    text = f"All on the 15th: {card}, {EIGHTS}. £5 each"
    assert EIGHTS not in cleaned(place(text))["message"]
    assert EIGHTS not in cleaned(place(card, "card"), place(f"and {EIGHTS}"))["message"]


def test_it_is_removed_where_its_own_text_speaks_of_a_card_further_off() -> None:
    text = f"My card did not work.\n\nThe following was better, thanks\n\n{EIGHTS} please."
    assert EIGHTS not in cleaned(place(text))["message"]


@pytest.mark.parametrize("words", ["Can I come with this?", "my gift card", ""])
def test_it_is_told_where_nobody_speaks_of_a_card_nor_of_paying(words: str) -> None:
    text = f"Here it is: {LONG}"
    assert cleaned(place(words, "words"), place(text)).get("message", text) == text


@pytest.mark.parametrize("text", [f"Order no. {LONG}", f"https://x.example/{LONG}", f"id_{LONG}"])
def test_what_words_or_places_doubt_is_told(text: str) -> None:
    words = place("My card did not work", "words")
    assert cleaned(words, place(text)).get("message", text) == text


def test_the_groups_of_a_card_are_enough_for_first_digits_that_prove_little() -> None:
    text = "Here it is: 5600 0000 0000 0003"
    assert "5600" not in cleaned(place("Payment declined", "words"), place(text))["message"]
    assert cleaned(place(text)).get("message", text) == text


def test_a_value_that_is_sent_with_those_of_cards_is_one() -> None:
    values = "f1=4111111111111111&f2=5105105105105100;f3=3566002020360505"
    assert "5105" not in cleaned(place(f"{values}|ref=1"))["message"]
    alone = "POST /pay?f2=5105105105105100&ref=1"
    assert cleaned(place("my card", "words"), place(alone)).get("message", alone) == alone


def test_a_seldom_length_of_a_narrow_range_is_enough() -> None:
    number, words = completed("50611828540985652"), place("I was debited twice", "words")
    assert number not in cleaned(words, place(f"My brother used his own ({number})"))["message"]


@pytest.mark.parametrize("label", ["Order", "booking ref.", "saksnr"])
def test_a_label_hides_no_number_that_is_grouped_as_cards_are(label: str) -> None:
    text = f"{label} 4111 1111 1111 1111"
    paid = place("Payment declined", "words")
    assert cleaned(paid, place(text))["message"] == f"{label} [card visa **** 1111]"
    for other in (text.replace(" 1111", "1111"), text.replace("4111", "4112", 1)):
        assert cleaned(paid, place(other)).get("message", other) == other
    assert cleaned(place("Hello", "words"), place(text)).get("message", text) == text


@pytest.mark.parametrize(
    "words",
    [
        "The customer has put his card number in the Order field instead of the order number.",
        "Kunden har skrevet kortnummeret i emnefeltet. Ring ham.",
        "订单栏里填的是卡号",
    ],
)
@pytest.mark.parametrize("kind", [SurfaceKind.CUSTOM_FIELD, SurfaceKind.SUBJECT])
def test_a_sentence_may_say_that_the_number_of_a_card_stands_in_a_field(
    words: str, kind: SurfaceKind
) -> None:
    number = completed("608000388173360")
    field = place(number, "field", kind)
    assert number not in cleaned(place(words, "words"), field)["field"]
    elsewhere = cleaned(place("My card did not work. Where is the form?", "words"), field)
    assert elsewhere["field"] == number  # told


@pytest.mark.parametrize(
    "data",
    ['"metadata": {"po_number": "{}", "order_id": "2026071400018834"}', "po_number={}&lang=en"],
    ids=["JSON", "a query"],
)
def test_the_field_may_be_one_of_data_that_were_copied(data: str) -> None:
    text = data.replace("{}", VISA)
    said = "Customer put the card in metadata. Can you look at it?"
    assert VISA not in cleaned(place(said, "words"), place(text))["message"]
    for other in ("Customer put the order in metadata.", "Customer asks for the card."):
        assert VISA in cleaned(place(other, "words"), place(text)).get("message", text)
    order = f"po number {VISA}"
    assert cleaned(place(said, "words"), place(order)).get("message", order) == order


def test_a_card_in_one_field_hides_no_doubted_number_of_another() -> None:
    note = place("He has put his card number in the Order field.", "words")
    order = place(completed("608000388173360"), "order", SurfaceKind.CUSTOM_FIELD)
    done = cleaned(note, order, place(f"Here: {EIGHTS} ok", "subject", SurfaceKind.SUBJECT))
    assert EIGHTS not in done["subject"]
    assert "608000" not in done["order"]


def test_a_field_may_hold_more_than_the_number_that_a_sentence_speaks_of() -> None:
    field = place("8172533809294197 / IN-80012", "field", SurfaceKind.CUSTOM_FIELD)
    told = place("He has put his RuPay card number into the order number field.", "m1")
    assert cleaned(field, told) == {"field": "[card rupay ****] / IN-80012"}
    assert cleaned(field, place("His RuPay card does not work.", "m1")) == {}


IN_A_LIST = (
    "iyzico test kartları hata veriyor:\n- 5890040000000016\n- 5526080000000006\n"
    "- 4766620000000001\n- 4603450000000000"
)
AS_AMOUNTS = (
    "data;scontrino;totale;numero carta\n15/02/2025;0044-0012;1.180,00;2.720.093.710.652.322,00\n"
    "15/02/2025;0044-0013;22,40;contanti\n15/02/2025;0044-0014;96,00;5.574.231.024.023.547,00"
)


@pytest.mark.parametrize(("text", "cards"), [(IN_A_LIST, 4), (AS_AMOUNTS, 2)])
def test_one_more_of_a_list_of_cards_is_one(text: str, cards: int) -> None:
    assert cleaned(place(text))["message"].count("[card ") == cards


MISNAMED = "Loyalty card: 4147501846513359"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MISNAMED, "What you enter is the number of your Visa card, not your loyalty card. Sorry."),
        (
            "Die Schlüssel-ID lautet\n5355362744870225",
            "Meine Mastercard, das ist NICHT die Schlüssel-ID, sondern die Kartennummer.",
        ),
    ],
)
def test_a_number_that_somebody_says_is_not_what_it_was_called_goes(text: str, said: str) -> None:
    left = cleaned(place(text, "m1"), place(said, "m2"))
    assert left.keys() == {"m1"}
    assert "[card " in left["m1"]


@pytest.mark.parametrize(
    "said",
    [
        "This is not your Mastercard but your loyalty card.",  # another brand
        "It is the number of your Visa card or of your loyalty card.",  # nobody says not
        "I did not pay with my Visa card.",  # nothing of what it was called
    ],
)
def test_it_is_told_where_nobody_says_so(said: str) -> None:
    assert cleaned(place(MISNAMED, "m1"), place(said, "m2")) == {"m1": MISNAMED}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Telefon", "Habe aus Versehen die American Express ins Telefonfeld getippt"),
        ("Serial number", "i could not find it so i put my card number in that field"),
    ],
)
def test_the_line_of_a_form_may_hold_the_card_that_somebody_put_there(label, said) -> None:
    form = place(f"Name: A. Hansen\n{label}: 378282246310005\nMessage: {{}}".format(said))
    assert "[card amex ****" in cleaned(form)["message"]
    assert "3782" in str(cleaned(place(f"Name: A. Hansen\n{label}: 378282246310005\nMessage: hi")))
