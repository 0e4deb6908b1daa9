"""Values that a few words part from their label, answers of a chat, digits with padding."""

from __future__ import annotations

import pytest

from integration.core.detection import find as find_in
from integration.core.identifiers import find
from integration.core.spans import Kind
from integration.core.text.reading import read

ACCOUNT = "86011117947"


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[hit.start : hit.end], hit.kind) for hit in find(read(text))]


GROUPED = {
    "solid": "86011117947",
    "4-7": "8601 1117947",
    "4-2-5": "8601 11 17947",
    "6-5": "860111 17947",
    "dots": "8601.11.17947",
}


@pytest.mark.parametrize("number", list(GROUPED.values()), ids=list(GROUPED))
@pytest.mark.parametrize(
    "lead",
    [
        "[11:22] Ada: og kontonummer for utbetaling?\n[11:23] Kunde: ",
        "Rådgiver: da trenger jeg kontonummer for tilbakebetaling\nKunde: ",
        "agent: the account for your refund?\nCustomer: ",
        "Refund to norwegian acc ",
        "5 år. Kunde: penger til ",
        "Sett 14 500 på ",
        "send det til: ",
        "alga į ",
    ],
    ids=["stamped", "chat", "english", "acc", "money", "onto", "towards", "wages"],
)
def test_an_account_is_known_by_what_asks_for_it_or_leads_to_it(lead, number) -> None:
    assert found(f"{lead}{number}\n[11:24] Ada: ok") == [(number, Kind.NO_KONTO)]


@pytest.mark.parametrize(
    "text",
    [
        "Kontonummer: 86011117947\nKunde: 12345678903",
        "Kunde: 12345678903",
        "Ordre til Kunde: 12345678903",
        "Kundenummer er 12345678903",
    ],
    ids=["account-told", "no-question", "same-line", "label"],
)
def test_a_customer_that_nobody_asked_is_no_speaker(text) -> None:
    assert ("12345678903", Kind.NO_KONTO) not in found(text)


def test_nine_digits_before_a_birth_date_are_of_that_person() -> None:
    text = (
        "Primary: Bob Miller 774099358 dob 02-11-1977 / Joint: Eve Miller 774099359 dob 9/25/1979"
    )
    assert found(text) == [
        ("774099358", Kind.US_SSN),
        ("02-11-1977", Kind.DOB),
        ("774099359", Kind.US_SSN),
        ("9/25/1979", Kind.DOB),
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tanggal lahir di tiket kereta keliru, mestinya 17 Agustus 1995.", "17 Agustus 1995"),
        ("Грешна е рождената дата в билета – 02.03.1986 г.", "02.03.1986"),
        ("Geboren bin ich am 7. Juli 1977, danke", "7. Juli 1977"),
        ("sinh 02/09/1951, cần gia hạn", "02/09/1951"),
        ("Nar. 1990-05-05, op.", "1990-05-05"),
        ("godkjent 15.12. av Mona Lie, f. 1971-03-30.", "1971-03-30"),
        ("f. 110785, endrer navn", "110785"),
        ("Claimant Ines Falk, b. 30/01/1968.", "30/01/1968"),
        ("아들은 2012.04.19생이고 카드", "2012.04.19"),
        ("生年月日が違います。正しくは昭和54年3月21日です。", "昭和54年3月21日"),
        ("生年月日: S54.3.21", "S54.3.21"),
        ("生年月日: 令和元年5月1日", "令和元年5月1日"),
        ("생년월일 오류입니다. 1990년 5월 2일로", "1990년 5월 2일"),
        ("นี่คือวันเกิด 12/03/2527", "12/03/2527"),
    ],
    ids=[
        "id",
        "bg",
        "de",
        "vi",
        "sk",
        "nb",
        "nb-solid",
        "en",
        "ko",
        "ja",
        "S",
        "gan",
        "ko-2",
        "th",
    ],
)
def test_a_few_words_may_part_a_birth_date_from_its_label(text, date) -> None:
    assert found(text) == [(date, Kind.DOB)]


@pytest.mark.parametrize(
    "text",
    [
        "born to pay with a card 12.03.27",
        "Birthday gift order placed 24.11.2026, not arrived",
        "Birthday cake, card payment on 12.11.2026 failed",
        "birthday phone 12.03.1984",
        "生年月日: 昭和54年13月21日",
        "pkt. b. 12.03.2024",
        "2012.04.19생각",
        "b 12.03.2024",
    ],
    ids=["short-year", "gift", "cake", "phone", "no-month", "list", "thought", "no-dot"],
)
def test_other_dates_are_no_birth_dates(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize("gap", ["\u200b", "\xad", "\u200b\u2060", "\ufeff "], ids=repr)
def test_characters_without_width_between_digits_part_nothing(gap) -> None:
    digits = gap.join(["8601", "11", "17947"])
    assert found(f"konto {digits}.") == [(digits, Kind.NO_KONTO)]
    spread = gap.join("15108695088")
    assert found(f"fnr {spread}.") == [(spread, Kind.NO_FNR)]


def test_an_account_that_is_said_in_words_is_one_number() -> None:
    said = "åtte seks null en en en en sju ni fire sju"
    text = f"hei, kontonummeret er {said} takk"
    assert [(text[span.start : span.end], span.kind) for span in find_in(text)] == [
        (said, Kind.NO_KONTO)
    ]
