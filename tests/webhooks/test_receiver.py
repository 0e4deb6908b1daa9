from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from integration.core.errors import PermanentError
from integration.core.models import Priority
from tests.webhooks.example import NOW, SECRET, body_of, signature, ticket

CARD = "4111 1111 1111 1111"
CARD_DIGITS = CARD.replace(" ", "")


def test_a_proved_delivery_becomes_a_due_row_and_is_accepted(web):
    response = web.post(body_of(ticket("42", id="delivery-7")))
    assert (response.status_code, response.json) == (202, {"status": "accepted"})
    assert web.ingest.rows == [("acme", "ticket:42", NOW, Priority.LIVE, "delivery-7")]


def test_the_same_delivery_three_times_is_accepted_once(web):
    body = body_of(ticket())
    assert [web.post(body).status_code for _ in range(3)] == [202, 200, 200]
    assert set(web.ingest.subjects) == {"ticket:42"}


def test_a_ticket_named_twice_in_one_delivery_is_submitted_once(web):
    web.post(body_of(ticket("1"), ticket("2"), ticket("1")))
    assert web.ingest.subjects == ["ticket:1", "ticket:2"]


def test_a_delivery_with_a_new_and_a_known_ticket_is_new(web):
    web.post(body_of(ticket("1")))
    assert web.post(body_of(ticket("1"), ticket("2"))).status_code == 202


def test_a_delivery_that_names_very_many_tickets_is_left_to_the_reconciler(web):
    response = web.post(body_of(*(ticket(str(n)) for n in range(500))))
    assert response.status_code == 202
    assert web.ingest.subjects == ["reconcile"]


@pytest.mark.parametrize("secret", ["an older secret", SECRET], ids=["older", "newer"])
def test_each_of_several_secrets_is_accepted_while_they_rotate(web, secret):
    body = body_of(ticket())
    assert web.post(body, headers=signature(body, secret=secret)).status_code == 202


def test_an_unknown_event_is_accepted_counted_and_makes_the_account_reconcile(web):
    response = web.post(body_of({"kind": "unknown"}))
    assert response.status_code == 202
    assert web.ingest.rows == [("acme", "reconcile", NOW, Priority.RECONCILE, None)]
    assert 'result="unknown_event"} 1.0' in web.metrics()


def test_a_delivery_without_any_event_makes_the_account_reconcile(web):
    assert web.post(body_of()).status_code == 202
    assert web.ingest.subjects == ["reconcile"]


def test_a_known_and_an_unknown_event_together_lose_neither(web):
    web.post(body_of(ticket("1"), {"kind": "unknown"}))
    assert web.ingest.subjects == ["ticket:1", "reconcile"]


def test_a_ping_is_answered_and_makes_nothing_due(web):
    response = web.post(body_of({"kind": "ping"}))
    assert (response.status_code, response.json) == (200, {"status": "ok"})
    assert web.ingest.rows == []


def test_a_ping_beside_a_ticket_makes_only_the_ticket_due(web):
    assert web.post(body_of({"kind": "ping"}, ticket("1"))).status_code == 202
    assert web.ingest.subjects == ["ticket:1"]


@pytest.mark.parametrize(
    "ticket_id",
    [
        "",
        "a" * 65,
        "1/2",
        "1 2",
        "{$conv_id}",
        "ticket:1",
        "١٢",
        "1\n",
        CARD_DIGITS,
        CARD.replace(" ", "-"),
        "x" + CARD_DIGITS,
    ],
    ids=range(11),
)
def test_what_is_not_plainly_an_id_is_never_stored_but_makes_the_account_reconcile(web, ticket_id):
    assert web.post(body_of(ticket(ticket_id))).status_code == 202
    assert web.ingest.subjects == ["reconcile"]


def test_a_delivery_id_may_say_of_what_kind_it_is(web):
    web.post(body_of(ticket("1", id="transaction:17")))
    assert web.ingest.rows[0][-1] == "transaction:17"


