"""Words in front of a number: the nearest one counts, a compound means what all of it means."""

from __future__ import annotations

import pytest
from support.cards import completed

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA = "4111111111111111"


def actions(text: str, media_type: str = "text/plain") -> list[Action]:
    return [span.action for span in find(text, media_type) if span.kind is Kind.PAN]


@pytest.mark.parametrize(
    "before",
    [
        "used my card for order",
        "SIM-kortnummer",
        "simkortnummer",
        "SIM card number",
        "gavekortnummer",
        "the gift card number is",
    ],
)
def test_a_number_of_something_else_is_told_of_at_most(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REPORT]


@pytest.mark.parametrize(
    "before", ["order 12345 paid by card", "kortnummer", "the card number is", "FI Korttinumero:"]
)
def test_a_word_for_a_card_that_stands_nearest_counts(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REDACT]


@pytest.mark.parametrize("before", ["Account number:", "account", "kontonummer"])
def test_no_account_is_so_long_that_it_looks_like_a_card(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REDACT]
    assert actions(f"{before} 378282246310005") == [Action.REPORT]
    assert actions(f"{before} 411111 111111 1111") == [Action.REDACT]


@pytest.mark.parametrize("before", ["cannot login.", "this is my order!", "need an invoice?"])
def test_a_label_that_ends_a_sentence_is_none_of_the_number_behind_it(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REDACT]


@pytest.mark.parametrize("before", ["policy no.", "order nr.", "ref."])
def test_the_dot_of_an_abbreviation_ends_no_sentence(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REPORT]


@pytest.mark.parametrize("before", ["kortnummer", "SIM-kortnummer", "card"])
def test_the_number_of_a_sim_card_is_no_card(before: str) -> None:
    assert actions(f"{before} 8947 0000 0000 0000 006") == []


def test_every_head_of_a_column_may_name_a_number() -> None:
    page = (
        "<table><tr><td>Kaartnummer</td><td>IBAN</td></tr>"
        f"<tr><td>{VISA}</td><td>BE68 5390 0754 7034</td></tr></table>"
    )
    assert actions(page, "text/html") == [Action.REDACT]


@pytest.mark.parametrize("behind", ["GBP49.90", "NOK1250,00", "kr499"])
def test_a_sum_may_touch_the_number(behind: str) -> None:
    assert actions(f"{VISA}{behind} failed") == [Action.REDACT]


@pytest.mark.parametrize("behind", ["AB49", "X9Q2"])
def test_letters_and_digits_behind_make_an_identifier(behind: str) -> None:
    assert Action.REDACT not in actions(f"{VISA}{behind} failed")


@pytest.mark.parametrize("before", ["9f", "9f4ee0bd"])
def test_digits_within_a_hash_are_none(before: str) -> None:
    amid = f"{before}{VISA}cafe"
    assert actions(f"my card, (commit {amid.ljust(40, 'b')}):") == []
    assert actions(f"my card, (commit {amid.ljust(39, 'b')}):") != []


def test_the_picture_of_a_key_is_taken_whole() -> None:
    keys = "".join(f"{digit}\ufe0f\u20e3" for digit in VISA)
    (span,) = [span for span in find(f"card {keys} ok") if span.kind is Kind.PAN]
    assert (span.start, span.end) == (5, 5 + len(keys))


def test_blanks_that_quoted_printable_wrote_out_part_groups() -> None:
    assert actions("use card=204111=201111=201111=201111 exp 07/28") == [Action.REDACT]


def test_what_stands_before_a_track_of_a_chip_hides_it_not() -> None:
    text = "EMV log: 57 4111111111111111D29062017079671941F 9F36 0112"
    (span,) = [span for span in find(text) if span.kind is Kind.TRACK]
    assert text[span.start : span.end] == "4111111111111111D29062017079671941F"


@pytest.mark.parametrize("words", ["Retur til", "Returneras till", "please return to"])
def test_where_money_is_returned_to_is_no_number_of_a_return(words: str) -> None:
    (span,) = find(f"{words} 4111 1111 1111 1111")
    assert span.action is Action.REDACT


@pytest.mark.parametrize("word", ["Reserve", "reserve", "In reserve"])
def test_a_second_card_that_is_kept_in_reserve_is_no_number_of_a_booking(word: str) -> None:
    text = f"Firmakortet er 4000 0566 5566 5556 (01/30).\n{word}: 4111111111111111"
    assert actions(text) == [Action.REDACT, Action.REDACT]


def test_a_card_in_the_next_sentence_is_not_the_number_that_its_label_calls_otherwise() -> None:
    text = "New IMEI 378282246310005, customer 41-8. The credit card was updated in the app."
    assert [span.action for span in find(text)] == [Action.REPORT]


def test_a_telephone_that_a_card_was_told_by_names_no_number() -> None:
    for told in (
        *("card taken by phone", "kort tatt per telefon", "Karte am Telefon", "carta al telefono"),
        *(
            "tarjeta por teléfono",
            "kaart via de telefoon",
            "kort över telefon",
            "carte au téléphone",
        ),
    ):
        assert actions(f"{told}: 378282246310005") == [Action.REDACT]
    assert actions("phone: 378282246310005") == [Action.REPORT]


