"""How commands open this installation, and what they ask of it first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from integration import logs
from integration.config import Config
from integration.core.errors import ConfigError
from integration.runtime import (
    Runtime,
    load_config,
    missing_keys,
    note_sealing_key,
    open_runtime,
    where_keys_are,
)
from integration.storage import is_current, upgrade
from integration.storage.keyring import IF_LOST

FIRST = "the first host makes the keys: deskwarden db upgrade"
NO_QUEUE = "redis_url is empty: set DESKWARDEN_REDIS_URL to the one that all share"


@contextmanager
def opened(*, new: bool = False) -> Iterator[Runtime]:
    """The runtime for one command, with logging on stderr; closed at the end.

    `new`: this may be the first command on this machine, so tables and keys are made. Where tables
    are, keys are somewhere too: on a second host they must be copied first, or ConfigError is
    raised.
    """
    config = load_config()
    logs.configure(level="warning", form=config.log.format)
    runtime = open_runtime(config)
    try:
        if new:
            if is_current(config.database_url) and (problems := missing_keys(config)):
                raise ConfigError(problems, hint=where_keys_are(config) or FIRST)
            upgrade(config.database_url)
            make_keys(runtime)  # where tables are, they must be, too
        yield runtime
    finally:
        runtime.close()


def make_keys(runtime: Runtime) -> None:
    """The keys that every process shares, made before there are several that could make them."""
    _ = runtime.store, runtime.keyring
    note_sealing_key(runtime.store)


def require_shared(config: Config) -> None:
    """What all hosts must have in common. A key made here would be another than that of the rest.

    Raises ConfigError with all that is missing.
    """
    problems = [] if config.redis_url else [NO_QUEUE]
    problems += missing_keys(config)
    if problems:
        alone = f"on one machine use `deskwarden run`; on several {FIRST}"
        raise ConfigError(problems, hint=where_keys_are(config) or alone)
    if is_current(config.database_url):
        with closing(open_runtime(config)) as runtime:
            make_keys(runtime)  # they are there: now they are proved to be those of the others
            require_key_of_accounts(runtime)


def require_tables(config: Config) -> None:
    """Raise ConfigError where the tables are not of this version: nothing could be worked."""
    if not is_current(config.database_url):
        raise ConfigError(
            ["the tables are of another version, or this is not the database of the other hosts"],
            hint="look at DESKWARDEN_DATABASE_URL; then on one host: deskwarden db upgrade",
        )


def require_key_of_accounts(runtime: Runtime) -> None:
    """Raise ConfigError where this host can open no account: nothing could be worked here."""
    with runtime.store.transaction() as tables:
        sealed = [row.sealed for row in tables.accounts.list()]
    if sealed and not any(runtime.keyring.opens(each) for each in sealed):
        hint = "give this host the key that the others use now (after a rotation: the new one); "
        raise ConfigError(["secret_key: it opens none of the accounts"], hint=hint + IF_LOST)
