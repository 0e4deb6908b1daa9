"""The capability matrix, the self-test and the steps, as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.markup import escape

from integration.cli.output import results, table, words
from integration.core.capabilities import Capabilities, Capability, NotRead
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


def matrix_of(capabilities: Capabilities) -> dict[str, Any]:
    """The matrix as JSON, in slugs: the same whatever language people read."""
    return {
        "surfaces": [
            {
                "surface": kind,
                "method": capability.strongest,
                "note": capability.why,
                "residue": list(capability.residue),
            }
            for kind, capability in capabilities.by_kind.items()
        ],
        "standing_residue": list(capabilities.standing_residue),
        "not_read": [row._asdict() for row in capabilities.not_read],
    }


def show_capabilities(capabilities: Capabilities, locale: str) -> None:
    """The matrix of this very account."""
    rows = rows_of(capabilities, locale)
    table(
        say("matrix.title", locale),
        [say(f"matrix.{column}", locale) for column in ("place", "how", "note")],
        [
            [r["surface"], r["method"], "; ".join([r["note"], *r["residue"]]).strip("; ")]
            for r in rows
        ],
    )
    residue = [say(key, locale) for key in capabilities.standing_residue]
    _bullets(say("matrix.residue", locale), residue)
    not_read = [not_read_row(each, locale) for each in capabilities.not_read]
    _bullets(say("matrix.not_read", locale), not_read)


def not_read_row(row: NotRead, locale: str) -> str:
    """Something that is not looked through, and why."""
    what, why = say(row.what, locale), say(f"matrix.why_not.{row.why}", locale)
    return say("matrix.not_read_row", locale, what=what, why=why)


def _bullets(title: str, rows: Sequence[str]) -> None:
    if rows:
        results.print(f"\n[bold]{title}[/]")
        for row in rows:
            results.print(f"- {row}", markup=False)


def show_self_test(test: SelfTest, locale: str) -> None:
    """What was proved on the scratch ticket, and what happened there without our doing."""
    words.print(f"\n[bold]{say('selftest.title', locale)}[/] {test.ticket_id}")
    for key, passed in test.steps:
        answer, colour = ("yes", "green") if passed else ("no", "yellow")
        said = say(f"selftest.{answer}", locale)
        words.print(f"  [{colour}]{said:<3}[/]  {say(key, locale)}")
    for key in test.differences:
        words.print(f"  [red]![/]  {say(key, locale)}")
    if test.mail_by_hand:
        unknown = say("selftest.mail_unknown", locale)
        where = say(test.mail_by_hand, locale, ticket=test.ticket_code)
        words.print(f"  [yellow]?[/]  {unknown} {escape(where)}")
    words.print(f"  {say(f'selftest.{_result(test)}', locale)}")


def _result(test: SelfTest) -> str:
    if not test.is_quiet:
        return "blocked"
    return "passed_but_mail" if test.mail_by_hand else "passed"


def show_steps(title: str, steps: Sequence[Message], locale: str) -> None:
    """What an admin does in the helpdesk, numbered."""
    words.print(f"\n[bold]{title}[/]")
    for number, text in enumerate(steps_of(steps, locale), start=1):
        # Not folded by us: a secret URL in two halves cannot be copied.
        words.print(f"{number}. {text}", markup=False, soft_wrap=True)


def steps_of(steps: Sequence[Message], locale: str) -> list[str]:
    """The same, each as it is said."""
    return [say(step.key, locale, **step.params) for step in steps]
