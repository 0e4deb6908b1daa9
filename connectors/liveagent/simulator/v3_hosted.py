"""API v3: the account as a hosted system: search index, domain, billing, connected services.

Nothing is billed, no Slack workspace is connected and no batch ever runs, so their lists are empty
and single records are not found, in the documented error model.
"""

from __future__ import annotations

from collections.abc import Callable

from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.web import Call, Route, found, text
from connectors.liveagent.simulator.wire import Row

OWN = "me"
"""The only subscription of an account."""
_DOMAIN = "acme.simulator.example"


def _hosting(call: Call) -> Row:
    moments = [t.last_activity for t in call.context.store.tickets.values() if t.last_activity]
    if not moments:
        return {}
    return {"last_activity": call.context.store.stamp(max(moments))}


def _mobile_login(_call: Call) -> Row:
    return {"ssoEnabled": False}


def _my_account(call: Call) -> Row:
    return {"link": f"https://{_DOMAIN}/my-account?key={call.context.store.names.hexadecimal()}"}


def _index(call: Call) -> Row:
    store = call.context.store
    counts = {"tickets": len(store.tickets), "contacts": len(store.contacts)}
    changed = store.stamp(store.now())
    rows = [
        {"id": name, "index_count": str(number), "datechanged": changed}
        for name, number in counts.items()
    ]
    return {"es_active": "Y", "index_status": rows}


def _indexed(_call: Call) -> Row:
    """The lists are searched directly, so the index is always fresh."""
    return {"message": "Done"}


def _subscription(view: Callable[[Call], object]) -> Callable[..., object]:
    def serve(call: Call, subscription_id: str) -> object:
        if subscription_id != OWN:
            raise ApiError(404, "Subscription not found")
        return view(call)

    return serve


def _domain(call: Call) -> Row:
    custom = call.context.store.custom_domain
    return {"domain": _DOMAIN} | ({"custom_domain": custom} if custom else {})


def _set_domain(call: Call) -> None:
    call.context.store.custom_domain = text(call.body(), "custom_domain")


def _no_rows(_call: Call) -> list[Row]:
    return []


def _none_of(kind: str) -> Callable[..., Row]:
    def view(_call: Call, row_id: str) -> Row:
        return found(None, f"{kind} {row_id}")

    return view


def _ok(_call: Call) -> None:
    return None


_READ = "settings.read"
_HOSTED = "subscription.read hosted_account.read"
_SUBSCRIPTIONS: tuple[tuple[str, str, str, Callable[[Call], object]], ...] = (
    ("GET", "billingStatus", _HOSTED, lambda _call: {"status": "N"}),
    ("GET", "discounts", _HOSTED, _no_rows),
    ("GET", "upgrade_url", _HOSTED, lambda _call: {"url": f"https://{_DOMAIN}/plans"}),
    ("GET", "domain", "subscription.read hosted_account.read hosted_account.write", _domain),
    ("PUT", "custom_domain", "subscription.write hosted_account.write", _set_domain),
)
ROUTES: list[Route] = [
    ("GET", "/hosting/info", None, _hosting),
    ("GET", "/mobile/login/configuration", None, _mobile_login),
    ("GET", "/my_account/_link", "", _my_account),
    ("GET", "/elastic/status", "reindex.read", _index),
    *(
        ("POST", f"/elastic/{act}", "reindex.write", _indexed)
        for act in ("reindex", "reindexAll", "cleanDeletedData", "updateTicketCheckTask")
    ),
    *(
        (method, f"/subscriptions/<subscription_id>/{path}", scope, _subscription(view))
        for method, path, scope, view in _SUBSCRIPTIONS
    ),
    ("GET", "/variations/<row_id>", "hosted_account.read subscription.read", _none_of("Variation")),
    ("GET", "/queue/batch/<row_id>", "ticket.mass", _none_of("Batch")),
    ("POST", "/sip_configuration/restore", "sip_configuration.manage", _ok),
    *(("GET", f"/slack/{many}", _READ, _no_rows) for many in ("conversations", "templates")),
    ("GET", "/slack/users", "user.read", _no_rows),
    ("GET", "/slack/conversation/<row_id>", _READ, _none_of("Conversation")),
    ("GET", "/slack/user/<row_id>", "user.read", _none_of("User")),
    ("GET", "/slack/template/<row_id>", _READ, _none_of("Template")),
    ("PUT", "/slack/template/<row_id>", _READ, _none_of("Template")),
]
