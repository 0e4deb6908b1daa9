"""What needs no word: a date and a code that stand right beside a card number, or on a line alone.

Each card takes one date and one code. What stands behind the number counts before what stands
before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.around import Around
from integration.core.sensitive.codes import Value, What, is_code
from integration.core.sensitive.dates import Form, ends_month, may_be_day
from integration.core.sensitive.scene import Gap
from integration.core.sensitive.things import (
    is_headed_as_code,
    is_in_its_column,
    is_of_a_thing,
    is_of_an_order,
    is_when_it_took_place,
)
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from integration.core.sensitive.scene import Scene

_BESIDE: Final = frozenset({Kind.CVV, Kind.EXPIRY})
_SHORT_CODE: Final = 3
"""Digits. American Express prints one of four and one of three; exports hold either."""
_TOUCHING: Final = 24
"""Characters between two values that touch."""
_NEXT_SENTENCE: Final = 25
_LONGEST: Final = 40
"""Characters of a card number or a date."""

_SHORTENED_LABEL = lazy(r"[^\W\d_]{3}\.:[ \t\xa0]{0,3}\Z")
# A letter of a script that parts words: in the others a verb may be glued to the number.
_WORD_BEHIND = lazy(r" {0,2}[a-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u052f]")
_STARTS = lazy(r"(?:\A|[\n(\[:|>\t;])[ \t\xa0>*\xb7-]{0,60}\Z")
_ENDS = lazy(r"[ \t\xa0]{0,4}(?:\Z|[\r\n)\]|\t;]|[.,](?![0-9]))")
_LINE_STARTS = lazy(r"(?:\A|\n)[ \t\xa0>*\xb7-]{0,60}\Z")
_LINE_ENDS = lazy(r"[ \t\xa0.,;]{0,4}(?:\Z|[\r\n])")
_WITHOUT_LETTERS = lazy(r"[\W\d_]*")
_DIGITS_BEFORE = lazy(r"[0-9][ -]")
_LOOK_BACK: Final = 62
"""What a line of a chat began with is blank."""


class Places:
    """The values of a scene that their place gives away."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._text = scene.text
        self._around = Around(scene)
        self._owner: dict[int, Value] = {}
        self._has: defaultdict[int, set[Kind]] = defaultdict(set)
        self._own()

    def owner(self, value: Value) -> Value:
        """Return the card that a value belongs to: the one before it, or the first."""
        return self._owner[value.start]

    def lacks(self, card: Value, kind: Kind) -> bool:
        """Return whether a card has no code, or no date, yet."""
        return kind not in self._has[card.start]

    def read(self) -> None:
        """Claim what stands beside a card, then what stands on a line alone, then the rest."""
        values = self._scene.values
        self._spread(values, self._behind)
        self._spread(reversed(values), self._before)
        self._pairs()
        for value in values:
            if self._scene.free(value):
                self._alone_on_its_line(value)
        for value in sorted(values, key=self._is_before_its_card):
            if self._scene.free(value):
                self._in_the_same_sentence(value)
        self._spread(values, self._behind)

    def _is_before_its_card(self, value: Value) -> bool:
        return value.start < self._owner[value.start].start

    def _own(self) -> None:
        """Give every value to the card before it, or to the first card."""
        cards = self._scene.cards
        owner = cards[0]
        for value in self._scene.values:
            owner = value if value.what is What.CARD else owner
            self._owner[value.start] = owner
            if claim := self._scene.claims.get(value.start):
                self._has[owner.start].add(claim.kind)

    def take(self, value: Value, card: Value, kind: Kind, worth: float, why: str) -> None:
        """Claim a value as the code or the date of a card."""
        self._scene.claim(value, kind, worth, why)
        self._has[card.start].add(kind)

    def _spread(self, values: Iterable[Value], step: Callable[[Value, Value, Value], bool]) -> None:
        """Go from each card, date and code to the value that touches it."""
        anchor: Value | None = None
        card: Value | None = None
        for value in values:
            if value.what is What.CARD:
                anchor = card = value
            elif claim := self._scene.claims.get(value.start):
                anchor = value if claim.kind in (Kind.EXPIRY, Kind.CVV) else None
                card = card or self._owner[value.start]
            elif anchor and card and self._touch(anchor, value) and self._scene.free(value):
                anchor = value if step(value, anchor, card) else None
            else:
                anchor = None

    def _touch(self, one: Value, other: Value) -> bool:
        start, end = min(one.end, other.end), max(one.start, other.start)
        return (
            self._scene.apart(start, end) <= _TOUCHING
            and self._scene.gap(start, end) is Gap.TOUCH
            and not self._scene.columns.are_of_other_rows(one.start, other.start)
        )

    def _behind(self, value: Value, anchor: Value, card: Value) -> bool:
        has = self._has[card.start]
        listed = value.form is Form.OTHER and self._text[anchor.end : value.start] == ":"
        took_place = is_when_it_took_place(self._scene, value)
        to_the_day = value.form is Form.OTHER and (
            (ends_month(self._text[value.start : value.end]) and not took_place)
            or self._leads_to_code(anchor, value, card)
        )
        is_date = self._is_date(value) and not (took_place or is_in_its_column(self._scene, value))
        if (is_date or listed or to_the_day) and Kind.EXPIRY not in has:
            self.take(value, card, Kind.EXPIRY, 0.8, "behind-card")
            return True
        if Kind.CVV in has:
            return False
        if not self._may_be_code(value, card):
            return self._short_code_behind(value, anchor, card)
        if anchor.what is What.CARD:
            sure = not self.word_behind(value)
            self.take(value, card, Kind.CVV, 0.6 if sure else 0.45, "behind-card")
        else:
            self.take(value, card, Kind.CVV, 0.8, "behind-expiry")
        return True

    def _short_code_behind(self, value: Value, anchor: Value, card: Value) -> bool:
        """Claim three digits behind the date of a card that has a code of four and one of three."""
        short = card.four and is_code(value, four=False) and anchor.what is not What.CARD
        headed = self._scene.columns.head_of(value.start) is not None
        if not short or headed or self.word_behind(value):
            return False
        self.take(value, card, Kind.CVV, 0.6, "behind-expiry")
        return True

    def _leads_to_code(self, card_end: Value, date: Value, card: Value) -> bool:
        """Return whether a date with a month in words stands between card and code in a line."""
        behind = self._scene.values_behind(date.end, _TOUCHING)
        return (
            bool(behind)
            and not _WITHOUT_LETTERS.fullmatch(self._text, date.start, date.end)
            and "\n" not in self._text[card_end.end : behind[0].start]
            and self.is_code(behind[0], card)
            and self._scene.free(behind[0])
            and self._touch(date, behind[0])
            and not self.word_behind(behind[0])
        )

    def _before(self, value: Value, anchor: Value, card: Value) -> bool:
        has = self._has[card.start]
        is_day = self._is_day(value, anchor) or is_when_it_took_place(self._scene, value)
        if self._is_date(value) and not is_day and Kind.EXPIRY not in has:
            self.take(value, card, Kind.EXPIRY, 0.8, "before-card")
            return True
        if Kind.CVV in has or self._is_named(value) or not self._may_be_code(value, card):
            return False
        if (
            anchor.what is What.DATE
            or self._starts(value, _LINE_STARTS)
            or self._behind_date(value)
        ):
            self.take(value, card, Kind.CVV, 0.6, "before-card")
            return True
        return False

    def _is_named(self, value: Value) -> bool:
        """Return whether a shortened label leads to a value, as on receipts: `Overf.: 044`."""
        low = max(value.start - _TOUCHING, 0)
        return _SHORTENED_LABEL.search(self._text, low, value.start) is not None

    def _is_day(self, value: Value, anchor: Value) -> bool:
        """Return whether a value is more often the day of a month: `21.11 VARE 4111 ...`."""
        return value.form is Form.SHORT and (
            self._scene.has_letters(value.end, anchor.start)
            or may_be_day(self._text, value.start, value.end)
        )

    def _pairs(self) -> None:
        """Claim a date and a code that stand together, apart from everything else."""
        for date, code in pairwise(self._scene.values):
            card = self._bearer(date)
            if (
                self._is_date(date)
                and self._scene.free(date)
                and self._scene.free(code)
                and not self._has[card.start] & _BESIDE
                and self._touch(date, code)
                and not self._goes_on(date)
                and self._may_be_code(code, card)
                and (self._close(date, code) or self._starts(date, _STARTS))
                and self._ends(code, _ENDS)
            ):
                self.take(date, card, Kind.EXPIRY, 0.7, "pair")
                self.take(code, card, Kind.CVV, 0.7, "pair")

    def _goes_on(self, date: Value) -> bool:
        """Return whether digits of a longer row, and no card, stand right before a date."""
        before = self._text[max(0, date.start - 2) : date.start]
        is_card = date.start - 1 <= self._owner[date.start].end <= date.start
        return _DIGITS_BEFORE.fullmatch(before) is not None and not is_card

    def _bearer(self, value: Value) -> Value:
        """Return whose a value is: that of the nearest card, or of one before that has none yet."""
        owner = self._owner[value.start]
        if not self._has[owner.start] & _BESIDE:
            return owner
        before = (card for card in self._scene.cards if card.start < value.start)
        return next((card for card in before if not self._has[card.start] & _BESIDE), owner)

    def _behind_date(self, code: Value) -> bool:
        """Return whether a free date touches a code from before."""
        near = self._scene.values_behind(code.start - _TOUCHING - _LONGEST, _LONGEST + _TOUCHING)
        before = [value for value in near if value.start < code.start]
        return bool(before) and self._is_date(before[-1]) and self._touch(before[-1], code)

    def _close(self, date: Value, code: Value) -> bool:
        return code.start - date.end == 1

    def _alone_on_its_line(self, value: Value) -> None:
        card = self._owner[value.start]
        if not self._starts(value, _LINE_STARTS) or not self._ends(value, _LINE_ENDS):
            return
        if value.form is Form.CLEAR and Kind.EXPIRY not in self._has[card.start]:
            self.take(value, card, Kind.EXPIRY, 0.7, "own-line")
        elif Kind.CVV not in self._has[card.start] and self._may_be_code(value, card):
            self.take(value, card, Kind.CVV, 0.6, "own-line")

    def _in_the_same_sentence(self, value: Value) -> None:
        """Claim what has words around it that no list knows."""
        card = self._owner[value.start]
        has = self._has[card.start]
        if value.form is Form.CLEAR and Kind.EXPIRY not in has:
            if is_of_a_thing(self._scene, value):
                return
            if self._around.is_reached(value, card):
                self.take(value, card, Kind.EXPIRY, 0.6, "same-sentence")
            elif 0 <= value.start - card.end <= _NEXT_SENTENCE and not self.word_behind(value):
                self.take(value, card, Kind.EXPIRY, 0.55, "next-sentence")
        elif Kind.EXPIRY in has and Kind.CVV not in has and self.is_code(value, card):
            announced = value.start > card.start and self._scene.announced(value.start)
            near = announced or self._around.is_reached(value, card)
            near = near and not self._scene.columns.are_of_other_rows(card.start, value.start)
            near = near and not self._around.goes_on(value)
            if near and not self.word_behind(value) and not is_of_a_thing(self._scene, value):
                self.take(value, card, Kind.CVV, 0.55, "beside-card-and-expiry")

    def _is_date(self, value: Value) -> bool:
        is_date = value.form in (Form.CLEAR, Form.SHORT)
        return is_date and not is_of_an_order(self._scene, value)

    def is_code(self, value: Value, card: Value) -> bool:
        """Return whether a value has as many digits as the code of a card."""
        if card.four and not self._is_short_in_its_column(value):
            is_date = value.four and value.lone
            return is_date or (is_code(value, four=True) and value.digits == 4)
        return is_code(value, four=False)

    def _is_short_in_its_column(self, value: Value) -> bool:
        return value.digits == _SHORT_CODE and is_headed_as_code(self._scene, value)

    def _may_be_code(self, value: Value, card: Value) -> bool:
        return self.is_code(value, card) and not is_in_its_column(self._scene, value)

    def word_behind(self, value: Value) -> bool:
        """Return whether a word that says nothing of cards follows on the same line."""
        match = _WORD_BEHIND.match(self._scene.rest, value.end)
        return bool(match)

    def _starts(self, value: Value, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self._text[max(0, value.start - _LOOK_BACK) : value.start]))

    def _ends(self, value: Value, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.match(self._text, value.end))
