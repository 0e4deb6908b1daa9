"""Request Tracker (Best Practical): tickets over REST 2, redaction by our own extension."""

from __future__ import annotations
