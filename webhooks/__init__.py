"""The Flask side: the receiver of webhooks, health and metrics."""

from __future__ import annotations
