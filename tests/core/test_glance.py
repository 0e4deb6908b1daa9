"""The quick look: what it says is what the families of kinds say, and it is enough for most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.detection.numbers import SCHEMES
from integration.core.cards.luhn import completed
from integration.core.glance import glance
from integration.core.search import _FAMILIES, _rounds
from integration.core.spans import Kind
from integration.core.text.reading import read
from integration.core.words.vocabulary import Label, months, phrases

_SAYING = st.sampled_from(
    sorted({phrase for label in Label for phrase in phrases(label)} | set(months()))
)
_PLAIN = st.sampled_from(
    (
        "hei",
        "vi",
        "har ikke mottatt",
        "and then we got",
        "the other one,",
        "b.",
        "f",
        "*",
        "생",
        "ur.",
    )
)
_NUMBER = st.from_regex(r"[0-9]{1,8}([./ :-][0-9]{1,6}){0,4}", fullmatch=True)
_GAP = st.sampled_from(
    (" ", " ", " ", ": ", "=", "\n", "; ", "\t", "", " [", "’ ", "\u00ad", ", ", "# ", "-", "@")
)


@st.composite
def _cards(draw) -> str:
    scheme = draw(st.sampled_from(SCHEMES))
    prefix = draw(st.sampled_from(scheme.prefixes))
    size = scheme.length - len(prefix) - 1
    body = draw(st.text("0123456789", min_size=size, max_size=size))
    digits = completed(f"{prefix}{body}".encode()).decode()
    by = draw(st.sampled_from(("", "", " ", "-", "\u00a0")))
    return by.join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _text(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(st.tuples(words, _GAP), max_size=12)
    return parts.map(lambda parts: "".join(word + gap for word, gap in parts))


_MESSAGES = _text(_SAYING | _PLAIN | _NUMBER) | st.builds(
    "{}{}{}{}".format, _text(_SAYING | _PLAIN), _cards(), _GAP, _text(_SAYING | _PLAIN)
)


@given(_MESSAGES, st.booleans())
def test_a_glance_says_what_a_search_says(text: str, secrets: bool) -> None:
    reading = read(text)
    seen = glance(reading, secrets=secrets)
    if seen is not None:
        families = _FAMILIES[secrets]
        assert seen == _rounds(reading, lambda _hit: True, families)


@pytest.mark.parametrize(
    "text",
    [
        "the order of 24.11.2026 has not come, call 922 33 444",
        "we paid 4500 on monday\nand 300 of it came back\n",
        "see you at 10:45, room 12",
        "The order number is 10023 and nothing has come. " * 9,
        f"we paid 4500 then. {'and on it went ' * 9}my card, its code {'and on it went ' * 9}4700",
    ],
    ids=["date-and-telephone", "sums", "time", "orders", "words-far-from-numbers"],
)
def test_usual_numbers_need_no_more_than_a_glance(text: str) -> None:
    assert glance(read(text), secrets=True) == []


@pytest.mark.parametrize("secrets", [True, False], ids=["with-secrets", "digits-only"])
def test_a_card_and_nothing_else_needs_no_more_than_a_glance(secrets: bool) -> None:
    (hit,) = glance(read("hei, dette er det 4111111111111111 takk"), secrets=secrets) or ()
    assert hit.kind is Kind.PAN
    assert hit.why == ("luhn", "block", "test_card")


@pytest.mark.parametrize(
    "text",
    [
        "card 4111 1111 1111 1111, code 123",
        "order#: 4111 1111 1111 1112",
        "NO4111111111111111",
        "the security code is 123",
        "born 24.11.1984",
        "b. 24.11.1984",
        "password: hunter2x",
        "konto 1234 56 78903",
        "navn;fodt\nKari;24.11.1984",
        "Kari: 4111 1111\nKari: 1111 1111",
        "12\u00ad34",
    ],
    ids=[
        *("card-and-code", "no-card", "touching-letters", "code", "birth", "letter-for-born"),
        *("password", "account", "table", "lines", "invisible"),
    ],
)
def test_what_may_be_more_is_left_to_the_families(text: str) -> None:
    assert glance(read(text), secrets=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "the security code is 123",
        f"b. 24.11.1984 and {'on it went ' * 15}4500 more",
        f"name;note;born\nKari;{'on it went ' * 9};24.11.1984",
        "4111 11\nfine\n11 11\nfine\n11 11",
    ],
    ids=["code", "letter-among-other-numbers", "head-of-a-table-far-off", "pieces"],
)
def test_each_way_to_say_something_is_seen_by_itself(text: str) -> None:
    assert glance(read(text), secrets=False) is None
