"""The digits of a place that words call a part of a number, however they are written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from integration.core.masks import masks_of_numbers
from integration.core.spans import CARD_DATA, Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.text import Decoded
from integration.core.together.elsewhere import ACROSS, Ranges, Taken, decoded_of, is_near_card
from integration.core.together.message_fields import without_fields
from integration.core.together.named_rows import DOTS, NO_PART, Row, rows_in
from integration.core.words.index import WORD
from integration.core.words.labels import Found, labels_in
from integration.core.words.listed import Listed, listed, says
from integration.core.words.naming import speaks_of_card
from integration.core.words.parts import (
    Part,
    counted_parts,
    counts,
    is_of_parts,
    parts_told,
    says_half,
)
from integration.core.words.places import names_a_digit
from integration.core.words.positions import mark_told, positions_told, without_positions
from integration.core.words.vocabulary import Label, as_read

_SENTENCE_ENDS: Final = re.compile(
    r"(?<!\b[nN][ro])(?<![kK]ortnr)(?<!\bnum)(?<!\btlf)(?<!\btel)(?<![.\s])[.!?;](?:\s|\Z)"
    r"|(?<![:>])(?<!: )\n"
)
_BLANK_LINES: Final = re.compile(r"\n\s+\Z")
"""Right before what they are."""
_COUNTS_CARDS: Final = re.compile(r" [1-5]\b")
"""Behind a word for a card: card 2."""
_CLAUSE_ENDS: Final = re.compile(r"[.!?;,](?:\s|\Z)|\n")
_ANOTHER: Final = re.compile(r"\d{3,}|\d(?:[ \xa0\t]?[^\w\s]?[ \xa0\t]?\d){3,}")
_DOTS_BEHIND: Final = re.compile(r" ?(?:\.{2,4}|\u2026)[ \t]*(?:[\n<)]|\Z)")
_KEY: Final = re.compile(r'"[^"\n]{1,24}" ?:')
"""A key of JSON; the start and the end of a recording are no parts of a number."""
_APART: Final = re.compile(r" - |: ")
"""Between the words of a subject and what was put behind them."""
_BEFORE: Final = 80
"""Characters before a part that name it."""
_WRAPPED: Final = 48
"""Characters of a line that a mail program may have broken."""
_BEHIND: Final = 30
"""Those behind it, where none before does."""
_SHORT: Final = 3
"""Fewer are only the last part."""
_WHOLE: Final = 13
"""From so many digits on what is found is a number by itself."""
_LONG: Final = 6
"""Digits from which on a part that nothing names may be what a rest belongs to."""
_AS_PRINTED: Final = re.compile(r"\d{4}(?:([ \xa0-]?)\d{4})(?:\1\d{4})")
"""All of a number but its last four digits."""
_SOON: Final = 120
"""Characters in which the rest follows."""
_SHORTEST_OF_A_CARD: Final = 4
"""Digits of a part that no word calls the first, where its sentence says card."""
_NEAR: Final = 2
"""Words before a short part."""
_READ: Final = 1_000
"""Numbers of a place that are looked at."""
_OF_ANOTHER: Final = frozenset(
    {Label.OTHER_CARD, Label.OTHER_NUMBER, Label.NATIONAL_ID, Label.TELEPHONE, Label.BANK_ACCOUNT}
)
_NAMES: Final = _OF_ANOTHER | {Label.REFERENCE}
_MARKS: Final = " \t\n.:=#-"
_NAMED: Final = Part.FIRST | Part.NEXT | Part.LAST
_ADVERB: Final = "telefoni"
"""By telephone, in one word: telefonisch, telefonicznie."""
_BESIDE_A_CARD: Final = CARD_DATA - {Kind.PAN} | {Kind.PIN}


class Piece(NamedTuple):
    """Digits of a place, and which part of a number they are called."""

    surface_id: str
    digits: str
    ranges: Ranges
    part: Part
    place: int = 0
    """Which part it is of those that are counted; 0 where none is."""
    at: int = -1
    """How many digits are said to stand before it; -1 where nobody says that."""
    is_of_a_card: bool = False
    """Whether a card is spoken of near."""
    is_counted: bool = False
    """Whether words say how many digits these are: the first 12."""
    is_half: bool = False
    """Whether it is called one half, or the rest."""
    is_known: bool = False
    """Whether it is removed without that."""


def pieces_in(surface: Surface, found: Sequence[Span]) -> Iterator[Piece]:
    """The digits of a place that words call a part of a number. `found`: what is known of it."""
    decoded = decoded_of(surface)
    whole, gone = Taken(_whole(found)), Taken.by(found, _BESIDE_A_CARD)
    masked = Taken(masks_of_numbers(decoded.text))
    for row in islice(rows_in(without_fields(decoded.text)), _READ):
        if masked.touches([(row.start, row.end)]):
            continue
        piece = _piece(surface, decoded, row)
        if piece and piece.ranges and not whole.touches(piece.ranges):
            yield piece._replace(is_known=gone.touches(piece.ranges))


def _whole(found: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Where something stands that is no part of a number."""
    for span in found:
        is_part = ACROSS in span.why or span.end - span.start < _WHOLE + 2
        is_of_a_card = span.kind in _BESIDE_A_CARD or (span.kind is Kind.PAN and is_part)
        if span.action is Action.REDACT and not is_of_a_card:
            yield from span.pieces


