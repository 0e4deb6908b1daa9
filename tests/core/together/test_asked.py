"""Codes and dates that are asked for, put right or named once the card was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.read_together import AT, cleaned, place

from integration.core.surfaces import Role, Surface, SurfaceKind

CARD = "c: my card is 4111 1111 1111 1111 - 0929 - 055"
GONE = "c: my card is [card visa **** 1111] - [expiry removed] - [security code removed]"


def talk(*lines: str) -> list[Surface]:
    """`c:` the customer writes, `a:` an agent, `n:` an agent writes a note."""
    said: list[Surface] = []
    for number, (who, text) in enumerate(line.split(": ", 1) for line in lines):
        role = Role.REQUESTER if who == "c" else Role.AGENT
        kind = SurfaceKind.NOTE if who == "n" else SurfaceKind.MESSAGE
        at = AT + timedelta(minutes=7 * number)
        said.append(
            replace(place(text, str(number), kind), author=role.value, role=role, created=at)
        )
    return said


def last_of(*lines: str) -> str:
    """What the last message reads like afterwards."""
    surfaces = talk(*lines)
    return cleaned(*surfaces).get(surfaces[-1].id, lines[-1].split(": ", 1)[1])


@pytest.mark.parametrize("card", [CARD, GONE], ids=["stands", "gone"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Er de tre cifre rigtige?", "nej det er {code} undskyld"),
        ("It was declined. Are the three digits right?", "no its {code} sorry"),
        ("Can you check the expiry date?", "sorry, {date}"),
        ("Hi,\n\nplease confirm the expiry date.\n\nBest, Kim", "it is {date}"),
        ("Può verificare la scadenza?", "scusate, {date}"),
        (
            "I need the three digits on the back, or I can ring?",
            "no need to ring dear it's {code} x",
        ),
    ],
)
def test_an_answer_goes_when_the_card_was_told_before(card, question, answer) -> None:
    left = last_of(card, f"a: {question}", f"c: {answer.format(code=505, date='10/28')}")
    assert left == answer.format(code="[security code removed]", date="[expiry removed]")


@pytest.mark.parametrize("card", [CARD, GONE], ids=["stands", "gone"])
def test_a_date_goes_that_is_named_beside_a_code_whoever_told_the_card(card: str) -> None:
    note = card.replace("c: ", "n: ")
    assert last_of(note, "a: Please call us.", "c: security code: 829, expiry date: 05/30") == (
        "security code: [security code removed], expiry date: [expiry removed]"
    )


def test_a_mask_is_no_word_for_the_digits_before_it() -> None:
    told = "card [card visa **** 1111]\n[FIXED n 006] [security code removed] [000]"
    assert last_of(f"c: {told}") == told


@pytest.mark.parametrize("card", [CARD, GONE], ids=["stands", "gone"])
def test_a_code_that_was_promised_goes_where_no_other_number_stands(card: str) -> None:
    assert last_of(card, "c: Her er koden som nevnt: 375\n\nPAG") == (
        "Her er koden som nevnt: [security code removed]\n\nPAG"
    )
    assert "375" in last_of(card, "a: Her er koden som nevnt: 375")


def test_a_mask_asks_for_nothing() -> None:
    assert last_of(GONE, "a: your room is 505") == "your room is 505"


def test_a_code_by_its_name_goes_whoever_writes_it() -> None:
    assert last_of(CARD, "n: cust rang, cvv is 4 0 8") == (
        "cust rang, cvv is [security code removed]"
    )


@pytest.mark.parametrize("card", [CARD, GONE], ids=["stands", "gone"])
@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("n: Rang Kim. Valid to 04.2031, code 748.", "Rang Kim. Valid to {date}, code {code}."),
        ("n: Caducidad 04.2031, código 748", "Caducidad {date}, código {code}"),
        ("n: Giltigt till [expiry removed], kod 919", "Giltigt till {date}, kod {code}"),
        ("c: take it from it, the date is 07/27 and the code 290!", None),
    ],
)
def test_a_date_and_the_code_behind_it_go_together(card: str, said: str, left: str | None) -> None:
    left = left or "take it from it, the date is {date} and the code {code}!"
    assert last_of(card, said) == left.format(
        date="[expiry removed]", code="[security code removed]"
    )


@pytest.mark.parametrize(
    "said",
    [
        "n: delivery date is 07/27 and the code 290",
        "n: valid to 07/27. All our rooms have got a code 290",
    ],
)
def test_a_date_of_something_else_makes_no_code(said: str) -> None:
    assert "290" in last_of(CARD, said)


@pytest.mark.parametrize("text", ["Og udløb er november seksogtyve", "actually its 10/29, sorry"])
def test_a_date_of_who_told_the_card_goes_by_its_name_or_where_it_is_put_right(text) -> None:
    left = last_of("c: kortet mitt er 4111 1111 1111 1111, 10/28", f"c: {text}")
    assert "[expiry removed]" in left


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is your room?", "its 505"),
        ("Are the three digits right?", f"yes. {'And so on. ' * 12}In room 505 it is cold"),
        ("thanks, your membership expires 12/29", "room 505"),
        ("", "room 505"),
        ("code: " + "x" * 200, "its 505"),
    ],
)
def test_what_nobody_asked_for_stays(question: str, answer: str) -> None:
    assert last_of(CARD, f"a: {question}", f"c: {answer}") == answer


def test_a_date_that_another_one_names_stays() -> None:
    assert "12/29" in last_of(CARD, "a: your membership expires 12/29")


def test_without_a_card_in_the_ticket_an_answer_stays() -> None:
    assert last_of("c: hello", "a: Are the three digits right?", "c: its 505") == "its 505"


def test_an_empty_message_answers_nothing() -> None:
    assert last_of(CARD, "a: Are the three digits right?", "c: --") == "--"


def test_what_an_answer_names_besides_goes_too() -> None:
    left = last_of(CARD, "a: And the expiry date please?", "c: 12/28 and on the back it says 493")
    assert left == "[expiry removed] and on the back it says [security code removed]"


def test_a_group_that_is_put_right_is_no_date() -> None:
    assert last_of(GONE, "c: Sorry, 0829 1129") == "Sorry, 0829 1129"


AMEX = "c: my card is 3782 822463 10005, to 09/28. I'll send the security number in another mail"


@pytest.mark.parametrize(
    ("card", "code"),
    [(AMEX, "8126"), (CARD.replace("- 055", "- the CVV comes in a moment"), "812")],
    ids=["amex", "visa"],
)
def test_the_code_that_the_same_person_announced_goes(card: str, code: str) -> None:
    assert last_of(card, f"c: {code}\n\nH&J") == "[security code removed]\n\nH&J"
    assert last_of(card, f"c: here you go: {code}") == "here you go: [security code removed]"


@pytest.mark.parametrize(
    "lines",
    [
        (AMEX, "a: how many guests?", "c: 8126"),  # answers somebody else
        (CARD, "c: 812"),  # was told
        (AMEX, "c: we are 8126 of us, is that all right?"),
        ("c: I'll send the security number in another mail", "c: 812"),  # of no card
    ],
)
def test_no_other_number_is_a_code_that_was_announced(lines: tuple[str, ...]) -> None:
    assert last_of(*lines) == lines[-1].removeprefix("c: ")
