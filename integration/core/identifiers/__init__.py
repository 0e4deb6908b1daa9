"""What names a person or an account beside cards: ids, bank accounts, birth dates, secrets."""

from __future__ import annotations

from integration.core.identifiers.find import find

__all__ = ["find"]
