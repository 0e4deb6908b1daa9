"""The end of a command whose output finds no room: that is neither a finding nor a clean file."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

UNWRITTEN = os.EX_IOERR
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a full or broken disk answers to a write."""


@contextmanager
def told_when_unwritten() -> Iterator[None]:
    """Tell it in a line and end with 74 where what is written by the block cannot be kept."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # else Python does so after all that could tell of it
    except OSError as error:
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        click.echo(f"Error: The output cannot be written ({error.strerror}).", err=True)
        _drop_the_rest()
        sys.exit(UNWRITTEN)


def _drop_the_rest() -> None:
    """Or Python would try to write it once more when it ends, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
