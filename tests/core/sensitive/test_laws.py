from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from integration.core import cards, sensitive
from integration.core.hits import Hit
from integration.core.text.reading import Reading, read

NUMBERS = [
    "4111 1111 1111 1111",
    "5555555555554444",
    "3782 822463 10005",
    ";4111111111111111=27121010000000000?",
    "12/27",
    "1227",
    "mars 2027",
    "2027年3月",
    "123",
    "4321",
    "987654",
    "1 2 3",
]
WORDS = [
    *("cvv", "CVC:", "exp", "utløper", "valid until", "PIN", "pin-koden", "kode", "security code"),
    *("card", "安全码", "有効期限", "код", "срок действия", "password", "exp_month:", "exp_year:"),
    *("order", "kr", "amount", "tel", "is", "wubba", "Ola:", "[10:32]", ">", "2."),
    *("(", ")", ",", ";", "\n", "\n\n", "$", "\x00", "\u200b"),
]
stretches = st.lists(
    st.tuples(st.sampled_from([*NUMBERS, *WORDS]), st.sampled_from(["", " "])), max_size=20
).map(lambda parts: "".join(f"{word}{blank}" for word, blank in parts))


def found_in(reading: Reading) -> list[Hit]:
    return sensitive.beside(reading, cards.find(reading))


@given(stretches)
def test_every_hit_lies_in_its_text_holds_a_digit_and_crosses_no_barrier(text: str) -> None:
    for hit in found_in(read(text)):
        part = text[hit.start : hit.end]
        assert 0 <= hit.start < hit.end <= len(text)
        assert any(character.isdigit() for character in part)
        assert "\x00" not in part
        assert 0 < hit.confidence < 1
        assert hit.why
        assert not any(character.isdigit() for reason in hit.why for character in reason)


@given(stretches)
def test_without_a_card_only_what_may_stand_alone_is_found(text: str) -> None:
    assert all(hit.alone for hit in sensitive.beside(read(text), []))


@given(stretches)
def test_what_stands_far_away_changes_nothing(text: str) -> None:
    far = " wubba" * 80
    near = {(hit.start, hit.end, hit.kind) for hit in found_in(read(text))}
    with_far = {
        (hit.start, hit.end, hit.kind)
        for hit in found_in(read(f"{text}\n\n{far} 6011 1111 1111 1117 exp 12/27"))
        if hit.end <= len(text)
    }
    assert near == with_far
