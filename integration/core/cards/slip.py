"""One digit that is another, missing or too many, or two that changed places."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIR: Final = 2


def is_slip(digits: str, number: str) -> bool:
    """Return whether one slip of the fingers makes `number` into `digits`.

    >>> is_slip("4111111111111112", "4111111111111111"), is_slip("4111111111111", "4111111111111")
    (True, False)
    """
    if len(digits) == len(number):
        wrong = [at for at, digit in enumerate(digits) if digit != number[at]]
        first = wrong[0] if wrong else 0
        swapped = digits[first : first + _PAIR] == number[first : first + _PAIR][::-1]
        return len(wrong) == 1 or (wrong == [first, first + 1] and swapped)
    longer, shorter = sorted((digits, number), key=len, reverse=True)
    if len(longer) - len(shorter) != 1:
        return False
    same = next((at for at, digit in enumerate(shorter) if digit != longer[at]), len(shorter))
    return longer[same + 1 :] == shorter[same:]


def slips_of(digits: str) -> Iterator[str]:
    """Yield what a slip makes of some digits, as many as they are.

    >>> [digits in slips_of("12") for digits in ("13", "21", "34", "123")]
    [True, True, False, False]
    """
    for at, digit in enumerate(digits):
        for other in string.digits:
            if other != digit:
                yield f"{digits[:at]}{other}{digits[at + 1 :]}"
    for at in range(len(digits) - 1):
        yield f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + _PAIR :]}"
