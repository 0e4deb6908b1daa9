"""Groups that are read back and agreed to are a number, whatever nobody calls it."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "[card visa ****]"
GROUPS = ("4000", "0566", "5566", "5556")
CALLS = {
    "english": (
        "Agent: so that's {}?\nCaller: yes\nAgent: {}?\nCaller: yep\nAgent: {}, and then {}?\n"
        "Caller: that's right love"
    ),
    "norwegian": (
        "Agent: {}?\nKunde: ja\nAgent: {}?\nKunde: stemmer\nAgent: {}?\nKunde: jepp\nAgent: {}?\n"
        "Kunde: riktig"
    ),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_groups_that_are_agreed_to_go(call: str) -> None:
    assert cleaned(place(call.format(*GROUPS)))["message"] == call.format(*[CARD] * 4)


@pytest.mark.parametrize(
    "call",
    [
        "Agent: {}?\nCaller: yes\nAgent: {}?\nCaller: yep\nAgent: {}, the gate is {}?\n",
        "Agent: order number {}?\nCaller: yes\nAgent: {}?\nCaller: yep\nAgent: {}, and then {}?\n",
        "Agent: {}.\nCaller: yes\nAgent: {}.\nCaller: yep\nAgent: {}, and then {}.\nCaller: ok",
        "so that's {}? yes {}? yep {}, and then {}? ok",
        "Agent: {}?\nCaller: yes\nAgent: {}?\nCaller: yep\nAgent: {}, and then {}?\nCaller: 1234",
    ],
    ids=["another word", "another number", "no question", "no lines", "one more"],
)
def test_anything_else_stays(call: str) -> None:
    assert cleaned(place(call.format(*GROUPS))) == {}


def test_groups_that_make_no_number_stay() -> None:
    assert cleaned(place(CALLS["english"].format(*GROUPS[:3], "5557"))) == {}
