from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"
AMEX = "3782 822463 10005"
FAR = "wubba gyzzo frob quux wubba gyzzo frob quux wubba gyzzo frob quux wubba gyzzo frob"


@pytest.mark.parametrize(
    "text",
    [
        "EXP. DATE:  __{}__     SECURITY CODE: __{}__",
        "exp: _{}_ cvv: _{}_",
        "exp:____{}____ cvv:____{}",
        "Exp ______{}______\nCVV ______{}______\nName ____________",
    ],
)
def test_what_is_filled_in_on_a_line_of_a_form_is_found(found, text: str) -> None:
    form = f"CARD NUMBER: __{CARD}__\n{text.format('04/29', '721')}"
    assert found(form, Kind.EXPIRY) == ["04/29"]
    assert found(form, Kind.CVV) == ["721"]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "word",
    [
        "cvv",
        "CVC2:",
        "security code",
        "cid",
        "cv2",
        "code",
        "last 3 digits on the back:",
        "säkerhetskod",
        "kontrollsiffror",
        "sikkerhedskode",
        "kontrolcifre",
        "Prüfnummer",
        "Kartenprüfnummer",
        "Sicherheitscode ist",
        "cryptogramme visuel",
        "code de sécurité",
        "código de seguridad",
        "koden bak er",
        "sec code",
        "the code is\n",
        "CVV............:",
        '\\"cvv\\":\\"',
        "код безопасности",
        "güvenlik kodu",
        "安全码",
        "セキュリティコードは",
        "보안코드",
        "رمز الأمان",
        "biztonsági kód",
        "kod zabezpieczający",
    ],
)
def test_a_security_code_is_known_by_its_word_in_many_languages(found, word: str) -> None:
    assert found(f"{CARD} {word} 123", Kind.CVV) == ["123"]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "word",
    [
        "utl",
        "udløber",
        "går ut",
        "giltighetstid",
        "gælder til",
        "gültig bis:",
        "Ablaufdatum",
        "läuft ab",
        "expire fin",
        "valable jusqu'au",
        "caduca",
        "vencimiento:",
        "válida hasta",
        "действует до",
        "ważna do",
        "son kullanma tarihi",
        "有效期",
        "有効期限は",
        "유효기간",
        "صالحة حتى",
    ],
)
def test_an_expiry_date_is_known_by_its_word_in_many_languages(found, word: str) -> None:
    assert found(f"{CARD} and {word} 12/27", Kind.EXPIRY) == ["12/27"]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        f"Card / Exp / CVV:\n{CARD} / 12/27 / 123",
        f"CVV; Expiry; Card\n123; 12/27; {CARD}",
        f"Card\tExp\tCVC\n{CARD}\t12/27\t123",
        f"Card: {CARD}\nExp: 12/27\nCVV: 123",
        f"Card:\n{CARD}\n\nExp:\n12/27\n\nCVV:\n123",
        f"expiry & cvv of {CARD}: 12/27 / 123",
        f"123 (cvv), 12/27 (exp), {CARD}",
        f"123 is the cvv, 12/27 the expiry, {CARD} the card",
        f"> what is the cvv?\n123\n> and the expiry?\n12/27\n> number?\n{CARD}",
        f"Ola: {CARD}\nKari: and expiry?\nOla: 12/27\nKari: CVV?\nOla: 123",
        f"[10:31] Ola: card {CARD}\n[10:32] Ola: exp 12/27\n[10:33] Ola: cvv 123",
        f"<card>{CARD}</card><expiry>12/27</expiry><cvv2>123</cvv2>",
        f"pan={CARD};expdate=12/27;cvv2=123;amount=450",
        f"card {CARD} exp 12/27 cvv 123 amount 450",
        f"cvv which you find on the back is 123, exp 12/27, {CARD}",
        f"cvv for the card {CARD} that expires 12/27 is 123",
    ],
)
def test_labels_and_values_are_matched_in_any_layout(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == ["12/27"]
    assert found(text, Kind.CVV) == ["123"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} error code 500 came up",
        f"order 123, {CARD}",
        f"{CARD}, room 304",
        f"{CARD} amount 499 kr",
        f"{CARD}, 499 kr please",
        f"{CARD} frobnication code 250 did not work",
        f"I do not know the cvv. My street has the number 123 {CARD}",
        f"{CARD} tel ext 443",
        f"{CARD} cvv x123",
        f"{CARD} cvv {FAR} 123",
        f"cvv 5 {FAR} {FAR} 123 {CARD}",
        f"it says 123\ncvv unknown {CARD}",
    ],
)
def test_a_number_of_another_label_is_no_code(found, text: str) -> None:
    assert found(text, Kind.CVV) == []


def test_a_birthday_is_no_expiry(found) -> None:
    assert found(f"born 12/27, card {CARD}", Kind.EXPIRY) == []


