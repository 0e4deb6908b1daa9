"""The generated tables: name -> a function that makes Markdown of what the code says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Any

import click

from connectors import registry
from connectors.base import Setting
from connectors.request_tracker.records import Plugin
from docs import detection_tables
from docs.durations import spoken
from docs.markdown import code, table
from docs.slugs import raised_reasons
from integration.cli.matrix import not_read_row
from integration.config import describe
from integration.core import errors
from integration.core.capabilities import Capabilities, Capability, NotRead, Outcome
from integration.core.checks.catalogue import METADATA
from integration.core.findings.causes import CAUSES, CHECK_WITHIN
from integration.core.findings.lifecycle import TRANSITIONS
from integration.core.messages import catalogue, say
from integration.core.policy import DEFAULT_ACTIONS, USUAL_HOLD_TAGS
from integration.core.spans import Kind
from integration.core.standards import naming
from integration.core.surfaces import SurfaceKind
from integration.demo.counts import COUNTS
from integration.queueing import SHARES
from integration.services.periodic import EVERY

Table = Callable[[], str]
LOCALE = "en"

CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "liveagent": {
        "nothing proved yet": {"facts": {}},
        "self-test: deleting erases": {"facts": {"delete_erases": True}},
    },
    "request_tracker": {
        "without our extension": {"plugin": None, "sees_mail": True},
        "extension, without the right RedactContent": {
            "plugin": Plugin("1", may_redact=False, may_audit=True),
            "sees_mail": True,
        },
        "extension and right": {
            "plugin": Plugin("1", may_redact=True, may_audit=True),
            "sees_mail": True,
        },
    },
}
"""Helpdesk -> column of its matrix -> what `connectors.<helpdesk>.matrix.capabilities` is given."""

SEEN_AS = {
    "_still": "open; a note when what it is about has changed",
    "_fixed": "resolved, ticket closed with a note; stays open where only a person may close it",
    "_vanished": "resolved, ticket closed with a note; stays open where only a person may close it",
    "_closed_by_hand": "resolved; opened again where only the fact may close it",
    "_regressed": "open again, the same ticket; stays resolved where a person has answered for it",
    "_stays": "unchanged",
}
"""Step of the lifecycle -> what it does, in words."""


def _first_sentence(docstring: str | None) -> str:
    return inspect.cleandoc(docstring or "").split("\n\n")[0].replace("\n", " ")


def configuration(*, policy: bool) -> str:
    """Every configuration key: those of the policy, or all others."""
    keys = [key for key in describe() if key["name"].startswith("policy.") is policy]
    rows = (
        (code(key["name"]), code(key["env"], key["file_env"]), key["default"], key["help"])
        for key in keys
    )
    return table(("key", "environment", "default", "meaning"), rows)


def settings(helpdesk: str) -> str:
    """What `account add` asks for."""
    rows = (
        (
            "(never on the command line)" if s.secret else f"`--{s.name.replace('_', '-')}`",
            code(f"DESKWARDEN_ACCOUNT_{s.name.upper()}"),
            _needed(s),
            say(s.prompt, LOCALE),
        )
        for s in registry.spec(helpdesk).settings
    )
    return table(("option", "environment", "needed", "meaning"), rows)


def _needed(setting: Setting) -> str:
    if setting.instead is not None:
        return f"yes, or {setting.instead}"
    return "yes" if setting.required and setting.default is None else "no"


def hold_tags() -> str:
    """The names of tags that hold without being named."""
    return ", ".join(sorted(USUAL_HOLD_TAGS))


def capabilities(helpdesk: str) -> str:
    """What can be removed, by kind of surface, in each case that makes a difference."""
    cases = _cases(helpdesk)
    rows = (
        [say(f"surface.{kind.value}", LOCALE), *(_how(case.of(kind)) for case in cases.values())]
        for kind in SurfaceKind
        if any(kind in case.by_kind for case in cases.values())
    )
    return table(("place", *cases), rows)


def _cases(helpdesk: str) -> dict[str, Capabilities]:
    matrix = import_module(f"connectors.{helpdesk}.matrix").capabilities
    return {title: matrix(**given) for title, given in CASES[helpdesk].items()}


def _how(capability: Capability) -> str:
    """The strongest method in words, and what then stays; why there is none."""
    if capability.strongest is None:
        why = say(capability.why, LOCALE) if capability.why else "not read"
        return f"by hand: {why}"
    stays = "; ".join(say(key, LOCALE) for key in capability.residue)
    return say(f"method.{capability.strongest}", LOCALE) + (f"; stays: {stays}" if stays else "")


def left_behind(helpdesk: str) -> str:
    """The standing residue, and what is not read."""
    cases = _cases(helpdesk).values()
    residue = [say(key, LOCALE) for case in cases for key in case.standing_residue]
    not_read: dict[str, NotRead] = {}
    for row in (row for case in cases for row in case.not_read):
        not_read.setdefault(row.what, row)  # the reason of the first case, which has least
    lists = {
        "Standing residue (no API reads it, every ticket leaves it):": residue,
        "Not read, or not without the best case above:": [
            not_read_row(row, LOCALE) for row in not_read.values()
        ],
    }
    return "\n\n".join("\n".join([title, "", *_bullets(rows)]) for title, rows in lists.items())


def _bullets(rows: Iterable[str]) -> Iterator[str]:
    return (f"- {row}" for row in dict.fromkeys(rows))


def outcomes() -> str:
    """What may become of a surface, worst last."""
    return table(("outcome", "meaning"), ((code(o), say(f"outcome.{o}", LOCALE)) for o in Outcome))


def checks() -> str:
    """Every check with its severity, what it needs and who asks for it."""
    rows = (
        (
            code(check.id),
            check.severity,
            check.say("title", LOCALE),
            code(*check.needs),
            "; ".join(f"{title} {', '.join(ids)}" for title, ids in naming(check.id, LOCALE)),
        )
        for check in METADATA.values()
    )
    return table(("check", "severity", "holds when", "needs", "asked for by"), rows)


def error_tree() -> str:
    """The errors, indented as they inherit."""
    rows = (
        (f"{'&nbsp;&nbsp;' * depth}`{kind.__name__}`", code(kind.reason), _meaning(kind))
        for kind, depth in _tree(errors.DeskwardenError, 0)
    )
    return table(("error", "reason", "what to do"), rows)


def _tree(kind: type[errors.DeskwardenError], depth: int) -> Iterator[tuple[Any, int]]:
    yield kind, depth
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from _tree(below, depth + 1)


def _meaning(kind: type[errors.DeskwardenError]) -> str:
    status = f" HTTP {kind.status}." if issubclass(kind, errors.RejectedRequest) else ""
    return _first_sentence(kind.__doc__) + status


def reasons() -> str:
    """Every reason slug that is raised, and where."""
    rows = ((code(slug), code(*places)) for slug, places in raised_reasons().items())
    return table(("reason", "raised in"), rows)


def causes() -> str:
    """The causes of findings that are not checks."""
    rows = (
        (code(name), cause.severity, cause.closing, spoken(cause.within), _subject(name))
        for name, cause in CAUSES.items()
    )
    return table(("cause", "severity", "closed by", "within", "subject of its ticket"), rows)


def _subject(cause: str) -> str:
    return re.sub(r"\{\w+\}", "…", catalogue(LOCALE)[f"finding.{cause}.subject"])


def deadlines() -> str:
    """How long a person has for a failed check."""
    return table(("severity", "within"), ((s, spoken(time)) for s, time in CHECK_WITHIN.items()))


def lifecycle() -> str:
    """State and what was seen -> what becomes of a finding."""
    rows = ((state, seen, SEEN_AS[step.__name__]) for (state, seen), step in TRANSITIONS.items())
    return table(("state", "seen", "then"), rows)


def jobs() -> str:
    """What each account needs again and again."""
    rows = ((code(s), spoken(every), p.name.lower()) for s, (every, p) in EVERY.items())
    return table(("subject", "every", "priority"), rows)


def shares() -> str:
    """How far each priority may fill the request budget."""
    return table(
        ("priority", "share of the budget"),
        ((priority.name.lower(), f"{share:.0%}") for priority, share in SHARES.items()),
    )


def commands() -> str:
    """Every command of `deskwarden`, with the first sentence of its help."""
    cli = import_module("integration.cli")
    rows = (
        (f"`deskwarden {name}`", _first_sentence(command.help))
        for name, command in _leaves(cli.commands, ())
    )
    return table(("command", "what it does"), rows)


def _leaves(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        if isinstance(command, click.Group):
            yield from _leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def kinds() -> str:
    """Every kind of data, what it is called, and what is done with it by default."""
    return table(
        ["kind", "what it is", "default action", "authentication data"],
        [
            (
                code(kind),
                say(f"kind.{kind}", LOCALE),
                code(DEFAULT_ACTIONS[kind]),
                "yes" if kind.is_sad else "",
            )
            for kind in Kind
        ],
    )


def counts() -> str:
    """What `demo --json` counts."""
    return table(("key", "what it counts"), ((code(key), what) for key, what in COUNTS.items()))


TABLES: Mapping[str, Table] = {
    "kinds": kinds,
    "hold-tags": hold_tags,
    "configuration": partial(configuration, policy=False),
    "policy": partial(configuration, policy=True),
    **{f"settings-{key}": partial(settings, key) for key in registry.HELPDESKS},
    **{f"capabilities-{key}": partial(capabilities, key) for key in registry.HELPDESKS},
    **{f"left-behind-{key}": partial(left_behind, key) for key in registry.HELPDESKS},
    "outcomes": outcomes,
    "checks": checks,
    "errors": error_tree,
    "reasons": reasons,
    "causes": causes,
    "deadlines": deadlines,
    "lifecycle": lifecycle,
    "jobs": jobs,
    "shares": shares,
    "commands": commands,
    "counts": counts,
    **detection_tables.TABLES,
}
