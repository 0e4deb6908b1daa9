"""Every key of the configuration, as data: what it is called, what it takes, what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet
from marshmallow import ValidationError, fields, validate

from integration.config.addresses import PORTS, Listen, database, host_name, scheme

ENV_PREFIX = "DESKWARDEN_"
CONFIG_ENV = f"{ENV_PREFIX}CONFIG"
FILE_SUFFIX = "_FILE"

LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("auto", "json", "text")


SWITCHED: Mapping[str, str] = {"policy.mode": "deskwarden account mode NAME enforce"}
"""What is no key but a state of each account, and the command that changes it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the TOML file, `section.name`, and its environment variable."""

    name: str
    field: fields.Field[Any]
    default: Any
    help: str
    shown_default: str = ""
    """What the documentation says where the default is worked out."""
    secret: bool = False
    in_file_only: bool = False
    """Its variable would be that of another key's `_FILE`."""
    aliases: tuple[str, ...] = ()
    """Environment variables that are read when ours is not set."""

    @property
    def env(self) -> str | None:
        """The environment variable, or None where only the file can say it."""
        is_table = isinstance(getattr(self.field, "inner", self.field), fields.Dict | fields.Nested)
        if is_table or self.in_file_only:
            return None
        return ENV_PREFIX + self.name.upper().replace(".", "_")


def _fernet_key(key: str) -> None:
    try:
        Fernet(key)
    except ValueError:
        raise ValidationError("Not a Fernet key (32 bytes, URL-safe base64).") from None


def _count(least: int, most: int) -> fields.Integer:
    return fields.Integer(strict=False, validate=validate.Range(least, most))


KEYS: tuple[Key, ...] = (
    Key(
        "data_folder",
        fields.String(validate=validate.Length(min=1)),
        "",
        "Where the database, the keys and the embedded Valkey live; made with mode 0700.",
        shown_default="`var` beside the TOML file; without one, `$XDG_DATA_HOME/deskwarden`",
    ),
    Key(
        "database_url",
        fields.String(validate=database),
        "",
        "SQLAlchemy URL of the database: SQLite, or PostgreSQL for more than one host.",
        shown_default="SQLite in the data folder",
        secret=True,
    ),
    Key(
        "redis_url",
        fields.String(validate=scheme("redis", "rediss", "unix")),
        "",
        "Valkey or Redis for wake-ups and the shared request budget; empty starts an embedded one.",
        shown_default="empty",
        secret=True,
        aliases=("REDIS_URL",),
    ),
    Key(
        "secret_key",
        fields.List(fields.String(validate=_fernet_key)),
        [],
        "Fernet keys that seal the helpdesk keys in the database; the first one seals, all open.",
        shown_default="made once in `secret_key_file`",
        secret=True,
    ),
    Key(
        "secret_key_file",
        fields.String(),
        "",
        "Where the sealing key is kept when `secret_key` is not set; made with mode 0600.",
        shown_default="`secret.key` in the data folder",
        in_file_only=True,
    ),
    Key(
        "audit_key_file",
        fields.String(),
        "",
        "Where the key of the audit chain is kept; made with mode 0600. Keep a copy elsewhere.",
        shown_default="`audit.key` in the data folder",
    ),
    Key("web.host", Listen(), "127.0.0.1", "IP address the web process listens on, or localhost."),
    Key("web.port", _count(PORTS[0], PORTS[-1]), 8080, "Port the web process listens on."),
    Key(
        "web.public_url",
        fields.String(validate=scheme("https", "http")),
        "",
        "The address a helpdesk reaches us under, for example https://warden.example.org.",
        shown_default="empty",
    ),
    Key("web.threads", _count(1, 128), 16, "Requests handled at once."),
    Key(
        "web.trusted_proxies",
        _count(0, 5),
        0,
        "How many reverse proxies stand before the web process; 0 ignores X-Forwarded-* headers.",
    ),
    Key(
        "web.trusted_hosts",
        fields.List(fields.String(validate=host_name)),
        [],
        "Host names that requests may be for, the one of `web.public_url` among them; any other is "
        "refused but localhost and 127.0.0.1.",
        shown_default="any",
    ),
    Key(
        "web.metrics_token",
        fields.String(),
        "",
        "Bearer token that /metrics asks for; empty allows the loopback address only.",
        shown_default="empty",
        secret=True,
    ),
    Key("workers.processes", _count(1, 64), 2, "Worker processes on this host."),
    Key("workers.threads", _count(1, 64), 16, "Tickets looked at at once in one worker process."),
    Key(
        "workers.lease_seconds",
        _count(5, 600),
        60,
        "How long a worker may be silent before others take its tickets over.",
    ),
    Key("log.level", fields.String(validate=validate.OneOf(LOG_LEVELS)), "info", "Least level."),
    Key(
        "log.format",
        fields.String(validate=validate.OneOf(LOG_FORMATS)),
        "auto",
        "`json`, `text`, or `auto`: text on a terminal, else JSON.",
    ),
)


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """`{"web.port": 1}` as `{"web": {"port": 1}}`."""
    tree: dict[str, Any] = {}
    for name, value in flat.items():
        *sections, leaf = name.split(".")
        node = tree
        for section in sections:
            node = node.setdefault(section, {})
        node[leaf] = value
    return tree
