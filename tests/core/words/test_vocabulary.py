from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from integration.core.words import vocabulary
from integration.core.words.listed import Listed, listed, listed_ordinals
from integration.core.words.vocabulary import Label, months, phrases

FOLDER = Path(vocabulary.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))
TABLES = {key.split(".")[0] for key in Listed}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_uses_the_keys_that_are_known(path) -> None:
    file = tomllib.loads(path.read_text("utf-8"))
    assert set(file) <= {"labels", "dates", "numbers", *TABLES}
    assert set(file["labels"]) <= set(Label)
    assert {f"{table}.{key}" for table in TABLES for key in file.get(table, ())} <= set(Listed)
    assert len(file.get("dates", {}).get("months", [()] * 12)) == 12
    assert len(file.get("numbers", {}).get("digits", [()] * 10)) == 10
    assert len(file.get("groups", {}).get("ordinals", [()] * 5)) == 5


def test_phrases_are_in_plain_letters() -> None:
    assert "expiry date" in phrases(Label.EXPIRY)
    assert all(phrase == phrase.lower() for label in Label for phrase in phrases(label))


@pytest.mark.parametrize("key", sorted(set(Listed) - {Listed.ORDINALS}))
def test_some_language_has_words_for_every_list(key: Listed) -> None:
    assert listed(key)
    assert all(word == word.lower() for word in listed(key))


def test_an_ordinal_has_its_place_in_every_language() -> None:
    assert listed_ordinals()["segundo"] == 2
    assert set(listed_ordinals().values()) == {1, 2, 3, 4, 5}


def test_a_month_has_its_number_in_every_language() -> None:
    assert months()["dec"] == 12
