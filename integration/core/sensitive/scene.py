"""A stretch of text with its values and its labels, and who has claimed what.

Everything that is asked of it looks a bounded number of characters around, so that reading a
stretch takes no longer than it is long.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.once import once
from integration.core.sensitive.codes import (
    Value,
    What,
    glued_to_letters,
    is_code,
    is_pin,
    joined_to_a_word,
    values_in,
)
from integration.core.sensitive.columns import Columns
from integration.core.sensitive.dates import Form, is_amid_month
from integration.core.sensitive.writers import is_in_name, names_in
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.labels import CONTEXT, Found, all_labels_in
from integration.core.words.vocabulary import Label, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from integration.core.sensitive.writers import Name


class Aim(NamedTuple):
    """What a label looks for."""

    kind: Kind
    sure: bool
    """Whether the label means nothing else."""
    start: int = 0
    end: int = 0
    of_card: bool = False
    """A code of the card that may be its PIN."""


class Claim(NamedTuple):
    """A value and what a label, or its place, says it is."""

    start: int
    end: int
    kind: Kind
    worth: float
    why: tuple[str, ...]
    by: Aim | None = None
    """The label that claims it."""

    @property
    def direct(self) -> bool:
        """Whether only marks and words that are known part it from its label."""
        return self.by is not None and self.worth >= _DIRECT[self.by.sure]


class Gap(Enum):
    """What stands between two places."""

    TOUCH = "touch"
    """Marks, blanks and words that are known, no more."""
    WORDS = "words"
    """Other words of the same sentence."""
    APART = "apart"


AIMS: Final = {
    Label.SECURITY_CODE: Aim(Kind.CVV, sure=True),
    Label.CODE_HINT: Aim(Kind.CVV, sure=False),
    Label.ONE_TIME_CODE: Aim(Kind.CVV, sure=False),
    Label.EXPIRY: Aim(Kind.EXPIRY, sure=True),
    Label.EXPIRY_HINT: Aim(Kind.EXPIRY, sure=False),
    Label.PIN: Aim(Kind.PIN, sure=True),
    Label.PASSWORD: Aim(Kind.PIN, sure=False),  # many say the password of the card
}
"""What each label looks for."""

_NO_NAMES: Final = frozenset({*AIMS, Label.CARD})
_SLUGS: Final = {Kind.CVV: "code-word", Kind.EXPIRY: "date-word", Kind.PIN: "pin-word"}
_DIRECT: Final = {True: 0.85, False: 0.65}

_REACH_OF_WORDS: Final = 70
"""Characters of unknown words that may stand between a label and its value."""
_WIDEST_BLANK: Final = 2
_LONGEST_NAME: Final = 30
"""Of a person, where a line of a chat begins."""
_CARD_NEAR: Final = 70
_SHORT_CODE: Final = 3
"""Digits of most security codes."""

_LETTER = lazy(r"[^\W\d_]")
_BLANKS = lazy(r"\s+")
_BOUNDARY = lazy(r"[.!?;]\s|[\r\n]")
_ANNOUNCED = lazy(r"[:=][ \t\xa0]{0,2}\Z")
_TAX_NUMBER = lazy(
    r"nip[:.]?[ \xa0]?(?:pl ?)?(?:[0-9]{9}|[0-9]{3}[ -][0-9]{2,3}[ -][0-9]{2,3}[ -])"
)
_TAX: Final = ("nip", 10)
"""What heads a column of them, and how many digits each has."""
_CARD_ID = lazy(r"(?<![^\W\d_] )id")
_COLUMN_ENDS: Final = frozenset({",", ";", "\t", "|"})


class Scene:
    """A stretch with its values and labels, and who has claimed what."""

    def __init__(self, text: str, four_digit_cards: frozenset[int] = frozenset()) -> None:
        self.text = text
        four = bool(four_digit_cards)
        all_found = [_as_meant(text, found, four=four) for found in all_labels_in(text)]
        names = names_in(text, [each.start for each in all_found if each.label in _NO_NAMES])
        found_in = [found for found in all_found if not is_in_name(names, found)]
        self.labels = [found for found in found_in if found.label not in CONTEXT]
        self.context = [found for found in found_in if found.label in CONTEXT]
        """What the text is about."""
        values = values_in(text, four_digit_cards)
        self.values = [
            value
            for value in values
            if not self._within_label(value) and not is_in_name(names, value)
        ]
        self.cards = [value for value in self.values if value.what is What.CARD]
        self.four = four
        self.claims: dict[int, Claim] = {}
        """By where the value begins."""
        self.foreign: set[int] = set()
        """Where values begin that belong to another label."""
        self.rest = _blanked(text, [*self.labels, *self.values, *names])
        """The text without the words that are known, and without the values."""
        self._label_ends = {found.end for found in self.labels if found.label in AIMS}
        self._link_ends = {found.end for found in self.labels if found.label is Label.LINK}

    @once
    def columns(self) -> Columns:
        """The tables in it."""
        return Columns(self.text)

    @once
    def said(self) -> frozenset[Label]:
        """Which labels stand anywhere, those that say what the text is about too."""
        return frozenset(found.label for found in (*self.labels, *self.context))

    @once
    def names_machine(self) -> bool:
        """Whether a cash machine is named."""
        return Label.CASH_MACHINE in self.said or any(map(self.is_machine, self.labels))

    def is_machine(self, found: Found) -> bool:
        """Return whether a word names a cash machine; some mean something else too: bancomat."""
        return found.label is Label.CASH_MACHINE or (
            self.text[found.start : found.end] in phrases(Label.CASH_MACHINE)
        )

    def _within_label(self, value: Value) -> bool:
        at = bisect_right(self.labels, value.start, key=attrgetter("start")) - 1
        return at >= 0 and value.end <= self.labels[at].end

    def gap(self, start: int, end: int) -> Gap:
        """Return what stands at `start`..`end`."""
        rest = self.rest[start:end]
        if not _LETTER.search(rest):
            return Gap.TOUCH
        boundaries = list(_BOUNDARY.finditer(rest))
        if not boundaries:
            return Gap.WORDS if len(rest) <= _REACH_OF_WORDS else Gap.APART
        last = rest[boundaries[-1].end() :].rstrip()
        if not _LETTER.search(last) or (last.endswith(":") and len(last) <= _LONGEST_NAME):
            return Gap.WORDS
        return Gap.APART

    def has_letters(self, start: int, end: int) -> bool:
        """Return whether any word stands at `start`..`end`, a known one or not."""
        return _LETTER.search(self.text, start, end) is not None

    def apart(self, start: int, end: int) -> int:
        """Return how many characters stand at `start`..`end`, a run of blanks as one."""
        return len(_BLANKS.sub(" ", self.text[start:end]))

    def values_behind(self, at: int, reach: int) -> list[Value]:
        """Return the values that begin at `at` or up to `reach` characters behind it."""
        first = bisect_left(self.values, at, key=attrgetter("start"))
        return self.values[first : bisect_right(self.values, at + reach, key=attrgetter("start"))]

    def labels_between(self, start: int, end: int) -> list[Found]:
        """Return the labels that begin at `start`..`end`."""
        first = bisect_left(self.labels, start, key=attrgetter("start"))
        return self.labels[first : bisect_right(self.labels, end, key=attrgetter("start"))]

    def context_between(self, start: int, end: int) -> list[Found]:
        """Return the words that say what the text is about and begin at `start`..`end`."""
        first = bisect_left(self.context, start, key=attrgetter("start"))
        return self.context[first : bisect_right(self.context, end, key=attrgetter("start"))]

    def names_card(self, value: Value | Claim) -> bool:
        """Return whether a word for a card stands near a value."""
        near = self.labels_between(value.start - _CARD_NEAR, value.end + _CARD_NEAR)
        return any(found.label is Label.CARD for found in near)

    def announced(self, at: int) -> bool:
        """Return whether a colon, or a word like `is`, stands right before `at`."""
        if _ANNOUNCED.search(self.text[max(0, at - _WIDEST_BLANK - 1) : at]):
            return True
        return not self._link_ends.isdisjoint(range(at - _WIDEST_BLANK, at + 1))

    def free(self, value: Value) -> bool:
        """Return whether nobody has claimed a value, and somebody may."""
        return (
            value.what is not What.CARD
            and value.start not in self.claims
            and value.start not in self.foreign
            and (value.start in self._label_ends or not glued_to_letters(self.text, value))
            and (value.start - 1 in self._label_ends or not joined_to_a_word(self.text, value))
        )

    def claim(
        self, value: Value, kind: Kind, worth: float, why: str = "", by: Aim | None = None
    ) -> None:
        """Say what a value is, and by which label."""
        reasons = ((_SLUGS[kind],) if by else ()) + ((why,) if why else ())
        self.claims[value.start] = Claim(value.start, value.end, kind, worth, reasons, by)

    def fits(self, aim: Aim, value: Value) -> bool:
        """Return whether a value can be what a label looks for."""
        if not self.free(value):
            return False
        if aim.kind is Kind.EXPIRY:
            is_group = value.four and not value.lone  # of a number: 4000 0566 1129 1227
            is_date = value.what is What.DATE and not is_group
            if value.form is Form.OTHER and is_amid_month(self.text[value.start : value.end]):
                return False
            return is_date and (aim.sure or value.form is not Form.OTHER)
        if aim.kind is Kind.PIN:
            is_tax = (self.text[aim.start : aim.end], value.digits) == _TAX
            return is_pin(value) and not is_tax and (aim.sure or self.names_card(value))
        if value.touched:
            return aim.sure and value.digits == _SHORT_CODE and self._touches_label(value)
        four = self.four or (aim.sure and not value.year)
        return is_code(value, four=four) or (
            value.four and (self.four or (aim.sure and value.form is Form.OTHER))
        )

    def _touches_label(self, value: Value) -> bool:
        """Return whether a label of ours stands right before a value."""
        near = range(value.start - _WIDEST_BLANK - 1, value.start + 1)
        return any(
            at in self._label_ends and not self.text[at : value.start].strip(" :") for at in near
        )


def _as_meant(text: str, found: Found, *, four: bool) -> Found:
    """Return a label as its number shows it: the Polish NIP is a tax number, the French a PIN.

    `four`: whether a card has a code of four digits, as American Express calls its ID.
    """
    if found.label is Label.PIN and _TAX_NUMBER.match(text, found.start):
        return found._replace(label=Label.OTHER_NUMBER)
    is_id = found.label is Label.REFERENCE and _CARD_ID.fullmatch(text, found.start, found.end)
    if four and is_id and text[found.end : found.end + 1] not in _COLUMN_ENDS:
        return found._replace(label=Label.CODE_HINT)
    return found


def _blanked(text: str, parts: Iterable[Found | Value | Name]) -> str:
    pieces: list[str] = []
    at = 0
    for part in sorted(parts, key=attrgetter("start")):
        pieces += (text[at : part.start], " " * (part.end - max(at, part.start)))
        at = max(at, part.end)
    return "".join((*pieces, text[at:]))
