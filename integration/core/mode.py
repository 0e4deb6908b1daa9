"""What we may do to an account's tickets."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What we may do to an account's tickets."""

    MONITOR = "monitor"
    """Look and report; write nothing but our own tickets. It ends by a date, with a question."""
    ENFORCE = "enforce"