@pytest.mark.parametrize(
    "delivery_id", [CARD_DIGITS, CARD.replace(" ", ":"), "x" * 200, "a b"], ids=range(4)
)
def test_a_delivery_id_that_is_not_plainly_one_is_not_stored(web, delivery_id):
    assert web.post(body_of(ticket("1", id=delivery_id))).status_code == 202
    assert web.ingest.rows == [("acme", "ticket:1", NOW, Priority.LIVE, None)]


@pytest.mark.parametrize(
    "ticket_id",
    ["1", "k6citev3", "OGE-KXVGJ-459", "0f8fad5b-d9cb-469f-a165-70867728950e", "a" * 64],
)
def test_ids_as_helpdesks_make_them_are_taken(web, ticket_id):
    web.post(body_of(ticket(ticket_id)))
    assert web.ingest.subjects == [f"ticket:{ticket_id}"]


@pytest.mark.parametrize("minutes", [-6, 6, -60 * 24, 60 * 24])
def test_a_timestamp_from_the_past_or_the_future_is_rejected(web, minutes):
    body = body_of(ticket())
    response = web.post(body, headers=signature(body, at=NOW + timedelta(minutes=minutes)))
    assert (response.status_code, response.json) == (401, {"error": "unauthorized"})
    assert web.ingest.rows == []
    assert 'reason="timestamp",result="rejected"} 1.0' in web.metrics()


def test_a_delivery_kept_and_sent_again_later_is_rejected(web):
    body, headers = body_of(ticket()), signature(body_of(ticket()))
    assert web.post(body, headers=headers).status_code == 202
    web.clock.sleep(301)
    assert web.post(body, headers=headers).status_code == 401


def test_a_stranger_cannot_make_anything_due(web):
    body = body_of(ticket())
    for headers in ({}, signature(body, secret="guess"), signature(body + b" ")):
        assert web.post(body, headers=headers).status_code == 401
    assert web.ingest.rows == []


def test_a_stranger_cannot_tell_an_unknown_account_from_a_wrong_signature(web):
    body = body_of(ticket())
    wrong = signature(body, secret="guess")
    answers = [
        web.post(body, path=f"/hooks/example/{account}{token}", headers=headers)
        for account in ("acme", "nobody", "x" * 500)
        for token in ("", "/a-token")
        for headers in (wrong, {})
    ]
    assert len({(a.status_code, a.data, str(a.headers)) for a in answers}) == 1
    assert 'reason="unknown_account"' in web.metrics()


def test_an_unknown_account_costs_the_same_proof_as_a_known_one(web, monkeypatch):
    asked = []
    verify = web.services.sources["example"].webhook.verify
    monkeypatch.setattr(
        web.services.sources["example"].webhook,
        "verify",
        staticmethod(lambda d, s, *, now: (asked.append(len(s)), verify(d, s, now=now))),
    )
    web.post(body_of(ticket()), path="/hooks/example/nobody")
    assert asked == [1]


def test_nobody_is_let_in_by_proof_alone_when_the_account_does_not_exist(web, monkeypatch):
    webhook = web.services.sources["example"].webhook
    monkeypatch.setattr(webhook, "verify", staticmethod(lambda *a, **k: None))
    assert web.post(body_of(ticket()), path="/hooks/example/nobody").status_code == 401
    assert web.ingest.rows == []


def test_proof_is_asked_before_the_body_is_parsed(web, monkeypatch):
    webhook = web.services.sources["example"].webhook
    monkeypatch.setattr(webhook, "parse", staticmethod(lambda d: pytest.fail("parsed unproved")))
    assert web.post(b"[" * 100_000, headers={}).status_code == 401


