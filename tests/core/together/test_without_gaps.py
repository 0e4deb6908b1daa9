"""Corrections and what a mask lacks, told in scripts without gaps between words."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "[card visa ****]"
WRONG = "4000-0566-5567-5556"


@pytest.mark.parametrize(
    "said",
    [
        "第三组写错了，应该是*，其他没错",
        "啊不对，第3組是*",
        "三番目のブロックは5567ではなく*です",
        "3つめの4桁が間違っておりました。*が正しいです",
        "3番目の4桁、*の誤りでした",
        "세 번째 4자리가 틀렸어요. 5567이 아니라 *입니다",
        "3번째 블록은 *이에요",
        "誤)…-5567-…\n正)…-*-…",
        "正しくは以下です\n誤：5567\n正：*",
    ],
)
def test_a_wrong_group_goes_with_the_right_one(said: str) -> None:
    done = cleaned(place(f"カードは{WRONG}です", "m1"), place(said.replace("*", "5566"), "m2"))
    assert done["m1"] == f"カードは{CARD}です"
    assert done["m2"].replace("5567", CARD) == said.replace("*", CARD).replace("5567", CARD)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("4001 0566 5566 5556", "开头四位应该是*，后面十二位没错"),
        ("4001 0566 5566 5556", "先頭の4桁は*でした、打ち間違いです"),
        ("4001 0566 5566 5556", "앞 4자리는 * 입니다"),
    ],
)
def test_the_first_group_may_be_the_wrong_one(wrong: str, said: str) -> None:
    done = cleaned(place(f"卡号{wrong}，谢谢", "m1"), place(said.replace("*", "4000"), "m2"))
    assert done == {"m1": f"卡号{CARD}，谢谢", "m2": said.replace("*", CARD)}


@pytest.mark.parametrize(
    ("wrong", "group", "said"),
    [
        ("4000 0566 556 5556", "5566", "3番目の5のすぐ後ろに6が抜けていました！*です"),
        ("4000 0566 5556", "5566", "第二组和第三组：第三组漏了，*"),
        ("4000 0566 5556", "5566", "세 번째 자리가 빠졌네요: *"),
    ],
)
def test_what_was_left_out_goes(wrong: str, group: str, said: str) -> None:
    done = cleaned(place(f"信用卡 {wrong}", "m1"), place(said.replace("*", group), "m2"))
    assert done == {"m1": f"信用卡 {CARD}", "m2": said.replace("*", CARD)}


@pytest.mark.parametrize(
    "said",
    [
        "第三个订单不对，应该是5567",  # makes no number
        "合計は5566円、3番目の商品は5600円です",
        "3번째 주문은 0505-1234 로 전화주세요",
        "第35組是5566，错",
        "誤)…-5577-…\n正)…-5578-…",
    ],
)
def test_what_makes_no_number_stays(said: str) -> None:
    done = cleaned(place("カードは4000-0566-5567-5557です", "m1"), place(said, "m2"))
    assert "m2" not in done


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "said",
    [
        "승인번호는 모르겠고 별표 6자리는 * 입니다",
        "가운데 여섯 자리는 *이에요",
        "中间的六位数字是*，谢谢",
        "打星號的部分是*，星号",
        "伏せ字の部分は*です",
        "真ん中の6桁：*",
    ],
)
@pytest.mark.parametrize(
    "masked", ["卡号是411111******1111，谢谢", "カードは4111-11**-****-1111です"]
)
def test_what_fills_a_mask_goes(masked: str, said: str) -> None:
    done = cleaned(place(masked, "m1"), place(said.replace("*", "111111"), "m2"))
    assert done == {"m2": said.replace("*", CARD)}


@pytest.mark.parametrize(
    "said", ["注文番号は111111です", "订单号111111，谢谢", "인증번호 111111", "中间的六位是111112"]
)
def test_other_digits_beside_a_mask_stay(said: str) -> None:
    masked = place("卡号是411111******1111，谢谢", "m1")
    assert CARD not in str(cleaned(masked, place(said, "m2")))


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("sorry, a typo.\nwrong: 5567\nright: *", True),
        ("two rooms:\nfirst: 5567\nlast: *", False),
    ],
)
def test_a_wrong_group_and_the_right_one_may_stand_on_two_lines(said: str, is_told: bool) -> None:
    text = said.replace("*", "5566")
    done = cleaned(place("My card is 4000 0566 5567 5556", "m1"), place(text, "m2"))
    assert (CARD in done.get("m2", "")) is is_told
