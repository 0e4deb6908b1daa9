from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from support.processes import MEASURED
from support.waiting import until

from integration.config import load
from integration.core.errors import ConfigError
from integration.lock import FolderLock, is_running
from integration.queueing import EmbeddedServer
from integration.supervisor import (
    Child,
    Stage,
    Supervisor,
    children,
)

SLEEPER = "import sys, time; open(sys.argv[1], 'a').write('up\\n'); time.sleep(600)"
STUBBORN = "import signal, sys, time; signal.signal(15, signal.SIG_IGN); " + SLEEPER
TELLER = (
    "import signal, sys, time\n"
    "def end(*_):\n"
    "    open(sys.argv[1], 'a').write(sys.argv[2] + '\\n'); sys.exit()\n"
    "signal.signal(15, end); open(sys.argv[1] + '.' + sys.argv[2], 'w')\n"
    "time.sleep(600)"
)


def python(code: str, *args: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, args)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ups(path: Path) -> int:
    return path.read_text().count("up") if path.exists() else 0


@pytest.fixture(autouse=True)
def untraced_children(monkeypatch):
    """What they run is none of our code, and half of it would be coverage."""
    monkeypatch.delenv(MEASURED, raising=False)


@pytest.fixture
def start():
    """Run a supervisor in a thread that lives as long as the test."""
    running: list[tuple[Supervisor, threading.Thread]] = []

    def _start(*given: Child) -> Supervisor:
        supervisor = Supervisor(given, first_delay=0.01)
        thread = threading.Thread(target=supervisor.watch)
        thread.start()
        running.append((supervisor, thread))
        return supervisor

    yield _start
    for supervisor, thread in running:
        supervisor.stop()
        thread.join(60)
        assert not any(w.running for w in supervisor._watched)


def pid_of(supervisor: Supervisor) -> int:
    """The number of its only child."""
    (watched,) = supervisor._watched
    return watched.process.pid


