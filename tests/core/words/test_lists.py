"""Every list of words can stand beside all others: complete, plain, one meaning each."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from integration.core.words import vocabulary
from integration.core.words.vocabulary import Label, as_read

FOLDER = Path(vocabulary.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))
SPOKEN = {"en", "nb", "sv", "da", "de", "fr", "es", "pt", "it", "nl", "pl"}

each_language = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path):
    return tomllib.loads(path.read_text("utf-8"))


@each_language
def test_every_language_knows_a_card_its_expiry_its_code_and_the_months(path) -> None:
    file = read(path)
    labels = file["labels"]
    assert labels[Label.CARD]
    assert labels[Label.EXPIRY]
    assert labels.get(Label.SECURITY_CODE) or labels.get(Label.CODE_HINT)
    assert len(file["dates"]["months"]) == 12
    assert all(file["dates"]["months"])


@each_language
def test_no_phrase_stands_under_two_labels_or_twice_under_one(path) -> None:
    places = defaultdict(list)
    for label, phrases in read(path)["labels"].items():
        for phrase in phrases:
            places[as_read(phrase)].append(label)
    assert {phrase: labels for phrase, labels in places.items() if len(labels) > 1} == {}


@each_language
def test_no_month_has_the_name_of_another(path) -> None:
    numbers = defaultdict(set)
    for number, names in enumerate(read(path)["dates"]["months"], 1):
        for name in names:
            numbers[as_read(name)].add(number)
    assert {name: found for name, found in numbers.items() if len(found) > 1} == {}


@each_language
def test_phrases_are_trimmed_and_not_empty(path) -> None:
    for phrases in read(path)["labels"].values():
        assert all(phrase == " ".join(phrase.split()) != "" for phrase in phrases)


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_a_language_of_spoken_numbers_has_digits_teens_and_tens(language) -> None:
    numbers = read(FOLDER / f"{language}.toml")["numbers"]
    assert [len(numbers[key]) for key in ("digits", "teens", "tens")] == [10, 10, 8]
    assert all(all(names) for key in ("digits", "teens", "tens") for names in numbers[key])


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_a_spoken_word_means_one_number(language) -> None:
    numbers = read(FOLDER / f"{language}.toml")["numbers"]
    words = [
        word for key in ("digits", "teens", "tens") for names in numbers[key] for word in names
    ]
    assert len(words) == len(set(words))
