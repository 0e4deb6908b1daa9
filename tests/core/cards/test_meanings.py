"""Numbers that their words name otherwise: reported at most, unless something says card."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind

VISA = "4111111111111111"
GROUPED = "4111 1111 1111 1111"
WIDE = "5930 6131 3854 0194"


def actions(text: str) -> dict[Kind, Action]:
    return {span.kind: span.action for span in find(text)}


def test_a_number_right_behind_a_label_of_another_is_reported_however_it_is_grouped() -> None:
    for label in (
        *("Order", "Ref", "case", "ETKT", "EMD", "warranty no.", "your reference is"),
        *("betalingskenmerk", "thẻ ETC", "رقم الطلب", "номер заказа", "注文番号"),
        *("Garantienummer:", '"order_id":', "SIRET du client :"),
    ):
        for number in (VISA, GROUPED):
            assert actions(f"{label} {number} again") == {Kind.PAN: Action.REPORT}


def test_a_label_that_may_say_who_wrote_a_number_does_not_name_it() -> None:
    for writer in ("Customer:", "USER:", "Kunde:", "Клиент:", "고객:", "客户", "acct"):
        assert actions(f"{writer} {GROUPED}")[Kind.PAN] is Action.REDACT


def test_a_word_that_is_short_for_a_brand_names_no_other_number() -> None:
    assert actions(f"upd cc to vs {VISA} x0826 for sub")[Kind.PAN] is Action.REDACT
    assert find("VS: 411111111, platba kartou") == []


@pytest.mark.parametrize(
    "word",
    [
        *("Reserve:", "it contained", "Standard:", "på hånden", "i appen:", "våran", "in Händen"),
        *("foute:", "textes :", "recibe", "a enviar:", "a sinistra:", "contém", "tuota", "stranou"),
        *("preko:", "לפני", "летом", "вино", "pasak", "časom"),
    ],
)
def test_a_common_word_that_is_like_a_label_of_another_language_names_no_number(word: str) -> None:
    assert actions(f"{word} {VISA}") == {Kind.PAN: Action.REDACT}


def test_a_lot_of_digits_is_no_lot_with_a_number() -> None:
    number = "676705 11 53 38 69 35 35"
    said = f"It has an awful lot of numbers, {number} , Solo it says"
    assert actions(said) == {Kind.PAN: Action.REDACT}
    assert actions(f"lot number {number}") != {Kind.PAN: Action.REDACT}


def test_a_letter_behind_a_figure_is_no_part_of_the_name_of_another_card() -> None:
    assert actions(f'E2E_CARD_DISC="{VISA}"') == {Kind.PAN: Action.REDACT}
    assert actions(f'E_CARD_DISC="{VISA}"') == {Kind.PAN: Action.REPORT}


@pytest.mark.parametrize("kind", ["Cd>CARD</Cd", "Prtry>PAN</Prtry", "Cd>card</Cd"])
def test_the_next_field_may_say_that_an_account_is_a_card(kind: str) -> None:
    account = f"<Othr><Id>{VISA}</Id><SchmeNm><{{}}></SchmeNm></Othr>"
    spans = find(account.format(kind), "application/xml")
    assert [span.action for span in spans] == [Action.REDACT]
    spans = find(account.format("Cd>BBAN</Cd"), "application/xml")
    assert [span.action for span in spans] == [Action.REPORT]
    assert actions(f'{{"accountId": "{VISA}", "type": "card"}}') == {Kind.PAN: Action.REDACT}
    for receipt in (f"order number {VISA}\ntype: card", f"Booking ref: {VISA}\nType: Credit card"):
        assert actions(receipt) == {Kind.PAN: Action.REPORT}


def test_the_name_of_its_own_brand_makes_a_number_of_any_length_a_card() -> None:
    seldom = "589004 690635 038694"
    assert actions(f"to this Maestro: {seldom} (no CVV)") == {Kind.PAN: Action.REDACT}
    assert actions(f"No Maestro, gift card {seldom}") != {Kind.PAN: Action.REDACT}
    assert actions(f"to this JCB: {seldom} again") != {Kind.PAN: Action.REDACT}


def test_a_card_in_a_link_may_be_called_ccno() -> None:
    log = f'"GET /pay?bk=7712004418&ccno={VISA}&mm=08&yy=28 HTTP/1.1" 302 -'
    assert actions(log)[Kind.PAN] is Action.REDACT


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("ref ", " exp 12/27"),
        ("ref ", ", cvv 123"),
        ("order ", " paid by Visa card"),
        ("order ", " 12/27 123"),
        ("my card, order ", ""),
        ("order was not paid with ", ""),
        ("order is waiting, that is for sure, ", ""),
    ],
)
def test_a_sign_of_a_card_near_or_words_between_remove_it_all_the_same(
    before: str, behind: str
) -> None:
    assert actions(f"{before}{GROUPED}{behind}")[Kind.PAN] is Action.REDACT


@pytest.mark.parametrize("number", [VISA, GROUPED], ids=["block", "groups"])
@pytest.mark.parametrize(
    "behind",
    [
        "I do not have it, so I put my card number there",
        "Jeg finner ikke ordrenummeret så jeg skrev kortnummeret jeg brukte",
        "Habe keine, daher die Kartennummer",
    ],
)
def test_who_writes_that_it_is_a_card_number_has_put_it_in_the_wrong_field(number, behind) -> None:
    assert actions(f"Order no.: {number}\nMessage: {behind}") == {Kind.PAN: Action.REDACT}


@pytest.mark.parametrize(
    "behind",
    [
        "We never ask for your card number.",
        "I paid by card",
        "card number: as before, 5500 0000 0000 0000 0",  # names what follows
    ],
)
def test_any_other_word_for_a_card_far_behind_leaves_it_to_its_label(behind: str) -> None:
    assert actions(f"Order no.: {VISA}\nMessage: {behind}")[Kind.PAN] is Action.REPORT


def test_a_number_with_a_plus_is_no_telephone_where_it_is_too_long_for_one() -> None:
    assert actions(f"autofill put +{VISA} there") == {Kind.PAN: Action.REDACT}
    assert actions("call +378282246310005") == {}


def test_a_part_of_an_address_is_no_card() -> None:
    assert find("IPv6 2001:db8:4111:1111:1111:1111:0:1") == []


def test_another_card_behind_a_brand_is_one_of_it() -> None:
    assert actions(f"Visa gift card {VISA}") == {Kind.PAN: Action.REDACT}
    assert actions(f"gift card {VISA}") == {Kind.PAN: Action.REPORT}
    assert actions(f"No Visa, gift card {VISA}") == {Kind.PAN: Action.REPORT}


@pytest.mark.parametrize(
    "name",
    [
        "receipt_{}.txt",
        "receipt_{}_20260418.pdf",
        "Rechnung-{}.pdf",
        "cb_{}_rc1310.txt",
        "receipt_{}_27feb.txt",
        'x="Beleg {} \u00e4.txt"',
    ],
)
def test_what_a_file_is_says_nothing_of_the_number_it_is_called_after(name: str) -> None:
    assert actions(name.format(VISA)) == {Kind.PAN: Action.REDACT}
    assert actions(f"receipt {VISA}, thanks.") == {Kind.PAN: Action.REPORT}
    assert actions(f"receipt no. {VISA}") == {Kind.PAN: Action.REPORT}
    assert actions(f"order_{VISA}") == {Kind.PAN: Action.REPORT}


def test_a_label_hides_a_number_whose_first_digits_prove_little() -> None:
    assert find(f"Betalingskenmerk {WIDE}, vervaldatum 14-12-2026") == []
    assert actions(f"card payment with ref {WIDE}")[Kind.PAN] is Action.REDACT


def test_a_date_beside_a_number_that_is_only_reported_is_not_removed() -> None:
    text = "Extended warranty no. 6011549158728378 valid from 03/24 to 03/27."
    assert Action.REDACT not in {span.action for span in find(text)}


@pytest.mark.parametrize(
    "behind",
    [" is not a card number", ", er ikke et kortnummer", " وليس رقم بطاقة", " 不是卡号"],
    ids=["en", "nb", "ar", "zh"],
)
def test_words_that_say_that_a_number_is_no_card_make_it_doubtful(behind: str) -> None:
    assert actions(f"{VISA}{behind}") == {Kind.PAN: Action.REPORT}
    assert find(f"order {VISA}{behind}") == []


@pytest.mark.parametrize("behind", [" is not my card", " is not the right card", " is not charged"])
def test_a_card_that_is_not_the_right_one_is_a_card(behind: str) -> None:
    assert actions(f"{VISA}{behind}")[Kind.PAN] is Action.REDACT


@pytest.mark.parametrize(
    "before",
    [
        *("tracking number (not a card number): ", "our order number, not a card: "),
        *(
            "parcel no. (it is of the parcel, not of a card): ",
            "Bestellnummer (keine Kartennummer) ",
        ),
        *("ordrenummeret (ikke et kortnummer): ", "ordernummer, inget\nkortnummer: "),
    ],
)
def test_a_number_with_a_name_of_which_its_writer_says_that_it_is_no_card_is_told(
    before: str,
) -> None:
    assert actions(f"{before}{VISA}") == {Kind.PAN: Action.REPORT}


@pytest.mark.parametrize(
    "before",
    [
        *("this is not a card number: ", "not my card, order 1177. my card: "),
        *("the order number is not my card: ", "the order number? not a card number: "),
        *(
            "the order no., not a card. number of the card I paid with: ",
            "order 1177, not a card: ",
        ),
    ],
)
def test_whoever_names_it_nothing_else_writes_a_card_however_he_calls_it(before: str) -> None:
    assert actions(f"{before}{VISA}") == {Kind.PAN: Action.REDACT}


@pytest.mark.parametrize("wrap", ["\n   ", "\r\n", " \r\n> "])
def test_what_is_denied_may_stand_on_the_next_line(wrap: str) -> None:
    text = f"OCR-nummer {VISA} (det är fakturans referens, inget{wrap}kortnummer)"
    assert actions(text) == {Kind.PAN: Action.REPORT}


@pytest.mark.parametrize(
    "link",
    [
        *("r?tid={}", "r?a=1&id={}&k=43c4", "?ref={}", "o.gif?u={}&c=2", "posts/{}", "a/b-{}/c"),
        "gift-card/a/{}",
        *("media/set/?set=a.{}&type=3", "z?id=pcb.{}", "z?ids=5555555555554444,{}"),
    ],
)
def test_the_identifier_of_a_page_is_no_card(link: str) -> None:
    assert find(f"see https://x.example/{link.format(VISA)}") == []


@pytest.mark.parametrize("address", ["pay.x.example/retry/{}/now", "x.example/payments/{}"])
def test_a_number_in_an_address_at_which_people_pay_is_told(address: str) -> None:
    assert actions(f"https://{address.format(VISA)}") == {Kind.PAN: Action.REPORT}
    assert actions(f"https://{address.format(VISA).replace('pay', 'repay')}") == {}


def test_a_number_in_a_short_field_of_such_an_address_is_the_card_that_pays() -> None:
    link = f"https://pay.x.example/renew?c={VISA}&inv=INV-77120"
    assert actions(link) == {Kind.PAN: Action.REDACT}
    assert actions(link.replace("?c=", "?session=")) == {Kind.PAN: Action.REPORT}
    assert actions(link.replace("pay.", "news.")) == {}


@pytest.mark.parametrize("text", ["z?a=1,{}", "z?q=a:{}", "z?card=a.{}"])
def test_a_number_behind_a_value_of_a_link_is_no_identifier(text: str) -> None:
    assert actions(f"https://x.example/{text.format(VISA)}") == {Kind.PAN: Action.REDACT}


@pytest.mark.parametrize("link", ["r?tid={}", "?ref={}", "pay/{}", "a/b-{}/c", f"{'a' * 90}/{{}}"])
def test_with_a_word_for_a_card_near_it_is_reported(link: str) -> None:
    for text in ("my card: https://x.example/{}", "see https://x.example/card/b/{}"):
        assert actions(text.format(link.format(VISA))) == {Kind.PAN: Action.REPORT}
    behind = f"https://x.example/?u={VISA}, see the card there"
    assert actions(behind) == {Kind.PAN: Action.REPORT}


@pytest.mark.parametrize(
    "number",
    ["4917610000000000003", "135410014004955", f"{VISA[:-1]}2"],
    ids=["long", "of an issuer that says little", "wrong digit"],
)
def test_one_that_is_no_usual_number_is_none_there(number: str) -> None:
    assert find(f"my card: https://x.example/pay/{number}") == []


@pytest.mark.parametrize(
    "link",
    [
        *("pay?card={}", "pay?a=1&cc={}&b=2", "card/{}", "pay?t={}&exp=1227&cvc=123"),
        *("help?body=card%20{}", "pay?card_number={}"),
    ],
)
def test_an_address_that_names_a_card_holds_one(link: str) -> None:
    assert actions(f"https://x.example/{link.format(VISA)}")[Kind.PAN] is Action.REDACT


def test_what_was_typed_into_an_address_is_reported() -> None:
    assert actions(f"https://x.example/find?q={VISA}") == {Kind.PAN: Action.REPORT}


def test_a_denial_is_a_word_of_its_own() -> None:
    for behind in (", navn på kortet Mette", ", nick of the card is Bo", ", neem de kaart"):
        assert actions(f"{VISA}{behind}")[Kind.PAN] is Action.REDACT
    for behind in ("不是卡号", ", nav kartes numurs", " is not a card number"):
        assert actions(f"{VISA}{behind}")[Kind.PAN] is Action.REPORT


def test_a_number_of_no_known_issuer_needs_a_word_for_a_card_right_before_it() -> None:
    unknown = "8716 8982 0156 7356"
    assert actions(f"card number {unknown}") == {Kind.PAN: Action.REDACT}
    assert actions(f"Name on card\n\tTom Hargreaves\nMeter point\n\t{unknown}") == {
        Kind.PAN: Action.REPORT
    }


def test_what_is_a_lot_is_no_number_of_a_lot() -> None:
    assert [span.action for span in find("It seems a lot: 5555555555554444")] == [Action.REDACT]
    assert [span.action for span in find("the lot 5555555555554444")] == [Action.REPORT]


@pytest.mark.parametrize(
    "said",
    [
        "on the receipt stood the whole number",
        "auf dem Beleg die ganze Nummer",
        "på kvitteringen sto hele nummeret",
        "sur le ticket le numéro complet",
    ],
)
def test_a_number_that_is_called_whole_is_one_that_is_masked_elsewhere(said: str) -> None:
    assert actions(f"{said} {VISA}") == {Kind.PAN: Action.REDACT}


def test_no_room_and_no_terminal_has_so_long_a_number() -> None:
    for place in ("on the 2nd floor", "room", "our suite", "in the terminal log"):
        assert actions(f"found it {place}: {VISA}, valid 04/28") == {
            Kind.PAN: Action.REDACT,
            Kind.EXPIRY: Action.REDACT,
        }


@pytest.mark.parametrize(
    "text",
    [
        "Última operación: {} 24,00 EUR aut. 773201. Comercio 3298110",
        "Terminal 12: siste transaksjon {} kr 200",
        "En av transaksjonene: {} kl 12:47",
    ],
)
def test_the_operation_of_a_terminal_is_a_card_where_it_is_grouped_as_one(text: str) -> None:
    assert actions(text.format(GROUPED))[Kind.PAN] is Action.REDACT
    assert actions(text.format(VISA))[Kind.PAN] is Action.REPORT


def test_the_number_of_a_transaction_is_another() -> None:
    assert actions(f"transaction id {GROUPED}")[Kind.PAN] is Action.REPORT


@pytest.mark.parametrize(
    "words",
    ["the number is", "le numéro c'est\n", "number as on the receipt:", "nummer her:"],
)
def test_two_groups_of_eight_are_a_card_where_they_are_called_a_number(words: str) -> None:
    assert actions(f"{words} 49731539 96067981")[Kind.PAN] is Action.REDACT
    assert actions(f"my phone {words} 49731539 96067981")[Kind.PAN] is Action.REPORT


def test_a_word_for_a_card_is_none_with_that_of_another_card_before_it() -> None:
    text = "my oyster cardnumber is 5555555555554444"
    assert [span.action for span in find(text)] == [Action.REPORT]


def test_what_is_printed_on_a_receipt_is_no_number_of_it() -> None:
    for place in ("on the receipt", "på kvitteringa", "auf dem Beleg", "från ett gammalt kvitto"):
        assert actions(f"as it says {place}: 4111 1111-1111 1111 again")[Kind.PAN] is Action.REDACT
    assert actions("receipt no. 4111 1111-1111 1111 again")[Kind.PAN] is Action.REPORT
