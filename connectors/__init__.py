"""Helpdesk connectors: one folder a helpdesk."""

from __future__ import annotations
