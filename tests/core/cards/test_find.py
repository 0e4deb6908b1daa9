from __future__ import annotations

import importlib

import pytest

from integration.core.detection import find, mask
from integration.core.hits import Hit
from integration.core.search import search
from integration.core.spans import Action, Kind

VISA = "4111111111111111"
MASTERCARD = "5555555555554444"
AMEX = "378282246310005"
DINERS = "36227206271667"
UNIONPAY_19 = "6205500000000000004"
MAESTRO = "6759649826438453"


def found(text: str) -> list[Hit]:
    return search(text, lambda hit: hit.confidence >= 0.5)


def cards(text: str) -> list[Hit]:
    return [hit for hit in found(text) if hit.kind is Kind.PAN]


def sure(text: str) -> list[str]:
    """The brands of what would be redacted."""
    return [hit.brand or "?" for hit in cards(text) if hit.confidence >= 0.5]


def doubtful(text: str) -> list[str]:
    return [hit.brand or "?" for hit in cards(text) if hit.confidence < 0.5]


def grouped(separator: str, number: str = VISA) -> str:
    return separator.join(number[at : at + 4] for at in range(0, len(number), 4))


SEPARATORS = {
    "colon": ":",
    "bar": " | ",
    "bullet": " \u2022 ",
    "three dots": " ... ",
    "ellipsis": "\u2026",
    "space": " ",
    "dash": "-",
    "spaced dash": " - ",
    "dot": ".",
    "slash": "/",
    "underscore": "_",
    "plus of a form": "+",
    "newline": "\n",
    "crlf": "\r\n",
    "quoted reply": "\n> ",
    "twice quoted": "\r\n> > ",
    "tab": "\t",
    "two spaces": "  ",
    "comma": ", ",
    "asterisk": "*",
    "no-break space": "\xa0",
    "narrow no-break space": "\u202f",
    "soft hyphen": "\xad",
    "zero-width space": "\u200b",
    "en dash": "–",
    "minus": "\u2212",
    "full-width dot": "\uff0e",
    "percent space": "%20",
    "percent no-break space": "%C2%A0",
    "json no-break space": "\\u00a0",
    "json newline": "\\n",
    "quoted-printable": "=C2=A0",
    "soft break": "=\n",
    "entity": "&nbsp;",
    "numeric entity": "&#8203;",
    "tags": "</b> <b>",
}


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS.keys())
def test_groups_of_four_are_read_over(separator: str) -> None:
    (hit,) = found(f"se {grouped(separator)} ok")
    assert hit.confidence >= 0.5
    assert (hit.start, hit.end) == (3, 3 + len(grouped(separator)))
    assert hit.last4 == "1111"


@pytest.mark.parametrize(
    "zero",
    ["\uff10", "\u0660", "\u0966", "\U0001d7d8"],
    ids=["full", "arabic", "devanagari", "math"],
)
def test_digits_of_any_script_are_digits(zero: str) -> None:
    text = "".join(chr(ord(zero) + int(digit)) for digit in VISA)
    assert sure(f"kjøp {text} нет") == ["visa"]


@pytest.mark.parametrize(
    "text",
    [
        VISA,
        f"cardno{VISA}please",
        f"x{VISA}y",
        f"({VISA})",
        f'"{VISA}"',
        f"card:{VISA}",
        f"**{grouped(' ')}**",
        " ".join(VISA),
        "4 1 1 1  1 1 1 1  1 1 1 1  1 1 1 1",
        "4 1 1 1, 1 1 1 1, 1 1 1 1, 1 1 1 1",
        "4-1-1-1 1-1-1-1 1-1-1-1 1-1-1-1",
        f"Order 10023 {grouped(' ')}",
        f"Ref 99 {grouped(' ')}",
        f"{grouped('-')} 2",
        f"99 {grouped('-')}",
        f"91234567 {VISA}",
        f"in 2024 {grouped(' ')}",
        f"Ola,{VISA},12,27",
        f"Ola,99,{VISA},12/27",
        f"99,{grouped(' ')}",
        f"https://shop.example/pay?card={VISA}&x=1",
        f"{VISA[:4]} {VISA[4:]}",
        f"{VISA[:8]}=\n{VISA[8:]}",
        f"card {VISA[:2]} {VISA[2:9]} {VISA[9:]}",
        f"card {' '.join(VISA[at : at + 2] for at in range(0, 16, 2))}",
        f"my card: {VISA[:7]}\n{VISA[7:]}",
    ],
)
def test_a_card_is_seen_in_many_surroundings(text: str) -> None:
    assert sure(text) == ["visa"]


