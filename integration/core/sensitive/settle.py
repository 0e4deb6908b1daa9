"""Which of the dates near a card are none of its own: until 15.12, dated January 30.

A word like `date` or `until` makes a date an expiry only when it stands beside the card, and only
when nothing surer is the expiry of that card.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.dates import Form
from integration.core.sensitive.scene import Gap
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Aim, Claim, Scene

_BESIDE: Final = 60
"""Characters between a card and a date that may be another date."""
_TOUCHING: Final = 24
_DAY = r"(?<![0-9./-])[0-9]{1,2}[.-][0-9]{1,2}\.?"
_RANGE = lazy(rf"{_DAY}(?: - |-| [^\W\d_]{{1,6}} ){_DAY}(?![0-9])")


def settle(scene: Scene) -> None:
    """Give up the dates that labels have claimed and that are not those of a card."""
    _set_ranges_aside(scene)
    cards = scene.cards
    dates = [value for value in scene.values if _is_expiry(scene, value)]
    of_card: defaultdict[int, list[Value]] = defaultdict(list)
    for value in dates:
        of_card[_owner(cards, value).start].append(value)
    claims = dict(scene.claims)
    for value in dates:
        claim, beside = claims[value.start], _beside(scene, cards, value)
        if claim.by is None or claim.why[-1:] == ("one-more",) or _names_card(scene, claim.by):
            continue
        others = [other for other in of_card[_owner(cards, value).start] if other is not value]
        surer = any(claims[other.start].worth > claim.worth for other in others)
        nearer = any(_beside(scene, cards, other) for other in others)
        short, light = value.form is Form.SHORT, not claim.by.sure
        another = (light and (surer or short)) or (nearer and short)
        day = value.form is Form.OTHER and _has_one_behind(scene, _owner(cards, value))
        before = light and _is_before_another(scene, cards, value)
        if day or (another and not beside) or before:
            del scene.claims[value.start]


def _is_expiry(scene: Scene, value: Value) -> bool:
    claim = scene.claims.get(value.start)
    return claim is not None and claim.kind is Kind.EXPIRY


def _names_card(scene: Scene, label: Aim) -> bool:
    """Return whether a word for a card stands right before a label: the date of my card."""
    before = scene.labels_between(label.start - _TOUCHING, label.start)
    return any(found.label is Label.CARD for found in before)


def _set_ranges_aside(scene: Scene) -> None:
    """Set aside the days of a range: from 6.10 to 15.12."""
    for days in _RANGE.finditer(scene.text):
        for value in scene.values_behind(days.start(), days.end() - days.start() - 1):
            claim = scene.claims.get(value.start)
            if claim is None or (claim.by and not claim.by.sure):
                scene.claims.pop(value.start, None)
                scene.foreign.add(value.start)


def _is_before_another(scene: Scene, cards: list[Value], value: Value) -> bool:
    """Return whether a date stands before a card that has another one right behind it."""
    card = next((card for card in cards if value.end <= card.start), None)
    return card is not None and _has_one_behind(scene, card)


def _has_one_behind(scene: Scene, card: Value) -> bool:
    """Return whether a month of a year stands right behind a card, and nothing has claimed it."""
    behind = scene.values_behind(card.end, _TOUCHING)
    return (
        bool(behind)
        and behind[0].form in (Form.CLEAR, Form.SHORT)
        and scene.free(behind[0])
        and scene.gap(card.end, behind[0].start) is Gap.TOUCH
    )


def _owner(cards: list[Value], value: Value) -> Value:
    """Return the card before a value, or the first."""
    return next((card for card in reversed(cards) if card.end <= value.start), cards[0])


def _beside(scene: Scene, cards: list[Value], value: Value) -> bool:
    """Return whether a card stands near, or touches a code that was found."""
    codes = [claim for claim in scene.claims.values() if claim.kind is Kind.CVV]
    return any(_apart(card, value) <= _BESIDE for card in cards) or any(
        _apart(code, value) <= _TOUCHING for code in codes
    )


def _apart(one: Value | Claim, other: Value) -> int:
    return max(one.start - other.end, other.start - one.end)
