"""PINs in the course of a story: the cash machine kept my card, I typed 4956 and it is right.

A word for a PIN and one for a card or a cash machine make every lone group of four digits near
them a PIN. A word for any code does it where a cash machine is named too.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import Value, What, is_pin
from integration.core.sensitive.denied import is_denied
from integration.core.sensitive.endings import is_ending
from integration.core.sensitive.failures import says_why_it_failed
from integration.core.sensitive.others import follows_another
from integration.core.sensitive.scene import AIMS, Gap, Scene
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.naming import says_card
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from integration.core.sensitive.scene import Aim
    from integration.core.words.labels import Found

_HINTS: Final = frozenset({Label.CODE_HINT, Label.PASSWORD})
_OTHERS: Final = frozenset({Label.OTHER_PIN, Label.OTHER_CARD, Label.OTHER_NUMBER})
_OF_ANOTHER: Final = frozenset({Label.OTHER_PIN, Label.OTHER_CARD})
_LIGHT: Final = frozenset({Label.MONEY, Label.REFERENCE})
_TOUCHING: Final = 3
_REACH: Final = 130
"""Characters between a word for a PIN and the number."""
_REACH_OF_A_CARD: Final = 70
_REACH_OF_A_SENTENCE: Final = 60
_REACH_OF_A_QUESTION: Final = 45
_BESIDE: Final = 14
"""Characters between a number and the verb that says it was typed."""
_REACH_OF_OTHERS: Final = 25
_REACH_BEHIND_OF_OTHERS: Final = 15
_REACH_OF_A_TWIN: Final = 8
_LONGEST: Final = 6
_USUAL: Final = 4
_ROUND: Final = "00"
_WORTH: Final = 0.6
_WORTH_OF_A_HINT: Final = 0.55
_WORTH_OF_A_WORD: Final = 0.45
"""Where no card number stands near and nobody says that it was typed: told, and not removed."""
_HOUSE = lazy(r"[^\W\d_] [0-9]{1,3}[a-z]?, \Z")
_FIELD = lazy(r"(?<!\w)(?:[^\W\d_]+_\w+[\"']? ?[:=] ?[\"']?|[a-z]{2,20}=[^\w\n]{0,6})\Z")
_LONGEST_FIELD: Final = 40
_GROUP_BEFORE = lazy(r"(?<![0-9/.-])[0-9]{3,} \Z")
_GROUP_BEHIND = lazy(r" [0-9]{3,}(?![0-9]*[/.-][0-9])")
_BOUNDARY = lazy(r"[.!?;]+\s+|[\r\n]+")


def read_story(scene: Scene) -> None:
    """Claim the numbers of a story of a PIN."""
    secrets = [
        found
        for found in scene.labels
        if (found.label in _HINTS or found.label is Label.PIN)
        and not of_another(scene, found)
        and not is_denied(scene.text, found.start)
    ]
    machine = scene.names_machine
    if not secrets and not machine:
        return
    for value in scene.values:
        if _may_be_told(scene, value) and (told := _told(scene, value, secrets, machine=machine)):
            scene.claim(value, Kind.PIN, *told)


def of_another(scene: Scene, label: Found | Aim) -> bool:
    """Return whether words beside a label say that this PIN is of no card: alarm, SIM, parcel."""
    near = _beside(scene, label)
    if any(found.label is Label.CARD or scene.is_machine(found) for found in near):
        return False
    return any(found.label in _OTHERS for found in near) or _is_meant_again(scene, label)


def speaks_of_another(scene: Scene) -> bool:
    """Return whether all that has a PIN there is no card: a SIM card, an alarm, a locker."""
    if scene.names_machine or _names_card(scene, ()):
        return False
    return not _OF_ANOTHER.isdisjoint(scene.said)


def _is_meant_again(scene: Scene, label: Found | Aim) -> bool:
    """Return whether the word before that speaks of a PIN speaks of another's, and says none."""
    before = [
        found
        for found in scene.labels_between(label.start - _REACH, label.start - 1)
        if found.label is Label.PIN
    ]
    return bool(before) and (
        any(found.label in _OTHERS for found in _beside(scene, before[-1]))
        and not any(map(is_pin, scene.values_behind(before[-1].end, label.start - before[-1].end)))
    )


