"""Numbers of things that have no label: a street and its house, a room, an extension, an age."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.codes import What, ends_a_sum
from integration.core.sensitive.others import FOREIGN
from integration.core.text.lazy import lazy
from integration.core.words.counted import FOUR, PLACE, THREE, part_of
from integration.core.words.index import WORD
from integration.core.words.vocabulary import Label, all_as_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Scene
    from integration.core.words.labels import Found

# Whole words right before the number, a mark or a word for number between.
_THINGS: Final = """
    ext extension op operator operatør operador opérateur dept unit suite apt apartment flat floor
    út strada via calle rua rue ulica ulice улица вулиця
    hours open åpningstid åpningstider öppettider åbningstid öffnungszeiten
    room house street st road rd avenue ave lane block gate door table seat train flight bus line
    qty quantity pcs weight antall vekt antal vikt vægt anzahl menge gewicht aantal quantité qté
    poids cantidad cant peso quantità quantidade qtd ilość waga počet množství váha darab db súly
    cantitate količina тегло брой количество кол-во вес кількість вага ποσότητα adet miktar
    määrä kogus skaits
    kiekis fjöldi sasia jumlah idadi
    row rows rad rekke linje række zeile reihe rij regel fila riga wiersz paddle
    store shop till locker batch folder butikk butikken butik
    filial filiale kasse kassa mappe ordner
    firefox chrome chromium safari edge android ios windows macos
    platform page age aged section item lot dorm ward bed bay shelf box
    cabin cottage chalet lodge bungalow villa pitch hytte hytta hytten hyttenr stuga stugan cabina
    cabine cabaña cabana ferienhaus hütte kabine domek chata chatka mökki
    version ver release rev revision statement edition ms duration latency elapsed port
    lok lokal lokalnr anknytning anknytn durchwahl dw nebenstelle app toestel tst poste interno int
    ramal anexo wew wewn linka klapka mell mellék dahili вн внутр доб внутренний вътр крило
    rom rommet leilighet leil etasje hus husnr bord plass sete tog fly buss rute side alder avd
    værelse værelset lejlighed lejl etage bus fly tog bord plads afd nr.rum
    rum rummet lägenhet lgh våning plats tåg flyg sida ålder avdelning
    zimmer zi wohnung whg etage stock haus tisch platz zug flug linie seite alter abteilung halle
    kamer appartement verdieping huis tafel stoel trein vlucht lijn bladzijde leeftijd afdeling bus
    chambre ch appartement appt étage maison table place train vol ligne page âge bâtiment bât
    habitación hab piso puerta depto departamento mesa asiento tren vuelo línea página edad bloque
    camera stanza appartamento piano interno scala tavolo posto treno volo linea pagina età
    quarto apto apartamento andar sala bloco mesa assento trem comboio voo linha página idade torre
    pokój pokoju mieszkanie m piętro dom stół miejsce pociąg lot linia strona wiek klatka
    pokoj pokoje byt patro stůl stôl sedadlo vlak let linka strana věk vek dveře
    szoba lakás emelet ház asztal hely vonat járat oldal kor
    soba sobi stan kat kuća stol sto mjesto mesto vlak voz let linija strana dob
    camera apartament ap etaj bloc bl masa locul tren zbor pagina vârsta scara sc
    стая апартамент ап етаж блок бл маса място влак полет страница възраст вход
    комната номер кв квартира этаж дом д стол место поезд рейс страница возраст корпус подъезд каб
    кімната квартира поверх будинок буд місце поїзд рейс сторінка вік під'їзд
    соба стан кат стол место воз лет страна
    δωμάτιο διαμέρισμα όροφος τραπέζι θέση τρένο πτήση σελίδα ηλικία οδός
    oda daire kat masa koltuk tren uçuş sefer sayfa yaş blok kapı
    huone asunto as kerros talo pöytä paikka juna lento sivu ikä
    tuba korter maja laud koht rong lend vanus
    istaba dzīvoklis dz stāvs māja galds vieta vilciens reiss vecums
    kambarys butas kb aukštas namas stalas vieta traukinys reisas amžius
    herbergi íbúð hæð hús borð sæti flug síða aldur
    dhoma apartamenti kati tavolina vendi treni fluturimi mosha
    kamar lantai meja kursi kereta halaman umur usia blok
    phòng tầng bàn ghế tàu chuyến trang tuổi lầu
    chumba ghorofa meza kiti ukurasa umri silid palapag
    غرفة شقة طابق الطابق مبنى طاولة مقعد قطار رحلة صفحة عمر
    חדר דירה קומה בית שולחן מושב רכבת טיסה עמוד גיל
    اتاق واحد طبقه پلاک صندلی قطار پرواز صفحه سن داخلی
    कमरा फ्लैट मंजिल मकान सीट ट्रेन उड़ान पृष्ठ उम्र
    রুম ফ্ল্যাট তলা বাড়ি সিট ট্রেন পৃষ্ঠা বয়স
    کمرہ فلیٹ منزل مکان سیٹ ٹرین صفحہ عمر
