"""Numbers in words without a gap between them, wherever they stand in a word."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask

AMEX = {
    "en": "three seven eight two eight two two four six three one zero zero zero five",
    "nb": "tre sju åtte to åtte to to fire seks tre en null null null fem",
    "tr": "üç yedi sekiz iki sekiz iki iki dört altı üç bir sıfır sıfır sıfır beş",
    "de": "drei sieben acht zwei acht zwei zwei vier sechs drei eins null null null fünf",
    "es": "tres siete ocho dos ocho dos dos cuatro seis tres uno cero cero cero cinco",
    "it": "tre sette otto due otto due due quattro sei tre uno zero zero zero cinque",
    "ru": "три семь восемь два восемь два два четыре шесть три один ноль ноль ноль пять",
    "hi": "teen saat aath do aath do do chaar chhe teen ek zero zero zero paanch",
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", AMEX)
@pytest.mark.parametrize(
    "around",
    ["{}", "card:{}, thanks", "ipaybycard{}expiresnextyear", "Mycardis{}\nJo"],
    ids=["alone", "mark", "in a word", "line"],
)
def test_a_number_in_words_without_gaps_is_found(around: str, language: str) -> None:
    text = around.format(AMEX[language].replace(" ", ""))
    assert mask(text, find(text)) == around.format("[card amex **** 0005]")


def test_two_numbers_without_gaps_are_both_found() -> None:
    one = AMEX["en"].replace(" ", "")
    text = f"first{one}second{one} andthethird{AMEX['es'].replace(' ', '')}"
    assert mask(text, find(text)).count("[card amex **** 0005]") == 3


def test_a_number_that_two_languages_say_alike_is_found_once() -> None:
    text = f"{'cinco' * 12}{'quatro' * 4}"
    assert mask(text, find(text)) == "[card mastercard **** 4444]"


@pytest.mark.parametrize(
    "text",
    [
        "onetwothreefourfivesixseveneightnineteneleventwelvethirteen",
        "threeseveneighttwoeighttwotwofoursixthreeonezerozerozerosix",
        "Donaudampfschifffahrtsgesellschaftskapitaenszweieinszweieins",
        "nothing but a sentencewithoutanyblanksfromsomeonewhosekeyboardisbroken",
        "x" * 400 + AMEX["en"].replace(" ", ""),
    ],
    ids=["counting", "check digit", "long word", "sentence", "data"],
)
def test_what_is_no_number_without_gaps_stays(text: str) -> None:
    assert find(text) == []


def test_many_long_words_are_not_all_looked_at() -> None:
    text = f"{'abcdefghij' * 4} " * 40 + AMEX["en"].replace(" ", "")
    assert find(text) == []
