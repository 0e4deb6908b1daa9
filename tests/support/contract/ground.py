"""What the contract stands on: a helpdesk that people use, and the fixtures of every part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import pytest
import responses

from integration.core.ports import Clock, Connector
from integration.core.surfaces import Surface, SurfaceKind, Text

CARD = "4111 1111 1111 1111"


@dataclass(frozen=True)
class Bent:
    """An answer that lacks a required field."""

    url: re.Pattern[str]
    json: Any
    field: str


class HelpdeskUnderTest(Protocol):
    """A helpdesk that people use while a connector looks at it."""

    url: str
    secrets: tuple[str, ...]
    """Keys and tokens that no error may show."""
    missing: str
    """The id of a ticket that was never there."""
    clock: Clock

    def connect(self, budget: object, facts: Mapping[str, Any] | None = None) -> Connector:
        """A connector as the self-test would leave it; `facts` instead of what is known."""
        ...

    def plant(self) -> tuple[str, Mapping[SurfaceKind, tuple[str, ...]]]:
        """A ticket with text in every place there is: its id, and the texts by kind."""
        ...

    def write(self, text: str) -> str:
        """A customer opens a ticket, later than everything before; its id."""
        ...

    def reply(self, ticket: str, text: str) -> None:
        """The customer adds a message, later than everything before."""
        ...

    def rename(self, ticket: str, subject: str) -> None:
        """Someone edits the subject."""
        ...

    def mails(self) -> int:
        """How many mails left the helpdesk so far, to anyone."""
        ...

    def bent(self, ticket: str) -> Bent:
        """An answer to the reading of this ticket in a shape that is not documented."""
        ...

    def small_pages(self, patch: pytest.MonkeyPatch) -> None:
        """Let lists come in pages of a few rows."""
        ...

    def stop(self) -> None:
        """Stop it."""
        ...


class CountingBudget:
    """Gives every request and remembers for how long it was drained."""

    def __init__(self) -> None:
        self.acquired = 0
        self.drained: list[float] = []

    def acquire(self) -> None:
        self.acquired += 1

    def drain(self, seconds: float) -> None:
        self.drained.append(seconds)


class Ground:
    """The fixtures. A subclass names its helpdesk."""

    helpdesk: ClassVar[Callable[[], HelpdeskUnderTest]]

    @pytest.fixture
    def desk(self):
        desk = type(self).helpdesk()
        yield desk
        desk.stop()

    @pytest.fixture
    def budget(self):
        return CountingBudget()

    @pytest.fixture
    def connector(self, desk, budget):
        connector = desk.connect(budget)
        yield connector
        connector.close()

    @pytest.fixture
    def planted(self, desk):
        return desk.plant()

    @pytest.fixture
    def wire(self, desk):
        """`wire(method, ...)`: every such request is answered so, until the test ends."""
        with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
            anything = re.compile(re.escape(desk.url) + "/.*")

            def answer(method="GET", url=anything, **rest):
                mock.add(method, url, **rest)
                return mock

            mock.add_passthru(desk.url)
            yield answer


def text_of(surface: Surface) -> str:
    """What is written there; of a file, its name."""
    content = surface.content
    return content.text if isinstance(content, Text) else content.name


def changes(desk: HelpdeskUnderTest, connector: Connector, cursor: str):
    """All changes after a cursor, to their end."""
    more = True
    while more:
        page = connector.changed(cursor, now=desk.clock.now())
        yield from ((t.id, t.changed) for t in page.tickets)
        cursor, more = page.cursor, page.more
