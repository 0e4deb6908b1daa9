"""The `[[policy.patterns]]` tables: an account's own patterns, proved by their examples."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from integration.core.pattern_problems import problems
from integration.core.patterns import OwnPattern, OwnPatterns
from integration.core.spans import Action


def _texts() -> fields.List[str]:
    return fields.List(fields.String())


class PatternSchema(Schema):
    """One table."""

    name = fields.String(required=True, validate=validate.Length(min=1))
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


class _Tables(fields.List[Any]):
    """All tables; what is wrong with one hides nothing of the others."""

    def _deserialize(self, value: Any, *args: Any, **rest: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, list):
            return super()._deserialize(value, *args, **rest)
        wrong: list[Any] = []
        patterns: list[OwnPattern] = []
        numbers: set[str] = set()
        for number, table in enumerate(value, 1):
            try:
                patterns.append(PatternSchema().load(table))
            except ValidationError as error:
                left: Any = error.valid_data
                name = left.get("name") or f"pattern {number}"
                if "name" not in left:
                    numbers.add(name)
                wrong.append({name: error.messages})
                patterns += _half_read(name, left, error.messages)
        if wrong := [*wrong, *problems(patterns, unnamed=numbers)]:
            raise ValidationError(wrong)
        return patterns


def _half_read(name: str, left: dict[str, Any], wrong: Any) -> Iterator[OwnPattern]:  # noqa: ANN401
    """The pattern without what is wrong in it, where enough is left to prove it."""
    if "pattern" in left and not {"words", "match", "no_match"} & set(wrong):
        yield PatternSchema().make({**left, "name": name})


def tables() -> fields.List[Any]:
    """The field of `policy.patterns`."""
    return _Tables(fields.Nested(PatternSchema))


def laid_over(common: Iterable[OwnPattern], own: Iterable[OwnPattern]) -> list[OwnPattern]:
    """The patterns of one account: its own, and the common ones that have other names."""
    mine = list(own)
    names = {pattern.name for pattern in mine}
    return [*(pattern for pattern in common if pattern.name not in names), *mine]


def timed(patterns: Iterable[OwnPattern]) -> OwnPatterns | None:
    """The patterns with what their time is measured by: a busy machine does not make them slow."""
    found = tuple(patterns)
    return OwnPatterns(found, time.thread_time) if found else None
