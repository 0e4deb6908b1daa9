"""What is said of an account that is connected or switched, to people and to machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connectors import registry
from integration.cli.matrix import (
    matrix_of,
    show_capabilities,
    show_self_test,
    show_steps,
    steps_of,
)
from integration.cli.output import words
from integration.core.findings import wording
from integration.core.messages import Message, say
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.runtime import Runtime
from integration.services import accounts, holds, modes

ENFORCE = "deskwarden account mode {} enforce"


def show_connected(
    runtime: Runtime,
    connected: accounts.Connected,
    *,
    hook_renewed: bool,
    changed: Mapping[str, Sequence[str]],
) -> None:
    """The self-test, the matrix, what to do in the helpdesk, and how the account stands now."""
    row, locale = connected.row, runtime.policy(connected.row).locale
    show_self_test(connected.test, locale)
    show_capabilities(connected.capabilities, locale)
    steps, undo = _steps(runtime, row)
    if changed:
        pairs = (f"{name} ({old or '-'} > {new or '-'})" for name, (old, new) in changed.items())
        listed = say("account.changed", locale, settings=", ".join(pairs))
        words.print(f"\n{listed}", markup=False)
    if hook_renewed:
        words.print(f"\n{say('account.hook_renewed', locale)}", markup=False)
    if not runtime.config.web.public_url:
        words.print(f"\n{say('account.local_only', locale)}", markup=False)
    title = registry.spec(row.helpdesk).title
    show_steps(say("account.do", locale, title=title), steps, locale)
    show_steps(say("account.undo", locale, account=row.id), undo, locale)
    words.print()
    show_mode(runtime, row)
    show_next(connected, locale)
    if not connected.test.is_quiet:
        words.print(say("account.answers", locale), markup=False)
        again = f"deskwarden account add {row.helpdesk} --name {row.id} --replace"
        words.print(again, markup=False)


def show_next(connected: accounts.Connected, locale: str) -> None:
    """What comes after a self-test. An account that enforces is asked to look for mails again."""
    row, test = connected.row, connected.test
    if not test.is_quiet:
        when, command = "account.not_ready", "deskwarden account test {}"
    elif test.mail_by_hand:
        when, command = "account.looked", f"{ENFORCE} --mail-checked"
    elif row.mode is Mode.MONITOR:
        when, command = "account.ready", ENFORCE
    else:
        return
    going = [say("account.goes_on", locale)] if row.mode is Mode.ENFORCE else []
    words.print(*going, say(when, locale), markup=False)
    words.print(command.format(row.id), markup=False)


def show_mode(runtime: Runtime, row: AccountRow) -> None:
    """In which mode it is and until when, and which tickets are left alone in any mode."""
    policy = runtime.policy(row)
    ends = modes.monitor_ends(row, policy)
    is_over = ends is not None and ends <= runtime.clock.now()
    key = f"account.{row.mode.value}{'_over' if is_over else ''}"
    until = wording.time(ends)
    words.print(say(key, policy.locale, account=row.id, until=until), markup=False)
    for line in held(policy, row):
        words.print(line, markup=False)


def held(policy: Policy, row: AccountRow) -> Iterator[str]:
    """Which tickets are under a hold; or that none is, or that it cannot be seen."""
    named = _held(policy, row)
    for part, names in named.items():
        if names:
            yield say(f"account.held.{part}", policy.locale, names=", ".join(names))
    if not named["tags"] and (why := _why_by_no_tag(policy, row)):
        yield say(f"account.held.{why}", policy.locale)


def _held(policy: Policy, row: AccountRow) -> dict[str, list[str]]:
    return {
        "tags": holds.tags_of(policy, row),
        "departments": sorted(policy.hold.departments),
        "requesters": sorted(policy.hold.requesters),
    }


def _why_by_no_tag(policy: Policy, row: AccountRow) -> str | None:
    if policy.hold.usual and holds.TAGS not in row.facts:
        return "usual"  # a tag is nothing but its name here: there is no list of them
    if policy.hold.usual and row.facts[holds.TAGS] is None:
        return "unknown"
    if policy.hold.is_named:
        return None
    return "none" if policy.hold.usual else "off"


def as_row(runtime: Runtime, connected: accounts.Connected) -> dict[str, Any]:
    """What a connected account is, as JSON."""
    row, policy = connected.row, runtime.policy(connected.row)
    steps, undo = _steps(runtime, row)
    return {
        "account": row.id,
        "mode": row.mode.value,
        "monitor_ends": modes.monitor_ends(row, policy),
        "held": _held(policy, row),
        "facts": dict(row.facts),
        "differences": list(connected.test.differences),
        "unknown": ["mail"] if connected.test.mail_by_hand else [],
        "hook_url": runtime.hook(row).url,
        "steps": steps_of(steps, policy.locale),
        "undo": steps_of(undo, policy.locale),
        **matrix_of(connected.capabilities),
    }


def _steps(runtime: Runtime, row: AccountRow) -> tuple[Sequence[Message], Sequence[Message]]:
    """What an admin does in the helpdesk, and how it is undone."""
    helpdesk, settings = registry.helpdesk(row.helpdesk), runtime.settings(row)
    return helpdesk.setup_steps(settings, runtime.hook(row)), helpdesk.undo_steps(settings)
