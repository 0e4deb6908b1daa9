"""How a use case gets a connector without knowing any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from integration.core.ports import Connector
from integration.core.rows import AccountRow

Opener = Callable[[AccountRow, Mapping[str, Any]], Connector]
"""A connector for this account with these facts; the caller closes it."""