def test_a_sum_before_the_card_and_a_labelled_code_are_told_apart(found) -> None:
    assert found(f"please charge 450 kr to {CARD} 12/27 cvv 123", Kind.CVV) == ["123"]


def test_a_date_with_a_day_is_not_preferred_to_a_month_behind_the_card(found) -> None:
    rows = f"(`name`,`since`,`cc`,`ccexp`) VALUES\n('Ola','2011-04-18','{CARD}','0927')"
    assert found(rows, Kind.EXPIRY) == ["0927"]
    assert found(f"expires 2027-04-30, card {CARD}", Kind.EXPIRY) == ["2027-04-30"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_a_code_of_three_digits_in_its_column_is_one_whatever_card_it_is(found, mark) -> None:
    rows = ["name,card,expiry,cvv,room", f"Cy,{AMEX},07/27,431,214", f"Bo,{CARD},07/27,431,214"]
    table = "\n".join(rows).replace(",", mark)
    assert found(table, Kind.CVV) == ["431", "431"]
    assert found(table.replace("cvv", "flr"), Kind.CVV) == ["431"]


@pytest.mark.parametrize("text", ["cvv 123can you", "cvv: 123Please charge it", "CVC:123Thanks"])
def test_a_code_that_the_next_line_touches_is_one_behind_its_label(found, text: str) -> None:
    """Lines of a page run together where a helpdesk makes a plain text of it."""
    assert found(f"{CARD} exp 12/27 {text}", Kind.CVV) == ["123"]


@pytest.mark.parametrize("text", ["cvv 123x", "cvv model 123abc", "room 123abc", "cvv 1234can you"])
def test_letters_that_touch_any_other_number_make_it_none(found, text: str) -> None:
    assert found(f"{CARD} exp 12/27 {text}", Kind.CVV) == []


def test_a_label_above_a_table_is_none_of_its_heads(found) -> None:
    text = f"Expiry as below\nName;When;Card\nOla;04/28;{CARD}"
    assert found(text, Kind.EXPIRY) == ["04/28"]


def test_the_date_of_the_mail_below_is_no_expiry(found) -> None:
    text = f"The domain expires tomorrow!\n\nOn 25/11/2026 16:20, Jo wrote:\n> {CARD} (exp 04/29)"
    assert found(text, Kind.EXPIRY) == ["04/29"]


HEADS = "Dato;Lugar;Beløp;Kortnr;Utløp"


@pytest.mark.parametrize("mark", [";", "\t", "|"], ids=["semicolon", "tab", "bar"])
def test_a_value_below_another_head_of_a_table_is_none_of_the_card(found, mark: str) -> None:
    rows = [HEADS, f"21.11.2026;418;200;{CARD};04/28", f"22.11.2026;420;150;{CARD};05/28"]
    table = "\n".join(rows).replace(";", mark)
    assert found(table, Kind.EXPIRY) == ["04/28", "05/28"]
    assert found(table, Kind.CVV) == []


def test_a_date_below_a_head_that_says_less_than_another_is_not_the_expiry(found) -> None:
    rows = ["Expires;Name;Card;Date", f"04/28;Ola;{CARD};21.11.2026"]
    assert found("\n".join(rows), Kind.EXPIRY) == ["04/28"]


def test_an_american_express_code_has_four_digits(found) -> None:
    assert found(f"{AMEX} exp 12/27 cid 1234", Kind.CVV) == ["1234"]
    assert found(f"{AMEX} exp 12/27 cid 1227", Kind.CVV) == ["1227"]
    assert found(f"{CARD} exp 12/27 code 4321", Kind.CVV) == []


@pytest.mark.parametrize(
    "text",
    [
        f"pin: 1234 and {CARD}",
        f"{CARD} the pin is 1234",
        f"1234 (pin) for {CARD}",
        f"card code 1234 {CARD}",
        f"{CARD} pin code 1234 cvv 123",
        f"PIN and the code: 1234 {CARD}",
        f"{CARD}, password of my bank card 1234",
    ],
)
def test_a_pin_is_known_beside_a_card(found, text: str) -> None:
    assert found(text, Kind.PIN) == ["1234"]


def test_a_password_far_from_the_word_for_a_card_is_no_pin(found) -> None:
    far = "and then a lot of other words follow in this message until at last"
    assert found(f"{CARD} {far} password 1234", Kind.PIN) == []
    assert found(f"{CARD} {far} 1234 (password)", Kind.PIN) == []


def test_a_code_that_is_another_word_with_a_card_is_no_pin(found) -> None:
    for text in (
        f"card {CARD} code and some more 1500",
        f"card code wubba 1500 {CARD}",
        f"bank card {CARD} 1500 password",
        f"order {FAR} 1500 {CARD}",
    ):
        assert found(text, Kind.PIN) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"card={CARD} exp=2709 cvc=123", "2709"),
        (f"{CARD} the date is 0 8 / 2 9", "0 8 / 2 9"),
        (f"kort {CARD} utl\u00f8per O6/28", "O6/28"),
        (f"Klient: {CARD}\nAgent: please do not\nKlient: 12.27 i kod z ty\u0142u 087", "12.27"),
        (f"exp Nov 2029 / 3-digit 807 {CARD}", "Nov 2029"),
        (f"{CARD}, ordered 03/26, exp 12/27", "12/27"),
        (f"name,phone,card,exp,cvv\nAnn,0733 091 755,{CARD},07/29,158", "07/29"),
        (f"Date: Mon, 23 Nov 2026\nAmex {AMEX}\n0929\nCID 5127", "0929"),
    ],
)
def test_an_expiry_date_is_found_however_it_is_written(found, text: str, date: str) -> None:
    assert found(text, Kind.EXPIRY) == [date]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} order date 03/26",
        f"My invoice from 11/26 was paid with {CARD}",
        f"{CARD} date of order 03.11.2026, delivery 12/05",
        f"{CARD}, ordered 3rd of March 2026",
    ],
)
def test_the_date_of_an_order_is_no_expiry(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == []


def test_month_and_year_are_read_from_the_fields_of_an_address(found) -> None:
    text = f"https://pay.example.com/c?cc={CARD.replace(' ', '')}&mm=09&yy=2028&cvv=557"
    assert found(text, Kind.EXPIRY) == ["09", "2028"]


def test_a_letter_o_may_stand_for_a_nought(found) -> None:
    assert found(f"{CARD} cvv 3O9", Kind.CVV) == ["3O9"]


def test_a_label_that_comes_again_is_no_name_of_a_chat(found) -> None:
    text = f"Card: {CARD}\nCVV: 123\n\nCard: 5555 5555 5555 4444\nCVV: 456\n"
    assert found(text, Kind.CVV) == ["123", "456"]


@pytest.mark.parametrize(
    "words", ["4 digit pin", "code \u00e0 4 chiffres", "Τετραψήφιος κωδικός", "četrciparu kods"]
)
def test_four_digits_are_the_code_of_a_card_that_has_such_codes(found, words: str) -> None:
    text = f"3782 822463 10005, 10/29, {words}: 3435."
    assert found(text, Kind.CVV) == ["3435"]
    assert found(text, Kind.PIN) == []


def test_how_a_machine_writes_days_is_no_label_of_an_expiry(found) -> None:
    text = f"'{CARD}', TO_DATE('31-10-2027','DD-MM-YYYY'), TO_DATE('2026-05-30 10:11','YYYY-MM-DD')"
    assert found(text, Kind.EXPIRY) == ["31-10-2027"]
    assert found(f"{CARD} expiry (DD/MM/YYYY): 31/10/2027", Kind.EXPIRY) == ["31/10/2027"]


def test_a_sum_is_no_code_though_one_was_spoken_of(found) -> None:
    text = f"card {CARD}. The code was in my wallet, so they took out 300 euro twice"
    assert found(text, Kind.CVV) == []


def test_a_code_far_from_the_word_card_is_not_the_pin_of_one(found) -> None:
    chat = "I won't need your card number here. I've texted you a link.\nok got it. code was 448120"
    assert found(chat, Kind.PIN) == []
    assert found("my card code is 4481", Kind.PIN) == ["4481"]


def test_a_field_that_php_dumps_has_its_value_below(found) -> None:
    card = f'["cc_number"]=>\n  string(19) "{CARD}"\n'
    codes = '  ["cc_cid"]=>\n  string(3) "518"\n  ["cvv"]=>\n  int(519)'
    assert found(card + codes, Kind.CVV) == ["518", "519"]


@pytest.mark.parametrize("withheld", ['"cvv"=>"[FILTERED]"', '"cvv": null', "cvv=***&m=2"])
def test_a_field_whose_value_a_program_left_out_takes_no_other(found, withheld: str) -> None:
    log = (
        f'"payment"=>{{"ccnum"=>"{CARD}", {withheld}, "m"=>"2", "y"=>"2027"}}, '
        '"order_id"=>"10044712"}\n'
        "I, [2024-05-15T13:40:11.127001 #20117]  INFO -- : Completed 422 Unprocessable Entity"
    )
    assert found(log, Kind.CVV) == []
    assert found(log.replace(withheld, "the cvv is"), Kind.CVV) == ["422"]


@pytest.mark.parametrize(
    "told", ["cvv: [removed] again 422", "cvv: none, I said 422", "cvc: *** so 422"]
)
def test_a_person_may_tell_what_was_left_out(found, told: str) -> None:
    assert found(f"card {CARD} {told}", Kind.CVV) == ["422"]


@pytest.mark.parametrize("thing", ['"status": 504', "ttl=900", "response (201)"])
def test_what_a_log_says_beside_a_card_is_no_code(found, thing: str) -> None:
    assert found(f'{{"card": "{CARD}", "exp": "0329"}} {thing}', Kind.CVV) == []
