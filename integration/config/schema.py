"""Checking a tree of values against a table of keys: every problem, each with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError

from integration.config.keys import SWITCHED

if TYPE_CHECKING:
    from integration.config.keys import Key


def did_you_mean(name: str, known: Iterable[str], *, between: str = ".") -> str:
    """` Did you mean X?` for the nearest known name of the same section, or nothing.

    >>> did_you_mean("web.prot", ["web.port", "log.level"])
    ' Did you mean web.port?'
    >>> did_you_mean("web.foo", ["web.port", "log.level"])
    ''
    """
    section, beside = "", list(known)
    for word in name.split(between)[:-1]:  # what the names share says nothing of how near they are
        deeper = f"{section}{word}{between}"
        within = [other for other in beside if other.startswith(deeper)]
        if not within:
            break
        section, beside = deeper, within
    words = [other.removeprefix(section) for other in beside]
    near = get_close_matches(name.removeprefix(section), words, n=1, cutoff=0.6)
    return f" Did you mean {section}{near[0]}?" if near else ""


def leaves(
    tree: Mapping[str, Any], known: Mapping[str, Key], path: str = ""
) -> Iterator[tuple[str, Any]]:
    """Dotted name and value of every leaf; a known key is a leaf even when its value is a table."""
    for word, value in tree.items():
        name = f"{path}.{word}" if path else str(word)
        if isinstance(value, Mapping) and name not in known:
            yield from leaves(value, known, name)
        else:
            yield name, value


def problems_of(
    keys: Sequence[Key], tree: Mapping[str, Any], origins: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """The checked values by dotted name, and a sentence per problem. No value is ever repeated.

    `origins` says for a name where its value came from (an environment variable).
    """
    known = {key.name: key for key in keys}
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, raw in leaves(tree, known):
        key = known.get(name)
        if key is None:
            elsewhere = SWITCHED.get(name)
            problems.append(
                f"{name}: each account has its own, and this changes it: {elsewhere}"
                if elsewhere
                else f"{name}: unknown key.{did_you_mean(name, known)}"
            )
            continue
        try:
            values[name] = key.field.deserialize(raw)
        except ValidationError as error:
            shown = (origins or {}).get(name, name)
            said = " ".join(dict.fromkeys(_sentences(error.messages)))
            problems.append(f"{shown}: {said} Meaning: {key.help}")
    return values, problems


def _sentences(messages: object) -> Iterator[str]:
    """The sentences of marshmallow's nested messages; keys of a table are named."""
    if isinstance(messages, str):
        yield messages
    elif isinstance(messages, Mapping):
        for where, inner in messages.items():
            named = isinstance(where, str) and where not in ("key", "value")
            yield from (f"{where}: {s}" if named else s for s in _sentences(inner))
    elif isinstance(messages, Iterable):
        for inner in messages:
            yield from _sentences(inner)
