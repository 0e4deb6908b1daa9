"""A quick look that is enough for most texts: nothing stands in them, or a card and nothing else.

One look at how the digits are written, then one at the words around each few numbers. It finds what
the families of kinds would find; where it cannot tell, they look for themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.find import runs_of
from integration.core.cards.interrupted import may_be_interrupted
from integration.core.cards.lines import may_join
from integration.core.cards.number import MIN_DIGITS, number_of_form
from integration.core.cards.shape import shape_of
from integration.core.identifiers.columns import columns
from integration.core.identifiers.find import (
    groups_of,
    long_runs_of,
    may_state_a_password,
    telling,
)
from integration.core.identifiers.lettered import places_of
from integration.core.identifiers.nearby import may_hold_short_word
from integration.core.sensitive.alone import (
    REACH_BEHIND,
    lone_runs_of,
    places_of_codes,
)
from integration.core.sensitive.worth import REACH_BEFORE
from integration.core.text.fold import INVISIBLE
from integration.core.text.reading import by_writing, classes_of
from integration.core.words.bits import BIRTH, BORN, HINT, SECRET
from integration.core.words.telling import OF_CODES, may_be_code, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.cards.reasons import Form
    from integration.core.hits import Hit
    from integration.core.identifiers.find import Group
    from integration.core.text.reading import Reading

_WIDEST: Final = 4096
"""From the first digit to the last: something is found in most texts that hold more."""
_OF_OTHERS: Final = BIRTH | BORN | SECRET | HINT
Span = tuple[int, int]


class _Whole(NamedTuple):
    """All the digits of a text, written as one card number is."""

    start: int
    end: int
    form: Form


class _Outline(NamedTuple):
    """What the way its digits are written says of a text, whatever digits they are."""

    whole: _Whole | None = None
    loud: bool = False
    """Whether anything else may stand there that its form gives away."""
    lone: tuple[Span, ...] = ()
    """Numbers that may be codes."""
    groups: tuple[Group, ...] = ()
    """Numbers that may be dates or secrets, those near each other together."""


@by_writing
def _outline(written: bytes) -> _Outline:
    shape = classes_of(written)
    if runs := runs_of(shape):
        whole = _whole(written, shape, runs)
        return _Outline(whole, groups=groups_of(shape)) if whole else _Outline(loud=True)
    if may_be_interrupted(shape) or long_runs_of(shape) or places_of(shape):
        return _Outline(loud=True)
    return _Outline(lone=lone_runs_of(written), groups=groups_of(shape))


def _whole(written: bytes, shape: bytes, runs: Sequence[Span]) -> _Whole | None:
    if len(runs) != 1 or shape.count(b"0", *runs[0]) != shape.count(b"0"):
        return None
    start = runs[0][0]
    groups, form = shape_of(written, *runs[0])
    return _Whole(start + groups[0].start, start + groups[-1].end, form) if form else None


def glance(reading: Reading, *, secrets: bool) -> list[Hit] | None:
    """Return what stands in a text where a quick look tells; None where it does not.

    `secrets`: passwords and one-time codes count as well.
    """
    if reading.last - reading.first > _WIDEST:
        return None
    low, outline = _outline(reading)
    if outline.loud or (secrets and may_state_a_password(reading.folded)):
        return None
    if outline.whole is None:
        return [] if _is_quiet(reading, low, outline, secrets=secrets) else None
    if secrets and telling(reading, low, outline.groups, secrets=secrets):
        return None
    return _only_card(reading, low, outline.whole)


def _only_card(reading: Reading, low: int, whole: _Whole) -> list[Hit] | None:
    """Return the card that all the digits are, when no letter touches it that makes it an IBAN."""
    start = low + whole.start
    if start and reading.folded[start - 1 : start].isalpha():
        return None
    number = number_of_form(reading, start, low + whole.end, whole.form)
    return [number] if number else None


def _is_quiet(reading: Reading, low: int, outline: _Outline, *, secrets: bool) -> bool:
    """Return whether no word near a number, and no line, makes anything of it."""
    folded = reading.folded
    if INVISIBLE in folded or (b"\n" in folded and _lines_tell(reading)):
        return False
    if len(outline.groups) > 1 and _says_nothing(reading):
        return True
    if outline.lone and places_of_codes(reading, low, outline.lone):
        return False
    return not telling(reading, low, outline.groups, secrets=secrets)


def _says_nothing(reading: Reading) -> bool:
    """Return whether nothing of what matters stands anywhere among the numbers, at one look."""
    start, end = reading.first - REACH_BEFORE, reading.last + 1 + REACH_BEHIND
    found = says(reading, start, end, OF_CODES | _OF_OTHERS)
    return not (
        found & _OF_OTHERS
        or may_be_code(reading, start, end, found)
        or may_hold_short_word(reading, reading.first, reading.last + 1)
    )


def _lines_tell(reading: Reading) -> bool:
    """Return whether a number may go over lines, or stand in a table."""
    if reading.digits >= MIN_DIGITS and may_join(reading.folded):
        return True
    return next(columns(reading), None) is not None
