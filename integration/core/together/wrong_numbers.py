"""Rows of digits that are no card number, and what a sentence makes of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from operator import attrgetter
from typing import Final, NamedTuple

from integration.core.cards.chip import is_field_of_another
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.named import AGAINST, LONGEST_TELEPHONE
from integration.core.cards.paid import pays_with
from integration.core.policy import BESIDE_CARD
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.together.claims import (
    ALMOST_WHOLE,
    Amended,
    Claim,
    Number,
    amended,
    amended_halves,
    claims,
)
from integration.core.together.digit_rows import Row, rows
from integration.core.together.elsewhere import Ranges, Taken, decoded_of, is_near_card
from integration.core.words.labels import labels_in
from integration.core.words.parts import is_of_parts
from integration.core.words.vocabulary import Label, as_read

_LABEL: Final = 40
"""Characters before a number in which another is named."""
_PAID: Final = 80
"""Characters before a number in which something is paid with it."""
_NAMES: Final = frozenset({*AGAINST, Label.CARD})
_NO_NUMBER: Final = re.compile(r"(?:[=+]|[^\W\d_]_)\Z")
"""Before a value of a log, a telephone number with its country, and in a name: tok_4471."""
_IN_BRACKETS: Final = re.compile(r"(?:\A[^()\n]{0,40}|\([^()\n]{1,40})\)")
_OF_AN_ADDRESS: Final = re.compile(r"[\w.-]{0,64}@")
"""Behind a part of the name of a mail, or of its id."""
_OF_A_MAP: Final = re.compile(r"-?\d{1,3}\.\d{4,},? -?\d{1,3}\.\d{4,}")
"""Degrees of latitude and longitude."""
_SIZES: Final = range(6, 20)
"""Digits of a wrong number, or of a part of it."""
WHOLE: Final = range(13, 20)
_PRINTED: Final = [4, 4, 4, 4]
_PART: Final = range(6, 14)
_MOST_PARTS: Final = 8
_LONG: Final = range(10, 20)
"""Digits of a row that is no group which a sentence tells."""


_EXAMPLES: Final = "1234567890" * 2
"""What a form shows where a number is to be put in, as far as it goes: 1234 5678 9012 3456."""


class Wrong(NamedTuple):
    """Digits that may be a card number with something wrong, or a part of one."""

    surface: Surface
    row: Row
    ranges: Ranges
    label: Label | None
    """What is named last before them: a card, or another number."""

    @property
    def is_of_another(self) -> bool:
        """Whether another number is named before them."""
        # With more digits it is a card that was told on the phone.
        is_too_long = self.label is Label.TELEPHONE and len(self.row.digits) > LONGEST_TELEPHONE
        # A lighter word is said of more than the number right behind it.
        is_printed = self.label is Label.REFERENCE and [*map(len, self.row.groups)] == _PRINTED
        return self.label in AGAINST and not (is_too_long or is_printed)

    @property
    def is_telling(self) -> bool:
        """Whether they are almost a whole number, or are called one."""
        return len(self.row.digits) >= ALMOST_WHOLE or self.label is Label.CARD

    @property
    def is_near_card(self) -> bool:
        """Whether a card is spoken of near them, or something is to be paid with them."""
        text = decoded_of(self.surface).text
        before = as_read(text[max(0, self.row.start - _PAID) : self.row.start])
        return pays_with(before) or is_near_card(text, self.row.start, self.row.end)


class Said(NamedTuple):
    """A sentence of a place, and what it says of a number."""

    surface: Surface
    claim: Claim


class Right(NamedTuple):
    """Wrong numbers with what makes a right one of them."""

    wrong: Sequence[Wrong]
    digits: str
    """Of the right one."""
    issuer: Issuer
    used: Sequence[Number]
    """The numbers of the sentence that are a part of it."""


def wrong_numbers(surface: Surface, decoded: Decoded, found: Sequence[Span]) -> Iterator[Wrong]:
    """The rows of digits of a place that nothing has found; `found`: what is known of it."""
    taken = Taken.by(found, BESIDE_CARD)
    for row in rows(decoded.text, _SIZES.start):
        ranges = tuple(decoded.source(row.start, row.end)) if len(row.digits) in _SIZES else ()
        before = decoded.text[max(0, row.start - _LABEL) : row.start]
        if not ranges or taken.touches(ranges) or _OF_AN_ADDRESS.match(decoded.text, row.end):
            continue
        if decoded.is_read_twice and row.start >= decoded.shown:
            continue  # the bytes of a dump hold figures of any kind
        if _EXAMPLES.startswith(row.digits) or _OF_A_MAP.fullmatch(
            decoded.text, row.start, row.end
        ):
            continue
        if not (_NO_NUMBER.search(before) or is_field_of_another(*_in_bytes(before))):
            label = _label_of(as_read(before), is_whole=len(row.digits) in WHOLE)
            yield Wrong(surface, row, ranges, label)


def _in_bytes(before: str) -> tuple[bytes, int]:
    """As a number's surroundings are read, and where it begins."""
    read = before.encode(errors="replace")
    return read, len(read)


def sayings(surface: Surface, decoded: Decoded, *, of_no_number: bool) -> Iterator[Said]:
    """What the sentences of a place say of a number; a whole one that stands there is no part."""
    told = list(claims(decoded, of_no_number=of_no_number))
    long = (
        [row for row in rows(decoded.text, _LONG.start) if len(row.digits) in _LONG] if told else ()
    )
    yield from (Said(surface, _apart_from(long, claim)) for claim in told)


def _apart_from(stretches: Iterable[Row], claim: Claim) -> Claim:
    for row in stretches:
        claim = claim.apart_from(row.start, row.end)
    return claim


def put_right(wrong: Sequence[Wrong], said: Said) -> Iterator[Right]:
    """The card numbers that a sentence makes of wrong ones, or of two parts that go together."""
    whole = [right for one in wrong if (right := _right([one], said))]
    yield from whole
    if not whole:
        parts = [one for one in wrong if len(one.row.digits) in _PART][:_MOST_PARTS]
        for first, second in permutations(parts, 2):
            if right := _right([first, second], said, amended_halves):
                yield right
                return


def _right(
    wrong: Sequence[Wrong],
    said: Said,
    ways: Callable[[Sequence[str], Claim], Iterator[Amended]] = amended,
) -> Right | None:
    """The first card number that a sentence makes of some groups."""
    groups = [group for one in wrong for group in one.row.groups]
    for made in ways(groups, _apart_from(_rows_in(said, wrong), said.claim)):
        number = made.digits.encode()
        issuer = issuer_of(number) if made.digits != "".join(groups) else None
        if issuer and not issuer.weak and is_valid(number):
            return Right(wrong, made.digits, issuer, made.used)
    return None


def _rows_in(said: Said, wrong: Sequence[Wrong]) -> Iterator[Row]:
    """Those of the wrong numbers that stand in the same place as a sentence."""
    return (one.row for one in wrong if one.surface is said.surface)


def _label_of(before: str, *, is_whole: bool) -> Label | None:
    """What is named last before a number, and not in brackets: `card (customer no. 7): 4111`.

    What may also name a part of a number names no whole one so: `MID 5261...`, of a merchant.
    """
    before = _IN_BRACKETS.sub(lambda words: " " * len(words[0]), before)
    named = (each for each in labels_in(before) if each.label in _NAMES)
    said = [each for each in named if is_whole or not is_of_parts(before[each.start : each.end])]
    last = max(said, key=attrgetter("end"), default=None)
    return last.label if last else None
