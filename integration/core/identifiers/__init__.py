"""What names a person or an account beside cards: ids, bank accounts, birth dates, secrets."""

from __future__ import annotations

from integration.core.identifiers.find import find, may_hold

__all__ = ["find", "may_hold"]