def test_the_url_token_and_the_query_reach_the_proof(web, monkeypatch):
    seen = []
    webhook = web.services.sources["example"].webhook
    monkeypatch.setattr(webhook, "verify", staticmethod(lambda d, s, *, now: seen.append(d)))
    web.post(body_of(ticket()), path="/hooks/example/acme/s3cret?ticket=9&x=")
    assert (seen[0].token, seen[0].query) == ("s3cret", {"ticket": "9", "x": ""})
    assert "x-signature" in seen[0].headers


def test_an_unknown_helpdesk_is_not_found(web):
    assert web.post(b"{}", path="/hooks/other/acme").status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_only_post_is_allowed(web, method):
    response = getattr(web.client, method)("/hooks/example/acme/token")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/xml", "json", "multipart/form-data"]
)
def test_a_content_type_the_helpdesk_does_not_send_is_refused(web, content_type):
    response = web.post(body_of(ticket()), content_type=content_type)
    assert (response.status_code, response.json) == (415, {"error": "content_type"})


def test_parameters_and_case_of_a_content_type_do_not_matter(web):
    response = web.post(body_of(ticket()), content_type="Application/JSON; charset=UTF-8")
    assert response.status_code == 202


def test_a_body_at_the_limit_is_read_and_one_byte_more_is_refused(web):
    web = web.with_settings(body_limit=400)
    body = body_of(ticket()).ljust(400)
    assert web.post(body).status_code == 202
    response = web.post(body + b" ")
    assert (response.status_code, response.json) == (413, {"error": "too_large"})


