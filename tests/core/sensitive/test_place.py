from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"
OTHER = "5555 5555 5555 4444"
AMEX = "3782 822463 10005"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 12/27 123",
        f"{CARD} + 12/27 + 123",
        f"{CARD}/12/27/123",
        f"{CARD}|12/27|123",
        f"{CARD}, 12/27, 123",
        f"{CARD}\n12/27\n123",
        f"{CARD} (12/27, 123)",
        f"4421,{CARD},12/27,123,450",
        f"{CARD} Ola Nordmann 12/27 123 wubba",
        f"12/27 123 {CARD}",
        f"{CARD} Ola Nordmann 12/27 123",
        f"{CARD}\nOla Nordmann\n12/27\n123\n",
        f"1. {CARD}\n2. 12/27\n3. 123",
        f"[10:32] Ola: {CARD}\n[10:32] Ola: 12/27\n[10:33] Ola: 123",
        f"Ola: {CARD}\nOla: 12/27\nOla: 123",
        f"10.32 Ola: {CARD}\n10.32 Ola: 12/27\n10.33 Ola: 123",
        f"[10.32] Ola: {CARD}\n[10.32] Ola: 12/27\n[10.33] Ola: 123",
        f"[10:32] Guest_4402: {CARD}\n[10:33] Guest_4402: 12/27\n[10:33] Guest_4402: 123",
        f"[10:32] G_42: {CARD}\n[10:32:20] Kari: wubba!\n[10:33:01] G_42: 12/27\n[10:34] G_42: 123",
        f"Guest 4402: {CARD}\nGuest 4402: 12/27\nGuest 4402: 123",
        f"Ola: {CARD} (10:32)\nOla: 12/27 (10:33)\nOla: 123 (10:33)",
        f"10:32:11\tGuest G7\t{CARD}\n10:32:20\tGuest G7\t12/27\n10:33:01\tGuest G7\t123",
        f"Ola (10:32): {CARD}\nOla (10:32): 12/27\nOla (10:33): 123",
        f"<Ola> {CARD}\n<Ola> it is 12/27\n<Ola> and 123",
        f"> 12/27\n> 123\n> please charge {CARD}",
        f"(12/27, 123)\nmy card is {CARD}",
        f"{CARD} gyzzo 12/27 wubba 123.",
        f"{CARD}, 12/27. Wubba gyzzo: 123",
        f"{CARD}? Gyzzo wubba 12/27. Wubba frob: 123.",
    ],
)
def test_a_date_and_a_code_need_no_word_beside_a_card(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == ["12/27"]
    assert found(text, Kind.CVV) == ["123"]


def test_month_and_year_may_stand_below_each_other(found) -> None:
    text = "4111\n1111\n1111\n1111\n\n05\n28\n\n419\n\nThanks"
    assert found(text, Kind.EXPIRY) == ["05\n28"]
    assert found("4111 1111 1111 1111\n\n05\n28 boxes", Kind.EXPIRY) == []


@pytest.mark.parametrize("name", ["{}: ", "[{}] ", "({}) ", "<{}> "])
def test_the_writers_of_a_chat_name_no_number_of_theirs(found, name: str) -> None:
    lines = "{b}your card?\n{a}4111 1111 1111 1111\n{b}and the three digits on the back\n{a}882"
    text = lines.format(a=name.format("customer"), b=name.format("agent"))
    assert found(text, Kind.CVV) == ["882"]


@pytest.mark.parametrize("date", ["1227", "12 27", "12.27", "2027-12", "122027"])
def test_a_short_date_is_known_by_its_place(found, date: str) -> None:
    for text in (f"{CARD} {date} 123", f"{CARD} {date}", f"exp {date} {CARD}", f"{CARD}\n{date}"):
        assert found(text, Kind.EXPIRY) == [date]


@pytest.mark.parametrize(
    "text",
    [
        f"wrong amount taken at card {CARD} on 24 November",
        f"date\tcard\tamount\n24-11\t{CARD}\t349,00\n24-11\t{OTHER}\t12,00\n25-11\tcash\t1,00",
        f"date\tslip\tcard\n24-11\t00417\t{CARD}\t349,00\n24-11\t00422\t{OTHER}\t12,00",
        f"We charge {CARD}.\n\nOn Thu Nov 26 10:12:00 2026, kari@example.com wrote:\n> Thanks",
    ],
    ids=["words", "table", "slips", "head of a reply"],
)
def test_the_day_of_a_month_is_no_expiry(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == []


@pytest.mark.parametrize("row", ["0113 496 0144", "0113-496-0144"])
def test_a_telephone_in_groups_is_no_date_and_code(found, row: str) -> None:
    text = f"Charge {CARD}.\nSimon Grant\nGrant Motors, {row}\n"
    assert found(text, Kind.EXPIRY) == found(text, Kind.CVV) == []
    assert found(f"Charge {CARD}.\nThanks, 0127 496", Kind.CVV) == ["496"]


def test_a_number_that_would_be_a_year_far_off_is_no_date(found) -> None:
    assert found(f"a,180.00,{CARD}\n204411,Guest 2,2026", Kind.EXPIRY) == []


def test_a_month_glued_to_its_year_is_one(found) -> None:
    assert found(f"{CARD} 27-Mar", Kind.EXPIRY) == ["27-Mar"]


def test_a_number_behind_a_shortened_label_before_the_card_is_no_code(found) -> None:
    assert found(f"26/11/2026 09:12  Overf.: 044\nVISA {CARD}-1", Kind.CVV) == []
    chat = f"[10:32] Kari H.: 123\n[10:33] Kari H.: {CARD}"
    assert found(chat, Kind.CVV) == ["123"]


def test_a_word_of_two_letters_is_no_label_from_afar(found) -> None:
    text = f"To do so, reply to us.\n\nThank you\n\nI do not know these:\n21.11 VARE {CARD}"
    assert found(text, Kind.EXPIRY) == []
    assert found(f"{CARD} do 12/27", Kind.EXPIRY) == ["12/27"]


@pytest.mark.parametrize("text", [f"21.11 VARE {CARD}", f"time 3/12 med {CARD}", f"12.27 x {CARD}"])
def test_a_day_with_a_word_between_it_and_the_card_is_no_expiry(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == []


@pytest.mark.parametrize("text", [f"{CARD} 123", f"{CARD}\n\nOla\n\n123\n", f"123\n{CARD}"])
def test_a_code_without_a_date_stands_right_beside_the_card_or_alone(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 500 kr",
        f"{CARD} 0150 Oslo",
        f"{CARD} 123 Main Street",
        f"{CARD} 123 4567",
        f"{CARD} and then we met 123 people",
        f"{CARD}\nexp 12/27\nAmount: 129,90",
        f"{CARD}\nexp 12/27\nAmount: 129",
        f"03/20 2026\n{CARD}",
        f"{CARD} 912 34 567",
        f"{CARD}\n932 28 861",
        f"{CARD}, 1021 kr",
        f"We were 123 people. {CARD} 12/27",
        f"we paid 123 {CARD}",
    ],
)
def test_sums_years_and_telephones_near_a_card_are_no_codes(found, text: str) -> None:
    assert found(text, Kind.CVV) == []
    assert set(found(text, Kind.EXPIRY)) <= {"12/27", "03/20"}


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 12/01/2024",
        f"{CARD} 13/27",
        f"{CARD} {'x' * 250} exp 12/27",
        f"{CARD}. Wubba gyzzo frob. Frob gyzzo wubba 12/27 frob",
        f"{CARD}.\n\nOn Thu, Nov 26, 2026 at 9:12 AM Ola <ola@a.example> wrote:",
        f"{CARD}\n\nFrom: Ola\nSent: Thursday, November 26, 2026 9:12 AM\nTo: Kari",
        f"{CARD}\n\n26. nov. 2026 kl. 09:12 skrev Ola:",
        f"{CARD}. I am away from Nov 28, 2026 to Dec 3",
        f"{CARD}. Ship to 12/28 Main St",
        f"{CARD} 26 november 2026 123 wubba",
        f"{CARD};26.11.2026;123",
        f"or use {CARD} directly. Office hours 08-16.",
        f"We wait for a refund since January 28. The card was {CARD}",
        f"Gyzzo frob 10/20:\n1. wubba {CARD}",
        f"You put a hold on my card {CARD} on 9/30 and it frobs",
        f"card;amt;gyzzo\n{CARD};41.10;004418",
        f"Trx;PAN;Amt\nT000019;{CARD};12,30",
        f"The old one was {CARD}, the letter said 7-10 business days.",
        f"Kort {CARD}, det tar 7-10 virkedager",
        f"{CARD} in batch 2025-03-A",
        f"{CARD} in folder 2025-05, is this ok?",
        f"<li>Card: {CARD}</li><li>Start date: December 1, 2025</li>",
        f"Bitte erstatten Sie 19,99 EUR auf meine Karte {CARD}",
        f"gyzzo {CARD}\nStatement 2025/09, page 3",
        f"gyzzo {CARD}\nForm CA-7 rev. 2019-03",
        f"{CARD}, vencimiento\nMonterrey, a 7 de marzo de 2025",
        f"ICCID 8944 1100 0000 1228 567\nwubba: {CARD}",
    ],
)
def test_a_date_that_belongs_to_no_card_is_left_alone(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == []


@pytest.mark.parametrize("date", ["30. nov 2027", "11 november 2027", "Nov 30, 2027"])
def test_a_date_to_the_day_is_an_expiry_between_its_card_and_a_code(found, date: str) -> None:
    assert found(f"{CARD}, {date}, 123", Kind.EXPIRY) == [date]
    assert found(f"{CARD}, {date}, 123", Kind.CVV) == ["123"]


def test_a_clear_date_may_stand_on_a_line_alone(found) -> None:
    assert found(f"{CARD}\nOla Nordmann\n12/27\n", Kind.EXPIRY) == ["12/27"]


def test_each_card_takes_one_date_and_one_code(found) -> None:
    text = f"{CARD} 12/27 123\n{OTHER} 11/28 456\n"
    assert found(text, Kind.EXPIRY) == ["12/27", "11/28"]
    assert found(text, Kind.CVV) == ["123", "456"]
    assert found(f"{CARD} 12/27 123 456", Kind.CVV) == []
    assert found(f"{CARD} 12/27 123\n\n789\n", Kind.CVV) == ["123"]
    assert found(f"{CARD} 12/27 11/28", Kind.EXPIRY) == ["12/27"]
    assert found(f"10/26 {CARD} 12/27", Kind.EXPIRY) == ["12/27"]


def test_a_code_of_four_digits_belongs_to_an_american_express_card(found) -> None:
    assert found(f"{AMEX} 1227 1234", Kind.CVV) == ["1234"]
    assert found(f"{AMEX} 12/27 4321", Kind.CVV) == ["4321"]
    assert found(f"{AMEX} 123", Kind.CVV) == []
    assert found(f"{AMEX} exp 11/26\nSolihull branch\n0121 496 0245", Kind.CVV) == []
    assert found(f"{CARD} 12/27 4321", Kind.CVV) == []


@pytest.mark.parametrize("before", ["KE-0447-120 | ", "TRV-0423 | ", "mot-338172, "])
def test_the_number_of_a_row_is_no_date_and_no_code(found, before: str) -> None:
    assert found(f"{before}{CARD} | 04/27 | 123", Kind.EXPIRY) == ["04/27"]
    assert found(f"{before}{CARD} | 04/27 | 123", Kind.CVV) == ["123"]


@pytest.mark.parametrize("text", [f"{CARD} exp-0427 cvv-123", f"{CARD}, exp-04/27, cvc-123"])
def test_a_label_may_be_joined_by_a_hyphen(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]
    assert len(found(text, Kind.EXPIRY)) == 1


def test_the_last_day_of_a_month_on_which_something_took_place_is_no_expiry(found) -> None:
    assert found(f"debited from card {CARD} on 28-02-2025 but", Kind.EXPIRY) == []
    assert found(f"debited from card {CARD} 28-02-2029 but", Kind.EXPIRY) == ["28-02-2029"]
    assert found(f"{CARD}. I'm arriving Feb 11 with my wife", Kind.EXPIRY) == []
    assert found(f"('{CARD}', '2024-04-30 23:59:58', 3)", Kind.EXPIRY) == []
    assert found(f"('{CARD}', '2028-04-30 00:00:00', 3)", Kind.EXPIRY) == ["2028-04-30"]


def test_a_date_amid_letters_is_a_part_of_the_number_of_an_order(hits, found) -> None:
    assert hits(f"{CARD}, hope it works. Ref 10-22-B7.") == []
    assert hits(f"karta {CARD}. Zam PL/05/2024/118. Konto") == []
    assert hits(f"card {CARD} is charged. Ref SUB-10-2244. Gyzzo") == []
    contract = "bị khóa từ hôm qua.\nHợp đồng tín dụng số 01/2023/HDTD"
    assert hits(f"Thẻ của tôi số {CARD} {contract}-0088417.") == []
    assert found(f"{CARD} exp/05/2024/118", Kind.EXPIRY) == ["05/2024"]
    assert found(f"{CARD}/01/2027/Kari-Anne", Kind.EXPIRY) == ["01/2027"]
    assert found(f"{CARD} 12/27/cw-123", Kind.EXPIRY) == ["12/27"]
    for label in ("-cvv 123", "-cvc123", "-CID: 123"):
        assert found(f"{CARD} 12/27{label}", Kind.EXPIRY) == ["12/27"]


def test_groups_of_a_telephone_are_no_date(hits) -> None:
    assert hits(f"my card is {CARD} and my number is 01 40 20 50 50") == []
    assert hits(f"auf {CARD}, gyzzo wubba 0711 2298 114.") == []


def test_a_column_of_ids_holds_no_code_of_an_american_express_card(found) -> None:
    text = (
        f"id;name;card_no;amount\n1001;A;{AMEX};1200,00\n1002;B;{CARD};327,50\n1003;C;{AMEX};9,50"
    )
    assert found(text, Kind.CVV) == []


def test_a_label_may_end_with_a_digit(found) -> None:
    assert found(f"{CARD}|0827|cvv2:719|x", Kind.CVV) == ["719"]
    assert found(f"银联卡号：{CARD}，CVN2：719。", Kind.CVV) == ["719"]


def test_the_year_and_month_on_a_bank_statement_are_an_expiry(found) -> None:
    assert found(f"2025-01-13T18:22:04 KFN 1 VJ 2712\nKARTE {CARD} -129,00", Kind.EXPIRY) == [
        "2712"
    ]


@pytest.mark.parametrize("text", [f"{AMEX} 12/27 245", f"{AMEX} 12/27 id 4402 zip 48009"])
def test_what_people_call_the_code_of_an_american_express_card_is_one(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["245" if "245" in text else "4402"]


@pytest.mark.parametrize(
    "text",
    [f"{AMEX} 12/27 245 nights", f"{AMEX} 12/27, customer id 4402", f"{CARD} 12/27, id 4402"],
)
def test_other_numbers_beside_it_are_none(found, text: str) -> None:
    assert found(text, Kind.CVV) == []


def test_a_pin_ends_what_stands_beside_a_card(found) -> None:
    assert found(f"{CARD} pin 4321 123", Kind.CVV) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Guest\tCard\tRoom\nLind\t{CARD}\t118",
        f"Guest\tCard\tRoom no.\nBerg\t5555 5555 5555 4444\t204\nLind\t{CARD}\t118",
        f"Navn\tAvd\tKort\nAas, Liv\t110\t{CARD}\nBø, Tor\t120\t5555555555554444",
        f" Guest      CC                    Room \n Lindqvist  DC {CARD}   118  \n",
        f"Kort | Utløp | Beløp\n{CARD} | 12/27 | 390",
        f"card;exp;qty\n{CARD};12/27;390",
        f"Order 77:\n\tName\t\tCard\t\tAmount\t\n\n\tAnn\t\t{CARD}\t\t390\t",
        f"\t\nName\n\t\t\nCard\n\t\t\nAmount\n\t\n\n\t\nAnn\n\t\t\n{CARD}\n\t\t\n390\n\t\n",
    ],
)
def test_the_head_of_its_column_says_what_a_number_is(found, text: str) -> None:
    assert found(text, Kind.CVV) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        f"card;exp;cvv\n{CARD};12/27;390",
        f"card;exp;xyz\n{CARD};12/27;390",  # nobody knows what that is
        f"rooms;12;4\n{CARD};12/27;390",  # no head: there are digits in it
        f"room;key\n{CARD};12/27;390",  # a head of fewer columns
        f"{CARD};12/27;390\nroom;card;room",
        f"Name:\tBed\nCard:\t{CARD} 390",  # a form: Bed is no head
        f"Guest\tAccount\nAnn\t{CARD} 12/27 390",  # the card stands in the same cell
        f"Guest\tCard for the room\nAnn\t{CARD} 390",
        f"Hi.  Please charge my card for the room\n{CARD}  390",
        f"Regards | Ann | Sales dept\n{CARD} | 12/27 | 390",  # no table of cards
        f"Card|Exp|Control number\n{CARD}|12/27|390",
        f"Card|Exp|Back side\n{CARD}|12/27|390",
        f"Kort|Utløp|Bak sida\n{CARD}|12/27|390",
        f"1 {CARD}\n2 12/27\n3 390",  # items of a list
        f"{CARD} 12/27 390",
    ],
)
def test_a_code_in_a_column_without_another_head_is_one(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["390"]


@pytest.mark.parametrize(
    "text",
    [
        f"kort {CARD} utl 12/28 cvc ok. refunder 2 390. ringes opp",
        f"card {CARD} 12/28, we paid 1 250 for it",
    ],
)
def test_the_thousands_of_a_sum_are_no_code(found, text: str) -> None:
    assert found(text, Kind.CVV) == []


def test_a_code_behind_its_label_is_one_whatever_digit_stands_before_it(found) -> None:
    assert found(f"{CARD} 12/28 cvv 2 390", Kind.CVV) == ["390"]
    assert found(f"{CARD} 12/28 cvv2 390", Kind.CVV) == ["390"]


@pytest.mark.parametrize("tax", ["5261040828", "526-104-08-28", "PL 5261040828", "526 10 40 828"])
def test_the_polish_nip_is_a_tax_number_and_no_pin(found, tax: str) -> None:
    text = f"karta {CARD}, NIP {tax}, zamówienie 2026/11/4471"
    assert found(text, Kind.PIN) == []


def test_the_french_nip_is_a_pin(found) -> None:
    assert found(f"carte {CARD}, NIP 4471", Kind.PIN) == ["4471"]


@pytest.mark.parametrize("date", ["31.12.2027", "2027-12-31", "29/02/2028"])
def test_the_last_day_of_a_month_right_behind_a_card_is_until_when_it_is_good(found, date) -> None:
    assert found(f"{CARD} {date} 123", Kind.EXPIRY) == [date]
    assert found(f"{CARD} {date} 123", Kind.CVV) == ["123"]
    assert found(f"{CARD}\n{date}\nAmex", Kind.EXPIRY) == [date]
    assert found(f"{CARD} 17.12.2027 123", Kind.EXPIRY) == []


@pytest.mark.parametrize(
    "pairs",
    ["05/30 922\n01/2032 689", "1: 05/30 922\n2: 01/2032 689", "05/30 922 and 01/2032 689"],
)
def test_the_pairs_of_two_cards_may_stand_below_them(found, pairs: str) -> None:
    text = f"Take 44 from {CARD} and the rest from {OTHER}.\n{pairs}"
    assert found(text, Kind.EXPIRY) == ["05/30", "01/2032"]
    assert found(text, Kind.CVV) == ["922", "689"]
    assert found(f"Take 44 from {CARD}.\n{pairs}", Kind.CVV) == ["922"]


def test_a_date_right_behind_a_card_is_no_sum(found) -> None:
    assert found(f"{CARD} 03/27 refund to this one please", Kind.EXPIRY) == ["03/27"]


def test_who_answers_in_the_same_line_is_no_number_of_a_customer(found) -> None:
    assert found(f"card {CARD}\nagent: and the CVC? customer: 802", Kind.CVV) == ["802"]
    assert found(f"card {CARD}\nthe CVC and the customer: 802", Kind.CVV) == []


def test_a_clock_behind_a_code_is_no_part_of_it(found) -> None:
    assert found(f"{CARD} 03/27 # 719 12:06", Kind.CVV) == ["719"]


def test_a_group_of_another_number_is_no_date(found) -> None:
    text = f"my old one has expired, 4000 0566 1129 1227, and now {CARD}"
    assert found(text, Kind.EXPIRY) == []


def test_the_line_below_the_heads_of_markdown_is_no_head(found) -> None:
    table = (
        f"| Guest | Room | Card | Exp |\n|---|---|---|---|\n| Lund | 204 | {CARD} | 01/28 |\n"
        f"| Bo | none | pays cash | - |\n| Al | 311 | {CARD} | 07/28 |"
    )
    assert found(table, Kind.CVV) == []
    assert found(table.replace("Room", "CVV"), Kind.CVV) == ["204", "311"]


def test_the_pin_code_of_an_address_in_india_is_no_pin(found) -> None:
    for text in (
        "RuPay {}. PIN code 560001",
        "{} from Pune, pincode 411 045",
        "{} कार्ड PIN code 560001",
    ):
        assert found(text.format(CARD), Kind.PIN) == []
    assert found(f"RuPay {CARD}. PIN code 4110", Kind.PIN) == ["4110"]
    assert found(f"card {CARD}. PIN code 411004", Kind.PIN) == ["411004"]


def test_a_group_of_a_telephone_is_no_code(found) -> None:
    text = f"TROY kartımla: {CARD} (SKT 11/28).\nCep: 0532 555 01 27\n\nGökçe"
    assert found(text, Kind.CVV) == []


def test_a_column_of_polish_tax_numbers_holds_no_pins(found) -> None:
    assert found(f"nip;nr_karty\n5214062171;{CARD}", Kind.PIN) == []
    assert found(f"nip;nr_karty\n5214;{CARD}", Kind.PIN) == ["5214"]


def test_the_last_part_of_a_number_with_a_letter_is_no_code(found) -> None:
    assert found(f"TROY {CARD}, val. 09/26; quarto 204, fatura FR 2025A/447.", Kind.CVV) == []


def test_what_a_token_begins_with_is_no_code(found) -> None:
    text = "https://pay.example/add?pan=4111111111111111&exp=0929&sid=218"
    assert found(f"{text}fb8154d42f50b338701a3", Kind.CVV) == []
    assert found(f"{text} for the card", Kind.CVV) == ["218"]


def test_the_version_of_a_program_is_no_code(found) -> None:
    text = f"card {CARD}, exp 03/29 is what he saw there instead of the page.\n\nPHP, WooCommerce"
    assert found(f"{text} 8.9.3", Kind.CVV) == []
    assert found(f"{text} 893", Kind.CVV) == ["893"]
    assert found(f"{text}, code 8.9.3", Kind.CVV) == ["8.9.3"]


@pytest.mark.parametrize(
    "pin_code",
    [
        "पिन कोड", "पिनकोड", "પિન કોડ", "পিন কোড", "ਪਿੰਨ ਕੋਡ", "பின் கோடு", "పిన్ కోడ్",
        "ಪಿನ್ ಕೋಡ್", "പിൻ കോഡ്",
    ],
)  # fmt: skip
def test_a_pin_code_of_india_is_of_an_address_in_its_languages_too(found, pin_code) -> None:
    assert found(f"RuPay {CARD}\n{pin_code} 226010", Kind.PIN) == []
    assert found(f"card {CARD} PIN codes: 482913 India", Kind.PIN) == ["482913"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD};12/27;Kari;0150;123",
        f"{CARD}|12/27|90210|123",
        f"карта {CARD} до 12/2027г/123",
        f"My card {CARD} exp 12/27 has an issue 123",
    ],
)
def test_a_code_behind_something_else_is_one(found, text: str) -> None:
    assert found(text, Kind.CVV) == ["123"]
