"""What travels with a card number: security code, expiry, PIN."""

from __future__ import annotations

from integration.core.sensitive.beside import beside

__all__ = ["beside"]
