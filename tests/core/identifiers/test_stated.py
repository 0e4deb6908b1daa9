from __future__ import annotations

import pytest

from integration.core.identifiers import find
from integration.core.spans import Kind
from integration.core.text.reading import read


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[hit.start : hit.end], hit.kind) for hit in find(read(text))]


DATES = [
    "12.03.1984",
    "12.3.84",
    "12/03/1984",
    "03/22/1984",
    "12-03-1984",
    "12 03 1984",
    "1984-03-12",
    "1984.03.12",
    "1984. 03. 12",
    "19840312",
    "12031984",
    "120384",
    "3. mai 1984",
    "3rd of May 1984",
    "3 May '84",
    "May 3, 1984",
    "Sept. 3rd, 1984",
    "1984 May 3",
    "1984年3月12日",
    "12·03·1984",
    "12_03_1984",
    "84-03-22",
    "12.III.1984",
    "3 de mayo de 1984",
    "１２.０３.１９８４",
]


@pytest.mark.exhaustive
@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize(
    "before",
    ["DOB: ", "dob ", "I was born on ", "My date of birth is\n", "fødselsdato: ", "født den "],
)
def test_a_birth_date_is_found_whole_in_every_form(before, date) -> None:
    assert found(f"Hi! {before}{date}. Thanks") == [(date, Kind.DOB)]


@pytest.mark.parametrize("date", ["12.03.1984", "May 3, 1984", "3. mai 1984", "1984-03-12"])
@pytest.mark.parametrize("behind", [" is my birthday", " (date of birth)", " er fødselsdatoen min"])
def test_the_word_may_stand_behind_the_date(date, behind) -> None:
    assert found(f"So {date}{behind}.") == [(date, Kind.DOB)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ola Nordmann (f. 12.03.84) kommer", "12.03.84"),
        ("born in Oslo on 3 May 1984, ordered 4 May 2024", "3 May 1984"),
        ("date of birth 12.03.2527", "12.03.2527"),
        ("date of birth: 1363/02/15", "1363/02/15"),
        ("D.O.B: 12/3/84", "12/3/84"),
        ("f.dato 120384", "120384"),
        ("Date of birth (dd/mm/yyyy): 12/03/1984", "12/03/1984"),
        ("dzimis 1965. gada 10. septembrī", "1965. gada 10. septembrī"),
        ("เกิดวันที่ 6 ส.ค. 1965", "6 ส.ค. 1965"),
        ("olen sündinud 6. mail 1950", "6. mail 1950"),
        ("nar. 22.\u00a08.\u00a01979", "22.\u00a08.\u00a01979"),
        ("Born\n\n12.03.1984", "12.03.1984"),
        ("生年月日は1984年3月12日です", "1984年3月12日"),
        ("出生日期 民國73年3月12日", "民國73年3月12日"),
        ("昭和59年3月12日生", "昭和59年3月12日"),
        ("生日民国73.03.12", "民国73.03.12"),
        ("생년월일 84년 3월 12일", "84년 3월 12일"),
        ("(1984.03.12생)", "1984.03.12"),
        ("sinh ngày 12 tháng 3 năm 1984", "12 tháng 3 năm 1984"),
        ("nacido el 12 del 3 de 1984", "12 del 3 de 1984"),
        ("تاريخ الميلاد 9 جمادى الآخرة 1404", "9 جمادى الآخرة 1404"),
        ("জন্ম ২৮ ফাল্গুন ১৩৯০", "২৮ ফাল্গুন ১৩৯০"),
        ("เกิดวันที่ 14 กุมภาพันธ์ 2514", "14 กุมภาพันธ์ 2514"),
    ],
    ids=[
        "abbreviated",
        "place-between",
        "buddhist",
        "persian",
        "spelled-with-dots",
        "half-a-word",
        "template",
        "year-then-day",
        "thai-abbreviation",
        "declined-month",
        "no-break-spaces",
        "blank-line",
        "no-gaps-between-words",
        "year-of-the-republic",
        "era-and-born-behind",
        "year-of-the-republic-with-dots",
        "short-year-korean",
        "born-behind-in-brackets",
        "counted-month",
        "counted-month-spanish",
        "islamic-month",
        "bengali-month",
        "month-that-holds-another-word",
    ],
)
def test_births_are_told_from_what_stands_beside_them(text, date) -> None:
    assert found(text) == [(date, Kind.DOB)]