def test_a_letter_o_is_read_as_the_zero_that_was_meant() -> None:
    assert sure("card 37828224631OOO5") == ["amex"]
    assert sure("some 1o2 words") == []


def test_digits_written_as_entities_are_read_in_plain_text_too() -> None:
    text = "kort &#52;&#49;&#x31;1 1111 1111 111&#0049; ok"
    (hit,) = cards(text)
    assert text[hit.start : hit.end] == text[5:-3]


@pytest.mark.parametrize("inside", ["cvv 123", "4111111111111111", "x=5555555555554444"])
def test_no_tag_in_plain_text_hides_a_number(inside: str) -> None:
    assert found(f"1234<a {inside}>12/27")


@pytest.mark.parametrize("first", [VISA, grouped(" ")], ids=["block", "groups"])
def test_cards_side_by_side_are_all_seen(first: str) -> None:
    text = f"{first} {grouped(' ', MASTERCARD)} {grouped(' ', MAESTRO)}"
    assert sure(text) == ["visa", "mastercard", "maestro"]


@pytest.mark.parametrize(
    ("number", "brand"),
    [
        (AMEX, "amex"),
        (f"{AMEX[:4]} {AMEX[4:10]} {AMEX[10:]}", "amex"),
        (DINERS, "diners"),
        (UNIONPAY_19, "unionpay"),
        (grouped(" ", UNIONPAY_19), "unionpay"),
        ("4222222222222", "visa"),
        ("4917610000000000003", "visa"),
        ("4917 6100 0000 0000 003", "visa"),
    ],
    ids=[
        "amex",
        "amex groups",
        "diners",
        "unionpay",
        "unionpay groups",
        "visa 13",
        "visa 19",
        "visa 19 groups",
    ],
)
def test_other_lengths_are_cards_too(number: str, brand: str) -> None:
    assert sure(f"it is {number} ok") == [brand]


@pytest.mark.parametrize(
    "number",
    ["4000 0000 0000 0002 036", "4000-0000-0000-0002-036", "4000000000000002036"],
    ids=["spaces", "dashes", "one run"],
)
@pytest.mark.parametrize("word", ["card ", ""], ids=["named", "bare"])
def test_a_number_of_19_digits_is_taken_whole_though_16_of_them_are_valid_too(
    word: str, number: str
) -> None:
    (hit,) = cards(f"{word}{number}")
    assert (hit.last4, hit.end - hit.start) == ("2036", len(number))


@pytest.mark.parametrize(
    "text",
    ["card 4000 0000 0000 0002\n036", "card 4000 0000 0000 0002-036", "card 4000000000000002 036"],
    ids=["next line", "other separator", "block"],
)
def test_the_usual_length_is_meant_when_the_rest_is_parted_otherwise(text: str) -> None:
    (hit,) = cards(text)
    assert hit.last4 == "0002"


def test_the_month_behind_a_card_is_no_part_of_it() -> None:
    # This issuer makes numbers of 18 digits without a check digit too.
    (hit, date) = found("card 6205 5000 0000 0009 09/27")
    assert (hit.last4, date.kind) == ("0009", Kind.EXPIRY)


@pytest.mark.parametrize("parted", ["\n", "\t", " "], ids=["line", "tab", "space"])
def test_a_date_behind_does_not_cut_a_card_in_two(parted: str) -> None:
    for number in ("3528 6739 1934 9630", "3528 3577 3421 4449"):
        (hit,) = cards(f"{number}{parted}2025-03-12")
        assert hit.last4 == number[-4:]


