"""The machine's clock: the one place that reads the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """Implements core.ports.Clock."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.fromtimestamp(time.time(), tz=UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
