"""Digits in characters and syllables with more than marks between them, or figures among them."""

from __future__ import annotations

import time

import pytest

from integration.core.cards.joined_digits import joined_digits
from integration.core.detection import find, mask
from integration.core.spans import Kind


def cards(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.parametrize(
    "said",
    [
        "五五五五・五五五五・五五五五・四四四四",
        "四〇〇〇ー〇五六六－五五六六・五五五六",
        "四零零零，零五六六，然后是五五六六，最后四位五五五六",
        "四零零零杠零五六六杠五五六六杠五五五六",
        "ヨンゼロゼロゼロのゼロゴーロクロクのゴーゴーロクロクのゴーゴーゴーロク",
        "ヨンゼロゼロゼロ、次がゼロゴーロクロク、えーとゴーゴーロクロク、最後がゴーゴーゴーロク",
        "사공공공 다시 공오육육 다시 오오육육 다시 오오오육",
        "사공공공이고요, 공오육육, 그 다음은 오오육육, 마지막은 오오오육",
        "사공공공, 그 다음에 공오육육, 오오육육, 마지막 네 자리는 오오오육",
        "삼칠팔이 다시 팔이이사육삼 다시 일공공공오",
    ],
)
def test_digits_are_read_with_what_is_said_between_their_groups(said: str) -> None:
    assert cards(f"メモ {said} です") == [said]


@pytest.mark.parametrize(
    "said",
    [
        "4000の0566の5566の5556",
        "3782の822463の10005",
        "4000 다시 0566 다시 5566 다시 5556",
        "4000杠0566杠5566杠5556",
        "4영영영0566556655오6",
        "4000-〇566-5566-5556",
    ],
)
def test_figures_are_read_with_a_dash_or_a_digit_that_is_a_word(said: str) -> None:
    assert cards(f"メモ {said} です") == [said]


def test_two_numbers_of_one_row_are_both_read() -> None:
    first, second = (
        "四〇〇〇の〇五六六の五五六六の五五五六",
        "五五五五の五五五五の五五五五の四四四四",
    )
    assert cards(f"{first}、{second}") == [first, second]


def test_a_date_behind_a_number_is_no_part_of_it() -> None:
    said = "4000の0566の5566の5556"
    assert cards(f"{said}、0928です") == [said]


@pytest.mark.parametrize(
    "text",
    [
        "사공공공 다시 공오육육 다시 오오육육 다시 오오오칠",  # no check digit
        "四零零零，零五六六，还有五五六六，跟五五五六",
        "電話は〇三の四一一一の一一一一、携帯は〇八〇の四一一一の一一一一です",
        "住所は中央区3の14の15、電話03の4111の1111です",
        "40の000566の5566の5556",  # not grouped as cards are
        "4000の0566、5566の5556",  # two things
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13",
        "5102の5103の5105の3701",  # counts up
        "2027년 3월 8일 23시 58분 결제 33,000원, 이월 요금 4,000원",
        "合計一二三四五六七八九円、残高二二二二二二二円",
    ],
)
def test_what_is_no_card_number_stays(text: str) -> None:
    assert cards(text) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("piece", ["다시 ", "일다시", "に次に", "一，", "1の", "이고요이"])
def test_no_text_takes_long(piece: str) -> None:
    start = time.perf_counter()
    assert list(joined_digits(piece * 5_000)) == []
    assert time.perf_counter() - start < 5


def test_groups_in_quotation_marks_are_one_number() -> None:
    first, second = "「よん、ゼロ、ゼロ、ゼロ」、", "次が「ゼロ、ご、ろく、ろく」、\r\n"
    text = f"{first}{second}「ご、ご、ろく、ろく」、最後が「ご、ご、ご、ろく」です"
    assert mask(text, find(text)) == "「[card visa **** 5556]」です"
