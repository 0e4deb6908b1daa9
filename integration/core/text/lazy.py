"""Patterns that are compiled when they are first used: importing detection stays quick."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, Generic, cast

_SEARCHES: Final = ("match", "search", "fullmatch", "findall", "finditer", "sub", "split")


class _Lazy(Generic[AnyStr]):
    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._given_flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  what a compiled pattern has
        compiled = re.compile(self.pattern, self._given_flags)
        # From now on they are asked directly.
        self.__dict__ |= {each: getattr(compiled, each) for each in _SEARCHES}
        return getattr(compiled, name)


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is not compiled yet; a hundred of them take a third of the import."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
