from __future__ import annotations

import pytest

from integration.core.words.labels import labels_in
from integration.core.words.misspelled import meant
from integration.core.words.vocabulary import Label, as_read


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("kortnumer", Label.CARD),
        ("utløpsdatto", Label.EXPIRY),
        ("sikerhetskode", Label.CODE_HINT),
        ("sikkerhetskodde", Label.CODE_HINT),
        ("expriation", Label.EXPIRY),
        ("expirationn", Label.EXPIRY),
        ("expirationx", Label.EXPIRY),
        ("expiratoin", Label.EXPIRY),
        ("expirattion", Label.EXPIRY),
        ("vencimeinto", Label.EXPIRY),
        ("Ablaufdaum", Label.EXPIRY),
        ("cryptograme", Label.SECURITY_CODE),
    ],
)
def test_a_word_with_one_slip_is_the_word_that_is_meant(word: str, label: Label) -> None:
    assert [found.label for found in labels_in(as_read(word))] == [label]


@pytest.mark.parametrize("word", ["crad", "cadr", "crad nubmer", "vsia", "master crad", "krot"])
def test_slips_in_short_words_are_listed(word: str) -> None:
    assert [found.label for found in labels_in(as_read(word))] == [Label.CARD]


@pytest.mark.parametrize(
    "word",
    ["wheelbarrow", "expedition", "expropriation", "ccc", "eexxpp", "扭扭扭扭扭扭", "12345678"],
)
def test_other_words_are_left_as_they_are(word: str) -> None:
    assert meant(word) is None
