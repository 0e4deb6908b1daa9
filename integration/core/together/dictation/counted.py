"""A number in odd groups of which the text says how many digits it has. Pure.

`it has 19 digits: 50443 59858 99285 3821`, `5038 9033 9784 (12 digits, yes)`: hardly any other
number is counted so, and beside the count the issuer and the check digit are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from integration.core.cards.counting import counts_up
from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.together.dictation.chains import Chain
from integration.core.together.dictation.pieces import Piece
from integration.core.words.counted import counts_digits

# A digit comes first: what must not stand before it is only looked for where one is.
_COUNT: Final = re.compile(r"1(?<![\w.,:/].)([2-9])(?!\d)[ -]{0,2}([^\W\d_]{2,16})")
_ROW: Final = re.compile(
    r"\d(?<![\w.,:/+-].)(?<!\d .)\d{0,18}(?:[ .-]\d{1,9}){0,10}(?![\w/-]|[.,:]\d| \d)"
)
_GROUP: Final = re.compile(r"(?<![\w.,:/+-])\d{1,8}(?![\w/-]|[.,:]\d)")
_GAP: Final = re.compile(r"[^\d\n:!?]{1,16}")
_NO_DIGIT: Final = re.compile(r"\D")
_BEFORE: Final = 60
"""Characters before a number, or before what counts it, in which another one is named."""
_BEHIND: Final = 160
"""Characters behind a count in which the number stands."""
_IN_FRONT: Final = 40
"""Characters before a count in which it stands, where the count is a remark."""
_REMARK: Final = re.compile(r" ?[(\[,-] ?[^\d\n]{0,12}\Z")
_ACCOUNT: Final = re.compile(r"\d{8}[ -]\d{8}")
"""As accounts are written in Hungary (GIRO)."""
_MOST: Final = 40
"""Counts of a text that are looked at."""


def counted(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, with as many digits as it says."""
    counts = (count for count in _COUNT.finditer(text) if counts_digits(count[2]))
    for count in islice(counts, _MOST):
        for row in _rows(text, count):
            digits = _NO_DIGIT.sub("", row[0])
            said = text[max(0, min(row.start(), count.start()) - _BEFORE) : row.start()]
            if len(digits) == 10 + int(count[1]) and not names_another(said, AGAINST):
                yield from _number((Piece(*row.span(), digits),), row[0])
        yield from _loose(text, count)


def _rows(text: str, count: re.Match[str]) -> Iterator[re.Match[str]]:
    """The rows of digits behind a count, and the one of which it is a remark."""
    low = max(0, count.start() - _IN_FRONT)
    for row in _ROW.finditer(text, low, count.start()):
        if _REMARK.fullmatch(text, row.end(), count.start()):
            yield row
    yield from _ROW.finditer(text, count.end(), count.end() + _BEHIND)


def _loose(text: str, count: re.Match[str]) -> Iterator[Chain]:
    """The number right before a count whose groups have words between them: 411, then 11, 111."""
    low, size = max(0, count.start() - _BEHIND), 10 + int(count[1])
    groups = list(_GROUP.finditer(text, low, count.start()))
    behind = count.start()
    for first in range(len(groups) - 1, -1, -1):
        if not _GAP.fullmatch(text, groups[first].end(), behind):
            return
        behind = groups[first].start()
        pieces = tuple(Piece(*group.span(), group[0]) for group in groups[first:])
        digits = sum(len(piece.digits) for piece in pieces)
        if digits < size:
            continue
        said = text[max(0, behind - _BEFORE) : behind]
        if digits == size and not names_another(said, AGAINST):
            yield from _number(pieces, text[behind : groups[-1].end()])
        return


def _number(pieces: tuple[Piece, ...], written: str) -> Iterator[Chain]:
    digits = "".join(piece.digits for piece in pieces)
    number = digits.encode()
    issuer = issuer_of(number)
    is_account = issuer is not None and issuer.weak and _ACCOUNT.fullmatch(written)
    if issuer and is_valid(number) and not (is_account or counts_up(digits)):
        yield Chain(pieces, digits, issuer)
