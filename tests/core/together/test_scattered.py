"""The groups of a number that stand apart go when the number stands whole elsewhere."""

from __future__ import annotations

import pytest
from support.read_together import begun, cleaned, place

CARD = "6011 0009 9013 9424"
FORM = (
    "<table><tr><td>Card number:</td><td>6011</td><td>0009</td><td>9013</td><td>9424</td></tr>"
    "</table>"
)
RULE = ">" * 64
GONE = "[card discover ****]"


@pytest.mark.parametrize(
    "whole", [place(FORM, "m1", media="text/html"), place(f"card {CARD}", "m1")]
)
@pytest.mark.parametrize(
    "text",
    [
        "Form:\n6011 x\nName\n0009 x\nNo\n9013 x\nOk\n9424 x",
        f">> 6011  \n{RULE}\n>> 0009 kr  9424\n{RULE}\n>> 9013 kr  \n{RULE}\n>> 9424 kr \n",
    ],
)
def test_groups_in_cells_or_lines_of_their_own_go(whole, text) -> None:
    shown = cleaned(whole, place(text, "m2"))["m2"]
    assert not any(group in shown for group in CARD.split())
    assert shown.count(GONE) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "the last four are 9424, the first 6011",
        "9424 a 9013 b 0009 c 6011",  # the other way round
        "6011 a 0009 b 9013 c 19424",
        "6011/2 a 0009 b 9013 c 9424",
        "6011:30 a 0009 b 9013 c 9424",
        "EUR 6011,50 a 0009 b 9013 c 9424",
    ],
)
def test_some_groups_or_other_numbers_stay(text) -> None:
    assert "m2" not in cleaned(place(f"card {CARD}", "m1"), place(text, "m2"))


def test_the_first_half_of_a_number_alone_is_that_of_a_bank() -> None:
    left = cleaned(place("card 60110009 90139424", "m1"), place("60110009 a 90139424", "m2"))
    assert left["m2"].startswith("60110009 a [card ")


def test_a_number_that_a_telephone_made_a_link_of_goes_with_it() -> None:
    html = (
        '<a href="tel:6011000990">6011 0009</a>&nbsp;9013 9424<div>06/29</div>'
        '<div>call <a href="tel:07700900851">07700 900851</a></div>'
    )
    text = "6011 0009 (tel:6011000990) 9013 942406/29\ncall 07700 900851 (tel:07700900851)"
    left = cleaned(place(f"card {html}", "m1", media="text/html"), place(text, "m2"))["m2"]
    assert left == f"{GONE}[expiry removed]\ncall 07700 900851 (tel:07700900851)"


def test_a_copy_in_which_the_date_touches_the_number_goes() -> None:
    """A helpdesk makes plain text of HTML and leaves out what parted them."""
    html = (
        "<p>card</p><p><span>6011 0009 9013 9424</span><span> </span><div>0729 &amp; 556</div></p>"
    )
    text = "card\n6011 0009 9013 94240729 & 556"
    left = cleaned(place(html, "m1", media="text/html"), place(text, "m2"))["m2"]
    assert left == "card\n[card discover **** 9424][expiry removed] & [security code removed]"


def test_a_copy_with_other_marks_between_the_groups_goes() -> None:
    html = "<p>card</p><div>6011_0009_9013_9424</div><div>0729</div>"
    left = cleaned(place(html, "m1", media="text/html"), place("6011_0009_9013_94240729", "m2"))
    assert left["m2"] == "[card discover **** 9424][expiry removed]"


def test_a_link_to_a_part_of_a_number_goes_with_it() -> None:
    html = (
        'card <a href="tel:60110009">60110009</a>90139424, call <a href="tel:07700900851">me</a>'
        ' or <a href="tel:60110">60110</a>'
    )
    left = cleaned(place(html, "m1", media="text/html"))["m1"]
    assert left == (
        f'card <a href="tel:{GONE}">[card discover **** 9424]</a>,'
        ' call <a href="tel:07700900851">me</a> or <a href="tel:60110">60110</a>'
    )


def test_a_link_to_a_part_of_a_number_goes_from_a_plain_copy() -> None:
    text = "card 6011 0009 9013 9424 (tel:60110009), call me (tel:07700900851)"
    left = cleaned(place(text, "m1"))["m1"]
    assert left == f"card [card discover **** 9424] (tel:{GONE}), call me (tel:07700900851)"


def test_without_the_whole_number_groups_are_nothing() -> None:
    assert cleaned(place("6011 x\n0009 x\n9013 x\n9424 x")) == {}


def test_they_are_still_known_when_the_whole_number_is_gone() -> None:
    """The process died between the two writes."""
    whole, apart = place(f"card {CARD}", "m1"), place("6011 a 0009 b 9013 c 9424", "m2")
    stored = begun(whole, apart)
    assert cleaned(apart, begun=stored) == {"m2": f"{GONE} a {GONE} b {GONE} c {GONE}"}


def test_groups_of_a_number_that_is_told_in_words_go_too() -> None:
    words = "six zero one one zero zero zero nine nine zero one three nine four two four"
    text = f"C: it's 6011 was it, 0009, hang on, 9013 and 9424\nA: once more\nC: {words}"
    assert cleaned(place(text, "m1"))["m1"] == (
        f"C: it's {GONE} was it, {GONE}, hang on, {GONE} and {GONE}\nA: once more\n"
        "C: [card discover **** 9424]"
    )
    short = "four two two two two two two two two two two two two"
    assert "0009" in cleaned(place(f"6011 0009\nmy card: {short}", "m1"))["m1"]


@pytest.mark.parametrize("text", [f"paid with {CARD} and {CARD}7", f"{CARD}0729 {CARD}"])
def test_a_copy_with_more_digits_goes_beside_the_number(text: str) -> None:
    assert "6011" not in cleaned(place(text, "m1"))["m1"]
