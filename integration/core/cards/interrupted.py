"""Card numbers with words between their groups: `4111 1111 and then 1111 1111`.

Sixteen digits in fours, of a telling issuer, near a word for a card: nothing less would do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.cards.issuers import issuer_of
from integration.core.cards.judge import Candidate, judged
from integration.core.cards.luhn import is_valid
from integration.core.cards.reasons import CARD_WORD, INTERRUPTED
from integration.core.text.lazy import lazy
from integration.core.words.index import WORD
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_GROUPS_OF_A_CARD: Final = 4
_FAR: Final = 200
"""How far before the number a card may be spoken of where words stand in every gap."""
# In the classes: three times a gap of blanks, marks and letters, and four more digits.
_GROUPS = lazy(rb"0000(?=((?:[ xo]{1,24}0000){3})(?!0))")
_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)


def interrupted(reading: Reading, first: int, last: int) -> list[Hit]:
    """Return the card numbers that words interrupt, given the first and the last digit."""
    groups = reading.classes.count(b"0000", first, last + 1)
    return list(_interrupted(reading, first, last + 1)) if groups >= _GROUPS_OF_A_CARD else []


def may_be_interrupted(classes: bytes) -> bool:
    """Return whether there are groups enough so near each other, by their classes."""
    return classes.count(b"0000") >= _GROUPS_OF_A_CARD and _GROUPS.search(classes) is not None


def _interrupted(reading: Reading, first: int, end: int) -> Iterator[Hit]:
    for match in _GROUPS.finditer(reading.classes, first, end):
        if not match[1].translate(None, b"0 "):
            continue  # no word stands there
        number = _candidate(reading, match.start(), match.end(1))
        if not number:
            continue
        hit = judged(reading, number, ())
        if not (hit and CARD_WORD.why in hit.why) and (
            _names_its_brand(reading, number) or _is_told(reading, match)
        ):
            hit = judged(reading, number, (CARD_WORD,))
        if hit and CARD_WORD.why in hit.why:
            yield hit


def _names_its_brand(reading: Reading, number: Candidate) -> bool:
    """Return whether the brand of a number is named before it; Discover is another word too."""
    before = reading.window(number.start - _FAR, number.start).text
    return number.issuer is not None and number.issuer.brand in WORD.findall(before)


def _is_told(reading: Reading, match: re.Match[bytes]) -> bool:
    """Return whether words stand in every gap, none of them money, and a card was spoken of."""
    if not all(gap.strip() for gap in match[1].split(b"0000")[:-1]):
        return False
    before = reading.window(match.start() - _FAR, match.start()).text
    said = reading.window(match.start(), match.end(1)).text
    return _holds(before, Label.CARD) and not _holds(said, Label.MONEY)


def _holds(words: str, label: Label) -> bool:
    return any(found.label is label for found in labels_in(words))


def _candidate(reading: Reading, start: int, end: int) -> Candidate | None:
    written = reading.folded[start:end]
    digits = written.translate(None, _NOT_DIGITS)
    issuer = issuer_of(digits)
    if issuer is None or issuer.weak or not is_valid(digits) or b"\x00" in written:
        return None
    if b"0" in reading.classes[max(start - 1, 0) : start]:
        return None
    return Candidate(start, end, digits, issuer, INTERRUPTED, [], checked=True)
