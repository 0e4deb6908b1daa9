"""Payment-card numbers and the data that travels with them, found in plain text."""

from __future__ import annotations

from integration.core.cards.find import find
from integration.core.cards.hit import Hit

__all__ = ["Hit", "find"]
