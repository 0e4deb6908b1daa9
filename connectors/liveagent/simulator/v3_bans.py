"""API v3: banned addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from connectors.liveagent.simulator.bodies import BAN, fits
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, page_style
from connectors.liveagent.simulator.records import Ban
from connectors.liveagent.simulator.rows import whole_id
from connectors.liveagent.simulator.web import Call, Route, found, text
from connectors.liveagent.simulator.wire import Row

_BAN_COLUMNS = Columns(
    frozenset({"id", "date_created", "agent_id", "start_ip", "end_ip", "date_valid", "contact_id"})
    | {"conversation_id", "reason", "agent_name", "contact_name", "conversation_code"},
    "id",
)


def _bans(call: Call) -> Page:
    rows = [call.context.account.ban_item(b) for b in call.context.store.bans.values()]
    return page_style(rows, call.params, _BAN_COLUMNS)


def _create_ban(call: Call) -> Row:
    body, store = call.body(), call.context.store
    start = _address(body, "start_ip")
    number = max(store.bans, default=0) + 1
    ban = Ban(number, store.now(), call.key.user_id, start, start)
    _fill_ban(call, ban, body)
    store.bans[number] = ban
    return call.context.account.ban(ban)


def _address(given: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """An IP address of either kind; 400 for any other text."""
    value = text(given, name, default)
    try:
        return str(ip_address(value))
    except ValueError:
        raise ApiError(400, f"Missing or invalid parameter: {name}") from None


def _ban_of(call: Call, ban_id: str) -> Ban:
    return found(call.context.store.bans.get(int(whole_id(ban_id))), "Ban")


def _ban(call: Call, ban_id: str) -> Row:
    return call.context.account.ban(_ban_of(call, ban_id))


def _update_ban(call: Call, ban_id: str) -> Row:
    ban, body = _ban_of(call, ban_id), call.body()
    _fill_ban(call, ban, body)
    return call.context.account.ban(ban)


def _fill_ban(call: Call, ban: Ban, body: dict[str, Any]) -> None:
    fits(body, BAN)
    ban.start_ip = _address(body, "start_ip", ban.start_ip)
    ban.end_ip = _address(body, "end_ip", ban.end_ip)
    ban.reason = text(body, "reason", ban.reason)
    ban.contact_id = text(body, "contact_id", ban.contact_id)
    ban.ticket_id = text(body, "conversation_id", ban.ticket_id)
    if body.get("date_valid"):
        ban.valid = call.context.store.parse_stamp(body["date_valid"])


def _exclude_ip(call: Call) -> None:
    address = ip_address(_address(call.params, "ipAddress"))
    bans = call.context.store.bans
    hit = [ban for ban in bans.values() if _bars(ban, address)]
    if not hit:
        raise ApiError(404, "Ban not found")
    for ban in hit:
        del bans[ban.id]
        for start, end in _around(ban, address):
            number = max(bans, default=ban.id) + 1
            bans[number] = replace(ban, id=number, start_ip=start, end_ip=end)


def _bars(ban: Ban, address: IPv4Address | IPv6Address) -> bool:
    start, end = ip_address(ban.start_ip), ip_address(ban.end_ip)
    same = start.version == end.version == address.version
    return same and int(start) <= int(address) <= int(end)


def _around(ban: Ban, address: IPv4Address | IPv6Address) -> Iterator[tuple[str, str]]:
    """What is left of a range without one of its addresses: the part below, the part above."""
    if (start := ip_address(ban.start_ip)) != address:
        yield str(start), str(address - 1)
    if (end := ip_address(ban.end_ip)) != address:
        yield str(address + 1), str(end)


def _expire_ban(call: Call, ban_id: str) -> Row:
    _ban_of(call, ban_id).valid = call.context.store.now()
    return _ban(call, ban_id)


ROUTES: list[Route] = [
    ("GET", "/bans", "settings.read", _bans),
    ("POST", "/bans", "settings.write", _create_ban),
    ("PUT", "/bans/_exclude", "settings.write", _exclude_ip),
    ("PUT", "/bans/<ban_id>", "settings.write", _update_ban),
    ("GET", "/bans/<ban_id>", "settings.read", _ban),
    ("POST", "/bans/<ban_id>/_expire", "settings.write", _expire_ban),
]
