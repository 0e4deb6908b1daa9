from __future__ import annotations

import pytest

from integration.core.cards.spelled import spelled
from integration.core.detection import find, mask
from integration.core.policy import Policy
from integration.core.spans import Kind
from integration.core.text.reading import read

VISA, AMEX = "4111111111111111", "378282246310005"
DIGITS = {
    "en": "zero one two three four five six seven eight nine",
    "nb": "null en to tre fire fem seks sju åtte ni",
    "sv": "noll ett två tre fyra fem sex sju åtta nio",
    "cy": "dim un dau tri pedwar pump chwech saith wyth naw",
    "da": "nul en to tre fire fem seks syv otte ni",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "pt": "zero um dois três quatro cinco seis sete oito nove",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "fi": "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän",
    "ro": "zero unu doi trei patru cinci șase șapte opt nouă",
    "ru": "ноль один два три четыре пять шесть семь восемь девять",
    "uk": "нуль один два три чотири п'ять шість сім вісім дев'ять",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    "el": "μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα",
    "ar": "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة",
    "he": "אפס אחת שתיים שלוש ארבע חמש שש שבע שמונה תשע",
    "hi": "शून्य एक दो तीन चार पांच छह सात आठ नौ",
    "hi in Latin letters": "zero ek do teen chaar paanch chhe saat aath nau",
    "bn": "শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয়",
    "bn in Latin letters": "shunno ek dui teen char panch choy saat aat noy",
    "gu": "શૂન્ય એક બે ત્રણ ચાર પાંચ છ સાત આઠ નવ",
    "kn": "ಸೊನ್ನೆ ಒಂದು ಎರಡು ಮೂರು ನಾಲ್ಕು ಐದು ಆರು ಏಳು ಎಂಟು ಒಂಬತ್ತು",
    "kn in Latin letters": "sonne ondu eradu mooru naalku aidu aaru elu entu ombattu",
    "ml": "പൂജ്യം ഒന്ന് രണ്ട് മൂന്ന് നാല് അഞ്ച് ആറ് ഏഴ് എട്ട് ഒമ്പത്",
    "ml in Latin letters": "poojyam onnu randu moonnu naalu anchu aaru ezhu ettu onpathu",
    "mr": "शून्य एक दोन तीन चार पाच सहा सात आठ नऊ",
    "pa": "ਸਿਫ਼ਰ ਇੱਕ ਦੋ ਤਿੰਨ ਚਾਰ ਪੰਜ ਛੇ ਸੱਤ ਅੱਠ ਨੌਂ",
    "pa in Latin letters": "sifar ikk do tinn chaar panj chhe satt atth naun",
    "ta": "பூஜ்யம் ஒன்று இரண்டு மூன்று நான்கு ஐந்து ஆறு ஏழு எட்டு ஒன்பது",
    "ta in Latin letters": "poojyam onnu rendu moonu naalu anju aaru ezhu ettu ombodhu",
    "te": "సున్నా ఒకటి రెండు మూడు నాలుగు ఐదు ఆరు ఏడు ఎనిమిది తొమ్మిది",
    "te in Latin letters": "sunna okati rendu moodu naalugu aidu aaru yedu enimidi tommidi",
    "id": "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "cs": "nula jedna dva tři čtyři pět šest sedm osm devět",
    "vi": "không một hai ba bốn năm sáu bảy tám chín",
}


def in_words(number: str, language: str, separator: str = " ") -> str:
    names = DIGITS[language].split()
    return separator.join(names[int(digit)] for digit in number)


