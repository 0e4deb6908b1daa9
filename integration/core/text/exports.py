"""Chats as their programs export them in JSON: what was written, a line each, read aside.

Between two messages stand names, times and ids; a number that somebody sent in two of them is one
for whoever reads the chat.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.text.builder import Builder, read_twice
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.decoded import Decoded

_SAID: Final = ("text", "body", "message", "content", "transcript")
"""What programs call what was written or said: Slack and Telegram, mail, Teams, Discord, Google."""
_NAMES: Final = (*_SAID, *map(str.capitalize, _SAID))
_WRITTEN: Final = lazy(rf'"(?:{"|".join(_NAMES)})"[ \t]{{0,4}}:[ \t]{{0,4}}"([^"\n]*)"')
_FEWEST: Final = 3
"""Messages; fewer are no chat."""
_MOST: Final = 2_000


def may_stand_in(source: str) -> bool:
    """Return at a glance whether such a chat may stand in a text."""
    return '"' in source and any(f'"{name}"' in source for name in _NAMES)


def opened(source: str) -> Decoded | None:
    """Read a text as it stands, and its messages aside; None where there is no chat in it."""
    found = list(islice(_WRITTEN.finditer(source), _MOST)) if may_stand_in(source) else []
    if len(found) < _FEWEST:
        return None
    aside = Builder(source)
    for each in found:
        aside.verbatim(*each.span(1))
        aside.gap("\n")
    return read_twice(source, aside)
