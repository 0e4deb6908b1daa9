"""What stands around a number: evidence for and against a card.

A word against a card only lowers the confidence; it never hides a number that looks like one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.cards.followed import (
    EXPIRY_FOLLOWS,
    LIKELY,
    SHORT_DATE_FOLLOWS,
    SURE,
    date_and_code_follow,
    is_kept_as_a_card,
)
from integration.core.cards.heads import Heads
from integration.core.cards.issuers import called
from integration.core.cards.keys import names_another
from integration.core.cards.link import is_card_of_payment
from integration.core.cards.masked import behind_mask, up_to_mask, without_the_last
from integration.core.cards.meanings import (
    denies_card,
    denies_card_before,
    tells_card_number,
)
from integration.core.cards.named import (
    OF_A_CARD,
    labels_around,
    speaks_of,
)
from integration.core.cards.nearest import LABEL_REACH, REACH, NearestLabel
from integration.core.cards.own_line import has_its_line
from integration.core.cards.preceded import doubts_before, ends_an_iban
from integration.core.cards.reasons import (
    CARD_HINT,
    DATE_AND_CODE,
    LABEL,
    PATH,
    Evidence,
)
from integration.core.cards.token import token_doubts
from integration.core.text.lazy import lazy
from integration.core.words.bits import ANY
from integration.core.words.labels import Found
from integration.core.words.telling import is_silent
from integration.core.words.vocabulary import Label, all_as_read

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_TOLD_BEHIND: Final = 200
_SENTENCE = lazy(r"[^.!?;\n]*[.!?;\n]")
_OF_A_FILE = lazy(r"\.[a-z][a-z0-9]{1,4}(?!\w)[^.!?;\n]*")
_ANOTHER_NUMBER = lazy(r"[0-9](?:[ -]?[0-9]){7}|\x00")

_FEW_WORDS = lazy(r"[^0-9]{0,24}")
_BRAND: Final = 24
"""Characters behind a number in which the name of its brand stands."""
_OF_A_NAME: Final = 2
"""Words for a card, of which one may be the name of its brand: my Maestro card."""
_BRAND_BEFORE = lazy(r"(?<![^\W_])([a-z]{3,12})[ :#-]{1,3}\Z")
_BRAND_BEHIND = lazy(r"[ ,;]{0,2}[ (\[/-]([a-z]{3,12}) ?(?:[)\],.;:/\n-]|\Z)")
_FEW_ON_A_LINE = lazy(r"[^0-9\n]{0,24}")
_CARDS: Final = frozenset({Label.CARD, Label.OTHER_CARD})
ENDS_A_KEY: Final = frozenset({b"'", b'"', b"=", b"#"})
_OWN_WORDS = lazy(r"[^0-9.!?;\n]*")
"""What may still speak of a number that its label calls otherwise: the rest of its sentence."""


@cache
def _in_other_letters() -> dict[str, list[str]]:
    """Return how brands are called in other letters, as a message is read."""
    return {brand: all_as_read(names) for brand, names in called().items()}


class Surroundings:
    """The text around `start`..`end`, cut at barriers: as bytes, and as words.

    `digits`: how many a single number there has, as a telephone could be one.
    """

    def __init__(self, reading: Reading, start: int, end: int, digits: int) -> None:
        folded = reading.folded
        self._reading, self._start, self._end, self._digits = reading, start, end, digits
        self._before = folded[max(0, start - REACH) : start].rpartition(b"\x00")[2]
        low = start - len(self._before)
        self._silent = is_silent(reading, low, end + REACH, ANY)
        self._words, self._labels = ("", []) if self._silent else _read(reading, low, start)
        self.heads = Heads(reading, start, end)
        self._nearest = NearestLabel(reading, start, end, self._words, self._labels)
        of_code = SURE if self.names_another_card() else LIKELY
        is_told = not self._labels or date_and_code_follow(reading, end, of_code)
        self._against = [] if is_told else self._nearest.against(digits)
        self.named_otherwise = self._nearest.names_another
        """Whether the label of another kind of number stands right before it."""
        self.named_in_its_cell = self._nearest.names_it
        """The same, and nothing between that ends a line or a cell of a table."""

    def speaks(self) -> Evidence | None:
        """Return what speaks for a card in front of it, or in the date that follows.

        The nearest label counts: "my card for order 123".
        """
        if is_card_of_payment(self._reading, self._start, self._end):
            return CARD_HINT
        speaks = None
        if self._labels:
            against = LABEL in self._against and not _is_head_of_columns(self._words, self._labels)
            speaks = None if against else speaks_of(self._labels)
            if self._nearest.is_account_of_union_pay(self._labels[-1]):
                speaks = speaks or CARD_HINT
        if not self._against and date_and_code_follow(self._reading, self._end):
            return DATE_AND_CODE
        follows = (EXPIRY_FOLLOWS,) if self._against else (EXPIRY_FOLLOWS, SHORT_DATE_FOLLOWS)
        if speaks is None and any(d.match(self._reading.folded, self._end) for d in follows):
            return CARD_HINT
        return speaks

    def speaks_behind(self) -> Evidence | None:
        """Return what the words behind it say for a card."""
        if self._silent:
            return None
        behind = self._reading.window(self._end, self._end + REACH).text
        words, masked = up_to_mask(behind)
        if self._against and (own := _OWN_WORDS.match(words)):
            words, masked = own[0], masked and own[0] == words
        labels = labels_around(words)
        return speaks_of(without_the_last(words, labels) if masked else labels)

    def has_its_line(self) -> bool:
        """Return whether nothing else stands on the line of the number, and it is in no list."""
        return has_its_line(self._before, self._reading.folded[self._end : self._end + REACH])

    def says_card(self) -> bool:
        """Return whether any word before it says card, whatever number it is of."""
        return speaks_of(self._labels) is not None

    def says_card_right_before(self, *, on_its_line: bool = False) -> bool:
        """Return whether a word for a card leads to the number, with few words and no number."""
        few = _FEW_ON_A_LINE if on_its_line else _FEW_WORDS
        cards = [found for found in self._labels if found.label is Label.CARD]
        return bool(cards) and bool(few.fullmatch(self._words, cards[-1].end))

    def says_brand(self, brand: str) -> bool:
        """Return whether the name of a brand leads to it: `Maestro: 589004 690635 038694`.

        Or touches it, also one that means other things as well: `LASER 630490...`.
        """
        before = _BRAND_BEFORE.search(self._words)
        behind = _BRAND_BEHIND.match(self._reading.window(self._end, self._end + _BRAND).text)
        if brand in {found[1] for found in (before, behind) if found}:
            return True
        if self.names_another_card():
            return False
        cards = [found for found in self._labels if found.label is Label.CARD]
        said = " ".join(self._words[found.start : found.end] for found in cards[-_OF_A_NAME:])
        is_said = any(name in said for name in (brand, *_in_other_letters().get(brand, ())))
        return is_said and self.says_card_right_before(on_its_line=True)

    def says_card_of_a_mask(self) -> bool:
        """Return whether the words before it say card of a masked number only."""
        before = behind_mask(self._words, self._labels)
        return speaks_of(before) is None and speaks_of(self._labels) is not None

    def names_another_card(self) -> bool:
        """Return whether the last card that is named before it is a gift card or the like."""
        named = [found.label for found in self._labels if found.label in _CARDS]
        return named[-1:] == [Label.OTHER_CARD]

    def is_told_behind(self) -> bool:
        """Return whether the text behind it says that a card's number was written there."""
        if not self._against:
            return False
        behind = self._reading.window(self._end, self._end + _TOLD_BEHIND).text
        if is_kept_as_a_card(behind):
            return True
        if LABEL not in self._against:
            return False
        before, *more = _ANOTHER_NUMBER.split(behind, maxsplit=1)
        if more:  # what stands right before that is its label, but for the end of a sentence
            ended = _SENTENCE.match(before, max(0, len(before) - LABEL_REACH))
            before = before[: ended.end() if ended else -LABEL_REACH]
        return tells_card_number(before)

    def is_told_of_its_file(self) -> bool:
        """Return whether it names a file, and its sentence says that this is a card's number."""
        if PATH not in doubts_before(self._before, self._digits):
            return False
        behind = self._reading.window(self._end, self._end + _TOLD_BEHIND).text
        file = _OF_A_FILE.match(behind)
        return file is not None and tells_card_number(file[0])

    def denied(self) -> bool:
        """Return whether the words right behind it say that it is no card."""
        if self._silent:
            return False
        return denies_card(self._reading.window(self._end, self._end + REACH).text)

    def denied_before(self) -> bool:
        """Return whether the words right before it name another number and say so."""
        return bool(self._labels) and denies_card_before(self._words)

    def doubts(self) -> list[Evidence]:
        """Return what speaks against a card."""
        found = [*self._against]
        found += doubts_before(self._before, self._digits)
        if LABEL not in found and self._before.rstrip(b": ")[-1:] in ENDS_A_KEY:
            words = self._reading.window(self._start - len(self._before), self._start).text
            if names_another(words):
                found.append(LABEL)
        if not found and self._is_headed_otherwise():
            found.append(LABEL)
        found += token_doubts(self._reading, self._start, self._end)
        return found + ends_an_iban(self._before)

    def says_card_on_its_line(self) -> bool:
        """Return whether a word of a card stands before it on its line.

        `Card number<tab>4111`: a field, and what stands above is another.
        """
        line = self._words.rfind("\n") + 1
        return any(found.label in OF_A_CARD for found in self._labels if found.start >= line)

    def _is_headed_otherwise(self) -> bool:
        """Return whether its column is named for another number, and nothing on its line for it."""
        return not self.says_card_on_its_line() and self.heads.name_no_card(self._digits)


def _is_head_of_columns(words: str, labels: list[Found]) -> bool:
    """Return whether the last two labels stand in cells of their own, so that either may count."""
    if len(labels) == 1:
        return False
    between = words[labels[-2].end : labels[-1].start]
    return labels[-2].label in OF_A_CARD and between.isspace() and between.strip(" ") != ""


def _read(reading: Reading, start: int, end: int) -> tuple[str, list[Found]]:
    """Return the words of a stretch and their labels; no words where none may bear a label."""
    if is_silent(reading, start, end, ANY):
        return "", []
    words = reading.window(start, end).text
    return words, labels_around(words)
