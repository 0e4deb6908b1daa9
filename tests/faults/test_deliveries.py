"""Webhooks come twice, late, in the wrong order or not at all: each ticket is worked once."""

from __future__ import annotations


def test_every_delivery_three_times_over_is_one_redaction(service):
    service.stage.desk.switch(hook_twice=True)
    planted = service.write_tickets(6)
    assert service.takes(*planted)
    service.settle()
    for _ in range(3):
        assert service.takes(*planted)
    service.settle()


def test_message_events_may_come_before_the_event_of_their_ticket(service):
    service.stage.desk.switch(hook_message_before_ticket=True, hook_delay_ms=100)
    for item in service.write_tickets(4):
        service.stage.desk.people("customer_replies", ticket_id=item.ticket, text="Any news?")
    service.settle()


def test_a_late_delivery_of_what_is_done_changes_nothing(service):
    service.stage.desk.switch(hook_delay_ms=1500)
    planted = service.write_tickets(4)
    service.deliver(*planted)
    service.settle()
    service.stage.desk.switch(hook_delay_ms=0)
    service.write_tickets(1)
    service.settle()


def test_tickets_whose_deliveries_were_dropped_are_found_by_the_reconciler(service):
    service.stage.desk.switch(hook_drop_every=2)
    service.write_tickets(6)
    service.stage.desk.switch(hook_drop_every=1)
    service.write_tickets(2)
    service.make_due("reconcile")
    service.settle()
