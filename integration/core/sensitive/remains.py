"""What is left beside a card: the code or the date that no label and no place has given away.

People hardly ever write a card down without the two. So what is short, free and close to a card
that lacks them is taken for them, unless something else explains it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.sensitive.around import FEW_WORDS, Around
from integration.core.sensitive.codes import Value, What
from integration.core.sensitive.dates import Form
from integration.core.sensitive.things import is_of_a_thing
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.counted import DIGITS, PLACE, THREE, part_of
from integration.core.words.index import WORD
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from integration.core.sensitive.place import Places
    from integration.core.sensitive.scene import Scene


class Reason(NamedTuple):
    """How sure a value is, and why."""

    worth: float
    why: str


_NEAR_CARD: Final = 24
_NEAR_EXPIRY: Final = 30
"""Characters between a value and the card or the date that speaks for it."""
_TOUCHING: Final = 8
_FAR: Final = 150
_WORDS_OF_A_LINE: Final = 3
_SHORT_TAIL: Final = 16
_SENTENCE_END = lazy(r"[.!?;]\s")
_VERSION = lazy(r"\d(?:\.\d)+")
"""Of a program: 8.9.3. Where a code is written so, a word says that it is one."""
_NEXT_GROUP = lazy(r"[ \xa0-][0-9]{3,4}(?![0-9])")
"""Of a telephone: 0113 496 0144."""
_MARKED_LINE = lazy(r"[ \t\xa0>*\xb7-]{0,60}")


class Remains:
    """The values of a scene that nobody has claimed, and what speaks for them."""

    def __init__(self, scene: Scene, places: Places) -> None:
        self._scene = scene
        self._text = scene.text
        self._places = places
        self._around = Around(scene)

    def read(self) -> None:
        """Let each card that lacks its date or its code take the likeliest value."""
        for kind, reasons in (
            (
                Kind.EXPIRY,
                (
                    self._date_near_card,
                    self._date_near_code,
                    self._date_in_its_line,
                    self._date_of_card,
                    self._the_only_date,
                ),
            ),
            (
                Kind.CVV,
                (
                    self._near_expiry,
                    self._near_card,
                    self._by_its_side,
                    self._typed,
                    self._in_its_line,
                    self._the_only_one,
                ),
            ),
        ):
            for value, reason in self._likeliest(kind, reasons):
                card = self._places.owner(value)
                if self._places.lacks(card, kind):
                    self._places.take(value, card, kind, *reason)
        self._second_dates()

    def _second_dates(self) -> None:
        """Take the date behind one that was taken: valid from 02/24 to 03/28."""
        for value, then in pairwise(self._scene.values):
            if (
                self._is(value, Kind.EXPIRY)
                and value.form is then.form is Form.CLEAR
                and self._scene.free(then)
                and self._around.few_words(value, then, _NEAR_CARD)
                and WORD.search(self._text, value.end, then.start)
            ):
                worth = self._scene.claims[value.start].worth
                self._scene.claim(then, Kind.EXPIRY, min(worth, 0.6), "one-more")

    def _likeliest(
        self, kind: Kind, reasons: tuple[Callable[[Value, Value | None], Reason | None], ...]
    ) -> list[tuple[Value, Reason]]:
        """Return values that may be of a kind, the surest first, and of equals the first."""
        found = []
        for before, value in self._candidates(kind):
            given = [reason for each in reasons if (reason := each(value, before))]
            if given:
                found.append((value, max(given)))
        return sorted(found, key=lambda item: -item[1].worth)

    def _candidates(self, kind: Kind) -> Iterator[tuple[Value | None, Value]]:
        before: Value | None = None
        for value in self._scene.values:
            card = self._places.owner(value)
            if (
                self._scene.free(value)
                and self._places.lacks(card, kind)
                and self._fits(kind, value, card)
                and not is_of_a_thing(self._scene, value)
                and not self._goes_on(before, value)
            ):
                yield before, value
            if value.what is not What.NUMBER or value.digits > 1:
                before = value  # a single digit counts something: those 3 digits

    def _goes_on(self, before: Value | None, value: Value) -> bool:
        """Return whether a value stands right behind another that nobody knows."""
        return (
            before is not None
            and before.what is not What.CARD
            and value.start - before.end == 1
            and before.start not in self._scene.claims
        )

    def _fits(self, kind: Kind, value: Value, card: Value) -> bool:
        if kind is Kind.EXPIRY:
            return value.form in (Form.CLEAR, Form.SHORT) or value.four
        return self._places.is_code(value, card) and not value.year

    def _date_near_card(self, value: Value, before: Value | None) -> Reason | None:
        if (
            before
            and before.what is What.CARD
            and self._around.few_words(before, value, _NEAR_CARD)
        ):
            return Reason(0.6, "near-card")
        return None

    def _date_near_code(self, value: Value, _before: Value | None) -> Reason | None:
        """Take a date with the code of a card right behind it, few words between."""
        behind = self._scene.values_behind(value.end, _NEAR_EXPIRY)
        if (
            behind
            and self._places.is_code(behind[0], self._places.owner(value))
            and (self._scene.free(behind[0]) or self._is(behind[0], Kind.CVV))
            and self._around.few_words(value, behind[0], _NEAR_EXPIRY)
            and not self._places.word_behind(behind[0])
            and not is_of_a_thing(self._scene, behind[0])
            and not _NEXT_GROUP.match(self._text, behind[0].end)
        ):
            return Reason(0.6, "near-code")
        return None

    def _date_in_its_line(self, value: Value, _before: Value | None) -> Reason | None:
        if self._alone_in_its_line(value):
            return Reason(0.55, "in-its-line")
        return None

    def _date_of_card(self, value: Value, before: Value | None) -> Reason | None:
        """Take a month and a year in a sentence that speaks of the card."""
        start, _ = self._around.sentence(value, before)
        labels = self._scene.labels_between(start, value.start)
        if value.form is Form.CLEAR and any(found.label is Label.CARD for found in labels):
            return Reason(0.55, "of-card")
        return None

    def _the_only_date(self, value: Value, _before: Value | None) -> Reason | None:
        alone = value.form is Form.CLEAR and self._is_alone(value, Kind.EXPIRY)
        return Reason(0.5, "only-one") if alone else None

    def _near_expiry(self, value: Value, before: Value | None) -> Reason | None:
        if (
            before
            and self._is(before, Kind.EXPIRY)
            and self._around.few_words(before, value, _NEAR_EXPIRY)
        ):
            return Reason(0.6, "near-expiry")
        return None

    def _near_card(self, value: Value, before: Value | None) -> Reason | None:
        if (
            before
            and before.what is What.CARD
            and self._around.few_words(before, value, _NEAR_CARD)
            and not self._places.word_behind(value)
        ):
            return Reason(0.55, "near-card")
        return None

    def _by_its_side(self, value: Value, before: Value | None) -> Reason | None:
        """Take a number near words for the back of a card or for three digits."""
        start, end = self._around.sentence(value, before)
        if self._around.names_other(start, value.start):
            return None
        words = WORD.findall(self._text[start : value.start])
        words += WORD.findall(self._text[value.end : end])
        parts = [part_of(word) for word in words]
        counted = any(part & THREE for part in parts) and any(part & DIGITS for part in parts)
        if counted or any(part & PLACE for part in parts):
            return Reason(0.6, "side-of-card")
        return None

    def _in_its_line(self, value: Value, _before: Value | None) -> Reason | None:
        return Reason(0.55, "in-its-line") if self._alone_in_its_line(value) else None

    def _typed(self, value: Value, _before: Value | None) -> Reason | None:
        """Take what was typed where the card was used: and then I entered 123."""
        near = self._scene.context_between(value.start - _NEAR_EXPIRY, value.end + _TOUCHING)
        typed = any(
            found.label is Label.TYPED
            and max(found.start - value.end, value.start - found.end) <= _TOUCHING
            for found in near
        )
        return Reason(0.55, "typed") if typed else None

    def _the_only_one(self, value: Value, _before: Value | None) -> Reason | None:
        """Take what is the only number behind a card with a date that may be its code."""
        dated = not self._places.lacks(self._places.owner(value), Kind.EXPIRY)
        told = dated and not self._around.names_other(value.start - _TOUCHING, value.start)
        told = told and not _VERSION.fullmatch(self._text, value.start, value.end)
        return Reason(0.5, "only-one") if told and self._is_alone(value, Kind.CVV) else None

    def _is_alone(self, value: Value, kind: Kind) -> bool:
        """Return whether nothing else behind a card may be what it lacks, no more sentences on."""
        card = self._places.owner(value)
        may_be = [
            other
            for other in self._scene.values_behind(card.end, _FAR)
            if self._places.owner(other) is card
            and self._scene.free(other)
            and self._fits(kind, other, card)
        ]
        return (
            may_be == [value]
            and not self._places.word_behind(value)
            and len(_SENTENCE_END.findall(self._text, card.end, value.start)) <= FEW_WORDS
        )

    def _is(self, value: Value, kind: Kind) -> bool:
        claim = self._scene.claims.get(value.start)
        return claim is not None and claim.kind is kind

    def _alone_in_its_line(self, value: Value) -> bool:
        """Return whether a line behind the card holds one value, few words, none that it counts."""
        if value.start < self._places.owner(value).start:
            return False
        start = self._text.rfind("\n", 0, value.start) + 1
        end = self._text.find("\n", value.end)
        end = len(self._text) if end < 0 else end
        others = self._scene.values_behind(start, end - start)
        return (
            len(others) == 1
            and self._around.unknown(start, end) <= _WORDS_OF_A_LINE
            and not self._around.names_other(start, end)
            and (not self._places.word_behind(value) or self._led_to(start, value))
            and self._scene.apart(value.end, end) <= _SHORT_TAIL
        )

    def _led_to(self, start: int, value: Value) -> bool:
        """Return whether words stand before a value, so that it counts nothing."""
        blank = _MARKED_LINE.match(self._text, start, value.start)
        return blank is not None and blank.end() < value.start
