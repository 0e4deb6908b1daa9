from __future__ import annotations

import re

import pytest

from integration.core import detection
from integration.core.identifiers import find
from integration.core.spans import Kind
from integration.core.text.reading import read


def without_digits(value: object) -> str:
    return re.sub("[0-9]", "#", str(value))


FNR = "15108695088"
KONTO = "86011117947"
IBAN = "NO9386011117947"
BRITISH_IBAN = "GB29NWBK60161331926819"


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[hit.start : hit.end], hit.kind) for hit in find(read(text))]


def sure(text: str) -> float:
    (hit,) = find(read(text))
    return hit.confidence


def grouped(digits: str, *sizes: int, by: str = " ") -> str:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(digits[at : at + size])
        at += size
    return by.join(pieces)


@pytest.mark.parametrize("by", [" ", "-", ".", "\xa0", "\u2009", "\u2011", "\u00ad"])
@pytest.mark.parametrize(
    "sizes", [(6, 5), (2, 2, 2, 5), (6, 3, 2)], ids=["six-five", "by-twos", "six-three-two"]
)
def test_a_birth_number_is_found_in_every_grouping_without_a_word(sizes, by) -> None:
    number = grouped(FNR, *sizes, by=by)
    assert found(f"Hei, {number} er meg") == [(number, Kind.NO_FNR)]


@pytest.mark.parametrize(
    "text",
    [
        f"fødselsnummer:{FNR}",
        f"fnr{FNR}.",
        f"<td>{FNR}</td>",
        f"{FNR}, {KONTO[:3]}",
        f"mitt personnummer er {' '.join(FNR)}",
        f"Født {FNR}",
    ],
    ids=["touching-colon", "glued", "cell", "then-a-number", "every-digit-apart", "born"],
)
def test_a_birth_number_is_found_in_any_place(text) -> None:
    assert [kind for _, kind in found(text)] == [Kind.NO_FNR]


@pytest.mark.parametrize(
    "digits",
    ["41010012313", "15508695102", "15908695078", "15108695089", "99108695088"],
    ids=["d-without-check", "h", "tenor", "wrong-check", "no-such-day"],
)
def test_what_fails_its_check_digits_is_no_birth_number(digits) -> None:
    assert Kind.NO_FNR not in [kind for _, kind in found(f"fnr {digits}")]


@pytest.mark.parametrize(
    "text",
    [f"4{FNR}", f"{FNR}4", f"12-{FNR}", f"+{FNR}", f"a1b2{FNR}", f"{FNR}abc1"],
    ids=["longer", "goes-on", "after-a-dash", "telephone", "token", "token-behind"],
)
def test_a_piece_of_something_longer_is_no_number(text) -> None:
    assert found(text) == []


def test_a_telephone_word_lowers_a_birth_number_but_hides_none() -> None:
    assert sure(f"tlf {FNR}") < sure(FNR) < sure(f"fnr {FNR}")


@pytest.mark.parametrize(
    "text",
    [
        f"konto {KONTO}",
        f"Kontonr.: {KONTO}",
        f"bankkontonummeret mitt er {KONTO}",
        f"please pay to account {KONTO}",
        f"{grouped(KONTO, 4, 2, 5, by='.')} er riktig",
        f"{grouped(KONTO, 4, 2, 5)} er riktig",
        f"{KONTO} er kontoen min",
    ],
    ids=["word", "label", "compound", "english", "dots", "spaces", "word-behind"],
)
def test_an_account_is_found_by_its_word_or_its_shape(text) -> None:
    assert [kind for _, kind in found(text)] == [Kind.NO_KONTO]


@pytest.mark.parametrize(
    "text",
    [KONTO, f"tlf {KONTO}", f"KID {KONTO}", f"ordre {KONTO}", f"konto {KONTO[:-1]}6"],
    ids=["bare", "telephone", "kid", "order", "wrong-check"],
)
def test_eleven_digits_are_no_account_without_a_word(text) -> None:
    assert found(text) == []


