"""The web application of a simulator: many in one process, their routes compiled once."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Flask
from flask.typing import RouteCallable
from werkzeug.routing import Map


class SimulatorApp(Flask):
    """Flask for one helpdesk; all of a name have the same routes.

    To compile hundreds of routes takes longer than all else that a simulator does at its start.
    The first one of a name does it and calls `share_routes`; the others only bring their views.
    """

    _shared: ClassVar[dict[str, Map]] = {}

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)
        self._is_first = name not in self._shared
        if not self._is_first:
            self.url_map = self._shared[name]

    def share_routes(self) -> None:
        """Say that every route is there."""
        self._shared.setdefault(self.import_name, self.url_map)

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: RouteCallable | None = None,
        *rest: Any,  # noqa: ANN401 - Flask's own signature
        **options: Any,  # noqa: ANN401
    ) -> None:
        """As Flask does; KeyError for an endpoint that the first one of this name did not have."""
        if self._is_first:
            super().add_url_rule(rule, endpoint, view_func, *rest, **options)
        elif endpoint and view_func:
            self.url_map.iter_rules(endpoint)
            self.view_functions[endpoint] = view_func
