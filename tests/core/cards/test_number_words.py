"""Number words as people say and misspell them, in many languages."""

from __future__ import annotations

import re

import pytest

from integration.core.cards.spelled import spelled
from integration.core.detection import find, mask
from integration.core.spans import Kind
from integration.core.text.reading import read
from integration.core.words.numbers import languages

VISA = "4111111111111111"


def cards(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        (
            "vier Einser, zwei Vieren, eine Acht, dreimal die Null, viermal die Zwei",
            "11114480002222",
        ),
        ("dos cuatros, ocho, tres unos, cuatro veces el cinco, un ocho", "448111555518"),
        ("cinco veces el uno, dos nueves, tres ceros, ocho, doble siete", "1111199000877"),
        (
            "dwa razy siedem, trzy razy zero i ósemka, dwie szóstki, cztery razy jeden",
            "770008661111",
        ),
        ("jedna ósemka, pięć zer, dziewiątka, jedynka, czwórka, trzy dwójki", "800000914222"),
        ("to sjuarar, ein seksar og ein trear, fire gonger null, fem nuller, ni", "77630000000009"),
        ("två nollor, en sexa, sexa, etta, trea, fyra gånger åtta, tre ettor", "0066138888111"),
        ("to ottere, en sekser, fire gange nul, tre enere, fem syvere", "886000011177777"),
        ("iki tane beş, yedi, üç tane sekiz, dört tane altı, beş kere bir", "557888666611111"),
        (
            "doppio tre, quattro volte zero, tre otto, una volta il due, cinque volte uno",
            "33000038211111",
        ),
        ("quatre fois le un, deux fois le sept, trois zéros, cinq fois huit", "11117700088888"),
        ("vier keer de nul, twee zevens, drie enen, dubbele acht, vijf", "000077111885"),
        ("quatro vezes zero, dois oitos, três cincos, cinco vezes um", "00008855511111"),
        ("kétszer öt, négyszer nulla, két négyes, egy ötös, háromszor egy", "550000445111"),
        ("две восьмёрки, три нуля, четыре раза один, семёрка, пять девяток", "880001111799999"),
        ("dvakrát osm, tři nuly, čtyřikrát jedna, jedna pětka, dvě sedmičky", "880001111577"),
        ("four times one, triple zero, five sevens, quadruple eight", "1111000777778888"),
    ],
)
def test_how_often_a_digit_stands_is_said_in_many_ways(said: str, digits: str) -> None:
    reading = spelled(read(said))
    assert re.sub(rb"\D", b"", reading.folded).decode() == digits


@pytest.mark.parametrize(
    "behind",
    [
        "kupiłem to trzy piątki temu",
        "fikk tre firere og to seksere på terningen",
        "wir haben zwei Dreier und eine Vier gewürfelt",
        "we rolled two fours, a six and three fives",
        "a négyes busszal és a hatos villamossal jöttem, két ötös",
    ],
)
def test_things_that_are_counted_beside_a_card_are_no_code(behind: str) -> None:
    text = f"visa card {VISA}. Thank you, {behind}."
    assert mask(text, find(text)) == f"visa card [card visa **** 1111]. Thank you, {behind}."


@pytest.mark.parametrize(
    "words",
    [
        "pachpan pachpan, pachpan pachpan, pachpan pachpan, chauvalis chavalis",
        "पचपन पचपन, पचपन पचपन, पचपन पचपन, चवालीस चौवालीस",
        "pachas unnis, ikhattar sattar, ek zero ek zero, saintis bayalis",
        "सैंतीस बयासी, बयासी चौबीस, तिरसठ एक शून्य शून्य शून्य पांच",
        (
            "double paanch double paanch, do baar paanch triple paanch, teen baar paanch, "
            "double chaar, double chaar"
        ),
        (
            "ambathi anju, ambathi anju, double anju, double anju, triple anju, anju, "
            "naalu, triple naalu"
        ),
    ],
    ids=["hi in Latin letters", "hi", "hi and digits", "hi amex", "hi doubles", "ta tens"],
)
def test_pairs_are_said_in_languages_of_india(words: str) -> None:
    assert cards(f"card number: {words}. Thanks") == [words]


