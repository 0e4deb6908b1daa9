"""The application as granian makes it."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create() -> Flask:
    """The application over the configuration of this process."""
    _be_stopped_while_loading()
    # What takes long to load is loaded here, where a signal ends it.
    from integration import logs  # noqa: PLC0415
    from integration.runtime import load_config, open_runtime  # noqa: PLC0415
    from webhooks.app import create_app  # noqa: PLC0415

    config = load_config()
    logs.configure(level=config.log.level, form=config.log.format)
    return create_app(open_runtime(config).web_services())


def _be_stopped_while_loading() -> None:
    """Let SIGTERM end this process until granian handles it for the application.

    Its workers are forked with the handler of their parent, which does nothing in them: one that
    is told to stop while it loads would go on and be killed after WEB_KILL_SECONDS.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
