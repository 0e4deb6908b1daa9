"""Whether deliveries can get in: the web process of this host, and the address it is known by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException

from integration.core.errors import DeskwardenError
from integration.diagnosis.rows import Row, row
from integration.lock import is_running
from integration.runtime import Runtime
from integration.services import deliveries

SECONDS = 5.0
"""How long the web process may take to say that it is alive."""
ALIVE = b'"alive"'
WHOSE_PORT = "stop what listens there, or set web.port (DESKWARDEN_WEB_PORT)"


def ways_in(runtime: Runtime) -> Iterator[Row]:
    """The web process, and the address that the helpdesk reaches."""
    yield _process(runtime)
    yield _public_url(runtime)


def _process(runtime: Runtime) -> Row:
    web = runtime.config.web
    try:
        is_ours = _is_alive(web.host, web.port)
    except OSError:
        state, fix = _without(runtime)
        return row(state, "web", f"nothing answers on {web.address}", fix)
    if is_ours:
        return row("ok", "web", f"answers on {web.address}")
    state, _ = _without(runtime)
    return row(state, "web", f"another program answers on {web.address}", WHOSE_PORT)


def _is_alive(host: str, port: int) -> bool:
    """Whether our web process answers there. Raises OSError where nothing does."""
    # Not by connectors.http: no proxy stands between us and this host.
    with closing(HTTPConnection(host, port, timeout=SECONDS)) as connection:
        try:
            # The name that `web.trusted_hosts` never refuses.
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            answer = connection.getresponse()
            return answer.status == 200 and ALIVE in answer.read(100)
        except HTTPException:
            return False


def _without(runtime: Runtime) -> tuple[str, str]:
    """How bad it is that it does not answer here, and what to do."""
    if is_running(runtime.config.data_folder):
        return "fail", "`deskwarden run` is there and starts it again and again: look at its log"
    if runtime.config.redis_url:
        # The hosts may share the work, and no host knows what another one is for.
        return "warn", "is this its host? start deskwarden web or run; elsewhere ask it there"
    # Only `run` can have started it, so what the helpdesk sends was for this host.
    return "fail" if _has_taken_some(runtime) else "warn", "deskwarden run"


def _has_taken_some(runtime: Runtime) -> bool:
    try:
        with runtime.store.transaction() as tables:
            names = [account.id for account in tables.accounts.list()]
            return any(deliveries.last(tables.received.of(name)).taken for name in names)
    except DeskwardenError:
        return False


def _public_url(runtime: Runtime) -> Row:
    url = runtime.config.web.public_url
    if url.startswith("https://"):
        return row("ok", "public URL", url)
    fix = "set web.public_url to the https address that the helpdesk reaches"
    return row("warn", "public URL", url or "not set", fix)
