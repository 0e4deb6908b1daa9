"""Patterns that are compiled when they are first used: importing detection stays quick."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, Generic, cast

_SEARCHES: Final = ("match", "search", "fullmatch", "findall", "finditer", "sub", "split")


class _Lazy(Generic[AnyStr]):
    def __init__(self, pattern: AnyStr) -> None:
        self.pattern: AnyStr = pattern

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  what a compiled pattern has
        compiled = re.compile(self.pattern)
        # From now on they are asked directly.
        self.__dict__ |= {each: getattr(compiled, each) for each in _SEARCHES}
        return getattr(compiled, name)


def lazy(pattern: AnyStr) -> re.Pattern[AnyStr]:
    """Return a pattern of many words or letters that is not compiled yet."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern))
