"""Findings: what needs a person, its lifecycle and its words."""

from __future__ import annotations
