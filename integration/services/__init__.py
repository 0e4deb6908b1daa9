"""Use cases: they take ports as arguments and know no adapter."""

from __future__ import annotations
