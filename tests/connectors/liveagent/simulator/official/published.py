"""What the official client declares: its operations and models, read from its own sources."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

_INTERFACE = re.compile(r"export interface (\w+) \{\n(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"^    (?:readonly )?(\w+)(\??): (.+);$", re.MULTILINE)
_ENUM = re.compile(r"export const (\w+) = \{\n(.*?)\n\} as const", re.DOTALL)
_VALUE = re.compile(r"^\s+\w+: ('[^']*'|[\d.]+),?$", re.MULTILINE)
_WIRE_NAME = re.compile(r"'(\w+)': .*?json\['([^']+)'\]")
_METHOD = re.compile(
    r"    async (\w+)Raw\((?:requestParameters: (\w+)|initOverrides)(.*?)\n    \}\n", re.DOTALL
)
_ANSWER = re.compile(r"\(jsonValue\) => (jsonValue\.map\()?(\w+)FromJSON")


@dataclass(frozen=True)
class Field:
    """A parameter of an operation, or a field of a model."""

    name: str
    kind: str
    optional: bool
    values: tuple[object, ...] = ()
    """What it may be, where the client lists it."""
    wire: str = ""


@dataclass(frozen=True)
class Operation:
    """One method of the client."""

    api: str
    name: str
    verb: str
    parameters: tuple[Field, ...]
    answer: str = ""
    """The model it answers with; empty for any."""
    is_list: bool = field(default=False)


def operations(package: Path) -> list[Operation]:
    """Every method of every API class."""
    return [one for path in sorted(package.glob("src/apis/*Api.ts")) for one in _methods(path)]


def models(package: Path) -> dict[str, tuple[Field, ...]]:
    """Every model by its name."""
    sources = {path.stem: path.read_text() for path in package.glob("src/models/*.ts")}
    return {name: _model(source, name) for name, source in sources.items() if name != "index"}


def _methods(path: Path) -> list[Operation]:
    source = path.read_text()
    interfaces, enums = _interfaces(source), _enums(source)
    found = []
    for name, parameters, body in _METHOD.findall(source):
        answer = _ANSWER.search(body)
        found.append(
            Operation(
                path.stem,
                name,
                re.findall(r"method: '(\w+)'", body)[0],
                _fields(interfaces.get(parameters, ""), enums),
                answer[2] if answer else "",
                bool(answer and answer[1]),
            )
        )
    return found


def _model(source: str, name: str) -> tuple[Field, ...]:
    reader = source.partition(f"function {name}FromJSONTyped")[2].partition("\n}\n")[0]
    return _fields(_interfaces(source)[name], _enums(source), dict(_WIRE_NAME.findall(reader)))


def _interfaces(source: str) -> dict[str, str]:
    return dict(_INTERFACE.findall(source))


def _enums(source: str) -> dict[str, tuple[object, ...]]:
    return {
        name: tuple(json.loads(value.replace("'", '"')) for value in _VALUE.findall(body))
        for name, body in _ENUM.findall(source)
    }


def _fields(
    body: str, enums: dict[str, tuple[object, ...]], wire: dict[str, str] | None = None
) -> tuple[Field, ...]:
    return tuple(
        Field(name, kind, bool(optional), enums.get(kind, ()), (wire or {}).get(name, name))
        for name, optional, kind in _FIELD.findall(body)
    )
