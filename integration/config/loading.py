"""Finding the file, laying the environment over it, and building the Config."""

from __future__ import annotations

import os.path
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from marshmallow import fields

from integration.config.keys import CONFIG_ENV, ENV_PREFIX, FILE_SUFFIX, KEYS, Key, nested
from integration.config.model import Config, Log, Web, Workers
from integration.config.patterns import laid_over
from integration.config.policies import POLICY_KEYS, build
from integration.config.schema import did_you_mean, problems_of
from integration.core.errors import ConfigError
from integration.core.policy import Policy

FILE_NAME = "deskwarden.toml"
DATABASE = "deskwarden.db"
"""In the data folder, when `database_url` is not given."""
FOREIGN_PREFIXES = (f"{ENV_PREFIX}ACCOUNT_", f"{ENV_PREFIX}TEST_")
"""Variables of ours that are no configuration: keys given to `account add`, switches of tests."""

ALL_KEYS = (*KEYS, *POLICY_KEYS)
_ACTIONS = "policy.actions"
_PATTERNS = "policy.patterns"


def load(env: Mapping[str, str], *, cwd: Path, home: Path | None = None) -> Config:
    """The configuration, from `DESKWARDEN_CONFIG`, `deskwarden.toml` here or in the data folder.

    The environment wins over the file; an account's own section wins over the common policy.
    Raises ConfigError with every problem that was found.
    """
    problems: list[str] = []
    standard = _standard_folder(env, home or Path.home())
    source = _source(env, cwd, standard, problems)
    tree = _read(source, problems) if source else {}
    accounts = _take_accounts(tree, problems)
    overlay, origins = _from_environment(env, problems)
    values, wrong = problems_of(ALL_KEYS, _merged(tree, nested(overlay)), origins)
    own, wrong_accounts = _account_values(accounts)
    problems += [*wrong, *wrong_accounts]
    if problems:
        raise ConfigError(problems, hint="docs/configuration.md describes every key.")
    return _config(values, own, source, base=_Bases(cwd, origins, source, standard))


class _Bases:
    """What a relative path is relative to: the TOML's folder, or the current one for variables."""

    def __init__(
        self, cwd: Path, origins: Mapping[str, str], source: Path | None, standard: Path
    ) -> None:
        self._cwd = cwd
        self._origins = origins
        self._source = source
        self._standard = standard

    def path(self, name: str, given: str) -> Path:
        """A given path, made absolute."""
        from_file = self._source is not None and name not in self._origins
        base = self._source.parent if from_file and self._source else self._cwd
        return (base / Path(given).expanduser()).resolve()

    def data_folder(self) -> Path:
        """The data folder when none is given. Raises ConfigError where that is in doubt."""
        if self._source is None or self._source.parent == self._standard:
            return self._standard
        own = self._source.parent / "var"
        if _is_file(self._standard / DATABASE) and not _is_file(own / DATABASE):
            problem = f"data_folder: a database is in {self._standard}, and none in {own}"
            hint = f'go on with it: data_folder = "{self._standard}" in {self._source}; '
            hint += f'begin anew: data_folder = "{own}"'
            raise ConfigError([problem], hint=hint)
        return own


def _standard_folder(env: Mapping[str, str], home: Path) -> Path:
    given = env.get(f"{ENV_PREFIX}DATA_FOLDER")
    if given:
        return Path(given).expanduser().resolve()
    return Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "deskwarden"


def _source(env: Mapping[str, str], cwd: Path, standard: Path, problems: list[str]) -> Path | None:
    if given := env.get(CONFIG_ENV):
        path = (cwd / given).resolve()
        if not _is_file(path):
            problems.append(f"{CONFIG_ENV}: there is no file {path}. Correct the path or unset it.")
            return None
        return path
    places = (cwd / FILE_NAME, standard / FILE_NAME)
    return next((file for file in places if _is_file(file)), None)


def _is_file(path: Path) -> bool:
    # Path.is_file raises where this user may not look; what it means is told by who needs it.
    return os.path.isfile(path)  # noqa: PTH113