@pytest.mark.parametrize(
    "words",
    [
        "dort, bir, birr, bir, bir bir bir bir, birr bir bir bir, bir bir birr bir",
        "bess bess bess bess bes bes bes bes bess bess bes bes dort dortt dort dort",
        "cinco" + " sinco cinko zinco" * 3 + " sinco cinco quatro quatro kuatro cuatro",
        "cincuenta y cinco," + " sincuenta i sinco," * 5 + " quarenta y quatro, cuarenta y cuatro",
        "tres ciete hocho dos hocho dos dos cuatro seiz trez huno sero sero sero sinco",
        "treis sete oitu dois oito dois dois cuatro seis treis um zero zero zero sinco",
        "trois cept huite deux huite deux deux catre six troi un zero zero zero sinq",
        "drei siben acht zwai acht zwey zwei fier seks drai einz nul nul null fümf",
        "thre sevn eigth two eight two twoo foru six three one zero zerro zero fiv",
        "tszy siedym osiem dwa osiem dwa dwa cztyry szesc trzy jeden zero zero zero pienc",
        "tri sedum osum dva osum dva dva ctyry sest tri jedna nula nula nula pet",
        "tri sem vosem dva vosem dva dva chetyre shest tri odin nol nol nol pyat",
        "tria efta okto dyo oxto duo dyo tesera exi tria ena miden miden miden pente",
        "talata sabaa tamanya etnen tamanya itnen itnen arbaa setta talata wahid"
        + 3 * " sefr"
        + " khamsa",
        "ba bay tam hai tam hai hai bon sau ba mot khong khong khong nam",
    ],
    ids=[
        "tr",
        "tr-2",
        "es",
        "es-tens",
        "es-amex",
        "pt",
        "fr",
        "de",
        "en",
        "pl",
        "cs",
        "ru",
        "el",
        "ar",
        "vi",
    ],
)
def test_number_words_are_read_as_people_misspell_them(words: str) -> None:
    assert cards(f"It is {words}") == [words]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "word",
    [
        "be",
        "at",
        "sat",
        "con",
        "das",
        "bis",
        "che",
        "bara",
        "noin",
        "hun",
        "here",
        "tin",
        "czy",
        "time",
        "nous",
        "asi",
        "uit",
        "dio",
    ],
)
def test_no_common_word_of_a_language_is_a_number_word_of_another(word: str) -> None:
    assert all(word not in {*language.words(), *language.fillers} for language in languages())


def test_what_is_called_as_a_number_word_sounds_is_no_count_of_digits() -> None:
    text = f"Paid by card {VISA}. Our TIN number: 456"
    assert mask(text, find(text)) == "Paid by card [card visa **** 1111]. Our TIN number: 456"


def test_every_number_below_a_hundred_has_words_of_its_own_in_hindi() -> None:
    hindi = next(each for each in languages() if "gyarah" in each.whole)
    for letters in (str.isascii, lambda word: not word.isascii()):
        said = {digits for word, digits in hindi.whole.items() if letters(word)}
        assert said >= {f"{number}" for number in range(11, 100)}


@pytest.mark.parametrize(
    "words",
    [
        "thirty-seven, eighty-two. eighty-two um twenty-four, sixty-three, ten, oh oh, and a five",
        "four one one one, uh one one one one comma one one one one, erm, one one one one",
        "quattro uno ehm uno uno, eh uno uno uno uno, uno ehm uno uno uno, poi uno uno uno uno",
        "cuatro uno, este, uno uno, eh, once, once, coma, once y once, este, once uno uno",
        "quatre un euh un un, un un heu un un, un un un un virgule un un un un",
        "vier eins äh eins eins, elf ähm elf, elf hm elf, elf komma elf",
        "čtyři jedna jedna jedna a jedna," + 5 * " jedna a jedna, potom" + " jedna",
        "négy egy egy egy és egy egy egy egy, aztán egy egy egy egy és egy egy egy egy",
        "chaar ek ek ek, phir ek ek ek ek, aur ek ek ek ek, phir ek ek ek ek",
    ],
    ids=["en amex", "en", "it", "es", "fr", "de", "cs", "hu", "hi"],
)
def test_who_says_a_number_hesitates(words: str) -> None:
    assert cards(f"It is {words}") == [words]


@pytest.mark.parametrize(
    "behind",
    [
        "I ordered a two, a three, um, two boxes, one a week and two a month",
        "äh, eine zwei, drei Pakete, um 7 eh 8 Uhr",
        "byl jsem tam jednou a pak dva a tri krat",
        "este mes dos, el otro una y este tres cajas",
    ],
)
def test_what_stands_between_digits_makes_no_code_of_prose(behind: str) -> None:
    text = f"visa card {VISA}. Thank you, {behind}."
    assert mask(text, find(text)) == f"visa card [card visa **** 1111]. Thank you, {behind}."