def _beside(scene: Scene, label: Found | Aim) -> list[Found]:
    """Return the words of its sentence right beside a label."""
    low, high = label.start - _REACH_OF_OTHERS, label.end + _REACH_BEHIND_OF_OTHERS
    near = (*scene.labels_between(low, high), *scene.context_between(low, high))
    return [found for found in near if not _parted(scene, found, label)]


def _parted(scene: Scene, one: Found, other: Found | Aim | Value) -> bool:
    low, high = min(one.end, other.end), max(one.start, other.start)
    return bool(_BOUNDARY.search(scene.text, low, high)) or any(
        low <= value.start < high and not _numbers(one, value)
        for value in scene.values_behind(low, high - low)
    )


def _numbers(label: Found, value: Value) -> bool:
    """Return whether a number is that of the thing before it: the PIN of locker 12."""
    return label.label is Label.OTHER_PIN and 0 <= value.start - label.end <= 1


def _may_be_told(scene: Scene, value: Value) -> bool:
    return (
        is_pin(value)
        and value.end - value.start <= _LONGEST
        and not value.year
        and (scene.free(value) or _is_set_aside_from_afar(scene, value))
        and not is_ending(scene, value)
        and not _is_postcode(scene, value)
        and not _is_sum(scene, value)
        and not _has_a_field(scene, value)
        and not _is_amid_groups(scene, value)
    )


def _is_set_aside_from_afar(scene: Scene, value: Value) -> bool:
    """Return whether a light label that does not touch a number has set it aside: customer."""
    if value.start not in scene.foreign or value.start in scene.claims:
        return False
    before = scene.labels_between(value.start - _REACH_OF_OTHERS, value.start - 1)
    light = [found for found in before if found.label is not Label.LINK]
    return bool(light) and light[-1].label in _LIGHT and value.start - light[-1].end > _TOUCHING


def _is_postcode(scene: Scene, value: Value) -> bool:
    """Return whether the number of a house stands before a number: Frobstraat 8, 3571 XB."""
    return bool(_HOUSE.search(scene.text, max(0, value.start - _REACH_OF_OTHERS), value.start))


def _has_a_field(scene: Scene, value: Value) -> bool:
    """Return whether a name that a machine gives stands before a number: card_last4: 3391."""
    return bool(_FIELD.search(scene.text, max(0, value.start - _LONGEST_FIELD), value.start))


def _is_amid_groups(scene: Scene, value: Value) -> bool:
    """Return whether a number is a group of a longer one: the gift card 7777 1140 2283 9901."""
    if any(value.start - 1 == card.end or value.end + 1 == card.start for card in scene.cards):
        return False
    low = max(0, value.start - _LONGEST)
    return bool(
        _GROUP_BEHIND.match(scene.text, value.end)
        or _GROUP_BEFORE.search(scene.text, low, value.start)
    )


def _is_sum(scene: Scene, value: Value) -> bool:
    near = scene.labels_between(value.start - _BESIDE, value.end + 1)
    return any(
        found.label is Label.MONEY and (found.start >= value.end or value.start - found.end <= 1)
        for found in near
    )


def _told(
    scene: Scene, value: Value, secrets: Sequence[Found], *, machine: bool
) -> tuple[float, str] | None:
    """Return how sure a number is a PIN, and why."""
    near = [found for found in secrets if _near(scene, found, value)]
    pins = [found for found in near if found.label is Label.PIN]
    typed = _is_typed(scene, value, machine=machine)
    if near and (worth := _one_more(scene, value)):
        return worth, "one-more"
    longer = value.end - value.start > _USUAL
    if longer and not (machine and (typed or _any_leads_to(scene, near, value))):
        pins = [found for found in pins if value.end - value.start == _LONGEST]
        return (_WORTH_OF_A_HINT, "told") if _says_pin_of_card(scene, pins, value) else None
    card = machine or _names_card(scene, pins)
    sure = typed or bool(scene.cards)
    if pins and (card or typed or _is_the_answer(scene, value)):
        return _WORTH if sure else _WORTH_OF_A_WORD, "told"
    if machine and (near or (typed and not scene.text[: value.end].endswith(_ROUND))):
        return _WORTH_OF_A_HINT if sure else _WORTH_OF_A_WORD, "cash-machine"
    if _card_is_near(scene, value) and (
        _any_leads_to(scene, near, value)
        or _says_pin_of_card(scene, _passwords_before(near, value), value)
    ):
        return _WORTH_OF_A_HINT if sure else _WORTH_OF_A_WORD, "code-of-card"
    return None


