"""One search through a plain text: every family of kinds looks, the surest hits are kept.

What will be redacted is taken out and the rest is read again, so that the masked text can hold
nothing that would be found then.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core import cards, identifiers, sensitive
from integration.core.cards.spelled import spelled
from integration.core.glance import glance
from integration.core.hits import Hit, digits_left, pick
from integration.core.identifiers.iban import MAY_BE_A_WORD
from integration.core.masks import mask_spans
from integration.core.spans import Kind
from integration.core.text.reading import Reading, read

if TYPE_CHECKING:
    from integration.core.hits import Redacts

_MAX_ROUNDS: Final = 5
_SENSITIVE: Final = 1
"""From this family on there may be more once the cards of a text were found."""


class Family(NamedTuple):
    """Kinds that are found together."""

    may_hold: Callable[[Reading, Sequence[Hit]], bool]
    """Quick, and never wrong when it says no; given what the families before it found."""
    find: Callable[[Reading, Sequence[Hit]], list[Hit]]
    """Given the same."""


def _has_more(reading: Reading, found: Sequence[Hit]) -> bool:
    """Return whether there are digits that no hit holds."""
    return digits_left(reading, found) > 0


def _may_identify(reading: Reading, found: Sequence[Hit], *, secrets: bool) -> bool:
    """Return whether there are more digits, letters at a number, or a mark before a password.

    Letters may touch a number of which they make an IBAN, or be taken for its first digits.
    """
    folded = reading.folded
    if secrets and (b":" in folded or b"=" in folded):
        return True
    if _has_more(reading, found):
        return True
    begin = [
        (folded[hit.start - 1 : hit.start], folded[hit.start : hit.start + 1]) for hit in found
    ]
    return any([one.isalpha() or other.isalpha() for one, other in begin])  # noqa: C419  quicker


def _families(*, secrets: bool) -> tuple[Family, ...]:
    """Return the families in order: what an earlier one finds, no later one takes away."""
    return (
        Family(
            lambda reading, _found: cards.may_hold(reading),
            lambda reading, _found: cards.find(reading),
        ),
        Family(_has_more, sensitive.beside),
        Family(
            partial(_may_identify, secrets=secrets),
            lambda reading, _found: identifiers.find(reading, secrets=secrets),
        ),
    )


_FAMILIES: Final = {secrets: _families(secrets=secrets) for secrets in (False, True)}


def search(
    text: str,
    redacts: Redacts,
    *,
    spelled_out: bool = True,
    secrets: bool = True,
    own: Sequence[Family] = (),
) -> list[Hit]:
    """Return the hits of `text`, in order, not overlapping. Never raises on any text.

    `spelled_out`: card numbers that are written in words are looked for as well; `secrets`:
    passwords and one-time codes. `own`: families of an account, which come last.
    """
    written = read(text)
    if masks := mask_spans(written.folded):
        written = written.without(masks)
    reading = spelled(written) if spelled_out else written
    if not (reading.digits or secrets or own):
        return []
    hits = None if own else glance(reading, secrets=secrets)
    if hits is None:
        families = (*_FAMILIES[secrets], *own)
        said = reading if spelled_out else None
        hits = _rounds(written, redacts, families, reading=said)
    return [_told(text, hit) for hit in hits] if spelled_out else hits


def _rounds(
    written: Reading,
    redacts: Redacts,
    families: Sequence[Family],
    *,
    reading: Reading | None = None,
) -> list[Hit]:
    """Return the hits of a text as it is `written`, `reading` with its number words as digits.

    What is left of it is read again as it is written: words that a number made digits of may stay
    words without it.
    """
    spelled_out = reading is not None
    reading = reading or written
    taken: list[Hit] = []
    left: list[Hit] = []
    for _ in range(_MAX_ROUNDS):
        found = _once(reading, families)
        new = [hit for hit in found if redacts(hit)]
        if len(new) < len(found):
            left = [hit for hit in found if hit not in new] + left
        taken += new
        if not new or not any(family.may_hold(reading, new) for family in families[_SENSITIVE:]):
            break
        written = written.without((hit.start, hit.end) for hit in new)
        reading = spelled(written) if spelled_out else written
    return pick(taken, left) if len(taken) + len(left) > 1 else taken or left


def _told(text: str, hit: Hit) -> Hit:
    if hit.kind is Kind.PAN and not any(map(str.isdigit, text[hit.start : hit.end])):
        return hit._replace(why=(*hit.why, "spelled-out"))
    return hit


def _once(reading: Reading, families: Sequence[Family]) -> list[Hit]:
    found: list[Hit] = []
    for family in families:
        if family.may_hold(reading, found) and (more := family.find(reading, found)):
            found = pick(_outside_ibans(found, more), more) if found else more
    return found


def _outside_ibans(found: list[Hit], more: list[Hit]) -> list[Hit]:
    """Return `found` without what is a part of an IBAN, whose check digits are right."""
    ibans = [
        (hit.start, hit.end)
        for hit in more
        if hit.kind is Kind.IBAN and hit.confidence > MAY_BE_A_WORD
    ]
    if not ibans:
        return found
    before = [bisect(ibans, (hit.start + 1,)) - 1 for hit in found]
    return [hit for hit, at in zip(found, before, strict=True) if at < 0 or hit.end > ibans[at][1]]