def cards(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", [VISA, AMEX], ids=["visa", "amex"])
@pytest.mark.parametrize("language", DIGITS)
def test_a_number_in_words_is_found_with_its_exact_bounds(language: str, number: str) -> None:
    for separator in (" ", ", ", "-", ". ", "\n"):
        words = in_words(number, language, separator)
        assert cards(f"My card: {words}. Thanks") == [words]


@pytest.mark.parametrize(
    "words",
    [
        "four double one one, one one one one, double one double one, one triple one",
        "Four one eleven eleven eleven eleven eleven eleven one one",
        "forty-one eleven eleven eleven eleven eleven eleven eleven",
        "førtien elleve elleve elleve elleve elleve elleve elleve",
        "einundvierzig elf elf elf elf elf elf elf",
        "quarante et un, onze, onze, onze, onze, onze, onze, onze",
        (
            "cinquante-trois trente-huit trente-deux soixante-huit trente quatre-vingt-un "
            "quarante-quatre vingt-trois"
        ),
        "cuarenta y uno once once once once once once once",
        "enogfyrre elleve elleve elleve elleve elleve elleve et et",
        "en og fyrre elleve elleve elleve elleve elleve elleve elleve",
        ("femogfyrre enoghalvfjerds nul syv treogtredive otteogtyve tooghalvfems halvfems et et"),
        (
            "neljä viis yheksän seittemän, nolla kolme yheksän viis, nelkytkolme nelkytkolme "
            "kolme yheksän kolme yks"
        ),
        "four fours, double five, one one, then two, one one one one one one four",
        "four 1 one 1 one 1 one 1 one 1 one 1 one 1 one 1",
        "four one one one and then one one one one space one one one one dash one one one one",
    ],
    ids=[
        "doubles",
        "teens",
        "en",
        "nb",
        "de",
        "fr",
        "fr hyphens",
        "es",
        "da",
        "da apart",
        "da ten and units",
        "fi as spoken",
        "plural",
        "mixed",
        "fillers",
    ],
)
def test_tens_doubles_and_fillers_are_understood(words: str) -> None:
    assert cards(f"It is {words}") == [words]


@pytest.mark.parametrize(
    "words",
    [
        (
            "vier drei mal null null fünf zweimal die sechs, "
            "zweimal fünf zwei mal sechs dreimal fünf sechs"
        ),
        (
            "quatre trois fois zéro, zéro cinq deux fois six, "
            "deux fois cinq deux fois six, trois fois cinq six"
        ),
        (
            "cuatro tres veces el cero, cero cinco dos veces seis, "
            "dos veces cinco seis seis, tres veces cinco seis"
        ),
        (
            "fire tre gange nul, nul fem to gange seks, "
            "to gange fem to gange seks, tre gange fem seks"
        ),
        "four three times zero, zero five twice six, five five six six, five twice the five six",
    ],
    ids=["de", "fr", "es", "da", "en"],
)
def test_digits_may_be_said_so_many_times(words: str) -> None:
    assert cards(f"It is {words}") == [words]


UNPARTED = {
    "chinese": "零 一 二 三 四 五 六 七 八 九",
    "katakana": "ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュー",
    "hiragana": "れい いち に さん よん ご ろく なな はち きゅう",
    "korean": "공 일 이 삼 사 오 육 칠 팔 구",
    "thai": "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
}


@pytest.mark.parametrize("script", UNPARTED)
@pytest.mark.parametrize("number", [VISA, AMEX], ids=["visa", "amex"])
def test_digits_without_gaps_between_their_words_are_read(script: str, number: str) -> None:
    names = UNPARTED[script].split()
    written = "".join(names[int(digit)] for digit in number)
    assert cards(f"卡号是{written}，谢谢") == [written]


def test_groups_without_gaps_are_read_beside_a_code_in_figures() -> None:
    written = " ".join(["ヨンニーヨンニー"] * 4)
    text = f"カード番号 {written} CVV 123"
    assert mask(text, find(text)) == "カード番号 [card visa **** 4242] CVV [security code removed]"


@pytest.mark.parametrize("then", ["then", "dann", "puis"])
def test_a_word_may_part_the_figures_of_a_number(then: str) -> None:
    written = f" {then} ".join(VISA)
    assert cards(f"It is {written} ok") == [written]


def test_sixty_and_fifteen_are_seventy_five_in_french() -> None:
    reading = spelled(read("soixante-quinze quatre-vingt-onze " * 4))
    assert reading.folded.replace(b"\xad", b"").replace(b" ", b"") == b"7591" * 4
    reading = spelled(read("soixante-dix-huit quatre-vingt-dix-huit " * 4))
    assert reading.folded.replace(b"\xad", b"").replace(b" ", b"") == b"7898" * 4


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("language", "before", "date"),
    [
        ("nb", "utløper", "ellevte tjueåtte"),
        ("nb", "og det går ut i", "mai tjuesju"),
        ("en", "expires", "may twenty seven"),
        ("en", "expires", "june two eight"),
        ("nb", "utløper", "juni to åtte"),
        ("nb", "utløper", "null fire to åtte"),
        ("nb", "går ut", "fire skråstrek tjueåtte"),
        ("en", "exp", "four slash two eight"),
        ("es", "vence en", "junio dos ocho"),
        ("da", "udløber", "maj syvogtyve"),
        ("sv", "går ut", "åttonde tjugosju"),
        ("da", "udløber", "ottende syvogtyve"),
        ("cs", "platí do", "devátý dvacet sedm"),
        ("tr", "son kullanma", "sekizinci ay yirmi yedi"),
        ("pl", "ważna do", "marca dwudziestego dziewiątego"),
        ("pl", "ważna do", "maja dwa tysiące dwudziestego ósmego"),
        ("en", "good until the", "eleventh of twenty eight"),
        ("sv", "det går ut", "sjätte månaden tjugosju"),
        ("ru", "срок", "девятый месяц двадцать седьмого"),
        ("fr", "expiration", "zéro quatre vingt-sept"),
    ],
)
def test_a_month_may_be_counted_and_a_year_declined(language: str, before: str, date: str) -> None:
    text = f"visa {in_words(VISA, language)}, {before} {date}, ok"
    assert mask(text, find(text)) == (f"visa [card visa **** 1111], {before} [expiry removed], ok")


