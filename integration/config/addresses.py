"""What an address in the configuration must look like: said here, not by the part that uses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields

DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
PORTS = range(1, 65536)

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_LISTEN = "Must be an IP address, such as 127.0.0.1 or ::1 (0.0.0.0 for all), or localhost."
_PORT = f"The port must be a number from {PORTS[0]} to {PORTS[-1]}."
_SQLITE = "Must be a file, sqlite:////srv/deskwarden/deskwarden.db, with no host, user or options."
_POSTGRESQL = "Must be a URL such as postgresql+psycopg://USER:PASSWORD@HOST:5432/NAME."
_OPTION = "After the ? stands an option that PostgreSQL does not know."


class Listen(fields.String):
    """An IP address to listen on: the web server resolves no names."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - marshmallow's
        text: str = super()._deserialize(value, *args, **kwargs)
        if text == "localhost":
            return "127.0.0.1"
        try:
            ip_address(text)
        except ValueError:
            raise ValidationError(_LISTEN) from None
        if "%" in text:  # names an interface, which the web server cannot read
            raise ValidationError(_LISTEN)
        return text


def scheme(*allowed: str) -> Callable[[str], None]:
    """A check that a URL, when there is one, begins with one of these and has no wrong port."""
    wanted = _begins_with(allowed)

    def check(url: str) -> None:
        try:
            parts = urlsplit(url)
        except ValueError:
            raise ValidationError(wanted) from None
        if url and parts.scheme not in allowed:
            raise ValidationError(wanted)
        try:
            port = parts.port
        except ValueError:
            raise ValidationError(_PORT) from None
        if port is not None and port not in PORTS:
            raise ValidationError(_PORT)

    return check


def _begins_with(schemes: Sequence[str]) -> str:
    return f"Must start with one of: {', '.join(f'{scheme}://' for scheme in schemes)}."


def host_name(name: str) -> None:
    """Check the name of a host."""
    if not _HOST.fullmatch(name):
        raise ValidationError("Must be a host name in lower case, such as warden.example.org.")


def database(url: str) -> None:
    """Check a URL as SQLAlchemy reads it. What is wrong is told without any part of it."""
    if not url:
        return
    if url.partition("://")[0] not in DATABASES:
        raise ValidationError(_begins_with(DATABASES))
    # Slow to import, and a command that needs no database seldom has the URL of one.
    from sqlalchemy.engine import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    is_sqlite = url.startswith("sqlite:")
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        raise ValidationError(_SQLITE if is_sqlite else f"{_POSTGRESQL} {_PORT}") from None
    if is_sqlite:
        beside = (parts.host, parts.port, parts.username, parts.password, parts.query)
        if parts.database in {None, "", ":memory:"} or any(beside):
            raise ValidationError(_SQLITE)
        return
    if parts.port is not None and parts.port not in PORTS:
        raise ValidationError(_PORT)
    _options(list(parts.query))


def _options(names: list[str]) -> None:
    from psycopg import ProgrammingError  # noqa: PLC0415
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415

    try:
        make_conninfo(**dict.fromkeys(names, ""))
    except ProgrammingError:
        raise ValidationError(_OPTION) from None
