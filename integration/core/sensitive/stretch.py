"""Stretches of a text in plain letters in which cards are marked and clocks of chats are blank."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.issuers import FOUR_DIGIT_CODES
from integration.core.sensitive.codes import CARD_MARK
from integration.core.sensitive.months import is_month
from integration.core.text import BARRIER
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading, Window

_MARGIN: Final = 24
"""Characters read beyond a reach, so that no word or number is cut in two."""

# What a line of a list, a quote or a chat begins or ends with: "2. ", "> ",
# "[24.11.26, 10:32] Ola:", "Ola (10:32):", "<Ola> ", "10.32 Guest 4411:", and behind it
# "Ola: 12/27 (10:32)"; " 2) ".
_CLOCK = r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{3,6})?)?(?: ?[ap]\.?m\.?)?"
_DOTTED = r"[0-2]?[0-9]\.[0-5][0-9](?:\.[0-5][0-9])?"
_DAY = r"(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}[t, ]{1,3})?"
_NAME = r"[^0-9\n\x01:=,]{0,30}"
# A name may end in an initial, not in a shortened word: that is a label, `Overf.: 044`.
_SPEAKER = rf"<?{_NAME}(?<![ \t])(?<![^\W\d_]{{3}}\.)[ _#-]?[0-9]{{0,8}}>?:"
_BLANK = r"[ \t,|-]{0,3}"
# Of a log: its level, and which part of a program wrote it.
_LEVEL = (
    r"(?:\[?(?:trace|debug|info|notice|warn(?:ing)?|error|fatal)\]?[ \t]{1,4}"
    r"(?:[a-z][\w.-]{1,40}[ \t]{1,4})?)?"
)
_HEAD = lazy(
    rf"^[>| \t*]*(?:[\[(<]?{_DAY}{_CLOCK}[\])>]?(?![0-9:]){_BLANK}{_LEVEL}(?:{_SPEAKER})?"
    rf"|[\[(<]{_DAY}{_DOTTED}[\])>]{_BLANK}(?:{_SPEAKER})?|{_DAY}{_DOTTED}[ \t]{_BLANK}{_SPEAKER}"
    rf"|{_NAME}[\[(]{_DAY}{_CLOCK}[\])]:?|<[^0-9\n\x01<>]{{1,30}}[0-9]{{0,8}}>(?= )"
    rf"|[0-9]{{1,2}}[.)] |>+)"
    rf"|[ \t][\[(]{_DAY}{_CLOCK}[\])][ \t]*$|(?<= )[1-9]\)(?= )",
    re.MULTILINE,
)
_HEAD_MARKS = ":>\n)"
_MONTH_OF_YEAR = lazy(r"([^\W\d_]{3,14})\.? (?:19|20)[0-9]{2}(?![0-9])")

# Between a field and its value as PHP dumps them: `["cvv"]=>`, and below it `string(3) "518"`.
_DUMPED = lazy(r"=>\s{1,9}(?:string\([0-9]{1,4}\) \"|(?:int|float)\()")

# A code or a date in which a letter stands for a nought: 3o9, o6/28.
_LETTER_O = "o"
_WITH_LETTER_O = lazy(r"(?<![^\W_])(?=[o0-9]{2,4}(?![^\W_]))(?=o*[0-9])[0-9]*o[o0-9]*")


class Stretch(NamedTuple):
    """Plain letters with cards as `CARD_MARK`, and the way back to the whole text."""

    text: str
    window: Window
    reach: tuple[int, int]
    """What lies outside is only there to read whole words by."""
    four_digit_cards: frozenset[int]
    """Where those cards begin whose security code has four digits."""
    whole: str
    """The text that it is a stretch of, as it was written."""

    def written(self, start: int, end: int) -> str:
        """Return `start`..`end` as it was written."""
        low, high = self.window.span(start, end)
        return self.whole[low:high]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where `start`..`end` stands in the whole text; None when it is out of reach."""
        span = self.window.span(start, end)
        return span if self.reach[0] <= span[0] and span[1] <= self.reach[1] else None


def whole_cards(cards: Sequence[Hit], start: int, end: int) -> tuple[int, int, Sequence[Hit]]:
    """Return a reach that cuts no card in two, and the cards, all given in order, that stand in it.

    A card next to it would else be read as numbers of four digits.
    """
    low, high = start - _MARGIN, end + _MARGIN
    first = bisect_right(cards, low, key=attrgetter("end"))
    if first < len(cards) and cards[first].start < low:
        low, first = cards[first].end, first + 1
    behind = bisect_left(cards, high, key=attrgetter("start"))
    if behind > first and cards[behind - 1].end > high:
        behind -= 1
        high = cards[behind].start
    return low + _MARGIN, high - _MARGIN, cards[first:behind]


def stretches(
    reading: Reading, start: int, end: int, cards: Sequence[Hit] = ()
) -> Iterator[Stretch]:
    """Yield the stretches of `start`..`end` between barriers that hold `cards`, or all."""
    folded = reading.folded
    low, high = max(0, start - _MARGIN), min(len(folded), end + _MARGIN)
    left = deque(cards)
    while low < high:
        wall = folded.find(BARRIER.encode(), low, high)
        stop = high if wall < 0 else wall
        inside: list[Hit] = []
        while left and left[0].end <= stop:
            inside.append(left.popleft())
        if stop > low and (inside or not cards):
            yield _stretch(reading, low, stop, (start, end), inside)
        low = stop + 1


def _stretch(
    reading: Reading, low: int, high: int, reach: tuple[int, int], cards: Sequence[Hit]
) -> Stretch:
    window = reading.window(low, high)
    text = window.text
    four = set()
    if cards:
        marked = list(text)
        for card, (start, end) in zip(cards, _within(window, low, cards), strict=True):
            marked[start:end] = CARD_MARK * (end - start)
            if card.brand == FOUR_DIGIT_CODES:
                four.add(start)
        text = "".join(marked)
    if any(mark in text for mark in _HEAD_MARKS):
        text = _HEAD.sub(_blank, text)
    if "=>" in text:
        text = _DUMPED.sub(lambda joint: "=>".ljust(len(joint[0])), text)
    if _LETTER_O in text:
        text = _WITH_LETTER_O.sub(lambda digits: digits[0].replace(_LETTER_O, "0"), text)
    return Stretch(text, window, reach, frozenset(four), reading.text)


def _blank(head: re.Match[str]) -> str:
    """What stands instead of the head of a line; `26. nov. 2026` is none, but a date."""
    month = _MONTH_OF_YEAR.match(head.string, head.end())
    if month and head[0].endswith(". ") and is_month(month[1]):
        return head[0]
    return " " * len(head[0])


def _within(window: Window, low: int, cards: Sequence[Hit]) -> list[tuple[int, int]]:
    """Return where cards stand in a window, whose invisible characters are gone.

    One may begin before a barrier, in another window: only its end is in this one.
    """
    offsets = window.offsets
    if isinstance(offsets, range):
        return [(max(card.start - low, 0), card.end - low) for card in cards]
    at = {offset: place for place, offset in enumerate(offsets)}
    found = []
    for card in cards:
        inside = [at[offset] for offset in range(max(card.start, low), card.end) if offset in at]
        found.append((inside[0], inside[-1] + 1))
    return found
