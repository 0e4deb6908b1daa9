"""What people say of a wrong number makes a right one of it, in whatever words and order."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

RIGHT = "4000 0566 5566 5556"
CARD = "[card visa ****]"
SEPARATORS = (" ", "-", ";", ", ", " • ", "...", " — ", "~", "|", "//", " + ", "_", "\u202f")


def left_of(wrong: str, said: str) -> str:
    """What is left of a message with a wrong number, and of one that puts it right."""
    done = cleaned(place(f"My card is {wrong}", "m1"), place(said, "m2"))
    return " | ".join((done.get("m1", wrong).removeprefix("My card is "), done.get("m2", said)))


@pytest.mark.exhaustive
@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_wrong_number_goes_however_its_groups_are_parted(separator: str) -> None:
    wrong = separator.join(["4000", "0566", "5567", "5556"])
    assert left_of(wrong, "the third group is 5566, not 5567") == (
        f"{CARD} | the third group is {CARD}, not 5567"
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_wrong_number_goes_when_the_whole_one_is_told_again(separator: str) -> None:
    wrong = separator.join(["4000", "0566", "5567", "5556"])
    assert left_of(wrong, f"Sorry, it is {RIGHT}") == f"{CARD} | Sorry, it is [card visa **** 5556]"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "said",
    [
        "Beklager, skrivefeil: tredje gruppe skal være *, ikke 5567.",
        "Undskyld, tastefejl: tredje gruppe skal være *, ikke 5567.",
        "Tredje gruppen är fel, rätt är * istället för 5567",
        "Tippfehler: die dritte Gruppe muss * heißen, nicht 5567.",
        "Le troisième groupe est faux, il faut lire * au lieu de 5567",
        "El tercer grupo está mal, debe ser * en vez de 5567",
        "Scusi, errore: il terzo gruppo è *, non 5567.",
        "Sorry, typfout: de derde groep moet * zijn, niet 5567.",
        "O terceiro grupo está errado, deve ser * em vez de 5567",
        "Trzecia grupa jest błędna, ma być * zamiast 5567",
        "Kolmas ryhmä on väärin, pitäisi olla * eikä 5567",
        "Sorry, I mean * for the third group",
        "Verlesen, 5567 muss * heißen.",
    ],
)
def test_a_group_is_put_right_in_many_languages(said: str) -> None:
    left = left_of("4000 0566 5567 5556", said.replace("*", "5566"))
    assert left == f"{CARD} | {said.replace('*', CARD)}"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("4000 0566 556 5556", "the third group is *, it lacked a digit"),  # it lacks a digit
        ("4000 0566 5556", "I left something out: the third group is *"),
        ("4000 0566 (?) 5556", "Sorry, third group is missing: *"),
        ("4000-0566-...?-5556", "tredje gruppe mangler: *"),
        ("4000.0566.????.5556", "die dritte Gruppe fehlt: *"),
    ],
)
def test_a_group_that_was_left_out_goes_with_the_others(wrong: str, said: str) -> None:
    assert left_of(wrong, said.replace("*", "5566")) == f"{CARD} | {said.replace('*', CARD)}"


def test_the_groups_beside_one_that_was_left_out_go_as_well() -> None:
    said = "Between {} and {} there should also be {}"
    left = left_of("4000 0566 5556", said.format("0566", "5556", "5566"))
    assert left == f"{CARD} | {said.format(CARD, CARD, CARD)}"


@pytest.mark.parametrize(
    "said",
    [
        "Digit 11 is a 6, not a 7",
        "Siffra nr 11 ska vara 6, inte 7",
        "Fehler an Stelle 11: dort steht eine 6 und keine 7",
        "El dígito n.º 11 es 6, no 7.",
        "Erreur au chiffre 11 : c'est un 6 et pas un 7",
        "Numero 11. merkki on 6, ei 7.",
        "the 11th digit should be 6",
    ],
)
def test_a_digit_may_be_named_by_its_place(said: str) -> None:
    assert left_of("4000 0566 5576 5556", said) == f"{CARD} | {said}"


@pytest.mark.parametrize(
    "said",
    [
        "I forgot the last digit, it's 0",
        "Siste siffer manglet, det er 0.",
        "Jag glömde sista siffran, den är 0",
        "Ich habe die letzte Ziffer vergessen, es ist die 0.",
        "J'ai oublié le dernier chiffre, c'est le 0.",
        "me faltó el último dígito, es el 0",
        "Manca l'ultima cifra: 0",
    ],
)
def test_a_digit_that_was_left_out_makes_the_number_a_whole_one(said: str) -> None:
    done = cleaned(place("Put it back on the card 510510510510510?", "m1"), place(said, "m2"))
    assert done == {"m1": "Put it back on the card [card mastercard ****]?"}


def test_a_digit_may_lack_at_a_place_that_is_counted() -> None:
    said = "the third digit is missing, a 0"
    done = cleaned(place("Put it back on the card 400056655665556?", "m1"), place(said, "m2"))
    assert done == {"m1": f"Put it back on the card {CARD}?"}


def test_dots_may_stand_for_the_groups_before_the_right_one() -> None:
    left = left_of("4000 0566 5566 5565", "Correction: ...5556 (not ...5565)")
    assert left == f"{CARD} | Correction: ...{CARD} (not ...5565)"


def test_a_date_behind_a_wrong_number_is_no_part_of_it() -> None:
    done = cleaned(
        place("Payment by card: 4000 0566 5566 5565 06/28", "m1"), place("...5556 (not 5565)", "m2")
    )
    assert done == {
        "m1": f"Payment by card: {CARD} [expiry removed]",
        "m2": f"...{CARD} (not 5565)",
    }


def test_a_number_that_is_too_long_for_a_telephone_was_told_on_one() -> None:
    note = place("Card payment, told over phone: 4000 0566 5566 5565 06/28", "m1")
    done = cleaned(note, place("Correction: ...5556 (not ...5565)", "m2"))
    assert done["m1"] == f"Card payment, told over phone: {CARD} [expiry removed]"


def test_a_word_for_a_part_names_no_other_number() -> None:
    said = "I've mixed up the third block of my card. I wrote\n{}\nand the 5567 is of course {}"
    done = cleaned(place(said.format("4000 0566 5567 5556", "5566"), "m"))
    assert done == {"m": said.format(CARD, CARD)}


def test_two_groups_beside_each_other_need_no_word_that_is_known() -> None:
    done = cleaned(
        place("My card number is 4000 0566 5567 5556", "m1"), place("Make 5567 into 5566", "m2")
    )
    assert done == {"m1": f"My card number is {CARD}", "m2": f"Make 5567 into {CARD}"}


@pytest.mark.parametrize(
    "said", ["From the third group on it is 1111 1111", "tredje gruppe og utover er 1111 1111"]
)
def test_two_groups_take_the_place_of_those_from_a_counted_one_on(said: str) -> None:
    done = cleaned(place("my card is 4111 1111 2345 6789", "m1"), place(said, "m2"))
    assert done == {"m1": f"my card is {CARD}", "m2": said.replace("1111 1111", CARD)}
    assert cleaned(place("my card is 4111 1111 2345 6789"), place("group 3 on: 1111 1112")) == {}


def test_two_groups_may_have_to_change_places() -> None:
    said = "The first group and the second group have to change places"
    assert left_of("822463 3782 10005", said) == f"[card amex ****] | {said}"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("3782 822463 10006", "tredje gruppe er * (ikke 10006)"),
        ("3782-822463-1005", "the last group is *"),
        ("378282246310006", "die dritte Gruppe ist *, nicht 10006"),
    ],
)
def test_numbers_in_other_groups_are_put_right_too(wrong: str, said: str) -> None:
    mask = "[card amex ****]"
    assert left_of(wrong, said.replace("*", "10005")) == f"{mask} | {said.replace('*', mask)}"


def test_a_half_with_a_wrong_group_goes_with_the_other_half() -> None:
    done = cleaned(
        place("The first 8 digits of my card are 4000 0567", "m1"),
        place("And the rest: 5566 5556.\nSorry, second group should be 0566, not 0567.", "m2"),
    )
    assert not any(group in " ".join(done.values()) for group in ("4000", "5566", "5556", "0566"))


def test_a_wrong_number_goes_wherever_it_was_read_back() -> None:
    wrong = "4000 0566 5567 5556"
    done = cleaned(
        place(f"Card number {wrong}", "m1"),
        place(f"To keep our order in order: {wrong}?", "m2"),
        place("No, the third group is 5566", "m3"),
    )
    assert done["m2"] == f"To keep our order in order: {CARD}?"


def test_a_group_of_a_number_that_is_gone_goes_too() -> None:
    said = "Oops, second group is {} (not {})"
    done = cleaned(place(f"Card number {CARD}", "m1"), place(said.format(9407, 9107), "m2"))
    assert done == {"m2": said.format("[card ****]", "[card ****]")}


def test_a_long_line_is_read_by_its_sentences() -> None:
    long = "We have been customers of yours for many years and were always happy. " * 3
    said = f"{long}The third group is wrong. It should be {{}}. {long}"
    left = left_of("4000 0566 5567 5556", said.format("5566"))
    assert left == f"{CARD} | {said.format(CARD)}"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("My invoice number: 4000 0566 5567 5556", "the third group is 5566, not 5567"),
        ("My gift card number: 4000 0566 5567 5556", "the third group is 5566, not 5567"),
        ("My card: 4000 0566 5567 5556", "the third group is 5568, not 5567"),  # no number either
        ("My card: 4000 0566 5567 5556", "we were 5566 people, not 99"),
        ("My card: 4000 0566 5576 5556", "I count only 15 digits"),
        ("Put it back on the card 510510510510510?", "I forgot the last digit, it's 7"),
        ("My card ends in 5556", "the third group has 5566 people, not 5567"),
        ("My card: +4000 0566 5567 5556", "the third group is 5566, not 5567"),
        ("My card: 400005••••••5556", "digit 11 is a 6, not a 7"),
    ],
)
def test_what_puts_no_card_number_right_stays(number: str, said: str) -> None:
    assert cleaned(place(number, "m1"), place(said, "m2")) == {}


def test_where_nothing_says_card_it_is_told_only() -> None:
    one, other = place("Use 4000056655675556", "m1"), place("the third group is 5566", "m2")
    assert cleaned(one, other) == {"m1": "Use 4000056655675556", "m2": "the third group is 5566"}
