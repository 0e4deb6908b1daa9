"""The application as granian makes it."""

from __future__ import annotations

from flask import Flask

from integration import logs
from integration.runtime import load_config, open_runtime
from webhooks.app import create_app
from webhooks.scheduling import settle


def create() -> Flask:
    """The application over the configuration of this process."""
    config = load_config()
    logs.configure(level=config.log.level, form=config.log.format)
    app = create_app(open_runtime(config).web_services())
    settle()
    return app
