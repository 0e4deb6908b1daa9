"""What a message says above the one that it quotes."""

from __future__ import annotations

import pytest

from integration.core.together.quoted import own_part


@pytest.mark.parametrize(
    "quote",
    [
        "> What is the code?",
        "-----Original Message-----\nWhat is the code?",
        "________________________________\nWhat is the code?",
        "Von: Sabine <sabine@example.com>\nGesendet: 16.01.2026 09:39\nWhat is the code?",
        "\u200bDe:\u200b Javier <j@example.com>\n \u200bEnviado:\u200b ayer\nWhat is the code?",
        "On 31 August 2025 at 12:12, Kari <kari@example.com> wrote:\nWhat is the code?",
        "Den 2025-12-29 kl. 11:12 skrev Kari:\nWhat is the code?",
        "Kari escreveu em 13/09/2025:\nWhat is the code?",
    ],
)
def test_it_ends_where_a_mail_program_begins_to_quote(quote: str) -> None:
    assert own_part(f"123\nThanks\n\n{quote}").strip() == "123\nThanks"


@pytest.mark.parametrize(
    "text",
    [
        "From: the heart\nThank you",
        "I wrote to you in 2025 already, and my code is 123.",
        "> 123",
        "Kari wrote:\n123",
    ],
)
def test_anything_else_is_its_own(text: str) -> None:
    assert own_part(text) == text
