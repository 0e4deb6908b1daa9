"""What `doctor` looks at: this installation, its parts, and every connected account."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from connectors import registry
from integration.core.errors import AuthExpired, ConfigError, DeskwardenError
from integration.core.findings import wording
from integration.core.mode import Mode
from integration.core.rows import AccountRow, ReceivedRow
from integration.core.web import Taken
from integration.lock import is_running
from integration.queueing import EmbeddedServer, Redis, is_alive, workers_alive
from integration.runtime import Runtime
from integration.services import deliveries, modes, proved
from integration.storage import is_current

Row = dict[str, str]
PACKAGES = ("integration", "connectors", "webhooks")
"""Our top-level names: distributions of others own two of them too and would overwrite ours."""


NEWS = timedelta(days=1)
"""So long a delivery for no account is told of."""


def diagnose(runtime: Runtime) -> list[Row]:
    """One row per thing looked at: `state` (ok, warn, fail), `what`, `detail`, `fix`."""
    looks = (_settings, _database, _queue, _public_url)
    rows = [_names(), *(look(runtime) for look in looks)]
    try:
        with runtime.store.transaction() as tables:
            known = tables.accounts.list()
    except DeskwardenError:
        return rows
    if not known:
        rows.append(_row("warn", "accounts", "none connected", "deskwarden account add HELPDESK"))
    for account in known:
        rows += _account(runtime, account)
    rows += _sections_of_nobody(runtime, {account.id for account in known})
    rows += _deliveries_of_nobody(runtime)
    return rows


def _row(state: str, what: str, detail: str, fix: str = "") -> Row:
    return {"state": state, "what": what, "detail": detail, "fix": fix}


def _names() -> Row:
    wrong = foreign_packages()
    if not wrong:
        return _row("ok", "packages", "all three are ours")
    fix = "install deskwarden into an environment of its own"
    return _row("fail", "packages", f"not ours: {', '.join(wrong)}", fix)


def foreign_packages() -> list[str]:
    """Which of our top-level names belong to another distribution."""
    try:
        ours = distribution("deskwarden")
    except PackageNotFoundError:
        return list(PACKAGES)
    return [name for name in PACKAGES if not _is_ours(name, ours)]


def _is_ours(name: str, ours: Distribution) -> bool:
    file = getattr(importlib.import_module(name), "__file__", None)
    if file is None:
        return False
    place = Path(file).resolve()
    recorded = {Path(str(ours.locate_file(f))).resolve() for f in ours.files or ()}
    return place in recorded or place.is_relative_to(_editable_folder(ours))


def _editable_folder(ours: Distribution) -> Path:
    """The folder of an editable install, by its direct_url; else one that holds nothing."""
    # Not Distribution.origin: that is of Python 3.13.
    origin = json.loads(ours.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return Path("/nonexistent")
    return Path(url2pathname(urlsplit(origin["url"]).path)).resolve()


def _settings(runtime: Runtime) -> Row:
    config = runtime.config
    return _row("ok", "settings", f"{config.source or 'no file'}; data in {config.data_folder}")


def _sections_of_nobody(runtime: Runtime, known: Set[str]) -> Iterator[Row]:
    """A name that was mistyped: what stands there, a hold perhaps, does not apply to anyone."""
    for name in sorted(runtime.config.policies.keys() - known):
        fix = f"correct the name; connected: {', '.join(sorted(known)) or 'none'}"
        yield _row("fail", f"policy.accounts.{name}", "no account has this name", fix)


def _database(runtime: Runtime) -> Row:
    try:
        if is_current(runtime.config.database_url):
            with runtime.store.transaction() as tables:
                tables.values.put("", "doctor", {"at": runtime.clock.now().isoformat()})
            return _row("ok", "database", "takes writes, tables are of this version")
    except ConfigError as error:
        return _row("fail", "keys", str(error), error.hint)
    except DeskwardenError as error:
        return _row("fail", "database", error.reason, "check database_url and room on the disk")
    return _row("fail", "database", "lacks the tables of this version", "deskwarden db upgrade")


def _queue(runtime: Runtime) -> Row:
    if runtime.redis is not None and (runtime.config.redis_url or is_alive(runtime.redis)):
        return _workers(runtime.redis)
    try:
        EmbeddedServer(runtime.config.data_folder).command()
    except ConfigError as error:
        if is_running(runtime.config.data_folder):
            return _row("warn", "queue", "a poller does the work, slower to notice", error.hint)
        return _row("fail", "queue", str(error), error.hint)
    return _row("warn", "queue", "embedded Valkey is not running", "deskwarden run")


def _workers(redis: Redis) -> Row:
    try:
        alive = workers_alive(redis)
    except DeskwardenError as error:
        return _row("fail", "queue", str(error), error.hint)
    if alive:
        return _row("ok", "queue", f"answers; workers alive: {alive}")
    return _row("fail", "queue", "answers, and no worker is alive", "start deskwarden worker")


def _public_url(runtime: Runtime) -> Row:
    url = runtime.config.web.public_url
    if url.startswith("https://"):
        return _row("ok", "public URL", url)
    fix = "set web.public_url to the https address that the helpdesk reaches"
    return _row("warn", "public URL", url or "not set", fix)


def _account(runtime: Runtime, row: AccountRow) -> Iterator[Row]:
    if row.paused:
        resume = f"deskwarden account resume {row.id}"
        new_key = f"deskwarden account add {row.helpdesk} --name {row.id} --replace, then "
        fix = f"{new_key * (row.paused == AuthExpired.reason)}{resume}"
        yield _row("warn", f"{row.id}: paused", row.paused, fix)
    if unproved := _unproved(row):
        yield _row("warn", f"{row.id}: self-test", unproved, f"deskwarden account test {row.id}")
    yield _answers(runtime, row)
    yield _mode(runtime, row)
    yield _deliveries(runtime, row)
    parked = _parked(runtime, row)
    if parked:
        fix = f"deskwarden due list --parked; deskwarden due replay --account {row.id}"
        wait = "1 row waits" if parked == 1 else f"{parked} rows wait"
        yield _row("warn", f"{row.id}: parked", f"{wait} for a person", fix)


def _unproved(row: AccountRow) -> str:
    if row.facts.get(proved.DIFFERENCES):
        return "has not passed"
    if row.mode is Mode.ENFORCE and not proved.has_passed(row.facts):
        return "is of an older version"
    if row.mode is Mode.ENFORCE and proved.mail_question(row.facts):
        return "nobody has looked for mails since the last one"
    return ""


def _answers(runtime: Runtime, row: AccountRow) -> Row:
    try:
        connector = runtime.open_connector(row, row.facts)
        try:
            connector.probe()
        finally:
            connector.close()
    except DeskwardenError as error:
        fix = error.hint or f"deskwarden account test {row.id}"
        return _row("fail", f"{row.id}: helpdesk", error.reason, fix)
    return _row("ok", f"{row.id}: helpdesk", "answers")


def _mode(runtime: Runtime, row: AccountRow) -> Row:
    ends = modes.monitor_ends(row, runtime.policy(row))
    if ends is None:
        return _row("ok", f"{row.id}: mode", row.mode.value)
    if runtime.clock.now() < ends:
        return _row("ok", f"{row.id}: mode", f"monitor, until {wording.time(ends)}")
    fix = f"deskwarden account mode {row.id} enforce, or a later day: policy.monitor_until"
    return _row("warn", f"{row.id}: mode", f"monitor; its time ended {wording.time(ends)}", fix)


def _deliveries(runtime: Runtime, row: AccountRow) -> Row:
    """Whether the webhook arrives, as far as that can be told: no ticket, no delivery."""
    what, now = f"{row.id}: deliveries", runtime.clock.now()
    with runtime.store.transaction() as tables:
        taken, refused = deliveries.last(tables.received.of(row.id))
    unnamed = taken is not None and taken.result == Taken.UNKNOWN_EVENT
    said = ["none has been taken yet"]
    if taken:
        said = [f"last delivery {_ago(taken, now)}{', and it named no ticket' * unnamed}"]
    if refused:
        said.append(f"last refused {_ago(refused, now)}: {refused.status} {refused.result}")
    detail = "; ".join(said)
    if refused and (taken is None or taken.at < refused.at):
        return _row("warn", what, detail, _advice(row, refused))
    if taken is None:
        fix = f"write a ticket there and watch: deskwarden account deliveries {row.id} --follow"
        return _row("warn", what, f"{detail}; tickets are found by asking", fix)
    if unnamed:
        return _row("warn", what, detail, _advice(row, taken))
    return _row("ok", what, detail)


def _advice(row: AccountRow, received: ReceivedRow) -> str:
    media_type, *_ = registry.spec(row.helpdesk).content_types
    return deliveries.advice(received.result, row.id, media_type)


def _ago(received: ReceivedRow, now: datetime) -> str:
    seconds = max(0, round((now - received.at).total_seconds()))
    return f"{wording.duration(seconds, 'en')} ago"


def _deliveries_of_nobody(runtime: Runtime) -> Iterator[Row]:
    """An address in which the name of the account was mistyped; or a stranger who tries names."""
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        newest = next(iter(tables.received.of("")), None)
    if newest and now - newest.at < NEWS:
        detail = f"the last for no connected account {_ago(newest, now)}"
        fix = "compare the address in the helpdesk with the names in: deskwarden account list"
        yield _row("warn", "deliveries", detail, fix)


def _parked(runtime: Runtime, row: AccountRow) -> int:
    with runtime.store.transaction() as tables:
        return len(tables.due.rows(row.id, parked=True))
