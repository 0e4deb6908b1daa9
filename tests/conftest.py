from __future__ import annotations

import io
import logging
import sys
import threading

import pytest
import structlog
from hypothesis import settings

from integration import logs

# How long an example takes says more about what else the machine does than about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SLOW = ("tests/demo/", "tests/faults/", "tests/storage/test_ingest", "tests/supervisor/")
"""Tests that mostly wait for processes: begun first, so that no core idles at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Whatever the order, the slow files come first."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


@pytest.fixture
def restored_logging():
    """Whatever a test does to the logging of the process is undone."""
    root = logging.getLogger()
    kept = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    loggers = structlog.get_config()
    yield
    structlog.configure(**loggers)
    root.handlers[:], level, sys.excepthook, threading.excepthook = kept
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture
def log_lines(restored_logging):
    """Our logging, as JSON lines in memory."""
    stream = io.StringIO()
    logs.configure(level="debug", form="json", stream=stream)
    return stream
