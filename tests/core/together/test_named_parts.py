"""Parts of a number that are named as parts go, in whatever order they are told."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cards import number
from support.read_together import cleaned, look, place

from integration.core.spans import Action
from integration.core.surfaces import SurfaceKind

CARD = "[card visa ****]"


def left_of(*texts: str) -> str:
    """What is left of some messages, each part as one star."""
    places = [place(text, f"m{at}") for at, text in enumerate(texts)]
    left = cleaned(*places)
    return " / ".join(
        re.sub(r"\[card [^\]]*\]", "*", left.get(f"m{at}", text)) for at, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        # the end first, in one text and over messages, other numbers around
        (
            ("Order 20651, total 88.83. Last 8 digits: 6556 5556. The card begins with 4000 0566",),
            "Order 20651, total 88.83. Last 8 digits: *. The card begins with *",
        ),
        (
            ("the rest of my card is 65565556\nCall 07565 891493", "it starts with 40000566"),
            "the rest of my card is *\nCall 07565 891493 / it starts with *",
        ),
        # counted, with numbers and with words
        (
            ("Del 2: 0566-6556", "del 3: 5556. Ordre 204247", "del 1 av kortnr: 4000"),
            "Del 2: * / del 3: *. Ordre 204247 / del 1 av kortnr: *",
        ),
        (
            ("card\nBlock 1: 4000\nBlock 2: 0566", "Block 3: 5566, order 12345\nBlock 4: 5556"),
            "card\nBlock 1: *\nBlock 2: * / Block 3: *, order 12345\nBlock 4: *",
        ),
        (("visa: 2 of 2: 65565556", "1/2: 40000566"), "visa: 2 of 2: * / 1/2: *"),
        # named behind
        (
            ("my card? 6556 5556 is the second half", "and 4000 0566 the first"),
            "my card? * is the second half / and * the first",
        ),
        # the rest of what stands on a line before, and nobody says card
        (
            ("the call broke off\n09:01 4000 0566 (bad line)\n09:05 the rest: 6556 5556",),
            "the call broke off\n09:01 * (bad line)\n09:05 the rest: *",
        ),
        (
            ("Order 40000566 was sent\nthe rest: 65565556",),
            "Order 40000566 was sent\nthe rest: 65565556",
        ),
        # one part is named for its card only
        (
            ("ends in 655656", "hi, use my card 4000056665"),
            "ends in 655656 / hi, use my card 4000056665",
        ),
        (("ends in 565556", "hi, use my card 4000056665"), "ends in * / hi, use my card *"),
    ],
)
def test_named_parts_of_a_card_number_go(texts: tuple[str, ...], left: str) -> None:
    assert left_of(*texts) == left


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Перша половина номера", "Друга половина"),
        ("Первая половина", "Вторая половина"),
        ("Prva polovica broja", "Druga polovica"),
        ("Separuh pertama", "Separuh kedua"),
        ("Numaranın ilk yarısı", "İkinci yarısı"),
        ("Το πρώτο μισό", "Το δεύτερο μισό"),
        ("Az első fele", "A második fele"),
        ("Prima jumătate", "A doua jumătate"),
        ("Pirmoji pusė", "Antroji pusė"),
        ("النصف الأول", "النصف الثاني"),
        ("חצי ראשון", "חצי שני"),
        ("卡号是", "后面接着"),
        ("カード番号の前半は", "残りは"),
        ("카드 앞자리는", "나머지는"),
    ],
)
def test_halves_are_known_in_many_languages(first: str, second: str) -> None:
    texts = f"{first}: 40000566", f"{second}: 65565556"
    assert left_of(*texts) == f"{first}: * / {second}: *"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Første del av kortnummeret", "Fortsettelsen av kortnummeret"),
        ("Kortnummeret begynner med", "Resten kommer her"),
        ("Första delen av kortnumret", "Fortsättning på kortnumret"),
        ("Kortet börjar på", "Och slutar på"),
        ("Første del af kortnummeret", "Fortsættelsen"),
        ("Den første halvdel af mit kort", "Den anden halvdel"),
        ("Fyrri hluti kortanúmersins er", "Seinni hluti kortanúmersins er"),
        ("Kortið byrjar á", "Og endar á"),
        ("Kortin numeron alkuosa on", "Loppuosa on"),
        ("Korttini alkaa", "ja jatkuu"),
        ("Korttinumeron ensimmäinen puolisko", "Toinen puolisko"),
        ("Der vordere Teil der Kartennummer", "Der hintere Teil"),
        ("Die ersten acht Ziffern meiner Karte", "Die letzten acht Ziffern"),
        ("Meine Karte fängt an mit", "und geht weiter mit"),
        ("Het eerste deel van het kaartnummer", "Het vervolg"),
        ("Mijn kaart begint met", "en de rest is"),
        ("Le début du numéro de carte", "La suite"),
        ("Première moitié de ma carte", "Deuxième moitié"),
        ("La primera parte de la tarjeta", "Continúa"),
        ("Mi tarjeta empieza por", "y acaba en"),
        ("A primeira parte do cartão", "A continuação"),
        ("O meu cartão começa com", "e o resto é"),
        ("La prima parte della carta", "Continua così"),
        ("La mia carta inizia con", "il resto è"),
        ("Pierwsza część numeru karty", "Ciąg dalszy"),
        ("Pierwsza połowa karty", "Druga połowa"),
        ("První část čísla karty", "Pokračování"),
        ("Začátek karty", "a zbytek"),
        ("Prvá časť čísla karty", "Druhá časť"),
        ("Začiatok karty", "Zvyšok"),
        ("A kártyaszám eleje", "A folytatás"),
        ("A kártyám első nyolc száma", "A maradék nyolc"),
        ("Prima parte a cardului", "Continuarea"),
        ("Începutul cardului", "restul"),
        ("Kaardi numbri algus", "Ülejäänud"),
        ("Kaardi esimene pool", "Teine pool"),
        ("Kortelės numerio pradžia", "Tęsinys"),
        ("Pirma kortelės dalis", "Antra dalis"),
        ("Kartes numura sākums", "Turpinājums"),
        ("Kartes pirmā puse", "Otrā puse"),
        ("Početak broja kartice", "Nastavak"),
        ("Prvi dio kartice", "Drugi dio"),
        ("Prvi del številke kartice", "Drugi del"),
        ("Začetek kartice", "Ostalo"),
        ("Почетак броја картице", "Наставак"),
        ("Начало номера карты", "Продолжение"),
        ("Первые 8 цифр карты", "Последние 8 цифр"),
        ("Початок номера картки", "Продовження"),
        ("Първата част на картата", "Продължение"),
        ("Началото на картата", "остатъкът"),
        ("Η αρχή του αριθμού της κάρτας", "Η συνέχεια"),
        ("Το πρώτο μισό της κάρτας", "Το υπόλοιπο"),
        ("Kart numaramın başı", "Devamı"),
        ("Kartımın ilk yarısı", "Kalanı"),
        ("Awal nomor kartu", "Lanjutannya"),
        ("Bagian pertama kartu", "Bagian kedua"),
        ("بداية رقم البطاقة", "التكملة"),
        ("الجزء الأول من البطاقة", "الجزء الثاني"),
        ("תחילת מספר הכרטיס", "ההמשך"),
        ("החלק הראשון של הכרטיס", "החלק השני"),
        ("कार्ड नंबर का पहला भाग", "दूसरा भाग"),
        ("Nửa đầu số thẻ visa", "Nửa sau"),
        ("ครึ่งแรกของบัตร", "ครึ่งหลัง"),
        ("卡号前半部分", "后半部分"),
        ("カード番号の最初の8桁", "残りの8桁"),
        ("Sehemu ya kwanza ya kadi", "Sehemu ya pili"),
        ("An chéad ocht ndigit de mo chárta", "Na hocht ndigit deiridh"),
        ("Fyrsti partur av kortnummarinum", "Seinasti parturin"),
        ("Txartelaren lehen zatia", "Bigarren zatia"),
        ("A primeira parte da tarxeta", "O resto"),
        ("Den éischten Deel vun der Kaart", "De Rescht"),
        ("L-ewwel parti tal-karta", "It-tieni parti"),
        ("It earste diel fan de kaart", "It lêste diel"),
        ("Unang bahagi ng card", "Pangalawang bahagi"),
    ],
)
def test_a_beginning_and_what_follows_are_known_in_every_language(first: str, second: str) -> None:
    texts = f"{first}: 4000 0566", f"{second}:\n\n6556 5556"
    assert left_of(*texts) == f"{first}: * / {second}:\n\n*"


def test_all_but_the_last_four_needs_no_word_where_these_are_told() -> None:
    texts = "for MPK 2025/0312: 4000 0566 6556 - the last four later", "the last of my card: 5556"
    assert left_of(*texts) == "for MPK 2025/0312: * - the last four later / the last of my card: *"


def test_the_fields_of_a_payment_message_are_no_parts() -> None:
    said = "card: first half 4000 0566\nDE 003 : [n6] 000000\nDE 011 : [n6] 655655\nDE 012 : {}"
    assert left_of(said.format("then 65565556")) == said.format("then 65565556")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("信用卡號前八碼", "後八碼"),
        ("前8位", "后8位"),
        ("上8桁", "下8桁"),
        ("카드번호 앞 8자리", "뒤 8자리"),
    ],
)
def test_digits_from_the_front_and_the_back_are_counted_without_gaps(
    first: str, second: str
) -> None:
    texts = f"{first}: 40000566", f"{second}: 65565556"
    assert left_of(*texts) == f"{first}: * / {second}: *"


def test_the_last_digit_may_be_told_alone() -> None:
    texts = (
        "First part of my card: 4000 0566",
        "second part: 6556 555",
        "and the last digit is a 6.",
    )
    assert (
        left_of(*texts) == "First part of my card: * / second part: * / and the last digit is a *."
    )


def test_a_text_message_goes_on_where_it_says_so() -> None:
    texts = "numer karty: 4000 0566 55", "ciag dalszy numeru 66 5556 wazna 11/27"
    assert left_of(*texts).startswith("numer karty: * / ciag dalszy numeru * wazna")


def test_the_lines_on_a_card_are_parts() -> None:
    whole = number("6390", 19, random.Random(4))
    text = (
        f"My Maestro is printed on two lines.\n\nTop line: {whole[:12]}\nBottom line: {whole[12:]}"
    )
    assert left_of(text).endswith("Top line: *\nBottom line: *")


def test_a_length_that_is_told_alone_needs_no_word_for_a_card_near_its_parts() -> None:
    whole = number("5038", 19, random.Random(5))
    first = "Je vous envoie le numéro de ma carte Maestro en deux fois."
    texts = f"première partie : {' '.join(whole[:10])}", f"deuxième partie : {whole[10:]}"
    assert left_of(first, *texts).endswith("première partie : * / deuxième partie : *")


def test_a_number_may_begin_as_those_of_any_brand() -> None:
    texts = "İlk 8 hane: 9792 0000", "Son 8 hane: 0000 0003"
    assert left_of("Kart numaram iki mesajda.", *texts).endswith("İlk 8 hane: * / Son 8 hane: *")


def test_the_line_above_may_say_how_many_digits_follow() -> None:
    texts = (
        "まず前半の8桁です。\n4000 0566\n注文は No.7712 です。",
        "後半の8桁は\n6556 5556\nです。",
    )
    assert (
        left_of(*texts) == "まず前半の8桁です。\n*\n注文は No.7712 です。 / 後半の8桁は\n*\nです。"
    )


def test_a_line_that_a_mail_program_broke_goes_on_below() -> None:
    broken = (
        "please update the card on my account, as I asked before. The first eight digits\n"
        "are 4000 0566 -- I'll mail the other eight later."
    )
    assert left_of(broken, "so the other eight digits are 6556 5556.") == (
        "please update the card on my account, as I asked before. The first eight digits\n"
        "are * -- I'll mail the other eight later. / so the other eight digits are *."
    )


def test_brackets_may_say_where_the_rest_is() -> None:
    texts = "carta 4000 0566 (il resto nella nota)", "Resto del numero di carta: 6556 5556, scad."
    assert left_of(*texts) == (
        "carta * (il resto nella nota) / Resto del numero di carta: *, scad."
    )


def test_what_is_typed_at_a_lock_is_no_part() -> None:
    doors = "Master code later. Door 1: 4000#  Door 2: 0566#  Door 3: 6556#  Door 4: 5556#"
    assert left_of(doors) == doors


def test_the_line_above_may_count_the_parts() -> None:
    texts = "SMSID 118830042 PART 1/2\nmy card 4000056665", "SMSID 118830043 PART 2/2\n565556 ok"
    assert left_of(*texts) == (
        "SMSID 118830042 PART 1/2\nmy card * / SMSID 118830043 PART 2/2\n* ok"
    )


def test_letters_without_gaps_part_a_number_as_blanks_do() -> None:
    said = "绑卡失败，卡号是40000566\n客服 10:22\n后面接着65565556哦"
    assert left_of(said) == "绑卡失败，卡号是*\n客服 10:22\n后面接着*哦"


def test_the_last_four_digits_that_were_left_out_may_be_told_later() -> None:
    texts = "kartu Mastercard saya 4000 0566 6556", "Maaf, ketinggalan 4 angka terakhirnya: 5556"
    assert left_of(*texts) == "kartu Mastercard saya * / Maaf, ketinggalan 4 angka terakhirnya: *"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "gap",
    ["  ", " \u2013 ", ".", "...", "--", "|", " \u00b7 ", "_", ":", "~", "'", "\u202f", ", ", ";"],
)
def test_the_groups_of_a_part_may_stand_apart_in_any_even_way(gap: str) -> None:
    first, rest = gap.join(("4000", "0566")), gap.join(("65", "56", "55", "56"))
    texts = f"My card. First 8 digits: {first}\nThanks", f"The other 8: {rest}\nThanks"
    assert left_of(*texts) == ("My card. First 8 digits: *\nThanks / The other 8: *\nThanks")


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        # what is between them, in the order of the sentence or against it
        (
            ("Die Kartennr. endet auf 65556, davor 6655, davor 0056. Sie beginnt mit 400.",),
            "Die Kartennr. endet auf *, davor *, davor *. Sie beginnt mit *.",
        ),
        (
            ("carte : le numéro débute par 400005 - suivi de 665566 - et pour finir 5556.",),
            "carte : le numéro débute par * - suivi de * - et pour finir *.",
        ),
        (
            ("tarjeta: termina en 5556, entre medias 05666556, los primeros son 4000",),
            "tarjeta: termina en *, entre medias *, los primeros son *",
        ),
        (
            ("I read 4000 at the start of the card and 5556 at the end", "middle part 05666556"),
            "I read * at the start of the card and * at the end / middle part *",
        ),
        # by the places of the digits, with a mark or in Roman figures
        (
            ("> card, digits 1-5:\n40000\n> Digits 6 to 11:\n566 655\n> Digits 12-16:\n65556",),
            "> card, digits 1-5:\n*\n> Digits 6 to 11:\n*\n> Digits 12-16:\n*",
        ),
        (
            ("Digits 1-4 .. 4000\nDigits 5-8 .. 0566\nDigits 9-12 . 5566\nRest of card 5556",),
            "Digits 1-4 .. *\nDigits 5-8 .. *\nDigits 9-12 . *\nRest of card *",
        ),
        (
            ("Number 1-4\n4000\nNumber 5-8\n0566\nNumber 9-12\n5566\nRest of card 5556",),
            "Number 1-4\n*\nNumber 5-8\n*\nNumber 9-12\n*\nRest of card *",
        ),
        (
            ("VISA 4000 0566", "half of the card in the order field and the rest here: 5566 5556."),
            "VISA * / half of the card in the order field and the rest here: *.",
        ),
        (
            ("karta: II - 0566, III - 6556, IV - 5556, I - 4000",),
            "karta: II - *, III - *, IV - *, I - *",
        ),
        (("SMS 1/2: my card 4000056", "SMS 2/2: 665565556"), "SMS 1/2: my card * / SMS 2/2: *"),
        # in words, and the last part of two digits only
        (
            (
                "card, the first 8 digits: four zero zero zero zero five six six\nNumber 12",
                "the rest 65565556",
            ),
            "card, the first 8 digits: *\nNumber 12 / the rest *",
        ),
        (
            ("Minha card termina em 56, e antes 665 555. Começa por 40000566",),
            "Minha card termina em *, e antes *. Começa por *",
        ),
        # told on the phone, and who rang
        (
            (
                "first 4 digits of the card: 4000",
                "got the other 12 on the phone: 056665565556",
            ),
            "first 4 digits of the card: * / got the other 12 on the phone: *",
        ),
        (
            ("kort: de første 4000 0566", "resten fikk jeg telefonisk: 6556 5556"),
            "kort: de første * / resten fikk jeg telefonisk: *",
        ),
        (
            ("kort: de første 4000 0566", "telefon: kunden ga resten 6556 5556"),
            "kort: de første * / telefon: kunden ga resten *",
        ),
    ],
)
def test_parts_are_named_in_many_ways(texts: tuple[str, ...], left: str) -> None:
    assert left_of(*texts) == left


@pytest.mark.parametrize(
    "texts",
    [
        ("kort\nnumber[1]: 4000\nnumber[2]: 0566\nnumber[3]: 6556\nnumber[4]: 5556",),
        (
            "card A: 4000 0566 ...\ncard B: 41111111 ...\nThanks",
            "card A: ... 6556 5556\ncard B: ... 11111111",
        ),
    ],
)
def test_nothing_is_left_of_what_is_counted_or_left_open(texts: tuple[str, ...]) -> None:
    assert not re.search(r"\d{2}", left_of(*texts))


def test_the_first_part_may_stand_in_the_subject() -> None:
    subject = place("Re: Card for my booking - 40000566", "s", SurfaceKind.SUBJECT)
    left = cleaned(subject, place("And the other 8: 6556 5556", "m"))
    assert "4000" not in left["s"]
    assert "5556" not in left["m"].replace("**** 5556", "")


def test_a_header_says_parts_only_again() -> None:
    rest = place("the rest is 5101 4471 1822", "m")
    lines = "Subject: {}\nX-Mailer: MIME-tools 5.515 (Entity 5.515)\nX-RT-Interface: REST\n"
    header = lines.format("Switch log for the failed UnionPay purchase")
    assert not cleaned(rest, place(header, "h", SurfaceKind.HEADER))
    said = "my card begins with 5515"
    subject = place(said, "s", SurfaceKind.SUBJECT)
    left = cleaned(rest, place(lines.format(said), "h", SurfaceKind.HEADER), subject)
    assert [left[name].count("[card") for name in "mhs"] == [1, 1, 1]


def test_what_the_end_looked_like_before_is_no_code_of_a_card() -> None:
    left = left_of("my card: last 3: 556, before that 565, before that 56665; it begins 40000")
    assert left == "my card: last 3: *, before that *, before that *; it begins *"


def test_parts_of_a_seldom_number_are_told_where_no_card_is_near() -> None:
    whole = number("6390", 19, random.Random(1))
    texts = f"it begins with {whole[:8]}.", f"It ends with {whole[8:]}.", "my card " + "." * 200
    hits = look(*(place(text, f"m{at}") for at, text in enumerate(texts))).hits
    assert {span.action for hit in hits for span in hit.spans} == {Action.REPORT}


def test_parts_that_nobody_calls_a_card_are_told() -> None:
    hits = look(place("it ends in 65565556. It begins with 40000566")).hits
    assert [span.action for hit in hits for span in hit.spans] == [Action.REPORT] * 2


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "texts",
    [
        ("my card", "it ends in 65565557. It begins with 40000566"),  # is no number
        ("my card", "it ends in 65565556. It begins with 90000566"),  # of no issuer
        ("my card", "the last order is 65565556, the first order 40000566"),
        ("my card", "room 65565556, room 40000566"),  # nobody names them
        ("my card", "it ends in #65565556. It begins with 40000566"),  # a ticket
        ("my card", "it ends in 65565556.pdf, the file /40000566 is the first"),
        ("my card", "it ends in 65565556, and first ********40000566"),  # is masked
        ("my card", "digits 5-12: 65565556, digits 1-8: 40000566"),  # digits are missing
        ("my card", "part 3: 56665, part 2: 565556, part 1: 40000"),  # in another order
        ("my card", '{"start": 40000566, "end": 65565556}'),  # keys of a record
        ("my card", "it begins 40000566, the rest by mail, phone 65565556"),
        ("my card", "first 40000566, paid 655.65 and then 5,56"),
        ("it was 65565556, and it begins with 40000566",),  # neither a card nor an end
        ("RRN 400005665566\nMID 0004471\ncard ending 5556 - no full no. stored",),
    ],
)
def test_anything_else_stays(texts: tuple[str, ...]) -> None:
    assert left_of(*texts) == " / ".join(texts)


def test_parts_whose_digits_are_counted_need_no_word_for_a_card() -> None:
    texts = "her er de 12 første: 4000 0566 6556", "og de fire siste: 5556"
    assert left_of(*texts) == "her er de 12 første: * / og de fire siste: *"


def test_parts_that_are_counted_need_no_word_for_a_card() -> None:
    text = "Blocco 2 0566, blocco 4 5556, blocco 1 4000, blocco 3 5566"
    assert left_of(text) == "Blocco 2 *, blocco 4 *, blocco 1 *, blocco 3 *"


@pytest.mark.parametrize(
    "text",
    [
        "Die Nummer in zwei Hälften, die erste: {}, und die zweite Hälfte ist {}. Danke",
        "First half of the number is {}. The second half: {}",
        "Første halvdel er {}, andre halvdel {}",
    ],
)
def test_two_halves_that_are_called_so_need_no_word_for_a_card(text: str) -> None:
    assert left_of(text.format("4000 0566", "5566 5556")) == text.format("*", "*")


def test_places_that_are_counted_in_figures_name_parts() -> None:
    text = "block by block:\n1st four: {}\n2nd four: {}\n3rd four: {}\nlast four: {}"
    told = ("4000", "0566", "5566", "5556")
    assert left_of(text.format(*told)) == text.format(*"****")


@pytest.mark.exhaustive
def test_what_makes_a_number_by_chance_with_parts_of_a_known_one_stays() -> None:
    text = (
        "I am a customer since your first shop ({}). I have the card here in front of me and my"
        " reading glasses on. On the front there are raised numbers, which start with 4000, then"
        " there is a gap and 0566, then another gap and 5566, and it finishes with 5556."
    )
    for year in range(1900, 2000):
        assert left_of(text.format(year)).count("*") == 4


def test_two_telephones_are_no_halves() -> None:
    text = "My first number is 4000 0566, the second is 5566 5556"
    assert left_of(text) == text


def test_the_end_of_a_number_that_is_masked_tells_what_goes_with_it_and_stays() -> None:
    text = "My card begins with {} and ends in [card visa **** 5556]"
    assert cleaned(place(text.format("4000 0566 5566")))["message"] == text.format(CARD)


def test_the_end_of_a_number_that_is_masked_is_no_part_of_another() -> None:
    text = "Refund 4000-0566, dankort [card dankort **** 5566]. Bank account, reg. no. 5556"
    assert cleaned(place(text, kind=SurfaceKind.SUBJECT)) == {}


def test_many_numbers_are_a_list() -> None:
    lines = "".join(f"the first is {each}, ok?\n\n" for each in range(10_000, 10_015))
    text = f"card\nlast 65565556\n{lines}first 40000566"
    assert left_of(text) == text


@given(seed=st.integers(0, 10_000), first=st.integers(4, 12), reverse=st.booleans())
def test_both_parts_of_any_number_go_in_any_order(seed: int, first: int, *, reverse: bool) -> None:
    whole = number("4", 16, random.Random(seed))
    parts = [f"my card begins with {whole[:first]}.", f"The rest is {whole[first:]}."]
    left = left_of(*(reversed(parts) if reverse else parts))
    assert whole[:first] not in left
    assert len(re.findall(r"\d", left)) <= 4  # twelve digits may be a number by themselves


def test_a_telephone_number_with_its_country_is_no_part() -> None:
    text = "SMS 1/2 from +15065550133: my visa is {}\nSMS 2/2 from +15065550133: {} thx"
    assert left_of(text.format("4000 0566", "5566 5556")) == text.format("*", "*")


def test_who_counts_sixteen_digits_speaks_of_a_card() -> None:
    text = "it starts with 44856993 and then 69458877. That's all sixteen. Flat 16"
    assert cleaned(place(text))["message"].startswith("it starts with [card ")


def test_the_first_digits_may_be_called_the_bin_where_the_subject_says_pan() -> None:
    subject = place("Terminal prints the PAN in three fields", kind=SurfaceKind.SUBJECT)
    text = "BIN      : 601100\nMIDDLE   : 099013\nLAST     : 9424\nSERIAL   : 0821343668"
    shown = cleaned(subject, place(text))["message"]
    assert not any(group in shown for group in ("601100", "099013", "9424"))
    assert "0821343668" in shown


def test_twelve_digits_with_a_name_of_their_own_are_no_number_without_its_end() -> None:
    text = "delete the card ending {}, it is saved. {} 400005665566. I will not write all of it"
    assert cleaned(place(text.format("5556", "customer id"))) == {}
    assert "[card " in cleaned(place(text.format("5556", "It is")))["message"]
