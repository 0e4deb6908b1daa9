"""A quick look at whether the words of a text say anything of numbers, before they are read."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.words.counted import DIGITS, PLACE
from integration.core.words.index import WORD, index_of_phrases
from integration.core.words.labels import CONTEXT, LAST_FIGURE, about, all_labels_in, labels_in
from integration.core.words.stems import Remembered, stem_of
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

_CODES: Final = frozenset({Label.SECURITY_CODE, Label.PIN, Label.PASSWORD})
_SAYS_NOTHING: Final = CONTEXT | {None, Label.LINK, Label.MONEY}
_SHORTEST_TELLING_HINT: Final = 9


class _Telling(NamedTuple):
    """What a word tells."""

    alone: bool
    """A label that is looked for."""
    before: Collection[str]
    """It does with one of these stems behind it."""
    sees: int
    """What makes a label together with other words of the same text."""


_NOTHING: Final = _Telling(alone=False, before=(), sees=0)
_CARD, _DATE = 1, 2  # beside the parts of a count, which are other bits
_MACHINE, _CODE, _TYPED = 64, 128, 256
_SEEN: Final = {
    Label.CARD: _CARD,
    Label.EXPIRY: _DATE,
    Label.CASH_MACHINE: _MACHINE,
    Label.CODE_HINT: _CODE,
    Label.TYPED: _TYPED,
}
_CODES_OF_CARD: Final = frozenset({Label.SECURITY_CODE, Label.CODE_HINT})
_LABELS_OF_A_DATE: Final = frozenset({Label.CARD, Label.EXPIRY})
_DATE_OF_CARD: Final = _CARD | _DATE
_SIDE: Final = DIGITS | PLACE
_TYPED_THERE: Final = _MACHINE | _TYPED
_STORY: Final = _CARD | _MACHINE


def tells(text: str) -> bool:
    """Return whether `text` may hold a label other than links and sums.

    Quick, and never wrong when it says no.
    """
    figures = _figures()
    before: Collection[str] = ()
    for word in WORD.findall(text):
        if before and stem_of(word) in before:
            return True
        tells_alone, before, _ = (
            figures.get(word, _NOTHING) if word[0] <= LAST_FIGURE else _TELLING[word]
        )
        if tells_alone:
            return True
    return False


def tells_code(text: str) -> bool:
    """Return whether `text` may hold the label of a code, a PIN or a date with no card number near.

    Quick, and never wrong when it says no.
    """
    figures = _figures()
    before: Collection[str] = ()
    seen = 0
    for word in WORD.findall(text):
        if before and stem_of(word) in before:
            return True
        tells_alone, before, sees = (
            figures.get(word, _NOTHING) if word[0] <= LAST_FIGURE else _TELLING_CODES[word]
        )
        seen |= sees
        if tells_alone:
            return True
    if seen & _STORY and (seen & _CODE or seen & _TYPED_THERE == _TYPED_THERE):
        return True
    together = seen & _DATE_OF_CARD == _DATE_OF_CARD or seen & _SIDE == _SIDE
    return together and _tell_together(text)


def _tell_together(text: str) -> bool:
    labels = {found.label for found in labels_in(text) if found.label is not Label.LINK}
    return not labels.isdisjoint(_CODES_OF_CARD) or labels >= _LABELS_OF_A_DATE


def telling_hint(phrase: str) -> bool:
    """Return whether a phrase that hints at a code says enough where a card is named."""
    return " " in phrase or len(phrase) >= _SHORTEST_TELLING_HINT or not phrase.isascii()


@cache
def _figures() -> dict[str, _Telling]:
    """Return what the few figures tell that phrases hold."""
    return {
        word: _Telling(alone=False, before=about(word).longer, sees=0)
        for word in index_of_phrases().figures
    }


def _what_tells(word: str, says: Callable[[Label | None, str], bool]) -> _Telling:
    known = about(word)
    if known.unparted:
        found = {each.label for each in all_labels_in(word)}
        return _Telling(any(says(label, word) for label in found), (), _seen(found))
    stems = {
        stem
        for stem, phrases in known.longer.items()
        if any(says(phrase.label, " ") for _, phrase in phrases)
    }
    labels = {known.label, *(each.label for some in known.longer.values() for _, each in some)}
    sees = _seen(labels) | known.part & _SIDE
    return _Telling(says(known.label, word), stems, sees)


def _seen(labels: Iterable[Label | None]) -> int:
    return sum(_SEEN.get(label, 0) for label in labels if label)


def _says(label: Label | None, _phrase: str) -> bool:
    return label not in _SAYS_NOTHING


def _says_code(label: Label | None, phrase: str) -> bool:
    return label in _CODES or (label is Label.CODE_HINT and telling_hint(phrase))


_TELLING: Final = Remembered(partial(_what_tells, says=_says))
_TELLING_CODES: Final = Remembered(partial(_what_tells, says=_says_code))