@pytest.mark.parametrize(("more", "status"), [(0, 202), (1, 413), (9000, 413)])
def test_the_limit_holds_for_a_body_of_undeclared_length(web, more, status):
    limited = web.with_settings(body_limit=200)
    body = body_of(ticket()).ljust(200 + more)
    response = limited.post(
        None,
        headers={**signature(body), "Transfer-Encoding": "chunked"},
        input_stream=io.BytesIO(body),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.status_code == status
    assert len(web.ingest.rows) == (status == 202)


def test_a_body_that_ends_before_its_declared_length_is_refused(web):
    body = body_of(ticket())
    declared = {"CONTENT_LENGTH": str(len(body) + 1)}
    assert web.post(body, environ_overrides=declared).status_code == 400
    assert 'reason="cut_short",result="rejected"} 1.0' in web.metrics()
    assert web.ingest.rows == []


def test_no_more_is_read_of_a_body_than_was_declared(web):
    body = body_of(ticket())
    sent = io.BytesIO(body + b"the next request")
    declared = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": sent}
    assert web.post(body, environ_overrides=declared).status_code == 202
    assert sent.read() == b"the next request"


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'], ids=["arrays", "objects", "both"])
def test_a_body_nested_very_deep_is_refused(web, opening):
    response = web.post(opening * 50_000)
    assert (response.status_code, response.json) == (400, {"error": "malformed"})
    assert 'reason="too_deep"' in web.metrics()


def test_a_delivery_is_not_acknowledged_when_the_commit_failed(web):
    web.ingest.down = True
    response = web.post(body_of(ticket()))
    assert (response.status_code, response.json) == (503, {"error": "unavailable"})
    assert response.headers["Retry-After"] == "5"
    web.ingest.down = False
    assert web.post(body_of(ticket())).status_code == 202


def test_an_account_over_its_limit_is_asked_to_wait(web):
    web = web.with_settings(deliveries_per_minute=2)
    body = body_of(ticket())
    assert [web.post(body).status_code for _ in range(3)] == [202, 200, 429]
    web.clock.sleep(20)
    assert web.post(body).headers["Retry-After"] == "40"
    web.clock.sleep(40)
    assert web.post(body).status_code == 200


def test_a_stranger_cannot_use_up_the_limit_of_an_account(web):
    web = web.with_settings(deliveries_per_minute=1)
    body = body_of(ticket())
    strangers = [web.post(body, headers={}).status_code for _ in range(5)]
    assert (strangers, web.post(body).status_code) == ([401] * 5, 202)


def test_each_delivery_is_counted_by_what_became_of_it(web):
    body = body_of(ticket())
    web.post(body)
    web.post(body)
    web.post(body_of({"kind": "unknown"}))
    web.post(body_of({"kind": "ping"}))
    assert web.received.counted == [
        ("acme", "new", 202, NOW),
        ("acme", "already_due", 200, NOW),
        ("acme", "unknown_event", 202, NOW),
        ("acme", "ping", 200, NOW),
    ]


def test_what_is_refused_is_counted_for_its_account_with_reason_and_status(web):
    body = body_of(ticket())
    web.post(body, content_type="text/plain")
    web.post(body, headers={})
    limited = web.with_settings(deliveries_per_minute=0)
    limited.post(body)
    web.ingest.down = True
    web.post(body)
    assert [counted[:3] for counted in web.received.counted] == [
        ("acme", "content_type", 415),
        ("acme", "signature_invalid", 401),
        ("acme", "rate_limited", 429),
        ("acme", "store_unavailable", 503),
    ]


@pytest.mark.parametrize("more", [{}, {"content_type": "text/plain"}], ids=["proof", "type"])
def test_a_name_that_no_account_has_is_counted_without_it(web, more):
    web.post(body_of(ticket()), path="/hooks/example/nobody", **more)
    ((account, *_),) = web.received.counted
    assert account == ""


def test_a_delivery_is_counted_though_it_cannot_be_told_whose_it_is(web):
    def fall(helpdesk, account):
        raise PermanentError("sealed", reason="sealed_with_other_key")

    sealed = replace(web, services=replace(web.services, secrets_for=fall))
    assert sealed.post(body_of(ticket())).status_code == 503
    assert web.received.counted == [("", "sealed_with_other_key", 503, NOW)]


def test_a_planted_card_reaches_no_answer_no_metric_no_log_and_no_row(web, caplog):
    caplog.set_level(logging.DEBUG)
    web.ingest.down = True
    planted = body_of(ticket("1", text=CARD), {"kind": CARD}, ticket(CARD_DIGITS, id=CARD_DIGITS))
    answers = [
        web.post(planted),
        web.post(planted, headers={}),
        web.post(body_of(ticket(CARD_DIGITS, id=CARD_DIGITS))),
        web.post(CARD.encode()),
        web.post(CARD.encode(), content_type="text/plain"),
        web.post(CARD.encode(), path=f"/hooks/example/{CARD_DIGITS}/{CARD_DIGITS}"),
        web.post(CARD.encode(), path=f"/hooks/{CARD_DIGITS}/acme"),
    ]
    web.ingest.down = False
    answers.append(web.post(body_of(ticket("1", text=CARD), ticket(CARD_DIGITS, id=CARD_DIGITS))))
    shown = "".join(str(a.headers) + a.get_data(as_text=True) for a in answers)
    everywhere = shown + web.metrics() + caplog.text + repr([web.ingest.rows, web.received.counted])
    assert CARD not in everywhere
    assert CARD_DIGITS not in everywhere


def test_a_url_token_reaches_no_log_and_no_answer(web, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    webhook = web.services.sources["example"].webhook
    path = "/hooks/example/acme/hush-hush-token"
    answers = [web.post(body_of(ticket()), path=p) for p in (path, path + "/", "/" + path)]
    answers.append(web.client.get(path))
    web.ingest.down = True
    answers.append(web.post(body_of(ticket()), path=path))

    def fail(delivery):
        raise RuntimeError(delivery.token)

    monkeypatch.setattr(webhook, "parse", staticmethod(fail))
    answers.append(web.post(body_of(ticket()), path=path))
    assert [a.status_code for a in answers] == [202, 404, 404, 405, 503, 500]
    assert answers[-1].json == {"error": "internal"}
    assert "RuntimeError" in caplog.text
    shown = "".join(str(a.headers) + a.get_data(as_text=True) for a in answers)
    assert "hush-hush" not in caplog.text + shown + web.metrics()
