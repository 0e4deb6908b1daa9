"""Failures: each has its error, and none tells what it must not."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from support.contract.ground import CARD, Ground, HelpdeskUnderTest

from integration.core.errors import (
    ApiContractChanged,
    AuthExpired,
    DeskwardenError,
    HelpdeskUnavailable,
    RateLimited,
)


class Failures(Ground):
    """What is raised when the helpdesk does not answer as it should."""

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_a_server_error_is_waited_for(self, connector, planted, desk, wire, status):
        wire(status=status, json=secret_body(desk))
        failed(desk, HelpdeskUnavailable, lambda: connector.fetch(planted[0]))

    @pytest.mark.parametrize(
        "body",
        [
            requests.ReadTimeout(CARD),
            requests.ConnectionError(CARD),
            requests.exceptions.ChunkedEncodingError(CARD),
            f'{{"id": "{CARD}',
            "",
            "<html>gateway</html>",
        ],
        ids=["timeout", "refused", "cut", "truncated", "empty", "proxy_page"],
    )
    def test_no_usable_answer_is_waited_for(self, connector, planted, desk, wire, body):
        wire(body=body)
        failed(desk, HelpdeskUnavailable, lambda: connector.fetch(planted[0]))

    def test_a_refused_key_says_so(self, connector, planted, desk, wire):
        wire(status=401, json=secret_body(desk))
        failed(desk, AuthExpired, lambda: connector.fetch(planted[0]))

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_a_spent_quota_says_how_long_and_drains_the_budget(
        self, connector, planted, desk, budget, wire, form
    ):
        at = (desk.clock.now() + timedelta(seconds=90)).replace(microsecond=0)
        said = "17" if form == "seconds" else format_datetime(at, usegmt=True)
        wire(status=429, json=secret_body(desk), headers={"Retry-After": said})
        error = failed(desk, RateLimited, lambda: connector.fetch(planted[0]))
        assert error.retry_after == 17 if form == "seconds" else 80 <= error.retry_after <= 90
        assert budget.drained == [error.retry_after]

    @pytest.mark.parametrize(
        ("status", "error"),
        [(401, AuthExpired), (429, RateLimited), (500, HelpdeskUnavailable)],
    )
    def test_a_write_that_failed_is_not_repeated_by_itself(
        self, connector, planted, desk, wire, status, error
    ):
        connector.fetch(planted[0])
        mock = wire("POST", status=status, json=secret_body(desk))
        failed(desk, error, lambda: connector.post_note(planted[0], f"note {CARD}"))
        assert [call.request.method for call in mock.calls].count("POST") == 1

    def test_a_missing_field_is_named_and_nothing_of_the_answer_is(
        self, connector, planted, desk, wire
    ):
        bent = desk.bent(planted[0])
        wire(url=bent.url, json=bent.json)
        error = failed(desk, ApiContractChanged, lambda: connector.fetch(planted[0]))
        assert bent.field in str(error)

    def test_every_request_is_taken_from_the_budget(self, connector, planted, budget, wire):
        before = budget.acquired
        connector.fetch(planted[0])
        assert budget.acquired > before

    def test_closing_twice_harms_nothing(self, desk, budget):
        connector = desk.connect(budget)
        connector.close()
        connector.close()


def secret_body(desk: HelpdeskUnderTest) -> dict[str, str]:
    """An error body that no error of ours may pass on."""
    return {"message": f"{CARD} {' '.join(desk.secrets)}"}


def failed(desk: HelpdeskUnderTest, kind: type[DeskwardenError], act: Callable[[], object]) -> Any:
    """The error of an act, after making sure that it tells nothing it should not."""
    with pytest.raises(kind) as caught:
        act()
    error = caught.value
    told = f"{error!s} {error!r} {error.hint} {error.reason} {error.__context__!r}"
    told += "".join(traceback.format_exception_only(error))
    assert not any(secret in told for secret in (*desk.secrets, CARD, CARD.replace(" ", "")))
    return error