def test_a_longer_number_of_no_issuer_does_not_take_the_place_of_a_card() -> None:
    (hit, date) = found("kort 5543 7598 1720 4526 2/31")
    assert (hit.last4, date.kind) == ("4526", Kind.EXPIRY)


def test_a_row_whose_next_numbers_pass_by_chance_but_have_no_issuer_is_a_table() -> None:
    # 0000 0000 0000 0018 has a valid check digit
    assert sure("4111 1111 1111 1111 0000 0000 0000 0018") == []


def test_a_number_that_is_sure_once_is_sure_wherever_it_stands() -> None:
    assert sure(f"order {VISA} was paid, I said. {'-' * 60} my card is {VISA}") == ["visa", "visa"]
    assert doubtful(f"order {VISA} was paid, I said. {'-' * 60} my card is {MASTERCARD}") == [
        "visa"
    ]


def test_a_telephone_link_does_not_hide_a_number_that_is_too_long_for_one() -> None:
    assert sure(f"tel:{VISA}") == ["visa"]
    assert sure(f"tel: {AMEX}") == []


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/pay?q=%34%31%31%31%31%31%31%31%31%31%31%31%31%31%31%31",
        r"\u0034\u0031\u0031\u0031111111111111",
        "mailto:help?body=kort%204111%201111%201111%201111",
        "login?next=https%3A%2F%2Fshop.example%2Fcart%3Fcard%3D4111%25201111%25201111%25201111",
        "login?next=cart%253Fcard%253D4111%25C2%25A01111%25C2%25A01111%25C2%25A01111",
    ],
    ids=["percent", "json", "blank before", "escaped again", "and again"],
)
def test_digits_and_blanks_that_are_escaped_are_read(text: str) -> None:
    (hit,) = cards(text)
    assert (hit.brand, hit.last4) == ("visa", "1111")
    assert text[hit.end :] == ""


def test_blanks_that_are_escaped_part_words_from_their_numbers() -> None:
    text = f"https://wa.me/47?text=kort%20{VISA.replace(' ', '')}%20exp%2010%2F28%20cvv%20503"
    assert [hit.kind for hit in found(text)] == [Kind.PAN, Kind.EXPIRY, Kind.CVV]


def test_the_elements_of_a_record_keep_their_names() -> None:
    text = f"<card>{VISA}</card><ExpiryDate>12/27</ExpiryDate><CVV>123</CVV>"
    assert [hit.kind for hit in found(text)] == [Kind.PAN, Kind.EXPIRY, Kind.CVV]


@pytest.mark.parametrize(
    "said", ["41, 11, 11, 11, 11, 11, 11, 11", "4111, 1111, 11111111"], ids=["pairs", "mixed"]
)
def test_what_was_said_in_groups_is_a_card_beside_a_card_word(said: str) -> None:
    assert sure(f"card number {said}") == ["visa"]
    assert cards(f"we counted {said}") == []


def test_a_card_word_makes_any_valid_number_a_card() -> None:
    assert sure("card number 8311111111111110") == ["?"]
    assert sure("number 8311111111111110") == []
    assert sure("kortnummer 060300000001") == ["?"]


@pytest.mark.parametrize("word", ["pan", "discover", "expires"])
def test_a_word_that_means_other_things_too_helps_only_what_looks_like_a_card(word: str) -> None:
    assert sure(f"{word} 8311111111111110") == []
    assert sure(f"{word} 5600000000000003") == ["maestro"]


@pytest.mark.parametrize("number", ["410816481403", "500000000009"], ids=["unknown", "weak"])
def test_a_reference_beside_a_card_word_is_left_alone(number: str) -> None:
    assert found(f"kortet ble trukket 25.02.2026 ref {number}") == []


def test_a_weak_prefix_needs_more_than_the_number() -> None:
    assert found("see 5600000000000003 ok") == []
    assert doubtful("Hi,\n5600000000000003\nregards") == ["maestro"]
    assert sure("kort 5600000000000003") == ["maestro"]


def test_a_weak_prefix_is_told_in_the_groups_of_a_card() -> None:
    assert doubtful("see 5600 0000 0000 0003 ok") == ["maestro"]
    assert found("see 5600 0000 0009 ok") == []


