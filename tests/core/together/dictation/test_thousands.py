"""Groups of a card number that are said as whole numbers, and numbers that are something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.read_together import AT, cleaned, look, place

from integration.core.models import Ticket, TicketView
from integration.core.plan import scan
from integration.core.policy import Policy
from integration.core.text.reading import read
from integration.core.together.dictation.thousands import in_thousands

SAID = [
    (
        "The card",
        "then",
        "six thousand, four hundred and ninety-eight",
        "two thousand, six hundred and forty-three",
    ),
    (
        "Karte",
        "dann",
        "sechstausendvierhundertachtundneunzig",
        "zweitausendsechshundertdreiundvierzig",
    ),
    ("Kaart", "dan", "zesduizendvierhonderdachtennegentig", "tweeduizendzeshonderddrieënveertig"),
    ("Kort", "så", "seks tusen fire hundre og nittiåtte", "to tusen seks hundre og førtitre"),
    ("Kort", "sedan", "sextusen fyrahundranittioåtta", "tvåtusen sexhundraförtiotre"),
    (
        "Kort",
        "så",
        "sekstusinde og firehundrede og otteoghalvfems",
        "totusinde og sekshundrede og treogfyrre",
    ),
    (
        "Carte",
        "puis",
        "six mille quatre cent quatre-vingt-dix-huit",
        "deux mille six cent quarante-trois",
    ),
    (
        "Tarjeta",
        "luego",
        "seis mil cuatrocientos noventa y ocho",
        "dos mil seiscientos cuarenta y tres",
    ),
    (
        "Cartão",
        "depois",
        "seis mil quatrocentos e noventa e oito",
        "dois mil seiscentos e quarenta e três",
    ),
    ("Carta", "poi", "seimilaquattrocentonovantotto", "duemilaseicentoquarantatré"),
    ("Targeta", "després", "sis mil quatre-cents noranta-vuit", "dos mil sis-cents quaranta-tres"),
    (
        "Karta",
        "dalej",
        "sześć tysięcy czterysta dziewięćdziesiąt osiem",
        "dwa tysiące sześćset czterdzieści trzy",
    ),
    ("Karta", "pak", "šest tisíc čtyřista devadesát osm", "dva tisíce šestset čtyřicet tři"),
    ("Карта", "потом", "шесть тысяч четыреста девяносто восемь", "две тысячи шестьсот сорок три"),
    ("Картка", "потім", "шість тисяч чотириста дев'яносто вісім", "дві тисячі шістсот сорок три"),
    ("Card", "apoi", "șase mii patru sute nouăzeci și opt", "două mii șase sute patruzeci și trei"),
    (
        "Kortti",
        "sitten",
        "kuusituhatta neljäsataayhdeksänkymmentäkahdeksan",
        "kaksituhatta kuusisataaneljäkymmentäkolme",
    ),
    ("Kártya", "aztán", "hatezer-négyszázkilencvennyolc", "kétezer-hatszáznegyvenhárom"),
    ("Kart", "sonra", "altıbindörtyüzdoksansekiz", "ikibinaltıyüzkırküç"),
    (
        "tarxeta",
        "logo",
        "seis mil catrocentos noventa e oito",
        "dous mil seiscentos corenta e tres",
    ),
    ("carte", "puis", "six mille quatre cent nonante-huit", "deux mille six cents quarante-trois"),
    ("kart", "en son", "altı bin dört yüz doksan sekiz", "iki bin altı yüz kırk üç"),
]
"""A word for a card, one for then, and 6498 and 2643 in the same language."""
VISA = [
    *("four thousand", "five hundred sixty-six"),
    *("five thousand five hundred sixty-six", "five thousand five hundred fifty-six"),
]
"""4000 0566 5566 5556."""
DANKORT = [
    *("five thousand nineteen", "seven thousand one hundred and seventy"),
    *("one thousand ten", "three thousand, seven hundred and forty-two"),
]
ROUND = ["twenty-three hundred", "seventeen hundred", "nine five eight zero"]
"""Behind `forty-five hundred`."""
AMEX = [
    "three thousand seven hundred eighty-two",
    "eight hundred twenty-two thousand four hundred sixty-three",
    "ten thousand and five",
]
IN_GERMAN = [
    *("fünftausendneunzehn", "siebentausendeinhundertsiebzig"),
    *("tausendzehn", "dreitausendsiebenhundertzweiundvierzig"),
]
IN_PORTUGUESE = [
    *("cinco mil e dezanove", "sete mil cento e setenta"),
    *("mil e dez", "três mil setecentos e quarenta e dois"),
]


def shown(text: str) -> str:
    return cleaned(place(text)).get("message", text)


def groups(text: str) -> list[list[str]]:
    plain = read(text).window(0, len(text)).text
    return [[piece.digits for piece in found] for found in in_thousands(plain)]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("card", "then", "second", "third"), SAID)
def test_groups_that_are_said_in_thousands_are_a_number(
    card: str, then: str, second: str, third: str
) -> None:
    said = f"{card}: 6759, {then} {second}, {then} {third}, {then} 8453."
    assert shown(said) == f"{card}: {f', {then} '.join(['[card maestro ****]'] * 4)}."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            f"Visa, forty-five hundred, {', '.join(ROUND)}",
            f"Visa, {', '.join(['[card visa ****]'] * 4)}",
        ),
        (
            f"the card, I'll go slow. {'. '.join(VISA).capitalize()}. That's all",
            "the card, I'll go slow. [card visa ****]. That's all",
        ),
        (
            f"my card {' '.join(VISA[:1])} zero five six six; 5566; {VISA[-1]}",
            f"my card {'; '.join(['[card visa ****]'] * 3)}",
        ),
        (
            "my card: four thousand\nzero five six six\nfifty-five sixty-six\n" + VISA[-1],
            "my card: " + "\n".join(["[card visa ****]"] * 3),
        ),
        (
            "\n".join(f"block {at}: {said}" for at, said in zip("1234", DANKORT, strict=True))
            + "\nof a Dankort",
            "\n".join(f"block {at}: [card dankort ****]" for at in "1234") + "\nof a Dankort",
        ),
        (
            f"amex {', then '.join(AMEX)}",
            f"amex {', then '.join(['[card amex ****]'] * 3)}",
        ),
        (
            f"Visa: {', '.join(VISA)}. Take the one hundred twelve dollars",
            f"Visa: {', '.join(['[card visa ****]'] * 4)}. Take the one hundred twelve dollars",
        ),
        (
            f"cartão: {'; '.join(IN_PORTUGUESE)}. Válido até Junho de dois mil e vinte e oito",
            f"cartão: {'; '.join(['[card dankort ****]'] * 4)}. Válido até [expiry removed]",
        ),
    ],
)
def test_other_groups_may_stand_among_them(text: str, masked: str) -> None:
    assert shown(text) == masked


def test_each_group_may_be_a_message_of_its_own() -> None:
    said = [
        replace(place(text, f"m{at}"), author="a1", created=AT + timedelta(minutes=at))
        for at, text in enumerate(("my card number:", *VISA))
    ]
    assert list(cleaned(*said).values()) == ["[card visa ****]"] * 4


@pytest.mark.parametrize(
    "text",
    [
        f"we are {', '.join(VISA)}",  # nothing says card
        f"gift card: {', '.join(VISA)}",
        f"the card: {', '.join(VISA[:3])}, five thousand five hundred fifty-five",  # check digit
        f"paid by card: {' dollars, '.join(VISA)} dollars",
        f"paid by card: {', USD '.join(['', *VISA])}",
        f"Karte: {' Euro, '.join(IN_GERMAN)} Euro",
        "card: forty-four hundred, forty-two hundred, fifty-five hundred, forty-four hundred",
        "card: four hundred, five hundred sixty-six, six hundred",
        "cards of two thousand nineteen, two thousand twenty, two thousand twenty-one",
        f"card: forty-five hundred on Monday, {' on Tuesday, then '.join(ROUND)}",
        "mil mil mil mil, my card",
        f"My card was declined. Shipments: {' kg, '.join(VISA)} kg",
        f"Meine Karte geht nicht. Flächen: {' Quadratmeter, '.join(IN_GERMAN)} Quadratmeter",
        f"The card was declined. Invoice {', invoice '.join(VISA)}",
        f"My card was declined. Invoices {', '.join(VISA)}",
        f"I lost my card. Room {', gate '.join(VISA)}",
    ],
)
def test_sums_and_years_are_no_groups(text: str) -> None:
    assert shown(text) == text


def test_words_are_no_digits_where_an_account_wants_it_so() -> None:
    surface = place(f"my card: {', '.join(VISA)}")
    assert look(surface).hits
    assert not scan(TicketView(Ticket("t1"), (surface,), AT), Policy(spelled_out=False), None).hits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("five thousand, three hundred and one; two thousand", [["5000", "0301", "2000"]]),
        ("two hundred, six hundred", []),
        ("five thousand dollars, two thousand dollars", []),
        ("five thousand dollars, two thousand and ten", [["2010"]]),
    ],
)
def test_groups_have_four_digits(text: str, found: list[list[str]]) -> None:
    assert groups(text)[:1] == found


def test_one_group_may_be_said_so_beside_pairs() -> None:
    pairs = (
        "then eighty-two eighty-two,\nagain eighty-two eighty-two, and it finishes eighty-two ten"
    )
    left = cleaned(place(f"Use the debit Mastercard: fifty-two hundred, {pairs}"))["message"]
    assert not {"hundred", "eighty", "ten"} & {*left.replace("-", " ").replace(",", " ").split()}
    sum_of_money = "Visa, fifty-two hundred dollars"
    assert cleaned(place(f"{sum_of_money}, {pairs}")) == {}
