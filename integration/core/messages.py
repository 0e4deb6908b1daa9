"""Messages by key, in English and Norwegian: the only place where our words to people live."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from integration.core.masks import LOCALES


@dataclass(frozen=True, slots=True)
class Message:
    """A message before it has a language: a key and the facts it is filled with."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@cache
def catalogue(locale: str) -> Mapping[str, str]:
    """All texts of a locale, keys dotted, from every `texts/*.{locale}.toml` of the core."""
    found: dict[str, str] = {}
    for entry in sorted(resources.files("integration.core").joinpath("texts").iterdir(), key=str):
        if entry.name.endswith(f".{locale}.toml"):
            found |= _flatten(tomllib.loads(entry.read_text(encoding="utf-8")))
    return found


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        flat |= _flatten(value, f"{key}.") if isinstance(value, Mapping) else {key: value}
    return flat


def say(key: str, locale: str, /, **params: object) -> str:
    """The text of a key in a locale, filled in. A key without a text is a KeyError: a bug.

    Only plain `{name}` fields are filled: no attribute of a value can be reached from a text.
    """
    template = catalogue(locale if locale in LOCALES else "en")[key]
    return _Plain().vformat(template, (), {name: str(value) for name, value in params.items()})


class _Plain(string.Formatter):
    def get_field(
        self, field_name: str, _args: Sequence[object], kwargs: Mapping[str, object]
    ) -> tuple[object, str]:
        return kwargs[field_name], field_name
