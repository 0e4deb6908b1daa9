"""Several card numbers in one row of groups, each perhaps with its date and its code.

`4111 1111 1111 1111 1227 5555 5555 5555 4444 0128`: any window of such a row could be a number, so
all of it must come out even, but for one short group at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import LENGTHS, SHORT_DATE, telling_issuer
from integration.core.cards.issuers import digits_of_code, issuer_of
from integration.core.cards.reasons import BLOCK
from integration.core.cards.shape import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.cards.shape import Group

_FEWEST_DIGITS: Final = 2 * min(LENGTHS)
_MOST_GROUPS: Final = 60
_GROUPS_OF_A_NUMBER: Final = range(1, 5)
_LONGEST_REST: Final = 4

Span = tuple[int, int]
"""The first group of a number and the one behind its last."""


def several_numbers(run: list[Group], digits: bytes) -> list[Span]:
    """Return where the numbers of a row stand that is nothing but two of them or more."""
    if len(digits) < _FEWEST_DIGITS or len(run) > _MOST_GROUPS:
        return []
    ways: list[list[Span] | None] = [*[None] * len(run), []]
    if run[-1].size <= _LONGEST_REST:
        ways[-2] = []
    for at in range(len(run) - 1, -1, -1):
        found = (
            [(at, end), *rest]
            for end in _ends(run, digits, at)
            for behind in (_behind(run, digits, at, end) if end < len(run) else (end,))
            if (rest := ways[behind]) is not None
        )
        ways[at] = next(found, ways[at])
    numbers = ways[0] or []
    return numbers if len(numbers) > 1 else []


def _ends(run: list[Group], digits: bytes, first: int) -> Iterator[int]:
    """Yield behind which group a number may end that begins with one."""
    for size in _GROUPS_OF_A_NUMBER:
        groups = run[first : first + size]
        number = _digits(groups, digits)
        form = form_of(groups) if len(number) in LENGTHS and telling_issuer(number) else None
        if form and form.worth >= BLOCK.worth:
            yield first + len(groups)


def _behind(run: list[Group], digits: bytes, first: int, end: int) -> Iterator[int]:
    """Yield where the next number may begin: behind a number, its date, its code or both."""
    yield end
    rest = run[end : end + 2]
    issuer = issuer_of(_digits(run[first:end], digits))
    size = digits_of_code(issuer.brand if issuer else None)
    if SHORT_DATE.fullmatch(_digits(rest[:1], digits)):
        yield end + 1
        if rest[-1] is not rest[0] and rest[1].size == size:
            yield end + 2
    elif rest[0].size == size:
        yield end + 1


def _digits(groups: list[Group], digits: bytes) -> bytes:
    return digits[groups[0].before : groups[-1].before + groups[-1].size]
