"""How sure the claim of a label is where no card number stands: a code, a PIN, a date."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.scene import AIMS, Gap, Scene
from integration.core.sensitive.story import of_another, speaks_of_another
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.bits import telling_hint
from integration.core.words.counted import LAST, PLACE, THREE, counts, part_of
from integration.core.words.index import FIRST_UNPARTED, WORD
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.naming import says_card
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.sensitive.scene import Aim, Claim
    from integration.core.sensitive.stretch import Stretch

REACH_BEFORE: Final = 110
"""Characters before a number that its label may stand in."""
_LONGEST_BARE_PIN: Final = 4
_LONGEST_BARE_LABEL: Final = 10
"""Letters of `pin code` and the like."""
_SHORT_CLAUSE: Final = 24
_WORTH_OF_HINT: Final = 0.6
_WORTH_OF_THREE: Final = 0.55
_WORTH_OF_ANOTHER: Final = 0.45
"""Of what may as well be of something else: told, and not removed."""
_CODE: Final = 3
_CARDS: Final = frozenset({Label.CARD, Label.OTHER_CARD})
_NUMBERED: Final = frozenset({Label.OTHER_NUMBER, Label.REFERENCE})
_NUMBER_BEFORE: Final = lazy(
    r"(?<![\d.-])\d[\d. -]{4,18}\d[ \t\n>]{0,60}\D{0,24}(?:\d{1,2}:\d\d\D{1,24})?\Z"
)
"""A number before a label, and perhaps the clock of the next line; padded, and quoted."""
_SENTENCE_ENDS: Final = lazy(r"[.!?][ \n]")
_NEXT: Final = 4
"""Characters between the name of a card and its number."""
_SHORTEST_PHRASE: Final = 9
_SHORTEST_UNPARTED: Final = 3
_WORTH: Final = {Kind.CVV: 0.8, Kind.PIN: 0.6, Kind.EXPIRY: 0.7}
_YEAR_AS_READ = lazy(r"(?:19|20)[0-9]{2}")
_CLAUSE: Final = 40
_LONGEST_ACRONYM: Final = 4
_ACRONYM: Final = "PIN"
"""So it is seldom written of connectors."""
_AMBIGUOUS: Final = frozenset({"pin", "cvc"})
_BEFORE_A_LABEL: Final = frozenset({*AIMS, Label.CARD, Label.LINK})
_VERBS: Final = frozenset({"use", "used", "using", "from", "to", "on", "at", "with"})
_WORD = lazy(r"[^\W\d_]")
_WORD_BEHIND = lazy(r" {1,16}[^\W\d_]")
_WORD_BEFORE = lazy(r"[^\W\d_] {1,2}\Z")
_ENDS = lazy(r"[ \t\xa0]{0,12}(?:\Z|[^\w \t\xa0])")


def worth_of(scene: Scene, stretch: Stretch, claim: Claim, by: Aim) -> float:
    """Return how sure the claim of a label is that stands near no card number; 0 when it is not."""
    if claim.kind is Kind.PIN and by.sure and of_another(scene, by):
        return 0
    if _begins_a_card(scene, claim, by):
        return 0
    written = stretch.written(by.start, by.end)
    if _clear(scene, claim, by) and (written == _ACRONYM or not _may_be_a_name(scene, claim, by)):
        named = scene.names_card(claim) or _beside_code(scene, claim)
        return _worth(scene, claim, by, named=named)
    return 0


def _clear(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether label and number stand together, or in one short clause that ends there."""
    if _YEAR_AS_READ.fullmatch(scene.text, claim.start, claim.end):
        told = _is().fullmatch(scene.text, by.end, claim.start)
        return bool(told and not _WORD_BEHIND.match(scene.rest, claim.end))
    if claim.direct:
        return True
    if by.sure and scene.announced(claim.start) and _ENDS.match(scene.rest, claim.end):
        return True
    if not _ENDS.match(scene.text, claim.end):
        return False
    short = claim.kind is Kind.PIN and claim.start - by.end <= _SHORT_CLAUSE
    return short or scene.announced(claim.start)


