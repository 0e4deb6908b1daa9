"""The last digits of a card, which may be told: ending 4402, slutter på 4402, last four 4402."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import What
from integration.core.sensitive.dates import Form
from integration.core.text.lazy import lazy
from integration.core.words.counted import FOUR, LAST, PLACE, THREE, part_of
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, any_of, listed, with_gaps

if TYPE_CHECKING:
    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Scene

_REACH: Final = 50
_LINE_ENDS = lazy(r"[.!?;]\s|[\r\n]")
_SPEAKER = lazy(r"[ \t>*-]*(?:[^\W\d][^\n:]{0,24}: ?)?")
_LONGEST_QUESTION: Final = 120
_MASKED = lazy(r"(?:[*\xb7#]{2,}|\bx{2,}|\bx{4}[ -])[ .-]?\Z")
_BOLD = lazy(r"(?<!\*)\*\*[^\s*][^*\n]{0,48}\*\*[ ]?\Z")
"""A label in Markdown: `**CVV:** 123`."""
_WORDS_OF_A_COUNT: Final = 16
_FOUR_DIGITS: Final = 4
_FEW_DIGITS: Final = 5


def set_endings_aside(scene: Scene) -> None:
    """Set aside the numbers that are no more than the end of a card number."""
    for value in scene.values:
        short = value.digits <= _FEW_DIGITS and (
            value.what is What.NUMBER or value.form is Form.OTHER
        )
        if (short and is_ending(scene, value)) or (value.four and _is_masked(scene, value)):
            scene.foreign.add(value.start)


def is_ending(scene: Scene, value: Value) -> bool:
    """Return whether words before a number say that it is the end of another."""
    if _is_masked(scene, value):
        return True
    before = _before(scene.text, value.start)
    parts = [part_of(word) for word in WORD.findall(before)[-_WORDS_OF_A_COUNT:]]
    four, on_a_side = value.end - value.start == _FOUR_DIGITS, any(part & PLACE for part in parts)
    if _ends().search(before):
        return four or not on_a_side  # a code stands there: on the strip it ends in 123
    if not four or on_a_side:
        return False
    return any(part & LAST for part in parts) and any(
        part & FOUR and not part & THREE for part in parts
    )


def _is_masked(scene: Scene, value: Value) -> bool:
    """Return whether stars stand for what a number is the end of."""
    before = _before(scene.text, value.start)
    masked = None if _BOLD.search(before) else _MASKED.search(before)
    return masked is not None and not _is_emphasis(scene.text, masked[0], value.end)


def _is_emphasis(text: str, marks: str, end: int) -> bool:
    """Return whether marks before a number stand behind it too: **477**."""
    return marks.strip("*") == "" and text.startswith(marks, end)


def _before(text: str, at: int) -> str:
    """Return the words of the sentence before a number; of the question that it answers alone."""
    before = text[max(0, at - _REACH) : at]
    if ends := list(_LINE_ENDS.finditer(before)):
        before = before[ends[-1].end() :]
    line = at - len(before) - 1
    if text[max(line, 0) : line + 1] != "\n" or not _SPEAKER.fullmatch(before):
        return before
    return text[max(text.rfind("\n", 0, line) + 1, line - _LONGEST_QUESTION) : line]


@cache
def _ends() -> re.Pattern[str]:
    said = listed(Listed.AT_AN_END)
    stems = with_gaps(said)
    return re.compile(
        rf"(?:\b(?:{any_of(stems)})[^\W\d]{{0,8}}(?:[ :\"'*.#-]{{1,4}}[^\W\d]{{1,8}}){{0,2}}"
        rf"|(?:{any_of(said - stems)})\w{{0,2}})[^\w\n]{{0,8}}\Z"
    )
