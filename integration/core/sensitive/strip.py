"""The code behind the last four digits of its card, as both are printed on the back: `1111 123`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.counted import PLACE, part_of
from integration.core.words.index import WORD

if TYPE_CHECKING:
    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Scene

_SIZES: Final = (4, 3)
"""Digits of the end of a card number and of a code."""
_BLANKS: Final = frozenset({" ", "\xa0"})
_GROUP_BEHIND: Final = lazy(r"[ \xa0][0-9]")
"""Of a telephone number: 0117 496 0281."""
_REACH: Final = 60
"""Characters before them in which the back of the card is named."""
_FURTHER: Final = 80
"""Characters behind them in which the code may be said once more."""
_WORTH: Final = 0.7


def read_strip(scene: Scene) -> None:
    """Claim the three digits behind four on a line that names the back of a card.

    And the same digits once more: you need only the 123.
    """
    for last_four, code in pairwise(scene.values):
        sizes = last_four.end - last_four.start, code.digits
        between = scene.text[last_four.end : code.start]
        goes_on = _GROUP_BEHIND.match(scene.text, code.end) is not None
        if sizes == _SIZES and between in _BLANKS and not goes_on and scene.free(code):
            low = max(0, last_four.start - _REACH)
            if _names_the_back(scene.text[low : last_four.start]):
                scene.claim(code, Kind.CVV, _WORTH, "on-the-strip")
                _claim_again(scene, code)


def _claim_again(scene: Scene, code: Value) -> None:
    for value in scene.values_behind(code.end, _FURTHER):
        same = scene.text[value.start : value.end] == scene.text[code.start : code.end]
        if same and value.lone and scene.free(value):
            scene.claim(value, Kind.CVV, _WORTH, "on-the-strip")


def _names_the_back(before: str) -> bool:
    words = before.rpartition("\n")[2].rstrip()
    is_row = words[-1:].isdigit()  # a telephone number: call me back on 555 1111 123
    return not is_row and any(part_of(word) & PLACE for word in WORD.findall(words))
