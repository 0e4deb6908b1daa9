"""A number with a wrong group goes with the group that makes it right."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.read_together import begun, cleaned, place

from integration.core.surfaces import SurfaceKind
from integration.services.redact import ROUNDS

WRONG = "4111 1111 1111 2345"
CARD = "[card visa ****]"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("no wait, the last four are 1111", f"no wait, the last four are {CARD}"),
        ("sorry, it ends with 1111", f"sorry, it ends with {CARD}"),
        ("beklager, de siste fire er 1111", f"beklager, de siste fire er {CARD}"),
        ("Falsch, die letzten vier sind 1111", f"Falsch, die letzten vier sind {CARD}"),
        ("1111, not 2345", f"{CARD}, not 2345"),
        ("I meant 1111 1111 at the end", f"I meant {CARD} at the end"),
    ],
)
def test_a_group_that_corrects_a_card_number_goes_with_it(said: str, left: str) -> None:
    assert cleaned(place(f"my card is {WRONG}, {said}"))["message"] == f"my card is {CARD}, {left}"
    both = cleaned(place(f"my card is {WRONG}.", "m1"), place(said, "m2"))
    assert both == {"m1": f"my card is {CARD}.", "m2": left}


def test_the_beginning_of_the_right_number_goes_where_it_is_said_again() -> None:
    text = "card {}, but the third group is {}. So {} and the end stays."
    told = text.format("4000 0566 5656 5556", "5566", "4000 0566 5566")
    assert cleaned(place(told))["message"] == text.format(CARD, CARD, CARD)


def test_the_wrong_number_goes_where_a_sentence_tells_the_right_one_whole() -> None:
    first = place("Dere kan trekke Mastercardet mitt: 5555 5555 5355 4444", "m1")
    said = place("Feil i tredje gruppe. Etter 5555 5555 skal det stå 5555 4444.", "m2")
    left = cleaned(first, said)
    assert left["m1"] == "Dere kan trekke Mastercardet mitt: [card mastercard ****]"
    assert "4444" not in left["m2"]


def test_what_something_is_paid_with_is_a_card() -> None:
    text = "please charge the difference (4.99) to {}. Sorry, the last four should be {}"
    assert cleaned(place(text.format(WRONG, "1111")))["message"] == text.format(CARD, CARD)
    told = "ring me again on 4111111111112345. Sorry, the last four should be 1111"
    assert cleaned(place(told)) == {"message": told}  # no telephone is so long: it is told


def test_the_first_group_may_be_the_wrong_one() -> None:
    text = "card 4123 1111 1111 1111, sorry, the first four are 4111"
    assert cleaned(place(text))["message"] == f"card {CARD}, sorry, the first four are {CARD}"


def test_a_date_says_that_a_number_is_of_a_card_as_well() -> None:
    done = cleaned(
        place("Pls charge 4111111111112345 exp 05/28 for the box", "m1"),
        place("typo sorry, should be 1111 at the end instead", "m2"),
    )
    assert done == {
        "m1": f"Pls charge {CARD} exp [expiry removed] for the box",
        "m2": f"typo sorry, should be {CARD} at the end instead",
    }


@pytest.mark.parametrize(
    "said",
    ["the third set is {}", "{} is the 3rd", "tredje blokk er {}", "gruppe nummer tre er {}"],
)
def test_a_group_may_be_counted(said: str) -> None:
    one, other = "card 4111 1111 2345 1111", said.format("1111")
    done = cleaned(place(one, "m1"), place(other, "m2"))
    assert done == {"m1": f"card {CARD}", "m2": said.format(CARD)}


def test_a_group_within_goes_where_the_wrong_one_is_named() -> None:
    text = "card 4111 1111 2345 1111: sorry, not 2345 but 1111"
    assert cleaned(place(text))["message"] == f"card {CARD}: sorry, not 2345 but {CARD}"


def test_a_lighter_word_before_a_number_in_its_groups_leaves_it_a_card() -> None:
    text = "card for the subscription (customer 7731) {}. Sorry, the last four are wrong, it's {}."
    done = cleaned(place(text.format("4111 1111 1111 2345", "1111")))
    assert done["message"] == text.format(CARD, CARD)


@pytest.mark.parametrize(
    "text",
    [
        "my card is 4111 1111 1111 2345, the last four are 1112",  # is no number either
        "my card is 4111 1111 1111 2345. My room is 1111",  # corrects nothing
        "my order is 4111 1111 1111 2345, sorry, the last four are 1111",  # no card
        "my card is 9111 1111 1111 2345, sorry, the last four are 1111",  # of no issuer
        "my card ends in 2345, sorry, the last four are 1111",
        "card job=4111111111112345 took 3990 ms, error, gave 1111",
        "by card. Policy no. 4111 1111 1111 2345, sorry, the last four are 1111",
        'visa {"last4":"4417","token":"tok_4471882304471882","seq":44718823044}',
        (
            "My card ending in 4242 was declined. Placeholder on your form says 1234 5678 9012 3456"
            " and the other shows XXXX XXXX XXXX XXXX, the BIN is 453914"
        ),
        "out of order: 4011 4012 4013 4014 4020, 5101 5102 5103 5104",  # rooms
        (
            "Excel ate the last digit the first time; row 4 is still broken, I will look up that "
            "card later.\n\n1,450.00\t'0045000120020"  # cells of a table
        ),
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert cleaned(place(text)) == {}


def test_another_field_of_a_payment_message_is_no_wrong_number() -> None:
    fields = "F002  LLVAR(16)  {}\nF042  ans15      450000001234567\n"
    said = "--> 0110 F039=14 (invalid card number). But the card is fine"
    text = cleaned(place(fields.format("3566002020360505") + said))["message"]
    assert text == fields.format("[card jcb **** 0505]") + said


def test_numbers_that_fail_their_check_digit_in_a_row_are_a_list() -> None:
    rows = "\n".join(f"card 4111 1111 1111 {last}" for last in range(2342, 2350))
    assert cleaned(place(f"{rows}\nsorry, the last four are 1111")) == {}


def test_a_wrong_number_in_html_goes_with_its_entities() -> None:
    html = place("<p>card 4111&nbsp;1111&nbsp;1111&nbsp;2345</p>", "m1", media="text/html")
    left = cleaned(html, place("sorry, the last four are 1111", "m2"))
    assert left["m1"] == f"<p>card {CARD}</p>"


def test_the_group_is_still_known_when_the_number_is_gone() -> None:
    """The process died between the two writes."""
    one, other = place(f"my card is {WRONG}", "m1"), place("sorry, the last four are 1111", "m2")
    assert cleaned(other, begun=begun(one, other)) == {"m2": f"sorry, the last four are {CARD}"}


@given(st.text("0123456789 .,-\n", max_size=60))
@example("4111.1111 1111 1111")
def test_what_is_cleaned_stays_as_it_is(more: str) -> None:
    """What a mask says of the number behind it shows in the next round."""
    left = f"my card is {WRONG}, no wait, the last four are 1111 {more}"
    for _ in range(ROUNDS):
        left = cleaned(place(left)).get("message", left)
    assert cleaned(place(left)).get("message", left) == left


@pytest.mark.parametrize(
    ("wrong", "again", "left"),
    [
        (
            "Visa 4000 0566 6555 5556. Nei, tredje gruppe er 5566.",
            "altså 4000, så 0566, 5566 og 5556 til slutt",
            f"altså {CARD}, så {CARD}, {CARD} og {CARD} til slutt",
        ),
        (
            "Visa 4000 0566 6555 5556. Nei, tredje gruppe er 5566.",
            "4000 0566, deretter 5566 5556",
            f"{CARD}, deretter {CARD} {CARD}",
        ),
        (
            "Amex 3782 822436 10005. No, the second group is 822463.",
            "so 3782, then 822463, then 10005?",
            "so [card amex ****], then [card amex ****], then [card amex ****]?",
        ),
    ],
)
def test_the_right_number_goes_where_it_is_told_once_more(
    wrong: str, again: str, left: str
) -> None:
    assert cleaned(place(wrong, "m1"), place(again, "m2"))["m2"] == left


def test_some_groups_of_the_right_number_may_be_others() -> None:
    wrong = place("Visa 4000 0566 6555 5556. Nei, tredje gruppe er 5566.", "m1")
    assert cleaned(wrong, place("room 5566, on the 4th floor", "m2")).keys() == {"m1"}


@pytest.mark.parametrize(
    "said",
    [
        "The very last one is a 1, not a 2. The ink is worn.",
        "it ends in a 1 and not in a 2",
        "die allerletzte ist eine 1, keine 2",
        "en sondaki 2 değil 1",
        "na końcu jest 1, a nie 2",
    ],
)
def test_another_last_digit_needs_no_word_for_a_digit(said: str) -> None:
    wrong = place("my card is 4111 1111 1111 1112", "m1")
    assert cleaned(wrong, place(said, "m2")) == {"m1": f"my card is {CARD}"}


@pytest.mark.parametrize(
    "said",
    [
        "it is a 1, not a 2",  # nobody says where
        "the very last one is a 1, not a 3",  # no 3 stands there
        "the very last one is a 7, not a 2",  # makes no number
        "1 of the last 2 or 3 times it was not so",
    ],
)
def test_other_last_digits_put_nothing_right(said: str) -> None:
    wrong = place("my card is 4111 1111 1111 1112", "m1")
    assert cleaned(wrong, place(said, "m2")) == {}


def test_the_number_itself_names_none_of_its_groups() -> None:
    """With 4003 in place of its first group it would be a number, too."""
    text = "ref 4003 and a toy, card 4111 1111 1111 1112 -> ends in 1111"
    assert cleaned(place(text)) == {
        "message": "ref 4003 and a toy, card [card visa ****] -> ends in [card visa ****]"
    }


def test_the_subject_may_say_that_the_wrong_number_is_of_a_card() -> None:
    said = "j'ai donné 4111111111111112 mais il faut lire 1111 pour les quatre derniers"
    text = place(said, "m")
    assert cleaned(text) == {"m": said}  # it is told only
    subject = place("Erreur dans mon numéro de carte", kind=SurfaceKind.SUBJECT)
    assert "111" not in cleaned(subject, text)["m"]


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("Card 4111 1111 <i>2345</i> <b>1111</b> 1111<br>07/29", "text/html"),
        ("card no: 4111 1111 2345 1111 1111", "text/plain"),
    ],
)
def test_a_group_that_is_struck_out_goes_with_the_number(text: str, media: str) -> None:
    left = cleaned(place(text, media=media))["message"]
    assert not any(group in left for group in ("4111", "1111", "2345"))


def test_a_group_that_is_almost_the_next_one_goes_whatever_the_last_four_groups_make() -> None:
    text = "corrected below, I misread it:\n5200 8282 8282 8212 {}11/28, code 369"
    # In bold, or glued to the next line, in a plain copy of HTML.
    for last in ("8210\n", "*8210*\n", "**8210**\n", "8210"):
        left = cleaned(place(text.format(last)))["message"]
        assert not any(group in left for group in ("5200", "82", "11/28", "369"))


@pytest.mark.parametrize("text", ["code 4111 1111 2345 1111 1111", "card 4111 1111 2345 1111 1112"])
def test_five_groups_of_anything_else_stay(text: str) -> None:
    assert cleaned(place(text)).get("message", text) == text


def test_the_ids_of_mails_are_no_wrong_numbers() -> None:
    ids = "Message-ID: <rt-1205-1795823885-{0}.30-5-0@rt.test>\nboundary=_17958238{0}-1206-40"
    headers = [place(ids.format(at), f"h{at}", SurfaceKind.HEADER) for at in range(828, 836)]
    done = cleaned(
        place(f"Card: {WRONG}", "m1"), *headers, place("Sorry, the last four are 1111", "m2")
    )
    assert done == {"m1": f"Card: {CARD}", "m2": f"Sorry, the last four are {CARD}"}


def test_the_id_of_a_mail_in_the_history_is_no_wrong_number() -> None:
    data = "<rt-5.0.7-32065-1795848227-1240.54-7-0@rt.test>"
    history = place(data, "t1", SurfaceKind.HISTORY)
    text = "tør ikke skrive alt. første åtte: 54136983, siste åtte: 41045848. ordren er 44127"
    assert "t1" not in cleaned(place("Kort", kind=SurfaceKind.SUBJECT), place(text), history)


def test_the_number_of_a_merchant_is_no_wrong_number_of_a_card() -> None:
    text = "TID 4C018733 MID 526134888940517\nauth 733551 card ending 0418\ncard ending 7330"
    assert cleaned(place(text)) == {}


def test_a_place_on_a_map_is_no_part_of_a_number() -> None:
    text = "Bankomat 0218 falsch auf der Karte: 48.208174, 16.373819 statt 48.2085123, 16.3721987."
    assert cleaned(place(text)) == {}


@pytest.mark.parametrize(
    "wrong", ["4000 0566 5567 5556", "4000-0566-556-5556", "4000 0566 55677 5556"]
)
def test_who_writes_the_groups_of_a_card_need_not_say_card(wrong: str) -> None:
    text = f"it failed: I gave you {wrong} on Monday and the third block should be {{}}"
    left = cleaned(place(text.format("5566")))["message"]
    assert "400" not in left
    assert "5566" not in left
    assert cleaned(place(text.format("5565"))) == {}


def test_ordinals_up_to_sixteen_count_digits() -> None:
    text = "la carta 5168 7165 2897 5092, ma la settima cifra è un 3 e non un 6"
    assert "5168" not in cleaned(place(text))["message"]


@pytest.mark.parametrize(
    "said", ["the middle six should read 822463", "den midterste gruppen er 822463"]
)
def test_the_middle_group_is_one_where_as_many_stand_on_both_sides(said: str) -> None:
    text = "my Amex is 3782 822643 10005"
    left = cleaned(place(text, "m1"), place(said, "m2"))
    assert "822643" not in left["m1"]
    assert "822463" not in left["m2"]
    four = place("my card is 4000 0566 5576 5556", "m1")
    assert cleaned(four, place("the middle group is 5566", "m2")) == {}
