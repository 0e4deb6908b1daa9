from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from integration.core.words import vocabulary
from integration.core.words.vocabulary import Label, months, phrases

FOLDER = Path(vocabulary.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_uses_the_keys_that_are_known(path) -> None:
    file = tomllib.loads(path.read_text("utf-8"))
    assert set(file) <= {"labels", "dates", "numbers"}
    assert set(file["labels"]) <= set(Label)
    assert len(file.get("dates", {}).get("months", [()] * 12)) == 12
    assert len(file.get("numbers", {}).get("digits", [()] * 10)) == 10


def test_phrases_are_in_plain_letters() -> None:
    assert "expiry date" in phrases(Label.EXPIRY)
    assert all(phrase == phrase.lower() for label in Label for phrase in phrases(label))


def test_a_month_has_its_number_in_every_language() -> None:
    assert months()["dec"] == 12
