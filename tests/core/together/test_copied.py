"""What is removed goes from the copies that a helpdesk makes of it, whatever parts it there."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

from integration.core.surfaces import Surface, SurfaceKind

FORM = (
    "<div>box 1: 4000</div><div>box 2: 0566</div><div>box 3: 5566</div><div>box 4: 5556</div>"
    "<div>month: 09</div><div>year: 2030</div><div>3digit: 315</div><div>buy 2000 points</div>"
)


def copy(text: str, kind: SurfaceKind = SurfaceKind.MAIL_COPY) -> Surface:
    return place(text, "copy", kind)


@pytest.mark.parametrize("kind", [SurfaceKind.MAIL_COPY, SurfaceKind.PREVIEW, SurfaceKind.QUOTED])
def test_lines_that_ran_together_in_a_copy_hide_nothing(kind: SurfaceKind) -> None:
    text = "Hello\nbox 1: 4000box 2: 0566box 3: 5566box 4: 5556month: 09year: 20303digit: 315\nbuy"
    left = cleaned(place(FORM, "m", media="text/html"), copy(text, kind))["copy"]
    assert not any(group in left for group in ("4000", "566", "5556", "09", "2030", "315"))
    assert [word in left for word in ("box 1: ", "box 4: ", "month: ", "digit: ", "\nbuy")]


def test_a_number_of_a_subject_that_says_card_goes_from_the_copy_as_well() -> None:
    subject = place("kaart", kind=SurfaceKind.SUBJECT)
    message = place("502 031 641 681 203 5 gr. Dirk", "m")
    text = f"A long greeting stands here. {'And more of it. ' * 30}\n502 031 641 681 203 5 gr. Dirk"
    left = cleaned(subject, message, copy(text))
    assert "681" not in left["copy"]
    assert left["copy"].endswith("] gr. Dirk")


def test_digits_in_other_words_stay() -> None:
    message = place("my card is 4111 1111 1111 1111, CVV 123, thanks a lot", "m")
    for text in ("room 123 is ready", "123", "my card is blue, 123", "V123456, thanks a lot"):
        assert "copy" not in cleaned(message, copy(text))


def test_a_code_with_its_words_goes_where_its_card_does_not_stand() -> None:
    message = place("my card is 4111 1111 1111 1111, CVV 123, thanks a lot", "m")
    left = cleaned(message, copy("...11, CV\nV\n123,thanks a lot"))
    assert left["copy"] == "...11, CV\nV\n[security code removed],thanks a lot"


def test_two_letters_in_their_words_need_both_sides() -> None:
    message = place(FORM, "m", media="text/html")
    assert "copy" not in cleaned(message, copy("this month: 09, that is all"))


def test_a_message_of_somebody_else_is_no_copy() -> None:
    message = place("my card is 4111 1111 1111 1111, CVV 123, thanks a lot", "m")
    assert "n" not in cleaned(message, place("...11, CV V 123,thanks a lot", "n"))


def test_a_number_behind_an_order_number_goes_where_a_date_touches_it() -> None:
    html = "<div>pay the insurance for JD0146000038812277 to</div><div>40000566<br>55665556</div>"
    message = place(f"{html}<div>04/27<br>031</div>", "m", media="text/html")
    text = "pay the insurance for JD0146000038812277 to\n40000566\n5566555604/27\n031"
    left = cleaned(message, copy(text))["copy"]
    assert not any(group in left for group in ("40000566", "55665556", "04/27", "031"))
    assert "JD0146000038812277" in left
