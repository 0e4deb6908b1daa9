"""The texts, needs and limits of every check, from the TOML files beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any

from integration.core.checks.model import Metadata
from integration.core.findings.model import Severity

FAMILIES = ("access", "keys")


def _load() -> Mapping[str, Metadata]:
    folder = resources.files("integration.core.checks")
    entries: dict[str, Metadata] = {}
    for family in FAMILIES:
        table = tomllib.loads(folder.joinpath(f"{family}.toml").read_text(encoding="utf-8"))
        entries |= {entry["id"]: _metadata(entry) for entry in table["check"]}
    return MappingProxyType(entries)


def _metadata(entry: Mapping[str, Any]) -> Metadata:
    return Metadata(
        id=entry["id"],
        severity=Severity(entry["severity"]),
        needs=tuple(entry["needs"]),
        texts={what: entry[what] for what in ("title", "why", "fix")},
        params=entry.get("params", {}),
    )


METADATA: Mapping[str, Metadata] = _load()
"""By check id."""
