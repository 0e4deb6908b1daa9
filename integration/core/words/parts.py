"""Words by which people name the parts of a number: the first eight, the middle, the rest."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from enum import Flag, auto
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.correcting import ends
from integration.core.words.counted import words_for_digit
from integration.core.words.index import WORD
from integration.core.words.positions import may_count_parts
from integration.core.words.vocabulary import all_as_read, as_read


class Part(Flag):
    """Which part of a number some digits are."""

    FIRST = auto()
    """It begins with them."""
    NEXT = auto()
    """They come behind the first: the middle, part 2."""
    LAST = auto()
    """It ends with them: the last four, the rest."""
    JOINED = auto()
    """Nothing but `and` stands before them."""


_FIRST: Final = """
    first begin begins beginning begun start starts starting started begining initial
    først første begynner begynnelsen begynner starter starten start startet innledes
    första först början börjar startar inleds begynder begynder starten indledes
    erste ersten erster beginnt anfang fängt vorne anfangs beginn zuerst startet
    eerste begint begin vooraan aanvang premier premiers première premières commence début débute
    débutent commencent
    primero primeros primera primeras primer empieza empiezan comienza comienzan inicio inicia
    começa começam início começo primeiro primeiros primeira primeiras
    primi prima prime primo inizia iniziano comincia cominciano inizio
    pierwsze pierwsza pierwszy pierwszych zaczyna początek najpierw první začíná začátek
    prvé začína prvních ensimmäinen ensimmäiset alkaa alku alussa ensin
    első eleje kezdődik kezdete primele începe începutul
    первый первая первую первые первых первой начинается начало сначала
    перша перший першу перші перших починається початок спочатку
    първа първата първите започва начало prva prvi prvu prve prvih počinje početak začne začetek
    прва први прву прве почиње pertama awal awalnya depan dimulai ilk birinci başlıyor başlangıç
    πρώτα πρώτο πρώτη αρχίζει ξεκινά αρχή pirmi pirmieji pirmoji prasideda pirmie pirmā sākas
    esimene esimesed algab الأول الأولى أول يبدأ ראשון ראשונה ראשונות מתחיל पहला पहले पहली
"""
_NEXT: Final = """
    next then middle mid second third fourth followed follows following continues
    continue continued after afterwards between before front preceded preceding
    neste så midten midterste andre tredje fjerde fulgt deretter fortsetter fortsettelse videre
    mellom imellom før foran dernest
    etter nästa sedan sen mitten andra därefter följt fortsätter mellan emellan däremellan innan
    dessförinnan före framför vidare
    næste midterste anden andet derefter herefter dernæst efterfulgt efter mellem imellem
    derimellem inden forinden forrest
    nächste nächsten dann danach mitte mittlere mittleren zweite zweiter zweiten dritte dritter
    dritten weiter gefolgt zwischen dazwischen davor vorher anschließend
    volgende dan daarna midden middelste tweede derde gevolgd tussen daartussen tussenin daarvoor
    ervoor vervolgens
    puis ensuite suivants suivant suivants milieu deuxième seconde second troisième suivi après
    suivis entre avant
    luego después siguiente siguientes medio segunda segundo tercera tercero seguido seguidos medias
    antes
    depois seguinte seguintes meio segunda segundo terceira terceiro seguidos
    poi dopo seguenti successive centrali mezzo seconda secondo terza terzo seguito seguite tra
    prima quindi
    potem następnie następne dalej środek środku środkowe druga drugie trzecia trzecie pomiędzy
    między przedtem wcześniej przed poprzedzone další pak potom střed druhá ďalšie
    mittelteil mittelstück midtdel midterdel mellandel mittdel middendeel keskiosa
    seuraavat sitten keskellä toinen kolmas välissä välistä ennen sitä
    második következő aztán majd utána középső harmadik negyedik următoarele apoi mijloc doua treia
    вторая второй вторую вторые следующие следующая потом затем дальше далее середина третья
    друга другий другу другі наступні наступна потім далі третя четверта
    втора втората следващите после druga drugi drugu sljedeće sledeće zatim onda potom sredina treća
    затим онда следеће kedua berikutnya selanjutnya lalu kemudian tengah ketiga keempat
    ikinci sonraki sonra ardından ortadaki üçüncü dördüncü δεύτερο δεύτερη επόμενα μετά τρίτο
    antra antroji toliau otrā nākamie teine teise järgmised الثاني الثانية ثم
    שני שנייה दूसरा दूसरे फिर
