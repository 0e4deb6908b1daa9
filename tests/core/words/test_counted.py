from __future__ import annotations

import pytest

from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label, as_read


def said(text: str) -> set[Label]:
    """Return what the words of a text say, links left out."""
    return {found.label for found in labels_in(as_read(text))} - {Label.LINK}


@pytest.mark.parametrize(
    "text",
    [
        "the three numbers on the back are",
        "3 digits at the back",
        "de tre siffrene bak",
        "på baksiden de tre tallene",
        "de 3 sista siffrorna på baksidan",
        "die drei Ziffern auf der Rückseite",
        "les trois chiffres derrière",
        "4 chiffres devant",
        "4 cijfers voorkant",
        "los tres números de atrás",
        "le tre cifre sul retro",
        "trzy cyferki z tyłu",
        "tři číslice vzadu",
        "kolme numeroa takana",
        "три цифры сзади",
        "τρία νούμερα πίσω",
        "peeche ke 3 number",
        "fjórir stafir framan á",
    ],
)
def test_digits_that_are_counted_on_a_side_of_the_card_are_its_code(text: str) -> None:
    assert said(text) & {Label.SECURITY_CODE, Label.CODE_HINT}


@pytest.mark.parametrize("text", ["three numerals", "tři čísla", "siffrene på baksida"])
def test_three_digits_or_those_of_a_side_hint_at_the_code(text: str) -> None:
    assert said(text) == {Label.CODE_HINT}


@pytest.mark.parametrize(
    "text",
    [
        "last four digits",
        "siste 4 siffer",
        "4 siste tall",
        "les 4 derniers chiffres",
        "ultimele 4 cifre",
        "last numerals",
        "four numerals",
        "numerals",
        "back 4 of the numerals",
        "last three stafir",
        "3 of the numerals",
        "4",
        "three",
        "three, numerals",
        "numerals; on the back",
        "wubba 4 numerals",
        "back back of of of of of 4 numerals",
        "numerals that are on the back",
    ],
)
def test_the_digits_that_may_be_told_and_others_are_no_code(text: str) -> None:
    assert not said(text) & {Label.SECURITY_CODE, Label.CODE_HINT}
