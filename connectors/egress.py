"""The egress guard: the only writes that a client can make, checked on their way out.

A write that is not in the table, or that could reach anyone but ourselves, raises EgressRefused
before a byte is sent. Reads are free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integration.core.errors import EgressRefused

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """One call that changes something, and what its fields must be."""

    method: str
    path: re.Pattern[str]
    permits: Callable[[Fields], bool]


def check(permitted: Sequence[Write], method: str, path: str, fields: Fields) -> None:
    """Raise EgressRefused unless this write is in the table and reaches nobody else."""
    if method == "GET":
        return
    for write in permitted:
        if method == write.method and write.path.fullmatch(path) and write.permits(fields):
            return
    raise EgressRefused("a call was not sent, because it could reach someone")


def has_no_body(fields: Fields) -> bool:
    """For a call whose path says it all."""
    return not fields
