"""Agents, keys and departments by their names, which are asked for and stored nowhere."""

from __future__ import annotations

from contextlib import closing

from integration.cli.output import words
from integration.cli.telling import told
from integration.core.errors import DeskwardenError
from integration.core.findings import wording
from integration.core.findings.texts import People, people_of
from integration.core.messages import say
from integration.core.models import Priority
from integration.runtime import Runtime


def names(runtime: Runtime, account: str, locale: str) -> People:
    """What people call them, as the helpdesk says now; none, and a word, where it does not."""
    try:
        desk = runtime.open_desk(account, Priority.SNAPSHOT)
        with closing(desk.connector):
            snapshot = desk.connector.snapshot(now=runtime.clock.now())
    except DeskwardenError as error:
        _tell(locale, told(error).splitlines()[0].removesuffix("."))
        return {}
    if snapshot.errors and not snapshot.agents:
        _tell(locale, wording.reason(next(iter(snapshot.errors.values())), locale))
    return people_of(snapshot)


def _tell(locale: str, why: str) -> None:
    words.print(say("check.table.no_names", locale, why=why), markup=False, soft_wrap=True)
