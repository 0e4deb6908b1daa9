"""Chats as JSON: a number that was sent in two messages of one."""

from __future__ import annotations

import json

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Kind
from integration.core.text import decode

SAID = (
    "customer on the line wants to use discover",
    "6011-0083",
    "lol hold music is terrible",
    "2958-0333",
    "order 81-4402917 total $88.12",
)


def chat(name: str, said: tuple[str, ...] = SAID) -> str:
    lines = [
        {"user": "U04QW8", name: each, "ts": f"17417016{at}1.214879"}
        for at, each in enumerate(said)
    ]
    return json.dumps(lines, indent=1)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["text", "body", "message", "content", "Content", "transcript"])
@pytest.mark.parametrize("media_type", ["text/plain", "application/json"])
def test_what_two_messages_of_a_chat_hold_is_one_number(name: str, media_type: str) -> None:
    source = chat(name)
    spans = [span for span in find(source, media_type) if span.kind is Kind.PAN]
    assert [[source[a:b] for a, b in span.pieces] for span in spans] == [[SAID[1], SAID[3]]]
    done = mask(source, spans, media_type=media_type)
    assert [line["user"] for line in json.loads(done)] == ["U04QW8"] * len(SAID)
    assert find(done, media_type) == []


def test_a_number_in_one_message_is_found_once() -> None:
    source = chat("text", ("my card", "4111 1111 1111 1111", "thanks"))
    assert len(find(source)) == 1


def test_two_messages_are_no_chat() -> None:
    source = chat("text", SAID[1:3])
    assert decode(source).text == source
