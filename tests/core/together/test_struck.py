"""A number is read without what is struck out in it."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "[card visa **** 5556]"


@pytest.mark.parametrize("media", ["text/html", "text/plain"])
@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("4000 0566 <s>7812</s> <u>5566</u> 5556", f"{CARD}<s></s><u></u>"),
        ("4000 0566 <DEL>7812</DEL> 5566 5556", f"{CARD}<DEL></DEL>"),
        ("4000 05<strike>78</strike>66 5566 5556", f"{CARD}<strike></strike>"),
        (
            '4000 0566 <i style="text-decoration: line-through">7812</i> 5566 5556',
            f'{CARD}<i style="text-decoration: line-through"></i>',
        ),
        ("4000 0566 <s>7<s>8</s><b>12</b>&nbsp;</s>5566 5556", f"{CARD}<s><s></s><b></b></s>"),
        ("<s>7812</s> 4000 0566 5566 5556", f"<s>7812</s> {CARD}"),
        ("4000 0566 <s>7812</s> 5566 <s>1207</s> 5556", f"{CARD}<s></s><s></s>"),
    ],
    ids=["s", "del", "strike", "a style", "tags in it", "before it", "twice"],
)
def test_what_is_struck_out_is_no_part_of_a_number(media: str, told: str, left: str) -> None:
    page = "<p>sorry, see below</p><p>{}</p>"
    assert cleaned(place(page.format(told), media=media)) == {"message": page.format(left)}


@pytest.mark.parametrize(
    "struck", ["~~7812~~", "~7812~", "-7812-", "[s]7812[/s]", "7\u03368\u03361\u03362\u0336"]
)
def test_it_may_be_struck_out_by_signs(struck: str) -> None:
    told = f"it is 4000 0566 {struck} 5566 5556, thanks"
    assert cleaned(place(told)) == {"message": f"it is {CARD}, thanks"}


@pytest.mark.parametrize(
    "told",
    [
        "4000 0566 7812 5566 5556",
        "4000 0566 <b>7812</b> 5566 5556",
        "4000 0566 <s>7812</s> 5566 5557",
        "order no 4000 0566 <s>7812</s> 5566 5556",
        "4000 0566 <s>7812 5566 5556",
        "4000 0566 <s>by 1 of our agents, who is away</s> 5566 5556",
        "4000 0566 <s>no!</s> 5566",
        "price <s>4000</s> 566, <s>5566</s> 5556",
        "4000 0566 -7812-5566 5556",
        "paid by card: lamp 37 <s>51,85</s> 8282246310005",
        "paid by card: lamp 37 <s>51 kr</s> 8282246310005",
    ],
    ids=[
        "nothing is struck out",
        "bold",
        "no number without it",
        "an order",
        "never closed",
        "a sentence",
        "a word",
        "prices",
        "a dash",
        "an old price",
        "an old price with its currency",
    ],
)
def test_other_numbers_stay(told: str) -> None:
    assert cleaned(place(told, media="text/html")) == {}


def test_what_is_known_anyhow_is_not_found_twice() -> None:
    told = place("<s>12</s> 4000 0566 5566 5556", media="text/html")
    assert cleaned(told) == {"message": f"<s>12</s> {CARD}"}
