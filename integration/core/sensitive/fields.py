"""Month and year of an expiry in fields of their own: `exp_month: 3, exp_year: 2027`, or a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import Value, What
from integration.core.sensitive.months import is_month
from integration.core.sensitive.scene import Gap
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.index import WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.sensitive.scene import Aim, Scene

_MONTH: Final = lazy(r"0?[1-9]|1[0-2]")
_YEAR: Final = lazy(r"(?:20)?[1-4][0-9]")
_REACH: Final = 60
_WORTH: Final = 0.8


def read_fields(scene: Scene, aims: Sequence[Aim]) -> None:
    """Claim the two numbers behind a label of an expiry that found no date."""
    for aim in aims:
        if aim.kind is Kind.EXPIRY:
            _claim_pair(scene, aim)


def _claim_pair(scene: Scene, aim: Aim) -> None:
    first = _next(scene, aim.end)
    if first and (month := _month_named(scene, aim)) and _reads(scene, _YEAR, first):
        for value in (month, first):
            scene.claim(value, Kind.EXPIRY, _WORTH, "month-and-year")
        return
    second = _next(scene, first.end) if first else None
    if first is None or second is None:
        return
    for month, year in ((first, second), (second, first)):
        if _reads(scene, _MONTH, month) and _reads(scene, _YEAR, year):
            for value in (first, second):
                scene.claim(value, Kind.EXPIRY, _WORTH, "month-and-year")
            return


def _month_named(scene: Scene, aim: Aim) -> Value | None:
    """Return the name of a month that stands between the labels of a month and of a year."""
    named = (word for word in WORD.finditer(scene.text, aim.start, aim.end) if is_month(word[0]))
    word = next(named, None)
    return Value(*word.span(), What.DATE) if word else None


def _next(scene: Scene, at: int) -> Value | None:
    """Return the number behind a place when no more than words that are known lead to it."""
    behind = scene.values_behind(at, _REACH)
    if not behind or not _free_number(scene, behind[0]):
        return None
    return behind[0] if scene.gap(at, behind[0].start) is Gap.TOUCH else None


def _free_number(scene: Scene, value: Value) -> bool:
    return value.what is What.NUMBER and value.lone and scene.free(value)


def _reads(scene: Scene, pattern: re.Pattern[str], value: Value) -> bool:
    return bool(pattern.fullmatch(scene.text, value.start, value.end))