def _read(source: Path, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
        problems.append(f"{source.name}: not valid TOML ({where}).")
    except OSError as error:
        problems.append(f"{source}: {error.strerror}. Let this user read it.")
    return {}


def _take_accounts(tree: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    """The `[policy.accounts]` part, taken out of the tree."""
    policy = tree.get("policy")
    accounts = policy.pop("accounts", {}) if isinstance(policy, dict) else {}
    if isinstance(accounts, dict) and all(isinstance(a, dict) for a in accounts.values()):
        return accounts
    problems.append("policy.accounts: must be tables, one per account: [policy.accounts.NAME].")
    return {}


def _account_values(accounts: Mapping[str, Any]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    values: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for name, section in accounts.items():
        values[name], wrong = problems_of(POLICY_KEYS, {"policy": section})
        here = f"policy.accounts.{name}."
        for problem in wrong:
            told = problem.replace("policy.", here, 1)
            problems.append(told.replace("Did you mean policy.", f"Did you mean {here}", 1))
    return values, problems


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid over `base`, table by table; lists and values are replaced whole."""
    merged = dict(base)
    for name, value in over.items():
        below = merged.get(name)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        merged[name] = _merged(below, value) if both else value  # type: ignore[arg-type]
    return merged


def _from_environment(
    env: Mapping[str, str], problems: list[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Values by dotted name and the variable each came from."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key in ALL_KEYS:
        for variable, text in _given(key, env, problems):
            values[key.name] = _split(text) if isinstance(key.field, fields.List) else text
            origins[key.name] = variable
    problems += _unknown_variables(env)
    return values, origins


def _given(key: Key, env: Mapping[str, str], problems: list[str]) -> Iterator[tuple[str, str]]:
    """The variable that sets this key and its text: at most one."""
    names = [name for name in (key.env, *key.aliases) if name]
    if key.secret and (path := env.get(f"{key.env}{FILE_SUFFIX}")):
        variable = f"{key.env}{FILE_SUFFIX}"
        if key.env in env:
            problems.append(f"{variable}: {key.env} is set too. Keep one of them.")
            return
        try:
            yield variable, Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{variable}: {path} cannot be read. Correct the path or its rights.")
        return
    yield from [(name, env[name]) for name in names if name in env][:1]


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]


def _unknown_variables(env: Mapping[str, str]) -> Iterator[str]:
    known = {CONFIG_ENV, *(k.env for k in ALL_KEYS if k.env)}
    known |= {f"{k.env}{FILE_SUFFIX}" for k in ALL_KEYS if k.secret}
    for name in sorted(env):
        ours = name.startswith(ENV_PREFIX) and not name.startswith(FOREIGN_PREFIXES)
        if ours and name not in known:
            yield f"{name}: unknown variable.{did_you_mean(name, sorted(known), between='_')}"


def variables_in(env: Mapping[str, str]) -> list[str]:
    """The names of ours in an environment, misspelt ones too, and the aliases of our keys."""
    aliases = {alias for key in ALL_KEYS for alias in key.aliases}
    return [name for name in env if name.startswith(ENV_PREFIX) or name in aliases]


def _config(
    values: Mapping[str, Any],
    accounts: Mapping[str, Mapping[str, Any]],
    source: Path | None,
    base: _Bases,
) -> Config:
    v = {key.name: values.get(key.name, key.default) for key in KEYS}
    given = v["data_folder"]
    folder = base.path("data_folder", given) if given else base.data_folder().resolve()

    def in_folder(name: str, default: str) -> Path:
        return base.path(name, v[name]) if v[name] else folder / default

    return Config(
        data_folder=folder,
        database_url=v["database_url"] or f"sqlite:///{folder / DATABASE}",
        redis_url=v["redis_url"],
        secret_keys=tuple(v["secret_key"]),
        secret_key_file=in_folder("secret_key_file", "secret.key"),
        audit_key_file=in_folder("audit_key_file", "audit.key"),
        web=Web(
            host=v["web.host"],
            port=v["web.port"],
            public_url=v["web.public_url"].rstrip("/"),
            threads=v["web.threads"],
            trusted_proxies=v["web.trusted_proxies"],
            trusted_hosts=tuple(v["web.trusted_hosts"]),
            metrics_token=v["web.metrics_token"],
        ),
        workers=Workers(*_in_section(v, "workers", ("processes", "threads", "lease_seconds"))),
        log=Log(*_in_section(v, "log", ("level", "format"))),
        policy=_policy(values),
        policies={name: _policy(_laid_over(values, own)) for name, own in accounts.items()},
        source=source,
    )


def _in_section(values: Mapping[str, Any], section: str, names: Sequence[str]) -> Iterator[Any]:
    return (values[f"{section}.{name}"] for name in names)


def _laid_over(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    actions = {**common.get(_ACTIONS, {}), **own.get(_ACTIONS, {})}
    both = laid_over(common.get(_PATTERNS, ()), own.get(_PATTERNS, ()))
    return {**common, **own, _ACTIONS: actions, _PATTERNS: both}


def _policy(values: Mapping[str, Any]) -> Policy:
    """From checked values by full name; other sections are not its business."""
    return build({name.removeprefix("policy."): value for name, value in values.items()})


def describe() -> list[dict[str, Any]]:
    """A row per key for docs/configuration.md: name, env, file_env, default, help, secret."""
    return [
        {
            "name": key.name,
            "env": key.env or "",
            "file_env": f"{key.env}{FILE_SUFFIX}" if key.secret else "",
            "default": key.shown_default or str(key.default),
            "help": key.help,
            "secret": key.secret,
        }
        for key in ALL_KEYS
    ]
