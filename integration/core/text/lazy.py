"""Patterns that are compiled when they are first used: importing detection stays quick."""

from __future__ import annotations

import re
from typing import Any, Final, cast

_SEARCHES: Final = ("match", "search", "fullmatch", "findall", "finditer", "sub", "split")


class _Lazy:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  what a compiled pattern has
        compiled = re.compile(self.pattern)
        # From now on they are asked directly.
        self.__dict__ |= {each: getattr(compiled, each) for each in _SEARCHES}
        return getattr(compiled, name)


def lazy(pattern: str) -> re.Pattern[str]:
    """Return a pattern of many words or letters that is not compiled yet."""
    return cast("re.Pattern[str]", _Lazy(pattern))
