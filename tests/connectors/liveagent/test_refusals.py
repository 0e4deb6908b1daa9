"""Which key was refused and which setting is wrong is told, and told before anything is made."""

from __future__ import annotations

import pytest

from integration.core.errors import (
    AuthExpired,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
)
from integration.core.models import TicketDraft

URL = "https://acme.ladesk.com"
V3 = f"{URL}/api/v3"
V1_READ = f"{URL}/api/departments"
V3_KEY, V1_KEY = "v3-0123456789abcdef", "v1-fedcba9876543210"
UNKNOWN_KEY = {"status": 403, "json": {"message": "ApiKey not found"}}
LET_IN = {"json": {"response": {"departments": []}}}
V1_ERROR = {"response": {"status": "ERROR", "statuscode": 403, "errormessage": "no"}}
DRAFT = TicketDraft("Card data found", "What to do", marker="dw-1")
VISITOR = "Visitor user can only create conversation addressed to application mail account."


@pytest.fixture
def v3_reads(edge):
    edge.get(f"{V3}/settings", json=[])
    edge.get(f"{V3}/tags", json=[])


@pytest.fixture
def nobody_else_writes(edge):
    """No ticket stands under the address of our contact."""
    edge.get(f"{V3}/tickets", json=[])


def methods(edge) -> set[str]:
    return {call.request.method for call in edge.calls}


def test_a_refused_v3_key_is_named(desk, edge):
    edge.get(f"{V3}/settings", **UNKNOWN_KEY)
    with pytest.raises(AuthExpired, match="the API v3 key") as caught:
        desk.probe()
    assert "Configuration > System > API)" in caught.value.hint
    assert V3_KEY not in f"{caught.value}{caught.value.hint}"


@pytest.mark.parametrize(
    "answer",
    [UNKNOWN_KEY, {"status": 401}, {"json": V1_ERROR}],
    ids=["unknown", "unauthorized", "error_in_a_200"],
)
def test_a_refused_v1_key_is_named_before_anything_is_made(desk, edge, v3_reads, answer):
    edge.get(V1_READ, **answer)
    with pytest.raises(AuthExpired, match="the API v1 key") as caught:
        desk.probe()
    assert "Settings for API v1" in caught.value.hint
    assert V1_KEY not in f"{caught.value}{caught.value.hint}"
    assert methods(edge) == {"GET"}


def test_a_v1_key_that_is_let_in_by_its_header_stays_out_of_the_address(
    desk, edge, v3_reads, nobody_else_writes
):
    edge.get(V1_READ, **LET_IN)
    desk.probe()
    (request,) = (call.request for call in edge.calls if call.request.url.startswith(V1_READ))
    assert request.headers["apikey"] == V1_KEY
    assert "apikey" not in request.url


def test_a_version_that_takes_the_v1_key_in_the_address_only_is_connected(
    desk, edge, v3_reads, nobody_else_writes
):
    edge.get(V1_READ, status=401)
    edge.get(V1_READ, **LET_IN)
    desk.probe()
    asked = [call.request.params for call in edge.calls if call.request.url.startswith(V1_READ)]
    assert asked == [{}, {"apikey": V1_KEY}]


def test_an_address_that_v1_does_not_let_in_is_a_matter_of_its_whitelist(desk, edge, v3_reads):
    edge.get(V1_READ, status=403, json={"message": "IP address is not allowed"})
    with pytest.raises(Forbidden) as caught:
        desk.probe()
    assert "whitelist of the v1 key" in caught.value.hint


def test_a_v1_without_that_list_has_let_the_key_in(desk, edge, v3_reads, nobody_else_writes):
    edge.get(V1_READ, status=404)
    desk.probe()


def _written(subject, *, by="deskwarden@acme.no", status="N"):
    return {"id": "t1", "subject": subject, "owner_email": by, "status": status}


def test_a_contact_that_is_a_customer_is_told_before_anything_is_made(desk, edge, v3_reads):
    edge.get(V1_READ, **LET_IN)
    edge.get(f"{V3}/tickets", json=[_written("Where is my parcel?", by="Deskwarden@acme.no")])
    with pytest.raises(PermanentError) as caught:
        desk.probe()
    assert caught.value.reason == "contact_in_use"
    assert "change contact_email, now deskwarden@acme.no" in caught.value.hint
    assert methods(edge) == {"GET"}


