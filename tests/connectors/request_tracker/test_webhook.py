from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.request_tracker import webhook
from integration.core.errors import MalformedDelivery, SignatureInvalid
from integration.core.models import Delivery, Event, EventKind

NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
BODY = b'{"ticket":17,"transaction":93}'
SECRET = "a-secret"


def delivery(body=BODY, *, secret=SECRET, at=NOW, **headers):
    stamp = str(int(at.timestamp()))
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    own = {"x-rt-timestamp": stamp, "x-rt-signature": f"sha256={signed.hexdigest()}"}
    return Delivery({**own, **headers}, body)


def test_a_signed_delivery_names_its_ticket_and_its_transaction():
    webhook.verify(delivery(), [SECRET], now=NOW)
    assert webhook.parse(delivery()) == [Event(EventKind.TICKET, "17", "transaction:93")]


@pytest.mark.parametrize("secrets", [[SECRET, "old"], ["new", SECRET]], ids=["first", "second"])
def test_any_of_several_secrets_will_do(secrets):
    webhook.verify(delivery(), secrets, now=NOW)


@pytest.mark.parametrize("secrets", [[], ["other"], [""]], ids=["none", "other", "empty"])
def test_another_secret_is_refused(secrets):
    with pytest.raises(SignatureInvalid, match="does not fit"):
        webhook.verify(delivery(secret=""), secrets, now=NOW)


def test_a_changed_body_is_refused():
    changed = Delivery(delivery().headers, BODY.replace(b"17", b"18"))
    with pytest.raises(SignatureInvalid):
        webhook.verify(changed, [SECRET], now=NOW)


@pytest.mark.parametrize("seconds", [-301, 301], ids=["past", "future"])
def test_a_timestamp_outside_the_window_is_refused(seconds):
    moved = delivery(at=NOW + timedelta(seconds=seconds))
    with pytest.raises(SignatureInvalid) as refused:
        webhook.verify(moved, [SECRET], now=NOW)
    assert refused.value.reason == "timestamp_outdated"


@pytest.mark.parametrize("seconds", [-300, 300], ids=["past", "future"])
def test_a_timestamp_at_the_edge_of_the_window_is_taken(seconds):
    webhook.verify(delivery(at=NOW + timedelta(seconds=seconds)), [SECRET], now=NOW)


@pytest.mark.parametrize("stamp", ["", "-1", "1e9", "١٢", "9" * 13, "12\n"])
def test_a_timestamp_that_is_no_plain_number_is_refused(stamp):
    with pytest.raises(SignatureInvalid) as refused:
        webhook.verify(delivery(**{"x-rt-timestamp": stamp}), [SECRET], now=NOW)
    assert refused.value.reason == "timestamp_missing"


@pytest.mark.parametrize("signature", ["", "sha256=", "sha1=00", "sha256=æøå"])
def test_a_signature_of_another_form_is_refused(signature):
    with pytest.raises(SignatureInvalid):
        webhook.verify(delivery(**{"x-rt-signature": signature}), [SECRET], now=NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"ticket":1}',
        b'{"ticket":1,"transaction":2,"subject":"x"}',
        b'{"ticket":1,"ticket":2,"transaction":3}',
        b'{"ticket":"1","transaction":2}',
        b'{"ticket":0,"transaction":2}',
        b'{"ticket":true,"transaction":2}',
        b'{"ticket":1.0,"transaction":2}',
        b'{"ticket":NaN,"transaction":2}',
        b'{"ticket":9223372036854775808,"transaction":2}',
        b"[" * 100_000,
    ],
    ids=[
        "empty",
        "no_utf8",
        "list",
        "missing",
        "more",
        "twice",
        "text",
        "zero",
        "bool",
        "float",
        "nan",
        "huge",
        "deep",
    ],
)
def test_any_other_body_is_malformed(body):
    with pytest.raises(MalformedDelivery):
        webhook.parse(Delivery({}, body))


@given(st.binary(max_size=200))
def test_no_body_makes_parse_fail_in_another_way(body):
    try:
        events = webhook.parse(Delivery({}, body))
    except MalformedDelivery:
        return
    assert all(event.ticket_id for event in events)


def test_a_refusal_holds_nothing_of_the_body():
    with pytest.raises(MalformedDelivery) as refused:
        webhook.parse(Delivery({}, b'{"secret-text": 1, "x"'))
    assert "secret-text" not in repr((refused.value, refused.value.__context__))
