"""Payment-card numbers and magnetic-stripe tracks, found in a reading of a text."""

from __future__ import annotations

from integration.core.cards.find import find, may_hold

__all__ = ["find", "may_hold"]