def test_a_range_of_the_first_digits_of_cards_is_none() -> None:
    assert found("54133000 - 54133008 MC debit, 22217000-22217099") == []
    assert sure("card 22217000-22211099") == []


def test_a_telephone_with_a_zero_in_brackets_is_none() -> None:
    assert sure("+49 (0) 30 4111 1111-1111 1111") == []


def test_a_part_of_the_path_of_a_request_is_a_card_where_one_is_spoken_of() -> None:
    lines = '"GET /pay/4111111111111111/1227 HTTP/1.1" 404\n"GET /a/b HTTP/2.0" 200 8841 "-"'
    assert sure(f"{lines}\n\nSo people typed card numbers into the address.") == ["visa"]
    assert sure(f"{lines}\n\nSo people typed numbers into the address.") == []


def test_a_number_that_names_a_file_is_a_card_where_somebody_says_so_behind_it() -> None:
    file = "See `s3://exports/tmp/4111111111111111.json`"
    assert sure(f"{file}, yes, the file name is the card number.") == ["visa"]
    assert sure(f"{file}, yes, the name is the card number.\n* 2025-04-11T03 begun") == ["visa"]
    assert sure(f"{file}, we never put a card number there.") == []
    assert sure(f"{file}, it has nothing to do with the card number") == []
    assert sure(f"{file}. Another file has the card number in it.") == []
    assert sure(f"{file.replace('.json', '')} where I wrote my card number") == []


def test_a_card_in_the_wrong_field_may_be_told_right_before_the_next_number() -> None:
    told = "I put the card number in the wrong field"
    assert sure(f"Order {VISA}; {told}; order 12345678") == ["visa"]
    assert sure(f"Order {VISA}; my card number: 12345678") == []


def test_a_number_with_words_joined_before_and_behind_is_told() -> None:
    assert doubtful("Invoice INV-4111-1111-1111-1111-A, thanks") == ["visa"]


def test_a_weak_prefix_in_groups_is_a_card_in_a_sentence_that_speaks_of_one() -> None:
    mine = "My card no. is 6522 2573 0891 9028, as I said twice,"
    assert sure(f"{mine} and my wife's is 5600 0000 0000 0003") == ["discover", "maestro"]
    assert sure(f"{mine} thanks. And hers is 5600 0000 0000 0003") == ["discover"]


@pytest.mark.parametrize("behind", ["3/28 cvc 806", "exp 03/2028, CVV2 806", "03-28 CSC: 806"])
def test_a_date_and_the_label_of_a_code_behind_it_say_card_whatever_its_label_says(behind) -> None:
    assert sure(f"Booking 5413635040371968 {behind}") == ["mastercard"]
    assert sure("Booking 5413635040371968") == []


def test_a_wide_range_below_the_name_of_another_card_is_told_at_most() -> None:
    text = "I was given a gift card. Number 6335 8801 4472 0917 553, PIN under the panel"
    assert sure(text) == []
    assert sure("My card. Number 6335 8801 4472 0917 553, PIN under the panel") == ["maestro"]


@pytest.mark.parametrize("more", [" 5", "5"])
def test_a_number_without_check_digit_has_the_length_of_one(more: str) -> None:
    assert sure(f"UnionPay card 6212 3456 7890 1234{more}") == []


def test_a_unionpay_number_without_check_digit_needs_a_card_word() -> None:
    assert sure("UnionPay card 6212 3456 7890 1234") == ["unionpay"]
    assert found("see 6212 3456 7890 1234") == []


@pytest.mark.parametrize(
    "text",
    [
        f"Order {VISA}",
        f"order no. {VISA}",
        f"KID: {VISA}",
        f"Fakturanr {VISA}",
        f'{{"order_id": {VISA}}}',
        f"orders/{VISA}",
        f"Ref {VISA}",
        f"Order {grouped(' ')}",
        f"Organisasjonsnummer {VISA}",
        f"Bestillingsnummer {VISA}",
        f"{VISA}@mail.example",
        f"Order {grouped(' ')} 2345",
    ],
)
def test_a_label_in_front_makes_a_bare_number_doubtful_but_never_hides_it(text: str) -> None:
    assert doubtful(text) == ["visa"]


