"""Importing this reads every word list: a process that forks does it once, before it forks."""

from __future__ import annotations

from integration.core.detection import find

# One text with a number in figures and one in words: each asks for its tables.
find(f"card {'4' * 16} code {'9' * 3}, {'four ' * 16}")
