"""One threaded HTTP server for all simulators."""

from __future__ import annotations

import threading
from email.utils import format_datetime

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from connectors.simulation.base import Now, system_now

HOST = "127.0.0.1"


def _handler(now: Now) -> type[WSGIRequestHandler]:
    class Handler(WSGIRequestHandler):
        """No access log: its lines would hold URLs, and URLs may hold secrets."""

        def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the base's
            """Write the header Date by the clock of the simulated helpdesk."""
            return format_datetime(now(), usegmt=True)

        def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing."""

    return Handler


class SimulatorServer:
    """Serves an application on the loopback address from a thread of its own."""

    def __init__(self, app: Flask, now: Now = system_now) -> None:
        self._app = app
        self._handler = _handler(now)
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base URL without a trailing slash; empty while it does not serve."""
        return f"http://{HOST}:{self._server.port}" if self._server else ""

    def start(self, port: int = 0) -> str:
        """Serve on the port (a free one for 0); the base URL. Starting twice is an error."""
        if self._server:
            raise RuntimeError("the simulator serves already")
        self._server = make_server(
            HOST, port, self._app, threaded=True, request_handler=self._handler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="simulator",
            daemon=True,
        )
        self._thread.start()
        return self.url

    def stop(self) -> None:
        """Stop serving and free the port; harmless when it does not serve."""
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None

    def wait(self) -> None:
        """Block until it is stopped from another thread or by a signal handler."""
        if self._thread:
            self._thread.join()
