"""Configuration: one TOML file, the environment above it, every problem told at once.

`load` reads it; `describe` is the table behind docs/configuration.md; `variables_in` names what the
environment says of it.
"""

from __future__ import annotations

from integration.config.folder import make_folder
from integration.config.loading import describe, load, variables_in
from integration.config.model import Config, Log, Web, Workers

__all__ = [
    "Config",
    "Log",
    "Web",
    "Workers",
    "describe",
    "load",
    "make_folder",
    "variables_in",
]