@pytest.mark.parametrize(
    "before",
    ["Thanks for the order. Here it is: ", "about my invoice\nit is ", "Is it the parcel? Mine: "],
)
def test_a_label_of_another_sentence_says_nothing_of_a_number(before: str) -> None:
    assert sure(f"{before}{VISA}") == ["visa"]


@pytest.mark.parametrize("before", ["Order no. ", "Order number:\n", "order. "])
def test_a_label_right_before_a_number_is_of_it(before: str) -> None:
    assert doubtful(f"{before}{VISA}") == ["visa"]


def test_the_nearest_label_counts() -> None:
    assert sure(f"order paid with card {VISA}") == ["visa"]
    assert doubtful(f"card for order {VISA}") == ["visa"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no digits at all",
        "4111111111111112",
        "0000 0000 0000 0000",
        "1700000000004 at",
        "card 1700000000004",
        "card 20231124153000",
        "IMEI 353918058345675",
        "my phone is 353918058345675",
        "SIM card 8947080037110340006",
        "gift card 6006491260550001",
        "4006381333931\n4006381333931\n4006381333931",
        "47223179-9330-4259-8411-411111111111",
        f"3f{VISA}9b",
        f"0.{VISA}",
        "blk_-4917610000000000003",
        "IBAN GB29 NWBK 4111 1111 1111 1111",
        "the invoice wants the creditor reference RF81 4111 1111 1111 1111",
        "+370000000000002",
        "4111 111.111.111.111",
        "46.652  2227  2227",
        "1 2 3 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "10 20 41 11 11 11 11 11 11 11 30 40",
        "41111111\n11111111",
        "41111111 11111111",
        "visa 4571 2345 6789 0111",
        "4111 **** **** 1111 1111 1111",
        "5555 5555 5555 4444"[:9],
        f"{VISA[:5]} {VISA[5:]}",
        "4 1 1 1 1 1 1 1,1 1 1 1 1 1 1 1",
        "4 11 111 1 11 11 1 1 1 11 1",
        "4111" + " " * 30 + "1111 1111 1111",
    ],
)
def test_what_only_looks_like_a_card_is_left_alone(text: str) -> None:
    assert sure(text) == []


def test_a_table_of_four_digit_numbers_is_no_card() -> None:
    assert sure("1000 2000 3000 4111 1111 1111 1111 2000 3000") == []


@pytest.mark.parametrize(
    "text",
    [
        "card number 0004111111111111111",
        "REC  F2-PAN              F3-AMT\n0200 0004111111111111111 000004990",
    ],
    ids=["named", "column"],
)
def test_a_number_filled_up_with_zeros_is_a_card_where_its_field_is_named_for_one(text) -> None:
    assert sure(text) == ["visa"]


@pytest.mark.parametrize(
    "text", ["ref 0004111111111111111", "000378282246310005", "004111111111111111"]
)
def test_any_other_number_filled_up_with_zeros_is_none(text: str) -> None:
    assert sure(text) == []


@pytest.mark.parametrize(
    "row",
    ["2201 2203 2205 2207", "3600 3900 4200 4500", "4100 4200 4300 4440", "4417, 4418, 4420, 4433"],
)
def test_groups_that_rise_are_rooms_prices_or_extensions(row: str) -> None:
    assert find(row) == []
    assert sure("4444 3333 2222 1111") == ["visa"]
    assert sure("6445 6445 6445 6445") == ["discover"]


@pytest.mark.parametrize("before", ["", "ACCT-NBR ", "0000412 20 "])
def test_a_number_that_fills_the_field_of_a_card_is_one(before: str) -> None:
    assert sure(f"{before}0004111111111111111 0000004590") == ["visa"]


def test_one_zero_fills_a_field_of_nineteen_digits() -> None:
    assert sure("SEQ 00000002 0676770000000000013   00000399.00") == ["solo"]


