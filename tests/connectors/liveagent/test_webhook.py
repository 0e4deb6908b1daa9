from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.liveagent.webhook import MAX_LOOK, parse, verify
from integration.core.errors import SignatureInvalid
from integration.core.models import Delivery, Event, EventKind

NOW = datetime(2026, 4, 1, tzinfo=UTC)
SECRETS = ["new-secret", "old-secret"]
UNKNOWN = [Event(EventKind.UNKNOWN)]
FOUND = [Event(EventKind.TICKET, "k6citev3")]


def delivery(body: str | bytes = "", **parts) -> Delivery:
    raw = body.encode() if isinstance(body, str) else body
    return Delivery(headers=parts.pop("headers", {}), body=raw, **parts)


@pytest.mark.parametrize("secret", SECRETS)
def test_either_secret_proves_a_delivery_while_it_is_being_changed(secret):
    verify(delivery(token=secret), SECRETS, now=NOW)
    verify(delivery(headers={"x-deskwarden-token": secret}), SECRETS, now=NOW)


@pytest.mark.parametrize("token", [None, "", "a-guess", "new-secret ", "new-secre", "nøkkel"])
@pytest.mark.parametrize("secrets", [SECRETS, [], [""]], ids=["two", "none", "empty"])
def test_anything_else_is_refused_and_not_repeated(token, secrets):
    with pytest.raises(SignatureInvalid) as caught:
        verify(delivery(token=token), secrets, now=NOW)
    assert not token or token not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        '{"ticket":"k6citev3"}',
        '{"ticket_id": "k6citev3", "x": 1}',
        '{"conversation_id":"k6citev3","message":"first line\nsecond\tline"}',
        '{"ticket":"k6citev3","message":"he said "ticket" and "4111""}',
        '{"ticket":k6citev3,"subject":"unquoted id"}',
        '{"ticket":"k6citev3","message":"cut sho',
        "ticket=k6citev3&x=y",
        "conversation_id=k6citev3",
    ],
    ids=["plain", "other_name", "raw_newline", "raw_quotes", "no_quotes", "cut", "form", "form_2"],
)
def test_an_id_is_found_whatever_the_template_made_of_the_rest(body):
    assert parse(delivery(body)) == FOUND


def test_an_id_in_the_query_is_found_where_the_rule_sends_no_body():
    assert parse(delivery(query={"ticket": "k6citev3"})) == FOUND


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        '"k6citev3"',
        '{"ticket":"{$conversation_id}"}',
        '{"ticket":"{$conversation_id}","x":"broken "quote""}',
        '{"ticket":"OGE-KXVGJ-459"}',
        '{"ticket":{"id":"k6citev3"}}',
        '{"ticket":"../apikeys"}',
        '{"ticket":""}',
        '{"ticket":12}',
        '{"text":"k6citev3"}',
        "[" * 50_000,
        "&".join(f"a{n}=b" for n in range(60)),
        b"\xff\xfe\x00",
        "x" * MAX_LOOK + '{"ticket":"k6citev3"}',
    ],
    ids=[
        "empty",
        "no_field",
        "list",
        "text",
        "unfilled",
        "unfilled_broken",
        "code",
        "nested",
        "path",
        "blank",
        "number",
        "other",
        "deep",
        "many",
        "binary",
        "far",
    ],
)
def test_without_a_usable_id_it_is_still_news_but_of_no_ticket(body):
    assert parse(delivery(body)) == UNKNOWN


@given(st.binary(max_size=300))
def test_law_parsing_never_fails_and_lets_only_ids_through(body):
    (event,) = parse(delivery(body))

    assert event.ticket_id is None or event.ticket_id.isalnum()
    assert (event.kind is EventKind.TICKET) == (event.ticket_id is not None)
