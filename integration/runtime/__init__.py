"""The composition root: configuration in, everything put together out.

`composition` makes the parts, `handlers` says which use case works which due row, `hooks` is the
web process's side.
"""

from __future__ import annotations

from integration.runtime.composition import (
    Runtime,
    load_config,
    open_runtime,
    report_failure,
)
from integration.runtime.hooks import HookSecrets
from integration.runtime.keys import missing_keys, note_sealing_key, where_keys_are

__all__ = [
    "HookSecrets",
    "Runtime",
    "load_config",
    "missing_keys",
    "note_sealing_key",
    "open_runtime",
    "report_failure",
    "where_keys_are",
]
