"""API v3: phone calls. No telephone rings; the states of a call are kept, and its ticket.

A call is queued, rings to an agent, is answered and stopped. Its messages and recordings are
written to a ticket, where they are read like any other.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from connectors.liveagent.simulator.bodies import CALL_MESSAGE, fits
from connectors.liveagent.simulator.drafts import NewTicket, Part
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.query import Columns, Page, count, cursor_style
from connectors.liveagent.simulator.records import Contact, PhoneCall, Ticket
from connectors.liveagent.simulator.texts import file_rows
from connectors.liveagent.simulator.web import Call, Route, found, optional, text
from connectors.liveagent.simulator.wire import Row

_COLUMNS = Columns(
    frozenset({"id", "ticketId", "type", "fromNumber", "fromName", "toNumber", "toName"})
    | {"viaNumber", "dateCreated", "dateAnswered", "dateFinished", "callDuration"},
    "dateCreated",
)
_DIRECTIONS = {"in": "I", "out": "O", "int": "T"}
_PARTS = {"T": ("M", "T"), "H": ("M", "H"), "A": ("V", "T"), "S": ("S", "T"), "N": ("N", "T"),
          "NF": ("L", "T")}  # fmt: skip
"""Type of a call message -> type and format of the message on the ticket."""


def _row(call: Call, one: PhoneCall) -> Row:
    stamp = call.context.store.stamp
    row = {
        "id": one.id,
        "ticketId": one.ticket_id,
        "type": one.direction,
        "fromNumber": one.from_number,
        "toNumber": one.to_number,
        "viaNumber": one.via_number or None,
        "dateCreated": stamp(one.created),
        "dateAnswered": stamp(one.answered),
        "dateFinished": stamp(one.finished),
        "callDuration": _duration(one),
    }
    return {name: value for name, value in row.items() if value is not None}


def _duration(one: PhoneCall) -> str | None:
    if one.answered is None or one.finished is None:
        return None
    return str(int((one.finished - one.answered).total_seconds()))


def _rows(call: Call) -> list[Row]:
    return [_row(call, one) for one in call.context.store.calls.values()]


def _list(call: Call) -> Page:
    return cursor_style(_rows(call), call.params, _COLUMNS)


def _count(call: Call) -> Row:
    return {"count": count(_rows(call), call.params, _COLUMNS)}


def call_of(call: Call, call_id: str) -> PhoneCall:
    """The call of a path; 404 when there is none."""
    return found(call.context.store.calls.get(call_id), "Call")


def _ticket(call: Call, one: PhoneCall) -> Ticket:
    return found(call.context.store.ticket(one.ticket_id), "Ticket")


def _given(call: Call, name: str, default: str = "") -> str:
    return text({**call.form(), **call.params}, name, default)


def _create(call: Call, call_id: str) -> Row:
    if call_id in call.context.store.calls:
        raise ApiError(400, "Call already exists")
    from_number = call.named("from_number")
    given = {"direction": _given(call, "direction", "in")}
    direction = optional(given, "direction", "in", "in out int auto")
    if direction == "auto":
        direction = "out" if _is_ours(call, from_number) else "in"
    return _placed(call, call_id, direction, from_number)


def _is_ours(call: Call, number: str) -> bool:
    numbers = call.context.store.shelves["phone_numbers"].values()
    return any(one["number"] == number for one in numbers)


def _placed(call: Call, call_id: str, direction: str, from_number: str) -> Row:
    to_number, ticket_id = call.named("to_number"), _given(call, "ticketId")
    if ticket_id:
        ticket = found(call.context.store.ticket(ticket_id), "Ticket")
    else:
        ticket = _new_ticket(call, to_number if direction == "out" else from_number)
    one = PhoneCall(
        call_id,
        ticket.id,
        _DIRECTIONS[direction],
        from_number,
        to_number,
        _given(call, "via_number"),
        call.context.store.now(),
    )
    join(one, _given(call, "channelId"))
    call.context.store.calls[call_id] = one
    return {"id": call_id, "ticket_id": ticket.id}


def _new_ticket(call: Call, number: str) -> Ticket:
    new = NewTicket(_caller(call, number), f"Call {number}", channel="C", status="P")
    return call.context.desk.create_ticket(new, new.owner.id, [])


def _caller(call: Call, number: str) -> Contact:
    """The customer with that phone number, made if new."""
    store = call.context.store
    known = (c for c in store.contacts.values() if number in (c.fields.get("phones") or ()))  # type: ignore[operator]
    caller = next(known, None)
    if caller is None:
        now = store.now()
        caller = Contact(store.new_id(), [], now, now, number, fields={"phones": [number]})
        store.contacts[caller.id] = caller
    return caller


def _start(call: Call) -> None:
    """Rings the agent's phone first in a live account; here the call is there at once."""
    call.named("ticketId")
    _placed(call, call.context.store.new_id(), "out", _given(call, "via_number"))


def join(one: PhoneCall, channel_id: str) -> None:
    """Put a channel on the call, if one was named."""
    if channel_id:
        one.channels[channel_id] = "R"


def _status_row(call: Call, one: PhoneCall) -> Row:
    row: Row = {"status": one.status}
    if one.agent_id:
        phones = call.context.store.shelves["phones"].values()
        device = next((p for p in phones if p.get("agent_id") == one.agent_id), None)
        row |= {"agent": {"id": one.agent_id, "device": device}} if device else {}
    if one.status == "Q":
        waiting = [c.id for c in call.context.store.calls.values() if c.status == "Q"]
        row["queue_position"] = waiting.index(one.id) + 1
    return row


