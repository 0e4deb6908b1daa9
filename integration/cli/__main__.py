"""`python -m integration.cli`: the same commands, for children of our own processes."""

from __future__ import annotations

from integration.cli import main

main()
