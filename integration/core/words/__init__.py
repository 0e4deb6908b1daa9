"""The words that give a number its meaning, per language: one TOML file each, read when needed."""

from __future__ import annotations

from integration.core.words.vocabulary import Label, phrases

__all__ = ["Label", "phrases"]
