"""Numbers of things that have no label: a street and its house, a room, an extension, an age."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import What, ends_a_sum
from integration.core.sensitive.others import FOREIGN
from integration.core.text.lazy import lazy
from integration.core.words.counted import FOUR, PLACE, THREE, part_of
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, any_of, listed, with_gaps
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Scene
    from integration.core.words.labels import Found

_PROGRAMS: Final = frozenset(
    {"firefox", "chrome", "chromium", "safari", "edge", "android", "ios", "windows", "macos"}
)
"""What has a version: Chrome 118."""
_FIELDS: Final = frozenset({"version"})
"""What the name of a field ends in: messageVersion."""
_DAYS = lazy(
    r"[ \xa0](?:(?:business|working|calendar|banking) )?(?:days?|weeks?|hours?|minutes?)(?![^\W_])"
    r"|[ \xa0](?:[^\W\d_]{0,9}(?:dager|dagar|dage|dagen|tage|tagen|werktage)|jours|dias|giorni|dni)"
    r"(?![^\W_])"
)
"""Behind how long something takes: 7-10 business days."""
_FIELD = lazy(
    r"[ \t>]*(?:x|rt|content|mime|message|in-reply|return|reply|list|dkim|arc|received|delivered"
    r"|auto|thread|user|cache|accept|authentication)-[a-z-]+:"
)
"""A field of the head of a mail or a request (RFC 5322, RFC 9110): `Content-Length: 711`."""
_LONGEST_ON: Final = 14
_SECONDS = lazy(r"[ tT](?!00:00:00|23:59:59)[0-9]{2}:[0-9]{2}:[0-9]{2}(?![0-9])")
"""Behind the day on which a machine wrote something; a card is good until midnight."""
_BEGINS_AN_ORDER = lazy(r"(?<![^\W_])[^\W\d_]{1,4}/\Z")
_ENDS_AN_ORDER = lazy(r"-[^\W\d_]{1,3}(?:[0-9]|(?![^\W_]))|/[^\W\d_]{2,6}-[0-9]{5}")
"""Letters that make a number of an order of a date: `PL/05/2024`, `10-22-B7`, `1/2023/HD-08841`."""
_LONGEST_LETTERS: Final = 6
_GOES_ON_AS_HEX = lazy(r"[a-f]{1,6}[0-9][0-9a-f]{4,60}(?![^\W_])")
"""Behind digits with which a token begins."""
_AMID_AN_ORDER = lazy(r"(?<![0-9/.-])[0-9]{4}[a-z]/\Z")
"""Before the last part of such a number: `2025A/447`."""
_OF_A_CARD: Final = frozenset({Label.CARD, Label.CARD_HINT, Label.EXPIRY})
"""What heads the column of a card, without which a table is none of cards."""
_SURELY_OTHER: Final = FOREIGN - {Label.OTHER_NUMBER, Label.REFERENCE}
"""Heads of columns whose numbers are no codes; `Control number` may be one."""
_OF_A_CODE: Final = PLACE | THREE | FOUR
"""Words for the back of a card or for three digits."""
_WORDS_OF_A_HEAD: Final = 3
_REACH: Final = 40
_ENDS_A_HEAD: Final = " \t\n\xa0:."


def is_of_a_thing(scene: Scene, value: Value) -> bool:
    """Return whether what stands beside a number names what has it: room 214, Storgata 118, 129/mo.

    Or makes it the thousands of a sum.
    """
    line = scene.text.rfind("\n", 0, value.start) + 1
    return bool(
        _before().search(scene.text, max(0, value.start - _REACH), value.start)
        or _each().match(scene.text, value.end)
        or _DAYS.match(scene.text, value.end)
        or _FIELD.match(scene.text, line, value.start)
        or _GOES_ON_AS_HEX.match(scene.text, value.end)
        or _AMID_AN_ORDER.search(scene.text, max(0, value.start - _LONGEST_LETTERS), value.start)
        or is_in_its_column(scene, value)
        or is_when_it_took_place(scene, value)
        or (value.what is What.DATE and is_of_an_order(scene, value))
        or ends_a_sum(scene.text, value)
    )


def is_when_it_took_place(scene: Scene, value: Value) -> bool:
    """Return whether a word before a date, or the time behind, says that something took place."""
    if value.what is not What.DATE:
        return False
    before = max(0, value.start - _LONGEST_ON), value.start
    return bool(_on().search(scene.text, *before) or _SECONDS.match(scene.text, value.end))


def is_of_an_order(scene: Scene, value: Value) -> bool:
    """Return whether a date is a part of a number that has letters, and the letters say nothing."""
    before = max(0, value.start - _LONGEST_LETTERS), value.start
    letters = (
        _BEGINS_AN_ORDER.search(scene.text, *before),
        _ENDS_AN_ORDER.match(scene.text, value.end),
    )
    return any(found and not scene.labels_between(*found.span()) for found in letters)


def is_in_its_column(scene: Scene, value: Value) -> bool:
    """Return whether the head of the column that a number is in names another thing: Room."""
    told = scene.columns.head_of(value.start)
    if told is None:
        return False
    head, heads = told
    of_cards = [
        cell for cell in heads if any(each.label in _OF_A_CARD for each in _labels(scene, cell))
    ]
    if not of_cards:
        return False
    words = WORD.findall(scene.text[slice(*head)])
    labels = {found.label for found in _labels(scene, head)}
    of_card = labels - FOREIGN - {Label.LINK} or any(part_of(word) & _OF_A_CODE for word in words)
    if of_card or len(words) > _WORDS_OF_A_HEAD:
        return False
    thing = _before().search(scene.text[slice(*head)].rstrip(_ENDS_A_HEAD))
    # A code stands behind its card, so what stands before it under any name is none.
    return bool(thing or labels & _SURELY_OTHER or (words and head < of_cards[0]))


def is_headed_as_code(scene: Scene, value: Value) -> bool:
    """Return whether the head of the column that a number is in names the code of a card."""
    told = scene.columns.head_of(value.start)
    return told is not None and any(
        found.label is Label.SECURITY_CODE for found in _labels(scene, told[0])
    )


def _labels(scene: Scene, cell: tuple[int, int]) -> Sequence[Found]:
    return scene.labels_between(cell[0], cell[1] - 1)


@cache
def _on() -> re.Pattern[str]:
    """Before the day on which something took place: `my card 4111 ... on 28-02-2025`."""
    words = any_of(listed(Listed.TOOK_PLACE))
    return re.compile(rf"(?<![^\W_])(?:{words}|check(?:ing)?[ -]?(?:in|out))[ \t\xa0]{{1,2}}\Z")


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf" ?/ ?(?:{any_of(listed(Listed.RATES))})(?![^\W_])")


@cache
def _before() -> re.Pattern[str]:
    """Words right before the number, a mark or a word for number between."""
    said = listed(Listed.THINGS)
    things = any_of(with_gaps(said) | _PROGRAMS)
    streets = any_of(listed(Listed.STREETS) | _FIELDS)
    unparted = any_of(said - with_gaps(said))
    return re.compile(
        rf"(?:(?<![^\W_])(?:{things}|[^\W\d_]*(?:{streets}))|(?:{unparted}))"
        r"[\"']?[ \xa0]?[.:#=]?[ \xa0]?[\"'(]?(?:(?:nr|no|num|n|n\xb0|№|#)[.:]?[ \xa0]?)?\Z"
    )
