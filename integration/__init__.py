"""deskwarden: card data found, removed and proved gone, reported as tickets."""

from __future__ import annotations

__version__ = "0.1.0"
