from __future__ import annotations

import json
import zlib

import pytest
from rq import Queue

from integration.queueing import QUEUE, RqWake, connect, is_alive
from integration.queueing.jobs import PROCESS_DUE, SafeJob
from integration.queueing.wake import (
    FAILURE_SECONDS,
    JOB_SECONDS,
    MOST_QUEUED,
    REST_SECONDS,
    WAKE_KEY,
)


def jobs(redis) -> list[SafeJob]:
    return Queue(QUEUE, connection=redis, job_class=SafeJob).jobs


def test_many_wakes_ask_once(redis):
    wake = RqWake(redis)
    assert all(wake.wake() for _ in range(50))
    (job,) = jobs(redis)
    assert job.func_name == PROCESS_DUE
    assert (job.result_ttl, job.failure_ttl, job.timeout) == (0, FAILURE_SECONDS, JOB_SECONDS)


def test_the_job_holds_a_name_and_nothing_else(redis):
    RqWake(redis).wake()
    (job,) = jobs(redis)
    stored = redis.hgetall(f"rq:job:{job.id}")
    assert json.loads(zlib.decompress(stored[b"data"])) == [PROCESS_DUE, None, [], {}]
    assert stored[b"description"] == b"process_due"


def test_the_wake_expires_so_that_a_lost_job_is_asked_for_again(redis):
    RqWake(redis).wake()
    assert 0 < redis.ttl(WAKE_KEY) <= 5


def test_after_the_job_began_the_next_event_wakes_again(redis):
    wake = RqWake(redis)
    wake.wake()
    wake.begin()
    wake.wake()
    assert len(jobs(redis)) == 2


def test_without_workers_the_queue_stops_growing(redis):
    wake = RqWake(redis)
    for _ in range(MOST_QUEUED + 5):
        wake.wake()
        wake.begin()
    assert len(jobs(redis)) == MOST_QUEUED


def test_without_redis_a_wake_is_false_and_no_error(dead_redis):
    wake = RqWake(dead_redis)
    assert wake.wake() is False
    wake.begin()


def test_after_a_failure_it_rests_and_then_tries_again(dead_redis, redis):
    now = [100.0]
    wake = RqWake(dead_redis, monotonic=lambda: now[0])
    assert wake.wake() is False
    wake._redis = redis
    wake._queue = Queue(QUEUE, connection=redis, job_class=SafeJob)
    assert wake.wake() is False
    now[0] += REST_SECONDS
    assert wake.wake() is True


def test_flushall_in_between_needs_no_special_case(redis):
    wake = RqWake(redis)
    wake.wake()
    redis.flushall()
    assert wake.wake()
    assert len(jobs(redis)) == 1


def test_aliveness_is_told(redis, dead_redis):
    assert is_alive(redis)
    assert not is_alive(dead_redis)


def test_a_url_of_another_kind_is_a_configuration_error():
    from integration.core.errors import ConfigError

    with pytest.raises(ConfigError, match="redis_url"):
        connect("http://localhost")
