from __future__ import annotations

import pytest

from integration.core.text.reading import read
from integration.core.words.bits import ANY
from integration.core.words.labels import labels_in
from integration.core.words.listed import Listed, listed
from integration.core.words.stems import stem_of
from integration.core.words.telling import says
from integration.core.words.vocabulary import Label, as_read, phrases


def said(text: str) -> list[tuple[str, str]]:
    """Return the words that were found and their labels, links left out."""
    read = as_read(text)
    return [
        (read[found.start : found.end], found.label.value)
        for found in labels_in(read)
        if found.label is not Label.LINK
    ]


def test_the_longest_phrase_wins() -> None:
    assert said("card verification code") == [("card verification code", "security_code")]
    assert said("gift card") == [("gift card", "other_card")]


@pytest.mark.parametrize(
    "word",
    [
        *("chart", "charts", "targeted", "interact", "dinners", "Karen", "dinero", "cadre"),
        *("televisão", "kadın", "kardeş", "krótką", "rättvisa", "karena", "kortom", "визия"),
        *("plates", "plata", "potem", "płatności", "plats", "verloren", "sağlığı", "Berlin"),
    ],
)
def test_a_common_word_that_an_ending_makes_a_label_is_none(word: str) -> None:
    assert said(f"my {word} 1234") == []


def test_no_word_that_is_listed_as_common_is_a_label_as_it_stands() -> None:
    of_labels = frozenset[str]().union(*map(phrases, Label))
    assert not listed(Listed.NO_LABEL) & of_labels


@pytest.mark.parametrize("word", ["carte", "korten", "Karten", "kartlar", "diners"])
def test_a_word_for_a_card_is_known_with_its_endings(word: str) -> None:
    assert [label for _, label in said(word)] == ["card"]


@pytest.mark.parametrize("key", ["card_number", "card-number", "cardNumber", "CARD.NUMBER"])
def test_the_keys_of_programs_are_read(key: str) -> None:
    assert [label for _, label in said(f'"{key}":')] == ["card"]


def test_a_digit_belongs_to_the_word_it_is_glued_to() -> None:
    assert said("cvv2: 123") == [("cvv2", "security_code")]
    assert said("cvv 234") == [("cvv", "security_code")]


def test_a_preposition_may_be_glued_to_an_arabic_word_for_a_card() -> None:
    assert [label for _, label in said("دفعت ببطاقة رقم")] == ["money", "card"]


def test_words_of_one_phrase_stand_close_together() -> None:
    assert said("expiry\r\ndate") == [("expiry\r\ndate", "expiry")]
    assert said("expiry, date") == [("expiry", "expiry"), ("date", "expiry_hint")]
    assert said("security (my code)") == [("code", "code_hint")]


def test_no_phrase_goes_over_the_end_of_a_sentence_but_over_the_dot_of_a_short_word() -> None:
    assert said("phone card 4111") == [("phone card", "other_card")]
    for end in (". ", ".\n"):
        assert said(f"phone{end}card 4111") == [("phone", "telephone"), ("card", "card")]
    assert said("sec. code 123") == [("sec. code", "code_hint")]


def test_who_speaks_in_the_next_line_makes_no_other_card_of_a_card() -> None:
    assert said("pay by card\nclient: 4111") == [("card", "card"), ("client", "reference")]
    assert said("card client: 4111") == [("card client", "other_card")]
    assert said("card\nclient 4111") == [("card\nclient", "other_card")]


def test_scripts_without_gaps_are_read_letter_by_letter() -> None:
    assert [label for _, label in said("你好我的信用卡在这里,安全码")] == ["card", "code_hint"]
    assert said("裏面の3桁: 123") == [(as_read("裏面の3桁"), "code_hint")]
    assert says(read("卡"), 0, 1) & ANY
    assert said("カード PIN") == [(as_read("カード"), "card"), ("pin", "pin")]


def test_an_ending_may_hang_on_by_a_mark() -> None:
    assert said("PIN-ul, CVV:lla, pin-koden") == [
        ("pin-ul", "pin"),
        ("cvv:lla", "security_code"),
        ("pin-koden", "pin"),
    ]
    assert said("pin-9 cvv-whatever pin-卡") == [
        ("pin", "pin"),
        ("cvv", "security_code"),
        ("pin", "pin"),
        ("卡", "card_hint"),
    ]


def test_an_ending_is_taken_off() -> None:
    assert said("vouchers") == [("vouchers", "other_number")]
    assert said("passwordet") == [("passwordet", "password")]


def test_the_last_part_of_a_compound_says_what_it_is() -> None:
    assert said("visapassword") == [("visapassword", "password")]
    assert said("passwordnumber") == [("passwordnumber", "password")]
    assert said("whateverpassword") == [("whateverpassword", "password")]


@pytest.mark.parametrize(
    "text", ["", "cartwheels", "discards", "12 34", "....", "cardiac", "Pinson", "pines"]
)
def test_words_that_only_look_alike_say_nothing(text: str) -> None:
    assert said(text) == []


def test_a_stem_is_never_shorter_than_a_word() -> None:
    assert [stem_of(word) for word in ("code", "card", "pin", "kod", "кода")] == [
        "code",
        "card",
        "pin",
        "kod",
        "код",
    ]


@pytest.mark.parametrize("text", ["8a9cc52b9c4dbc2e", "a7cvv9x", "x4dbc1"])
def test_letters_inside_an_id_are_no_label(text: str) -> None:
    assert Label.SECURITY_CODE not in {found.label for found in labels_in(text)}


@pytest.mark.parametrize("text", ["cvv123", "123cvv", "exp1227cvv123", "4dbc 1234"])
def test_digits_may_touch_a_label(text: str) -> None:
    assert Label.SECURITY_CODE in {found.label for found in labels_in(text)}


def test_a_label_glued_between_a_date_and_its_value_is_read() -> None:
    assert said("12/27cvv123") == [("cvv", "security_code")]


def test_a_figure_amid_an_id_begins_no_label() -> None:
    assert labels_in("task 1b4e28ba-2fa1-1187") == []
    assert [found.label for found in labels_in("2fa 123")] == [Label.ONE_TIME_CODE]


@pytest.mark.parametrize("word", ["nordmanncvc", "heuvelcvv"])
def test_a_code_may_touch_the_line_before(word: str) -> None:
    assert [found.label for found in labels_in(f"{word} 123")] == [Label.SECURITY_CODE]
