from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.cards.iban import lengths
from integration.core.identifiers import check_digits, find
from integration.core.spans import Kind
from integration.core.text.reading import read

DIGITS = "0123456789"


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[hit.start : hit.end], hit.kind) for hit in find(read(text))]


def checked(digits: str, size: int, is_valid) -> str | None:
    """Append the check digits that make `digits` valid, None when there are none."""
    for end in range(10**size):
        whole = f"{digits}{end:0{size}}"
        if is_valid(whole.encode()):
            return whole
    return None


@st.composite
def birth_numbers(draw) -> str:
    """Of people, D-numbers, H-numbers and synthetic people."""
    day = draw(st.integers(1, 28)) + draw(st.sampled_from([0, 40]))
    month = draw(st.integers(1, 12)) + draw(st.sampled_from([0, 40, 80]))
    rest = draw(st.integers(0, 99_999))
    start = f"{day:02}{month:02}{rest:05}"
    whole = checked(start, 2, check_digits.no_fnr)
    return whole or "15108695088"


@st.composite
def accounts(draw) -> str:
    start = f"{draw(st.integers(1000, 9999))}{draw(st.integers(1, 99)):02}"
    whole = checked(f"{start}{draw(st.integers(0, 9999)):04}", 1, check_digits.no_konto)
    return whole or "86011117947"


@st.composite
def ibans(draw) -> str:
    country = draw(st.sampled_from(sorted(lengths()))).decode()
    size = lengths()[country.encode()] - 4
    bank = draw(st.text(string.ascii_uppercase, max_size=4 if size >= 14 else 0))
    account = bank + draw(st.text(DIGITS, min_size=size - len(bank), max_size=size - len(bank)))
    remainder = int("".join(str(int(letter, 36)) for letter in f"{account}{country}00")) % 97
    return f"{country}{98 - remainder:02}{account}"


def cut(digits: str, sizes: tuple[int, ...], by: str) -> str:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(digits[at : at + size])
        at += size
    return by.join(pieces)


GAPS = st.sampled_from([" ", ".", "-", "\xa0", "\n", " - ", "\u2009"])


@given(birth_numbers(), st.sampled_from([(11,), (6, 5), (2, 2, 2, 5), (6, 3, 2)]), GAPS)
def test_every_birth_number_is_found_whole_without_a_word(number, sizes, gap) -> None:
    written = cut(number, sizes, gap)
    assert found(f"Hei, {written}, takk") == [(written, Kind.NO_FNR)]


@given(accounts(), st.sampled_from([(11,), (4, 2, 5)]), GAPS)
def test_every_account_is_found_whole_by_its_word(number, sizes, gap) -> None:
    written = cut(number, sizes, gap)
    assert found(f"kontonummer {written}, takk") == [(written, Kind.NO_KONTO)]


@given(ibans(), st.booleans(), GAPS)
def test_every_iban_is_found_whole(number, small, gap) -> None:
    written = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    written = written.lower() if small else written
    assert (written, Kind.IBAN) in found(f"IBAN: {written}, takk")


@given(ibans(), st.integers(4, 14), st.sampled_from(DIGITS))
def test_an_iban_with_one_wrong_digit_is_none(number, at, digit) -> None:
    if number[at].isdigit() and number[at] != digit:
        wrong = number[:at] + digit + number[at + 1 :]
        assert Kind.IBAN not in [kind for _, kind in found(f"IBAN {wrong}")]


WORDS = (
    "fnr konto ssn born DOB: f. password: pass= my code is OTP kode 15108695088 8601.11.17947 "
    "NO9386011117947 512-34-5678 AB123456C 131052-308T 12.03.1984 May 1984 Hunter2! 4829 = : ( ) ."
)
messages = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join)


@given(messages)
def test_text_far_away_changes_nothing(text) -> None:
    before, behind = "Hello there!\n\n" + "lorem ipsum " * 10, "\n\n" + "dolor sit amet " * 10
    alone = [(hit.start, hit.end, hit.kind) for hit in find(read(f"\n{text}\n"))]
    among = [
        (hit.start - len(before), hit.end - len(before), hit.kind)
        for hit in find(read(f"{before}\n{text}\n{behind}"))
    ]
    assert among == alone


@pytest.mark.exhaustive
@pytest.mark.parametrize("unit", ["4 ", "4111 ", "pass:", "dob 12 ", "NO93 ", "password: a1 ", "="])
def test_a_long_repetition_is_read_to_its_end(unit) -> None:
    text = unit * (20_000 // len(unit)) + " x fnr 15108695088"
    assert found(text)[-1] == ("15108695088", Kind.NO_FNR)


@given(st.text(st.sampled_from("0123456789 NOno.-:=fpas\n\x00é密д\xad"), max_size=80))
def test_any_text_is_read(text) -> None:
    for hit in find(read(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert 0.4 <= hit.confidence <= 1
        assert not any(letter.isdigit() for reason in hit.why for letter in reason)
