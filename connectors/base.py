"""What each helpdesk folder offers: its description, its connector and the admin's steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from integration.core.messages import Message
from integration.core.ports import Budget, Clock, Connector


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that `account add` asks for; the CLI options are made from it."""

    name: str
    """As stored, and as option: `url` -> `--url`. Secrets: prompt, environment or _FILE only."""
    prompt: str
    """Message key of the question and its help."""
    secret: bool = False
    required: bool = True
    default: str | None = None
    in_header: bool = False
    """Sent in a header as it is: a line break, or a letter beyond ASCII, cannot stand there."""
    instead: str | None = None
    """The setting that does as well: when it is given, this one is not asked for."""
    check: Callable[[str], object] | None = None
    """Raises ConfigError for a value that cannot be right: it is asked for again at once."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A helpdesk as the registry, the receiver and the CLI need to know it."""

    key: str
    """Lower case, as in URLs and commands: `liveagent`."""
    title: str
    """The brand's own spelling."""
    settings: tuple[Setting, ...]
    requests_per_minute: int
    """The API budget of an account whose settings name none."""
    calls_per_ticket: int
    """What reading a clean ticket takes, at the best: for estimates, until it was measured."""
    content_types: tuple[str, ...] = ("application/json",)
    """What its webhook may be declared as; anything else is 415."""
    url_token: bool = False
    """Whether the proof is a secret path segment, because the helpdesk cannot sign."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the helpdesk should send its webhook and with which secret."""

    account: str
    url: str = field(repr=False)
    """Whole: with the secret in it where that is the proof."""
    secret: str = field(repr=False)


class Helpdesk(Protocol):
    """The module `connectors.<helpdesk>.connector`."""

    SPEC: Spec

    def build(
        self,
        settings: Mapping[str, Any],
        secrets: Mapping[str, str],
        facts: Mapping[str, Any],
        *,
        budget: Budget,
        clock: Clock,
    ) -> Connector:
        """A connector for one account, for one thread. Opens no socket yet."""
        ...

    def setup_steps(self, settings: Mapping[str, Any], hook: Hook) -> Sequence[Message]:
        """What the admin does in the helpdesk, step by step, ready to paste."""
        ...

    def undo_steps(self, settings: Mapping[str, Any]) -> Sequence[Message]:
        """How to take it all out again."""
        ...
