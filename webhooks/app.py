"""The web application: routes, limits, headers, and errors that tell nothing."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, Response
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from integration.core.web import WebServices, WebSettings
from webhooks.answers import refusal, with_headers
from webhooks.health import Health
from webhooks.metrics import Metrics
from webhooks.receiver import Receiver

log = logging.getLogger(__name__)

_LOOPBACK_HOSTS = ("localhost", "127.0.0.1")


def create_app(services: WebServices) -> Flask:
    """The application over these services. It logs no path: a path may hold an account's secret."""
    app = Flask(__name__, static_folder=None)
    _configure(app, services.settings)
    metrics = Metrics(services.backlog)
    Receiver(services, metrics).mount(app)
    Health(services, metrics).mount(app)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _unexpected)
    app.wsgi_app = with_headers(app.wsgi_app)  # type: ignore[assignment, method-assign]
    return app


def _configure(app: Flask, settings: WebSettings) -> None:
    app.config.update(
        # One byte more than the limit, so that a body of unknown length is seen to be over it:
        # werkzeug cuts such a body at the limit without a word.
        MAX_CONTENT_LENGTH=settings.body_limit + 1,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        MAX_FORM_PARTS=100,
        TRUSTED_HOSTS=[*settings.trusted_hosts, *_LOOPBACK_HOSTS]
        if settings.trusted_hosts
        else None,
    )
    # A redirect would put the path, and the token in it, into a header.
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=0
        )


def _refused(error: HTTPException) -> Response:
    response = refusal(error.code or 500)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _unexpected(error: Exception) -> Response:
    """The edge of the process: a defect of ours is answered 500 and logged by place.

    Neither the message nor the path is logged: both may hold what must not be kept.
    """
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("unexpected %s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return refusal(500)
