"""Security codes and PINs that their labels give away where no card number stands.

A text is only read closer around the few short numbers that have the words of such a label near.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.sensitive.layout import read_labels
from integration.core.sensitive.scene import AIMS, Gap, Scene
from integration.core.sensitive.story import of_another, read_story
from integration.core.sensitive.stretch import stretches
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.text.reading import by_writing
from integration.core.words.bits import telling_hint
from integration.core.words.counted import LAST, PLACE, THREE, counts, part_of
from integration.core.words.index import FIRST_UNPARTED, WORD
from integration.core.words.telling import says_code
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.sensitive.scene import Aim, Claim
    from integration.core.sensitive.stretch import Stretch
    from integration.core.text.reading import Reading

NEAR: Final = 250
"""Characters between a card number and what belongs to it."""
REACH_BEFORE: Final = 110
REACH_BEHIND: Final = 80
_SPREAD: Final = 256
_LONGEST_BARE_PIN: Final = 4
_LONGEST_BARE_LABEL: Final = 10
"""Letters of `pin code` and the like."""
_SHORT_CLAUSE: Final = 24
_WORTH_OF_HINT: Final = 0.6
_WORTH_OF_THREE: Final = 0.55
_CODE: Final = 3
_SHORTEST_PHRASE: Final = 9
_SHORTEST_UNPARTED: Final = 3
_WORTH: Final = {Kind.CVV: 0.8, Kind.PIN: 0.6, Kind.EXPIRY: 0.7}
# As digits are written. A first byte that is literal lets the search skip to it.
_LONE = lazy(rb"0(?<!00)(?<!0[.:/-]0)(?<!00 0)0{2,5}(?!0)(?![ .:/-]00|[.,:/-]0)")
_YEAR = lazy(rb"(?:19|20)[0-9]{2}(?![0-9])")
_GROUP_BEFORE = lazy(rb"[0-9](?:[0-9] |[.:/-])\Z")
_GROUP_BEHIND = lazy(rb"[ .:/-][0-9]{2}|[.,:/-][0-9]")
_OF_AN_ADDRESS_LISTED: Final = """
address addr landmark area nagar road colony district dist city state locality pata
"""
_OF_AN_ADDRESS: Final = frozenset(_OF_AN_ADDRESS_LISTED.split())
_CLAUSE: Final = 40
_ACRONYM: Final = "PIN"
"""So it is seldom written of connectors."""
_AMBIGUOUS: Final = frozenset({"pin", "cvc"})
_BEFORE_A_LABEL: Final = frozenset({*AIMS, Label.CARD, Label.LINK})
_VERBS: Final = frozenset({"use", "used", "using", "from", "to", "on", "at", "with"})
_PART_OF = lazy(r" (?:from|of|on|to|in|at|fra|von|vom|p[ao]|i|til|av|de|du|van) ")
_WORD_BEHIND = lazy(r" {1,16}[^\W\d_]")
_ENDS = lazy(r"[ \t\xa0]{0,12}(?:\Z|[^\w \t\xa0])")


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
        if low - end > REACH_BEFORE + REACH_BEHIND:
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
        if not _YEAR.match(folded, start) and not (cards and _is_near(cards, start, end))
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
    for claim, by, worth in [
        (each, by, _worth_alone(scene, stretch, each, by)) for each, by in claims
    ]:
        if not worth and claim.kind is Kind.PIN and not of_another(scene, by):
            del scene.claims[claim.start]  # it may be told all the same
            continue
        named = worth > 0 and scene.names_card(claim)
        why = (*claim.why, "card-word") if named else claim.why
        scene.claims[claim.start] = claim._replace(worth=worth, why=why)
    read_story(scene)
    for claim in scene.claims.values():
        if claim.worth and (span := stretch.place(claim.start, claim.end)):
            yield Hit(*span, claim.kind, claim.worth, claim.why, alone=True)


def _worth_alone(scene: Scene, stretch: Stretch, claim: Claim, by: Aim) -> float:
    if claim.kind is Kind.PIN and by.sure and of_another(scene, by):
        return 0
    written = stretch.written(by.start, by.end)
    if _clear(scene, claim, by) and (written == _ACRONYM or not _may_be_a_name(scene, claim, by)):
        named = scene.names_card(claim) or _beside_code(scene, claim)
        return _worth(scene, claim, by, named=named)
    return 0


def _clear(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether label and number stand together, or in one short clause that ends there."""
    if claim.direct:
        return True
    if by.sure and scene.announced(claim.start) and _ENDS.match(scene.rest, claim.end):
        return True
    if not _ENDS.match(scene.text, claim.end):
        return False
    short = claim.kind is Kind.PIN and claim.start - by.end <= _SHORT_CLAUSE
    return short or scene.announced(claim.start)