@pytest.mark.parametrize(
    ("script", "date"),
    [
        ("chinese", "二七年十月"),
        ("chinese", "二零二九年三月"),
        ("chinese", "二十九年十二月"),
        ("korean", "이십칠년 오월"),
        ("korean", "이천이십칠년 유월"),
        ("korean", "이십칠년 십이월"),
    ],
)
def test_a_year_and_a_month_without_gaps_are_the_expiry(script: str, date: str) -> None:
    names = UNPARTED[script].split()
    written = "".join(names[int(digit)] for digit in VISA)
    text = f"卡号是{written}，有效期{date}。"
    assert mask(text, find(text)) == "卡号是[card visa **** 1111]，有效期[expiry removed]。"


@pytest.mark.parametrize("other", ["二七年千月", "二七年九九月", "千年十月", "十二年零月"])
def test_no_month_is_made_of_what_is_none(other: str) -> None:
    names = UNPARTED["chinese"].split()
    written = "".join(names[int(digit)] for digit in VISA)
    text = f"{written}，{other}。"
    assert mask(text, find(text)) == f"[card visa **** 1111]，{other}。"


def test_the_code_and_the_date_beside_it_are_read_too() -> None:
    text = f"card {in_words(VISA, 'en')} expires twelve twenty seven cvv one two three"
    assert mask(text, find(text)) == (
        "card [card visa **** 1111] expires [expiry removed] cvv [security code removed]"
    )


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("koden bak er null fire ni", "null fire ni"),
        ("and the cvv is six double oh", "six double oh"),
        ("le cryptogramme est neuf, un, quatre", "neuf, un, quatre"),
        ("код безопасности: один два три", "один два три"),
    ],
    ids=["nb", "en", "fr", "ru"],
)
def test_a_code_in_words_is_read_beside_a_number_in_figures(text: str, removed: str) -> None:
    text = f"{VISA} {text}"
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.CVV] == [removed]


def test_the_clock_before_what_is_said_is_no_part_of_it() -> None:
    text = f"00:34 visa {VISA}\n00:52 the expiry?\n00:54  oh nine, twenty-seven. Then"
    removed = [text[s.start : s.end] for s in find(text) if s.kind is Kind.EXPIRY]
    assert removed == ["oh nine, twenty-seven"]


def test_a_year_in_words_belongs_to_its_month() -> None:
    text = f"card {in_words(VISA, 'es')}, vence en abril de dos mil veintiocho"
    assert mask(text, find(text)) == "card [card visa **** 1111], vence en [expiry removed]"


def test_a_reason_says_that_it_was_in_words() -> None:
    (span,) = find(f"card {in_words(VISA, 'en')}")
    assert "spelled-out" in span.why


