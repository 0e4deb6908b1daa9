"""Numbers of three digits and more that are said whole, in each language that says them."""

from __future__ import annotations

import pytest

from integration.core.words.large import large_numbers
from integration.core.words.vocabulary import as_read


def numbers(text: str, fewest: int = 1) -> list[list[str]]:
    return [[number.digits for number in found] for _, found in large_numbers(text, fewest)]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two thousand and ninety-eight", "2098"),
        ("four thousand one hundred and seventeen", "4117"),
        ("nine hundred and twenty-one", "921"),
        ("zweitausendachtundneunzig", "2098"),
        ("viertausendeinhundertsiebzehn", "4117"),
        ("neunhunderteinundzwanzig", "921"),
        ("tweeduizendachtennegentig", "2098"),
        ("vierduizendhonderdzeventien", "4117"),
        ("negenhonderdeenentwintig", "921"),
        ("to tusen og nittiåtte", "2098"),
        ("fire tusen en hundre og sytten", "4117"),
        ("ni hundre og tjueen", "921"),
        ("tvåtusennittioåtta", "2098"),
        ("fyratusen etthundrasjutton", "4117"),
        ("niohundratjugoett", "921"),
        ("totusinde og otteoghalvfems", "2098"),
        ("firetusinde og ethundrede og sytten", "4117"),
        ("nihundrede og enogtyve", "921"),
        ("deux mille quatre-vingt-dix-huit", "2098"),
        ("quatre mille cent dix-sept", "4117"),
        ("neuf cent vingt et un", "921"),
        ("dos mil noventa y ocho", "2098"),
        ("cuatro mil ciento diecisiete", "4117"),
        ("novecientos veintiuno", "921"),
        ("dois mil e noventa e oito", "2098"),
        ("quatro mil cento e dezassete", "4117"),
        ("novecentos e vinte e um", "921"),
        ("duemilanovantotto", "2098"),
        ("quattromilacentodiciassette", "4117"),
        ("novecentoventuno", "921"),
        ("dos mil noranta-vuit", "2098"),
        ("quatre mil cent disset", "4117"),
        ("nou-cents vint-i-un", "921"),
        ("dwa tysiące dziewięćdziesiąt osiem", "2098"),
        ("cztery tysiące sto siedemnaście", "4117"),
        ("dziewięćset dwadzieścia jeden", "921"),
        ("dva tisíce devadesát osm", "2098"),
        ("čtyři tisíce sto sedmnáct", "4117"),
        ("devětset dvacet jedna", "921"),
        ("две тысячи девяносто восемь", "2098"),
        ("четыре тысячи сто семнадцать", "4117"),
        ("девятьсот двадцать один", "921"),
        ("дві тисячі дев'яносто вісім", "2098"),
        ("чотири тисячі сто сімнадцять", "4117"),
        ("дев'ятсот двадцять один", "921"),
        ("două mii nouăzeci și opt", "2098"),
        ("patru mii o sută șaptesprezece", "4117"),
        ("nouă sute douăzeci și unu", "921"),
        ("kaksituhatta yhdeksänkymmentäkahdeksan", "2098"),
        ("neljätuhatta sataseitsemäntoista", "4117"),
        ("yhdeksänsataakaksikymmentäyksi", "921"),
        ("kétezer-kilencvennyolc", "2098"),
        ("négyezer-száztizenhét", "4117"),
        ("kilencszázhuszonegy", "921"),
        ("ikibindoksansekiz", "2098"),
        ("dörtbinyüzonyedi", "4117"),
        ("dokuzyüzyirmibir", "921"),
        ("sete mil cento dezasete", "7117"),
        ("catro mil douscentos corenta e un", "4241"),
        ("forty-five hundred", "4500"),
        ("forty-five hundred and twelve", "4512"),
        ("a hundred and one", "101"),
        ("zero four hundred fifty", "0450"),
        ("oh oh one hundred", "00100"),
        ("eight hundred twenty-two thousand four hundred sixty-three", "822463"),
        ("dreiundvierzighundertzwölf", "4312"),
        ("fünf tausend drei hundert ein und vierzig", "5341"),
        ("dört bin beş yüz kırk altı", "4546"),
        ("quatre mille deux cent septante et un", "4271"),
        ("mil", "1000"),
    ],
)
def test_a_number_is_read_in_its_language(text: str, number: str) -> None:
    assert [number] in numbers(as_read(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("five thousand. two hundred and three", ["5000", "203"]),
        ("seventeen hundred and nine five eight zero", ["1700"]),
        ("seventeen hundred and nine five thousand", ["1709", "5000"]),
        ("forty-five hundred, twenty-three hundred", ["4500", "2300"]),
        ("yedi bin yuz yetmis dokuz bin sekiz yuz", ["7170", "9800"]),
        (f"one thousand{' and so on' * 40} two thousand", ["1000", "2000"]),
    ],
)
def test_a_number_ends_where_another_begins(text: str, found: list[str]) -> None:
    assert numbers(text) == [found]


def test_a_language_says_no_number_that_is_part_of_one_of_another() -> None:
    said = as_read("quatro mil quinhentos e dois, três mil e um")
    assert numbers(said) == [["4502", "3001"]]


@pytest.mark.parametrize("text", ["an email on a milestone", "four hundred", "quatro"])
def test_fewer_than_are_wanted_are_none(text: str) -> None:
    assert numbers(text, 2) == []