def _beside_code(scene: Scene, claim: Claim) -> bool:
    """Return whether this is a date whose card has its security code near."""
    return claim.kind is Kind.EXPIRY and any(
        other.kind is Kind.CVV
        and other.direct
        and other.by is not None
        and other.by.sure
        and max(other.start - claim.end, claim.start - other.end) <= REACH_BEFORE
        for other in scene.claims.values()
    )


def _may_be_a_name(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether this may be the name of a part or a firm: pin 4012 from ..., CVC 305 ..."""
    between = scene.text[by.end : claim.start]
    if "#" in between:
        return True
    return (
        scene.text[by.start : by.end] in _AMBIGUOUS
        and between == " "
        and not any(
            found.end == by.start - 1
            and found.label in _BEFORE_A_LABEL
            and scene.text[found.start : found.end] not in _VERBS
            for found in scene.labels_between(by.start - REACH_BEFORE, by.start)
        )
        and bool(_WORD_BEHIND.match(scene.rest, claim.end) or _PART_OF.match(scene.text, claim.end))
    )


def _worth(scene: Scene, claim: Claim, by: Aim, *, named: bool) -> float:
    """Return how sure a code, PIN or date is without a card number; 0 when it is not."""
    if not named and claim.kind is Kind.EXPIRY:
        return 0
    if _is_postal_code(scene, claim, by) and (not named or _is_of_an_address(scene, claim)):
        return 0
    if by.sure or claim.kind is Kind.PIN:
        return _WORTH[claim.kind]
    if claim.kind is Kind.CVV and named and telling_hint(scene.text[by.start : by.end]):
        return _WORTH_OF_HINT
    return _WORTH_OF_THREE if _is_code_of_three(scene, claim, by) else 0


def _is_code_of_three(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether a phrase such as `security code` leads to three digits and to nothing else."""
    phrase = _last_phrase(scene, by)
    return (
        claim.kind is Kind.CVV
        and claim.end - claim.start == _CODE
        and claim.start > by.end
        and _names_code(phrase)
        and (scene.gap(by.end, claim.start) is Gap.TOUCH or counts(phrase, THREE))
        and (claim.direct or scene.announced(claim.start))
        and bool(_ENDS.match(scene.rest, claim.end))
        and not of_another(scene, by)
    )


def _last_phrase(scene: Scene, by: Aim) -> str:
    """Return the words of a label, or of the last of those that one aim stands for."""
    last = scene.labels_between(by.start, by.end - 1)[-1:]
    whole = not last or scene.gap(by.start, last[0].start) is Gap.TOUCH
    return scene.text[by.start if whole else last[0].start : by.end]


def _names_code(phrase: str) -> bool:
    """Return whether a phrase counts three digits, or is long, and says more than last or back."""
    words = WORD.findall(phrase)
    parts = [part_of(word) for word in words]
    if any(part & LAST for part in parts) and not any(part & PLACE for part in parts):
        return False
    shortest = _SHORTEST_UNPARTED if phrase[0] >= FIRST_UNPARTED else _SHORTEST_PHRASE
    side = len(words) == 1 and bool(parts[0] & PLACE)
    return counts(phrase, THREE) or (len(phrase) >= shortest and not side)


def _is_of_an_address(scene: Scene, claim: Claim) -> bool:
    """Return whether words of an address stand near a number."""
    low, high = max(0, claim.start - _CLAUSE), claim.end + _CLAUSE
    return not _OF_AN_ADDRESS.isdisjoint(WORD.findall(scene.text, low, high))


def _is_postal_code(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether this is no PIN but the PIN code of an Indian address."""
    bare = by.end - by.start <= _LONGEST_BARE_LABEL and scene.text[by.start] < FIRST_UNPARTED
    return claim.kind is Kind.PIN and bare and claim.end - claim.start > _LONGEST_BARE_PIN
