"""Every list of words can stand beside all others: complete, plain, one meaning each."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from integration.core.words import vocabulary
from integration.core.words.index import WORD
from integration.core.words.listed import Listed
from integration.core.words.vocabulary import Label, as_read

FOLDER = Path(vocabulary.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))
SPOKEN = {"en", "nb", "sv", "da", "de", "fr", "es", "pt", "it", "nl", "pl"}

PHRASES = {
    *(Listed.OF_SO_MANY, Listed.UP_TO, Listed.MONEY_GOES_TO, Listed.TAKES_TEENS),
    Listed.PIN_CODE,
    Listed.CARD_IN_RECORDS,
}
IN_LISTS = {Listed.ORDINALS, Listed.UNPARTED_DIGITS}
WITHIN_WORDS = re.compile(r"(?<=\w)['\d-](?=\w)")

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


@pytest.mark.exhaustive
@each_language
def test_no_phrase_stands_under_two_labels_or_twice_under_one(path) -> None:
    places = defaultdict(list)
    for label, phrases in read(path)["labels"].items():
        for phrase in phrases:
            places[as_read(phrase)].append(label)
    assert {phrase: labels for phrase, labels in places.items() if len(labels) > 1} == {}


@pytest.mark.exhaustive
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


def lists_of(file):
    """Return the words of each list that is no label, in plain letters."""
    return {
        key: [as_read(word) for word in file[table][name]]
        for key in set(Listed) - IN_LISTS
        for table, name in (key.split("."),)
        if name in file.get(table, ())
    }


@pytest.mark.exhaustive
@each_language
def test_what_a_list_holds_are_single_words_each_once(path) -> None:
    for key, words in lists_of(read(path)).items():
        assert len(words) == len(set(words)) > 0, key
        letters = [WITHIN_WORDS.sub("", word) for word in words]
        assert key in PHRASES or all(map(WORD.fullmatch, letters)), key


@pytest.mark.exhaustive
@each_language
def test_no_list_holds_what_another_gives_it(path) -> None:
    file = read(path)
    lists, numbers = lists_of(file), file.get("numbers", {})
    digits, months = numbers.get("digits", [()] * 10), numbers.get("ordinals", [])
    given = [
        (lists.get(Listed.PLACES, ()), lists.get(Listed.SIDES, ())),
        (lists.get(Listed.THREE, ()), map(as_read, digits[3])),
        (lists.get(Listed.FOUR, ()), map(as_read, digits[4])),
    ]
    places = zip(file.get("groups", {}).get("ordinals", ()), months, strict=False)
    given += ((map(as_read, words), map(as_read, others)) for words, others in places)
    assert [{*words} & {*others} for words, others in given] == [set()] * len(given)


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
