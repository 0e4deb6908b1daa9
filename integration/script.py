"""The console script: the commands take a moment to load, and Ctrl-C may come before they have."""

from __future__ import annotations

import signal


def main() -> None:
    """Run `deskwarden`; end quietly where it is interrupted before there is anything to end."""
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from integration.cli import main as run  # noqa: PLC0415  what takes the moment

    signal.signal(signal.SIGINT, handler)
    run()