@cache
def _is() -> re.Pattern[str]:
    """What may stand between a PIN and a number that reads as a year, which it is not."""
    words = any_of(listed(Listed.IS))
    return re.compile(rf"(?:[\s:=\"'(]|(?<!\w)(?:{words})(?!\w))+")


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
    label = scene.text[by.start : by.end]
    if between == "-" and len(label) <= _LONGEST_ACRONYM:  # the control unit CVC-210
        return bool(
            _WORD_BEHIND.match(scene.rest, claim.end)
            or _WORD_BEFORE.search(scene.rest, max(0, by.start - 3), by.start)
        )
    if label not in _AMBIGUOUS:
        return False
    if claim.end < by.start:  # 120 CVC word cards
        return bool(_WORD_BEHIND.match(scene.rest, by.end))
    return (
        between == " "
        and not any(
            found.end == by.start - 1
            and found.label in _BEFORE_A_LABEL
            and scene.text[found.start : found.end] not in _VERBS
            for found in scene.labels_between(by.start - REACH_BEFORE, by.start)
        )
        and bool(
            _WORD_BEHIND.match(scene.rest, claim.end) or _part_of().match(scene.text, claim.end)
        )
    )


@cache
def _part_of() -> re.Pattern[str]:
    return re.compile(rf" (?:{any_of(listed(Listed.FROM))}) ")


def _worth(scene: Scene, claim: Claim, by: Aim, *, named: bool) -> float:
    """Return how sure a code, PIN or date is without a card number; 0 when it is not."""
    if not named and claim.kind is Kind.EXPIRY:
        return 0
    if _is_postal_code(scene, claim, by) and (not named or _is_of_an_address(scene, claim)):
        return 0
    if claim.kind is Kind.PIN and (
        speaks_of_another(scene) or _is_of_another_card(scene, by) or _is_of_a_booking(scene, by)
    ):
        return _WORTH_OF_ANOTHER
    if claim.kind is Kind.CVV and not named and _is_hyphened(scene, claim, by):
        return _WORTH_OF_ANOTHER
    if by.sure or claim.kind is Kind.PIN:
        return _WORTH[claim.kind]
    return _worth_of_hint(scene, claim, by, named=named)


def _is_of_another_card(scene: Scene, by: Aim) -> bool:
    """Return whether the last card that is named before a label is a gift card or the like."""
    named = [
        found.label
        for found in scene.labels_between(by.start - REACH_BEFORE, by.start)
        if found.label in _CARDS
    ]
    return named[-1:] == [Label.OTHER_CARD]


def _is_of_a_booking(scene: Scene, by: Aim) -> bool:
    """Return whether a number that is named otherwise stands right before: booking 22039, PIN."""
    number = _NUMBER_BEFORE.search(scene.text, max(0, by.start - REACH_BEFORE), by.start)
    if not number:
        return False
    named = [
        found.label
        for found in scene.labels_between(number.start() - _CLAUSE, number.start())
        if found.label is not Label.LINK
    ]
    return not _NUMBERED.isdisjoint(named[-1:])


def _begins_a_card(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether a sentence between a label and its number names a card: `PIN. My card: 41`."""
    if claim.kind is not Kind.PIN or not _SENTENCE_ENDS.search(scene.text, by.end, claim.start):
        return False
    between = scene.labels_between(by.end, claim.start)
    return any(found.label is Label.CARD and found.end > claim.start - _NEXT for found in between)


def _is_hyphened(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether a code may be a model amid words that say nothing of cards."""
    return scene.text[by.end : claim.start] == "-" and bool(_WORD.search(scene.rest))


def _worth_of_hint(scene: Scene, claim: Claim, by: Aim, *, named: bool) -> float:
    if claim.kind is Kind.CVV and named and telling_hint(scene.text[by.start : by.end]):
        return _WORTH_OF_HINT
    if _is_code_of_three(scene, claim, by) or _is_code_of_card(scene, claim, by):
        return _WORTH_OF_THREE
    return 0


def _is_code_of_card(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether `the code on my card`, or `card code`, leads to three digits."""
    if claim.kind is not Kind.CVV or claim.end - claim.start != _CODE or claim.start < by.end:
        return False
    if of_another(scene, by) or scene.gap(by.end, claim.start) is not Gap.TOUCH:
        return False
    before = scene.labels_between(by.start - _SHORT_CLAUSE, by.start)
    return says_card(scene.text[by.end : claim.start]) or any(
        found.label is Label.CARD and scene.gap(found.end, by.start) is Gap.TOUCH
        for found in before
    )


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
    return not listed(Listed.ADDRESS).isdisjoint(WORD.findall(scene.text, low, high))


def _is_postal_code(scene: Scene, claim: Claim, by: Aim) -> bool:
    """Return whether this is no PIN but the PIN code of an Indian address."""
    bare = by.end - by.start <= _LONGEST_BARE_LABEL and scene.text[by.start] < FIRST_UNPARTED
    return claim.kind is Kind.PIN and bare and claim.end - claim.start > _LONGEST_BARE_PIN
