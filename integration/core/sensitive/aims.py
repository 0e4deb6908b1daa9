"""What the labels of a run look for: each kind once, as surely as its surest label says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import Value, What
from integration.core.sensitive.scene import AIMS, Aim, Gap, Scene
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.counted import FOUR, counts
from integration.core.words.index import FIRST_UNPARTED
from integration.core.words.labels import Found
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARD_REACH: Final = 40
"""Characters between a word for a card and one for its code."""
_SHORTEST_FROM_AFAR: Final = 3
"""Letters of a hint that need not touch its value."""
_WITHHELD = lazy(
    r"(?i)(?:[\"'][ \t]{0,2}(?:=>|[:=])[ \t]{0,2}|=)[\"']?(?:"
    r"[\[<(](?:filtered|redacted|masked|hidden|removed|secret|omitted|protected)[\])>]"
    r"|(?:null|none|nil|undefined)(?=[,}\])&\s]|\Z)"
    r"|(?:\*{2,16}|x{3,16}|\u2022{2,16})(?=[\"',&}\n]|\Z))"
)
"""Behind the name of a field whose value a program left out: `"cvv"=>"[FILTERED]"`, `cvv=***&`."""


def aims_of(
    scene: Scene, labels: Sequence[Found], before: Sequence[Value], behind: Sequence[Value]
) -> list[Aim]:
    """Return what the labels between some values and others look for."""
    telling = [
        _as_code(scene, found)
        for found in labels
        if not (_is_far(scene, found, behind) or _WITHHELD.match(scene.text, found.end))
    ]
    return _of(telling, of_card=bool(telling) and _is_behind_a_card(scene, telling[0], before))


def _of(labels: Sequence[Found], *, of_card: bool) -> list[Aim]:
    """Return the same for labels that tell something; `of_card`: they go on behind a card."""
    aims: dict[Kind, Aim] = {}
    for found in labels:
        aim = AIMS.get(found.label)
        if not aim:
            continue
        known = aims.get(aim.kind)
        start = known.start if known else found.start
        sure = aim.sure or bool(known and known.sure)
        aims[aim.kind] = Aim(aim.kind, sure, start, found.end)
    code = aims.get(Kind.CVV)
    if code and not code.sure:
        if Kind.PIN in aims:
            del aims[Kind.CVV]  # the code is the PIN
        elif of_card or any(_is_of_a_card(found, code) for found in labels):
            aims[Kind.PIN] = code._replace(kind=Kind.PIN, of_card=True)
    return list(aims.values())


def _as_code(scene: Scene, found: Found) -> Found:
    """Return a label; one for a code of four digits as what it is on a card that has such codes."""
    if (
        scene.four
        and found.label is Label.PIN
        and counts(scene.text[found.start : found.end], FOUR)
    ):
        return found._replace(label=Label.SECURITY_CODE)
    return found


def _is_of_a_card(found: Found, code: Aim) -> bool:
    """Return whether a word for a card stands so near a code that it may be the card's."""
    near = max(code.start - found.end, found.start - code.end) <= _CARD_REACH
    return found.label is Label.CARD and near


def _is_behind_a_card(scene: Scene, found: Found, before: Sequence[Value]) -> bool:
    """Return whether a label goes on right behind a card: `4111 ... and the code is 2083`."""
    if not before or before[-1].what is not What.CARD:
        return False
    return scene.gap(before[-1].end, found.start) is Gap.TOUCH


def _is_far(scene: Scene, found: Found, values: Sequence[Value]) -> bool:
    """Return whether no value touches a word so short that other languages have it, too: do."""
    is_short = found.end - found.start < _SHORTEST_FROM_AFAR
    is_parted = scene.text[found.start] < FIRST_UNPARTED
    if not (is_short and is_parted and found.label is Label.EXPIRY_HINT):
        return False
    return not values or scene.gap(found.end, values[0].start) is not Gap.TOUCH