@pytest.mark.parametrize(
    "text",
    [
        "one two three four five six seven eight nine ten eleven twelve",
        "I have one or two questions, three at most, about the four boxes and five bags you sent",
        "en to tre fire fem seks sju åtte ni ti elleve tolv",
        "phone number: nau aath saat chhe paanch char teen do ek shunya, do baar call kiya",
        "bees log, pachas kamre, unnis taarikh, chaubis ghante, do din, teen raat, char gaadi",
        "Row, row: one one one one one one one one one one one one one one one one",
    ],
    ids=["counting", "prose", "nb", "hi telephone", "hi prose", "ones"],
)
def test_counting_and_prose_are_left_alone(text: str) -> None:
    assert cards(text) == []


def test_words_of_many_languages_in_a_row_are_no_number() -> None:
    text = "one un uno ein een jeden um yksi satu"
    assert spelled(read(text)).folded == text.encode()


@pytest.mark.parametrize(
    ("language", "behind", "read_as"),
    [
        ("nb", "koden er null seks to", "062"),
        ("en", "the code is seven hundred and twelve", "712"),
        ("en", "the code is four hundred", "400"),
        ("fr", "les trois chiffres derrière sept cent douze", "712"),
        ("sv", "datum nollnio tjugosex. Tre siffror på baksidan ett fyra två", "142"),
    ],
    ids=["a-language-alike", "hundreds", "even-hundreds", "french", "behind-a-count"],
)
def test_a_code_in_words_is_read_as_it_is_said(language: str, behind: str, read_as: str) -> None:
    text = f"{in_words(VISA, language)}, {behind}."
    (code,) = [span for span in find(text) if span.kind is Kind.CVV]
    folded = spelled(read(text)).folded[code.start : code.end]
    assert folded.replace(b"\xad", b"").decode() == read_as


def test_words_that_touch_figures_hide_no_number_from_the_reading_after() -> None:
    text = f"Numer karty {in_words(VISA, 'pl')}, kod CVC osiem zero5711 1306 9235 14 karta"
    done = mask(text, find(text))
    assert "5711" not in done
    assert mask(done, find(done)) == done


@pytest.mark.parametrize(
    "digits",
    [
        "4 0 0 null 0 5 6 6 5 5 6 6 5 5 5 6",
        "5 5 fem 5 5 5 5 5 5 5 5 5 4 fire 4 4",
        "3 7 8 two 8 two 2 4 6 3 1 0 0 0 5",
    ],
)
def test_single_figures_may_have_a_word_among_them(digits: str) -> None:
    assert cards(f"kortet: {digits}, takk") == [digits]


@pytest.mark.parametrize(
    "text",
    [
        "moves 1 2 to 3 4 5 6 to 7 8 9 0 1 2 3 4 5 to 6",
        "Rate us: 5 4 3 two 1. Tel 2 2 3 3 fire 4 5 5. Lottery 4 8 15 16 23 to 42 1 1",
        "tallene var 1 2 3 fire 5 6 7 8 9 0 1 2 3 4 5 6, ok?",
        "9 4 0 0 null 0 5 6 6 5 5 6 6 5 5 5 6",  # one too many
        "4 0 0 null 0 5 6 6 5 5 6 6 5 5 5 6 og 7 fem 8",
    ],
)
def test_other_single_figures_stay(text: str) -> None:
    assert cards(text) == []


def test_a_code_half_in_figures_stays_as_it_is_written() -> None:
    reading = read(f"{VISA} and the number is 4 two one")
    assert spelled(reading).folded == reading.folded


def test_a_pin_in_words_is_read_among_other_numbers() -> None:
    text = "call 922 33 444 or 22 33 44 55, and the pin of the card is four eight two nought"
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.PIN] == [
        "four eight two nought"
    ]


def test_a_month_with_a_nought_is_read_as_one_word() -> None:
    text = f"{in_words(VISA, 'sv')}, gäller till nollnio tjugosex"
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.EXPIRY] == [
        "nollnio tjugosex"
    ]


def test_a_single_word_beside_a_number_stays_a_word() -> None:
    text = f"I have one question. {in_words(VISA, 'en')}"
    assert spelled(read(text)).folded.startswith(b"I have one question. 4")


def test_a_policy_may_leave_words_alone() -> None:
    assert find(f"card {in_words(VISA, 'en')}", policy=Policy(spelled_out=False)) == []


