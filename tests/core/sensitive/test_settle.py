from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"
FAR = "and now the frob has gone with all the wubbas of last spring and the gyzzo is as before"


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} exp 12/27. {FAR}, until 15.12",
        f"{CARD} exp 12/27. Your letter dated January 30th, {FAR}",
        f"dated 12.11, {FAR} {CARD} exp 12/27",
        f"{CARD} valid 12/27. {FAR}, the policy expires 30.06",
        f"Date: Tue, 3 Feb 2026 at 21:08\nFrom: Ola\n\n{CARD} exp 12/27",
        f"Date: 3 February 2026 11:02:37 CET\nFrom: Ola\n\n{CARD} exp 12/27",
        f"gyzzo from 6.10 until 7.12, {CARD} exp 12/27",
        f"gyzzo from 07-09 until 07-20, wubba {CARD} exp 12/27",
        f"the frob stays until 05/26. {CARD}, 12/27",
        f"10月27日 gyzzo {CARD} exp 12/27",
        f"2025年11月28日 {CARD} exp 12/27",
        f"gyzzo 09.11 date, wubba {CARD} exp 12/27",
        f"valid from 02/24. {CARD} 12/27",
        f"card is {CARD} ends 12/27. Your permit expires on 31 October",
        f"{CARD} 12/27\n\n> Your permit P-55310 for zone K expires on 31 October 2026.",
        f"valid for 3 gyzzos from 14 on\n{CARD} exp 12/27",
    ],
)
def test_another_date_than_that_of_the_card_stays(found, text: str) -> None:
    assert found(text, Kind.EXPIRY) == ["12/27"]


def test_a_light_word_is_enough_beside_the_card_or_behind_a_word_for_it(found) -> None:
    assert found(f"{CARD} date 10.27", Kind.EXPIRY) == ["10.27"]
    assert found(f"{CARD} {FAR}. The card date 27-05", Kind.EXPIRY) == ["27-05"]
    assert found(f"{CARD} {FAR}. Date 10-27 cvv 123", Kind.EXPIRY) == ["10-27"]


def test_a_light_word_is_not_enough_far_from_the_card(found) -> None:
    assert found(f"{CARD} {FAR}. Until 10.12", Kind.EXPIRY) == []


def test_each_of_two_cards_keeps_its_date(found) -> None:
    text = f"{CARD} valid 12/27, {FAR}, 5555 5555 5555 4444 exp 11/28, date 10/29 or 01/30"
    assert found(text, Kind.EXPIRY)[:2] == ["12/27", "11/28"]


def test_a_sure_word_keeps_its_date_in_a_range(found) -> None:
    assert found(f"expires 11-26 - 12-27 {CARD}", Kind.EXPIRY)[0] == "11-26"
