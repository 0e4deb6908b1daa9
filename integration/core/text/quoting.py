"""Values that stand without quotes where a mask, which holds blanks, needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.text.attributes import unquoted_at

if TYPE_CHECKING:
    from collections.abc import Iterable

_REACH: Final = 1000
"""Characters from the beginning of a tag to a value in it."""
_JSON = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|(-?[0-9][0-9.eE+-]*+)", re.DOTALL)


def missing_quotes(text: str, masked: Iterable[tuple[int, int]], media_type: str) -> set[int]:
    """Return where a quote has to be put, so that what is put in place of `masked` is one value."""
    if "json" in media_type.lower():
        bare = {match.span() for match in _JSON.finditer(text) if match[1]}
        values = [place for place in masked if place in bare]
    else:
        values = [value for place in masked if (value := _in_a_tag(text, *place))]
    return {at for value in values for at in value}


def _in_a_tag(text: str, start: int, end: int) -> tuple[int, int] | None:
    tag = text.rfind("<", max(0, start - _REACH), start)
    if tag < 0 or not text[tag + 1].isalpha() or text.find(">", tag, start) >= 0:
        return None
    return unquoted_at(text, tag, start, end)
