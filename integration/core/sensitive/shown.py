"""Security codes told by where they stand on the card: on the back of my card it says 538.

No word names the code here. So three digits count that stand in one sentence with the side of the
card, where a word leads to them or the side is named right beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.sensitive.codes import Value, is_code
from integration.core.sensitive.endings import is_ending
from integration.core.sensitive.others import FOREIGN
from integration.core.sensitive.scene import Gap, Scene
from integration.core.sensitive.things import is_of_a_thing
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.counted import DIGITS, LINK, PLACE, SIDE, part_of
from integration.core.words.index import WORD
from integration.core.words.naming import says_card
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REACH: Final = 60
"""Characters of its sentence before and behind a number that are read."""
_BOUNDARY = lazy(r"[.!?;]+\s+|[\r\n]+|[0-9]")
_BACK: Final = "back"
_THE_BACK = lazy(r"the back|.{0,4}back (?:of|side)")
"""Not what goes back to a card."""
_MOST_BETWEEN: Final = 3
"""Words between the side and the card: back of my new card."""
_WORTH: Final = 0.55
_WORTH_OF_A_SIDE: Final = 0.45
"""Where nothing else says that it is a card: told, and not removed."""


class _Word(NamedTuple):
    start: int
    end: int
    part: int
    card: bool


def read_shown(scene: Scene) -> None:
    """Claim the three digits of which a sentence says where on the card they stand."""
    for value in scene.values:
        if (
            is_code(value, four=False)
            and _is_open(scene, value)
            and (worth := _worth(scene, value))
        ):
            scene.claim(value, Kind.CVV, worth, "on-the-card")


def _is_open(scene: Scene, value: Value) -> bool:
    """Return whether nobody has claimed a number, or a label of which too little is sure."""
    claim = scene.claims.get(value.start)
    return scene.free(value) or (claim is not None and claim.kind is Kind.CVV and not claim.worth)


def _worth(scene: Scene, value: Value) -> float:
    low, high = _sentence(scene.text, value)
    before = list(_words(scene.text, low, value.start))
    behind = list(_words(scene.text, value.end, high))
    places = [word for word in (*before, *behind) if word.part & PLACE]
    of_card = any(_has_side_of_card(words) for words in (before, behind))
    if not (of_card or _is_led_to(scene, value, places)):
        return 0
    if _is_of_another(scene, value, low, high):
        return 0
    sides = any(place.part & SIDE for place in places)
    counted = any(word.part & DIGITS for word in before)
    if of_card or (sides and (counted or any(word.card for word in (*before, *behind)))):
        return _WORTH
    of_nothing_else = any(_ends_with_a_place(words) for words in (before, behind))
    if counted and of_nothing_else and scene.announced(value.start):
        return _WORTH
    return _WORTH_OF_A_SIDE if sides and scene.announced(value.start) else 0


def _sentence(text: str, value: Value) -> tuple[int, int]:
    """Return the reach of the sentence of a number, up to the next figure on either side."""
    low, high = max(0, value.start - _REACH), value.end + _REACH
    ends = list(_BOUNDARY.finditer(text, low, value.start))
    begins = _BOUNDARY.search(text, value.end, high)
    return ends[-1].end() if ends else low, begins.start() if begins else high


def _words(text: str, low: int, high: int) -> Iterator[_Word]:
    for match in WORD.finditer(text, low, high):
        word = match[0]
        part = (
            0
            if word == _BACK and not _THE_BACK.match(text, max(0, match.start() - 4))
            else part_of(word)
        )
        yield _Word(*match.span(), part, says_card(word))


def _is_led_to(scene: Scene, value: Value, places: Sequence[_Word]) -> bool:
    """Return whether a colon or a word like `says` leads to a number, or its place is beside it."""
    return scene.announced(value.start) or any(
        scene.gap(min(place.end, value.end), max(place.start, value.start)) is Gap.TOUCH
        for place in places
    )


def _has_side_of_card(words: Sequence[_Word]) -> bool:
    """Return whether a word for a card follows one for a side: the back of my new card."""
    return any(
        word.part & PLACE and any(each.card for each in words[at + 1 : at + 2 + _MOST_BETWEEN])
        for at, word in enumerate(words)
    )


def _ends_with_a_place(words: Sequence[_Word]) -> bool:
    """Return whether no other word follows one for a side: not the back of the box."""
    return any(
        word.part & PLACE and all(each.part & LINK for each in words[at + 1 :])
        for at, word in enumerate(words)
    )


def _is_of_another(scene: Scene, value: Value, low: int, high: int) -> bool:
    """Return whether the sentence speaks of something else, or only of the end of a number."""
    labels = (*scene.labels_between(low, high), *scene.context_between(low, high))
    return (
        any(found.label in FOREIGN or found.label is Label.OTHER_PIN for found in labels)
        or is_ending(scene, value)
        or is_of_a_thing(scene, value)
    )
