"""One threaded HTTP server for all simulators."""

from __future__ import annotations

import io
import socket
import threading
from contextlib import suppress
from email.utils import format_datetime
from typing import ClassVar
from wsgiref.types import WSGIEnvironment

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

from connectors.simulation.base import Now, system_now

HOST = "127.0.0.1"


class _Handler(WSGIRequestHandler):
    """Keeps a connection from one request to the next, as real helpdesks do.

    No access log: its lines would hold URLs, and URLs may hold secrets.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    now: ClassVar[Now]
    """The clock of the simulated helpdesk."""
    open_connections: ClassVar[set[socket.socket]]

    def setup(self) -> None:
        """Remember the connection: it ends with the simulator."""
        super().setup()
        self.open_connections.add(self.connection)

    def finish(self) -> None:
        """Forget it."""
        self.open_connections.discard(self.connection)
        super().finish()

    def run_wsgi(self) -> None:
        """Answer one request; werkzeug's own way to do it closes the connection each time."""
        environ = self.make_environ()
        environ["wsgi.input"] = io.BytesIO(self._body(environ))
        chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        self._answer(*status.partition(" ")[::2], headers, b"".join(chunks))

    def _body(self, environ: WSGIEnvironment) -> bytes:
        """Read all of it: the next request stands behind it."""
        if environ.get("wsgi.input_terminated"):  # it came in chunks
            body: bytes = environ["wsgi.input"].read()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, code: str, reason: str, headers: Headers, body: bytes) -> None:
        has_length = code not in {"204", "304"}
        has_body = has_length and self.command != "HEAD"
        if has_length:
            headers.setdefault("Content-Length", str(len(body)))
        if has_body and headers["Content-Length"] != str(len(body)):
            self.close_connection = True  # cut off, as a broken connection is
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if has_body:
            self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the base's
        """Write the header Date by the clock of the simulated helpdesk."""
        return format_datetime(type(self).now(), usegmt=True)

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


class SimulatorServer:
    """Serves an application on the loopback address from a thread of its own."""

    def __init__(self, app: Flask, now: Now = system_now) -> None:
        self._app = app
        self._connections: set[socket.socket] = set()
        facts = {"now": staticmethod(now), "open_connections": self._connections}
        self._handler = type("Handler", (_Handler,), facts)
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
            for connection in list(self._connections):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._server = self._thread = None

    def wait(self) -> None:
        """Block until it is stopped from another thread or by a signal handler."""
        if self._thread:
            self._thread.join()