@pytest.mark.parametrize("mark", [".", ",", "'", " "])
def test_a_number_that_a_spreadsheet_took_for_an_amount_goes_as_a_whole(mark: str) -> None:
    written = mark.join(("4", "111", "111", "111", "111", "111"))
    text = f"row 15: {written} is broken"
    (hit,) = cards(text)
    assert text[hit.start : hit.end] == written
    assert mask(text, find(text)) == "row 15: [card visa **** 1111] is broken"


def test_an_amount_is_none() -> None:
    assert sure("Amount: 4,111,111,111,111,111.00") == []
    assert sure("Card number 4.111.111.111.111.111,00, as Excel has it") == ["visa"]


def test_the_day_in_the_next_column_is_no_part_of_a_number() -> None:
    assert cards("order;date;card\n30123101;18.09.2025;paid by card\n") == []
    assert cards("card;date\n30123101;2025-09-18;x\n") == []


def test_an_expiry_date_behind_is_as_good_as_a_word() -> None:
    assert "card-hint" in found(f"{VISA} 12/27")[0].why
    assert found(f"{grouped(' ')} 1227")[0].confidence == 0.9


def test_a_mask_says_nothing_about_its_neighbours() -> None:
    assert found("[card visa **** 1111] 8911111111111114") == []


def test_digits_of_a_hit_are_not_in_its_repr() -> None:
    assert "1111" not in repr(found(VISA)[0])


def test_the_work_for_a_long_row_of_digits_grows_with_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from integration.core.cards import luhn, number

    calls = 0
    is_valid = luhn.is_valid

    def counted(digits: bytes) -> bool:
        nonlocal calls
        calls += 1
        return is_valid(digits)

    monkeypatch.setattr(number.luhn, "is_valid", counted)
    found("4\u200b1\u200b" * 500)
    at_first = calls
    calls = 0
    found("4\u200b1\u200b" * 2000)
    assert 0 < at_first <= 8 * 1000
    assert calls <= 8 * 4000


def test_reading_again_ends_after_a_few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("integration.core.search")
    monkeypatch.setattr(module, "_MAX_ROUNDS", 1)
    assert sure(VISA) == ["visa"]


def test_a_number_in_odd_groups_on_a_line_of_a_receipt_is_a_card() -> None:
    receipt = "{}\n519 5 634 1  1043 36 61\nSALE   $ 18.75"
    assert sure(receipt.format("MERCH ID 0042\nTERM 11")) == ["mastercard"]
    assert found(receipt.format("LINE ID 0042\nROW 11")) == []


def test_a_typist_who_parts_each_group_otherwise_writes_one_number() -> None:
    assert sure("its 5413-6350 4037.1968 sorry typing on phone") == ["mastercard"]


@pytest.mark.parametrize(
    "text",
    [
        "acct: LASER 6304900450112725229. pls scrub",
        "670880 822690 401288 (Maestro, Swedbank)",
        "ещё маэстро 63900297 53724160 04 (18 цифр)",
    ],
)
def test_the_name_of_its_brand_beside_a_seldom_number_makes_it_sure(text: str) -> None:
    (span,) = find(text)
    assert span.action is Action.REDACT


@pytest.mark.parametrize("name", ["Visa", "Maestro gift card", "printer"])
def test_another_name_says_nothing_of_it(name: str) -> None:
    assert not [s for s in find(f"670880 822690 401288 ({name})") if s.action is Action.REDACT]


@pytest.mark.parametrize("joint", [" ", "", ", "])
def test_groups_may_stand_in_angle_brackets(joint: str) -> None:
    text = f"my Mastercard {joint.join(f'<{VISA[at : at + 4]}>' for at in range(0, 16, 4))}."
    (span,) = find(text)
    assert text[span.start : span.end].strip("<>").startswith("4111")
    assert span.action is Action.REDACT


@pytest.mark.parametrize(
    "words", ["from my maestro, which is", "my Maestro card", "Maestro nr.", "Maestro (Swedbank)"]
)
def test_the_name_of_its_brand_may_lead_to_it_with_a_few_words(words: str) -> None:
    (span,) = find(f"{words} 670880 822690 401288")
    assert span.action is Action.REDACT