@pytest.mark.parametrize(
    "row",
    [
        _written("Card data [DW-khhhbeefkhhhbeef]"),
        _written("Deleted", status="X"),
        _written("Spam", status="B"),
        _written("Someone else, where filters are ignored", by="kari@example.no"),
    ],
    ids=["ours", "deleted", "spam", "another"],
)
def test_what_is_ours_or_of_others_stands_in_nobodys_way(desk, edge, v3_reads, row):
    edge.get(V1_READ, **LET_IN)
    edge.get(f"{V3}/tickets", json=[row])
    desk.probe()


def test_where_that_filter_is_unknown_the_newest_tickets_are_looked_at(desk, edge, v3_reads):
    edge.get(V1_READ, **LET_IN)
    bad = {"message": "Incorrect _filters parameter value"}
    edge.get(f"{V3}/tickets", status=400, json=bad)
    edge.get(f"{V3}/tickets", json=[_written("Where is my parcel?")])
    with pytest.raises(PermanentError, match="someone else"):
        desk.probe()
    assert "_filters" not in edge.calls[-1].request.params


def test_a_v1_key_that_is_refused_later_is_named_too(desk, edge):
    edge.post(f"{URL}/api/conversations/k6citev3/messages", **UNKNOWN_KEY)
    with pytest.raises(AuthExpired, match="the API v1 key"):
        desk.post_note("k6citev3", "masked")


@pytest.mark.parametrize(
    ("said", "reason", "setting"),
    [
        (VISITOR, "mail_account", "change mail_account, now support@acme.no"),
        (
            "Agent can only create conversation addressed to visitor.",
            "contact_is_agent",
            "change contact_email, now deskwarden@acme.no: it belongs to an agent",
        ),
        (
            "Mail account can not be used as user identifier",
            "contact_is_mail_account",
            "change contact_email, now deskwarden@acme.no: it is a mail account",
        ),
        (
            "Something new",
            "http_400",
            "look at three settings: findings_department, now c0mp1ianc, must be",
        ),
    ],
    ids=["recipient", "agent", "mail_account", "unknown"],
)
def test_a_refused_ticket_says_which_setting_to_look_at(desk, edge, said, reason, setting):
    edge.assert_all_requests_are_fired = False
    edge.get(f"{V3}/mail_accounts", status=404)
    edge.post(f"{V3}/tickets", status=400, json={"message": said})
    with pytest.raises(PermanentError) as caught:
        desk.create_ticket(DRAFT)
    assert caught.value.reason == reason
    assert setting in caught.value.hint
    assert said not in f"{caught.value}{caught.value.hint}"


def test_where_mail_accounts_can_be_read_they_are_named(desk, edge):
    edge.post(f"{V3}/tickets", status=400, json={"message": VISITOR})
    edge.get(
        f"{V3}/mail_accounts",
        json=[{"mailaccount_id": "c6939032", "email": "hello@acme.no"}, {"email": "pay@acme.no"}],
    )
    with pytest.raises(PermanentError) as caught:
        desk.create_ticket(DRAFT)
    assert caught.value.hint.endswith("there are: hello@acme.no, pay@acme.no")


@pytest.mark.parametrize(
    ("status", "error", "setting"),
    [
        (404, NotFound, "change findings_department, now c0mp1ianc"),
        (500, HelpdeskUnavailable, "none of its mail accounts is active"),
    ],
)
def test_other_refusals_of_a_ticket_say_what_is_known_of_them(desk, edge, status, error, setting):
    edge.assert_all_requests_are_fired = False
    edge.get(f"{V3}/mail_accounts", status=403)
    edge.post(f"{V3}/tickets", status=status, json={"message": "no"})
    with pytest.raises(error) as caught:
        desk.create_ticket(DRAFT)
    assert setting in caught.value.hint


def test_a_refusal_that_has_nothing_to_do_with_settings_keeps_its_own_hint(desk, edge):
    edge.post(f"{V3}/tickets", **UNKNOWN_KEY)
    with pytest.raises(AuthExpired) as caught:
        desk.create_ticket(DRAFT)
    assert "Copy it again" in caught.value.hint
