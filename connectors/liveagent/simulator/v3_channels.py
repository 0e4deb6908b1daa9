"""API v3: the channels of a phone call: who takes part, and in which state."""

from __future__ import annotations

from collections.abc import Callable

from connectors.liveagent.simulator.records import PhoneCall
from connectors.liveagent.simulator.v3_calls import call_of
from connectors.liveagent.simulator.web import Call, Route, found, optional
from connectors.liveagent.simulator.wire import Row


def _channel(call: Call, call_id: str, channel_id: str) -> PhoneCall:
    one = call_of(call, call_id)
    found(one.channels.get(channel_id), "Channel")
    return one


def _channel_goes(state: str) -> Callable[..., None]:
    """A call that puts a channel into a state; an empty state takes it off the call."""

    def view(call: Call, call_id: str, channel_id: str) -> None:
        one = _channel(call, call_id, channel_id)
        if state:
            one.channels[channel_id] = state
        else:
            one.channels.pop(channel_id)

    return view


def _channel_status(call: Call, call_id: str, channel_id: str) -> None:
    one = _channel(call, call_id, channel_id)
    one.channels[channel_id] = optional({"status": call.named("status")}, "status", "R", "R H")


def _move_channel(call: Call, call_id: str, channel_id: str) -> None:
    one, target = _channel(call, call_id, channel_id), call_of(call, call.named("to_callId"))
    target.channels[channel_id] = one.channels.pop(channel_id)


def _dial(call: Call, call_id: str, channel_id: str) -> None:
    _channel(call, call_id, channel_id)
    call.named("dtmf")


def _call_of_channel(call: Call, channel_id: str) -> Row:
    calls = call.context.store.calls.values()
    return {"call_id": found(next((c for c in calls if channel_id in c.channels), None), "Call").id}


_CHANNEL = "/calls/<call_id>/channels/<channel_id>"
_ACTS: dict[str, Callable[..., object]] = {
    "_move": _move_channel,
    "_dtmf": _dial,
    "_end": _channel_goes(""),
    "_hold": _channel_goes("H"),
    "_unhold": _channel_goes("R"),
    "_mute": _channel_goes("M"),
    "_unmute": _channel_goes("R"),
}
ROUTES: list[Route] = [
    ("GET", "/calls/channels/<channel_id>/call_id", "call.read", _call_of_channel),
    *(("POST", f"{_CHANNEL}/{act}", "call.write", view) for act, view in _ACTS.items()),
    ("PUT", f"{_CHANNEL}/_status", "call.write", _channel_status),
    ("DELETE", _CHANNEL, "call.write", _channel_goes("")),
]
