"""Card numbers with words between their groups: `4111 1111 and then 1111 1111`.

Sixteen digits in fours, of a telling issuer, near a word for a card: nothing less would do. The
halves may stand the other way round: `the last eight are 1111 1111, the first 4111 1111`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.cards.candidate import Candidate
from integration.core.cards.issuers import issuer_of
from integration.core.cards.judge import judged
from integration.core.cards.luhn import is_valid
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.cards.published import is_repeating
from integration.core.cards.reasons import CARD_WORD, INTERRUPTED, LABEL, LIGHT_LABEL
from integration.core.text.lazy import lazy
from integration.core.words.correcting import tells_of_parts
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, listed
from integration.core.words.naming import names_any, names_no_other, speaks_of_card
from integration.core.words.parts import Part, parts_told
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_GROUPS_OF_A_CARD: Final = 4
_HALF: Final = 8
_NEAR: Final = 40
"""How far before the number no other may be named where a card is spoken of among its groups."""
_BEFORE_PARTS: Final = 80
"""How far before it parts may be spoken of."""
_FAR: Final = 200
"""How far before the number a card may be spoken of where words stand in every gap."""
# In the classes: three times a gap of blanks, marks and letters, and four more digits. The most is
# said in the middle. A digit alone counts: `next 4`, `2nd`.
_SAID = rb"(?:[ xo]|(?<!0)0(?!0))"
_GROUPS = lazy(
    rb"(?<!0)0000(?=((%b{0,24})0000(%b{1,48})0000(%b{0,24})0000)(?!0))" % (_SAID, _SAID, _SAID)
)
_GAPS: Final = (2, 3, 4)
"""What stands between the groups, by its number in `_GROUPS`."""
_GROUP_BEFORE: Final = lazy(rb"[0-9]{4} \Z")
_OF_AN_ID: Final = lazy(rb"(?<![0-9A-Za-z])[A-Za-z]{1,3}-\Z")
"""Before the digits of an identifier: tx-51856109."""
_MASKED: Final = lazy(r"(?i)(?:[0-9][ -]?x{3}|x{3}[ -]?[0-9])|[*#\u2022\u00b7]{3}")
"""Digits that somebody else has masked between: they are of several numbers."""
_BRACKETS: Final = lazy(r"\s*[(\[]([^()\[\]\n]{3,30})[)\]]\s*")
_THEN: Final = lazy(r",? (?:[^\W\d_]{1,8} ){1,2}")
_MOST_OF_A_NAME: Final = 3
"""Words, with what it counts: `block one`, `1. blokk`."""
_GROUP: Final = 4
_HALVES: Final = 2
_DAY = lazy(rb"20[1-4][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
"""A date without marks, which is no half of a number."""
_NOT_LETTERS = bytes(byte for byte in range(256) if byte not in b"xo")


def interrupted(reading: Reading, first: int, last: int) -> list[Hit]:
    """Return the card numbers that words interrupt, given the first and the last digit."""
    groups = reading.classes.count(b"0000", first, last + 1)
    return list(_interrupted(reading, first, last + 1)) if groups >= _GROUPS_OF_A_CARD else []


def may_be_interrupted(classes: bytes) -> bool:
    """Return whether there are groups enough so near each other, by their classes."""
    return classes.count(b"0000") >= _GROUPS_OF_A_CARD and _GROUPS.search(classes) is not None


def _interrupted(reading: Reading, first: int, end: int) -> Iterator[Hit]:
    for match in _GROUPS.finditer(reading.classes, first, end):
        if not any(_words_in_gaps(match)):
            continue  # no word stands there
        number = _candidate(reading, match)
        if not number:
            continue
        hit = judged(reading, number, ())
        if not (hit and CARD_WORD.why in hit.why) and (
            _names_its_brand(reading, number) or _is_told(reading, match)
        ):
            hit = judged(reading, number, (CARD_WORD,))
        if hit and CARD_WORD.why in hit.why:
            yield _named(hit) if _names_its_groups(reading, match) else hit


def _named(hit: Hit) -> Hit:
    """Return a number whose label names its groups, and no other number."""
    why = tuple(each for each in hit.why if each not in {LABEL.why, LIGHT_LABEL.why})
    worth = hit.confidence if why == hit.why else INTERRUPTED.worth + CARD_WORD.worth
    return hit._replace(confidence=worth, why=why)


def _names_its_groups(reading: Reading, match: re.Match[bytes]) -> bool:
    """Return whether a word for a group stands before each: block one, block two."""
    before = reading.window(match.start() - _NEAR, match.start()).text
    gaps = [reading.window(*match.span(gap)).text for gap in _GAPS]
    said = (WORD.findall(before)[-_MOST_OF_A_NAME:], *map(WORD.findall, gaps))
    heads = listed(Listed.GROUP_HEADS)
    return all(not heads.isdisjoint(words) for words in said)


def _names_its_brand(reading: Reading, number: Candidate) -> bool:
    """Return whether the brand of a number is named before it; Discover is another word too."""
    before = reading.window(number.start - _FAR, number.start).text
    return number.issuer is not None and number.issuer.brand in WORD.findall(before)


def _is_told(reading: Reading, match: re.Match[bytes]) -> bool:
    """Return whether a card is spoken of, and nothing else that has a number, nor money.

    Between two halves; or before the groups, where words stand in every gap.
    """
    said = reading.window(match.start(), match.end(1)).text
    if names_any(said, {Label.MONEY}):
        return False
    if _is_halved(match):
        near = reading.window(match.start() - _NEAR, match.end(1)).text
        if speaks_of_card(said):
            return names_no_other(near)
        if _are_called_halves(reading, match):
            return not names_another(near, AGAINST)
    before = reading.window(match.start() - _FAR, match.start()).text
    return all(_words_in_gaps(match)) and names_any(before, {Label.CARD})


def _are_called_halves(reading: Reading, match: re.Match[bytes]) -> bool:
    """Return whether words say so: `4111 1111 (half) 1111 1111`, `in parts: 4111 1111 then ...`."""
    between = reading.window(*match.span(_GAPS[1])).text
    remark = _BRACKETS.fullmatch(between)
    if remark:
        return tells_of_parts(remark[1])
    before = reading.window(match.start() - _BEFORE_PARTS, match.start()).text
    words = WORD.findall(between)
    is_then = all(parts_told(word) & (Part.NEXT | Part.JOINED) for word in words)
    return is_then and bool(_THEN.fullmatch(between)) and tells_of_parts(before)


def _words_in_gaps(match: re.Match[bytes]) -> list[bool]:
    """Return whether letters stand in each of the three gaps."""
    return [bool(gap.translate(None, _NOT_LETTERS)) for gap in match.group(*_GAPS)]


def _candidate(reading: Reading, match: re.Match[bytes]) -> Candidate | None:
    start, end = match.start(), match.end(1)
    written = reading.folded[start:end]
    if b"\x00" in written or b"0" in reading.classes[max(start - 1, 0) : start]:
        return None
    starts = (start, match.end(2), match.end(3), match.end(4))
    if _are_of_another(reading, starts, end):
        return None
    groups = [reading.folded[at : at + _GROUP] for at in starts]
    lines = _by_lines(reading.folded, starts, groups)
    if is_repeating(lines):
        return None
    digits = b"".join(groups)
    for read in (digits, digits[_HALF:] + digits[:_HALF]) if _is_halved(match) else (digits,):
        issuer = issuer_of(read)
        if issuer is not None and not issuer.weak and is_valid(read):
            return Candidate(start, end, read, issuer, INTERRUPTED, [], checked=True)
    return None


def _are_of_another(reading: Reading, starts: Sequence[int], end: int) -> bool:
    """Return whether the groups are of a row that begins before, of an identifier, or masked."""
    before = [(max(at - _GROUP - 1, 0), at) for at in starts]
    return (
        any(_DAY.match(reading.folded, at) for at in starts[::_HALVES])
        or _GROUP_BEFORE.search(reading.folded, *before[0]) is not None
        or any(_OF_AN_ID.search(reading.folded, *each) for each in before)
        or _MASKED.search(reading.text, starts[0], end) is not None
    )


def _by_lines(folded: bytes, starts: Sequence[int], groups: Sequence[bytes]) -> list[bytes]:
    """Return the digits of each line that has some of the groups."""
    lines = [groups[0]]
    for before, start, group in zip(starts, starts[1:], groups[1:], strict=False):
        if b"\n" in folded[before:start]:
            lines.append(group)
        else:
            lines[-1] += group
    return lines


def _is_halved(match: re.Match[bytes]) -> bool:
    """Return whether words stand in the middle only."""
    return _words_in_gaps(match) == [False, True, False]
