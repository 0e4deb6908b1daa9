"""Short words for born count right before a full date, and the ambiguous ones before an old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from integration.core.identifiers import find
from integration.core.spans import Kind
from integration.core.text.reading import read
from integration.core.words import vocabulary
from integration.core.words.vocabulary import files

LANGUAGES = [path.stem for path in sorted(Path(vocabulary.__file__).parent.glob("*.toml"))]
SHORT_WORDS = [
    pytest.param(word, id=f"{language}-{key}-{at}")
    for language, file in zip(LANGUAGES, files(), strict=True)
    for key in ("born", "born_long_ago")
    for at, word in enumerate(file["dates"].get(key, ()))
]
AMBIGUOUS = sorted({word for file in files() for word in file["dates"].get("born_long_ago", ())})


def dates(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(read(text)) if hit.kind is Kind.DOB]


@pytest.mark.exhaustive
@pytest.mark.parametrize("word", SHORT_WORDS)
def test_every_short_word_says_born_right_before_a_date_of_long_ago(word) -> None:
    assert dates(f"Anna Nova ({word}. 14.02.1971) 5") == ["14.02.1971"]


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_an_ambiguous_word_says_nothing_before_a_date_of_now(word) -> None:
    assert dates(f"Anna Nova {word}. 14.02.2025") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Anna Nova, f-dat 710214, Moss", "710214"),
        ("Anna Nova, f. 710214", "710214"),
        ("Anna Nova, f. 14. februar 1971", "14. februar 1971"),
        ("Anna Nova (b. May 3, 1984) called about 12", "May 3, 1984"),
        ("Anna Nova (n. 14/02/71)", "14/02/71"),
        ("Anna Nova (*14.02.1971)", "14.02.1971"),
        ("Anna Nova * 14.02.1971", "14.02.1971"),
        ("Ania Nowa, ur. 14.02.2021", "14.02.2021"),
        ("ลูกค้าเกิด 14/02/2514 ครับ", "14/02/2514"),
    ],
    ids=[
        "six digits behind a longer word",
        "six digits behind a dot",
        "a month by its name",
        "the month first",
        "two digits of an old year",
        "a star that touches",
        "a star amid a line",
        "a clear word before a date of now",
        "no gap before the word",
    ],
)
def test_a_short_word_says_born(text, date) -> None:
    assert dates(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Nova f 710214",
        "note\n* 14.02.1971 was the day",
        "Anna Nova, n. 710214",
        "Anna Nova, r. about 14.02.1971",
        "Anna Nova * 14.02.2025",
        "form f. The 14.02.2025 one",
        "5 * 3 things",
        "f. 99.99.1971",
        "It expired's 14.02.1971",
    ],
    ids=[
        "six digits without a dot",
        "a star that begins a line",
        "six digits behind an ambiguous word",
        "another word between",
        "a star before a date of now",
        "another sentence",
        "a sum",
        "no date",
        "an ending behind an apostrophe",
    ],
)
def test_a_short_word_says_nothing_else(text) -> None:
    assert dates(text) == []
