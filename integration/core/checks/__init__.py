"""Checks: pure functions over a snapshot, with their texts in TOML beside them."""

from __future__ import annotations
