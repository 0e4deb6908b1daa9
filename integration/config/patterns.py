"""The `[[policy.patterns]]` tables: an account's own patterns, proved by their examples."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load

from integration.core.pattern_problems import problems
from integration.core.patterns import OwnPattern, OwnPatterns
from integration.core.spans import Action


def _texts() -> fields.List[str]:
    return fields.List(fields.String())


class PatternSchema(Schema):
    """One table."""

    name = fields.String(required=True)
    pattern = fields.String(required=True)
    action = fields.Enum(Action, by_value=True)
    words = _texts()
    match = _texts()
    no_match = _texts()

    @post_load
    def make(self, data: Mapping[str, Any], **_: object) -> OwnPattern:
        """The pattern of a table."""
        given: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in data.items()}
        return OwnPattern(**given)


def _usable(patterns: Sequence[OwnPattern]) -> None:
    if found := problems(patterns):
        raise ValidationError(found)


def tables() -> fields.List[Any]:
    """The field of `policy.patterns`."""
    return fields.List(fields.Nested(PatternSchema), validate=_usable)


def laid_over(common: Iterable[OwnPattern], own: Iterable[OwnPattern]) -> list[OwnPattern]:
    """The patterns of one account: its own, and the common ones that have other names."""
    mine = list(own)
    names = {pattern.name for pattern in mine}
    return [*(pattern for pattern in common if pattern.name not in names), *mine]


def timed(patterns: Iterable[OwnPattern]) -> OwnPatterns | None:
    """The patterns with what their time is measured by: a busy machine does not make them slow."""
    found = tuple(patterns)
    return OwnPatterns(found, time.thread_time) if found else None