"""
_JOINED: Final = "and og och und en et y e i ja plus a и و ve dan"
_REST: Final = """
    rest remaining remainder other others back missing lastly
    sist resten resterende andre slut slutligen återstående resterande övriga sidst manglende øvrige
    restsiffror restsiffer restziffern endteil schlussteil sluttdel slutdel loppuosa
    mangler saknas saknade avslutas avsluttes afsluttes
    letzter übrige übrigen restliche restlichen schluss schluß schließlich fehlende fehlenden
    anderen eind overige resterende andere slotte tenslotte ontbrekende
    dernière dernières reste restants autre autres suite manquants manquant enfin
    última resto restantes otra otros faltan faltantes último últimas fim restante outra outros
    faltam falta ultima restanti altra altre mancanti mancano resto infine ultimo
    ostatnia ostatnie reszta resztę pozostałe brakujące brakuje wreszcie zbytek zvyšok
    loppu loppuvat loput lopuksi muut viimeiset puuttuvat viimeisenä vége sfârșit
    többi maradék hiányzó restul lipsesc остальные остальное остаток недостающие
    решта решту залишок бракує останалите остатък ostatak ostale ostalo preostale остатак
    sisa sisanya kurang ketinggalan terakhirnya kalan kalanı gerisi eksik υπόλοιπα υπόλοιπο
    likusi likusieji likę pārējie atlikušie ülejäänud الباقي השאר बाकी
"""
"""Besides the words for the end of a number (`words.correcting`)."""
_UNPARTED: Final = {
    Part.FIRST: "前半 前面 开头 開頭 앞자리 앞부분",
    Part.NEXT: "后面 後面 接着 接下来 接下來 次に 続き 続いて 다음 이어서",
    Part.LAST: "后半 後半 剩下 其余 其餘 最后 最後 残り 뒷자리 뒷부분 나머지 끝자리",
}
"""The same in scripts without gaps between words."""
_HALF: Final = """
    half halves halvdel halvdelen halvdeler halvparten hälften hälfte hälften helft helften moitié
    mitad mitades metade metades metà połowa połowę połówka polovina polovinu puolikas puolet
    половина половину половины половини polovica polovicu polovina separuh setengah yarısı yarı
    yarısını μισό fele felét jumătate jumătatea pusė puse pool poole النصف חצי आधा आधे
"""
_MARKS: Final = dict.fromkeys(map(ord, string.punctuation + "\n\t\r\xa0«»“”’"), " ")
_COUNTED: Final = """
    part parts pt lot batch bunch del teil deel parte partie cz część część část osa half halvdel
    mail mails mld
    message email mejl epost melding meddelande besked beskjed nachricht mensaje mensagem messaggio
    bericht berichtje wiadomość viesti correo sms courriel sähköposti meddelelse tekst text texto
    group gruppe gruppen grupp groupe grupo gruppo grupa ryhmä groep set sett block blokk blok bloc
    bloque blocco bloco blokka gruppa quad chunk section field felt fält feld veld champ campo pole
    kenttä box rute ruta casilla segment piece bit stykke bit stück stuk morceau trozo pedaço pezzo
    kawałek
    line linje zeile regel ligne línea linha riga linia wiersz rivi
    часть частина част bölüm parça kısım bagian μέρος rész dio dalis daļa osa
