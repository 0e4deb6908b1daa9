"""The reason slugs that the code raises, read from its source."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from integration.core import errors

ROOT = Path(__file__).parent.parent
PACKAGES = ("integration", "connectors", "webhooks")
CHOSEN = frozenset({"kind"})
"""Names of variables that hold an error class taken from a table."""


@cache
def raised_reasons() -> Mapping[str, list[str]]:
    """Reason slug -> the packages that raise an error with it, both in order."""
    trees = {_module(path): ast.parse(path.read_text(encoding="utf-8")) for path in _sources()}
    known = _error_names(trees)
    found: dict[str, set[str]] = {}
    del trees[errors.__name__]  # it only defines them
    for module, tree in trees.items():
        for slug in _slugs(tree, known):
            found.setdefault(slug, set()).add(".".join(module.split(".")[:2]))
    return {slug: sorted(packages) for slug, packages in sorted(found.items())}


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _error_names(trees: dict[str, ast.Module]) -> dict[str, str]:
    """Name of every error class of ours -> its own reason, those outside the core included."""
    known = {
        name: kind.reason
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.DeskwardenError)
    }
    classes = [n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    while fresh := [c for c in classes if c.name not in known and _base(c) in known]:
        known |= {c.name: _own_reason(c) or known[_base(c)] for c in fresh}
    return known


def _base(node: ast.ClassDef) -> str:
    return node.bases[0].id if node.bases and isinstance(node.bases[0], ast.Name) else ""


def _own_reason(node: ast.ClassDef) -> str | None:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            names = [target.id for target in line.targets if isinstance(target, ast.Name)]
            if names == ["reason"]:
                return str(line.value.value)
    return None


def _slugs(tree: ast.Module, known: dict[str, str]) -> Iterator[str]:
    """Reasons of raised errors, of errors in tables, and of those that are chosen first."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), keywords=keywords) if (
                name in known or name in CHOSEN
            ):
                given = [k.value for k in keywords if k.arg == "reason"]
                yield from _texts(given[0]) if given else [known[name]] if name in known else []
            case ast.Dict(values=values):
                yield from (
                    known[v.id] for v in values if isinstance(v, ast.Name) and v.id in known
                )
            case ast.Assign(targets=[ast.Name(id="reason")], value=ast.Constant(value=str(slug))):
                yield slug
            case _:
                pass


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may become; what is filled in stands as `…`."""
    match node:
        case ast.Constant(value=str(slug)):
            yield slug
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body), *_texts(orelse))
        case ast.JoinedStr(values=values):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in values)
        case _:
            pass
