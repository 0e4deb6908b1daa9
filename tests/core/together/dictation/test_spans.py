"""A card number that is told piece by piece goes, with what is told beside it, and nothing else."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cards import completed, number
from support.read_together import AT, begun, cleaned, look, place

from integration.core.surfaces import Role, Surface, SurfaceKind

CARD = "[card visa ****]"


def said(*texts: str, minutes: int = 5) -> list[Surface]:
    """Notes of one agent, one after the other."""
    return [
        replace(
            place(text, f"n{number}", SurfaceKind.NOTE),
            author="a1",
            role=Role.AGENT,
            created=AT + timedelta(minutes=minutes * number),
        )
        for number, text in enumerate(texts)
    ]


def test_how_many_digits_were_told_is_none_of_them() -> None:
    done = left_of(
        "My card is 4111 1111 1111. It has only 12 digits, what are the last? Oh sorry. 1111"
    )
    assert done == "My card is *. It has only 12 digits, what are the last? Oh sorry. *"


def test_pieces_on_both_sides_of_a_number_that_is_gone_are_none_of_one() -> None:
    text = "card 40000566 [card visa **** 1111] 55665556"
    assert left_of(text) == "card 40000566 * 55665556"


def test_the_names_of_transactions_are_no_pieces() -> None:
    text = "card ok\nINFO tx-40000566 queued\nINFO tx-55665556 done"
    assert left_of(text) == text


def test_how_many_days_it_took_is_no_echo_of_two_of_the_last_digits() -> None:
    assert left_of("my card is\n4000\n0566\n5566\n5556\n\nIt took 55 days").endswith("55 days")


def test_a_day_further_on_is_no_echo_of_the_last_digits() -> None:
    number = "4000-0566-5518-0013"
    later = "CVV: 093\n\nPlease charge no more than USD 204.50 after 18-Jun-2026."
    assert left_of(f"Card: {number}\n{later}").endswith("USD 204.50 after 18-Jun-2026.")


def left_of(text: str) -> str:
    """What is left, each number as one star."""
    return re.sub(r"\[card [^\]]*\]", "*", cleaned(place(text)).get("message", text))


def test_words_for_another_number_are_no_card_where_nobody_says_card() -> None:
    groups = ("four zero zero zero", "zero five six six", "five five six six", "five five five six")
    lines = "\n".join(f"B: {each}.\nA: {each}, yes?\nA: Go on" for each in groups)
    text = f"A: What's the {{}}?\n{lines}"
    assert cleaned(place(text.format("booking number"))) == {}
    assert cleaned(place(text.format("long number")))


def test_a_date_with_a_dash_behind_the_last_group_is_no_part_of_it() -> None:
    done = cleaned(*said("Card. 4000 0566 and then", "sent too early.. 5566 5556 12-29"))
    assert done == {
        "n0": f"Card. {CARD} and then",
        "n1": f"sent too early.. {CARD} [expiry removed]",
    }


def test_what_a_gateway_writes_above_a_text_message_is_no_part_of_a_number() -> None:
    above = "From: +4793011872\nTo: 2077\nTime: 03.01.2025 18:22:{}\nText: {}"
    done = cleaned(
        *said(above.format(10, "USE CARD 4000 0566"), above.format(41, "5566 5556 EXP 0527"))
    )
    assert done == {
        "n0": above.format(10, f"USE CARD {CARD}"),
        "n1": above.format(41, f"{CARD} EXP [expiry removed]"),
    }


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("text", "left"),
    [
        # with other people between, and what they repeat
        (
            "A: your card?\nB: it's 4000\nA: 4000\nB: 0566\nA: mhm\nB: 5566 and 5556\nA: 5556?",
            "A: your card?\nB: it's *\nA: *\nB: \nA: mhm\nB:  and \nA: 5556?",
        ),
        # with clocks, days and sums between
        (
            "09:17 kort 4000 0566\n09:18 ja?\n2026-11-27 09:18 5566 5556, kr 1200",
            "09:17 kort *\n09:18 ja?\n2026-11-27 09:18 *, kr 1200",
        ),
        # with a group that was begun anew
        ("card\n4000.. 05 no wait 0566..\n5566 5556", "card\n* no wait *..\n*"),
        ("tarjeta 4000 0566 5566 555... falta una -> 5556", "tarjeta *... falta una -> 5556"),
        # with a group that was wrong, or that the other side misheard
        ("card 4000 0566\n5566 5557\n5556", "card *\n*\n*"),
        (
            "A: kort 4000\nB: 4000?\nA: 0566\nA: 5566\nB: 5536?\nA: 5566\nA: 5556",
            "A: kort *\nB: *?\nA: *\nA: *\nB: *?\nA: *\nA: *",
        ),
        (
            "A: card 4000 0566\nA: 5536 5556\nB: 55365556\nA: *5566 5556\nB: ok",
            "A: card *\nA: *\nB: *\nA: **\nB: ok",
        ),
        (
            "kort 4000\n0567 - nej fel, 0566 stämmer\n5566\n5556",
            "kort *\n* - nej fel, * stämmer\n*\n*",
        ),
        ("card 4000 0566 5566 and 5557\noops\nends in 5556", "card * and *\noops\nends in *"),
        ("kort 4000 0566 5567 5556. Feil! Tredje er 5566.", "kort *. Feil! Tredje er *."),
        # in pieces of other sizes
        ("my amex: 3782\nsorry, hit enter. 822463 10005", "my amex: *\nsorry, hit enter. *"),
        ("card: begins 400005\nthen 665566\nends 5556", "card: begins *\nthen *\nends *"),
        # in words
        (
            (
                "the card is um four zero zero zero okay then zero five double six, yes and "
                "five five six six and the last four five five five six"
            ),
            "the card is um * okay then *, yes and * and the last four *",
        ),
        (
            (
                "A: the long number?\nB: it's four triple zero zero five\nA: mhm\nB: double six "
                "five five six\nA: yes\nB: and then six triple five six\nA: lovely"
            ),
            "A: the long number?\nB: it's *\nA: mhm\nB: *\nA: yes\nB: and then *\nA: lovely",
        ),
        (
            "A: which card?\nB: American Express, it's 3782\nA: 3782, yes\nB: 822 463\nB: 10 005",
            "A: which card?\nB: American Express, it's *\nA: *, yes\nB: *\nB: *",
        ),
        # put right in Swedish; and with nothing but its date behind it
        (
            "Kort: 4000 0566 ... nej 5656, han rättar till 5566 ... 5556.",
            "Kort: * ... nej *, han rättar till * ... *.",
        ),
        (
            "K: 4000\nK: 0566\nA: nicht hier!\nK: 5566\nK: 5556\nK: 08.27",
            "K: *\nK: \nA: nicht hier!\nK: \nK: \nK: [expiry removed]",
        ),
        (
            "the number is 4000 0566 then five five double six and finally triple five six. call",
            "the number is * then * and finally *. call",
        ),
        # in pieces of any size, each read back
        (
            "card?\nB: 40 00 05\nA: 400005\nB: 6, 6, 5, 5\nA: 6655\nB: 665\nA: 665\nB: 556.\n",
            "card?\nB: *\nA: *\nB: *\nA: *\nB: *\nA: *\nB: *.\n",
        ),
        # in pieces that end anywhere, where words say that it comes in parts
        (
            "visa in three parts\nPart 1: 400005\nPart 2: 66556\nPart 3: 65556",
            "visa in three parts\nPart 1: *\nPart 2: *\nPart 3: *",
        ),
        # of eighteen digits, as some cards of Maestro have
        ("A: maestro\nA: 675911 111111\nA: 111110\nB: ok", "A: maestro\nA: *\nA: *\nB: ok"),
        # with the name of a writer that looks like a group
        (
            "Guest 44190: card\nGuest 44190: 4000\nR: ?\nGuest 44190: 0566\nGuest 44190: 55665556",
            "Guest 44190: card\nGuest 44190: *\nR: ?\nGuest 44190: *\nGuest 44190: *",
        ),
        # begun anew with the last group
        ("visa 4000-0566 (no aspetta, ripete) 0566-5566-5556", "visa * (no aspetta, ripete) *"),
        # broken off amid a group
        (
            "kort: 4000 05.. nei vent, lommeboka\nforts: 66 5566\nsiste: 5556",
            "kort: *.. nei vent, lommeboka\nforts: *\nsiste: *",
        ),
        # where somebody asks not to do so
        (
            "A: kort 4000\nA: 0566\nA: 5566\nB: Vennligst ikke send kortnummer her\nA: og 5556",
            "A: kort *\nA: *\nA: *\nB: Vennligst ikke send kortnummer her\nA: og *",
        ),
        # over days
        (
            "Starts 4000. Card of 01.03. here\nnext is 0566 5566\nand the end is 5556",
            "Starts *. Card of 01.03. here\nnext is *\nand the end is *",
        ),
        # in pairs, in words, with clocks between
        (
            (
                "två siffror i taget\n00:47 K: fyrtio noll noll\n00:52 K: noll fem sextiosex\n"
                "00:58 K: femtiofem sextiosex\n01:04 K: femtiofem femtiosex\n01:10 A: tack"
            ),
            "två siffror i taget\n00:47 K: *\n00:52 K: *\n00:58 K: *\n01:04 K: *\n01:10 A: tack",
        ),
        # a group that is put right before the next one
        (
            "Caller read card: 4000 0566 1234 - no, third block is 5566 - then 5556",
            "Caller read card: * - no, third block is * - then *",
        ),
        (
            "caller read card: 4000 0566 1234 no third one is 5566 then 5556",
            "caller read card: * no third one is * then *",
        ),
        # in the boxes of a form
        ("CARD NUMBER |4|0|0|0| |0|5|6|6| |5|5|6|6| |5|5|5|6|", "CARD NUMBER |*| |*| |*| |*|"),
    ],
)
def test_a_dictated_number_goes_piece_by_piece(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "card 4000\n0566\n5566 hang on\n5556\nexp 11 29\nsec 150",
            "card *\n\n hang on\n\nexp [expiry removed]\nsec [security code removed]",
        ),
        (
            "kort\nA 14:13: 40000566\nB 14:13: Ikkje skriv nummer her\nA 14:13: 55665556 1227",
            "kort\nA 14:13: *\nB 14:13: Ikkje skriv nummer her\nA 14:13: * [expiry removed]",
        ),
        (
            "card: 4000 0566, wait\n5566 5557 exp 4/30\noh no, last 4 are 5556",
            "card: *, wait\n* exp [expiry removed]\noh no, last 4 are *",
        ),
        (
            (
                "The card is four zero zero zero, yes? zero five six six, yes? five five six six, "
                "yes? five five five six. It expires ten twenty seven. Security code two nine six."
            ),
            (
                "The card is *, yes? *, yes? *, yes? *. It expires "
                "[expiry removed]. Security code [security code removed]."
            ),
        ),
    ],
)
def test_what_is_told_beside_it_goes_too(text: str, left: str) -> None:
    assert left_of(text) == left


def test_it_goes_on_in_later_notes_with_other_numbers_between() -> None:
    notes = said(
        "Started to give card: 4000 0566, line dropped. Tried 07700 900722, voicemail.",
        "He rang back. The rest is 5566 5556, exp 01/29. Dropped again.",
        "cvv 702, paid",
        minutes=90,
    )
    assert cleaned(*notes) == {
        "n0": f"Started to give card: {CARD}, line dropped. Tried 07700 900722, voicemail.",
        "n1": f"He rang back. The rest is {CARD}, exp [expiry removed]. Dropped again.",
        "n2": "cvv [security code removed], paid",
    }


def test_a_group_that_a_later_note_corrects() -> None:
    notes = said("Card 4000 0567 5566 5556, 0928, 905.", "Sorry! Second group should be 0566.")
    left = cleaned(*notes)
    assert left["n0"] == f"Card {CARD}, [expiry removed], [security code removed]."
    assert left["n1"] == f"Sorry! Second group should be {CARD}."


def test_a_small_number_between_is_no_part_of_it() -> None:
    notes = said(
        "I give you the card, first half 40000566",
        "Please call us. 01632 960700.",
        "I've been on hold 40 minutes! second half 55665556 expires 1/27",
    )
    left = cleaned(*notes)
    assert left["n0"].endswith(f"first half {CARD}")
    assert left["n2"] == (
        f"I've been on hold 40 minutes! second half {CARD} expires [expiry removed]"
    )


def test_copies_of_it_go_too() -> None:
    notes = said("card 4000 0566 line dropped, call 07700 900722", "the rest: 5566 5556")
    copy = place("card 4000 0566 line dropped", kind=SurfaceKind.MAIL_COPY)
    assert cleaned(*notes, copy)["mail_copy"] == f"card {CARD} line dropped"


def test_it_is_still_known_when_one_part_is_gone() -> None:
    notes = said("card 4000 0566 line dropped, call 07700 900722", "the rest: 5566 5556")
    half = replace(notes[0], content=place(f"card {CARD} line dropped").content)
    assert cleaned(half, notes[1], begun=begun(*notes)) == {"n1": f"the rest: {CARD}"}


@pytest.mark.parametrize(
    "text",
    [
        "A: 4000\nB: 0566\nA: 5566\nB: 5556",  # nothing says card
        "card\n4000\n0566\n5566\n5557",  # is no number
        "card 4000 0566, call 22334455",  # a telephone number
        f"card 4000 0566 {'and so on ' * 40} 5566 5556",  # too far
        f"card 4000 0566 {'and so on ' * 9} 5566 5556",  # far, and nothing says that it goes on
        (
            "My gift card, bought with visa, does not work any more.\nThe code please?\n"
            "4000 0566\n5566 5557\nends in 5556"
        ),
        "\n".join(f"card {n} 4000" for n in range(1000, 1100)),  # a list
        f"card 4000 0566 {'x' * 110_000} 5566 5556",
        "card 5 1111, card 4000 05",
        "by card\n4000\n10000\n2000\n8000\n2000\n3800\n1000\n3800\n2800",  # sums
        "Bruno  5101  5102  5103  5105\nCarla  3701  3702  3703  3704\nDraw 30.01.2026",  # count up
        "új szám, 16 jegyű\nÁtvezetve: 50400113-72180321. ok",  # an account of Hungary
        "Das Journal zeigt 20240306141522. TSE-Serie 30041788203. Bons 4471-0001 bis 4471-0219.",
        "umekata kadi yangu KSh 2,450.00. Naomba kurejeshewa.\nAsante, 0712 345 678",  # a sum
        "",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert cleaned(place(text)) == {}


def test_a_number_in_a_question_for_something_else_parts_no_number() -> None:
    text = (
        "A: The first half of the card number, please.\nB: {}\n"
        "A: Thanks. Do you still live at 110 00 Praha 1?\nB: Yes.\n"
        "A: And the second half of it, please.\nB: {}"
    )
    assert left_of(text.format("40000566", "55665556")) == text.format("*", "*")
    aside = text.replace("Do you still live at 110 00 Praha 1?", "It is 110 00 then. OK?")
    assert "110 00 then" in left_of(aside.format("40000566", "55665556"))
    told = text.replace("Praha 1?", "Praha 1.").format("40000566", "55665556")
    assert "110 00 Praha 1." in left_of(told)


def test_the_last_four_of_what_is_paid_with_are_of_a_card() -> None:
    text = (
        "Customer wants to pay notice PCN YT88.\nCustomer read out: 4000 0566 5566 ...\n"
        "I read back: 4000 0566 5566, last four 5565?\nCustomer: no, 5556.\nMe: 5556, thank you."
    )
    left = left_of(text)
    assert not any(group in left for group in ("0566", "5566", "5556"))
    other = text.replace("wants to pay", "asks about")
    assert left_of(other) == other


def test_a_number_that_is_known_by_itself_is_no_piece_of_another() -> None:
    text = "card 4111 1111 1111 1111, and 4000\n0566\n5566"
    assert cleaned(place(text))["message"].endswith("and 4000\n0566\n5566")


@pytest.mark.parametrize("word", ["exp 01/29", "cvv 123", "valid thru", "4/30"])
def test_a_word_of_a_card_behind_it_is_enough(word: str) -> None:
    assert "*" in left_of(f"B: 4000\nA: ok\nB: 0566 5566\nA: ok\nB: 5556 {word}")


def test_a_number_that_is_all_in_words_needs_no_word_for_a_card() -> None:
    text = "fire null null null, null fem seks seks (wait) fem fem seks seks, fem fem fem seks"
    assert left_of(text) == "* (wait) *"


def test_a_subject_that_speaks_of_a_card_is_enough() -> None:
    title = place("Card payment", kind=SurfaceKind.SUBJECT)
    text = "B: 4000\nA: ok\nB: 0566 5566\nA: ok\nB: 5556"
    assert "0566" not in cleaned(title, place(text))["message"]


SENTENCES = (
    "my card, it starts with {}. She says okay. Then comes 0566. Right, got it. After that 5566. "
    "Mhm. And it ends in {}"
)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "end",
    [
        *("5556. 123 is the code", "5556. 2 days ago", "5556. 1. First", "5556-ish", "5556/"),
        *("-5556", ":5556", "…5556", "**5556**", "(5556)", "5557. No, 5556", "5557, I mean 5556"),
    ],
)
def test_what_stands_beside_a_group_hides_no_number(end: str) -> None:
    left = left_of(SENTENCES.format("4000", end))
    assert "0566" not in left
    assert "5556" not in left


@pytest.mark.parametrize("start", ["**4000**", "-4000", ":4000", "(4000)", "4000,"])
def test_what_stands_beside_the_first_group_hides_no_number(start: str) -> None:
    assert "0566" not in left_of(SENTENCES.format(start, "5556"))


@pytest.mark.parametrize("code", [", cvv 1234", ", cid 4567", ". 4567 is the code on the front"])
def test_the_code_of_an_amex_has_four_digits(code: str) -> None:
    left = left_of(f"card 3782, then 822463, then 10005{code}")
    assert "[security code removed]" in left


def test_groups_in_words_go_over_several_messages() -> None:
    words = ("my card is four zero zero zero", "zero five six six", "five five six six")
    left = cleaned(*said(*words, "five five five six", minutes=1))
    assert list(left) == ["n0", "n1", "n2", "n3"]
    assert left["n3"] == CARD


@pytest.mark.exhaustive
def test_a_long_conversation_hides_no_number() -> None:
    notes = said("hello there my friend. " * 4500, "card, it is 4000\nyes, and 0566\n5566\n5556")
    assert "0566" not in cleaned(*notes)["n1"]
    notes = said("done 1007 ok\n" * 1100, "card, it is 4000\nyes, and 0566\n5566\n5556")
    assert "0566" not in cleaned(*notes)["n1"]


@given(
    st.integers().map(lambda seed: number("4", 16, random.Random(seed))),
    st.sampled_from(["\nA: ok\nB: ", " ... ", " and then "]),
)
def test_every_number_in_fours_goes_and_nothing_else(digits: str, between: str) -> None:
    fours = [digits[at : at + 4] for at in range(0, 16, 4)]
    text = f"My card, I read it out:\nB: {between.join(fours)}\nA: thanks, room 12"
    left = left_of(text)
    assert not any(re.search(rf"(?<!\d){four}(?!\d)", left) for four in fours)
    assert left.startswith("My card, I read it out:\nB: *")
    assert left.endswith("\nA: thanks, room 12")


def test_texts_without_any_cost_no_second_look() -> None:
    assert look(place("card and so on, twelve of them, 12 o'clock")).hits == ()


def test_what_the_other_side_repeats_is_no_group_of_its_own() -> None:
    """With 5413 twice it would be a number, by chance."""
    text = (
        "K: 5413\nM: 5413, ja\nK: nul ni seks seks\nM: 0966?\nK: ja. Så 7007\nM: 0707?\n"
        "K: nej, 7007!\nM: ok 7007\nK: femoghalvfjerds fireogtredive\nM: 7534. Udløb?\nK: 12/26"
    )
    assert not re.search(r"5413|0966|7007|7534", left_of(text))


def test_the_end_is_known_again_group_by_group() -> None:
    text = (
        "C: card four zero zero zero\nA: 4000\nC: zero five six six\nA: 0566\n"
        "C: five five six six and five five five six\nA: 5566 5556, thanks"
    )
    assert left_of(text) == "C: card *\nA: *\nC: *\nA: *\nC: *\nA: *, thanks"


def test_halves_that_are_said_to_come_in_parts_may_stand_far_from_each_other() -> None:
    texts = (
        "ok sure. 40000566",
        "it seems that the number of your card is not complete?",
        "Yes, I am sending it in two mails for safety :) 55665556",
    )
    left = cleaned(*said(*texts))
    assert left["n0"] == f"ok sure. {CARD}"
    assert left["n2"].endswith(f":) {CARD}")


def test_a_copy_of_a_number_with_a_wrong_group_goes_though_a_date_stands_behind() -> None:
    wrong = "The card is 4000 0566 5567 5556, 02/27. Best, Kim"
    copy = place(f"Thank you for:\n\n{wrong}", "copy", SurfaceKind.MAIL_COPY)
    left = cleaned(*said(wrong, "Sorry, I read it wrongly, the third group is 5566"), copy)
    assert left["copy"] == f"Thank you for:\n\nThe card is {CARD}, [expiry removed]. Best, Kim"


def test_what_has_a_length_that_hardly_any_card_has_is_no_number() -> None:
    """3528 0911 4472 44109 is a number of seventeen digits, by chance."""
    text = "Mijn kaart 3528 0911 4472 0388 piept niet. Je abonnement 44109 gaat over."
    assert left_of(text) == text


def test_the_end_of_a_mask_and_an_iban_are_no_groups() -> None:
    text = "depuis BE51 5509 6978 6481. Carte Visa xxxx-xxxx-xxxx-3108 a retirer"
    assert left_of(text) == text


def test_a_list_of_codes_is_no_number() -> None:
    text = "which one is of my card: 4000-0566, 5566-5556, 2298-0417, 5561-8830 ?"
    assert left_of(text) == text


def test_a_half_that_is_said_twice_is_no_number() -> None:
    text = "A: card: 45349029\nB: 45349029? go on, and the rest, please\nA: ends 86518805\nB: ok"
    assert left_of(text) == "A: card: *\nB: *? go on, and the rest, please\nA: ends \nB: ok"


def test_what_the_other_side_repeats_in_other_groups_goes_too() -> None:
    text = "A: my card: 4726\nA: 73985382\nB: 7398-5382 ok\nA: 4272\nB: thanks"
    assert left_of(text) == "A: my card: *\nA: *\nB: * ok\nA: *\nB: thanks"


def test_groups_of_a_number_that_stands_there_whole_are_none_of_another() -> None:
    made = completed("441044184925543")
    whole = completed(f"{made[8:]}8697035")
    text = "nr. {}\nnr. {}\nfrom my card\nnr. {}   {}   {}   {}"
    said = text.format(made[:4], made[4:8], whole[:4], whole[4:8], whole[8:12], whole[12:])
    (left,) = cleaned(place(said)).values()
    assert left.splitlines()[:2] == [f"nr. {made[:4]}", f"nr. {made[4:8]}"]


def test_pieces_that_end_amid_groups_go_on_only_close_by() -> None:
    made = completed("3811420971227")
    text = (
        "Please take it from my card, I hope that is the bit you mean.\n\n"
        f"The meter in the cupboard says {made[:5]} on top and {made[5:10]} on the bottom. "
        "His account was 8500 441 0927 and I believe mine should be the same.\n\n"
        f"I take the bus so please ring another day, Ambleford {made[10:]}.\n"
    )
    assert cleaned(place(text)) == {}


def test_a_whole_number_in_words_is_put_right_by_what_is_said_behind_it() -> None:
    text = (
        "yes four one one one one one one one one one one one one one one two no sorry I have no "
        "glasses on one one one one that's better"
    )
    (left,) = cleaned(place(text)).values()
    assert left == (
        "yes [card visa ****] no sorry I have no glasses on [card visa ****] that's better"
    )


def test_a_number_of_eight_digits_that_stands_on_two_lines_is_no_card() -> None:
    text = "01 SEP  COUNCIL TAX {0}   162.00 by card\n03 SEP  COUNCIL TAX {0}   162.00"
    assert cleaned(place(text.format("60114428"))) == {}  # twice, it has a check digit
    published = text.format("42424242")
    assert "4242" not in cleaned(place(published))["message"]


def test_what_is_said_behind_a_whole_number_in_words_puts_nothing_right() -> None:
    text = f"yes four{' one' * 15} no nine nine nine two"
    (left,) = cleaned(place(text)).values()
    assert left == "yes [card visa **** 1111] no nine nine nine two"


def test_pieces_with_another_card_between_them_make_no_number() -> None:
    rows = "name;card;phone\nLarsen;{};{}\nOlsen;{};{}"
    one, other = "41234567", completed("412345679234567")[8:]
    text = rows.format("378282246310005", one, "5555555555554444", other)
    (left,) = cleaned(place(text)).values()
    assert one in left
    assert other in left
    told = f"my card is {one}, not 5555555555554444, and the rest is {other}"
    (left,) = cleaned(place(told)).values()
    assert one not in left
    assert other not in left


def test_a_sum_without_its_cents_says_nothing_of_a_number_again() -> None:
    old, new = completed("541367268799249"), completed("458119042278564")
    told = said(
        f"Kjøpet var på kort {old[:4]} {old[4:8]} {old[8:12]} {old[12:]}, men det er sperret.",
        f"ta det på visakortet da: {new}  gyldig til 03/28",
        f"Refusjon 799,- føres til nytt kort {new} – gammelt kort {old} er sperret.",
    )
    assert cleaned(*told)["n2"].startswith("Refusjon 799,- føres til nytt kort [")


def test_the_first_six_and_the_last_four_of_a_masked_number_are_no_pieces() -> None:
    text = (
        "Kan vi skrive de seks første og fire siste, f.eks. 453914…6467? Og BIN alene, 457123 og "
        "516315? Nei, aldri hele kortnummeret. Se retningslinje 7.2.3"
    )
    assert cleaned(place(text)) == {}


def test_a_single_digit_in_each_line_is_read_once_for_what_stands_behind() -> None:
    rows = "".join(f"{at}) {digit}\n" for at, digit in enumerate("40000566556655561228", 1))
    shown = cleaned(place(f"The digits of my card:\n{rows}code 123"))["message"]
    assert "123" not in shown
