"""How many digits stand together in a text: a quick look, before slower ones for what is said."""

from __future__ import annotations

import string
from typing import Final

_ZEROS: Final = bytes(ord("0") if chr(each) in string.digits else ord(" ") for each in range(256))
"""What stands for each byte: a zero for a digit, and a blank for anything else."""


def sizes_of_groups(text: str) -> list[int]:
    """Return how many digits each group of them has; those of other scripts only in plain letters.

    >>> sizes_of_groups("4111 and 1111, order 10023, part 1")
    [4, 4, 5, 1]
    """
    return list(map(len, text.encode("latin-1", "replace").translate(_ZEROS).split()))
