"""The data files that stand beside the code which reads them.

Not by `pathlib`: it would be a tenth of what importing detection costs.
"""

from __future__ import annotations

import os
from typing import Any


def read_toml(beside: str, name: str) -> dict[str, Any]:
    """Return what stands in a data file beside a module, given as its `__file__`."""
    import tomllib  # noqa: PLC0415  only where a table is read: importing detection stays quick

    with open(os.path.join(_folder_of(beside), name), "rb") as file:  # noqa: PTH118, PTH123
        return tomllib.load(file)


def names_of_toml(beside: str) -> list[str]:
    """Return the data files beside a module, in order."""
    return sorted(name for name in os.listdir(_folder_of(beside)) if name.endswith(".toml"))  # noqa: PTH208


def _folder_of(module: str) -> str:
    """Return the folder of a module, given as its `__file__`."""
    return os.path.dirname(module)  # noqa: PTH120
