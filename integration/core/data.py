"""The data files that stand beside the code which reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def read_toml(path: Path) -> dict[str, Any]:
    """Return what stands in a file of the package."""
    import tomllib  # noqa: PLC0415  only where a table is read: importing detection stays quick

    return tomllib.loads(path.read_text("utf-8"))