@pytest.fixture
def short_folder():
    folder = Path(tempfile.mkdtemp(prefix="dw-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_killed_child_runs_again(start, tmp_path):
    supervisor = start(Child("a", python(SLEEPER, tmp_path / "a"), Stage.WORK))
    until(lambda: ups(tmp_path / "a") == 1)
    first = pid_of(supervisor)
    os.kill(first, signal.SIGKILL)
    until(lambda: ups(tmp_path / "a") == 2)
    assert pid_of(supervisor) != first


def test_a_child_that_keeps_falling_is_started_ever_more_slowly(start, tmp_path, caplog):
    caplog.set_level("WARNING")
    code = "import sys; open(sys.argv[1], 'a').write('up\\n')"
    supervisor = start(Child("a", python(code, tmp_path / "a"), Stage.WORK))
    until(lambda: ups(tmp_path / "a") >= 4)
    (watched,) = supervisor._watched
    assert watched._delay >= 0.01 * 2**3


def test_what_a_fallen_child_left_behind_is_ended_before_it_runs_again(start, tmp_path):
    code = (
        "import subprocess, sys, time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open(sys.argv[1], 'a').write(f'{p.pid}\\n'); time.sleep(600)"
    )
    left = tmp_path / "left"
    supervisor = start(Child("a", python(code, left), Stage.WORK))
    until(lambda: left.exists() and left.read_text().count("\n") == 1)
    grandchild = int(left.read_text())
    os.kill(pid_of(supervisor), signal.SIGKILL)
    until(lambda: not alive(grandchild))
    until(lambda: left.read_text().count("\n") == 2)


def test_children_stop_in_the_reverse_order_of_their_stages(start, tmp_path):
    log = tmp_path / "log"
    names = [("web", Stage.WEB), ("valkey", Stage.QUEUE), ("worker", Stage.WORK)]
    supervisor = start(
        *(
            Child(n, python(TELLER, log, n), s, ready=lambda n=n: Path(f"{log}.{n}").exists())
            for n, s in names
        )
    )
    assert supervisor.ready.wait(60)
    supervisor.stop()
    until(lambda: log.exists() and log.read_text().split() == ["web", "worker", "valkey"])


def test_a_stage_waits_for_the_one_before(start, tmp_path):
    open_gate = threading.Event()
    start(
        Child("q", python(SLEEPER, tmp_path / "q"), Stage.QUEUE, ready=open_gate.is_set),
        Child("w", python(SLEEPER, tmp_path / "w"), Stage.WORK),
    )
    until(lambda: ups(tmp_path / "q") == 1)
    assert ups(tmp_path / "w") == 0
    open_gate.set()
    until(lambda: ups(tmp_path / "w") == 1)


def test_a_child_that_will_not_end_is_killed_with_its_group(start, tmp_path):
    supervisor = start(
        Child("a", python(STUBBORN, tmp_path / "a"), Stage.WORK, stop_seconds=0.2),
    )
    until(lambda: ups(tmp_path / "a") == 1)
    pid = pid_of(supervisor)
    supervisor.stop()
    until(lambda: not alive(pid))


def test_the_environment_of_a_child_lies_over_ours(start, tmp_path):
    code = "import os, sys, time; open(sys.argv[1], 'w').write(os.environ['X']); time.sleep(600)"
    start(Child("a", python(code, tmp_path / "a"), Stage.WORK, env={"X": "set"}))
    until(lambda: (tmp_path / "a").exists() and (tmp_path / "a").read_text() == "set")


def test_children_write_no_core_dumps(start, tmp_path):
    code = (
        "import resource, sys, time; t = str(resource.getrlimit(resource.RLIMIT_CORE)); "
        "open(sys.argv[1], 'w').write(t); time.sleep(600)"
    )
    start(Child("a", python(code, tmp_path / "a"), Stage.WORK))
    until(lambda: (tmp_path / "a").exists() and (tmp_path / "a").read_text() == "(0, 0)")


WHOLE = """
import sys
from pathlib import Path
from integration.queueing import EmbeddedServer
from integration.lock import FolderLock
from integration.supervisor import Child, Stage, Supervisor
folder = Path(sys.argv[1])
with FolderLock(folder):
    valkey = EmbeddedServer(folder)
    valkey.stop_stale()
    sleeper = [sys.executable, "-c", sys.argv[2], str(folder / "worker")]
    supervisor = Supervisor([
        Child("valkey", valkey.command(), Stage.QUEUE, ready=valkey.is_ready),
        Child("worker", sleeper, Stage.WORK),
    ])
    supervisor.run()
"""


@pytest.fixture
def whole(short_folder):
    """A supervisor process with a real Valkey and a worker."""
    processes: list[subprocess.Popen[bytes]] = []

    def _whole() -> tuple[subprocess.Popen[bytes], list[int]]:
        before = ups(short_folder / "worker")
        process = subprocess.Popen(python(WHOLE, short_folder, SLEEPER), stderr=subprocess.DEVNULL)
        processes.append(process)
        until(lambda: ups(short_folder / "worker") == before + 1)
        tasks = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        return process, [int(pid) for pid in tasks]

    yield _whole
    for process in processes:
        process.kill()
        process.wait()


def test_children_die_with_a_supervisor_that_is_killed(whole, short_folder):
    process, pids = whole()
    assert len(pids) == 2
    process.kill()
    process.wait()
    until(lambda: not any(alive(pid) for pid in pids))


@pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGINT], ids=["term", "interrupt"])
def test_a_signal_stops_everything_and_ends_well(whole, sig):
    process, pids = whole()
    process.send_signal(sig)
    assert process.wait(60) == 0
    assert not any(alive(pid) for pid in pids)


def test_after_a_kill_the_next_supervisor_takes_over(whole, short_folder):
    first, _ = whole()
    first.kill()
    first.wait()
    _, pids = whole()
    assert len(pids) == 2
    assert EmbeddedServer(short_folder).is_ready()


def test_a_second_supervisor_on_the_same_folder_is_refused_by_the_first_ones_number(tmp_path):
    assert not is_running(tmp_path)
    with FolderLock(tmp_path):
        assert is_running(tmp_path)
        with pytest.raises(ConfigError, match=f"process {os.getpid()} runs"):
            FolderLock(tmp_path).__enter__()
    assert not is_running(tmp_path)
    with FolderLock(tmp_path):
        pass


def test_what_runs_follows_the_configuration(tmp_path, short_folder):
    config = load({"DESKWARDEN_WORKERS_PROCESSES": "3"}, cwd=tmp_path, home=tmp_path)
    external = children(replace(config, redis_url="redis://elsewhere"))
    assert [c.name for c in external] == ["worker-1", "worker-2", "worker-3", "ticker", "web"]
    embedded = EmbeddedServer(short_folder)
    own = children(config, embedded=embedded)
    assert own[0].name == "valkey"
    assert {c.env.get("DESKWARDEN_REDIS_URL") for c in own[1:]} == {embedded.url}


def test_without_any_queue_one_poller_does_the_work(tmp_path):
    config = load({}, cwd=tmp_path, home=tmp_path)
    alone = children(config)
    assert [c.name for c in alone] == ["poller", "ticker", "web"]
    assert alone[1].argv[-2:] == ("ticker", "--alone")