def _piece(surface: Surface, decoded: Decoded, row: Row) -> Piece | None:
    """What some digits are called; nothing where they are of another number."""
    text, digits = decoded.text, row.digits
    said = _clause_before(text, row.start, len(digits))
    part, place, at = _told(said, text, row)
    if surface.kind is SurfaceKind.SUBJECT and len(digits) > _SHORT:
        said, part = _APART.split(said)[-1], part or Part.FIRST
    is_unnamed = _AS_PRINTED.fullmatch(text, row.start, row.end) or (
        len(digits) >= _LONG and _comes_before_its_rest(text, row.end)
    )
    if is_unnamed and not _is_right_behind_another(said):
        part |= Part.FIRST
    if not part or _is_of_another(said, part):
        return None
    is_counted = row.is_counted or at >= 0 or counts(said, len(digits))
    is_named = is_counted or place or _is_right_before(said)
    if len(digits) == 1:
        is_named = Part.LAST in part and names_a_digit(said)
    if len(digits) < _SHORT and not is_named:
        return None
    is_of_a_card = is_near_card(text, row.start, row.end)
    ranges = tuple(decoded.source(row.start, row.end))
    is_half = says_half(said)
    return Piece(surface.id, digits, ranges, part, place, at, is_of_a_card, is_counted, is_half)


def _told(said: str, text: str, row: Row) -> tuple[Part, int, int]:
    span = positions_told(said)
    if span and span[1] - span[0] + 1 == len(row.digits):
        return Part.FIRST if span[0] == 1 else Part.NEXT | Part.LAST, 0, span[0] - 1
    dots = Part.LAST if DOTS.search(text[max(0, row.start - 5) : row.start]) else Part(0)
    dots |= Part.FIRST if _DOTS_BEHIND.match(text, row.end) else Part(0)
    place = max(counted_parts(said), default=0)
    cards = [each for each in labels_in(said) if each.label is Label.CARD]
    is_of_cards = any(_COUNTS_CARDS.match(said, card.end) for card in cards)
    # `last 4: 1111` counts its digits, and no part.
    is_counted = bool(parts_told(said) & _NAMED) and counts(said, len(row.digits))
    if not (place or dots or is_of_cards or is_counted) and (mark := mark_told(said)):
        return Part.FIRST if mark == 1 else Part.NEXT | Part.LAST, mark, -1
    part = parts_told(said)
    part |= _told_behind(text, row) & (_NAMED if part & _NAMED else ~Part(0)) | dots
    is_of_a_card = speaks_of_card(said)
    if len(row.digits) >= _SHORTEST_OF_A_CARD and Part.LAST not in part and is_of_a_card:
        part |= Part.FIRST
    return part, place, -1


def _told_behind(text: str, row: Row) -> Part:
    """What the words behind some digits call them: `1111 at the end`; `1111 (the rest follows)`."""
    words = _CLAUSE_ENDS.split(text[row.end : row.end + _BEHIND])[0]
    words = as_read(_ANOTHER.split(words)[0])
    if words.lstrip().startswith("(") and says(words, Listed.REST):
        return Part.FIRST
    return parts_told(words)


def _comes_before_its_rest(text: str, end: int) -> bool:
    """Whether the next number is called the rest: `4111 1111`, and a line below `the rest: ...`."""
    others = _ANOTHER.finditer(text, end, end + _SOON)
    rest = next((each for each in others if not NO_PART.fullmatch(each[0])), None)
    return rest is not None and Part.LAST in parts_told(_clause_before(text, rest.start(), 0))


def _is_right_before(said: str) -> bool:
    """Whether words name the end of a number, or what stands before it, right before its digits."""
    said = " ".join(WORD.findall(said)[-_NEAR:])
    return bool(parts_told(said) & (Part.LAST | Part.NEXT))


def _clause_before(text: str, start: int, digits: int) -> str:
    """What is said before so many digits, behind any other number, in plain letters."""
    reach = _BLANK_LINES.sub("\n", _reach(text, start))
    before = _KEY.sub(" ", as_read(_SENTENCE_ENDS.split(reach)[-1]))
    above = reach.split("\n")[-2:-1]
    if above and not before.strip():
        head = as_read(above[0])  # `digits 1-4`, or `part 2/2`, and on the line below what they are
        is_head = positions_told(head) or any(counted_parts(head)) or says_half(head)
        is_counted = parts_told(head) & _NAMED and counts(head, digits)
        before = head if is_head or is_counted else before
    others = [another.end() for another in _ANOTHER.finditer(without_positions(before))]
    return before[others[-1] :] if others else before


def _reach(text: str, start: int) -> str:
    """What stands before a place, with a blank where a mail program has broken its sentence."""
    before, end = text[max(0, start - _BEFORE) : start], text.rfind("\n", 0, start)
    above = text[text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]
    if len(above) < _WRAPPED or not above[-1].isalnum():
        return before
    return f"{before[: end - start]} {before[end - start + 1 :]}"


def _is_of_another(said: str, part: Part) -> bool:
    """Whether another number is named there, and no card."""
    if speaks_of_card(said):
        return False
    labels = [each for each in labels_in(said) if not is_of_parts(said[each.start : each.end])]
    return any(
        each.label in _OF_ANOTHER
        and not (each.label is Label.TELEPHONE and _is_a_way(said, each, part))
        for each in labels
    )


def _is_right_behind_another(said: str) -> bool:
    """Whether the last of some words names another number: customer id."""
    last = labels_in(said)[-1:]
    return bool(last) and last[0].label in _NAMES and not said[last[0].end :].strip(_MARKS)


def _is_a_way(said: str, telephone: Found, part: Part) -> bool:
    """Whether a telephone is by what a part was told: the rest on the phone."""
    if not part & _NAMED:
        return False
    if said.startswith(_ADVERB, telephone.start) or parts_told(said[telephone.end :]) & _NAMED:
        return True
    articles, before = listed(Listed.ARTICLES), WORD.findall(said[: telephone.start])
    words = [word for word in before if word not in articles]
    return words[-1:] != [] and words[-1] in listed(Listed.BY_TELEPHONE)
