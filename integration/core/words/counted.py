"""Three digits on the back: a count, a word for digits, and where on the card they stand.

People say it in so many ways, in the order of so many languages, that it is read by its parts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import Label, all_as_read, files, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence


THREE: Final = 1
FOUR: Final = 2
DIGITS: Final = 4
PLACE: Final = 8
"""The back of a card, or its front."""
LAST: Final = 16
"""Last or first: the digits of a card number that may be told."""
LINK: Final = 32
SIDE: Final = 64
"""A place that is hardly anything else but the back or the front of a card."""
# What a word may be in such a phrase: one or more of these, as bits.


_DIGITS = """
    numerozinhos numerinhos numeritos numerini cyferek cyferkami циферки циферок циферками číslíčka
    nums nummertjes getalletjes zahlencode
    digit digits figure figures numerals numbers siffer siffrene sifre sifrene siffera tall tallene
    tal ciffer cifre cifrene siffra siffran siffror siffrorna ziffer ziffern zahl zahlen stellen
    nummern
    cijfer cijfers cijfertjes getallen nummers chiffre chiffres numéros cifra cifras dígito dígitos
    números números cifre numeri algarismos cyfra cyfry cyfr cyferki cyferka liczby číslice číslic
    číslo čísla čísel numero numeroa numerot luku lukua luvut szám számot számjegy számjegyet
    cifara znamenke znamenka brojke brojeva broja številke števke cifrele numere numerele цифра
    цифры цифр цифри цифрите числа числата rakam rakamı rakamlar hane haneli sayı stafir stafi
    tölur tölustafir skaitmenys skaitmenų skaičiai cipari ciparus skaitļi numbrit numbrid ψηφίο
    ψηφία αριθμοί νούμερα psifia noumera arithmoi رقم ارقام أرقام الأرقام ספרות ספרה מספרים अंक
    अंकों नंबर number angka digitnya nomor tarakimu nambari numerong shifra shifrat numra xifres
    brojevi brojevi cijfertje бројке бројки бројеви цифре цифара
"""
_PLACES = """
    back backside reverse rear behind bak baksiden baksida bakpå bagsiden bagpå bag baksidan bakom
    hinten hintere rückseite rückseitig achterkant achter achterop achterzijde dos derrière arrière
    verso dorso atrás detrás reverso trás retro dietro tyłu tyle odwrocie odwrotnej zadu zadní
    zadnej rubu vzadu takana takapuolella takapuolen kääntöpuolella kääntöpuolen hátoldalán hátulján
    hátul poleđini pozadini straga stražnjoj zadnjoj hrbtni zadaj pozadi spate verso обороте сзади
    оборотной задней обратной гърба отзад звороті ззаду arka arkasındaki arkadaki arkasında aftan
    bakhlið bakhliðinni nugarėlėje kitoje aizmugurē otrā taga tagaküljel tagumisel πίσω piso pisw
    خلف الخلف ظهر ورا אחורה בגב מאחור מאחורה पीछे peeche pichhe piche belakang nyuma likod mbrapa
    prapa darrere revers полеђини позади
    front frontside forsiden framsiden framsidan forside framme foran vorne vorn vorderseite
    voorkant voorzijde vooraan devant recto avant delante frente anverso davanti fronte przodu
    przedzie předu přední etupuolella edessä elöl előlapján față лицевой спереди лицевата önündeki
    önyüzündeki framan framhlið μπροστά emprós أمام الامام מקדימה מלפנים depan mbele harap para
    signature strip underskrift underskriftsfeltet underskriften signatur signaturfelt
    signaturfeltet namnteckning namnteckningen signaturfältet unterschrift unterschriftsfeld
    unterschriftsstreifen
    handtekening handtekeningstrook assinatura podpis podpisu podpisem podpisom aláírás aláírásom
    semnătură semnătura semnăturii potpis potpisa потпис потписа подпис подписа подпись подписи
    підпис підпису підписом υπογραφή υπογραφής imza imzanın imzamın imzam allekirjoitus
    allekirjoituksen nimikirjoitus nimikirjoituksen allkiri allkirja paraksts parakstam parašas
    parašo undirskrift undirskriftin undirskriftinni nënshkrim nënshkrimi nënshkrimit tandatangan
    saini sahihi pirma توقيع التوقيع توقيعي חתימה החתימה امضا امضای امضایم हस्ताक्षर স্বাক্ষর
    স্বাক্ষরের دستخط signatura firmat otzad szadi zzadu piso meahor wara khalf poshte pichone
    отзади одзади ззаду اللي ורא
    davant priekyje priekšpusē ees esiküljel prednjoj sprednji
"""
_SIDES = """
    backside baksiden baksida bakpå bagsiden bagpå baksidan rückseite rückseitig achterkant
    achterzijde dorso reverso odwrocie odwrotnej rubu takapuolella takapuolen kääntöpuolella
    kääntöpuolen hátoldalán hátulján poleđini обороте оборотной гърба звороті arkasındaki
    arkasında bakhlið bakhliðinni nugarėlėje aizmugurē tagaküljel полеђини frontside forsiden
    framsiden framsidan forside vorderseite voorkant voorzijde anverso przedzie etupuolella
    előlapján лицевой önyüzündeki framhlið signature underskriftsfeltet signaturfelt
    signaturfeltet signaturfältet unterschriftsfeld unterschriftsstreifen handtekeningstrook
