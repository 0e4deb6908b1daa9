"""The nearest label before a number, and whether it calls that something else.

A label belongs to the first number behind it, and the nearest label counts: `my card for order 12`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.accounts import is_of_union_pay
from integration.core.cards.meanings import (
    documents,
    has_check_digit,
    is_brand,
    is_negated,
    is_on_a_receipt,
    is_writer,
    says_number,
)
from integration.core.cards.named import OF_MOST_CARDS, says_of
from integration.core.cards.paid import is_paid_for
from integration.core.cards.reasons import CARD_WORD, LIGHT_LABEL, Evidence
from integration.core.text.lazy import lazy
from integration.core.words.index import WORD
from integration.core.words.labels import Found
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

REACH: Final = 48
"""How many characters before and after a number are read."""
LABEL_REACH: Final = 32
"""Characters before a number in which its label begins."""
_JOINTS_OF_NAMES: Final = frozenset({"_", "-"})
"""In the name of a file."""
_ENDS_A_FILE = lazy(rb"[^\r\n\"<>:;,]{0,40}?\.[A-Za-z][A-Za-z0-9]{2,3}(?![A-Za-z0-9])")
_OF_ANOTHER_NUMBER = frozenset({Label.OTHER_NUMBER, Label.REFERENCE})
_UP_TO_LAST_DIGIT = lazy(r"(?s).*[0-9]")
# A word and an end of a sentence or a line: what stands before speaks of something else.
_ANOTHER_SENTENCE = lazy(r"(?s)(?:[.!?][ \n]|\n).{0,48}?[^\W\d_]|[^\W\d_].{0,48}?(?:[.!?][ \n]|\n)")
# A word that is no abbreviation, and the end of its sentence: "I cannot log in. 4111".
_FULL_WORD_ENDS = lazy(r"[^\W\d_][ ,]{1,2}[^\W\d_]{5,}[.!?]\s\s?\Z")
_WRAPPED = lazy(r"[^.,!?\n]{1,24}\n")
"""Words at the end of a line, and the number on the next."""
_ENDS_A_CELL = lazy(r"[\n\t;|,]|  ")
_WIDEST_END: Final = 3
_MORE_OF_A_LABEL: Final = 3
"""Words: at the bank."""
_WORD = lazy(r"[^\W\d_]")
_REMARK = lazy(r" ?\([^()\n]{1,32}\)[ :\t]*")
"""Between a label and its number: KID (reminder)."""
_LONGEST_ABBREVIATION: Final = 4


class NearestLabel:
    """The labels in the words before a number that begins at `start` and ends at `end`."""

    def __init__(
        self, reading: Reading, start: int, end: int, words: str, labels: list[Found]
    ) -> None:
        self._reading, self._start, self._end = reading, start, end
        self._words, self._labels = words, labels
        self.names_another = False
        """Whether the label of another kind of number stands right before it, once asked."""
        self.names_it = False
        """Whether it stands so in the cell of the number: the head of a table stands above."""

    def against(self, digits: int) -> list[Evidence]:
        """Return what it says against a card; `digits`: of the number."""
        # A label belongs to the first number behind it, and the nearest label counts.
        number = _UP_TO_LAST_DIGIT.match(self._words)
        behind_number = number.end() if number else 0
        low = max(behind_number, len(self._words) - LABEL_REACH)
        for found in reversed(self._labels):
            may_be_far = self._has_check_digit(found) or self._has_a_remark(found)
            nearest = behind_number if may_be_far else low
            if found.start < nearest or self._ends_its_sentence(found):
                return []
            if self._words.startswith("://", found.end) or self._is_of_a_file(found):
                return []  # the scheme of an address, or what a file is: receipt_4111
            says = says_of(found, digits)
            if says and self._is_no_name_of_it(found, digits):
                continue
            if says and not self._is_of_a_card(found, digits):
                if is_on_a_receipt(self._words, found.start, found.end):
                    return []
                if says is CARD_WORD or self._is_paid_for(found):
                    return []
                self.names_another = self._names_another(found)
                in_its_cell = not _ENDS_A_CELL.search(self._words, found.end)
                self.names_it = self.names_another and in_its_cell
                return [LIGHT_LABEL if self._is_far(found) else says]
        return []

    def _is_no_name_of_it(self, label: Found, digits: int) -> bool:
        """Return whether a label is what it is not, and a card is: my card and not the IBAN."""
        before = self._labels[: self._labels.index(label)]
        return is_negated(self._words, label.start) and any(
            says_of(found, digits) is CARD_WORD for found in before
        )

    def _is_of_a_file(self, label: Found) -> bool:
        """Return whether a label says what is in the file that is called after the number."""
        joint, word = self._words[label.end :], self._words[label.start : label.end]
        if word not in documents():
            return False
        names_file = joint == " " and _ENDS_A_FILE.match(self._reading.folded, self._end)
        return joint in _JOINTS_OF_NAMES or bool(names_file)

    def _is_of_a_card(self, label: Found, digits: int) -> bool:
        """Return whether a label says whose number it is, or its brand, where it may be a card."""
        if self.is_account_of_union_pay(label):
            return True
        if digits != OF_MOST_CARDS:
            return False
        word = self._words[label.start : label.end]
        return is_brand(word) or (label.label is Label.REFERENCE and is_writer(word))

    def is_account_of_union_pay(self, label: Found) -> bool:
        """Return whether a label calls a number an account that begins as UnionPay's cards do."""
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
        if self._has_check_digit(label) or self._has_a_remark(label):
            return False
        behind = self._words[label.end :].rstrip()
        is_whole = behind.endswith(":") and len(WORD.findall(behind)) <= _MORE_OF_A_LABEL
        return (
            label.label is not Label.OTHER_CARD
            and not is_whole
            and not self._only_links_behind(label)
        )

    def _has_check_digit(self, label: Found) -> bool:
        """Return whether a label is one of references that have the check digit of a card."""
        return has_check_digit(self._words[label.start : label.end])

    def _has_a_remark(self, label: Found) -> bool:
        """Return whether a remark in brackets stands between a number and a label for numbers."""
        is_for_numbers = says_number(self._words[label.start : label.end])
        return is_for_numbers and _REMARK.fullmatch(self._words, label.end) is not None

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
