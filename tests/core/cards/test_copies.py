"""A number that was found is taken wherever else it stands, in whatever way it is written."""

from __future__ import annotations

import pytest

from integration.core.cards import luhn
from integration.core.detection import find, mask
from integration.core.spans import Action

VISA = "4111111111111111"
GROUPED = "4111 1111 1111 1111"
WEAK = luhn.completed(b"560000000001234").decode()


def digits_left(text: str, media_type: str = "text/plain") -> int:
    return sum(map(str.isdigit, mask(text, find(text, media_type), media_type=media_type)))


@pytest.mark.parametrize(
    "page",
    [
        f'<p>Visa {GROUPED}</p><a href="tel:{VISA}">call</a>',
        f'<a href="tel:+{VISA}">my card {GROUPED}</a>',
        f'<td x:num="{VISA}">4.1E+15</td><p>kort {GROUPED}</p>',
        f'<p>kort {GROUPED}</p><a href="https://x.example/o?u={VISA}&amp;c=x">here</a>',
        f"<p>kort {GROUPED}</p><blockquote>order {VISA}</blockquote>",
    ],
    ids=["link", "shown in a link", "cell", "page", "quoted"],
)
def test_no_copy_is_left_in_a_page(page: str) -> None:
    masked = mask(page, find(page, "text/html"), media_type="text/html")
    assert VISA not in masked
    assert GROUPED not in masked


@pytest.mark.parametrize(
    "copy",
    [
        f"order {VISA}",
        f"https://x.example/posts/{VISA}",
        f"0.{VISA}",
        f"abx{VISA}ab9c",
        f"{VISA[:10]} {VISA[10:]}",
        f"{VISA[:3]}-{VISA[3:5]}-{VISA[5:]}",
    ],
    ids=["order", "page", "decimal", "identifier", "two groups", "odd groups"],
)
def test_a_copy_is_taken_however_it_stands(copy: str) -> None:
    text = f"my card number is {GROUPED}.\nThanks and regards from all of us here\n> {copy}"
    copied = find(text)[-1]
    assert copied.action is Action.REDACT
    assert "again" in copied.why
    assert VISA not in "".join(filter(str.isdigit, mask(text, find(text))))


def test_a_number_that_needs_its_word_once_needs_it_nowhere_else() -> None:
    assert digits_left(f"card {WEAK} and later, with other words between them, {WEAK}") == 8


def test_a_copy_of_a_number_in_a_track_is_taken() -> None:
    text = f";{VISA}=27121011234?\nlater on they write https://x.example/a/{VISA}"
    assert [span.kind.value for span in find(text)] == ["TRACK", "PAN"]


def test_a_longer_number_is_no_copy() -> None:
    for other in (f"99{VISA}", f"{VISA}7 is it"):
        (span,) = find(f"card {GROUPED} and words, no. https://x.example/{other}")
        assert span.start == len("card ")


def test_digits_that_nothing_joins_are_no_copy() -> None:
    far = f"{VISA[:8]} {'-' * 30} {VISA[8:]}"
    assert len(find(f"card {GROUPED} and words that follow it, {far}")) == 1


def test_a_number_that_is_only_reported_has_no_copies() -> None:
    (span,) = find(f"order {VISA}, see https://x.example/a/{VISA}")
    assert span.action is Action.REPORT
