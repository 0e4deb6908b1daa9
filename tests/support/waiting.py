"""Waiting for what another process does."""

from __future__ import annotations

import time

import pytest


def until(condition) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("it never happened")
        time.sleep(0.02)
