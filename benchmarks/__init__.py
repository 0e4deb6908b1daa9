"""Benchmarks: each prints a ratio to a peer or to a floor measured in the same run."""

from __future__ import annotations
