"""The digits that a masked number lacks, where somebody tells them. Pure.

`411111******1111`, and in another message `the six digits in the middle are 111111`: what was
masked is a whole number again, so what fills it goes. Where it was said that some are missing, an
answer with groups as long as the gaps (`41 and then 1111`) needs no word for them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.meanings import is_on_a_receipt
from integration.core.cards.named import AGAINST
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.together.elsewhere import Taken, decoded_of, number_at, sentence_around
from integration.core.words.index import TOUCHING
from integration.core.words.labels import labels_in
from integration.core.words.listed import Listed, says
from integration.core.words.naming import names_no_other
from integration.core.words.parts import Part, counts, parts_told
from integration.core.words.vocabulary import as_read

_LETTER: Final = rf"[^\W{TOUCHING}]"
"""Of a script with gaps between words: those of the others touch numbers."""
_MASKED: Final = re.compile(
    rf"(\d(?<!{_LETTER}.)(?<!\*.)\d{{3}}[ \xa0-]?\d{{0,4}}) ?-?"
    rf"((?:[*xX•.·#][ \xa0-]?){{4,9}})(\d{{4}})(?!{_LETTER}|\*)"
)
_OPEN: Final = re.compile(
    rf"(\d(?<!{_LETTER}.)(?<!\*.)\d{{3}}(?:[ \xa0-]?\d{{1,4}}){{1,2}}) ?-?"
    rf"((?:[ \xa0-]?[*xX•·#]){{4,9}})(?!{_LETTER}|\*|[ \xa0-]?\d)"
)
"""One that lacks its end: `4111111111xxxxxx`."""
_MARKS: Final = ("*", "•", "·", "#", "xx", "XX", "..", "x x", "X X", "x-x", "X-X", ". .", ".-.")
"""One of them is in every masked number: so it is looked for where there may be one."""
_BEGINS: Final = rf"(?<!{_LETTER})(?<![.,:/-])"
_ENDS: Final = rf"(?!{_LETTER}|[:/*•-]|[.,]\d)"
_FILLING: Final = re.compile(rf"{_BEGINS}(\d{{2,4}}[ \u200b-]{{0,2}}\d{{2,4}}){_ENDS}")
_GONE: Final = "\x1f"
"""Stands for each character of a masked number: what it shows fills none."""
_BETWEEN: Final = rf"(?!\w)[^\d{_GONE}]{{1,24}}{_BEGINS}"
_SIGNS: Final = re.compile(
    r"(?<![\dx*•])(?<![\dx*•][ -])"
    r"(?:\*{3,}|•{2,}|x{4,}|x['’-][a-z]{1,4}|x(?= [^\W\d]))(?:[ -][x*•]++)*+"
    r"(?![\w*•]|[ -]?\d|\Z)"
)
"""What stands in place of digits, said of them: the XXXX, the x's; not that of a masked number."""
_NO_DIGIT: Final = re.compile(r"\D")
_NO_GAP: Final = re.compile(r"[^ \xa0-]+")
_ASKED: Final = 200
"""Characters around a masked number in which somebody asks for what it lacks."""
_LABEL: Final = 16
"""Characters before digits in which another number is named."""
_BEFORE: Final = 160
"""Characters of two sentences."""
_MOST: Final = 50
"""Masked numbers of a ticket; more are a list."""


class _Mask(NamedTuple):
    """What is shown of a masked number, and how many digits are not, in the groups they have."""

    first: str
    gaps: tuple[int, ...]
    last: str

    @property
    def lacks(self) -> int:
        """Digits that are not shown."""
        return sum(self.gaps)

    def brand(self, filling: str) -> str | None:
        """The brand of the number that the digits make of it; None where they make none."""
        number = f"{self.first}{filling}{self.last}".encode()
        issuer = issuer_of(number) if len(filling) == self.lacks and is_valid(number) else None
        return issuer.brand if issuer else None


class _Filling(NamedTuple):
    """Digits that may fill a mask, and where its groups stand."""

    pieces: Sequence[tuple[int, int]]
    digits: str

    @property
    def sizes(self) -> tuple[int, ...]:
        """How its digits are grouped."""
        return tuple(end - start for start, end in self.pieces)


_Asked = Mapping[_Mask, set[str]]
"""The masked numbers of a ticket, and the ids of the places that ask for what each lacks."""


