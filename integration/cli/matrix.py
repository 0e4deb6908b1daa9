"""The capability matrix, the self-test and the steps, as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from integration.cli.output import results, table, words
from integration.core.capabilities import Capabilities, Capability
from integration.core.messages import Message, say
from integration.core.surfaces import SurfaceKind
from integration.services.selftest import SelfTest


def rows_of(capabilities: Capabilities, locale: str) -> list[dict[str, Any]]:
    """One row per kind of surface: what can be done, and what then stays or a person does."""
    return [
        {
            "surface": say(f"surface.{kind.value}", locale),
            "method": _method(capability, locale),
            "note": say(capability.why, locale) if capability.why else "",
            "residue": [say(key, locale) for key in capability.residue],
        }
        for kind in SurfaceKind
        if (capability := capabilities.by_kind.get(kind)) is not None
    ]


def _method(capability: Capability, locale: str) -> str:
    strongest = capability.strongest
    return say(f"method.{strongest}" if strongest else "matrix.manual", locale)


def show_capabilities(capabilities: Capabilities, locale: str) -> None:
    """The matrix of this very account."""
    rows = rows_of(capabilities, locale)
    table(
        "What can be removed on this account",
        ("place", "how", "note"),
        [
            [r["surface"], r["method"], "; ".join([r["note"], *r["residue"]]).strip("; ")]
            for r in rows
        ],
    )
    _bullets(
        "Copies that no API can reach (standing residue)", capabilities.standing_residue, locale
    )
    _bullets("Not readable with this key", capabilities.unreadable, locale)


def _bullets(title: str, keys: tuple[str, ...], locale: str) -> None:
    if keys:
        results.print(f"\n[bold]{title}[/]")
        for key in keys:
            results.print(f"- {say(key, locale)}", markup=False)


def show_self_test(test: SelfTest, locale: str) -> None:
    """What was proved on the scratch ticket, and what happened there without our doing."""
    words.print(f"\n[bold]{say('selftest.title', locale)}[/] {test.ticket_id}")
    for key, passed in test.steps:
        words.print(f"  {'[green]yes[/]' if passed else '[yellow]no[/] '}  {say(key, locale)}")
    if test.allows_enforce:
        words.print(f"  {say('selftest.passed', locale)}")
        return
    for key in test.differences:
        words.print(f"  [red]![/]  {say(key, locale)}")
    words.print(f"  {say('selftest.blocked', locale)}")


def show_steps(title: str, steps: Sequence[Message], locale: str) -> None:
    """What an admin does in the helpdesk, numbered."""
    words.print(f"\n[bold]{title}[/]")
    for number, step in enumerate(steps, start=1):
        # Not folded by us: a secret URL in two halves cannot be copied.
        text = f"{number}. {say(step.key, locale, **step.params)}"
        words.print(text, markup=False, soft_wrap=True)
