from __future__ import annotations

import json
import socket

import pytest
from flask import Flask, request

from connectors.liveagent.simulator.events import Trigger
from connectors.liveagent.simulator.rules import (
    AddNote,
    AddTag,
    Condition,
    HttpRequest,
    PurgeTicket,
    RemoveTag,
    Rule,
    SendMail,
    SetStatus,
    fill,
)
from connectors.simulation.server import SimulatorServer


class Receiver:
    """A web server that remembers what rules send to it."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, str]] = []
        self.status = 202
        app = Flask(__name__)

        @app.route("/<path:path>", methods=["GET", "POST", "PUT"])
        def take(path):
            secret = request.headers.get("X-Secret", "")
            self.got.append((request.full_path, secret, request.get_data(as_text=True)))
            return "", self.status

        self.server = SimulatorServer(app)
        self.url = self.server.start()

    @property
    def bodies(self) -> list[str]:
        return [body for _, _, body in self.got]


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.server.stop()


def hook(receiver, trigger, body="{$conversation_id}", *conditions):
    request_action = HttpRequest(f"{receiver.url}/hook", body=body)
    return Rule("hook", trigger, (request_action,), conditions)


def test_a_rule_sends_what_the_administrator_typed(simulator, receiver):
    action = HttpRequest(
        f"{receiver.url}/hook?ticket={{$conversation_code}}",
        method="PUT",
        headers={"X-Secret": "s3"},
        body='{"id":"{$conversation_id}","m":"{$message_id}"}',
    )
    simulator.add_rule(Rule("r", Trigger.MESSAGE_GROUP_ADDED, (action,)))
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert simulator.wait_for_hooks()
    code = simulator.store.tickets[ticket_id].code
    expected = json.dumps({"id": ticket_id, "m": "502"}, separators=(",", ":"))
    assert receiver.got == [(f"/hook?ticket={code}", "s3", expected)]
    assert [sent.status for sent in simulator.hooks_sent()] == [202]


def test_values_are_not_escaped_and_unknown_names_stay(simulator, receiver):
    body = '{"message":"{$message}","agent":"{$user_firstname}","x":"{$no_such}"}'
    simulator.add_rule(hook(receiver, Trigger.MESSAGE_ADDED, body))
    simulator.customer_writes("Hei", 'a "quote"\nand a line')
    simulator.wait_for_hooks()
    (sent,) = receiver.bodies
    assert (
        sent == '{"message":"a "quote"\nand a line","agent":"{$user_firstname}","x":"{$no_such}"}'
    )


def test_the_names_of_an_agent_are_known_when_an_agent_acted(simulator, receiver):
    simulator.add_rule(hook(receiver, Trigger.MESSAGE_ADDED, "{$user_id} {$user_lastname}"))
    ticket_id = simulator.customer_writes("Hei", "Hei")
    simulator.agent_notes(ticket_id, "note")
    simulator.wait_for_hooks()
    assert sorted(receiver.bodies) == ["1pkaew79 Moe", "{$user_id} {$user_lastname}"]


def test_a_request_may_be_sent_twice_or_lost(simulator, receiver):
    simulator.add_rule(hook(receiver, Trigger.TICKET_CREATED))
    simulator.set_switches(hook_twice=True, hook_drop_every=2)
    first = simulator.customer_writes("Hei", "Hei")
    simulator.customer_writes("Hei", "Hei")
    simulator.wait_for_hooks()
    assert receiver.bodies == [first, first]


@pytest.mark.parametrize(
    ("switched", "expected"), [(False, ["ticket", "message"]), (True, ["message", "ticket"])]
)
def test_the_message_event_may_come_before_the_ticket_event(simulator, switched, expected):
    simulator.set_switches(hook_message_before_ticket=switched)
    for trigger, name in ((Trigger.TICKET_CREATED, "ticket"), (Trigger.MESSAGE_ADDED, "message")):
        simulator.add_rule(Rule(name, trigger, (AddNote(name),)))
    ticket = simulator.store.tickets[simulator.customer_writes("Hei", "Hei")]
    notes = [m.text for g in ticket.groups for m in g.messages if m.type == "N"]
    assert notes == expected


def test_a_failing_receiver_gets_nothing_again(simulator, receiver):
    receiver.status = 503
    simulator.add_rule(hook(receiver, Trigger.TICKET_CREATED))
    simulator.customer_writes("Hei", "Hei")
    simulator.wait_for_hooks()
    assert [sent.status for sent in simulator.hooks_sent()] == [503]
    assert len(receiver.got) == 1


def test_a_receiver_that_is_not_there_is_noted(simulator):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    simulator.add_rule(Rule("r", Trigger.TICKET_CREATED, (HttpRequest(url),)))
    simulator.customer_writes("Hei", "Hei")
    assert simulator.wait_for_hooks()
    (sent,) = simulator.hooks_sent()
    assert (sent.status, sent.error) == (0, "ConnectionError")


def test_a_delayed_request_is_given_up_when_the_simulator_stops(simulator, receiver):
    simulator.set_switches(hook_delay_ms=600_000)
    simulator.add_rule(hook(receiver, Trigger.TICKET_CREATED))
    simulator.customer_writes("Hei", "Hei")
    assert not simulator.wait_for_hooks(timeout=0.01)
    simulator.stop()
    simulator.customer_writes("Hei", "Hei")
    assert receiver.got == []


@pytest.mark.parametrize(
    ("condition", "runs"),
    [
        (Condition("tag", "is", "vip"), True),
        (Condition("tag", "is not", "x7f2"), False),
        (Condition("department", "is", "Customer Service"), True),
        (Condition("status", "is not", "N"), False),
        (Condition("initiator", "is not", "b0t00001"), True),
    ],
    ids=["tag", "not tag", "department", "not status", "not initiator"],
)
def test_conditions_decide(simulator, condition, runs):
    simulator.add_rule(Rule("r", Trigger.TICKET_CREATED, (AddTag("r3f1"),), (condition,)))
    ticket_id = simulator.customer_writes("Hei", "Hei", tags=["vip"])
    assert ("r3f1" in simulator.store.tickets[ticket_id].tags) is runs


def test_what_the_bot_writes_can_be_kept_from_coming_back(simulator, v1, receiver):
    not_bot = Condition("initiator", "is not", "b0t00001")
    simulator.add_rule(hook(receiver, Trigger.MESSAGE_ADDED, "{$message_id}", not_bot))
    ticket_id = simulator.customer_writes("Hei", "Hei")
    path = f"/conversations/{ticket_id}/messages"
    v1("POST", path, type="N", message="note", useridentifier="b0t00001")
    simulator.wait_for_hooks()
    assert receiver.bodies == ["502"]


def test_a_rule_purges_a_deleted_ticket_at_once(simulator, api):
    tagged = Condition("tag", "is", "refund")
    for trigger in (Trigger.STATUS_CHANGED, Trigger.TAGS_CHANGED):
        simulator.add_rule(Rule("purge", trigger, (PurgeTicket(), AddNote("never")), (tagged,)))
    ticket_id = simulator.customer_writes("Hei", "Hei")
    api.put(f"/tickets/{ticket_id}", {"tags": ["r3f1"]})
    assert api.call("GET", f"/tickets/{ticket_id}").status_code == 200
    api.delete(f"/tickets/{ticket_id}")
    assert api.call("GET", f"/tickets/{ticket_id}").status_code == 404


def test_a_status_change_may_mail_the_customer_in_two_ways(simulator, api):
    simulator.set_switches(status_change_mails=True, agent_mails="off")
    simulator.add_rule(Rule("r", Trigger.STATUS_CHANGED, (SendMail("by rule"),)))
    ticket_id = simulator.customer_writes("Hei", "Hei")
    api.put(f"/tickets/{ticket_id}", {"status": "R"})
    assert [m.cause for m in simulator.outbox()] == ["status change", "rule"]


def test_actions_do_not_start_rules_again(simulator):
    actions = (AddTag("r3f1"), RemoveTag("x7f2"), SetStatus("C"), AddNote("once"))
    for trigger in Trigger:
        simulator.add_rule(Rule(trigger, trigger, actions))
    ticket_id = simulator.customer_writes("Hei", "Hei", tags=["vip"])
    ticket = simulator.store.tickets[ticket_id]
    assert (ticket.tags, ticket.status) == (["r3f1"], "C")
    assert len([m for g in ticket.groups for m in g.messages if m.type == "N"]) == 3


def test_a_ticket_that_is_not_deleted_is_not_purged(simulator):
    ticket = simulator.store.tickets[simulator.customer_writes("Hei", "Hei")]
    with pytest.raises(ValueError, match="not in DELETED or SPAM state"):
        simulator.desk.purge(ticket)


def test_a_placeholder_is_filled_or_left():
    assert fill("{$a} {$b} {a} {$a}", {"a": "1"}) == "1 {$b} {a} 1"
