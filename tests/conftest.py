from __future__ import annotations

import gc
import io
import logging
import os
import signal
import sys
import threading
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

import pytest
import structlog
from hypothesis import settings
from support.processes import untraced
from xdist.scheduler import LoadFileScheduling

from integration import logs

# How long an example takes says more about what else the machine does than about the code.
# The same examples each time: a test that fails then says something of the change at hand.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)  # make laws
settings.load_profile("same")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun in the background of a script: what the tests start would ignore Ctrl-C as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)

SLOW = ("tests/faults/", "tests/storage/test_ingest", "tests/supervisor/")
"""Tests that mostly wait for processes: begun first, so that no core idles at the end."""

WHOLE_SERVICE = tuple(
    f"tests/faults/test_{name}.py" for name in ("deliveries", "full_disk", "helpdesk", "processes")
)
"""Files whose tests share one running service, which takes long to start."""
FORKING = ("tests/queueing/test_jobs.py", "tests/queueing/test_worker.py")
WHOLE = (*WHOLE_SERVICE, "tests/faults/test_without_valkey.py", *FORKING)
"""Tests of the whole product, or of processes that fork: its parts are measured by other tests."""

TRACER = pytest.StashKey()
"""What measures coverage in the main thread, and in those that it begins."""
OFF = (None, None)
"""Nothing does: a test then takes half the time."""


class ByService(LoadFileScheduling):
    """The tests of a file go to one process, and those of all files that share the service."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "tests/faults/conftest.py" if file in WHOLE_SERVICE else file


def pytest_sessionstart(session):
    """The log of a test that failed tells of an exception where it was raised."""
    kept = session.config.pluginmanager.get_plugin("logging-plugin").report_handler
    kept.setFormatter(logs.formatter("text"))
    if session.config.getoption("numprocesses", default=None):
        _trace(*OFF)  # all that this process does is to hand out tests and to count them


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getvalue("dist") == "loadfile":
        return ByService(config, log)
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Whatever the order, the slow files come first."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


def pytest_collection_finish():
    """The thousands of collected tests stay: the garbage collector need not go through them."""
    gc.collect()
    gc.freeze()


@contextmanager
def tracing(tracer):
    """Within the block this is what measures coverage; yields what did before."""
    before = sys.gettrace(), threading.gettrace()
    _trace(*tracer)
    try:
        yield before
    finally:
        _trace(*before)


def _trace(here, in_threads):
    threading.settrace(in_threads)
    sys.settrace(here)


@contextmanager
def unmeasured():
    """Within the block nothing is measured, nor is it in processes that begin there."""
    with patch.dict(os.environ, untraced(), clear=True), tracing(OFF):
        yield


def _repeats(item):
    """Whether a test does what others have measured: a law does it a hundred times."""
    laws = {"hypothesis", "exhaustive"} & set(item.keywords)
    return bool(laws) or item.nodeid.startswith(WHOLE)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """Each process of xdist imports every test, and with them our modules; one is traced."""
    is_other = os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0"
    with unmeasured() if is_other else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem():
    with tracing(OFF):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """What pytest does around a test is not traced: it would take three times as long."""
    repeats = _repeats(item)
    with tracing(OFF) as tracer, unmeasured() if repeats else nullcontext():
        item.config.stash[TRACER] = OFF if repeats else tracer
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(request):
    with tracing(request.config.stash[TRACER]):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    with tracing(pyfuncitem.config.stash[TRACER]):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    with tracing(item.config.stash[TRACER]):
        return (yield)


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
