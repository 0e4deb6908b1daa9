"""The one list of helpdesks, and the only place that loads connectors and simulators: lazily."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING, cast

from connectors.base import Helpdesk, Spec
from integration.core.errors import ConfigError
from integration.core.ports import Webhook

if TYPE_CHECKING:
    from connectors.simulation.base import SimulatorFactory  # which needs a web server

HELPDESKS: tuple[str, ...] = ("liveagent", "request_tracker")
SIMULATORS: tuple[str, ...] = ("liveagent",)


def _load(helpdesk: str, part: str, known: tuple[str, ...]) -> ModuleType:
    if helpdesk not in known:
        raise ConfigError(
            [f"unknown helpdesk: {helpdesk[:40]!r}"], hint=f"known: {', '.join(known)}"
        )
    return importlib.import_module(f"connectors.{helpdesk}.{part}")


def helpdesk(key: str) -> Helpdesk:
    """The connector module of a helpdesk. Raises ConfigError for an unknown one."""
    return cast(Helpdesk, _load(key, "connector", HELPDESKS))


def spec(key: str) -> Spec:
    """The description of a helpdesk."""
    return helpdesk(key).SPEC


def webhook(key: str) -> Webhook:
    """The `verify` and `parse` of a helpdesk."""
    return cast(Webhook, _load(key, "webhook", HELPDESKS))


def simulator(key: str) -> SimulatorFactory:
    """What makes a simulator of a helpdesk. Raises ConfigError where there is none."""
    return cast("SimulatorFactory", _load(key, "simulator", SIMULATORS).create)
