from __future__ import annotations

import os
import threading
import time

from tests.storage.marks import use


def test_a_child_process_uses_connections_of_its_own(store):
    use(store)
    pid = os.fork()
    if pid == 0:
        with store.transaction() as tables:
            tables.values.put("acme", "child", {"wrote": True})
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.transaction() as tables:
        assert tables.values.get("acme", "child") == {"wrote": True}


def test_a_fork_waits_for_the_transaction_of_another_thread(store, only_sqlite):
    inside = threading.Event()

    def hold():
        with store.transaction() as tables:
            inside.set()
            time.sleep(0.1)
            tables.values.put("acme", "thread", {"wrote": True})

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    pid = os.fork()
    if pid == 0:
        use(store)
        os._exit(0)
    holder.join()
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.transaction() as tables:
        assert tables.values.get("acme", "thread") == {"wrote": True}
        assert tables.values.get("acme", "used")


def test_what_a_child_writes_is_kept_when_its_parent_closes_first(store):
    use(store)
    closed_read, closed_write = os.pipe()
    opened_read, opened_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        use(store)
        os.write(opened_write, b".")
        os.read(closed_read, 1)
        with store.transaction() as tables:
            tables.values.put("acme", "child", {"wrote": True})
        os._exit(0)
    os.read(opened_read, 1)
    use(store)
    store.close()
    os.write(closed_write, b".")
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.transaction() as tables:
        assert tables.values.get("acme", "child") == {"wrote": True}
