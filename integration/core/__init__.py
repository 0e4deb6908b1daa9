"""Pure decisions over values: no input or output, no clock, no framework."""

from __future__ import annotations
