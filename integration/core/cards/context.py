"""What stands around a number: evidence for and against a card.

A word against a card only lowers the confidence; it never hides a number that looks like one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.accounts import is_of_union_pay
from integration.core.cards.followed import (
    EXPIRY_FOLLOWS,
    LIKELY,
    SHORT_DATE_FOLLOWS,
    SURE,
    date_and_code_follow,
    is_kept_as_a_card,
)
from integration.core.cards.heads import Heads
from integration.core.cards.keys import names_another
from integration.core.cards.link import is_card_of_payment
from integration.core.cards.masked import behind_mask, up_to_mask, without_the_last
from integration.core.cards.meanings import (
    denies_card,
    documents,
    is_brand,
    is_on_a_receipt,
    is_writer,
    tells_card_number,
)
from integration.core.cards.named import (
    OF_A_CARD,
    OF_MOST_CARDS,
    labels_around,
    says_of,
    speaks_of,
)
from integration.core.cards.own_line import has_its_line
from integration.core.cards.paid import is_paid_for
from integration.core.cards.preceded import doubts_before, ends_an_iban
from integration.core.cards.reasons import (
    CARD_HINT,
    CARD_WORD,
    DATE_AND_CODE,
    LABEL,
    LIGHT_LABEL,
    Evidence,
)
from integration.core.cards.token import token_doubts
from integration.core.text.lazy import lazy
from integration.core.words.bits import ANY
from integration.core.words.index import WORD
from integration.core.words.labels import Found
from integration.core.words.telling import is_silent
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

REACH: Final = 48
"""How many characters before and after a number are read."""
_LABEL_REACH = 32
_JOINTS_OF_NAMES: Final = frozenset({"_", "-"})
"""In the name of a file."""
_ENDS_A_FILE = lazy(rb"[^\r\n\"<>:;,]{0,40}?\.[A-Za-z][A-Za-z0-9]{2,3}(?![A-Za-z0-9])")
_TOLD_BEHIND: Final = 200
_ANOTHER_NUMBER = lazy(r"[0-9](?:[ -]?[0-9]){7}|\x00")
_OF_ANOTHER_NUMBER = frozenset({Label.OTHER_NUMBER, Label.REFERENCE})

_UP_TO_LAST_DIGIT = lazy(r"(?s).*[0-9]")
# A word and an end of a sentence or a line: what stands before speaks of something else.
_ANOTHER_SENTENCE = lazy(r"(?s)(?:[.!?][ \n]|\n).{0,48}?[^\W\d_]|[^\W\d_].{0,48}?(?:[.!?][ \n]|\n)")
# A word that is no abbreviation, and the end of its sentence: "I cannot log in. 4111".
_FULL_WORD_ENDS = lazy(r"[^\W\d_][ ,]{1,2}[^\W\d_]{5,}[.!?]\s\s?\Z")
_WRAPPED = lazy(r"[^.,!?\n]{1,24}\n")
"""Words at the end of a line, and the number on the next."""
_FEW_WORDS = lazy(r"[^0-9]{0,24}")
_BRAND: Final = 24
"""Characters behind a number in which the name of its brand stands."""
_BRAND_BEFORE = lazy(r"(?<![^\W_])([a-z]{3,12})[ :#-]{1,3}\Z")
_BRAND_BEHIND = lazy(r"[ ,;]{0,2}[ (\[/-]([a-z]{3,12}) ?(?:[)\],.;:/\n-]|\Z)")
_FEW_ON_A_LINE = lazy(r"[^0-9\n]{0,24}")
_WIDEST_END: Final = 3
_MORE_OF_A_LABEL: Final = 3
"""Words: at the bank."""
_CARDS: Final = frozenset({Label.CARD, Label.OTHER_CARD})
ENDS_A_KEY: Final = frozenset({b"'", b'"', b"=", b"#"})
_WORD = lazy(r"[^\W\d_]")
_LONGEST_ABBREVIATION: Final = 4
_OWN_WORDS = lazy(r"[^0-9.!?;\n]*")
"""What may still speak of a number that its label calls otherwise: the rest of its sentence."""


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
        self.named_otherwise = False
        """Whether the label of another kind of number stands right before it."""
        of_code = SURE if self.names_another_card() else LIKELY
        is_told = not self._labels or date_and_code_follow(reading, end, of_code)
        self._against = [] if is_told else self._nearest(digits)

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
            if self._is_account_of_union_pay(self._labels[-1]):
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
        nearest = self._labels[-1] if self._labels else None
        if nearest is None or brand not in self._words[nearest.start : nearest.end]:
            return False
        return self.says_card_right_before(on_its_line=True)

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
        return tells_card_number(before[: -_LABEL_REACH if more else None])

    def denied(self) -> bool:
        """Return whether the words right behind it say that it is no card."""
        if self._silent:
            return False
        return denies_card(self._reading.window(self._end, self._end + REACH).text)

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

    def _is_headed_otherwise(self) -> bool:
        """Return whether its column is named for another number, and nothing on its line for it."""
        line = self._words.rfind("\n") + 1
        if any(found.label in OF_A_CARD for found in self._labels if found.start >= line):
            return False  # `Card number<tab>4111`: a field, and what stands above is another
        return self.heads.name_no_card(self._digits)

    def _nearest(self, digits: int) -> list[Evidence]:
        # A label belongs to the first number behind it, and the nearest label counts.
        number = _UP_TO_LAST_DIGIT.match(self._words)
        low = max(number.end() if number else 0, len(self._words) - _LABEL_REACH)
        for found in reversed(self._labels):
            if found.start < low or self._ends_its_sentence(found):
                return []
            if self._words.startswith("://", found.end) or self._is_of_a_file(found):
                return []  # the scheme of an address, or what a file is: receipt_4111
            says = says_of(found, digits)
            if says and not self._is_of_a_card(found, digits):
                if is_on_a_receipt(self._words, found.start, found.end):
                    return []
                if says is CARD_WORD or self._is_paid_for(found):
                    return []
                self.named_otherwise = self._names_another(found)
                return [LIGHT_LABEL if self._is_far(found) else says]
        return []

    def _is_of_a_file(self, label: Found) -> bool:
        """Return whether a label says what is in the file that is called after the number."""
        joint, word = self._words[label.end :], self._words[label.start : label.end]
        if word not in documents():
            return False
        names_file = joint == " " and _ENDS_A_FILE.match(self._reading.folded, self._end)
        return joint in _JOINTS_OF_NAMES or bool(names_file)

    def _is_of_a_card(self, label: Found, digits: int) -> bool:
        """Return whether a label says whose number it is, or its brand, where it may be a card."""
        if self._is_account_of_union_pay(label):
            return True
        if digits != OF_MOST_CARDS:
            return False
        word = self._words[label.start : label.end]
        return is_brand(word) or (label.label is Label.REFERENCE and is_writer(word))

    def _is_account_of_union_pay(self, label: Found) -> bool:
        is_account = label.label is Label.BANK_ACCOUNT
        return is_account and is_of_union_pay(self._reading.folded, self._start)

    def _ends_its_sentence(self, label: Found) -> bool:
        """Return whether a sentence ends between a label and the number."""
        behind = _behind_its_dot(self._words, label)
        if _WRAPPED.fullmatch(self._words, behind) and self._only_links_behind(label):
            return False
        return bool(
            _ANOTHER_SENTENCE.search(self._words, behind)
            or _FULL_WORD_ENDS.search(self._words, max(0, label.start - 3), label.end + _WIDEST_END)
        )

    def _is_paid_for(self, label: Found) -> bool:
        behind = self._reading.window(self._end, self._end + REACH).text
        return is_paid_for(self._words, self._labels, self._labels.index(label), behind)

    def _is_far(self, label: Found) -> bool:
        """Return whether more than links stands between a label and the number.

        Not where a word or two complete the label: `Reference at the bank: 4111`.
        """
        behind = self._words[label.end :].rstrip()
        is_whole = behind.endswith(":") and len(WORD.findall(behind)) <= _MORE_OF_A_LABEL
        return (
            label.label is not Label.OTHER_CARD
            and not is_whole
            and not self._only_links_behind(label)
        )

    def _names_another(self, label: Found) -> bool:
        word = self._words[label.start : label.end]
        if label.label not in _OF_ANOTHER_NUMBER or is_writer(word) or word in documents():
            return False
        return self._only_links_behind(label)

    def _only_links_behind(self, label: Found) -> bool:
        links = [found for found in self._labels if found.start >= label.end]
        starts = [found.start for found in links if found.label is Label.LINK]
        ends = [found.end for found in links if found.label is Label.LINK]
        gaps = zip([label.end, *ends], [*starts, len(self._words)], strict=True)
        return not any(_WORD.search(self._words, start, end) for start, end in gaps)


def _behind_its_dot(words: str, label: Found) -> int:
    """Return where a label ends, with the dot of an abbreviation: `ref. 12`."""
    short = label.end - label.start <= _LONGEST_ABBREVIATION
    return label.end + (short and words.startswith(".", label.end))


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
