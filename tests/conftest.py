from __future__ import annotations

import io
import logging
import sys
import threading

import pytest

from integration import logs


@pytest.fixture
def restored_logging():
    """Whatever a test does to the logging of the process is undone."""
    root = logging.getLogger()
    kept = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    yield
    root.handlers[:], level, sys.excepthook, threading.excepthook = kept
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture
def log_lines(restored_logging):
    """Our logging, as JSON lines in memory."""
    stream = io.StringIO()
    logs.configure(level="debug", form="json", stream=stream)
    return stream
