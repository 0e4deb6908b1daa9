"""What callers are told: one word. Why exactly a delivery was refused is for the metrics."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ERRORS = {
    400: "malformed",
    401: "unauthorized",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "content_type",
    429: "rate_limited",
    500: "internal",
    503: "unavailable",
}

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def answer(status: int, content: object) -> Response:
    """A JSON answer."""
    return answer_in_bytes(status, in_bytes(content))


def in_bytes(content: object) -> bytes:
    """The content of a JSON answer as it is sent."""
    return json.dumps(content).encode()


def answer_in_bytes(status: int, content: bytes) -> Response:
    """A JSON answer whose content was made ahead."""
    response = Response(content, status=status, mimetype="application/json")
    # A plain list goes out in one write; werkzeug's own iterator costs a call per chunk.
    response.direct_passthrough = True
    return response


def refusal(status: int, *, retry_after: float | None = None) -> Response:
    """The answer to what was not taken; the same for every cause of one status."""
    response = answer(status, {"error": ERRORS.get(status, "rejected")})
    if retry_after is not None:
        response.headers["Retry-After"] = str(max(1, round(retry_after)))
    return response


def with_headers(inner: WSGIApplication) -> WSGIApplication:
    """The application, with the headers that every answer of ours carries.

    Around Flask, not in it: there it costs a twentieth of a delivery.
    """
    ours = list(HEADERS.items())

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return inner(environ, lambda status, headers, *error: start(status, headers + ours, *error))

    return application