def _passwords_before(near: Sequence[Found], value: Value) -> list[Found]:
    return [found for found in near if found.label is Label.PASSWORD and found.end <= value.start]


def _any_leads_to(scene: Scene, near: Sequence[Found], value: Value) -> bool:
    return any(_leads_to(scene, found, value) for found in near)


def _says_pin_of_card(scene: Scene, secrets: Sequence[Found], value: Value) -> bool:
    """Return whether a secret word stands in the sentence of a number, in a text with a card."""
    return bool(scene.cards) and any(
        not _parted(scene, found, value)
        and max(value.start - found.end, found.start - value.end) <= _REACH_OF_A_SENTENCE
        for found in secrets
    )


def _is_the_answer(scene: Scene, value: Value) -> bool:
    """Return whether a word like `is` leads to the first PIN of a text."""
    return scene.announced(value.start) and not any(
        claim.kind is Kind.PIN for claim in scene.claims.values()
    )


def _one_more(scene: Scene, value: Value) -> float:
    """Return how sure a PIN is that a few words part from a number as long; 0 for none."""
    before = [claim for claim in scene.claims.values() if claim.end <= value.start]
    last = max(before, key=attrgetter("end"), default=None)
    if last is None or last.kind is not Kind.PIN:
        return 0
    between = scene.text[last.end : value.start]
    reach = _REACH_OF_A_TWIN if last.by else _REACH_OF_OTHERS
    alike = last.end - last.start == value.end - value.start and len(between) <= reach
    return min(_WORTH, last.worth) if alike and not _BOUNDARY.search(between) else 0


def _names_card(scene: Scene, pins: Iterable[Found]) -> bool:
    if Label.CARD in scene.said or scene.cards:
        return True
    return any(says_card(scene.text[pin.start : pin.end]) for pin in pins)


def _card_is_near(scene: Scene, value: Value) -> bool:
    """Return whether a card or a word for it stands near a number."""
    near = scene.values_behind(value.start - _REACH, 2 * _REACH)
    return scene.names_card(value) or any(
        other.what is What.CARD
        and max(other.start - value.end, value.start - other.end) <= _REACH_OF_A_CARD
        for other in near
    )


def _near(scene: Scene, found: Found, value: Value) -> bool:
    """Return whether a label stands in the sentence of a number, or in the one beside it."""
    low, high = min(found.end, value.end), max(found.start, value.start)
    return high - low <= _REACH and len(_BOUNDARY.findall(scene.text, low, high)) <= 1


def _is_typed(scene: Scene, value: Value, *, machine: bool) -> bool:
    """Return whether a word for typing stands beside a number, or before it where a machine is."""
    reach = _REACH_OF_A_QUESTION if machine else _BESIDE
    return any(
        (
            found.label is Label.TYPED
            and -_BESIDE <= value.start - found.end <= reach
            and not scene.values_behind(found.end, value.start - found.end - 1)
        )
        or (found.label is Label.TYPED and 0 <= found.start - value.end <= _BESIDE)
        for found in scene.context_between(value.start - 2 * reach, value.end + _BESIDE)
    )


def _leads_to(scene: Scene, found: Found, value: Value) -> bool:
    """Return whether no more than links part a word for a code from the number behind it."""
    if found.end > value.start or any(
        other.start < value.start for other in scene.values_behind(found.end, _REACH)
    ):
        return False
    gap = scene.gap(found.end, value.start)
    announced = value.start - found.end <= _REACH_OF_OTHERS and scene.announced(value.start)
    if gap is Gap.APART or (gap is Gap.WORDS and not announced):
        return False
    aim = AIMS[found.label]._replace(start=found.start, end=found.end)
    return not (
        "\n" in scene.text[found.end : value.start]
        or says_why_it_failed(scene, aim)
        or (found.label is Label.CODE_HINT and follows_another(scene, aim))
    )
