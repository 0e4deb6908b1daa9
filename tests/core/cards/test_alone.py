"""Digits that stand alone: grouped in any way, they are those of a card or of nothing."""

from __future__ import annotations

import random

import pytest
from support.cards import number, parts

from integration.core.detection import find
from integration.core.spans import Action, Kind, Span

SCHEMES = {
    "visa": ("4", 16),
    "mastercard": ("54", 16),
    "amex": ("37", 15),
    "diners": ("36", 14),
    "discover": ("6011", 16),
    "mir": ("2202", 16),
}
RARE = {"visa of 13": ("4", 13), "visa of 19": ("4", 19), "maestro of 18": ("6759", 18)}
GROUPED = {"ones": (1,), "pairs": (2,), "threes": (3,), "fives": (5,), "four groups": (5, 3, 4, 5)}


def cards(text: str) -> list[Span]:
    return [span for span in find(text) if span.kind is Kind.PAN]


def written(scheme: tuple[str, int], sizes: tuple[int, ...], between: str = " ") -> str:
    return between.join(parts(number(*scheme, random.Random(4)), *sizes))


@pytest.mark.exhaustive
@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("sizes", GROUPED.values(), ids=GROUPED)
def test_a_number_in_groups_with_no_digits_beside_it_is_removed(
    scheme: tuple[str, int], sizes: tuple[int, ...]
) -> None:
    text = f"could you charge {written(scheme, sizes)} instead"
    assert [span.action for span in cards(text)] == [Action.REDACT]


@pytest.mark.parametrize("scheme", RARE.values(), ids=RARE)
@pytest.mark.parametrize("sizes", [*GROUPED.values(), (19,)], ids=[*GROUPED, "block"])
def test_a_seldom_length_is_told_of(scheme: tuple[str, int], sizes: tuple[int, ...]) -> None:
    text = f"could you charge {written(scheme, sizes)} instead"
    assert [text[span.start : span.end] for span in cards(text)] == [written(scheme, sizes)]


def test_many_uneven_groups_are_told_of_and_removed_near_a_card_word() -> None:
    digits = written(SCHEMES["visa"], (3, 5, 2, 4, 2))
    assert [span.action for span in cards(f"use {digits} from now on")] == [Action.REPORT]
    assert [span.action for span in cards(f"use card {digits} from now on")] == [Action.REDACT]


@pytest.mark.parametrize(
    "text",
    [
        "tlf {} takk",
        "17 {} takk",
        "{} 4 takk",
    ],
    ids=["telephone", "before", "behind"],
)
def test_pairs_beside_other_digits_or_a_label_are_left_alone(text: str) -> None:
    assert cards(text.format(written(SCHEMES["visa"], (2,)))) == []


@pytest.mark.parametrize("between", ["\n", ", "], ids=["lines", "commas"])
def test_uneven_numbers_of_a_list_are_left_alone(between: str) -> None:
    assert cards(f"see {written(SCHEMES['visa'], (3, 5, 2, 4, 2), between)} ok") == []


def test_an_article_number_is_no_card_of_a_seldom_length() -> None:
    assert cards("see 4000000000068 ok") == []


@pytest.mark.parametrize("border", ["\u200b", "\xad", "=\r\n"], ids=["space", "hyphen", "break"])
@pytest.mark.parametrize("scheme", RARE.values(), ids=RARE)
def test_borders_that_no_one_sees_show_how_a_card_is_printed(
    border: str, scheme: tuple[str, int]
) -> None:
    text = f"could you charge {written(scheme, (4,), border)} instead"
    assert [span.action for span in cards(text)] == [Action.REDACT]


@pytest.mark.parametrize(
    "text", ["24.11.2026 {} takk", "trekk {} 1 250,00 kr"], ids=["date before", "sum behind"]
)
@pytest.mark.parametrize("scheme", RARE.values(), ids=RARE)
def test_a_date_or_a_sum_is_no_part_of_a_row_of_groups(text: str, scheme: tuple[str, int]) -> None:
    assert [span.action for span in cards(text.format(written(scheme, (4,))))] == [Action.REDACT]


def test_a_date_of_expiry_may_stand_right_before_the_groups() -> None:
    assert [span.action for span in cards(f"1227 {written(SCHEMES['visa'], (4,))}")] == [
        Action.REDACT
    ]


VISA = "4929000000000000"


def removed(text: str) -> list[str]:
    return [text[span.start : span.end] for span in cards(text) if span.action is Action.REDACT]


@pytest.mark.parametrize("behind", [" 09 2027", " 09 27", " 09 27 123"])
def test_pairs_that_end_in_an_expiry_are_a_card_where_one_is_named(behind: str) -> None:
    written = " ".join(parts(VISA, 2))
    assert removed(f"use card {written}{behind}, thanks") == [written]


@pytest.mark.parametrize("behind", [" 09 2044", " 19 27", " 09 27 12", " 09 27 123 4"])
def test_pairs_that_go_on_otherwise_are_none(behind: str) -> None:
    assert cards(f"use card {' '.join(parts(VISA, 2))}{behind}, thanks") == []


def test_two_blocks_and_a_code_are_told_of() -> None:
    assert [span.action for span in cards("the new one: 49290000 00000000 123")] == [Action.REPORT]


@pytest.mark.parametrize("behind", [" 1234", " 123 45"])
def test_two_blocks_with_more_behind_are_none(behind: str) -> None:
    assert cards(f"the new one: 49290000 00000000{behind}") == []


@pytest.mark.parametrize("between", [", ", "; ", " / "])
def test_digits_listed_one_by_one_are_removed_when_nothing_else_is_listed(between: str) -> None:
    written = between.join(VISA)
    assert removed(f"I read it out: {written} and that is it") == [written]


def test_single_digits_in_fours_are_removed_though_their_words_name_a_request() -> None:
    written = "   ".join(" ".join(group) for group in parts(VISA, 4))
    assert removed(f"reference as asked {written} then") == [written]


def test_a_wide_range_says_less_in_a_list_of_numbers() -> None:
    wide = "9202 2653 1997 2150"
    for text in (
        f"707197401479\n{wide}\n",
        f"Order number:\n{wide}\n707197401479",
    ):
        assert [span for span in find(text) if span.action is Action.REDACT] == []


@pytest.mark.parametrize(
    "words",
    [
        "so the number {} got split",
        "Nummeret er {}, takk",
        "Numarası {} olan",
        "Číslo {} děkuji",
        "Номер {}, спасибо",
        "O número é {} obrigado",
        "Numero on {}, kiitos",
    ],
)
def test_what_a_line_cuts_amid_its_digits_is_one_where_it_is_called_a_number(words: str) -> None:
    cut = words.format("401288\n8888881881")
    assert [span.action for span in find(cut)] == [Action.REDACT]
    assert find(words.format("401288\n8888881882")) == []
    assert find(f"order {cut}") == find("we have 401288\n8888881881 of them") == []


def test_a_card_is_named_by_the_ending_that_says_with_it() -> None:
    for card in ("kartımla ödedim", "kartıma iade"):
        (span,) = find(f"Maximum Gold {card}: 401288\n8888881881")
        assert (span.action, "card-word" in span.why) == (Action.REDACT, True)
