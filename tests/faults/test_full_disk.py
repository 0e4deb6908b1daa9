"""No write to a file succeeds: deliveries are refused, the work stands still, nothing is lost."""

from __future__ import annotations

import pytest
from support.live import wait_until
from support.processes import no_space_for


@pytest.fixture
def ours(service):
    """All our processes but Valkey, which is no truth and is killed by this kind of limit."""
    service.only_we_deliver()
    return lambda: [p for p in service.everything() if "valkey" not in p.command]


def test_a_delivery_that_cannot_be_stored_is_answered_503_and_taken_when_it_comes_again(
    service, ours
):
    planted = service.write_tickets(4)
    with no_space_for(ours()):
        assert service.deliver(*planted) == [503] * 4
    assert not service.acknowledged & {item.ticket for item in planted}
    assert service.takes(*planted)
    service.settle()


def test_work_that_ran_out_of_space_goes_on_when_there_is_some(service, ours):
    planted = service.write_tickets(6)
    service.stage.desk.switch(latency_ms=250)
    assert service.takes(*planted)
    wait_until(lambda: any("(deskwarden: copy of" in t for p in planted for t in texts(service, p)))
    with no_space_for(ours()):
        assert service.deliver(planted[0]) == [503]
        wait_until(lambda: not service.horses())
    service.stage.desk.switch(latency_ms=0)
    service.settle()


def texts(service, planted):
    return service.texts(planted).values()
