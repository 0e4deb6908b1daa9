"""Numbers that belong to a label that is none of ours: an order, a sum, a telephone."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.cards.meanings import is_writer
from integration.core.sensitive.dates import Form
from integration.core.sensitive.scene import Gap
from integration.core.text.lazy import lazy
from integration.core.words.counted import PLACE, part_of
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.vocabulary import Label, all_as_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Aim, Scene
    from integration.core.words.labels import Found

FOREIGN: Final = frozenset(
    {
        Label.OTHER_CARD,
        Label.OTHER_NUMBER,
        Label.REFERENCE,
        Label.TELEPHONE,
        Label.MONEY,
        Label.BIRTH_DATE,
        Label.NATIONAL_ID,
        Label.BANK_ACCOUNT,
    }
)
"""Labels whose number is none of ours."""

_REACH: Final = 40
"""Characters from a label to its number."""
_REACH_OF_A_DATE: Final = 12
"""The same for the date of an order and the like."""
_BEHIND_ITS_SUM: Final = "kuna kune kn kč sen lei leu zł zl ft som lot dram"
"""Currencies that stand behind their sum, and are other words in other languages."""
_LONGEST_BY: Final = 16
_SHORTEST_TELEPHONE: Final = 3
_WIDEST_BLANK: Final = 1

_SPEAKS = lazy(r" ?:")
_SAID = lazy(r"[?!.\u00bb\u201d\u2019\"'] \Z")
"""Who speaks next, on the same line: `and the CVC?" customer: 123`."""
_FIELD_ENDS = lazy(r"[\n,]")
_POSTAL_CODE = lazy(r"[1-8][0-9]{2} ?[0-9]{3}(?![0-9])")
"""Six digits, which India calls a PIN code (India Post); the PIN of a card has four there."""
_OF_INDIA = lazy(
    r"\+91[ -]?[0-9]|[\u0900-\u0dff]|(?<![^\W_])(?:india|indian|rupay|paytm|pune|mumbai|delhi"
    r"|bengaluru|bangalore|chennai|kolkata|hyderabad|ahmedabad|jaipur|kochi|kerala)(?![^\W_])"
)
_REACH_OF_INDIA: Final = 200
_SUM = lazy(r"[ \xa0]?[0-9]{1,3}(?:[ .,]?[0-9]{3})*+[.,][0-9]{2}(?![0-9])")


def set_aside(scene: Scene, labels: Sequence[Found], values: Sequence[Value]) -> None:
    """Set aside the number behind a label that is none of ours."""
    if not labels or not values:
        return
    label, value = labels[-1], values[0]
    if not (names_another(scene, label) or _is_postal_code(scene, label, value)):
        return
    dated = label.label is Label.BIRTH_DATE or _dates(scene, label, value)
    ours = value.form is Form.CLEAR and not dated
    near = value.start - label.end <= _REACH
    if near and not ours and _of_one_line(scene, label, value):
        scene.foreign.add(value.start)


def names_another(scene: Scene, label: Found) -> bool:
    """Return whether a label says that the number behind it is none of a card."""
    if label.label not in FOREIGN:
        return False
    word = scene.text[label.start : label.end]
    before = max(0, label.start - _LONGEST_BY), label.start
    if is_writer(word) and (
        _by().search(scene.text, *before)
        or (_SPEAKS.match(scene.text, label.end) and _SAID.search(scene.text, *before))
    ):
        return False
    return word not in _behind_its_sum() and not part_of(word) & PLACE


def _is_postal_code(scene: Scene, label: Found, value: Value) -> bool:
    """Return whether what is called a PIN code is that of an address in India."""
    around = max(0, label.start - _REACH_OF_INDIA), value.end + _REACH_OF_INDIA
    return (
        label.label is Label.PIN
        and _pin_code().match(scene.text, label.start, value.start) is not None
        and _POSTAL_CODE.match(scene.text, value.start) is not None
        and _OF_INDIA.search(scene.text, *around) is not None
    )


@cache
def _pin_code() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(listed(Listed.PIN_CODE))})(?![^\W_])")


@cache
def _by() -> re.Pattern[str]:
    """Who has told a number has no number by it: communicated by the customer."""
    words = any_of(listed(Listed.BY))
    return re.compile(rf"(?<!\w)(?:{words}) (?:[^\W\d]{{2,3}} )?\Z")


@cache
def _behind_its_sum() -> frozenset[str]:
    return frozenset(all_as_read(_BEHIND_ITS_SUM.split()))


def _dates(scene: Scene, label: Found, value: Value) -> bool:
    """Return whether a date stands right behind what it is the date of: order date 03/26."""
    between = scene.text[label.end : value.start]
    return (
        label.label is Label.OTHER_NUMBER
        and 0 < len(between) <= _REACH_OF_A_DATE
        and "," not in between
        and scene.gap(label.end, value.start) is Gap.TOUCH
    )


def _of_one_line(scene: Scene, label: Found, value: Value) -> bool:
    """Return whether a number belongs to a label: right behind it, or in the same clause."""
    start, end = label.end, value.start
    gap = scene.gap(start, end)
    if gap is Gap.TOUCH:
        return True
    short = label.label is Label.TELEPHONE and value.digits <= _SHORTEST_TELEPHONE
    far = label.label is Label.MONEY or short
    return gap is Gap.WORDS and not far and not _FIELD_ENDS.search(scene.text, start, end)


def set_sum_aside(scene: Scene, labels: Sequence[Found], before: Sequence[Value]) -> None:
    """Set aside the sum that stands right before its currency; not so in `536 NOK 1299,00`."""
    if labels and before and labels[0].label is Label.MONEY:
        between = scene.text[before[-1].end : labels[0].start][: _WIDEST_BLANK + 1]
        is_behind = len(between) <= _WIDEST_BLANK and not between.strip(" \xa0")
        is_sum = before[-1].form is not Form.CLEAR and not _SUM.match(scene.text, labels[0].end)
        if is_behind and is_sum:
            scene.foreign.add(before[-1].start)
            _give_up(scene, before[-1])


def _give_up(scene: Scene, value: Value) -> None:
    """Take a sum from a mere hint further off: the code was in the wallet; they took 300 euro."""
    claim = scene.claims.get(value.start)
    if claim and claim.by and not claim.by.sure and not claim.direct:
        del scene.claims[value.start]


def follows_another(scene: Scene, aim: Aim) -> bool:
    """Return whether a label of something else stands right before one: customer code."""
    return any(
        found.label in FOREIGN and aim.start - found.end == 1
        for found in scene.labels_between(aim.start - _REACH, aim.start - 1)
    )
