"""What travels with a card number: security code, expiry, PIN.

Three or four digits mean nothing alone: they need their label, or a card number right beside them.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.sensitive.alone import LONGEST, NEAR, alone
from integration.core.sensitive.codes import ends_a_sum
from integration.core.sensitive.fields import read_fields
from integration.core.sensitive.layout import read_labels
from integration.core.sensitive.place import Places
from integration.core.sensitive.remains import Remains
from integration.core.sensitive.rows import read_rows
from integration.core.sensitive.scene import Gap, Scene
from integration.core.sensitive.settle import settle
from integration.core.sensitive.story import read_story
from integration.core.sensitive.stretch import Stretch, stretches, whole_cards
from integration.core.sensitive.strip import read_strip
from integration.core.spans import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.sensitive.scene import Aim
    from integration.core.text.reading import Reading

_LABELS_BEFORE: Final = 100
_LABELS_BEHIND: Final = 40
_CARDS: Final = frozenset({Kind.PAN, Kind.TRACK})
_LEFT_OVER: Final = 0.6
_LEFT_OVER_REACH: Final = 150


def beside(reading: Reading, found: Sequence[Hit]) -> list[Hit]:
    """Return codes, dates and PINs that their labels or the cards beside them give away."""
    cards = [hit for hit in found if hit.kind in _CARDS]
    clusters = list(_clusters(cards))
    hits = alone(reading, [(cluster[0].start, cluster[-1].end) for cluster in clusters])
    for cluster in clusters:
        start, end, inside = whole_cards(cards, *_reach(reading, cluster))
        if _holds_more(reading, start, end, inside):
            for stretch in stretches(reading, start, end, inside):
                hits += _hits(stretch, inside)
    return hits


def _reach(reading: Reading, cards: Sequence[Hit]) -> tuple[int, int]:
    """Return the range around cards that holds the numbers near them and their labels."""
    start, end = cards[0].start, cards[-1].end
    first = reading.classes.find(b"0", max(0, start - NEAR), start)
    last = reading.classes.rfind(b"0", end, end + NEAR)
    low = (start if first < 0 else first) - _LABELS_BEFORE
    return max(0, low), max(end, last) + _LABELS_BEHIND


def _clusters(cards: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Yield cards that are near each other together, as many as are read as one."""
    if not cards:
        return
    cluster = [cards[0]]
    for card, then in pairwise(cards):
        if then.start - card.end > NEAR or then.end - cluster[0].start > LONGEST:
            yield cluster
            cluster = []
        cluster.append(then)
    yield cluster


def _holds_more(reading: Reading, start: int, end: int, cards: Sequence[Hit]) -> bool:
    """Return whether there are digits near the cards that are not their own."""
    own = sum(reading.classes.count(b"0", card.start, card.end) for card in cards)
    return reading.classes.count(b"0", start, end) > own


def _hits(stretch: Stretch, cards: Sequence[Hit]) -> Iterator[Hit]:
    scene = Scene(stretch.text, stretch.four_digit_cards)
    left = read_labels(scene)
    read_fields(scene, left)
    read_rows(scene)
    read_strip(scene)
    settle(scene)
    places = Places(scene) if any(card.kind is Kind.PAN for card in cards) else None
    if places:
        places.read()
    _left_over(scene, left)
    if places:
        Remains(scene, places).read()
    read_story(scene)
    for claim in scene.claims.values():
        if span := stretch.place(claim.start, claim.end):
            # Nothing is surer than the card that it belongs to.
            worth = min(claim.worth, _nearest(cards, *span).confidence)
            yield Hit(*span, claim.kind, worth, claim.why)


def _left_over(scene: Scene, aims: Sequence[Aim]) -> None:
    """Give the labels that found no value the first one further on that fits."""
    taken = {claim.kind for claim in scene.claims.values()}
    for aim in aims:
        if not aim.sure or aim.kind in taken:
            continue
        for value in scene.values_behind(aim.end, _LEFT_OVER_REACH):
            fits = scene.fits(aim, value) and not ends_a_sum(scene.text, value)
            if fits and scene.gap(aim.end, value.start) is not Gap.APART:
                scene.claim(value, aim.kind, _LEFT_OVER, "further-off", aim)
                taken.add(aim.kind)
                break


def _nearest(cards: Sequence[Hit], start: int, end: int) -> Hit:
    at = bisect_left(cards, start, key=attrgetter("start"))
    return min(
        cards[max(at - 1, 0) : at + 1],
        key=lambda card: max(card.start - end, start - card.end),
    )
