"""The passcode of a meeting: all who are invited know it, and it opens nothing else."""

from __future__ import annotations

from typing import Final

from integration.core.text.lazy import lazy

_REACH: Final = 120
# Its number stands before it, or it is a part of the link that leads there.
_INVITES: Final = lazy(
    r"\b(?:meeting|webinar|conference|mote|mode|motes)[ -]?(?:id|number|no|nr|nummer)\b"
    r"|https?://[^\s\x00]*(?:zoom|meet|webex|teams|/j/)[^\s\x00]*\Z"
)


def is_of_meeting(text: str, at: int) -> bool:
    """Return whether what stands before a place in plain letters invites to a meeting."""
    return _INVITES.search(text, max(0, at - _REACH), at) is not None
