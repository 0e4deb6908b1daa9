"""The last look at a text of ours before it leaves."""

from __future__ import annotations

from integration.core.detection import contains_card
from integration.core.errors import PermanentError


class TextRefused(PermanentError):
    """A text of ours holds something that looks like a card number; it was not sent."""

    reason = "text_refused"


def check(text: str) -> None:
    """Raise TextRefused for what must not leave."""
    if contains_card(text):
        raise TextRefused("a text of ours looks as if it held a card number")
