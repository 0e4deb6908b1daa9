"""The console script: the commands take a moment to load, and Ctrl-C may come before they have."""

from __future__ import annotations

from integration.processes import ended_quietly


def main() -> None:
    """Run `deskwarden`; end quietly where it is interrupted before there is anything to end."""
    with ended_quietly():
        from integration.cli import main as run  # noqa: PLC0415  what takes the moment

    run()
