"""`deskwarden demo`: the whole main job against a simulated helpdesk, counted against the truth."""

from __future__ import annotations
