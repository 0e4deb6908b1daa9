"""What a fork must not copy: SQLite's locks are known to the process that took them, only.

A child that opens a file which its parent has open shares the parent's bookkeeping, but none of
its locks; it may wait for ever, or write to a log that is deleted under it
(https://www.sqlite.org/howtocorrupt.html, section 2.6). So before a fork every SQLite connection
is closed, between two transactions; both sides open it again when they need it.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Forkable(Protocol):
    """Something that must be brought through a fork."""

    def before_fork(self) -> None:
        """Come to rest."""
        ...

    def after_fork_in_parent(self) -> None:
        """Go on."""
        ...

    def after_fork_in_child(self) -> None:
        """Begin anew."""
        ...


_known: WeakSet[Forkable] = WeakSet()


def bring_through_forks(forkable: Forkable) -> None:
    """From now on, as long as it lives."""
    _known.add(forkable)


def _before() -> None:
    for forkable in list(_known):
        forkable.before_fork()


def _in_parent() -> None:
    for forkable in list(_known):
        forkable.after_fork_in_parent()


def _in_child() -> None:
    for forkable in list(_known):
        forkable.after_fork_in_child()


os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
