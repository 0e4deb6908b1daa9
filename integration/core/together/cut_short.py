"""Card numbers without their last digit, of which somebody says that one is missing. Pure.

`4111 1111 1111 111?`: the digit that is left out is the check digit, so it follows from the others.
Where it is told as well, both are known before (`core.together.corrected`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.glued import telling_issuer
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.together.elsewhere import Taken, decoded_of, number_at, text_of
from integration.core.words.correcting import ends
from integration.core.words.counted import words_for_digits
from integration.core.words.index import WORD
from integration.core.words.naming import names_no_other, speaks_of_card
from integration.core.words.vocabulary import as_read

CUT_SHORT: Final = "cut-short"
"""The reason of every span that is found so."""
_ALL_BUT_ONE: Final = re.compile(
    r"(?<![^\W_])(?<!\d[ .-])[2-6]\d{3}([ .-])(?:\d{4}\1){2}\d{3}(?!\d|[ .,/-]{1,2}\d)", re.ASCII
)
"""Fifteen digits in fours: in one block an IMEI and many an order number have as many."""
_MAY_STAND: Final = re.compile(r"[2-6][0-9]{3}(?:[^0-9\n]{1,6}[0-9]{4}){2}[^0-9\n]{1,6}[0-9]{3}")
"""The same in a text as it stands, with `&nbsp;` between them perhaps."""
_LEFT_OPEN: Final = re.compile(r" ?(?:[xX](?![^\W_])|\?(?=[,;]|[ \t]{1,3}[^\W\d_A-Z]))")
"""A letter for the digit, or a question mark amid a sentence."""
_BEFORE: Final = 40
"""Characters before a number in which a card is spoken of."""
_BEHIND: Final = 60
"""The same behind it, for its last digit."""


def spans_cut_short(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers whose last digit is left open, or is said to be missing, by surface id.

    `found`: what is known of each place so far.
    """
    told = {
        surface.id: list(_numbers(surface, found[surface.id], policy))
        for surface in surfaces
        if _MAY_STAND.search(text_of(surface))
    }
    return {name: spans for name, spans in told.items() if spans}


def _numbers(surface: Surface, found: Sequence[Span], policy: Policy) -> Iterator[Span]:
    decoded = decoded_of(surface)
    taken = Taken.by(found)
    for each in _ALL_BUT_ONE.finditer(decoded.text):
        places = decoded.source(*each.span())
        if not places or taken.touches(places) or not _is_said(decoded.text, *each.span()):
            continue
        digits = "".join(filter(str.isdigit, each[0]))
        numbers = (telling_issuer(f"{digits}{last}".encode()) for last in range(10))
        if issuer := next(filter(None, numbers), None):
            yield number_at(places, issuer.brand, policy, CUT_SHORT)


def _is_said(text: str, start: int, end: int) -> bool:
    before = as_read(text[max(0, start - _BEFORE) : start])
    if not (speaks_of_card(before) and names_no_other(before)):
        return False
    if _LEFT_OPEN.match(text, end):
        return True
    words = set(WORD.findall(as_read(text[end : end + _BEHIND])))
    return not words.isdisjoint(words_for_digits()) and not words.isdisjoint(ends())
