from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from integration.core.words import vocabulary
from integration.core.words.listed import Listed, listed, listed_ordinals, unparted_digits
from integration.core.words.vocabulary import Label, months, phrases

FOLDER = Path(vocabulary.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))
TABLES = {key.split(".")[0] for key in Listed}
IN_LISTS = {Listed.ORDINALS, Listed.UNPARTED_DIGITS}
OTHERS = {
    *("dates.months", "dates.born", "dates.born_long_ago", "dates.other_months"),
    *("numbers.digits", "numbers.teens", "numbers.tens", "numbers.ordinals", "numbers.plural"),
    *("numbers.double", "numbers.triple", "numbers.hundred", "numbers.joint", "numbers.filler"),
    *("numbers.century", "numbers.unit_first", "numbers.hundreds", "numbers.nouns"),
    *("numbers.single", "numbers.quadruple", "numbers.quintuple", "numbers.sounds_like"),
}
"""What is no list of words by itself."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_uses_the_keys_that_are_known(path) -> None:
    file = tomllib.loads(path.read_text("utf-8"))
    assert set(file) <= {"labels", *TABLES}
    assert set(file["labels"]) <= set(Label)
    keys = {f"{table}.{key}" for table in TABLES for key in file.get(table, ())}
    assert keys <= {*Listed, *OTHERS}
    assert len(file.get("dates", {}).get("months", [()] * 12)) == 12
    assert len(file.get("numbers", {}).get("digits", [()] * 10)) == 10
    assert len(file.get("groups", {}).get("ordinals", [()] * 5)) <= 16
    assert len(file.get("unparted", {}).get("digits", [()] * 10)) == 10


def test_phrases_are_in_plain_letters() -> None:
    assert "expiry date" in phrases(Label.EXPIRY)
    assert all(phrase == phrase.lower() for label in Label for phrase in phrases(label))


@pytest.mark.parametrize("key", sorted(set(Listed) - IN_LISTS))
def test_some_language_has_words_for_every_list(key: Listed) -> None:
    assert listed(key)
    assert all(word == word.lower() for word in listed(key))


def test_an_ordinal_has_its_place_in_every_language() -> None:
    assert listed_ordinals()["segundo"] == 2
    assert listed_ordinals()["seizieme"] == 16
    assert set(listed_ordinals().values()) == {*range(1, 17)}


def test_a_digit_that_is_said_alone_has_its_value_in_every_script() -> None:
    assert [unparted_digits()[word] for word in ("〇", "イチ", "이", "สาม")] == ["0", "1", "2", "3"]
    assert set(unparted_digits().values()) == set("0123456789")


def test_a_month_has_its_number_in_every_language() -> None:
    assert months()["dec"] == 12
