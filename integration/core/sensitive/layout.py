"""Which label speaks of which value: the layouts in which people write their cards down.

A stretch is read as runs: some labels, then the values behind them. In a run the labels take the
first values that fit, in order, so that `Exp 12/27, CVV 123`, a header row above its values and a
question with its answer are the same case; a label that finds nothing looks at the value before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.sensitive.codes import (
    Value,
    What,
    glued_to_letters,
    is_code,
    is_pin,
    values_in,
)
from integration.core.sensitive.dates import Form
from integration.core.spans import Kind
from integration.core.words.labels import FIRST_UNPARTED, Found, labels_in
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Aim(NamedTuple):
    """What a label looks for."""

    kind: Kind
    sure: bool
    """Whether the label means nothing else."""
    start: int = 0
    end: int = 0


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


class Run(NamedTuple):
    """Labels, and the values up to the next label."""

    labels: list[Found]
    values: list[Value]


_AIMS: Final = {
    Label.SECURITY_CODE: Aim(Kind.CVV, sure=True),
    Label.CODE_HINT: Aim(Kind.CVV, sure=False),
    Label.ONE_TIME_CODE: Aim(Kind.CVV, sure=False),
    Label.EXPIRY: Aim(Kind.EXPIRY, sure=True),
    Label.EXPIRY_HINT: Aim(Kind.EXPIRY, sure=False),
    Label.PIN: Aim(Kind.PIN, sure=True),
    Label.PASSWORD: Aim(Kind.PIN, sure=False),  # many say the password of the card
}
FOREIGN: Final = frozenset(
    {
        Label.OTHER_CARD,
        Label.OTHER_NUMBER,
        Label.REFERENCE,
        Label.TELEPHONE,
        Label.MONEY,
        Label.BIRTH_DATE,
        Label.NATIONAL_ID,
        Label.BANK_ACCOUNT,
    }
)
"""Labels whose number is none of ours."""
_SLUGS: Final = {Kind.CVV: "code-word", Kind.EXPIRY: "date-word", Kind.PIN: "pin-word"}
_SILENT: Final = frozenset({Label.LINK, Label.CARD_HINT})

_REACH: Final = 120
"""Characters from a label to its value."""
_REACH_OF_WORDS: Final = 70
"""The same with other words between."""
_REACH_BACK: Final = 40
_WIDEST_BLANK: Final = 2
_HEAD: Final = 30
"""The longest name that a line of a chat begins with."""

_LETTER = re.compile(r"[^\W\d_]")
_BOUNDARY = re.compile(r"[.!?;]\s|[\r\n]")
_ANNOUNCED = re.compile(r"[:=][ \t\xa0]{0,2}\Z")
_NAME_HEAD = re.compile(r"^[^\W\d_][^\d\n:=\x01]{0,24}:", re.MULTILINE)
_BRACKET = re.compile(r"\s?[(\[]\s?\Z")
_CARD_NEAR: Final = 50
_SHORT_HINT: Final = 7
_SHORT_HINT_UNPARTED: Final = 2
_WORD_BEFORE = re.compile(r"[^\W\d_] \Z")
_DIRECT: Final = {True: 0.85, False: 0.65}
_WORTH: Final = {
    (True, Gap.TOUCH): 0.9,
    (True, Gap.WORDS): 0.75,
    (False, Gap.TOUCH): 0.7,
    (False, Gap.WORDS): 0.55,
}


class Scene:
    """A stretch with its values and labels, and who has claimed what."""

    def __init__(self, text: str, four_digit_cards: frozenset[int] = frozenset()) -> None:
        self.text = text
        self.labels = labels_in(text)
        values = values_in(text, four_digit_cards)
        self.values = [value for value in values if not self._within_label(value)]
        self.four = bool(four_digit_cards)
        self.claims: dict[int, Claim] = {}
        """By where the value begins."""
        self.foreign: set[int] = set()
        """Where values begin that belong to another label."""
        self.rest = _without_names(_blanked(text, [*self.labels, *self.values]))
        """The text without the words that are known, and without the values."""
        self._label_ends = {found.end for found in self.labels if found.label in _AIMS}
        self._link_ends = {found.end for found in self.labels if found.label is Label.LINK}

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
        if not _LETTER.search(last) or (last.endswith(":") and len(last) <= _HEAD):
            return Gap.WORDS
        return Gap.APART

    def values_behind(self, at: int, reach: int) -> list[Value]:
        """Return the values that begin at `at` or up to `reach` characters behind it."""
        first = bisect_left(self.values, at, key=attrgetter("start"))
        return self.values[first : bisect_right(self.values, at + reach, key=attrgetter("start"))]

    def labels_between(self, start: int, end: int) -> list[Found]:
        """Return the labels that begin at `start`..`end`."""
        first = bisect_left(self.labels, start, key=attrgetter("start"))
        return self.labels[first : bisect_right(self.labels, end, key=attrgetter("start"))]

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
            return value.what is What.DATE and (aim.sure or value.form is not Form.OTHER)
        if aim.kind is Kind.PIN:
            return is_pin(value) and (aim.sure or self.names_card(value))
        four = self.four or (aim.sure and not value.year)
        return is_code(value, four=four) or (self.four and value.four)

    def read_labels(self) -> list[Aim]:
        """Let every label take its value; return those that found none."""
        left: list[Aim] = []
        before: Sequence[Value] = ()
        for run in self._runs():
            self._claim_foreign(run, before)
            left += self._claim_run(run, before)
            before = run.values
        return left

    def _runs(self) -> Iterator[Run]:
        items: list[Found | Value] = [
            *(found for found in self.labels if found.label not in _SILENT),
            *self.values,
        ]
        items.sort(key=attrgetter("start"))
        run = Run([], [])
        for item in items:
            if isinstance(item, Value):
                run.values.append(item)
                continue
            if run.values:
                yield run
                run = Run([], [])
            run.labels.append(item)
        yield run

    def _claim_foreign(self, run: Run, before: Sequence[Value]) -> None:
        if not run.labels:
            return
        first, last = run.labels[0], run.labels[-1]
        if first.label is Label.MONEY and before and first.start - before[-1].end <= 1:
            self.foreign.add(before[-1].start)
        if last.label in FOREIGN and run.values:
            value = run.values[0]
            ours = value.form is Form.CLEAR and last.label is not Label.BIRTH_DATE
            near = value.start - last.end <= _REACH_BACK
            if near and not ours and self.gap(last.end, value.start) is not Gap.APART:
                self.foreign.add(value.start)

    def _claim_run(self, run: Run, before: Sequence[Value]) -> list[Aim]:
        aims = _aims_of(run.labels)
        left: list[Aim] = []
        for aim in aims:
            behind = bool(before) and bool(_BRACKET.match(self.text[before[-1].end : aim.start]))
            ways = (self._backward, self._forward) if behind else (self._forward, self._backward)
            listed = len({aim.start for aim in aims}) > 1
            if not any(way(aim, run, before, listed=listed) for way in ways):
                left.append(aim)
        return left

    def _forward(self, aim: Aim, run: Run, _before: Sequence[Value], *, listed: bool) -> bool:
        for value in run.values:
            if value.start - aim.end > _REACH:
                return False
            if not self.fits(aim, value):
                continue
            gap = self.gap(run.labels[-1].end if listed else aim.end, run.values[0].start)
            if gap is Gap.APART or self.gap(run.values[0].start, value.start) is Gap.APART:
                return False
            if self._of_another_word(aim):
                return False
            why = "in-a-list" if listed else ""
            self.claim(value, aim.kind, _WORTH[aim.sure, gap], why, aim)
            return True
        return False

    def _of_another_word(self, aim: Aim) -> bool:
        """Return whether a short hint stands behind a word that is not known: error code."""
        if aim.sure or aim.kind is not Kind.CVV:
            return False
        unparted = self.text[aim.start] >= FIRST_UNPARTED
        if aim.end - aim.start > (_SHORT_HINT_UNPARTED if unparted else _SHORT_HINT):
            return False
        return bool(_WORD_BEFORE.search(self.rest, max(0, aim.start - 2), aim.start))

    def _backward(self, aim: Aim, _run: Run, before: Sequence[Value], *, listed: bool) -> bool:
        value = before[-1] if before else None
        if value is None or not self.fits(aim, value) or aim.start - value.end > _REACH_BACK:
            return False
        if listed or not (aim.sure or aim.kind is Kind.CVV):
            return False
        if self.gap(value.end, aim.start) is not Gap.TOUCH:
            return False
        if "\n" in self.text[value.end : aim.start]:
            return False
        self.claim(value, aim.kind, _WORTH[aim.sure, Gap.TOUCH] - 0.05, "word-behind", aim)
        return True


def _aims_of(labels: Sequence[Found]) -> list[Aim]:
    """Return what a run of labels looks for, each kind once, as surely as its surest label."""
    aims: dict[Kind, Aim] = {}
    for found in labels:
        aim = _AIMS.get(found.label)
        if not aim:
            continue
        known = aims.get(aim.kind)
        start = known.start if known else found.start
        sure = aim.sure or bool(known and known.sure)
        aims[aim.kind] = Aim(aim.kind, sure, start, found.end)
    code = aims.get(Kind.CVV)
    if code and not code.sure:
        if Kind.PIN in aims:
            del aims[Kind.CVV]  # the code is the PIN
        elif any(found.label is Label.CARD for found in labels):
            aims[Kind.PIN] = code._replace(kind=Kind.PIN)  # so it may be the code of the card
    return list(aims.values())


def _without_names(rest: str) -> str:
    """Return the text without the names that lines of a chat begin with: those that come again."""
    names = Counter(match[0] for match in _NAME_HEAD.finditer(rest))
    if not names or names.most_common(1)[0][1] < 2:
        return rest
    return _NAME_HEAD.sub(lambda name: " " * len(name[0]) if names[name[0]] > 1 else name[0], rest)


def _blanked(text: str, parts: Iterable[Found | Value]) -> str:
    pieces: list[str] = []
    at = 0
    for part in sorted(parts, key=attrgetter("start")):
        pieces += (text[at : part.start], " " * (part.end - max(at, part.start)))
        at = max(at, part.end)
    return "".join((*pieces, text[at:]))
