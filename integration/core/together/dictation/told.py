"""The card numbers that are told in one text: its pieces put together, and of a card. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from integration.core.cards.heard import digits_in_words
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST, OF_MOST_CARDS
from integration.core.cards.paid import speaks_of_payment
from integration.core.masks import masks_of_numbers, masks_of_parts
from integration.core.text.reading import Reading
from integration.core.together.dictation.answers import answers
from integration.core.together.dictation.chains import Chain, chains
from integration.core.together.dictation.columns import FEWEST_DIGITS as OF_COLUMNS
from integration.core.together.dictation.columns import columns
from integration.core.together.dictation.counted import counted
from integration.core.together.dictation.erased import erased
from integration.core.together.dictation.grid import grid
from integration.core.together.dictation.halting import halting
from integration.core.together.dictation.heads import GONE, without_heads
from integration.core.together.dictation.keys import keys, typed_keys
from integration.core.together.dictation.misread import FEWEST_FIGURES, misread
from integration.core.together.dictation.pieces import Piece, in_figures, in_words
from integration.core.together.dictation.read_back import read_back
from integration.core.together.dictation.series import series
from integration.core.together.dictation.spoken import FEWEST as SPOKEN
from integration.core.together.dictation.spoken import spoken
from integration.core.together.dictation.stray import FEWEST_DIGITS, is_spaced, stray
from integration.core.together.dictation.taken_back import taken_back
from integration.core.together.dictation.thousands import are_dictated, in_thousands
from integration.core.together.dictation.two_fields import PAN, two_fields
from integration.core.together.dictation.wrapped import wrapped
from integration.core.words.bits import CARD, CODE, EXPIRY, HINT
from integration.core.words.labels import labels_in
from integration.core.words.naming import names_any, speaks_of_card
from integration.core.words.parts import Part, counts, parts_told
from integration.core.words.telling import says
from integration.core.words.vocabulary import Label

_FEWEST: Final = 12
"""Digits in figures or in words, or no number is told."""
_FEWEST_IN_WORDS: Final = 3
"""Digits in words, or those of an answer are all in figures."""
_MOST: Final = 1_000
"""Pieces of a text that are looked through at once."""
_OVERLAP: Final = 20
"""Pieces that are looked at twice where there are more."""
_BEFORE: Final = 600
_BEHIND: Final = 200
"""Characters around a number in which a word must say card, or what belongs to one."""
_SOON: Final = 60
"""The same in which the date alone is enough."""
_NEARER: Final = 40
"""The same where another card is named."""
_ASKED: Final = 160
"""The same before a number in words, of which another word says what it is."""
_LAST: Final = 4
"""Digits that are told where a card is meant."""
_DATE: Final = re.compile(r"\b(?:0?[1-9]|1[0-2])\s?/\s?(?:20)?[2-4]\d\b")
_DOTTED_DATE: Final = re.compile(r"[01]\d(?<![\d./-]..)[.-](?:20)?[2-4]\d(?![\d./-])")
_OF_A_CARD: Final = frozenset({Label.SECURITY_CODE, Label.EXPIRY})
_HINTS: Final = frozenset({Label.CODE_HINT, Label.EXPIRY_HINT})
"""What says so where a date or a code follows: `code 123`, and not `the wrong year`."""
_DIGIT_BEHIND: Final = re.compile(r"\D{0,12}(?<![a-z])\d{1,4}(?!\d|[.,]\d)")
"""A date or a code; not `last year had 5.760`, nor `year Q1`."""
_TELLING: Final = CARD | CODE | HINT | EXPIRY
"""What some word of a text says where a number of a card is told."""
_FROM_TO: Final = re.compile(r"([0-9]{4})-0[0-9]{3}[^0-9\n]{1,12}\1-0[0-9]{3}")


def told_in(reading: Reading, text: str, *, titled: bool, spelled_out: bool) -> Iterator[Chain]:
    """The card numbers that are told in a text, `text` as its reading shows it in plain letters.

    `titled`: whether the ticket is said to be about a card; `spelled_out`: words count as digits.
    """
    text = _blank(text, masks_of_numbers(text), GONE)
    is_asked = "?" in text and reading.digits >= OF_MOST_CARDS
    sure = [*halting(reading.text, text), *erased(text)]
    telling = says(reading, 0, len(reading.text), _TELLING)
    speaks, has_enough = bool(telling & CARD), reading.digits >= FEWEST_DIGITS
    sure += typed_keys(text) if reading.digits >= OF_MOST_CARDS else ()
    sure += columns(text) if reading.digits >= OF_COLUMNS else ()
    sure += two_fields(text) if has_enough and (speaks or PAN in text) else ()
    sure += misread(text) if speaks and reading.digits >= FEWEST_FIGURES else ()
    sure += read_back(without_heads(text)) if is_asked else ()
    unmarked = _blank(text, [(start, end) for start, end, _ in masks_of_parts(text)], " ")
    if spelled_out and (titled or speaks):
        whole = (each for each in _in_thousands(text) if titled or _is_near_a_card(unmarked, each))
        sure += (chain for chain in whole if _is_apart(chain, sure))
    yield from sure
    told = [*sure]
    for chain in _every(reading, text, telling, titled=titled, spelled_out=spelled_out):
        is_told = titled or _is_of_a_card(unmarked, chain)
        if is_told and _is_apart(chain, sure) and not _is_from_to(text, chain):
            told.append(chain)
            yield chain
    if has_enough and (speaks or is_spaced(text)):
        yield from (chain for chain in stray(text) if _is_apart(chain, told))


def _in_thousands(text: str) -> Iterator[Chain]:
    """The numbers whose groups are said as whole numbers."""
    if said := list(in_thousands(text)):
        text = without_heads(text)
        found = _chains(text, said, round_too=True)
        yield from (chain for chain in found if are_dictated(text, chain))


def _every(
    reading: Reading, text: str, telling: int, *, titled: bool, spelled_out: bool
) -> list[Chain]:
    """The numbers that are told, and those that answer a question for one.

    `telling`: what its words say of a card, and of what belongs to one.
    """
    words, is_spoken = digits_in_words(reading) if spelled_out else (0, False)
    if words + reading.digits < _FEWEST:
        return []
    if not (is_spoken or titled or telling or _is_dated(reading.text)):
        return []
    typed = [*keys(text), *series(text), *grid(text), *counted(text)]
    typed += wrapped(text) if "\n" in text else ()
    text = without_heads(text)
    found: list[Chain] = []
    said = list(in_words(text)) if is_spoken else []
    if is_spoken or reading.digits >= _FEWEST:
        found = _chains(text, said)
    if telling & CARD:
        more = answers(text, is_spoken=words >= _FEWEST_IN_WORDS)
        found += [each for each in more if _is_apart(each, found)]
    found += [each for each in (*typed, *taken_back(text, said)) if _is_apart(each, found)]
    if words >= SPOKEN and telling & CARD:
        found = _longer(found, list(spoken(text)))
    return found


def _longer(found: Sequence[Chain], more: Sequence[Chain]) -> list[Chain]:
    """Both, but none that stands within a longer one: its first groups made a number by chance."""
    kept = [each for each in found if not any(_is_within(each, other) for other in more)]
    return kept + [each for each in more if _is_apart(each, kept)]


def _is_within(chain: Chain, other: Chain) -> bool:
    one, whole = _place(chain), _place(other)
    return whole[0] <= one[0] and one[1] <= whole[1] and one != whole


def _place(chain: Chain) -> tuple[int, int]:
    return chain.pieces[0].start, chain.pieces[-1].end


def _blank(text: str, masks: Iterable[tuple[int, int]], mark: str) -> str:
    """The text, as long, with a mark in place of our own masks: those say card, too."""
    for start, end in masks:
        text = f"{text[:start]}{mark * (end - start)}{text[end:]}"
    return text


def _is_apart(chain: Chain, others: Sequence[Chain]) -> bool:
    """Whether no other number stands where one does."""
    start, end = _place(chain)
    return all(end <= each.pieces[0].start or each.pieces[-1].end <= start for each in others)


def _is_from_to(text: str, chain: Chain) -> bool:
    """Whether it is the first and the last number of a series: receipts 4471-0001 to 4471-0219."""
    return _FROM_TO.fullmatch(text, chain.pieces[0].start, chain.pieces[-1].end) is not None


def _is_dated(text: str) -> bool:
    """Whether a month of a year stands anywhere: 12/27, 12.27."""
    return ("/" in text and _DATE.search(text) is not None) or (
        _DOTTED_DATE.search(text) is not None
    )


def _chains(text: str, said: Iterable[Sequence[Piece]], *, round_too: bool = False) -> list[Chain]:
    """The numbers of a text; those in words in the language that has the most.

    `round_too`: even where most of the groups are as round as sums are.
    """
    figures = in_figures(text)
    best: list[Chain] = []
    for pieces in (figures, *(sorted((*figures, *more)) for more in said)):
        if sum(len(each.digits) for each in pieces) >= _FEWEST:
            best = max(best, list(_row_by_row(text, pieces, round_too=round_too)), key=_size)
    return best


def _size(found: Sequence[Chain]) -> tuple[int, int]:
    """How many numbers, and how often they are told: what is said again goes, too."""
    return len(found), sum(len(chain.pieces) for chain in found)


def _row_by_row(text: str, pieces: Sequence[Piece], *, round_too: bool) -> Iterator[Chain]:
    behind = 0
    for low in range(0, len(pieces), _MOST - _OVERLAP):
        for chain in chains(text, pieces[low : low + _MOST], round_too=round_too):
            if chain.pieces[0].start >= behind:
                behind = chain.pieces[-1].end
                yield chain


def _is_of_a_card(text: str, chain: Chain) -> bool:
    """Whether what stands around a number says so; needless for what is in words, or half of it.

    That is told as nothing else is that has so many digits.
    """
    start, _ = _place(chain)
    lettered = [each for each in chain.pieces if any(map(str.isalpha, text[each.start : each.end]))]
    is_spoken = len(lettered) > 1 and 2 * len(lettered) >= len(chain.pieces)
    if is_spoken and not names_another(text[max(0, start - _ASKED) : start], AGAINST):
        return True
    return _is_near_a_card(text, chain)


def _is_near_a_card(text: str, chain: Chain) -> bool:
    """Whether a word says card near a number, or what belongs to one behind it.

    Where another card is named, as a gift card, it must stand nearer.
    """
    start, end = _place(chain)
    before, amid, behind = (
        text[max(0, start - _BEFORE) : start],
        text[start:end],
        text[end : end + _BEHIND],
    )
    if names_any(before, {Label.OTHER_CARD}):
        before = before[-_NEARER:]
    if any(map(speaks_of_card, (before, amid, behind))) or _is_dated(behind[:_SOON]):
        return True
    if counts(amid, _LAST) and Part.LAST in parts_told(amid) and speaks_of_payment(before + amid):
        return True  # the last four: of a card, where something is paid
    said = f"{amid} {behind}"
    return any(
        found.label in _OF_A_CARD
        or (found.label in _HINTS and _DIGIT_BEHIND.match(said, found.end) is not None)
        for found in labels_in(said)
    )
