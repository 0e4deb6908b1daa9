from __future__ import annotations

from datetime import timedelta

import pytest

from integration.core.errors import RateLimited
from tests.webhooks.example import NOW
from webhooks.window import Window


def test_the_limit_is_per_account():
    window = Window(1)
    window.count("a", now=NOW)
    window.count("b", now=NOW)
    with pytest.raises(RateLimited) as caught:
        window.count("a", now=NOW + timedelta(seconds=15))
    assert caught.value.retry_after == 45


def test_a_new_window_begins_after_a_minute():
    window = Window(1)
    window.count("a", now=NOW)
    window.count("a", now=NOW + timedelta(seconds=60))


def test_a_clock_that_was_set_back_does_not_lock_an_account_out():
    window = Window(1)
    window.count("a", now=NOW)
    window.count("a", now=NOW - timedelta(hours=1))
