"""Words that say what a number is not: `0862 (not the PIN of a card)`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from integration.core.words.listed import Listed, any_of, listed

_REACH: Final = 24


def is_denied(text: str, at: int) -> bool:
    """Return whether a word like `not` stands before the label at `at`, two short words between."""
    return _denies().search(text, max(0, at - _REACH), at) is not None


@cache
def _denies() -> re.Pattern[str]:
    words = any_of(listed(Listed.NOT))
    return re.compile(rf"(?<![^\W\d])(?:{words})(?: [^\W\d]{{1,5}}){{0,2}} \Z")
