"""Whose our three top-level names are."""

from __future__ import annotations

import importlib
import json
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from integration.diagnosis.rows import Row, row

PACKAGES = ("integration", "connectors", "webhooks")
"""Our top-level names: distributions of others own two of them too and would overwrite ours."""


def names() -> Row:
    """Whether all of them are ours."""
    wrong = foreign_packages()
    if not wrong:
        return row("ok", "packages", f"{', '.join(PACKAGES)}: all of deskwarden")
    fix = "install deskwarden into an environment of its own"
    return row("fail", "packages", f"not of deskwarden: {', '.join(wrong)}", fix)


def foreign_packages() -> list[str]:
    """Which of our top-level names belong to another distribution."""
    try:
        ours = distribution("deskwarden")
    except PackageNotFoundError:
        return list(PACKAGES)
    return [name for name in PACKAGES if not _is_ours(name, ours)]


def _is_ours(name: str, ours: Distribution) -> bool:
    file = getattr(importlib.import_module(name), "__file__", None)
    if file is None:
        return False
    place = Path(file).resolve()
    recorded = {Path(str(ours.locate_file(f))).resolve() for f in ours.files or ()}
    return place in recorded or place.is_relative_to(_editable_folder(ours))


def _editable_folder(ours: Distribution) -> Path:
    """The folder of an editable install, by its direct_url; else one that holds nothing."""
    # Not Distribution.origin: that is of Python 3.13.
    origin = json.loads(ours.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return Path("/nonexistent")
    return Path(url2pathname(urlsplit(origin["url"]).path)).resolve()