BOTH = "01010750160"  # its digits fit both an account and a birth number


def test_the_words_decide_between_an_account_and_a_birth_number() -> None:
    assert found(f"kontonummer {BOTH}") == [(BOTH, Kind.NO_KONTO)]
    assert found(f"fødselsnummer {BOTH}") == [(BOTH, Kind.NO_FNR)]
    assert found(f"konto {KONTO} og fnr {FNR}") == [(KONTO, Kind.NO_KONTO), (FNR, Kind.NO_FNR)]


@pytest.mark.parametrize(
    "iban",
    [
        IBAN,
        IBAN.lower(),
        grouped(IBAN, 4, 4, 4, 3),
        grouped(IBAN, 4, 4, 4, 3, by="\xa0"),
        grouped(IBAN, 4, 4, 4, 3, by="-"),
        grouped(IBAN, 4, 4, 4, 3, by="\n"),
        grouped(IBAN, 4, 4, 4, 3, by="\r\n> "),
        grouped(IBAN, 2, 2, 4, 2, 5),
        BRITISH_IBAN,
        grouped(BRITISH_IBAN, 4, 4, 4, 4, 4, 2),
        "DE89 3704 0044 0532 0130 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "MT84MALT011000012345MTLCAST001S",
        "RO22 BTRL RONC RT01 7968 4098",
        "IR35 0170 0000 0033 1842 7150 09",
    ],
    ids=lambda iban: f"{iban[:2]}-{len(iban)}",
)
@pytest.mark.parametrize("before", ["", "IBAN:", "iban nr. ", "Pay to "])
def test_an_iban_is_found_whole_in_every_style(iban, before) -> None:
    assert found(f"{before}{iban}, thanks") == [(iban, Kind.IBAN)]


@pytest.mark.parametrize(
    "text",
    [IBAN[:-1] + "8", IBAN + "1", IBAN[:-1], "X" + IBAN, "XX9386011117947", "NO93 860(1) 1117947"],
    ids=["check", "longer", "shorter", "glued", "country", "bracket"],
)
def test_what_only_resembles_an_iban_is_left(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("my ssn is 512-34-5678", "512-34-5678", Kind.US_SSN),
        ("SSN 512345678", "512345678", Kind.US_SSN),
        ("512-34-5678", "512-34-5678", Kind.US_SSN),
        ("social security: 512 34 5678", "512 34 5678", Kind.US_SSN),
        ("my social for the claim, right? it's 512 34 5678", "512 34 5678", Kind.US_SSN),
        ("personnummer 811218-9876", "811218-9876", Kind.SE_PNR),
        ("19811218-9876", "19811218-9876", Kind.SE_PNR),
        ("personnummer: 8112189876", "8112189876", Kind.SE_PNR),
        ("811218+9876", "811218+9876", Kind.SE_PNR),
        ("CPR 070761-4285", "070761-4285", Kind.DK_CPR),
        ("cpr-nummer: 0707614285", "0707614285", Kind.DK_CPR),
        ("hetu 131052-308T", "131052-308T", Kind.FI_HETU),
        ("131052a308t", "131052a308t", Kind.FI_HETU),
        ("AB 12 34 56 C", "AB 12 34 56 C", Kind.UK_NINO),
        ("National Insurance number ab123456c", "ab123456c", Kind.UK_NINO),
        ("AB123456C", "AB123456C", Kind.UK_NINO),
        ("Steuer-ID 86095742719", "86095742719", Kind.DE_IDNR),
        ("86 095 742 719", "86 095 742 719", Kind.DE_IDNR),
    ],
    ids=without_digits,
)
def test_national_numbers_are_found_by_word_or_shape(text, number, kind) -> None:
    assert found(text) == [(number, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "512345678",
        "000-12-3456",
        "666-12-3456",
        "912-34-5678",
        "512-00-5678",
        "512-34-0000",
        "call 512-345-6789",
        "zip 51234-5678",
        "order 512-34-5678",
        "8112189876",
        "311299-1234",
        "811218-9875",
        "811318-9876",
        "131352-308T",
        "131052-308U",
        "GB123456C",
        "DA123456C",
        "AO123456C",
        "AB123456E",
        "86095742719",
        "Steuer-ID 86095742718",
        "Steuer-ID 12345678903",
        "171812189876",
        "total 512,34\n5678",
    ],
    ids=without_digits,
)
def test_look_alikes_of_national_numbers_are_left(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["CRN 4204418/25", "NIF 244 177 220", "NIF: 244.177.220"])
def test_nine_digits_in_groups_of_their_own_are_no_us_number_by_a_word_of_another_country(
    text: str,
) -> None:
    assert found(text) == []