"""
"""Words for a place that mean little else than a side of a card."""
_LAST = """
    last final first siste sidste sista første första ersten letzten letzte laatste eerste dernier
    derniers premiers último últimos últimas primeros primeiros ultimi ultime prime primi ostatnie
    ostatnich ostatnimi pierwsze poslední posledných posledné posledních první viimeiset viimeistä
    ensimmäiset utolsó első ultimele primele последние последних последни останні первые первых
    първите zadnje zadnjih posljednje posljednja zadnja prve son ilk síðustu fyrstu paskutiniai
    pēdējie viimased esimesed τελευταία πρώτα teleftea الأخيرة اخر آخر אחרונות आखिरी aakhri
    terakhir mwisho huling fundit darrers poslednje poslednja poslednjih poslednju последње
    последњих
"""
_THREE = "3 trzy trzech tři tří tre tres trois drei drie þrír þrjár þrjá трех трьох трите trio"
_FOUR = "4 cztery czterech čtyři čtyř fire fyra vier quatre fjórir fjögur fjóra четырех чотирьох"
_THREES = """
    3 driec dreist tresif trecif trzyc trojc trojm trojč třím trīsc trižen trijų þriggja τριψ трёхз
    трехз тризн триц троц kolmek kolmen kolminum háromj troci trozn trimest
"""
_FOURS = """
    four fire fir fyr vier quatr cuatr quatt patru czter čtyř čtvr štyr štvor četir četver štir négy
    neli nelj ketur četr dört katër tetra τετρα τέσσερ чотир четыр четир empat nne apat bốn 四 ארבע
    أربع چهار چار चार চার สี่ 네 사
"""
_SHORTEST_DECLINED: Final = 5
_MOST_LINKS: Final = 4
"""Known words that may stand between the parts."""


def counts(phrase: str, how_many: int) -> bool:
    """Return whether a phrase (in plain letters) speaks of `THREE` or `FOUR`: `dreistellig`."""
    words = re.findall(r"\w+", phrase)
    begins = _begins()[how_many]
    return any(word.startswith(begins) or part_of(word) & how_many for word in words)


@cache
def _begins() -> dict[int, tuple[str, ...]]:
    """Return what words begin with that speak of so many digits: `fyrsiffrig`."""
    return {
        many: tuple(all_as_read(listed.split()))
        for many, listed in ((THREE, _THREES), (FOUR, _FOURS))
    }


def part_of(word: str) -> int:
    """Return what `word` (in plain letters) may be in a phrase of this kind."""
    exact, stems = _parts()
    return exact.get(word, 0) | stems.get(stem_of(word), 0)


@cache
def words_for_last() -> frozenset[str]:
    """Return the words for last or first, in plain letters."""
    return frozenset(all_as_read(_LAST.split()))


def counted(parts: Sequence[int], at: int) -> tuple[int, Label] | None:
    """Return where the phrase that begins with word `at` ends, and what it says; None if none.

    >>> three = [THREE, DIGITS, LINK, LINK, PLACE]
    >>> counted(three, 0)
    (5, <Label.SECURITY_CODE: 'security_code'>)
    """
    count = parts[at] & (THREE | FOUR)
    end, last = at + bool(count), _is_last(parts, at - 1)
    if count and end < len(parts) and _is_last(parts, end):
        end, last = end + 1, True
    if end >= len(parts) or not parts[end] & DIGITS:
        return None
    end += 1
    last = last or _is_last(parts, end)
    if last and not count & THREE:
        return None
    if place := _place_behind(parts, end):
        return place, Label.SECURITY_CODE if count else Label.CODE_HINT
    if count and not last and _place_before(parts, at):
        return end, Label.SECURITY_CODE
    return (end, Label.CODE_HINT) if count & THREE and not last else None


def _is_last(parts: Sequence[int], at: int) -> bool:
    return 0 <= at < len(parts) and bool(parts[at] & LAST)


def _place_behind(parts: Sequence[int], at: int) -> int | None:
    """Return where the word for the back or the front ends that follows, links between."""
    for here in range(at, min(at + _MOST_LINKS, len(parts))):
        if parts[here] & PLACE:
            return here + 1
        if not parts[here] & LINK:
            return None
    return None


def _place_before(parts: Sequence[int], at: int) -> bool:
    for here in range(at - 1, max(at - 1 - _MOST_LINKS, -1), -1):
        if parts[here] & PLACE:
            return True
        if not parts[here] & LINK:
            return False
    return False


@cache
def _parts() -> tuple[dict[str, int], dict[str, int]]:
    """Return the words and the stems of words, with what they may be."""
    exact: dict[str, int] = {}
    stems: dict[str, int] = {}
    for part, words in (
        (THREE, {*all_as_read(_THREE.split()), *words_for_digit(3)}),
        (FOUR, {*all_as_read(_FOUR.split()), *words_for_digit(4)}),
        (LAST, words_for_last()),
        (PLACE, set(all_as_read(_PLACES.split()))),
        (SIDE, set(all_as_read(_SIDES.split()))),
        (DIGITS, set(all_as_read(_DIGITS.split()))),
        (LINK, {word for word in phrases(Label.LINK) if " " not in word}),
    ):
        for word in words:
            exact[word] = exact.get(word, 0) | part
            if part & (PLACE | SIDE | DIGITS) and len(word) > _SHORTEST_DECLINED:
                stems[stem_of(word)] = stems.get(stem_of(word), 0) | part
    return exact, stems


@cache
def words_for_digits() -> frozenset[str]:
    """Return the words for digits and numbers, in plain letters."""
    return frozenset(all_as_read(_DIGITS.split()))


def words_for_digit(digit: int) -> set[str]:
    """Return how a digit is said in any language, in plain letters."""
    tables = (file["numbers"]["digits"] for file in files() if "numbers" in file)
    return {word for table in tables for word in all_as_read(table[digit])}