def spans_filled_in(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The digits that fill a masked number of the ticket, by surface id.

    `found`: what is known of each place so far.
    """
    masks: defaultdict[_Mask, set[str]] = defaultdict(set)
    shown = ((s.id, *each) for s in surfaces for each in _masks(decoded_of(s).text))
    for surface_id, mask, is_asked in islice(shown, _MOST):
        masks[mask].update((surface_id,) if is_asked else ())
    if not masks:
        return {}
    written = (surface for surface in surfaces if surface.kind is not SurfaceKind.HEADER)
    told = {s.id: list(_filling(s, masks, found[s.id], policy)) for s in written}
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _masks(text: str) -> Iterator[tuple[_Mask, bool]]:
    """The masked numbers of a text, and whether it asks for what each lacks."""
    for match in _shown(text):
        first, hidden, *last = match.groups()
        gaps = tuple(map(len, _NO_GAP.findall(hidden)))
        around = as_read(text[max(0, match.start() - _ASKED) : match.end() + _ASKED])
        yield (
            _Mask(_NO_DIGIT.sub("", first), gaps, "".join(last)),
            says(around, Listed.MASKED),
        )


def _shown(text: str) -> Iterator[re.Match[str]]:
    """Where masked numbers stand."""
    if any(mark in text for mark in _MARKS):
        yield from (*_MASKED.finditer(text), *_OPEN.finditer(text))


def _without_masks(text: str) -> str:
    left = list(text)
    for start, end in (match.span() for match in _shown(text)):
        left[start:end] = _GONE * (end - start)
    return "".join(left)


def _filling(
    surface: Surface, masks: _Asked, found: Sequence[Span], policy: Policy
) -> Iterator[Span]:
    decoded, known = decoded_of(surface), list(found)
    text = _without_masks(decoded.text)
    for pattern in (_FILLING, *map(_in_groups, sorted({mask.gaps for mask in masks}))):
        taken, told = Taken.by(known), []
        for filling in _fillings(text, pattern):
            ranges = [place for piece in filling.pieces for place in decoded.source(*piece)]
            if ranges and not taken.touches(ranges):
                brand = _brand(filling, decoded.text, masks, surface.id)
                told += [number_at(ranges, brand, policy)] if brand else []
        yield from told
        known += told


def _brand(filling: _Filling, text: str, masks: _Asked, surface_id: str) -> str | None:
    """The brand of the number that some digits make of a mask, where they are told for it."""
    for mask, asked in masks.items():
        if brand := mask.brand(filling.digits):
            is_answer = bool(asked - {surface_id}) and _answers(mask, text, filling)
            if is_answer or _is_told(mask, text, filling):
                return brand
    return None


def _fillings(text: str, pattern: re.Pattern[str]) -> Iterator[_Filling]:
    """The digits of a text that may fill a mask."""
    for match in pattern.finditer(text):
        pieces = [match.span(group + 1) for group in range(len(match.groups()))]
        yield _Filling(pieces, _NO_DIGIT.sub("", "".join(match.groups())))


@cache
def _in_groups(gaps: tuple[int, ...]) -> re.Pattern[str]:
    """Groups as long as the gaps, with a word or two between them."""
    return re.compile(_BEGINS + _BETWEEN.join(rf"(\d{{{size}}})" for size in gaps) + _ENDS)


def _is_told(mask: _Mask, text: str, filling: _Filling) -> bool:
    """Whether some digits are said to have been missing, or to be the end.

    The sentence before theirs may say so, where theirs names no other number.
    """
    start, end = filling.pieces[0][0], filling.pieces[-1][1]
    if _is_of_another(as_read(text[max(0, start - _ASKED) : start])):
        return False
    said, is_counted = sentence_around(text, start, end), False
    if counts(said, mask.lacks):  # the six that you do not see
        is_counted = names_no_other(said) or (not mask.last and Part.LAST in parts_told(said))
    if is_counted or _hides(said):
        return True
    return _hides(sentence_around(text, start, end, _BEFORE, 2)) and names_no_other(said)


def _is_of_another(before: str) -> bool:
    """Whether another number is named right before digits; not where the mask is printed."""
    return any(
        found.label in AGAINST and not is_on_a_receipt(before, found.start, found.end)
        for found in labels_in(before)
        if found.start >= len(before) - _LABEL
    )


def _hides(words: str) -> bool:
    return says(words, Listed.MASKED) or _SIGNS.search(words) is not None


def _answers(mask: _Mask, text: str, filling: _Filling) -> bool:
    """Whether some digits are grouped as the gaps are, and no other number is named there."""
    if len(mask.gaps) == 1 or filling.sizes != mask.gaps:
        return False
    if not {mask.first, mask.last}.isdisjoint(text[slice(*piece)] for piece in filling.pieces):
        return False  # what is shown is said once more: ends in 1111, begins with 4111
    start, end = filling.pieces[0][0], filling.pieces[-1][1]
    return names_no_other(f"{as_read(text[start:end])} {sentence_around(text, start, end)}")
