"""Rows of number words are seen wherever they stand; what is near a card is read with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.cards.heard import letters_of, rows, small_ones
from integration.core.cards.luhn import is_valid
from integration.core.cards.spelled import spelled
from integration.core.detection import find, mask
from integration.core.text.reading import read
from integration.core.words.numbers import languages

VISA = "4111 1111 1111 1111"
PROSE = [
    "hello",
    "faktura",
    "Paket",
    "où",
    "посылка",
    "ありがとう",
    "шт.",
    "—",
    "“x”",
    "\u00adpaquet",
]
SEPARATORS = [" ", ", ", "-", ". ", "\n", "\r\n\r\n", " / ", "      "]
SPOKEN = [each for each in languages() if len(set(each.units.values())) == 10]


def with_check_digit(digits: str) -> str:
    return next(f"{digits}{last}" for last in range(10) if is_valid(f"{digits}{last}".encode()))


@st.composite
def said(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a number, and how it is said in one language."""
    language = draw(st.sampled_from(SPOKEN))
    number = with_check_digit(draw(st.text("0123456789", min_size=11, max_size=18)))
    separator = draw(st.sampled_from(SEPARATORS))
    fillers = st.sampled_from([None, None, None, *sorted(language.fillers - {*language.units})])
    words: list[str] = []
    for digit in number:
        # One and a digit as a thing are one digit, two and digits as things are two: en sexa.
        units = language.units.keys() - language.nouns.keys() - language.plural.keys()
        names = sorted(word for word in units if language.units[word] == digit)
        if words and len(separator) <= 2 and (filler := draw(fillers)):
            words.append(filler)
        words.append(draw(st.sampled_from(names)))
    spoken = separator.join(words)
    return number, draw(st.sampled_from([spoken, spoken.upper(), spoken.title()]))


@given(said(), st.lists(st.sampled_from(PROSE), max_size=40), st.integers(0, 40))
def test_a_number_in_words_of_any_language_is_read_wherever_it_stands(
    spoken: tuple[str, str], around: list[str], at: int
) -> None:
    number, words = spoken
    text = " ".join([*around[:at], "=", words, "=", *around[at:]])
    reading = spelled(read(text))
    assert number.encode() in reading.folded.replace(b"\xad", b"")
    assert len(reading.folded) == len(text)


@given(st.lists(st.sampled_from([*PROSE, "to", "en", "on", "se", "tre", "fire"]), max_size=80))
def test_every_row_that_is_seen_is_one(words: list[str]) -> None:
    text = " ".join(words)
    reading = read(text)
    for start, end in rows(reading, letters_of(reading, 0, len(text))):
        assert len(text[start:end].split()) >= 8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("utløper september tjuesju", "utløper [expiry removed]"),
        ("scade zero otto ventisei", "scade [expiry removed]"),
        ("udløber otte syvogtyve", "udløber [expiry removed]"),
        ("caduca cero tres veintinueve", "caduca [expiry removed]"),
        ("validade zero seis vinte e nove", "validade [expiry removed]"),
        (
            "voimassa syyskuu kaksituhattakaksikymmentäyhdeksän",
            "voimassa [expiry removed]",
        ),
        ("expire en avril vingt-huit", "expire en [expiry removed]"),
        ("expiring march two thousand twenty eight", "expiring [expiry removed]"),
        ("gültig bis null neun siebenundzwanzig", "gültig bis [expiry removed]"),
        ("geldig tot nul acht zevenentwintig", "geldig tot [expiry removed]"),
        ("ważna do zero osiem dwadzieścia siedem", "ważna do [expiry removed]"),
        (
            "twelve twenty seven, nine one two",
            "[expiry removed], [security code removed]",
        ),
        ("kode sju tre en", "kode [security code removed]"),
        ("ni to nul", "[security code removed]"),
        ("code dix-sept six", "code [security code removed]"),
        ("code eight twenty seven", "code [security code removed]"),
        ("udløber nul otte otteogtyve", "udløber [expiry removed]"),
        ("expiry eleven slash twenty-seven, my number", "expiry [expiry removed], my number"),
        ("exp oh six twenty-nine. One more", "exp [expiry removed]. One more"),
    ],
    ids=[
        "nb month",
        "it",
        "da",
        "es",
        "pt",
        "fi",
        "fr",
        "en",
        "de",
        "nl",
        "pl",
        "date and code",
        "nb code",
        "da code",
        "fr teen",
        "en ten",
        "da and no other",
        "slash",
        "sentence",
    ],
)
def test_a_date_and_a_code_in_words_are_read_beside_a_card_in_figures(
    text: str, shown: str
) -> None:
    text = f"kort {VISA}, {text}"
    assert mask(text, find(text)) == f"kort [card visa **** 1111], {shown}"


def test_words_far_from_a_card_stay_words() -> None:
    far = "we have seen that september twenty seven was fine and four five six were not"
    text = f"{far} {'hello ' * 100}{VISA}{' hello' * 100} {far}"
    assert spelled(read(text)).folded == text.encode()


@pytest.mark.parametrize("mark", ["", "\u00ad"], ids=["plain", "with what has no width"])
def test_a_code_in_words_is_read_amid_a_long_list_of_numbers(mark: str) -> None:
    lines = [f"paid by card {VISA}, order 10{at:03}{mark}, thank you" for at in range(100)]
    lines[50] = f"paid by card {VISA}, code four five six, order 10050"
    words = mask(text := "\n".join(lines), find(text)).splitlines()[50]
    assert words == "paid by card [card visa **** 1111], code [security code removed], order 10050"


def test_words_are_only_read_where_they_may_say_something() -> None:
    """In a dump of bytes a number stands near every word, and so all of it is near one."""
    lines = [f"{VISA} be ad\u00ad fa de {at:04}" for at in range(200)]
    text = "\n".join([*lines, f"{VISA}, four five six", *lines])
    reading = read(text)
    (found,) = small_ones(reading, 0, len(text))
    assert text[slice(*found)] == "four five six"


@pytest.mark.exhaustive
@pytest.mark.parametrize("code", ["seven hundred", "triple five", "nine eleven", "four five six"])
def test_a_code_of_two_words_is_read_where_another_is_far_away(code: str) -> None:
    lines = [f"paid by card {VISA}, order 10{at:03}, thank you" for at in range(120)]
    lines[0] += ", code four five six"
    lines[60] += f", cvv {code}"
    text = "\n".join(lines)
    assert mask(text, find(text)).splitlines()[60].endswith(", cvv [security code removed]")


@pytest.mark.exhaustive
def test_a_row_of_hundreds_is_no_number_without_end() -> None:
    text = f"{'one hundred ' * 2000}my card {VISA}"
    assert mask(text, find(text)).endswith("my card [card visa **** 1111]")


def test_each_of_two_numbers_is_read_in_its_own_language() -> None:
    texts = ["fire" + " en" * 15, "vier" + " eins" * 15]
    text = f"{' hello ' * 150}".join(texts)
    assert [span.kind.value for span in find(text)].count("PAN") == 2
