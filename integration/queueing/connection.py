"""Connections to Valkey or Redis that fail fast: nobody waits for a wake-up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError
from redis.retry import Retry

from integration.core.errors import ConfigError, QueueUnavailable

TIMEOUT = 1.0
"""Seconds for connecting and for one answer."""


def connect(url: str, *, timeout: float = TIMEOUT) -> Redis:
    """A client for `redis://`, `rediss://` or `unix://`; connects at the first command.

    Raises ConfigError when the URL cannot be one.
    """
    try:
        client: Redis = Redis.from_url(
            url,
            socket_connect_timeout=timeout,
            socket_timeout=timeout,
            health_check_interval=30,
            retry=Retry(NoBackoff(), 1),
        )
    except ValueError:
        raise ConfigError(["redis_url: not a redis://, rediss:// or unix:// URL."]) from None
    return client


def is_alive(client: Redis) -> bool:
    """Whether it answers, for readyz."""
    try:
        return bool(client.ping())
    except RedisError:
        return False


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn what the server refuses into ConfigError, its silence into QueueUnavailable."""
    try:
        yield
    except (AuthenticationError, NoPermissionError):
        hint = "give redis_url (REDIS_URL) the user and password that the server knows"
        raise ConfigError(["redis_url: the server refuses us"], hint=hint) from None
    except RedisError:
        hint = "see that the server runs and that redis_url (REDIS_URL) leads to it"
        raise QueueUnavailable("redis_url does not answer.", hint=hint) from None
