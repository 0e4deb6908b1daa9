"""A value made once, and no lock that all texts share."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import integration.core
from integration.core.once import once
from integration.core.text import decode

SHARED = "cached_property"


class _Text:
    def __init__(self, before=lambda: None):
        self.made = 0
        self._before = before

    @once
    def value(self):
        """What it is worth."""
        self._before()
        self.made += 1
        return [self.made]


def test_a_value_is_made_when_it_is_asked_for_and_kept():
    text = _Text()
    assert text.made == 0
    assert text.value is text.value
    assert text.made == 1
    assert _Text.value.__doc__ == "What it is worth."


def test_one_object_does_not_wait_for_another():
    inside, done = threading.Event(), threading.Event()

    def wait_for_the_other():
        inside.set()
        assert done.wait(10)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(lambda: _Text(wait_for_the_other).value)
        assert inside.wait(10)
        assert _Text().value == [1]
        done.set()
        assert slow.result() == [1]


def test_no_part_of_the_core_uses_the_one_with_a_lock():
    """Of Python 3.11: pages within pages would be read by two threads until neither goes on."""
    core = Path(integration.core.__file__).parent
    using = [p.name for p in core.rglob("*.py") if f"import {SHARED}" in p.read_text()]
    assert using == []


@pytest.mark.exhaustive
def test_pages_within_pages_are_read_by_many_threads_at_once():
    """From the outside to the inside by some, from the inside to the outside by others."""
    page = "<p>Hi <!-- <b>my card</b> <i>4111</i> --> <pre>a\n b</pre> &amp; more</p>" * 40

    def read(number):
        decoded = decode(page, "text/html")
        return decoded.source(0, 2) if number % 2 else decoded.pieces[0]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(read, range(400)))
    assert answers == [read(number) for number in range(400)]
