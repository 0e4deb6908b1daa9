from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.liveagent.simulator.sanitise import clean


@pytest.fixture
def page(simulator):
    client = simulator.app.test_client()
    return lambda path: client.get(path, follow_redirects=True).get_data(as_text=True)


def test_the_list_shows_tickets_but_not_the_deleted(simulator, api, page):
    simulator.customer_writes("First one", "Hei", name="Kari Nordmann")
    gone = simulator.customer_writes("Second one", "Hei")
    api.delete(f"/tickets/{gone}")
    text = page("/")
    assert "First one" in text
    assert "Kari Nordmann" in text
    assert "Second one" not in text
    assert "Second one" in page("/agent/?status=X")
    assert "First one" not in page("/agent/?department=ceb5937b")


def test_a_long_list_has_pages(simulator, page):
    for number in range(60):
        simulator.customer_writes(f"Ticket number {number}.", "Hei")
    first, second = page("/agent/"), page("/agent/?page=2")
    assert (first.count("Ticket number"), second.count("Ticket number")) == (50, 10)
    assert "Older" in first
    assert "Newer" in second


def test_a_ticket_shows_all_that_an_agent_sees(simulator, page):
    ticket_id = simulator.customer_writes(
        "Subject",
        "<p>Body <b>bold</b></p>",
        html=True,
        files=[("k.pdf", "application/pdf", b"%")],
        custom_fields={"order_id": "7781"},
        tags=["vip"],
    )
    simulator.agent_notes(ticket_id, "The note")
    simulator.agent_replies(ticket_id, "The answer")
    simulator.customer_replies(ticket_id, "Again", quoted="The quote")
    text = page(f"/agent/tickets/{ticket_id}")
    for part in ("Subject", "<p>Body <b>bold</b></p>", "k.pdf", "order_id", "7781", "vip"):
        assert part in text
    for part in ("The note", "not seen by the customer", "The answer", "Again", "The quote"):
        assert part in text


def test_a_deleted_group_is_not_shown(simulator, api, page):
    simulator.set_switches(message_delete="soft", preview_kept=False)
    ticket_id = simulator.customer_writes("Subject", "To be deleted")
    api.delete("/messages/502")
    assert "To be deleted" not in page(f"/agent/tickets/{ticket_id}")


def test_text_is_escaped_and_html_is_cleaned(simulator, page):
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    plain = simulator.customer_writes(bad, bad, custom_fields={"a": bad})
    rich = simulator.customer_writes("x", f"<p onclick=x()>ok</p>{bad}", html=True)
    for ticket_id in (plain, rich):
        text = page(f"/agent/tickets/{ticket_id}")
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "onclick" not in text
    assert "<p>ok</p>" in page(f"/agent/tickets/{rich}")


def test_pages_load_nothing_from_elsewhere(simulator, page):
    ticket_id = simulator.customer_writes("x", "y")
    for path in ("/agent/", f"/agent/tickets/{ticket_id}", "/agent/outbox"):
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page(path))
        headers = simulator.app.test_client().get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_outbox_shows_what_would_have_been_sent(simulator, page):
    ticket_id = simulator.customer_writes("Hei", "Hei", "kari@customer.example")
    simulator.agent_replies(ticket_id, "On its way")
    text = page("/agent/outbox")
    assert "kari@customer.example" in text
    assert "On its way" in text
    assert "open the ticket to read it" in page("/agent/outbox?audience=agent")


def test_an_unknown_ticket_is_not_found(simulator):
    assert simulator.app.test_client().get("/agent/tickets/nothere0").status_code == 404


@pytest.mark.parametrize(
    ("given_markup", "expected"),
    [
        ("<p>a<p>b", "<p>a<p>b</p></p>"),
        ("<b><i>x</b>y", "<b><i>x</i></b>y"),
        ('<a href="javascript:x">l</a>', "<a>l</a>"),
        (
            '<a href="https://a.example/?b=1&c=2">l</a>',
            '<a href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer nofollow">l</a>',
        ),
        ("<style>p{}</style><br/>x", "<br>x"),
        ("&lt;b&gt; &amp; <unknown>x</unknown>", "&lt;b&gt; &amp; x"),
        ('<a href="http://[bad">l</a>', "<a>l</a>"),
        ("</p>x", "x"),
    ],
    ids=["unclosed", "crossed", "script link", "link", "style", "entities", "bad url", "stray"],
)
def test_markup_is_cleaned(given_markup, expected):
    assert clean(given_markup) == expected


_TAGS = ("p", "span", "br", "li", "a", "script", "style", "unknown")
_PIECES = [
    *("<", ">", "/", "'", '"', "&lt;", "&", ";", "!--", "-", " ", "x", " onload=x"),
    *(mark + tag for tag in _TAGS for mark in ("", "<", "</")),
]
_SAFE_TAG = re.compile(r"</(?:p|span|li|a)>|<(?:p|span|br|li|a)>")


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_cleaned_markup_has_known_tags_only_and_stays_clean(markup):
    cleaned = clean(markup)
    assert "<" not in _SAFE_TAG.sub("", cleaned)
    assert clean(cleaned) == cleaned
