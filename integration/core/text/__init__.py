"""Text as a reader sees it, decoded by its declared media type, with a map back to the original."""

from __future__ import annotations

from integration.core.text.decode import decode, holds_files
from integration.core.text.decoded import BARRIER, Decoded
from integration.core.text.sealed import Sealed

__all__ = ["BARRIER", "Decoded", "Sealed", "decode", "holds_files"]