@pytest.mark.parametrize(
    "text",
    [
        "I ordered it on 12.03.2024",
        "May 3, 2024 was the day",
        "DOB is on the form. It came 12.03.2024",
        "DOB wrong, expiry 12.03.2024",
        "born 32.13.1984",
        "born 12.03.1784",
        "born 12.03.1984.5",
        "born 3 things 1984",
        "born 40 May 1984",
        "born in room 3, 1984",
        "born AObbxNTX2V84+GeB",
        "born 99999999",
        "born 998877",
        "born 12",
        "12.03.2024 came. My birthday party was late",
        "12.03.2024\nbirthday",
        "I was born here\n\nand came back 12.03.2024",
        "12.03.2024 is when I said that this was not what I wanted for my birthday",
        "the f. part and 12 more",
        "call 12.03.19840 birthday",
    ],
    ids=lambda text: "".join(letter for letter in text if letter.isalpha() or letter == " "),
)
def test_other_dates_and_numbers_are_no_birth_dates(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password: Hunter2!", "Hunter2!"),
        ("Password : sommer", "sommer"),
        ("PASSWORD=abc123", "abc123"),
        ("Password:\n\n  hemmelig\nHilsen", "hemmelig"),
        ("Password (new): tulip99.", "tulip99"),
        ("passordet er Sommer2024, ok?", "Sommer2024"),
        ("my pwd is abc123!", "abc123!"),
        ("my password is: correct$horse7", "correct$horse7"),
        ("my password is 'blue horse 2024' now", "blue horse 2024"),
        ('the password "tulip 7" fails', "tulip 7"),
        ("passord Sommer2024", "Sommer2024"),
        ("user: ola pass: geheim99", "geheim99"),
        ("https://x.no/?user=ola&password=geheim99&x=2", "geheim99"),
        ("<b>Passwort:</b> geheim99", "geheim99"),
        ("Passwort: „geheim“", "geheim"),
        ("password: **geheim99**", "geheim99"),
        ("lösenord: kött-bulle7", "kött-bulle7"),
        ("密码是abc12345", "abc12345"),
        ("パスワードはabc12345です", "abc12345"),
        ("密码：abc12345", "abc12345"),
        ("пароль Котик123", "Котик123"),
    ],
)
def test_a_stated_password_is_found_and_nothing_else(text, secret) -> None:
    assert found(text) == [(secret, Kind.PASSWORD)]


@pytest.mark.parametrize(
    "text",
    [
        "reset your password",
        "password must be 8-16 characters",
        "Forgot password? Click here: 24 times",
        "password is wrong since 2 days",
        "my password is not working",
        "Password: required",
        "Password: ********",
        "Password: [password removed]",
        "Password: https://example.org/1",
        "Password: click here to change it",
        "boarding pass: AB12345",
        "passord: abc",
        "Password:",
        "password is ",
        "my password and 2 others",
        "password: me@example.org",
        "a resolution passed on the 50th day",
        "Passwort (2700GB)",
        "password, 12 days",
        "password=x1",
        "the same pw\nab12cd34 came",
        "password: lorem lorem lorem lorem lorem lorem lorem is here",
        "password:x",
        "Meeting ID: 891 3726 4821\nPasscode: 482913",
        "Join https://zoom.example/j/84148158114?pwd=aE41Kx88204qL now",
        "Møte-ID: 387 548 260 269 3\nKode: kX41hq",
        "Join the webinar. Webinar id 891 3726 4821. Password: Kx48ab",
    ],
)
def test_talk_of_passwords_states_none(text) -> None:
    assert found(text) == []


def test_a_word_that_may_go_on_is_no_password() -> None:
    long = "password:" + " " * 4 + "reallyquitealongwordthatgoesonandonandonandonandonand"
    assert found(long) == [(long.split()[1], Kind.PASSWORD)]
    assert found(f"{long} {'word ' * 30}") == []


def test_a_long_word_behind_a_code_does_not_hide_it() -> None:
    assert found("OTP 4829 " + "a" * 200) == [("4829", Kind.ONE_TIME_CODE)]


def test_half_a_word_before_a_code_says_nothing() -> None:
    assert found("OTP" + "a" * 60 + " " + "-" * 30 + " 4829") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OTP 482913", "482913"),
        ("engangskode: 123 456", "123 456"),
        ("BankID engangskode er 12 34 56.", "12 34 56"),
        ("My verification code, the new one: 482-913", "482-913"),
        ("G-482913 is your verification code", "G-482913"),
        ("482913 er SMS-koden din", "482913"),
        ("login code: 7F3K9Q", "7F3K9Q"),
        ("your code is 4829", "4829"),
        ("din kode er 4829", "4829"),
        ("4829 is my code", "4829"),
        ("482 913\nis your verification code", "482 913"),
        ("验证码：123456", "123456"),
        ("验证码是123456", "123456"),
        ("認証コードは123456です", "123456"),
        ("인증 번호는 123456입니다", "123456"),
    ],
)
def test_a_stated_code_is_found(text, code) -> None:
    assert found(text) == [(code, Kind.ONE_TIME_CODE)]


@pytest.mark.parametrize(
    "text",
    [
        "error code: 12345",
        "discount code SAVE2024",
        "use the code WINTER26 until Friday",
        "zip code 90210",
        "your code did not arrive on 2024 machines",
        "OTP for order 482913",
        "order 482913: otp missing",
        "verification code took 12 minutes",
        "my code is 4829-1234-5678",
        "http://example.org/?code=bt5bt5",
        "it was 22056\nand my code came",
        "verification code came\nroom 4829",
        "OTP 12:4829",
    ],
)
def test_other_codes_are_left(text) -> None:
    assert found(text) == []


def test_a_removed_number_parts_a_word_from_what_follows() -> None:
    reading = read("my dob is 0000 12.03.1984").without([(10, 14)])
    assert find(reading) == []


@pytest.mark.parametrize("mark", [":", "="])
def test_every_password_of_a_long_list_is_read(mark) -> None:
    secrets = [f"Hemmelig{chr(97 + at)}!" for at in range(20)]
    text = "\n".join(f"password{mark} {secret}" for secret in secrets)
    assert [word for word, _ in found(text)] == secrets


def test_every_birth_date_of_a_long_list_is_read() -> None:
    dates = [f"{day:02d}.03.1984" for day in range(1, 29)]
    assert [date for date, _ in found("; ".join(f"born {date}" for date in dates))] == dates


def test_a_short_word_for_a_password_counts_among_longer_ones() -> None:
    text = "pass: Sol1skinn\nuser ola\npassword: Hemmelig7"
    assert [word for word, _ in found(text)] == ["Sol1skinn", "Hemmelig7"]