def test_a_text_is_clean_without_a_number() -> None:
    assert not find(read("My fnr is secret, my IBAN too."))
    assert find(read(f"fnr {FNR}"))


@pytest.mark.parametrize("written", [FNR, f"{FNR[:6]} {FNR[6:]}"], ids=["solid", "six-five"])
@pytest.mark.parametrize("accounts", ["lønnskonto", "kontonummer", "account"])
def test_in_a_list_of_people_and_accounts_each_word_goes_to_its_own_number(
    accounts, written
) -> None:
    account = grouped(KONTO, 4, 2, 5, by=".")
    line = f"- Lise Moe {written}, {accounts} {account}\n"
    assert found(line * 3) == [(written, Kind.NO_FNR), (account, Kind.NO_KONTO)] * 3


@pytest.mark.parametrize("label", ["kontonumre", "kontoer"])
def test_a_word_goes_to_every_number_of_its_list(label) -> None:
    assert found(f"{label}: {KONTO}, {KONTO}") == [(KONTO, Kind.NO_KONTO)] * 2


@pytest.mark.parametrize(
    "text",
    [
        f"Send pengene til {KONTO} (DNB)",
        f"kan dere utbetale til {KONTO}?",
        f"Overfør beløpet til {KONTO}",
        f"refusjonen kan gå til {KONTO}",
        f"Beløpet blei betalt 8. januar frå {KONTO}",
        f"sett det på k.nr {KONTO}",
        f"please send the money to {KONTO}",
        f"Bruk {KONTO} i Nordea",
        f"Kan dere sette pengene inn på {KONTO}?",
    ],
    ids=[
        "send",
        "pay-out",
        "transfer",
        "refund",
        "paid-from",
        "short-word",
        "english",
        "bank-behind",
        "pay-in",
    ],
)
def test_an_account_number_is_where_money_goes(text) -> None:
    assert found(text) == [(KONTO, Kind.NO_KONTO)]


@pytest.mark.parametrize(
    "text",
    [f"ordrenummer {KONTO}, refunder meg", f"tlf {KONTO} i Nordea", f"ring {KONTO}"],
    ids=["order", "telephone", "nothing-said"],
)
def test_words_of_money_do_not_outweigh_a_label(text) -> None:
    assert found(text) == []


@pytest.mark.parametrize("zone", [" +0000", " -0130", "-0700"])
def test_the_time_of_a_mail_is_no_national_id(zone: str) -> None:
    source = f"Subject: mitt cpr-nummer\nDate: Mon, 22 Nov 2021 22:11:54{zone}\n\nhei\n"
    assert detection.find(source, "message/rfc822") == []
    assert detection.find(source) == []


def test_a_brand_before_a_card_number_and_words_are_no_iban() -> None:
    """MC is Monaco, and the check digits of an IBAN fit one text of 97 by chance."""
    text = "rest 125 kr. MC 2412199364458453 t.o.m. 08/26. ej dragit"
    assert [span.kind for span in detection.find(text)] == [Kind.PAN, Kind.EXPIRY]