def test_every_offset_is_kept() -> None:
    text = f"Å {in_words(VISA, 'pl', ', ')} \u200b 12"
    assert len(spelled(read(text)).folded) == len(text)


@pytest.mark.parametrize("date", ["12/03/1984", "12.03.1984", "12-03-84"])
def test_figures_near_a_number_in_words_stay_as_they_are(date: str) -> None:
    text = f"born {date}, my card is {in_words(VISA, 'en')}"
    assert [text[span.start : span.end] for span in find(text) if span.kind is Kind.DOB] == [date]


@pytest.mark.parametrize(
    "number",
    [
        "four one one one 1111 1111 one one one one",
        "four one one one one one one one 1111 1111",
        "four one one one one one one one 11111111",
        "four one one one one one 111 1 one one one 111",
    ],
)
def test_groups_in_figures_among_the_words_belong_to_the_number(number: str) -> None:
    text = f"my visa card number is {number} call me back"
    assert [text[span.start : span.end] for span in find(text)] == [number]


def test_figures_among_words_that_are_no_number_together_stay_as_they_are() -> None:
    text = "my visa card: four one one one 1111 1112 one one one one, in 2024 or 2025"
    assert find(text) == []


def test_numbers_in_words_of_two_languages_are_both_found() -> None:
    one = "four one one one, one one one one, one one one one, one one one one"
    other = "fire en en en, en en en en, en en en en, en en en en"
    text = f"hers is {one} and mine is {other}"
    assert cards(text) == [one, other]


def test_a_date_in_words_that_are_shorter_than_its_figures_keeps_every_offset() -> None:
    text = "five five five five, five five five five, five five five five, four four four four o8"
    assert len(spelled(read(text)).folded) == len(text)
    assert len(spelled(read(text + " 29")).folded) == len(text) + 3


@pytest.mark.parametrize(
    "number",
    [
        "4111 1111 one one one one 1111",
        "4111 1111 elleve elleve 1111",
        "4111-one-one-one-one-1111-1111",
        "four one one one 1111 1111 1111",
        "4111 1111 1111 eleven eleven",
        "41 11 11 11 elleve elleve 11 11",
    ],
)
def test_one_group_in_words_belongs_to_a_number_in_figures(number: str) -> None:
    text = f"my card is {number}, exp 09/27"
    assert cards(text) == [number]


def test_a_date_and_a_code_behind_a_number_half_in_words_stay_apart() -> None:
    text = "my card: 4111 1111 one one one one 1111 09/27, cvv seven one two"
    assert mask(text, find(text)) == (
        "my card: [card visa **** 1111] [expiry removed], cvv [security code removed]"
    )


def test_words_behind_a_whole_number_in_figures_are_no_part_of_it() -> None:
    """All the digits together are a number of 19 by chance."""
    text = f"kort {VISA} ni to nul"
    assert cards(text) == [VISA]


@pytest.mark.parametrize(
    "number",
    ["four 111 - 1111 - 1111 - 1111", "4111 one 111 1111 1111", "4111 1111 1111 one 111"],
)
def test_one_digit_of_a_group_may_be_a_word(number: str) -> None:
    assert cards(f"read out as: {number}, ok") == [number]


@pytest.mark.parametrize("text", ["one 111 2222", "4111 one 111 1111 1112", "line 4111 one 111"])
def test_a_word_before_figures_is_no_digit_of_what_is_no_number(text: str) -> None:
    assert cards(text) == []


def test_only_french_adds_a_number_below_twenty_to_a_ten() -> None:
    spanish = (
        "cincuenta y uno, sesenta y ocho, sesenta y ocho, ochenta, dieciocho, sesenta y tres,"
        " veintisiete, noventa y tres"
    )
    french = "quarante et un onze onze onze onze onze onze onze"
    assert cards(f"tarjeta {spanish}.") == [spanish]
    assert cards(f"carte {french}.") == [french]


def test_a_date_that_is_said_digit_by_digit_goes_with_its_slash() -> None:
    text = f"card {VISA}, expiry zero five slash two seven, name"
    assert mask(text, find(text)) == "card [card visa **** 1111], expiry [expiry removed], name"


