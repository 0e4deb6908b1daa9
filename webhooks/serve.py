"""`python -m webhooks.serve`: granian, whose workers can be stopped from their first moment.

Its workers are forked with the SIGTERM handler of their parent, which does nothing in them, until
granian sets theirs when the application is there. One that is told to stop in between would go on
loading and be killed in the end.
"""

from __future__ import annotations

import os
import signal

from granian.cli import entrypoint

_STOP = {signal.SIGTERM}


def let_sigterm_end_what_is_forked() -> None:
    """Have each fork of this process end at SIGTERM until it sets a handler of its own.

    A signal that comes while it is forked waits: Python forgets what it had not yet handled.
    """
    os.register_at_fork(before=_hold, after_in_parent=_release, after_in_child=_end_at_sigterm)


def _hold() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)


def _release() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)


def _end_at_sigterm() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _release()


if __name__ == "__main__":
    let_sigterm_end_what_is_forked()
    entrypoint()  # type: ignore[no-untyped-call]
