"""The head of a column says what the numbers below it are."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind

NUMBER = "4111111111111111"


def actions(text: str) -> list[Action]:
    return [span.action for span in find(text) if span.kind is Kind.PAN]


def table(mark: str, head: str, rows: int = 3) -> str:
    """Cells of one width where blanks part them."""
    lines = [head, *[f"2044{row:02},{NUMBER},1 290.00,11.11.2026" for row in range(rows)]]
    cells = [line.split(",") for line in lines]
    if mark.isspace() and mark != "\t":
        return "\n".join("".join(cell.ljust(22) for cell in row) for row in cells)
    return "\n".join(mark.join(row) for row in cells)


MARKS = pytest.mark.parametrize("mark", [",", ";", "\t", "|", "  "])


@MARKS
def test_a_number_below_the_name_of_another_is_only_reported(mark: str) -> None:
    for name in ("KID", "Invoice no", "Order number", "Tracking"):
        found = actions(table(mark, f"Customer,{name},Amount,Paid"))
        assert found == [Action.REPORT] * 3


@MARKS
def test_a_number_below_any_other_head_is_removed(mark: str) -> None:
    for heads in ("Customer,Number", "Customer,Card", "KID,Name"):
        assert actions(table(mark, f"{heads},Amount,Paid")) == [Action.REDACT] * 3


def test_columns_of_a_page_that_keeps_its_blanks_have_heads_too() -> None:
    page = f"<pre>Hi,\n\n{table('  ', 'Customer,KID,Amount,Paid')}\n</pre>"
    found = [span.action for span in find(page, "text/html") if span.kind is Kind.PAN]
    assert found == [Action.REPORT] * 3


def test_a_head_that_speaks_of_a_card_anywhere_leaves_no_doubt() -> None:
    assert actions(table(";", "Card holder;Order number;Amount;Exp")) == [Action.REDACT] * 3


def test_a_line_with_as_many_cells_and_no_table_is_no_head() -> None:
    assert actions(f"Order number\n\nHello\n{NUMBER}") == [Action.REDACT]
    assert actions(f"Invoice no;{'Name;' * 130}Paid\n{NUMBER};{'a;' * 130}b") == [Action.REDACT]
    assert actions(f"Invoice, please\n{NUMBER}, thanks, bye") == [Action.REDACT]


def test_what_is_too_long_for_a_telephone_is_a_card_in_the_wrong_column() -> None:
    people = "navn,telefon,postnr\nAnne Dahl,91234001,0182\nRolf Vik,{},5003\n"
    assert actions(people.format(NUMBER)) == [Action.REDACT]
    assert actions(people.format("378282246310005")) == [Action.REPORT]  # may be one
    assert Action.REDACT not in actions(people.format(f"+{NUMBER}"))
    assert Action.REDACT not in actions(people.format("4111 1111, 1111 1111"))


def test_two_telephone_numbers_beside_each_other_are_no_card() -> None:
    assert actions("Lift    4743 1820  / 4835 0417\nFire    110") != [Action.REDACT]
    assert actions("card    4743 1820  / 4835 0417") == [Action.REDACT]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_number_of_seldom_used_length_is_sure_below_the_name_of_a_card(mark: str) -> None:
    rows = (("0441", "10:02", "6759649826438453003"), ("0442", "10:17", "6304939304310009610"))
    for name, action in (("PAN", Action.REDACT), ("Value", Action.REPORT)):
        head = mark.join(("Slip", "Time", name, "Amount"))
        lines = [head, *(mark.join((*row, "23.90")) for row in rows)]
        assert set(actions("\n".join(lines))) == {action}


def test_a_number_of_seldom_used_length_is_none_below_the_name_of_another() -> None:
    head = "Beleg;EAN;Betrag;Kartennummer"
    lines = [f"RG-10{at};4006387751418;49,95;{NUMBER}" for at in range(3)]
    text = "\n".join((head, *lines))
    assert {text[s.start : s.end] for s in find(text) if s.action is Action.REDACT} == {NUMBER}


def test_an_account_is_a_card_where_its_holder_disputes_a_payment() -> None:
    table = f"Ref;Account;Amount;Reason\n742084750630000;{NUMBER};219.00;4853"
    assert actions(f"The cardholder disputes:\n{table}") == [Action.REDACT]
    assert actions(f"The customer disputes:\n{table}") == [Action.REPORT]
    assert actions(f"{table}\n\nThey put the card into that column.") == [Action.REDACT]
    assert actions(table.replace("Ref", "ARN")) == [Action.REDACT]


@pytest.mark.parametrize("head", ["BATCH 12  MID 000000880112", "Terminal 12", "Auth code: A1"])
def test_an_account_is_a_card_in_the_report_of_a_terminal(head: str) -> None:
    table = f"| SEQ    | ACCOUNT          |\n| 000231 | {NUMBER} |"
    assert actions(f"{head}\n{table}") == [Action.REDACT]
    assert actions(f"Midday\n{table}") == [Action.REPORT]


RARE = "675911111111111110"
RECORDS = {
    "object": '{{"paymentCard": {{"holder": "a name that is long enough to part them", {}"',
    "fields": '"cvc": "106", "expMonth": "06", "holder": "a name that is long enough to part", {}"',
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_number_of_seldom_used_length_is_sure_in_a_record_of_a_card(record: str) -> None:
    assert actions(record.format(f'"number": "{RARE}')) == [Action.REDACT]
    assert actions(record.format(f'"value": "{RARE}')) == [Action.REPORT]


def test_behind_the_end_of_an_object_nothing_is_said_of_a_number() -> None:
    text = '{{"card": {{"holder": "a name that is long enough to stand between"{} "number": "{}"'
    assert actions(text.format(",", RARE)) == [Action.REDACT]
    assert actions(text.format("},", RARE)) == [Action.REPORT]


def test_the_elements_of_a_record_of_a_card_are_fields_of_it() -> None:
    record = "<card><cvc>106</cvc><expiryYear>2028</expiryYear><holder>A name that is long enough"
    text = f"<x>{record} to stand between</holder><number>{RARE}</number></card></x>"
    removed = {span.kind for span in find(text) if span.action is Action.REDACT}
    assert removed >= {Kind.PAN, Kind.CVV}
    assert actions(text.replace("cvc", "abc")) == [Action.REPORT]


def test_a_remark_about_a_card_makes_none_of_an_article_in_the_column_before() -> None:
    table = f"lp;karta;EAN;uwagi\n1;{NUMBER};5901234123457;\n2;{NUMBER};5901234123457;karta firmowa"
    assert actions(table) == [Action.REDACT] * 2


def test_a_line_with_a_name_and_what_it_stands_for_is_no_head() -> None:
    assert actions(f"Field     : ORDER_NUMBER\nContent   : please take {NUMBER}, ok") == [
        Action.REDACT
    ]


def test_below_the_name_of_another_number_no_card_beside_it_says_anything() -> None:
    table = "payout_id,psp_ref,card,brand\nPO-1,{},465858******1120,visa"
    assert actions(table.format("8516309944170112")) == []
    assert actions(table.format(NUMBER)) == [Action.REDACT]


def test_a_label_at_the_end_of_a_line_is_of_the_number_on_the_next() -> None:
    assert actions(f"betalte faktura for mars. Riktig KID er\n{NUMBER}, takk") == [Action.REPORT]
    assert actions(f"the order number is\n{NUMBER}") == [Action.REPORT]


def test_odd_groups_below_the_name_of_a_card_are_a_number() -> None:
    row = "{first}\t{second}\t{third}"
    head = row.format(first="Booking", second="Total", third="Card #")
    text = "\n".join(
        [
            head,
            row.format(first="#271020", second="1,180.00 GBP", third="-"),
            row.format(first="H740-02304", second="GBP 899", third="4111 111111 111111"),
        ]
    )
    assert actions(text) == [Action.REDACT]
    assert actions(text.replace("Card #", "Meter")) == []


def test_a_field_that_is_named_is_not_told_by_the_line_above() -> None:
    text = f"Case\tThe invoice is paid by hand.\nCard number\t{NUMBER}"
    assert actions(text) == [Action.REDACT]


FIXED = """Member  Card no.              Good till
-----------------------------------------
892663  41111111 11111111     05 / 28"""


def test_odd_groups_right_below_the_name_of_a_card_are_a_number_in_columns_of_one_width() -> None:
    assert actions(FIXED) == [Action.REDACT]
    assert actions(FIXED.replace("Card no.", "Meter   ")) == []
    assert actions(FIXED.replace("Member  Card no.", "Card    Meter no.")) == []


def test_a_row_may_lack_the_last_cells_of_columns_of_one_width() -> None:
    rows = "ID     {}                 {}   NOTE\n7783   402691 9882 433892"
    assert actions(rows.format("CARD", "EXPIRES")) == [Action.REDACT]
    assert actions(rows.format("NAME", "PLACES")) == []


def test_a_name_in_the_row_that_is_like_a_word_for_another_number_says_nothing() -> None:
    text = f"Name\tCard no.\tSum\nLot Visser\t{NUMBER}\t53"
    assert actions(text) == [Action.REDACT]
    assert actions(text.replace("Card no.", "Number")) == [Action.REPORT]


def test_a_head_is_looked_for_two_hundred_lines_up() -> None:
    for rows, action in ((199, Action.REPORT), (201, Action.REDACT)):
        above = "".join(f"{at};{at}\n" for at in range(100, 100 + rows))
        assert actions(f"Order number;Paid\n{above}{NUMBER};11") == [action]


@pytest.mark.parametrize("behind", ["03/27,118", "60.00,1", "27,118", "645.00"])
@pytest.mark.parametrize("card", ["63 04 67 70 96 82 50 67", "589 309 582 687 305 0"])
def test_the_cell_behind_a_number_by_commas_is_no_cents(card: str, behind: str) -> None:
    table = f"id,card_number,gyzzo\nCB-100291,{card},{behind}"
    removed = {table[s.start : s.end] for s in find(table) if s.action is Action.REDACT}
    assert card in removed


@pytest.mark.parametrize("greeting", ["Dear customer,", "Guten Tag,", "Kj\u00e6re kunde,"])
def test_how_a_letter_begins_is_no_head(greeting: str) -> None:
    assert actions(f"{greeting}\nplease use 4000056655665556, thanks") == [Action.REDACT]


SIRET = "39888422100001"
"""Every SIRET has the check digit of a card, and some begin as cards of Diners do (INSEE)."""


def test_a_label_in_the_cell_of_a_number_counts_more_than_what_stands_above() -> None:
    card = f"Carte bleue {NUMBER}, valable jusqu'\u00e0 fin 10/27."
    assert actions(f"{card}\n\nSoci\u00e9t\u00e9 : Pons & Fils, SIRET {SIRET}") == [
        Action.REDACT,
        Action.REPORT,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I have a question about my order, please help\nThe card is {}, exp 12/28",
        "Field;Reference\nCard number;{}\nExpiry;12/28",
        "Payment method\tReference\nCredit card\t{}",
        "Phone   Account\nDiners card {}   12/28",
    ],
)
def test_fourteen_digits_that_their_line_calls_a_card_are_one(text: str) -> None:
    assert actions(text.format("30569309025904")) == [Action.REDACT]


def test_sixteen_digits_with_another_label_in_the_column_of_a_card_are_one() -> None:
    assert actions(f"Name\tCard\nJohn\torder {NUMBER}\nAnn\torder 8") == [Action.REDACT]


def test_fourteen_digits_in_the_column_of_another_are_no_card_beside_one() -> None:
    rows = "client;nom;siret;porteur;carte;expire\n40018;PONS;{};G. PONS;{};08/27\n"
    assert actions(rows.format(SIRET, NUMBER)) == [Action.REPORT, Action.REDACT]


def test_the_rows_of_sql_have_the_columns_that_it_names() -> None:
    rows = "({}) VALUES\n(90017,'2011-03-04 11:22:33','4539606092636','R. Banner','555-0147'),\n"
    assert actions(rows.format("id,ts,cc,holder,tel")) == [Action.REDACT]
    assert actions(rows.format("id,ts,ean,holder,tel")) == []
