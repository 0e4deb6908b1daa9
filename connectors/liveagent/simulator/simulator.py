"""LiveAgent in memory, put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, request
from werkzeug.exceptions import HTTPException

from connectors.liveagent.simulator import (
    people,
    samples,
    truth,
    v3_account,
    v3_agents,
    v3_bans,
    v3_calls,
    v3_channels,
    v3_content,
    v3_devices,
    v3_grids,
    v3_hosted,
    v3_phones,
    v3_service,
    v3_shelves,
    v3_tickets,
)
from connectors.liveagent.simulator.auth import ApiCall, Gate
from connectors.liveagent.simulator.control import (
    CONTROL_PREFIX,
    Control,
    apply_switches,
    register_control,
)
from connectors.liveagent.simulator.customers import People
from connectors.liveagent.simulator.desk import Desk
from connectors.liveagent.simulator.downloads import register_downloads
from connectors.liveagent.simulator.errors import ApiError, body_for, fault_body
from connectors.liveagent.simulator.hooks import HookSender, Sent
from connectors.liveagent.simulator.login import register_login
from connectors.liveagent.simulator.mail import Mailer
from connectors.liveagent.simulator.pages import register_pages
from connectors.liveagent.simulator.records import Mail
from connectors.liveagent.simulator.rules import Rule, RuleEngine
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches
from connectors.liveagent.simulator.v1 import register_v1
from connectors.liveagent.simulator.web import Context, answer, register
from connectors.liveagent.simulator.wire_account import AccountWire
from connectors.liveagent.simulator.wire_tickets import TicketWire
from connectors.simulation.app import SimulatorApp
from connectors.simulation.base import Names, Now
from connectors.simulation.faults import Fault, Faults
from connectors.simulation.server import SimulatorServer

_V3 = (
    v3_tickets, v3_account, v3_agents, v3_content, v3_bans, v3_shelves, v3_grids, v3_service,
    v3_devices, v3_phones, v3_calls, v3_channels, v3_hosted,
)  # fmt: skip


class LiveAgentSimulator(People):
    """A LiveAgent account: both APIs, rules, mail, agent pages, and the hands of people.

    Time comes from the clock it is given; `retention` purges what was deleted long enough ago,
    as LiveAgent's own task does, and runs only when called.
    """

    def __init__(self, seed: int, now: Now) -> None:
        self.store = Store(Names(seed), now)
        self.switches = Switches()
        people.populate(self.store)
        self.desk = Desk(self.store, self.switches, Mailer(self.store, self.switches))
        super().__init__(self.desk)
        self._hooks = HookSender(self.switches)
        self._rules = RuleEngine(self.desk, self._hooks)
        self._admin_token = self.store.names.hexadecimal()
        self.gate = Gate(self.store, self.switches)
        self.app = SimulatorApp(__name__)
        self._faults = Faults(self.app.wsgi_app, CONTROL_PREFIX, fault_body)
        self._install()
        self._server = SimulatorServer(self.app, now)

    def start(self, port: int = 0) -> str:
        """Serve on 127.0.0.1; the base URL."""
        return self._server.start(port)

    def stop(self) -> None:
        """Stop serving and end every thread."""
        self._faults.release()
        self._server.stop()
        self._hooks.stop()

    def wait(self) -> None:
        """Block while it serves."""
        self._server.wait()

    def credentials(self) -> dict[str, str]:
        """What an administrator would copy from the configuration pages."""
        key = self.store.api_keys[people.INTEGRATION_KEY]
        return {
            "url": self._server.url,
            "v3_key": key.key,
            "v1_key": self.store.v1_key,
            "bot_user": people.BOT,
            "bot_email": people.BOT_EMAIL,
            "contact_email": people.CONTACT_EMAIL,
            "mail_account": people.SUPPORT_MAIL,
            "compliance_department": people.COMPLIANCE,
            "admin_token": self._admin_token,
        }

    def seed_tickets(self, count: int) -> list[str]:
        """Write that many tickets of the last weeks; their ids, oldest first."""
        return samples.write(self, self.store.names.random, self.store.now(), count)

    def add_rule(self, rule: Rule) -> None:
        """An administrator makes a rule."""
        self._rules.rules.append(rule)

    def set_switches(self, **changes: object) -> None:
        """Change switches; ValueError for one that does not exist or fit."""
        apply_switches(self.switches, self._faults, changes)

    def add_fault(self, fault: Fault) -> None:
        """Queue a fault for the next matching requests."""
        self._faults.add(fault)

    def fail_next(
        self, status: int, times: int = 1, path: str = "", method: str = "", *, after: bool = False
    ) -> None:
        """Answer the next requests with an error; `after` lets them take effect first."""
        self.add_fault(Fault("status", status, times, method, path, after))

    def clear_faults(self) -> None:
        """Forget faults that wait."""
        self._faults.clear()

    def retention(self) -> list[str]:
        """Purge tickets that were deleted long enough ago; their ids."""
        return self.desk.purge_due()

    def set_retention(self, days: int) -> None:
        """Set after how many days deleted tickets are purged."""
        self.store.purge_after = timedelta(days=days)

    def stored_texts(self) -> list[tuple[str, str]]:
        """(place, text) of everything stored, deleted and hidden texts and the outbox included."""
        return truth.stored_texts(self.store)

    def visible_texts(self) -> list[tuple[str, str]]:
        """(place, text) of everything an agent can read in the panel."""
        return truth.visible_texts(self.store)

    def outbox(self) -> Sequence[Mail]:
        """The mail that would have been sent, oldest first."""
        with self.store.lock:
            return tuple(self.store.outbox)

    def hooks_sent(self) -> Sequence[Sent]:
        """What became of the HTTP requests of rules, in order of completion."""
        return tuple(self._hooks.sent)

    def api_calls(self) -> Sequence[ApiCall]:
        """The API requests that were let in so far, oldest first."""
        return tuple(self.gate.calls)

    def wait_for_hooks(self, timeout: float = 10.0) -> bool:
        """Block until every HTTP request of a rule is done; False when that took too long."""
        return self._hooks.wait_until_idle(timeout)

    def _install(self) -> None:
        context = Context(
            self.store,
            self.switches,
            self.desk,
            self.gate,
            TicketWire(self.store, self.switches),
            AccountWire(self.store, self.switches),
        )
        for module in _V3:
            register(self.app, context, module.ROUTES)
        register_login(self.app, context)
        register_v1(self.app, context)
        register_downloads(self.app, context)
        register_pages(self.app, self.store)
        control = Control(
            self._admin_token, self.store, self.switches, self._faults, self, self._rules
        )
        register_control(self.app, control)
        self.app.register_error_handler(ApiError, _refused)
        self.app.register_error_handler(HTTPException, _unknown)
        self.app.share_routes()
        self.app.wsgi_app = self._faults  # type: ignore[assignment, method-assign]


def _refused(error: ApiError) -> Response:
    return _in_their_words(error.status, error.message, error.headers)


def _unknown(error: HTTPException) -> Response | HTTPException:
    if not request.path.startswith("/api/"):
        return error
    return _in_their_words(error.code or 500, error.name)


def _in_their_words(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return answer(body_for(request.path, status, message), status, headers)