def _status(call: Call, call_id: str) -> Row:
    return _status_row(call, call_of(call, call_id))


def _ring(call: Call, call_id: str) -> Row:
    """Rings to an agent who is online in the department, or waits in the queue."""
    one = call_of(call, call_id)
    store = call.context.store
    wanted = _given(call, "departmentId") or _ticket(call, one).department_id
    department = found(store.departments.get(wanted), "Department")
    online = [a for a in department.agent_ids if store.agents[a].online == "N"]
    others = [a for a in online if a != one.agent_id] or online
    one.agent_id, one.status = (others[0], "R") if others else ("", "Q")
    return _status_row(call, one)


def _answer(call: Call, call_id: str) -> None:
    one = call_of(call, call_id)
    call.named("to_number")
    join(one, _given(call, "channelId"))
    one.status, one.answered = "C", call.context.store.now()


def _confirm(call: Call, call_id: str) -> None:
    one = call_of(call, call_id)
    join(one, _given(call, "channelId"))
    one.status = "R"


def _stop_ring(call: Call, call_id: str) -> None:
    one = call_of(call, call_id)
    one.status, one.agent_id = "Q", ""


def _finish(call: Call, one: PhoneCall) -> None:
    if one.status != "F":
        one.status, one.finished = "F", call.context.store.now()
        one.channels.clear()
        ticket = _ticket(call, one)
        if ticket.status == "P":
            call.context.desk.set_status(ticket, "A", call.key.user_id)


def _stop(call: Call, call_id: str) -> None:
    _finish(call, call_of(call, call_id))


def _stop_named(call: Call) -> None:
    _finish(call, call_of(call, call.named("callId")))


def _pick_up(call: Call) -> None:
    waiting = [c for c in call.context.store.calls.values() if c.status in {"Q", "R"}]
    one = found(waiting[0] if waiting else None, "Call")
    one.agent_id, one.status = call.key.user_id, "C"
    one.answered = call.context.store.now()


def _transfer(call: Call, call_id: str) -> Row:
    one, to = call_of(call, call_id), _given(call, "to")
    store = call.context.store
    department = found(store.departments.get(to or _ticket(call, one).department_id), "Department")
    call.context.desk.transfer(_ticket(call, one), department.id, "")
    online = any(store.agents[a].online == "N" for a in department.agent_ids)
    return {"callee_status": "O" if online else "F", "to_number": one.to_number}


def _blind_transfer(call: Call, call_id: str) -> None:
    """The channel is connected to a number, and the agent is off the call."""
    one = call_of(call, call_id)
    found(one.channels.get(call.named("channelId")), "Channel")
    one.to_number, one.agent_id = call.named("to_number"), ""


def _add_message(call: Call, call_id: str) -> None:
    one, body = call_of(call, call_id), call.body()
    fits(body, CALL_MESSAGE)
    kind, written = _PARTS[text(body, "type")], text(body, "message")
    _write(call, one, Part(kind[0], written, kind[1]))


def _add_recording(call: Call, call_id: str) -> None:
    one, given = call_of(call, call_id), request.files.get("file")
    if given is None:
        raise ApiError(400, "Missing or invalid parameter: file")
    kind = given.mimetype or "application/octet-stream"
    stored = call.context.desk.store_file(given.filename or "recording", kind, given.read())
    _write(call, one, Part("V", file_rows(stored), "J", file_id=stored.id))


def _write(call: Call, one: PhoneCall, part: Part) -> None:
    author = one.agent_id or call.key.user_id
    call.context.desk.add_messages(_ticket(call, one), author, "P", [part])


def _merge(call: Call, call_id: str) -> None:
    one, other = call_of(call, call_id), call_of(call, call.named("secCallId"))
    one.channels |= other.channels
    _finish(call, other)


def _fetch_ivr(call: Call, call_id: str) -> None:
    call_of(call, call_id)
    # It would read a foreign address; a simulator calls nobody but the hooks it was given.
    raise ApiError(400, "IVR could not be fetched")


def _known(call: Call, call_id: str) -> None:
    call_of(call, call_id)


_READ: dict[str, Callable[..., object]] = {
    "/calls": _list,
    "/calls/count": _count,
    "/calls/<call_id>/status": _status,
}
_ACTS: dict[str, Callable[..., object]] = {
    "/call/_startCanceled": _stop_named,
    "/call/_startFailed": _stop_named,
    "/calls/_pickup": _pick_up,
    "/calls/<call_id>": _create,
    "/calls/<call_id>/messages": _add_message,
    "/calls/<call_id>/recordings": _add_recording,
    "/calls/<call_id>/_ring": _ring,
    "/calls/<call_id>/_reroute": _ring,
    "/calls/<call_id>/_confirmRing": _confirm,
    "/calls/<call_id>/_stopRing": _stop_ring,
    "/calls/<call_id>/_answer": _answer,
    "/calls/<call_id>/_stop": _stop,
    "/calls/<call_id>/_transfer": _transfer,
    "/calls/<call_id>/_blind_transfer": _blind_transfer,
    "/calls/<call_id>/_merge": _merge,
    "/calls/<call_id>/_fetchIvr": _fetch_ivr,
    "/calls/<call_id>/start_listen": _known,
    "/calls/<call_id>/stop_listen": _known,
}
ROUTES: list[Route] = [
    *(("GET", path, "call.read", view) for path, view in _READ.items()),
    *(("POST", path, "call.write", view) for path, view in _ACTS.items()),
    ("POST", "/call/_start", "ticket.create call.write", _start),
]