"""
# Endings of names of streets, and of fields: messageVersion.
_STREETS: Final = """
    gade gaden vej vejen alle allé boulevard veien vei gata gate gatan vägen väg straße strasse str
    weg allee platz plass plads plats laan straat plein gracht kade utca katu tie kuja tänav iela
    gatvė street caddesi sokak
    version
"""
_UNPARTED: Final = """
    数量 數量 個数 수량 จำนวน 号室 號室 号房 號房 房间 房間 部屋 内線 호실 내선 ห้อง ชั้น
    分机 分機 轉 转
"""
_RATES: Final = """
    mo mth month mnd md man mies mc mes mois mese monat maand kk ay ar yr year an jahr jaar day dag
    tag jour dia night natt nacht week uke vecka stk st pcs szt ks kpl h t km kg l
"""
_EACH = lazy(rf" ?/ ?(?:{'|'.join(_RATES.split())})(?![^\W_])")
_DAYS = lazy(
    r"[ \xa0](?:(?:business|working|calendar|banking) )?(?:days?|weeks?|hours?|minutes?)(?![^\W_])"
    r"|[ \xa0](?:[^\W\d_]{0,9}(?:dager|dagar|dage|dagen|tage|tagen|werktage)|jours|dias|giorni|dni)"
    r"(?![^\W_])"
)
"""Behind how long something takes: 7-10 business days."""
_FIELD = lazy(
    r"[ \t>]*(?:x|rt|content|mime|message|in-reply|return|reply|list|dkim|arc|received|delivered"
    r"|auto|thread|user|cache|accept|authentication)-[a-z-]+:"
)
"""A field of the head of a mail or a request (RFC 5322, RFC 9110): `Content-Length: 711`."""
_ON = lazy(
    r"(?<![^\W_])(?:on|since|dated|am|vom|seit|den|siden|sedan|le|depuis|el|desde|il|dal|op|sinds"
    r"|dnia|od|em|arriv(?:ing|e|al)|leaving|depart(?:ing|ure)|check(?:ing)?[ -]?(?:in|out)|staying"
    r"|ankomst|ankommer|avreise|anreise|abreise|sent|posted|ordered|delivered|booked|born)"
    r"[ \t\xa0]{1,2}\Z"
)
"""Before the day on which something took place: `my card 4111 ... on 28-02-2025`."""
_LONGEST_ON: Final = 14
_SECONDS = lazy(r"[ tT](?!00:00:00|23:59:59)[0-9]{2}:[0-9]{2}:[0-9]{2}(?![0-9])")
"""Behind the day on which a machine wrote something; a card is good until midnight."""
_BEGINS_AN_ORDER = lazy(r"(?<![^\W_])[^\W\d_]{1,4}/\Z")
_ENDS_AN_ORDER = lazy(r"-[^\W\d_]{1,3}(?:[0-9]|(?![^\W_]))")
"""Letters that make a number of an order of a date: `PL/05/2024/118`, `10-22-B7`, `2025-03-A`."""
_LONGEST_LETTERS: Final = 6
_OF_A_CARD: Final = frozenset({Label.CARD, Label.CARD_HINT, Label.EXPIRY})
"""What heads the column of a card, without which a table is none of cards."""
_SURELY_OTHER: Final = FOREIGN - {Label.OTHER_NUMBER, Label.REFERENCE}
"""Heads of columns whose numbers are no codes; `Control number` may be one."""
_OF_A_CODE: Final = PLACE | THREE | FOUR
"""Words for the back of a card or for three digits."""
_WORDS_OF_A_HEAD: Final = 3
_REACH: Final = 40
_ENDS_A_HEAD: Final = " \t\n\xa0:."


def is_of_a_thing(scene: Scene, value: Value) -> bool:
    """Return whether what stands beside a number names what has it: room 214, Storgata 118, 129/mo.

    Or makes it the thousands of a sum.
    """
    line = scene.text.rfind("\n", 0, value.start) + 1
    return bool(
        _before().search(scene.text, max(0, value.start - _REACH), value.start)
        or _EACH.match(scene.text, value.end)
        or _DAYS.match(scene.text, value.end)
        or _FIELD.match(scene.text, line, value.start)
        or is_in_its_column(scene, value)
        or is_when_it_took_place(scene, value)
        or (value.what is What.DATE and is_of_an_order(scene, value))
        or ends_a_sum(scene.text, value)
    )


def is_when_it_took_place(scene: Scene, value: Value) -> bool:
    """Return whether a word before a date, or the time behind, says that something took place."""
    if value.what is not What.DATE:
        return False
    before = max(0, value.start - _LONGEST_ON), value.start
    return bool(_ON.search(scene.text, *before) or _SECONDS.match(scene.text, value.end))


def is_of_an_order(scene: Scene, value: Value) -> bool:
    """Return whether a date is a part of a number that has letters, and the letters say nothing."""
    before = max(0, value.start - _LONGEST_LETTERS), value.start
    letters = (
        _BEGINS_AN_ORDER.search(scene.text, *before),
        _ENDS_AN_ORDER.match(scene.text, value.end),
    )
    return any(found and not scene.labels_between(*found.span()) for found in letters)


def is_in_its_column(scene: Scene, value: Value) -> bool:
    """Return whether the head of the column that a number is in names another thing: Room."""
    told = scene.columns.head_of(value.start)
    if told is None:
        return False
    head, heads = told
    of_cards = [
        cell for cell in heads if any(each.label in _OF_A_CARD for each in _labels(scene, cell))
    ]
    if not of_cards:
        return False
    words = WORD.findall(scene.text[slice(*head)])
    labels = {found.label for found in _labels(scene, head)}
    of_card = labels - FOREIGN - {Label.LINK} or any(part_of(word) & _OF_A_CODE for word in words)
    if of_card or len(words) > _WORDS_OF_A_HEAD:
        return False
    thing = _before().search(scene.text[slice(*head)].rstrip(_ENDS_A_HEAD))
    # A code stands behind its card, so what stands before it under any name is none.
    return bool(thing or labels & _SURELY_OTHER or (words and head < of_cards[0]))


def is_headed_as_code(scene: Scene, value: Value) -> bool:
    """Return whether the head of the column that a number is in names the code of a card."""
    told = scene.columns.head_of(value.start)
    return told is not None and any(
        found.label is Label.SECURITY_CODE for found in _labels(scene, told[0])
    )


def _labels(scene: Scene, cell: tuple[int, int]) -> Sequence[Found]:
    return scene.labels_between(cell[0], cell[1] - 1)


@cache
def _before() -> re.Pattern[str]:
    things = "|".join(sorted({re.escape(word) for word in all_as_read(_THINGS.split())}))
    streets = "|".join(sorted({re.escape(word) for word in all_as_read(_STREETS.split())}))
    unparted = "|".join(all_as_read(_UNPARTED.split()))
    return re.compile(
        rf"(?:(?<![^\W_])(?:{things}|[^\W\d_]*(?:{streets}))|(?:{unparted}))"
        r"[\"']?[ \xa0]?[.:#=]?[ \xa0]?[\"']?(?:(?:nr|no|num|n|n\xb0|№|#)[.:]?[ \xa0]?)?\Z"
    )
