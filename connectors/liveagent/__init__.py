"""LiveAgent (QualityUnit): tickets over API v3, notes over API v1, rules as webhooks."""

from __future__ import annotations
