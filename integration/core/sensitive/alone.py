"""Security codes and PINs that their labels give away where no card number stands.

A text is only read closer around the few short numbers that have the words of such a label near.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.sensitive.layout import read_labels
from integration.core.sensitive.scene import Scene
from integration.core.sensitive.shown import read_shown
from integration.core.sensitive.story import of_another, read_story
from integration.core.sensitive.stretch import stretches
from integration.core.sensitive.worth import REACH_BEFORE, worth_of
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.text.reading import by_writing
from integration.core.words.telling import says_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.sensitive.stretch import Stretch
    from integration.core.text.reading import Reading

NEAR: Final = 250
"""Characters between a card number and what belongs to it."""
REACH_BEHIND: Final = 80
LONGEST: Final = 2000
"""Characters that are read as one, so that a long list costs no more than its length."""
_BEFORE_A_YEAR: Final = 16
_SPREAD: Final = 256
# As digits are written. A first byte that is literal lets the search skip to it.
_LONE = lazy(rb"0(?<!00)(?<!0[.:/-]0)(?<!00 0)0{2,5}(?!0)(?![ .:/-]00|[.,:/-]0)")
_YEAR = lazy(rb"(?:19|20)[0-9]{2}(?![0-9])")
_GROUP_BEFORE = lazy(rb"[0-9](?:[0-9] |[.:/-])\Z")
_GROUP_BEHIND = lazy(rb"[ .:/-][0-9]{2}|[.,:/-][0-9]")


def alone(reading: Reading, cards: Sequence[tuple[int, int]]) -> list[Hit]:
    """Return the codes and PINs that are near no card and whose labels leave no doubt.

    `cards` are the ranges of cards, in order.
    """
    places = places_of_codes(reading, *_lone_runs(reading), cards)
    return [
        hit
        for start, end in (_near_each_other(places) if places else ())
        for stretch in stretches(reading, start - REACH_BEFORE, end + REACH_BEHIND)
        for hit in _hits(stretch)
        if not _is_near(cards, hit.start, hit.end)
        and (hit.kind is Kind.EXPIRY or not _is_group(reading.folded, hit.start, hit.end))
    ]


def _is_near(cards: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(cards, (start, end))
    return any(
        low - NEAR <= start and end <= high + NEAR for low, high in cards[max(0, at - 1) : at + 1]
    )


def _near_each_other(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places, of which there is one at least, those whose surroundings overlap as one."""
    start, end = places[0]
    for low, high in places[1:]:
        if low - end > REACH_BEFORE + REACH_BEHIND or high - start > LONGEST:
            yield start, end
            start = low
        end = high
    yield start, end


def places_of_codes(
    reading: Reading,
    low: int,
    runs: Sequence[tuple[int, int]],
    cards: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """Return the short numbers that have the words of a label near, and no card.

    `runs` are those of the way its digits are written, which begins at `low`.
    """
    folded = reading.folded
    lone = [
        (start, end)
        for start, end in [(low + first, low + last) for first, last in runs]
        if not (_YEAR.match(folded, start) and not _is_led_to(reading, start))
        and not (cards and _is_near(cards, start, end))
    ]
    return [
        place
        for some in _looked_at_together(lone)
        if _says_code(reading, some[0][0], some[-1][1])
        for place in some
        if len(some) == 1 or _says_code(reading, *place)
    ]


def _looked_at_together(
    places: Sequence[tuple[int, int]],
) -> Iterator[Sequence[tuple[int, int]]]:
    """Yield numbers so near each other that most of the words around them are the same."""
    first = 0
    for at, (_, end) in enumerate(places):
        if end - places[first][0] > _SPREAD:
            yield places[first:at]
            first = at
    if places:
        yield places[first:]


def _is_led_to(reading: Reading, start: int) -> bool:
    """Return whether a word for a code stands right before a number that reads as a year."""
    return says_code(reading, start - _BEFORE_A_YEAR, start)


def _says_code(reading: Reading, start: int, end: int) -> bool:
    return says_code(reading, start - REACH_BEFORE, end + REACH_BEHIND)


def lone_runs_of(written: bytes) -> tuple[tuple[int, int], ...]:
    """Return the numbers that may be a code: short ones that are no group of a longer number."""
    return tuple(run.span() for run in _LONE.finditer(written))


_lone_runs: Final = by_writing(lone_runs_of)


def _is_group(folded: bytes, start: int, end: int) -> bool:
    return bool(
        _GROUP_BEFORE.search(folded, max(0, start - 3), start) or _GROUP_BEHIND.match(folded, end)
    )


def _hits(stretch: Stretch) -> Iterator[Hit]:
    scene = Scene(stretch.text)
    read_labels(scene)
    claims = [(claim, claim.by) for claim in scene.claims.values() if claim.by]
    for claim, by, worth in [(each, by, worth_of(scene, stretch, each, by)) for each, by in claims]:
        if not worth and claim.kind is Kind.PIN and not of_another(scene, by):
            del scene.claims[claim.start]  # it may be told all the same
            continue
        named = worth > 0 and scene.names_card(claim)
        why = (*claim.why, "card-word") if named else claim.why
        scene.claims[claim.start] = claim._replace(worth=worth, why=why)
    read_shown(scene)
    read_story(scene)
    for claim in scene.claims.values():
        if claim.worth and (span := stretch.place(claim.start, claim.end)):
            yield Hit(*span, claim.kind, claim.worth, claim.why, alone=True)
