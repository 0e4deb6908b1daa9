"""Values that stand without quotes where a mask, which holds blanks, needs them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from integration.core.text.attributes import unquoted_at
from integration.core.text.lazy import lazy
from integration.core.text.tokens import tags_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REACH: Final = 500
"""Characters of a bare value before a number."""
_MAY_BE_BARE = lazy(r"=[^\"'<>]*\Z")
_JSON = lazy(
    r"\"(?:[^\"\\]|\\.)*+\"?|(?:\A|[:,\[])\s*+(-?[0-9][0-9.eE+-]*+)(?=\s*+(?:[,}\]]|\Z))", re.DOTALL
)


def missing_quotes(text: str, masked: Iterable[tuple[int, int]], media_type: str) -> set[int]:
    """Return where a quote has to be put, so that what is put in place of `masked` is one value."""
    if "json" in media_type.lower():
        bare = {match.span(1) for match in _JSON.finditer(text) if match[1]}
        values = [place for place in masked if place in bare]
    else:
        values = list(_in_tags(text, [place for place in masked if _may_be_bare(text, place[0])]))
    return {at for value in values for at in value}


def _may_be_bare(text: str, start: int) -> bool:
    return bool(_MAY_BE_BARE.search(text, max(0, start - _REACH), start))


def _in_tags(text: str, masked: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    tags = list(tags_in(text)) if masked else []
    for start, end in masked:
        at = bisect_right(tags, (start, end)) - 1
        if at >= 0 and end <= tags[at][1] and (value := unquoted_at(text, *tags[at], start, end)):
            yield value