@pytest.mark.parametrize(
    "asked",
    [
        "Operatore: mi detti il numero\nCliente:",
        "Agente: d\u00edgame el n\u00famero\nCliente:",
        "Agent : quel est le num\u00e9ro\nClient :",
    ],
)
def test_who_speaks_on_the_next_line_completes_no_label_of_the_line_before(asked: str) -> None:
    assert actions(f"{asked} {VISA}") == [Action.REDACT]


def test_several_words_may_link_a_label_to_its_number() -> None:
    assert actions(f"Riktig KID skal v\u00e6re {VISA}") == [Action.REPORT]


def test_a_label_may_still_go_over_two_lines() -> None:
    assert actions(f"your customer\nnumber: {VISA}") == [Action.REPORT]


@pytest.mark.parametrize("before", ["accNo=", "Konto: "])
def test_accounts_that_are_numbered_as_union_pay_cards_are_cards(before: str) -> None:
    for begun in ("621799536328094414", "62258850902096060"):
        assert actions(f"{before}{completed(begun)}&x=1") == [Action.REDACT]


def test_a_finnish_change_is_no_switchboard() -> None:
    assert actions("vaihda 378282246310005") == [Action.REDACT]


def test_a_sum_that_is_filled_up_with_zeros_is_no_card() -> None:
    text = f"<PrimaryAccountNumber>{VISA}</PrimaryAccountNumber><CVV2>771</CVV2>"
    kinds = {s.kind: s.action for s in find(f"{text}<Amt>000000004150</Amt>")}
    assert kinds == {Kind.PAN: Action.REDACT, Kind.CVV: Action.REDACT}


@pytest.mark.parametrize(
    "before",
    [
        "Chase ",
        "sample: ",
        "please block ",
        "\u043a\u0430\u0440\u0442\u0430 \u043c\u0438\u0440, \u0434\u0438\u043a\u0442\u0443\u044e: ",
        "Colin ",
        "Guten Tag, bitte ziehen Sie ein: ",
        "jeg ville bruke ",
        "den st\u00e5r i bilen: ",
        "nie dzia\u0142a ",
        "y sale error ",
        "it was found in room ",
    ],
)
def test_common_words_that_look_like_a_label_are_none(before: str) -> None:
    assert actions(f"{before}{VISA}") == [Action.REDACT]


@pytest.mark.parametrize(
    "asked", ["Κάρτα εγγύησης", "Tarjeta de garantía", "Carte de garantie", "Cartão de garantia"]
)
def test_the_card_that_a_hotel_takes_as_a_guarantee_is_one(asked: str) -> None:
    assert actions(f"{asked}: {VISA}") == [Action.REDACT]


def test_a_series_of_cards_is_no_serial_number() -> None:
    assert actions("Fall 3 MC 2er-Serie 2222400070000005") == [Action.REDACT]


def test_a_document_may_be_that_of_a_card_in_its_groups() -> None:
    assert actions("Receipt 4000 0566 5566 5556 wrong name") == [Action.REDACT]
    for text in ("Receipt 4000056655665556 wrong name", "Receipt no 4000 0566 5566 5556"):
        assert actions(text) == [Action.REPORT]


@pytest.mark.parametrize(
    "before",
    [
        "Jeg brukte KID-nummeret fra i fjor ved en feil:",
        "KID-nummer (purring)",
        "KID-nummeret som jeg har fått av dere er",
        "OCR-nummer som står på avin är",
    ],
)
def test_a_reference_with_the_check_digit_of_a_card_may_stand_far_behind_its_name(before) -> None:
    assert actions(f"{before} {VISA}") == [Action.REPORT]


@pytest.mark.parametrize(
    "before", ["Har ikke KID, betalte med kortet", "Fant ikke KID så her er kortnummeret"]
)
def test_the_nearer_word_for_a_card_counts(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REDACT]


@pytest.mark.parametrize(
    "before",
    ["I need the number of the card, not the IBAN:", "die Kartennummer und nicht die IBAN. Also:"],
)
def test_what_a_number_is_said_not_to_be_is_no_name_of_it(before: str) -> None:
    assert actions(f"{before} 6304000000000000") == [Action.REDACT]
    assert actions(f"The number of my card, not an order number: {VISA}") == [Action.REDACT]
    for other in ("Not the order number:", "The number of my card, or an order number:"):
        assert actions(f"{other} {VISA}") == [Action.REPORT]


@pytest.mark.parametrize(
    "before",
    [
        "Tracking number (umbrella for Mr Reid):",
        "Order number (old one)",
    ],
)
def test_a_remark_in_brackets_parts_no_label_from_its_number(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REPORT]


@pytest.mark.parametrize(
    "before", ["Order number (my card, sorry)", "3 tickets (my wife and the children):"]
)
def test_a_remark_that_says_card_or_behind_no_number_is_none_of_a_label(before: str) -> None:
    assert actions(f"{before} {VISA}") == [Action.REDACT]