"""
_NUMBER: Final = "number nummer nr no num numéro número numero"
_OF_SO_MANY: Final = lazy(
    r"([1-5])(?<![\d/].) ?(?:/|av|af|out of|of|von|de|di|van|sur|su|z|ze|yhteensa) ?[2-5](?![\d/])"
)
"""1/2, del 1 av 3."""
_ORDINAL: Final = lazy(r"(?<![\w.,:/-])([1-5])(?:st|nd|rd|th|ere?|re|eme|e|:[ae]|[ao])(?!\w)")
_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fourth")
_OF_TWO: Final = frozenset("12")
_TEN: Final = 10
_COUNTS: Final = range(1, 6)


def parts_told(words: str) -> Part:
    """Return which part of a number some words (in plain letters) may name; none where none.

    >>> parts_told("the first eight are")
    <Part.FIRST: 1>
    """
    said = set(WORD.findall(_with_ordinals(words)))
    told = Part(0)
    for part, known in _known().items():
        if not known.isdisjoint(said):
            told |= part
    for part, unparted in _unparted().items():
        if unparted.search(words):
            told |= part
    for place in counted_parts(words):
        told |= Part.FIRST if place == 1 else Part.NEXT
    return told


def _with_ordinals(words: str) -> str:
    """The words with a word for each place that is counted in figures: 1st, 2e, 3rd."""
    return _ORDINAL.sub(lambda found: _ORDINALS[int(found[1])], words)


def says_half(words: str) -> bool:
    """Return whether some words (in plain letters) speak of one half, or of the rest.

    >>> says_half("und die zweite halfte ist"), says_half("it ends in")
    (True, False)
    """
    return not _halves().isdisjoint(WORD.findall(words))


@cache
def _halves() -> frozenset[str]:
    return frozenset(all_as_read(f"{_HALF} {_REST}".split()))


def counts(words: str, digits: int) -> bool:
    """Return whether some words (in plain letters) say so many digits: `de 12 forste`, `last four`.

    >>> counts("the last four are", 4), counts("the last four are", 8)
    (True, False)
    """
    return not _counting(digits).isdisjoint(WORD.findall(words))


@cache
def _counting(digits: int) -> frozenset[str]:
    return frozenset((str(digits), *(words_for_digit(digits) if digits < _TEN else ())))


def counted_parts(words: str) -> Iterator[int]:
    """Yield the places of the parts of a number that some words count, from 1 on.

    >>> list(counted_parts("group number two, part 3, 1/2"))
    [2, 3, 1]
    """
    for found in _counted().finditer(words):
        yield _places()[found["behind"] or found["before"]]
    yield from (int(found[1]) for found in _OF_SO_MANY.finditer(words))


@cache
def _counted() -> re.Pattern[str]:
    parts, marks, places = (
        "|".join(map(re.escape, each))
        for each in (_part_words(), all_as_read(_NUMBER.split()), _places())
    )
    named = rf"(?:{parts})(?: (?:(?:{marks})\.? ?)?| ?#)(?P<behind>{places})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{named}|(?P<before>[1-5])\. ?(?:{parts})(?!\w))")


@cache
def _part_words() -> frozenset[str]:
    return frozenset(all_as_read(_COUNTED.split()))


@cache
def _places() -> dict[str, int]:
    said = {word: place for place in _COUNTS for word in words_for_digit(place)}
    return said | {str(place): place for place in _COUNTS}


@cache
def _known() -> dict[Part, frozenset[str]]:
    listed = {Part.FIRST: _FIRST, Part.NEXT: _NEXT, Part.LAST: _REST, Part.JOINED: _JOINED}
    known = {part: frozenset(all_as_read(words.split())) for part, words in listed.items()}
    return known | {Part.LAST: known[Part.LAST] | ends() - known[Part.FIRST]}


@cache
def _unparted() -> dict[Part, re.Pattern[str]]:
    return {
        part: re.compile("|".join(map(re.escape, all_as_read(words.split()))))
        for part, words in _UNPARTED.items()
    }


def is_of_parts(word: str) -> bool:
    """Return whether a word (in plain letters) names a part, whatever else it may name: `block`."""
    return word in _telling() or word in _known()[Part.NEXT]


def without_joint(text: str) -> str:
    """Return what stands behind the word that joins a text to the one before: `and 1111 1111`."""
    first, blank, rest = text.strip().partition(" ")
    return rest if blank and as_read(first) in _known()[Part.JOINED] else text


def may_name_parts(text: str) -> bool:
    """Return whether a text may name the first or the last part of a number anywhere."""
    letters = _with_ordinals(as_read(text))
    words = frozenset(letters.translate(_MARKS).split())
    if not _telling().isdisjoint(words) or words >= _OF_TWO:
        return True
    if any(unparted.search(letters) for unparted in _unparted().values()):
        return True
    return _OF_SO_MANY.search(letters) is not None or may_count_parts(letters)


@cache
def _telling() -> frozenset[str]:
    known = _known()
    return known[Part.FIRST] | known[Part.LAST] | _part_words()