@pytest.mark.parametrize(
    "pairs",
    [
        (
            "piecdesmit deviņpadsmit septiņdesmit viens septiņdesmit desmit desmit trīsdesmit "
            "septiņi četrdesmit divi"
        ),
        (
            "viiskümmend üheksateist seitsekümmend üks seitsekümmend kümme kümme kolmkümmend "
            "seitse nelikümmend kaks"
        ),
        (
            "penkiasdešimt devyniolika septyniasdešimt vienas septyniasdešimt dešimt dešimt "
            "trisdešimt septyni keturiasdešimt du"
        ),
        "päťdesiat devätnásť sedemdesiatjeden sedemdesiat desať desať tridsaťsedem štyridsaťdva",
        (
            "petdeset devetnajst enainsedemdeset sedemdeset deset deset sedemintrideset "
            "dvainštirideset"
        ),
        "педесет деветнаест седамдесет један седамдесет десет десет тридесет седам четрдесет два",
        (
            "педесет деветнаесет седумдесет и еден седумдесет десет десет триесет и седум "
            "четириесет и два"
        ),
        "padesát devatenáct jednasedmdesát sedmdesát deset deset sedmatřicet dvaačtyřicet",
        "singko zero uno nuwebe siyete uno siyete zero uno zero uno zero tres siyete kwatro dos",
        "vyftig negentien een-en-sewentig sewentig tien tien sewe-en-dertig twee en veertig",
        "ötven tizenkilenc hetvenegy hetven tíz tíz harminchét negyvenkettő",
        "fimmtíu nítján sjötíu og einn sjötíu tíu tíu þrjátíu og sjö fjörutíu og tveir",
        (
            "lima puluh sembilan belas tujuh puluh satu tujuh puluh sepuluh sepuluh tiga "
            "puluh tujuh empat puluh dua"
        ),
    ],
    ids=["lv", "et", "lt", "sk", "sl", "sr", "mk", "cs", "tl", "af", "hu", "is", "id"],
)
def test_a_number_that_is_said_in_pairs_or_in_borrowed_words_is_read(pairs: str) -> None:
    text = f"my card: {pairs}"
    assert mask(text, find(text)) == "my card: [card dankort **** 3742]"


@pytest.mark.parametrize(
    "number",
    [
        "4000 then 05 six 6 then 5566 and then 5 five 56",
        "40zero005sixsix55six6five556",
        "40000566 double 5 66 double 5 56",
        "fire000 0566 5566 femfemfem6",
    ],
)
def test_words_amid_figures_belong_to_the_number(number: str) -> None:
    text = f"here it goes: {number}, got it?"
    assert mask(text, find(text)) == "here it goes: [card visa **** 5556], got it?"


def test_glued_words_amid_figures_end_where_the_next_begins() -> None:
    text = "hier ist sie: 4000 dann 0025 0000 dreieins5fünf, ok?"
    assert cards(text) == ["4000 dann 0025 0000 dreieins5fünf"]


@pytest.mark.parametrize("text", ["4000 then 05 six 6", "5five37sevensix sixpack7", "9 too 5 six6"])
def test_other_words_amid_figures_stay(text: str) -> None:
    assert find(text) == []


def test_the_first_word_of_the_next_sentence_belongs_to_no_ten() -> None:
    text = (
        "la carta: quaranta zero zero zero cinque sei sei cinquantacinque sessantasei {}. {} Visa"
    )
    pairs = "cinquantacinque cinquantasei"
    assert len(cards(text.format(pairs, "È una"))) == 1
    number = "quaranta ventitré, sessanta zero sei, diciannove zero nove, novanta ottanta"
    assert cards(f"la carta: {number}. È una Visa") == [number]


@pytest.mark.parametrize(
    "number",
    [
        "viere null null null null fünfe sechs sechse fünf fünf sechse sechse fünf fünf fünf sechs",
        "vier null null null null füf sächs sächs füf füf sächs sächs füf füf füf sächs",
        "4 null 0 null 0 fünf 6 6 fünf 5 6 sechs 5 5 fünf 6",
    ],
    ids=["bavarian", "swiss", "half in figures"],
)
def test_german_is_read_as_it_is_spoken(number: str) -> None:
    assert cards(f"mei Kartn: {number}, gell") == [number]
